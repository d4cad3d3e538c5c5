"""What one answer of the organiser counts as, and why (method 3.2 to 3.4, 3.14)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import floor

from assessments.scoring.evidence.lines import LineReading, ListReading, OpenReason, read_list
from assessments.scoring.evidence.pieces import (
    EvidenceGrade,
    EvidencePiece,
    ItemEvidence,
    evidence_cap,
    item_evidence,
)
from assessments.scoring.evidence.review import ReviewOpinion, SettledBy, SettledValue, settled
from assessments.scoring.method import (
    FULL_SCORE,
    ONE,
    OPTION_NOT_APPLICABLE,
    OPTION_SHARE_FOR_LETTER,
    UNNAMED_OPTION,
    ZERO,
)
from assessments.scoring.model import ItemKind, ItemState, OptionAnswer, ScoringItem, check_answer, letter_of


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """The organiser's answer to one item, with its evidence and what a reviewer says of it.

    `level` (rating, 0 to the item's top level) and `options` (choice) are read only when `state` is ANSWERED.
    `has_reason`: words are given for NOT_APPLICABLE. `chosen` is a class of evidence set by hand, which can only be
    lower than what is given.
    """

    code: str
    state: ItemState
    level: int | None = None
    options: tuple[OptionAnswer, ...] = ()
    has_reason: bool = False
    evidence: tuple[EvidencePiece, ...] = ()
    chosen: EvidenceGrade | None = None
    review: ReviewOpinion | None = None


class CapReason(StrEnum):
    """Why an answer counts for less than it claims (method 3.13)."""

    NOTHING_GIVEN = "nothing_given"
    ONLY_DESCRIBED = "only_described"
    NOT_OPENED = "not_opened"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class CountedItem:
    """What one answer counts as.

    `claimed`, `counted` (the supported or settled value) and `highest` (what the high end of the range takes) are
    values from 0 to 1, None without a value. `share_known` is the share of the applicable lines that is known (1 for
    an answered rating, 0 without a value), `share_applicable` that of all lines that apply (1 for an item without
    lines). `shown` is method 3.4. Letters are None while less than half is known. `open_because` says why an item
    without lines is open, each of `lines` says it for itself. `capped_because` is None where the claim, or after a
    review what both agreed on, counts in full.
    """

    code: str
    state: ItemState
    claimed: Fraction | None
    counted: Fraction | None
    highest: Fraction | None
    share_known: Fraction
    share_applicable: Fraction
    evidence: ItemEvidence
    cap: Fraction
    shown: bool
    letter: str | None
    claimed_letter: str | None
    open_because: OpenReason | None = None
    capped_because: CapReason | None = None
    lines: tuple[LineReading, ...] = ()
    settled: SettledValue | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is a value, and at least half of a list is known."""
        return self.counted is not None and self.share_known >= OPTION_SHARE_FOR_LETTER


@dataclass(frozen=True, slots=True)
class _ClaimedAnswer:
    state: ItemState
    value: Fraction | None
    share_known: Fraction
    share_applicable: Fraction
    open_because: OpenReason | None = None
    lines: tuple[LineReading, ...] = ()


def count_item(spec: ScoringItem, answer: GivenAnswer, contradictory: Collection[str] = frozenset()) -> CountedItem:
    """Return what one answer counts as (method 3.2 to 3.4; 3.14 where a reviewer has spoken).

    `contradictory` names the options that contradict another answer, "" the item itself: they count as unknown.
    Raises ScoringError for refused input (method 3.11), naming the item: among them NOT_APPLICABLE where the item
    does not allow it.
    """
    # A missing reason makes an answer open, and is no error.
    check_answer(spec, answer.state, answer.level, answer.options, na_allowed=spec.na_allowed)
    claim = _claim(spec, answer, contradictory)
    evidence = item_evidence(answer.evidence, stakeholder_primary=spec.stakeholder_primary, chosen=answer.chosen)
    cap = evidence_cap(evidence.grade, critical=spec.critical, opened=evidence.opened is not None)
    counted = CountedItem(
        code=spec.code,
        state=claim.state,
        claimed=claim.value,
        counted=None if claim.value is None else min(claim.value, cap),
        highest=claim.value,
        share_known=claim.share_known,
        share_applicable=claim.share_applicable,
        evidence=evidence,
        cap=cap,
        shown=claim.value is not None and (claim.value == ZERO or evidence.grade is not EvidenceGrade.NOTHING),
        letter=None,
        claimed_letter=None,
        open_because=claim.open_because,
        lines=claim.lines,
    )
    if answer.review is not None and claim.state is not ItemState.NOT_APPLICABLE:
        counted = _reviewed(counted, answer.review, critical=spec.critical)
    return _lettered(counted)


def unanswered(code: str) -> GivenAnswer:
    """Return the answer to an item that nobody has answered."""
    return GivenAnswer(code, ItemState.UNANSWERED)


def _claim(spec: ScoringItem, answer: GivenAnswer, contradictory: Collection[str]) -> _ClaimedAnswer:
    if answer.state is ItemState.ANSWERED and spec.kind is ItemKind.CHOICE:
        return _of_list(spec, read_list(spec, answer.options, contradictory))
    if answer.state is ItemState.DONT_KNOW:
        return _ClaimedAnswer(ItemState.DONT_KNOW, None, ZERO, ONE, OpenReason.DONT_KNOW)
    if answer.state is ItemState.UNANSWERED:
        return _open(OpenReason.NOT_ANSWERED)
    if answer.state is ItemState.NOT_APPLICABLE and not answer.has_reason:
        return _open(OpenReason.REASON_MISSING)
    if UNNAMED_OPTION in contradictory:
        return _open(OpenReason.CONTRADICTORY)
    if answer.state is ItemState.NOT_APPLICABLE and contradictory:
        every = [OptionAnswer(option, OPTION_NOT_APPLICABLE, has_text=True) for option in spec.options]
        return _of_list(spec, read_list(spec, every, contradictory))
    if answer.state is ItemState.NOT_APPLICABLE:
        return _ClaimedAnswer(ItemState.NOT_APPLICABLE, None, ZERO, ZERO)
    return _ClaimedAnswer(ItemState.ANSWERED, Fraction(answer.level or 0, spec.top_level), ONE, ONE)


def _open(because: OpenReason) -> _ClaimedAnswer:
    return _ClaimedAnswer(ItemState.UNANSWERED, None, ZERO, ONE, because)


def _of_list(spec: ScoringItem, found: ListReading) -> _ClaimedAnswer:
    # The one line of a yes/no item is the item itself.
    because = found.lines[0].open_because if spec.options == (UNNAMED_OPTION,) else None
    return _ClaimedAnswer(found.state, found.value, found.share_known, found.share_applicable, because, found.lines)


def _reviewed(item: CountedItem, opinion: ReviewOpinion, *, critical: bool) -> CountedItem:
    """The item with the value that counts after the review. A claim stays the organiser's own.

    What an agreed value adds to a list of which a part is known is that part's value: the rest stays unknown. Where
    the organiser gave no answer it settles the whole item.
    """
    value = settled(item.claimed, opinion, grade=item.evidence.grade, cap=item.cap, critical=critical)
    if value.counts is None:
        return replace(item, settled=value)
    return replace(
        item,
        state=ItemState.ANSWERED,
        claimed=value.counts if item.claimed is None else item.claimed,
        counted=value.counts,
        highest=value.highest,
        share_known=item.share_known or ONE,
        shown=value.shown,
        open_because=None,
        settled=value,
    )


def _lettered(item: CountedItem) -> CountedItem:
    if item.counted is None or item.claimed is None:
        return item
    return replace(
        item,
        letter=letter_of(FULL_SCORE * item.counted) if item.is_known else None,
        claimed_letter=letter_of(FULL_SCORE * item.claimed) if item.is_known else None,
        capped_because=_capped_because(item, item.counted),
    )


def _capped_because(item: CountedItem, counted: Fraction) -> CapReason | None:
    # What both agreed on takes the place of the claim.
    if item.highest is None or counted >= item.highest:
        return None
    if item.settled is not None and item.settled.basis is SettledBy.REVIEWER_LOWER:
        return CapReason.DISPUTED
    if item.evidence.grade is EvidenceGrade.NOTHING:
        return CapReason.NOTHING_GIVEN
    return CapReason.ONLY_DESCRIBED if item.evidence.grade is EvidenceGrade.DESCRIBED else CapReason.NOT_OPENED


def following_value(spec: ScoringItem, item: CountedItem) -> Fraction | None:
    """Return the next value above what counts (0 to 1), enough evidence assumed; None at the top or without a value.

    A rating, and what a review has settled at another value, goes up to the next level of the scale. A list gains by
    the one option that gains most from its next better state.
    """
    if item.counted is None or item.counted == ONE:
        return None
    credits = [line.credit for line in item.lines if line.credit is not None]
    if spec.kind is ItemKind.RATING or not credits or not _is_as_claimed(item, item.counted):
        return Fraction(floor(item.counted * spec.top_level) + 1, spec.top_level)
    gains = [
        min(state.credit for state in spec.states if state.credit > credit) - credit
        for credit in credits
        if any(state.credit > credit for state in spec.states)
    ]
    return item.counted + max(gains, default=ZERO) / len(credits)


def _is_as_claimed(item: CountedItem, counted: Fraction) -> bool:
    """Whether what counts is what the organiser's own lines give, as claimed or as far as the evidence goes."""
    return item.claimed is not None and counted in (item.claimed, min(item.claimed, item.cap))
