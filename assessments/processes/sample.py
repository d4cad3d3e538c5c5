"""The result that the home page shows: of an invented process on this site, or drawn from figures that are invented.

Only what everybody may read is looked at: the public document of the panel, a report for everybody.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.headlines import headline
from assessments.models import Assessment, Report
from assessments.pictures import Profile, ProfileLine, ProfileRow
from assessments.pictures.of_result import profile_of
from assessments.pictures.words import letter_key, profile_sentence, row_sentence
from assessments.results.frozen import current_documents, panel_source
from assessments.vocabulary import AssessmentState, Readers, ReportKind, ReportState, Visibility

# Points of an invented process: name, letter, shown, claimed, what groups say.
INVENTED = (
    ("IT", "L+", 71, 80, 66),
    ("CR", "P+", 44, 60, 38),
    ("ED", "P+", 41, 63, 49),
    ("CO", "L-", 58, 67, 62),
)


@dataclass(frozen=True)
class SampleResult:
    """Two sentences and the picture; `assessment` is None where nothing on this site is behind them.

    `report` is the code of its board paper, "" where none is drawn for everybody.
    """

    first: str
    second: str
    profile: Profile
    assessment: Assessment | None = None
    report: str = ""


def sample_result() -> SampleResult:
    """Return the newest public result of an invented process, or the drawn one. At most five queries."""
    public = Assessment.objects.filter(
        process__visibility=Visibility.PUBLIC, process__is_invented=True, state=AssessmentState.SUBMITTED
    )
    # The oldest process: a site shows the same one from day to day.
    found = public.select_related("process").order_by("process_id", "-round").first()
    document = current_documents([found]).get(found.pk) if found else None
    if found is None or document is None:
        return _drawn()
    source = panel_source(found, restricted=False)
    joint = source.numbers(document) if source else None
    said = headline(document, joint)
    return SampleResult(said.first, said.second, profile_of(document, joint), found, _board_paper(found))


def _board_paper(assessment: Assessment) -> str:
    papers = Report.objects.filter(
        assessments=assessment,
        kind=ReportKind.BOARD,
        readers=Readers.PUBLIC,
        state=ReportState.READY,
        is_draft=False,
    )
    return papers.order_by("-result_number", "-pk").values_list("code", flat=True).first() or ""


def _drawn() -> SampleResult:
    names = {
        "IT": _("Taking part"),
        "CR": _("Collective responsibility"),
        "ED": _("Decision-making"),
        "CO": _("Working with others"),
    }
    lines = []
    for code, letter, shown, claimed, groups in INVENTED:
        row = ProfileRow("", "shown", shown, claimed, shown, claimed, experience=groups)
        titled = ProfileRow(row_sentence(names[code], row), "shown", shown, claimed, shown, claimed, experience=groups)
        lines.append(ProfileLine(names[code], titled, letter, str(shown), groups_whole=str(groups)))
    return SampleResult(
        first=_("Taking part is the strong side; how decisions are made is the weak one."),
        second=_("Most urgent: write down how decisions are made, and ask the groups whether they know it."),
        profile=Profile(profile_sentence(groups=True, last=False), tuple(lines), keys=(letter_key(),)),
    )
