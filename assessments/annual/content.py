"""The annual page as values and sentences: what the page in the browser, the paper, the Word file and the text say.

From one `AnnualDocument` and nothing else; in the language that is active.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.annual.moved import WHY, AttributeSinceLine, moved_lines, noise, unpromised
from assessments.annual.promises import NextRow, PromiseRow, next_rows, promise_rows
from assessments.annual.said import groups_heat_over_time, groups_over_time
from assessments.annual.sure import annual_sure
from assessments.documents.actions import DecisionPart
from assessments.documents.annual import AnnualDocument, PromisesPart, RoundBefore
from assessments.documents.themes import CommentLine, ThemePart
from assessments.documents.values import day_words
from assessments.headlines import Sentence, standard
from assessments.headlines.annual import AnnualHeadline, annual_headline
from assessments.pictures import HeatTable, Profile, profile_of
from assessments.results.both_tracks import read_together


@dataclass(frozen=True)
class AnnualContent:
    """All that an annual page says, in the order in which it is said.

    What there is nothing of is empty, and a sentence beside it says so (`no_promised`, `not_moved`, `no_promises`).
    `promised_more` and `promises_more` count what is left out. `profile` shows where a first round stands, where there
    is nothing to move from. `promises_heading` names the time to come.
    """

    heading: str
    caption: str
    marks: list[str]
    headline: AnnualHeadline
    foreword: str
    is_first: bool
    promised_caption: str
    promised: list[PromiseRow]
    promised_more: int
    no_promised: str
    then: str
    now: str
    moved: list[AttributeSinceLine]
    not_moved: str
    noise: Sentence | None
    unpromised_lead: str
    unpromised: list[Sentence]
    profile: Profile | None
    groups: HeatTable | None
    groups_said: Sentence
    quoted: CommentLine | None
    themes: list[ThemePart]
    themes_said: str
    promises: list[NextRow]
    promises_more: int
    no_promises: str
    sure: list[Sentence]
    decided: DecisionPart | None
    decided_heading: str
    no_decision: str
    source: str

    @property
    def has_owners(self) -> bool:
        """Whether anybody is named for a promise."""
        return any(row.owner for row in self.promises)

    @property
    def has_days(self) -> bool:
        """Whether there is a day for a promise."""
        return any(row.by for row in self.promises)

    @property
    def has_signs(self) -> bool:
        """Whether it is said of a promise how one will know that it is done."""
        return any(row.known_by for row in self.promises)


def annual_content(document: AnnualDocument) -> AnnualContent:
    """Return what the annual page says."""
    result, before = document.result, document.before
    joint = read_together(result, document.panel) if document.panel else None
    return AnnualContent(
        heading=document.title
        or _("%(name)s: the year %(year)s") % {"name": result.process.name, "year": document.year},
        caption=_caption(document),
        marks=standard.stamps(result),
        headline=annual_headline(document, joint),
        foreword=document.foreword,
        is_first=before is None,
        promised_caption=_promised_caption(document, before) if before else "",
        promised=promise_rows(document),
        promised_more=document.promised.left_out,
        no_promised=_no_promised(document.promised) if before else "",
        then=_("Round %(n)s") % {"n": before.round} if before else "",
        now=_("Round %(n)s") % {"n": result.assessment.round},
        moved=moved_lines(document),
        not_moved=_not_moved(before),
        noise=noise(before) if before else None,
        unpromised_lead=_unpromised_lead(document.promised),
        unpromised=unpromised(document),
        profile=profile_of(result, joint) if before is None else None,
        groups=groups_heat_over_time(document),
        groups_said=groups_over_time(document),
        quoted=document.quoted,
        themes=document.themes,
        themes_said=_themes_said(document.themes),
        promises=next_rows(document),
        promises_more=document.promises.left_out,
        no_promises=_no_promises(document.promises),
        sure=annual_sure(document, joint),
        decided=document.decided,
        decided_heading=_decided_heading(document.decided),
        no_decision=_("Nothing has been decided on this result yet."),
        source=_source(document),
    )


def _themes_said(themes: list[ThemePart]) -> str:
    """What people wrote about, and to how much of it the organiser has replied; "" where nobody may know."""
    if not themes:
        return ""
    replied = sum(bool(theme.reply) for theme in themes)
    words = _("What people wrote about: %(themes)s. Replied to: %(replied)s of %(total)s.")
    return words % {"themes": "; ".join(theme.title for theme in themes), "replied": replied, "total": len(themes)}


def _caption(document: AnnualDocument) -> str:
    now = document.result.assessment
    if document.before is None:
        return _("What we found, and what we promise · Round %(now)s, the first") % {"now": now.round}
    words = _("What we promised, what became of it, what comes next · Round %(now)s beside round %(then)s")
    return words % {"now": now.round, "then": document.before.round}


def _promised_caption(document: AnnualDocument, before: RoundBefore) -> str:
    said = {"round": before.round, "day": day_words(before.submitted_on), "today": day_words(document.as_of)}
    if document.as_of:
        return _("Promised on the result of round %(round)s, %(day)s; as it stands on %(today)s") % said
    return _("Promised on the result of round %(round)s, %(day)s") % said


def _no_promised(promised: PromisesPart) -> str:
    return _none_shown(
        promised,
        left_out=_("The promises of last time are not shown on this page."),
        not_public=_("What was promised last time is not public."),
        none=_("Nothing was promised on the result of last time."),
    )


def _no_promises(promises: PromisesPart) -> str:
    return _none_shown(
        promises,
        left_out=_("The promises made now are not shown on this page."),
        not_public=_("What is promised now is not public."),
        none=_("Nothing is promised yet."),
    )


def _none_shown(promises: PromisesPart, *, left_out: str, not_public: str, none: str) -> str:
    """Why no promise is shown; "" where one is."""
    if promises.shown:
        return ""
    if promises.total:
        return left_out
    return not_public if promises.has_others else none


def _not_moved(before: RoundBefore | None) -> str:
    """Why nothing is compared; "" where something is."""
    if before is None or before.compared:
        return ""
    if before.why:
        return _("Nothing is compared with last time: %(why)s") % {"why": WHY[before.why]}
    return _("Nothing is compared with last time: on no attribute do the two rounds have enough in common.")


def _unpromised_lead(promised: PromisesPart) -> str:
    if promised.has_others:
        return _("Moved without a promise that is public:")
    return _("Moved without a promise:")


def _decided_heading(decided: DecisionPart | None) -> str:
    if decided is None:
        return _("What was decided")
    return _("Answer of %(body)s, %(day)s") % {"body": decided.body, "day": day_words(decided.decided_on)}


def _source(document: AnnualDocument) -> str:
    """Which result it is made from; a draft has none."""
    result = document.result
    said = {
        "code": result.assessment.code,
        "number": result.assessment.number or 0,
        "version": result.question_set.version,
        "method": result.method_version,
    }
    if not result.assessment.number:
        return _("Draft of assessment %(code)s · question set %(version)s · method %(method)s") % said
    return _("Assessment %(code)s, result %(number)s · question set %(version)s · method %(method)s") % said
