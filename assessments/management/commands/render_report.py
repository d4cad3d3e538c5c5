"""Write a report on one assessment, or the comparison of several, to a file."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from assessments.documents.manifest import spaced
from assessments.documents.report import ReportDocument
from assessments.exceptions import AssessmentError
from assessments.models import Assessment
from assessments.reports.content import report_comparing, report_on, report_over_time
from assessments.reports.drawing import draw_report
from assessments.reports.issuing import record_issue
from assessments.reports.render import RenderError
from assessments.reports.word import as_text, word_file
from assessments.vocabulary import Annex, Paper, ReportKind
from attributes.management.base import DatabaseCommand

PDF, WORD, TEXT = ".pdf", ".docx", ".txt"
# Besides a PDF, which there is of everything.
ALSO = {ReportKind.BOARD: {WORD}, ReportKind.FULL: {WORD}, ReportKind.ANNUAL: {WORD, TEXT}}


class Command(DatabaseCommand):
    help = (
        "Draw a report into a PDF: of one assessment the full report, or with --kind board its board paper (both also "
        "as a Word file, by the ending .docx), or with --kind annual its annual page (also .docx, and .txt as plain "
        "text); of several (2 to 12) the comparison. With --kind over_time the rounds of a process: of the code of the "
        "process or of one round all of them, of several rounds these."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "codes", nargs="+", metavar="CODE", help="Code of an assessment, or of a process with --kind over_time."
        )
        parser.add_argument(
            "--output",
            required=True,
            type=Path,
            help="The file to write: .pdf, of a report on one assessment also .docx, of an annual page also .txt.",
        )
        parser.add_argument(
            "--kind",
            choices=[kind.value for kind in ReportKind],
            help="What to draw. Without it: of one code the full report, of several the comparison.",
        )
        parser.add_argument("--paper", default=Paper.A4.value, choices=[paper.value for paper in Paper])
        parser.add_argument(
            "--annexes",
            nargs="*",
            default=[],
            choices=[annex.value for annex in Annex],
            help="What to put behind a full report.",
        )
        parser.add_argument(
            "--restricted", action="store_true", help="With what each stakeholder group said: for the steering group."
        )
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=dict(settings.LANGUAGES))

    def handle(self, *args: Any, **options: Any) -> None:
        codes = list(dict.fromkeys(options["codes"]))
        kind = self._kind(options["kind"], len(codes))
        assessments = self._rounds(codes) if kind == ReportKind.OVER_TIME else [self._assessment(c) for c in codes]
        self._check(kind, options)
        output, as_of = options["output"], timezone.now()
        try:
            document = self._document(assessments, kind, options)
            said = self._write(document, options["language"], output, assessments, as_of)
        except AssessmentError as error:
            raise CommandError(error.message) from error
        except RenderError as error:
            raise CommandError(f"{error.reason}\n{error.detail}".strip()) from error
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        self.stdout.write(f"{output}: {said}")

    def _write(
        self, document: ReportDocument, language: str, output: Path, assessments: Sequence[Assessment], as_of: datetime
    ) -> str:
        """Write the file; return what it is in words."""
        if output.suffix.lower() in (WORD, TEXT):
            content = as_text(document, language) if output.suffix.lower() == TEXT else word_file(document, language)
            output.write_bytes(content)
            return f"{len(content)} bytes"
        pdf = draw_report(document, language, assessments=[assessment.code for assessment in assessments])
        output.write_bytes(pdf.content)
        record_issue(drawn=pdf, document=document, as_of=as_of)
        return f"{pdf.pages} pages, {len(pdf.content)} bytes, number {spaced(pdf.manifest.number)}"

    def _assessment(self, code: str) -> Assessment:
        found = Assessment.objects.select_related("process").filter(code=code).first()
        if found is None:
            raise CommandError(f"No assessment has the code {code}.")
        return found

    def _rounds(self, codes: Sequence[str]) -> list[Assessment]:
        """The rounds meant: all of the process that one code names or belongs to, or exactly those named."""
        rows = Assessment.objects.select_related("process").order_by("round")
        if len(codes) == 1:
            found = list(rows.filter(process__code=codes[0]) or rows.filter(process__assessments__code=codes[0]))
            if not found:
                raise CommandError(f"No process or assessment has the code {codes[0]}.")
            submitted = [row for row in found if row.is_submitted]
            if not submitted:
                raise CommandError(f"No round of {found[0].process.code} is submitted.")
            return submitted
        chosen = [self._assessment(code) for code in codes]
        if len({row.process_id for row in chosen}) > 1:
            raise CommandError("Over time stand rounds of one process; these are of several.")
        return chosen

    def _kind(self, asked: str | None, count: int) -> ReportKind:
        kind = ReportKind(asked) if asked else (ReportKind.COMPARISON if count > 1 else ReportKind.FULL)
        if count > 1 and kind not in (ReportKind.COMPARISON, ReportKind.OVER_TIME):
            raise CommandError(f"--kind {kind.value} shows one assessment; {count} codes were given.")
        return kind

    def _check(self, kind: ReportKind, options: dict[str, Any]) -> None:
        """Refuse what does not go together, before anything is drawn."""
        ending = options["output"].suffix.lower()
        if ending in (WORD, TEXT) and ending not in ALSO.get(kind, ()):
            raise CommandError(
                "A comparison and rounds over time cannot be written as a Word file, and only an annual page "
                "(--kind annual) as text. Or end in .pdf."
            )
        if ending not in (PDF, WORD, TEXT):
            raise CommandError(
                f"{options['output']}: the file has to end in .pdf, or for a board paper or full report in .docx, or "
                "for an annual page in .docx or .txt."
            )
        if options["annexes"] and kind != ReportKind.FULL:
            raise CommandError("Only a full report has annexes.")
        if options["restricted"] and kind not in ReportKind.on_one():
            raise CommandError("Only a report on one assessment has a restricted version.")

    def _document(self, assessments: list[Assessment], kind: ReportKind, options: dict[str, Any]) -> ReportDocument:
        paper = Paper(options["paper"])
        if kind == ReportKind.COMPARISON:
            return report_comparing(assessments, paper=paper)
        if kind == ReportKind.OVER_TIME:
            return report_over_time(assessments[0].process, [row.code for row in assessments], paper=paper)
        return report_on(
            assessments[0],
            kind=kind,
            restricted=options["restricted"],
            paper=paper,
            annexes=[Annex(name) for name in options["annexes"]],
        )
