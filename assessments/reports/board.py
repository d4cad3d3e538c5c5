"""The board paper as values and sentences: what is printed on its two pages, and what its Word file says.

From one `ReportDocument` and nothing else; in the language that is active. At most `ROWS` steps, so that two pages and
550 words hold.
"""

import datetime
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.documents.actions import ActionPart
from assessments.documents.both_tracks import JointDocument
from assessments.documents.last_time import LastTimePart
from assessments.documents.report import ReportDocument
from assessments.documents.result import ItemResult, ResultDocument, as_frozen
from assessments.documents.steps import StepPart, StepsPart
from assessments.documents.values import Text, day_words, document_digest
from assessments.headlines import (
    Concern,
    Headline,
    KnownCounts,
    Sentence,
    Strength,
    concerns,
    disputed,
    divided_sentences,
    groups_headline,
    headline,
    how_sure,
    known,
    reviewed_by,
    short_title,
    strengths,
)
from assessments.pictures import HeatTable, Profile, groups_heat, profile_of
from assessments.results import evidence_sentences, sentences
from assessments.vocabulary import KIND_LABELS, Readers
from attributes.texts import localise

ROWS = 5
ROOM = 300  # letters for how one will know, where no table of groups takes the place
SHOWN = 3  # strengths, concerns, and steps for which nothing need be planned

STEP_HEADINGS: dict[str, Promise] = {
    "find_out": gettext_lazy("Find out"),
    "show_it": gettext_lazy("Show it"),
    "improve_it": gettext_lazy("Improve it"),
}


@dataclass(frozen=True)
class BoardConcern:
    """A concern with its step: what it is about, why it is one, and what to do, by the words of its kind."""

    item: ItemResult
    why: Sentence
    kind: str
    step: str


@dataclass(frozen=True)
class PlannedStep:
    """A row of the table of steps. `owner`, `due` and `known_by` are "" where nobody was named, no day, and no sign.

    `short` is the name of its item where `text` says that and nothing more was planned, to be marked up as such.
    """

    item: str
    text: str
    short: Text
    kind: str
    owner: str
    due: str
    known_by: str


@dataclass(frozen=True)
class Changed:
    """What is said of the attributes since the last round: a few sentences, by verdict."""

    heading: str
    sentences: list[str]


@dataclass(frozen=True)
class Decided:
    """What was decided, with a line on who did and when; `comment` on the result may be ""."""

    by: str
    decision: str
    comment: str


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
        marks=sentences.stamps(document),
        identity=identity(document),
        headline=headline(document, joint, last),
        profile=profile_of(document, joint, then),
        known=known(document),
        strengths=strengths(document, steps, SHOWN),
        concerns=[_concern(found) for found in concerns(document, steps, SHOWN)],
        decisions=[line.strip() for line in report.board.decision.splitlines() if line.strip()],
        decided=decided_of(report),
        groups=_groups(joint) if joint and not joint.panel.no_scores else None,
        groups_agree=groups_headline(joint) if joint else None,
        most_divided=divided_sentences(joint)[:1] if joint else [],
        changed=changed_since(document, last) if last else None,
        steps=_with_room(planned_steps(steps, report.board.actions, document), 0 if joint else ROOM),
        no_strength=evidence_sentences.no_strength(is_example=document.process.is_example),
        nothing_to_do=evidence_sentences.nothing_to_do(steps, is_example=document.process.is_example),
        sure=list(how_sure(document, joint)),
        who_says=sentences.who_says(document),
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


def _groups(joint: JointDocument) -> HeatTable:
    columns = tuple(short_title(attribute) for attribute in joint.result.attributes)
    heat = groups_heat(joint)
    return replace(heat, columns=columns, caption=heat.sentence, sentence="")


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


def planned_steps(
    steps: StepsPart, actions: list[ActionPart], document: ResultDocument, limit: int = ROWS
) -> list[PlannedStep]:
    """Return the first steps with what was promised on them, then what else was promised. Not what was dropped."""
    kept = [action for action in actions if action.state != "dropped"]
    by_item = {action.item: action for action in kept if action.item}
    kinds = {step.item: step for step in steps.steps}
    first = steps.head[:SHOWN]
    rows = [_planned(step, by_item.get(step.item)) for step in first]
    done = {step.item for step in first}
    items = document.items()
    rows += [
        PlannedStep(
            item=action.item,
            text=action.text or (localise(items[action.item].short) if action.item in items else ""),
            short=items[action.item].short if action.item in items and not action.text else {},
            kind=str(STEP_HEADINGS[kinds[action.item].kind]) if action.item in kinds else "",
            owner=action.owner,
            due=when(action),
            known_by=action.known_by,
        )
        for action in kept
        if action.item not in done
    ]
    return rows[:limit]


def _with_room(rows: list[PlannedStep], left: int) -> list[PlannedStep]:
    """The rows, with how one will know as long as letters are left: two pages have to hold."""
    found = []
    for row in rows:
        left -= len(row.known_by)
        found.append(row if left >= 0 else replace(row, known_by=""))
    return found


def _planned(step: StepPart, action: ActionPart | None) -> PlannedStep:
    return PlannedStep(
        item=step.item,
        text=action.text if action and action.text else localise(step.short),
        short={} if action and action.text else step.short,
        kind=str(STEP_HEADINGS[step.kind]),
        owner=action.owner if action else "",
        due=when(action) if action else "",
        known_by=action.known_by if action else "",
    )


def when(action: ActionPart) -> str:
    """By when an action is to be done, or when it was."""
    if action.state == "done":
        return _("done, %(day)s") % {"day": day_in_words(action.closed_on)}
    return day_in_words(action.due)


def day_in_words(iso: str) -> str:
    """A day as it is written on paper; "" where there is none."""
    return date_format(datetime.date.fromisoformat(iso), "SHORT_DATE_FORMAT") if iso else ""


def open_steps(content: BoardPaperContent, steps: StepsPart) -> str:
    """Say how many steps there are beside those of the paper; "" where there are none."""
    more = len(steps.steps) - len(content.steps)
    if more <= 0:
        return ""
    return ngettext("%(n)s more step is in the full report.", "%(n)s more steps are in the full report.", more) % {
        "n": more
    }
