"""What the page after the closing tells those who were asked, the same to each of them: how things stand, and what is
public of the result, in the language being spoken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString

from assessments.actions.reading import DatedAction, standing_kind
from assessments.comments.reading import themes_with_replies
from assessments.documents.actions import ActionPart, DecisionPart
from assessments.documents.both_tracks import JointDocument
from assessments.documents.panel import PanelAttribute
from assessments.documents.result import AttributeResult, ResultDocument
from assessments.documents.themes import ThemePart
from assessments.feedback.message import message_of
from assessments.feedback.published import PublishedResult, published_result, record_of
from assessments.models import PublicRecord, Wave
from assessments.vocabulary import WaveState
from assessments.zones import today_in
from attributes.texts import TextMap

NAMES_SHOWN = 5
STEPS = ("N", "P", "L", "F")


class FeedbackState(StrEnum):
    """How far a wave is, for those who were asked."""

    OPEN = "open"
    STOPPED = "stopped"
    COMPUTING = "computing"
    NOT_PUBLIC = "not_public"
    PUBLIC = "public"


@dataclass(frozen=True)
class LetterSeen:
    """How far something is in place, as a band: `step` from 1 to 4, 0 where there is no letter."""

    letter: str
    step: int
    is_early: bool


@dataclass(frozen=True)
class AttributeSeen:
    """An attribute, as all groups together say and as the organiser can show; None where a track was not asked."""

    title: TextMap
    groups: LetterSeen | None
    shown: LetterSeen


@dataclass(frozen=True)
class NamedItems:
    """Names of questions, the first few; `more` are not named here."""

    names: Sequence[TextMap]
    more: int


@dataclass(frozen=True)
class AnsweredTheme:
    """What comments are about, with what the organiser replied."""

    part: ThemePart

    @property
    def replied_on(self) -> date | None:
        """The day of the reply that stands there."""
        return parse_date(self.part.corrected_on or self.part.replied_on or "")


@dataclass(frozen=True)
class PromisedAction(DatedAction):
    """An action with what it is called, and how it stands today; `standing` is a key of the wording."""

    step: TextMap | None
    standing: str


@dataclass(frozen=True)
class ResultForRespondents:
    """What is public, in the order of reading. `asked_again`: it is what was said when people were asked once more."""

    message: Sequence[SafeString]
    attributes: Sequence[AttributeSeen]
    divided: NamedItems
    seen_less: NamedItems
    seen_more: NamedItems
    answers: int | None
    themes: Sequence[AnsweredTheme]
    decision: DecisionPart | None
    actions: Sequence[PromisedAction]
    is_open: bool
    asked_again: bool

    @property
    def decided_on(self) -> date | None:
        """The day of the decision."""
        return parse_date(self.decision.decided_on) if self.decision else None


@dataclass(frozen=True)
class FeedbackPage:
    """What the page shows of a wave. `results_late`: the day that was named for the results is over."""

    state: FeedbackState
    result: ResultForRespondents | None
    record: PublicRecord | None
    results_late: bool


def feedback_of(wave: Wave) -> FeedbackPage:
    """Return what those who were asked in a launched wave are told. It comes with assessment, process and question set.

    A fixed number of queries, whatever was promised and replied.
    """
    state = _state(wave)
    if state is not FeedbackState.NOT_PUBLIC:
        return FeedbackPage(state, None, None, results_late=False)
    record = record_of(wave.assessment)
    found = published_result(wave, record)
    late = wave.results_on is not None and wave.results_on < wave.today
    if found is None:
        return FeedbackPage(state, None, record, results_late=late)
    return FeedbackPage(FeedbackState.PUBLIC, _result(wave, found), record, results_late=False)


def _state(wave: Wave) -> FeedbackState:
    if wave.state == WaveState.CLOSED:
        return FeedbackState.NOT_PUBLIC
    if wave.is_due:
        return FeedbackState.COMPUTING
    return FeedbackState.OPEN if wave.stopped_on is None else FeedbackState.STOPPED


def _result(wave: Wave, found: PublishedResult) -> ResultForRespondents:
    joint = found.joint
    shorts = {item.code: item.short for item in joint.panel.items}
    today = today_in(wave.assessment.process.zone).isoformat()
    return ResultForRespondents(
        message=message_of(joint),
        attributes=[] if joint.panel.no_scores else _attributes(joint),
        divided=_named([line.item for line in joint.divided], shorts),
        seen_less=_named(joint.blind_spots, shorts),
        seen_more=_named(joint.hidden_strengths, shorts),
        answers=joint.panel.received or None,
        # What is replied belongs to the process, whose pages have to be open.
        themes=[AnsweredTheme(part) for part in themes_with_replies(wave)] if found.is_open else [],
        decision=found.decision,
        actions=[_promised(part, joint.result, today) for part in found.actions],
        is_open=found.is_open,
        asked_again=joint.panel.wave.code != wave.code,
    )


def _attributes(joint: JointDocument) -> list[AttributeSeen]:
    return [
        AttributeSeen(entry.title, _letter_of(joint.panel.attribute(entry.code)), _seen(entry))
        for entry in joint.result.attributes
    ]


def _letter_of(found: PanelAttribute | None) -> LetterSeen | None:
    return None if found is None else _seen(found)


def _seen(found: AttributeResult | PanelAttribute) -> LetterSeen:
    letter = (found.letter or "")[:1]
    step = STEPS.index(letter) + 1 if letter in STEPS else 0
    return LetterSeen(letter if step else "", step, bool(step) and found.status == "provisional")


def _named(codes: Iterable[str], shorts: Mapping[str, TextMap]) -> NamedItems:
    names = [shorts[code] for code in codes]
    return NamedItems(names[:NAMES_SHOWN], max(0, len(names) - NAMES_SHOWN))


def _promised(part: ActionPart, result: ResultDocument, today: str) -> PromisedAction:
    items = result.items()
    step = items[part.item].short if not part.text and part.item in items else None
    return PromisedAction(part, step, standing_kind(part, today))
