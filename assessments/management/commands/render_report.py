"""Write the report on one assessment, or the comparison of several, to a file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from assessments.documents.both_tracks import JointDocument
from assessments.documents.comparison import ComparisonDocument
from assessments.documents.result import ResultDocument
from assessments.exceptions import AssessmentError
from assessments.models import Assessment
from assessments.reports.html import printable
from assessments.reports.render import RenderError, render_pdf
from assessments.reports.services import comparison_of, shown_of
from attributes.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = "Draw the report on one assessment, or the comparison of several (2 to 12), into a PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("codes", nargs="+", metavar="CODE", help="Code of an assessment.")
        parser.add_argument("--output", required=True, type=Path, help="The file to write.")
        parser.add_argument(
            "--restricted", action="store_true", help="With what each stakeholder group said: for the steering group."
        )
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=dict(settings.LANGUAGES))

    def handle(self, *args: Any, **options: Any) -> None:
        assessments = [self._assessment(code) for code in dict.fromkeys(options["codes"])]
        try:
            document = self._document(assessments, restricted=options["restricted"])
            html, fonts = printable(document, options["language"])
            pdf = render_pdf(html, fonts=fonts)
            options["output"].write_bytes(pdf.content)
        except AssessmentError as error:
            raise CommandError(error.message) from error
        except RenderError as error:
            raise CommandError(f"{error.reason}\n{error.detail}".strip()) from error
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}") from error
        self.stdout.write(f"{options['output']}: {pdf.pages} pages, {len(pdf.content)} bytes")

    def _assessment(self, code: str) -> Assessment:
        found = Assessment.objects.select_related("process").filter(code=code).first()
        if found is None:
            raise CommandError(f"No assessment has the code {code}.")
        return found

    def _document(
        self, assessments: list[Assessment], *, restricted: bool
    ) -> ResultDocument | JointDocument | ComparisonDocument:
        if len(assessments) == 1:
            return shown_of(assessments[0], restricted=restricted)
        if restricted:
            raise CommandError("A comparison has no restricted version.")
        return comparison_of(assessments)
