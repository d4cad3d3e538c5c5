"""One list of steps, its head, and the strengths: the one place where they are chosen (method 3.13)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.evidence.items import CapReason
from assessments.scoring.evidence.pieces import EvidenceGrade
from assessments.scoring.method import (
    FULL_SCORE,
    HEAD_NOT_KNOWN,
    HEAD_PER_ATTRIBUTE,
    HEAD_STEPS,
    LETTERS,
    ONE,
    OPTION_SHARE_FOR_LETTER,
    PERCEPTION_ITEM_POINTS,
    STRENGTHS_FILLED_TO,
    STRENGTHS_MOST,
    ZERO,
)
from assessments.scoring.model import letter_of

DIVIDED = "divided"
MAY_BE_DIVIDED = "may_be_divided"
# The order of steps by level; an item that is not known has its own place.
NOT_KNOWN = "?"
LEVEL_ORDER = ("N", NOT_KNOWN, "P", "L")
TOP_LETTER = LETTERS[-1]
NEXT_BELOW_TOP = "L"


class StepKind(StrEnum):
    """What a step asks for."""

    FIND_OUT = "find_out"
    SHOW_IT = "show_it"
    IMPROVE_IT = "improve_it"


class StepReason(StrEnum):
    """Why an item is a step."""

    NOT_KNOWN = "not_known"
    CLAIMED_ABOVE = "claimed_above"
    BLIND_SPOT = "blind_spot"
    DIVIDED = "divided"
    BELOW_TOP = "below_top"


KIND_OF_REASON = {
    StepReason.NOT_KNOWN: StepKind.FIND_OUT,
    StepReason.CLAIMED_ABOVE: StepKind.SHOW_IT,
    StepReason.BLIND_SPOT: StepKind.FIND_OUT,
    StepReason.DIVIDED: StepKind.FIND_OUT,
    StepReason.BELOW_TOP: StepKind.IMPROVE_IT,
}


@dataclass(frozen=True, slots=True)
class StepBasis:
    """Where one applicable scored item stands.

    `claimed` (after a review the value both agreed on), `counted` and `following` (the next value above, enough
    evidence assumed) are values from 0 to 1, None without one; `share_known` is that of a list (0 without a value);
    `weight` and `coverage` (of the attribute) are shares of one. `experience` is the stakeholders' score in points and
    `verdict` how far their groups agree, None where the item has none. `capped_because` says why the claim does not
    count in full.
    """

    code: str
    attribute: str
    claimed: Fraction | None
    counted: Fraction | None
    weight: Fraction
    critical: bool = False
    share_known: Fraction = ONE
    coverage: Fraction = ONE
    following: Fraction | None = None
    grade: EvidenceGrade = EvidenceGrade.NOTHING
    capped_because: CapReason | None = None
    experience: Fraction | None = None
    verdict: str | None = None

    @property
    def blind_spot(self) -> bool:
        """Whether the evidence stands a full level or more above what stakeholders say (method 3.9)."""
        if self.counted is None or self.experience is None or not self.is_known:
            return False
        return FULL_SCORE * self.counted - self.experience >= PERCEPTION_ITEM_POINTS

    @property
    def is_known(self) -> bool:
        """Whether there is a value, and at least half of a list is known."""
        return self.counted is not None and self.share_known >= OPTION_SHARE_FOR_LETTER


@dataclass(frozen=True, slots=True)
class ActionStep:
    """One step: what it asks for and why, its level for the order ("?" not known) and the points at stake."""

    code: str
    attribute: str
    kind: StepKind
    reason: StepReason
    level: str
    critical: bool
    flagged: bool
    at_stake: Fraction
    capped_because: CapReason | None = None


@dataclass(frozen=True, slots=True)
class StepList:
    """Everything to do, in order; what to do first (`head`, the concerns); and the strengths, never a step.

    `all_full` says that every item has the letter F by its counted value. `compared` counts the items with a score on
    both tracks; `nowhere_apart` that none of them is a full level apart, False where none is compared.
    """

    steps: tuple[ActionStep, ...]
    head: tuple[ActionStep, ...]
    strengths: tuple[str, ...]
    all_full: bool
    compared: int
    nowhere_apart: bool


def choose_steps(bases: Sequence[StepBasis]) -> StepList:
    """Return the steps, their head and the strengths of one assessment from its applicable scored items.

    Method 3.13. Nothing is ever both step and strength.
    """
    by_code = {basis.code: basis for basis in bases}
    found = sorted((step for basis in bases if (step := step_of_item(basis)) is not None), key=_place)
    head = _head(found)
    strengths = [basis for basis in bases if basis.code not in {step.code for step in found} and _is_strength(basis)]
    strengths = sorted(strengths, key=_strongest)[:STRENGTHS_MOST]
    in_head = {step.code for step in head}
    spare = [by_code[step.code] for step in found if step.code not in in_head and _fills_up(step, by_code[step.code])]
    spare = sorted(spare, key=_strongest)[: max(0, STRENGTHS_FILLED_TO - len(strengths))]
    taken = {basis.code for basis in spare}
    compared = [basis for basis in bases if basis.is_known and basis.experience is not None]
    return StepList(
        steps=tuple(step for step in found if step.code not in taken),
        head=head,
        strengths=tuple(basis.code for basis in [*strengths, *spare]),
        all_full=bool(bases) and all(_letter(basis) == TOP_LETTER for basis in bases),
        compared=len(compared),
        nowhere_apart=bool(compared) and not any(_is_apart(basis) for basis in compared),
    )


def step_of_item(basis: StepBasis) -> ActionStep | None:
    """Return the step that an item calls for, None where it calls for none: at F, and nothing speaks against it."""
    reason = _reason(basis)
    if reason is None:
        return None
    return ActionStep(
        code=basis.code,
        attribute=basis.attribute,
        kind=KIND_OF_REASON[reason],
        reason=reason,
        level=_level(basis),
        critical=basis.critical,
        flagged=_is_flagged(basis),
        at_stake=_at_stake(basis, reason),
        capped_because=basis.capped_because if reason is StepReason.CLAIMED_ABOVE else None,
    )


def points_at_stake(
    kind: StepKind,
    *,
    weight: Fraction,
    share_known: Fraction = ONE,
    coverage: Fraction = ONE,
    now: Fraction = ZERO,
    then: Fraction = ZERO,
) -> Fraction:
    """Return what a step would bring, in points (method 3.13).

    To find out: by how much the range would narrow. Otherwise by how much the score would rise from the value `now`
    to the value `then` (0 to 1); `coverage` is that of the attribute, above 0.
    """
    if kind is StepKind.FIND_OUT:
        return FULL_SCORE * weight * (ONE - share_known)
    return FULL_SCORE * weight * share_known * (then - now) / coverage


def _reason(basis: StepBasis) -> StepReason | None:
    if basis.counted is None or not basis.is_known:
        return StepReason.NOT_KNOWN
    if basis.claimed is not None and basis.claimed > basis.counted:
        return StepReason.CLAIMED_ABOVE
    if basis.blind_spot:
        return StepReason.BLIND_SPOT
    if _letter(basis) != TOP_LETTER:
        return StepReason.BELOW_TOP
    return StepReason.DIVIDED if basis.verdict == DIVIDED else None


def _at_stake(basis: StepBasis, reason: StepReason) -> Fraction:
    if reason in (StepReason.BLIND_SPOT, StepReason.DIVIDED):
        return ZERO
    now = basis.counted or ZERO
    then = basis.claimed if reason is StepReason.CLAIMED_ABOVE else basis.following
    return points_at_stake(
        KIND_OF_REASON[reason],
        weight=basis.weight,
        share_known=basis.share_known,
        coverage=basis.coverage,
        now=now,
        then=now if then is None else then,
    )


def _letter(basis: StepBasis) -> str | None:
    return letter_of(FULL_SCORE * basis.counted) if basis.counted is not None and basis.is_known else None


def _level(basis: StepBasis) -> str:
    """The level for the order: the lower of evidence and experience; what is a step at F counts as L."""
    letter = _letter(basis)
    if letter is None:
        return NOT_KNOWN
    letters = [letter, NEXT_BELOW_TOP]
    if basis.experience is not None:
        letters.append(letter_of(basis.experience))
    return min(letters, key=LETTERS.index)


def _is_flagged(basis: StepBasis) -> bool:
    return basis.verdict == DIVIDED or basis.blind_spot


def _place(step: ActionStep) -> tuple[int, bool, bool, Fraction, str]:
    return LEVEL_ORDER.index(step.level), not step.critical, not step.flagged, -step.at_stake, step.code


def _head(steps: Iterable[ActionStep]) -> tuple[ActionStep, ...]:
    head: list[ActionStep] = []
    by_attribute: Counter[str] = Counter()
    for step in steps:
        unknown = sum(other.level == NOT_KNOWN for other in head)
        if step.level == NOT_KNOWN and unknown == HEAD_NOT_KNOWN:
            continue
        if by_attribute[step.attribute] < HEAD_PER_ATTRIBUTE:
            by_attribute[step.attribute] += 1
            head.append(step)
    return tuple(head[:HEAD_STEPS])


def _is_strength(basis: StepBasis) -> bool:
    return _letter(basis) == TOP_LETTER and basis.verdict not in (DIVIDED, MAY_BE_DIVIDED)


def _fills_up(step: ActionStep, basis: StepBasis) -> bool:
    """Whether a step at L may stand among the strengths: openly shown, not critical, and nothing speaks against it."""
    at_level = step.kind is StepKind.IMPROVE_IT and step.level == _letter(basis) == NEXT_BELOW_TOP
    quiet = not step.critical and not step.flagged and basis.verdict != MAY_BE_DIVIDED
    return at_level and quiet and basis.grade is EvidenceGrade.OPEN


def _strongest(basis: StepBasis) -> tuple[Fraction, Fraction, str]:
    return -(basis.counted or ZERO), -basis.weight, basis.code


def _is_apart(basis: StepBasis) -> bool:
    gap = FULL_SCORE * (basis.counted or ZERO) - (basis.experience or ZERO)
    return abs(gap) >= PERCEPTION_ITEM_POINTS
