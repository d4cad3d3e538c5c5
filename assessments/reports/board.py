"""The board paper as values and sentences: what is printed on its two pages, and what its Word file says.

From one `ReportDocument` and nothing else; in the language that is active. At most `planned.ROWS` steps, so that two
pages and 550 words hold.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.documents.last_time import LastTimePart
from assessments.documents.report import ReportDocument
from assessments.documents.result import ItemResult, ResultDocument, as_frozen
from assessments.documents.steps import StepsPart
from assessments.documents.values import day_words, document_digest
from assessments.headlines import (
    Concern,
    Headline,
    KnownCounts,
    Sentence,
    Strength,
    concerns,
    disputed,
    divided_sentences,
    evidence_sentences,
    groups_headline,
    headline,
    how_sure,
    known,
    reviewed_by,
    short_title,
    standard,
    strengths,
)
from assessments.pictures import HeatTable, Profile, groups_heat, profile_of
from assessments.reports.planned import SHOWN, STEP_HEADINGS, PlannedStep, planned_steps, with_room
from assessments.vocabulary import KIND_LABELS, Readers

ROOM = 300  # letters for how one will know, where no table of groups takes the place


@dataclass(frozen=True)
class BoardConcern:
    """A concern with its step: what it is about, why it is one, and what to do, by the words of its kind."""

    item: ItemResult
    why: Sentence
    kind: str
    step: str


@dataclass(frozen=True)
class Decided:
    """What was decided, with a line on who did and when; `comment` on the result may be ""."""

    by: str
    decision: str
    comment: str


@dataclass(frozen=True)
class Changed:
    """What is said of the attributes since the last round: a few sentences, by verdict."""

    heading: str
    sentences: list[str]


@dataclass(frozen=True)
class BoardPaperContent:
    """All that a board paper says, in the order in which it is said.

    `groups` and `groups_agree` (how far they are divided, on page 1) are None where stakeholders were not asked,
    `changed` where there is no round before. `decisions` are what the organiser asks the board for, one each; `decided`
    is what it decided, once it did. `marks` are the stamps of the result and who may read it.
    """

    name: str
    caption: str
    readers: str
    marks: list[str]
    identity: str
    headline: Headline
    profile: Profile
    known: KnownCounts
    strengths: list[Strength]
    concerns: list[BoardConcern]
    decisions: list[str]
    decided: Decided | None
    groups: HeatTable | None
    groups_agree: Sentence | None
    most_divided: list[Sentence]
    changed: Changed | None
    steps: list[PlannedStep]
    # What stands where there are no strengths, no concerns and no steps.
    no_strength: str
    nothing_to_do: str
    sure: list[Sentence]
    who_says: str
    made_by: str
    checked_by: str
    commissioned_by: str
    # By whom it was reviewed, and how much is disputed; None where nobody did.
    reviewed: Sentence | None

    @property
    def behind(self) -> str:
        """Say who made, checked and commissioned it, and what nobody said."""
        made, asked = self.made_by or _("nobody named"), self.commissioned_by or _("nobody named")
        if not self.checked_by:
            words = _("Made by: %(made)s. Checked by: nobody yet. Commissioned by: %(asked)s.")
            return words % {"made": made, "asked": asked}
        words = _("Made by: %(made)s. Checked by: %(checked)s. Commissioned by: %(asked)s.")
        return words % {"made": made, "checked": self.checked_by, "asked": asked}

    @property
    def has_owners(self) -> bool:
        """Whether anybody was named for any step."""
        return any(step.owner for step in self.steps)

    @property
    def has_dates(self) -> bool:
        """Whether there is a day for any step."""
        return any(step.due for step in self.steps)

    @property
    def not_planned(self) -> str:
        """Say what the table of steps lacks altogether; "" where it has both owners and days."""
        if not self.steps or (self.has_owners and self.has_dates):
            return ""
        if self.has_owners:
            return _("No dates have been set yet.")
        return _("No owners have been named yet.") if self.has_dates else _("No owners or dates have been set yet.")


def _reviewed(document: ResultDocument) -> Sentence | None:
    review = document.review
    return None if review is None else Sentence.together(reviewed_by(review), disputed(review))


def board_paper(report: ReportDocument) -> BoardPaperContent:
    """Return what the board paper of a report says."""
    document, joint, last = report.evidence, report.joint, report.last
    steps = joint.steps if joint else document.steps
    then = {entry.code: entry.score for entry in last.attributes} if last else None
    return BoardPaperContent(
        name=document.process.name,
        caption=caption(report),
        readers=str(Readers(report.readers).label),
        marks=standard.stamps(document),
        identity=identity(document),
        headline=headline(document, joint, last),
        profile=profile_of(document, joint, then),
        known=known(document),
        strengths=strengths(document, steps, SHOWN),
        concerns=[_concern(found) for found in concerns(document, steps, SHOWN)],
        decisions=[line.strip() for line in report.board.decision.splitlines() if line.strip()],
        decided=decided_of(report),
        groups=groups_heat(joint).for_paper() if joint and not joint.panel.no_scores else None,
        groups_agree=groups_headline(joint) if joint else None,
        most_divided=divided_sentences(joint)[:1] if joint else [],
        changed=changed_since(document, last) if last else None,
        steps=with_room(planned_steps(steps, report.board.actions, document), 0 if joint else ROOM),
        no_strength=evidence_sentences.no_strength(is_example=document.process.is_example),
        nothing_to_do=evidence_sentences.nothing_to_do(steps, is_example=document.process.is_example),
        sure=list(how_sure(document, joint)),
        who_says=standard.who_says(document),
        made_by=report.board.made_by or document.assessment.submitted_by,
        checked_by=report.board.checked_by or (document.review.reviewer if document.review else ""),
        commissioned_by=report.board.commissioned_by,
        reviewed=_reviewed(document),
    )


def _concern(found: Concern) -> BoardConcern:
    return BoardConcern(item=found.item, why=found.why, kind=str(STEP_HEADINGS[found.kind]), step=found.step)


def decided_of(report: ReportDocument) -> Decided | None:
    """Return what was decided on the result, if anything was."""
    found = report.board.decided
    if found is None:
        return None
    words = _("%(body)s, %(day)s")
    by = words % {"body": found.body, "day": day_words(found.decided_on)}
    return Decided(by=by, decision=found.decision, comment=found.comment)


def caption(report: ReportDocument) -> str:
    """Say what a paper is: when, on what kind of process, and who says it."""
    document = report.evidence
    day = document.assessment.submitted_on
    parts = [
        day_words(day) or _("Draft, not submitted"),
        _("Round %(n)s") % {"n": document.assessment.round},
        str(KIND_LABELS[document.process.kind]) if document.process.kind in KIND_LABELS else "",
    ]
    return " · ".join(filter(None, parts))


def identity(document: ResultDocument) -> str:
    """Say which result it is, by the beginning of its digest."""
    values = {
        "code": document.assessment.code,
        "set": document.question_set.version,
        "number": document.assessment.number or 0,
        "digest": document_digest(as_frozen(document))[:12],
        "method": document.method_version,
    }
    if not document.assessment.number:
        return (
            _("Assessment %(code)s, not numbered · question set %(set)s · result %(digest)s · method %(method)s")
            % values
        )
    return (
        _("Assessment %(code)s, number %(number)s · question set %(set)s · result %(digest)s · method %(method)s")
        % values
    )


def open_steps(content: BoardPaperContent, steps: StepsPart) -> str:
    """Say how many steps there are beside those of the paper; "" where there are none."""
    more = len(steps.steps) - len(content.steps)
    if more <= 0:
        return ""
    return ngettext("%(n)s more step is in the full report.", "%(n)s more steps are in the full report.", more) % {
        "n": more
    }


def changed_since(document: ResultDocument, last: LastTimePart) -> Changed:
    """Return what the rule over time says, attributes of one verdict together."""
    titles = {attribute.code: short_title(attribute) for attribute in document.attributes}

    def of(verdict: str) -> list[str]:
        return [titles[entry.code] for entry in last.attributes if entry.verdict == verdict and entry.code in titles]

    said = [
        (of("better"), _("Better: %(names)s.")),
        (of("lower"), _("Lower: %(names)s.")),
        (of("mostly_shown"), _("Mostly more is shown than before: %(names)s.")),
        (of("within_re_rating"), _("No change that rating again could not give: %(names)s.")),
        (of("not_compared"), _("Cannot be compared: %(names)s.")),
    ]
    return Changed(
        heading=_("What changed since round %(n)s") % {"n": last.round},
        sentences=[words % {"names": ", ".join(names)} for names, words in said if names],
    )
