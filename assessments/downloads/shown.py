"""What somebody is shown of an assessment, for files: the same documents as on its pages."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from assessments.documents.both_tracks import JointDocument
from assessments.documents.last_time import LastTimePart
from assessments.documents.result import ResultDocument
from assessments.documents.values import day_words
from assessments.headlines.standard import stamps
from assessments.models import Assessment, FrozenResult
from assessments.permissions import Right, may_open, results_for, rights_in
from assessments.results.build import build_document
from assessments.results.frozen import document_of, panel_source, results_of
from assessments.results.last_time import last_time_of


@dataclass(frozen=True)
class ShownResult:
    """The document of a result that somebody may read; `joint` and `last` where there are such."""

    assessment: Assessment
    document: ResultDocument
    joint: JointDocument | None
    last: LastTimePart | None
    may_export: bool

    @property
    def source(self) -> str:
        """Which result it is, and what every page says of it."""
        part = self.document.assessment
        values = {"name": self.document.process.name, "round": part.round, "day": day_words(part.submitted_on)}
        if part.status == "draft":
            said = _("%(name)s, round %(round)s, as it stands now") % values
        else:
            said = _("%(name)s, round %(round)s, submitted %(day)s") % values
        return ". ".join([said, *stamps(self.document)]) + "."

    @property
    def about(self) -> list[tuple[str, str]]:
        """The first sheet of a workbook: what it is about."""
        part = self.document.assessment
        return [
            (_("Process"), self.document.process.name),
            (_("Round"), str(part.round)),
            (_("Submitted"), day_words(part.submitted_on) or _("draft")),
            (_("Result"), str(part.number or "")),
            (_("Question set"), f"{self.document.question_set.slug} {self.document.question_set.version}"),
            (_("Method"), self.document.method_version),
            (_("Marks"), ", ".join(stamps(self.document))),
        ]


def shown_to(request: HttpRequest, code: str) -> ShownResult:
    """Return what the results page shows to this reader, or answer 404 or 403; `?result=1` as there."""
    assessment = results_for(request, code)
    rights = rights_in(assessment.process, request.user)
    results = results_of(assessment)
    asked = _asked_for(request, results)
    if asked is None and not may_open(assessment, rights):
        asked = results[-1]
    newest = results[-1] if results and not assessment.is_draft else None
    chosen = asked or newest
    if chosen is None and not assessment.is_draft:
        raise Http404
    document = build_document(assessment) if chosen is None else document_of(chosen)
    replaced = asked is not None and asked != newest
    panel = None if replaced else panel_source(assessment, restricted=Right.VIEW_RESTRICTED in rights)
    return ShownResult(
        assessment=assessment,
        document=document,
        joint=panel.numbers(document) if panel else None,
        last=None if assessment.is_first else last_time_of(assessment, document),
        may_export=Right.EXPORT in rights,
    )


def _asked_for(request: HttpRequest, results: list[FrozenResult]) -> FrozenResult | None:
    number = request.GET.get("result")
    if number is None:
        return None
    found = next((result for result in results if str(result.number) == number), None)
    if found is None:
        raise Http404
    return found
