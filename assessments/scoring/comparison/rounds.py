"""Two rounds of one process: what moved and why, and whether it is more than re-rating gives (method 3.10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.comparison.noise import RaterNoise, noise_threshold
from assessments.scoring.method import FULL_SCORE, MATCHED_SHARE, TOP_LEVEL, ZERO

HALF = Fraction(1, 2)


class Moved(StrEnum):
    """How one item moved, from what is claimed and what counts."""

    BETTER_ANSWER = "better_answer"
    LOWER_ANSWER = "lower_answer"
    BETTER_SHOWN = "better_shown"
    LESS_SHOWN = "less_shown"
    CLAIMS_MORE = "claims_more"
    CLAIMS_LESS = "claims_less"
    SAME = "same"


class RoundVerdict(StrEnum):
    """What the change of one attribute is."""

    BETTER = "better"
    LOWER = "lower"
    WITHIN_RE_RATING = "within_re_rating"
    MOSTLY_SHOWN = "mostly_shown"  # change, mostly in what is shown


class NoRoundsReason(StrEnum):
    """Why two rounds are not compared on an attribute."""

    LITTLE_IN_COMMON = "little_in_common"
    REVIEWS = "reviews"  # one is reviewed and the other is not


@dataclass(frozen=True, slots=True)
class RoundItem:
    """One matched item: values (0 to 1) in both rounds, and its weight (share of one, over all matched items).

    `same_rater`: the person who set the level is the same. `confirmed`: carried over and only confirmed.
    """

    code: str
    weight: Fraction
    claimed_before: Fraction
    counted_before: Fraction
    claimed_after: Fraction
    counted_after: Fraction
    same_rater: bool = True
    confirmed: bool = False

    @property
    def points(self) -> Fraction:
        """By how many points the item moves the score."""
        return FULL_SCORE * self.weight * (self.counted_after - self.counted_before)

    @property
    def moved(self) -> Moved:
        """How it moved."""
        claim, counted = self.claimed_after - self.claimed_before, self.counted_after - self.counted_before
        if counted > ZERO:
            return Moved.BETTER_ANSWER if claim > ZERO else Moved.BETTER_SHOWN
        if counted < ZERO:
            return Moved.LOWER_ANSWER if claim < ZERO else Moved.LESS_SHOWN
        if claim == ZERO:
            return Moved.SAME
        return Moved.CLAIMS_MORE if claim > ZERO else Moved.CLAIMS_LESS


@dataclass(frozen=True, slots=True)
class RoundChange:
    """One attribute in two rounds, on its matched items.

    `share_before` and `share_after` are the default weight (share of one) that they carry in each version. The other
    figures are points, `difference` being after minus before: the sum of the `parts`, by how the items moved. `moved`
    leaves out what stayed the same; `more` are the codes of the items that count more. `expected_moves` is about how
    many items re-rating alone would move, `confirmed` how many were only confirmed. All but shares and items are None
    or empty where `why` is not None.
    """

    attribute: str
    share_before: Fraction
    share_after: Fraction
    items: tuple[str, ...]
    why: NoRoundsReason | None = None
    before: Fraction | None = None
    after: Fraction | None = None
    difference: Fraction | None = None
    threshold: int | None = None
    same_raters: bool | None = None
    verdict: RoundVerdict | None = None
    moved: Mapping[str, Moved] | None = None
    parts: Mapping[Moved, Fraction] | None = None
    more: tuple[str, ...] = ()
    expected_moves: Fraction | None = None
    confirmed: int = 0


def round_change(
    attribute: str,
    items: Sequence[RoundItem],
    share_before: Fraction,
    share_after: Fraction,
    *,
    noise: RaterNoise | None = None,
    reviews_differ: bool = False,
    top_level: int = TOP_LEVEL,
) -> RoundChange:
    """Return what became of one attribute, from its matched items, whose weights sum to 1 (see `matched_rounds`).

    Below MATCHED_SHARE in either version, or where one round is reviewed and the other is not, nothing is compared.
    """
    codes = tuple(item.code for item in items)
    little = min(share_before, share_after) < MATCHED_SHARE
    if little or reviews_differ:
        why = NoRoundsReason.LITTLE_IN_COMMON if little else NoRoundsReason.REVIEWS
        return RoundChange(attribute, share_before, share_after, codes, why)
    same_raters = sum((item.weight for item in items if item.same_rater), ZERO) >= HALF
    found = noise or RaterNoise()
    rating = found.same if same_raters else found.different
    threshold = noise_threshold(sum((item.weight**2 for item in items), ZERO), rating, top_level)
    parts: dict[Moved, Fraction] = {}
    for item in items:
        if item.moved is not Moved.SAME:
            parts[item.moved] = parts.get(item.moved, ZERO) + item.points
    difference = sum(parts.values(), ZERO)
    return RoundChange(
        attribute=attribute,
        share_before=share_before,
        share_after=share_after,
        items=codes,
        before=FULL_SCORE * sum((item.weight * item.counted_before for item in items), ZERO),
        after=FULL_SCORE * sum((item.weight * item.counted_after for item in items), ZERO),
        difference=difference,
        threshold=threshold,
        same_raters=same_raters,
        verdict=_verdict(difference, parts, threshold),
        moved={item.code: item.moved for item in items if item.moved is not Moved.SAME},
        parts=parts,
        more=tuple(item.code for item in items if item.points > ZERO),
        expected_moves=len(items) * rating,
        confirmed=sum(item.confirmed for item in items),
    )


def _verdict(difference: Fraction, parts: Mapping[Moved, Fraction], threshold: int) -> RoundVerdict:
    if abs(difference) < threshold:
        return RoundVerdict.WITHIN_RE_RATING
    answers = parts.get(Moved.BETTER_ANSWER, ZERO) + parts.get(Moved.LOWER_ANSWER, ZERO)
    if difference > ZERO:
        return RoundVerdict.BETTER if answers >= threshold else RoundVerdict.MOSTLY_SHOWN
    return RoundVerdict.LOWER if answers <= -threshold else RoundVerdict.MOSTLY_SHOWN


class ActionOutcome(StrEnum):
    """How far an action between two rounds came."""

    DONE = "done"
    OPEN = "open"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class RoundAction:
    """An action on one item between two rounds."""

    item: str
    outcome: ActionOutcome


@dataclass(frozen=True, slots=True)
class ActionsDone:
    """What became of the items with an action, by code: counts and names, no claim of cause.

    `done_up`: done, and the item counts more now; `done_not_up`: done, not so (yet). `up_without_action` counts more
    without an action.
    """

    done_up: tuple[str, ...]
    done_not_up: tuple[str, ...]
    open: tuple[str, ...]
    dropped: tuple[str, ...]
    up_without_action: tuple[str, ...]


def what_actions_did(actions: Sequence[RoundAction], more: Iterable[str]) -> ActionsDone:
    """Return what became of the actions between two rounds; `more` are the items that count more now."""
    up = list(more)

    def of(outcome: ActionOutcome) -> list[str]:
        return [action.item for action in actions if action.outcome is outcome]

    done = of(ActionOutcome.DONE)
    return ActionsDone(
        done_up=tuple(item for item in done if item in up),
        done_not_up=tuple(item for item in done if item not in up),
        open=tuple(of(ActionOutcome.OPEN)),
        dropped=tuple(of(ActionOutcome.DROPPED)),
        up_without_action=tuple(item for item in up if item not in {action.item for action in actions}),
    )
