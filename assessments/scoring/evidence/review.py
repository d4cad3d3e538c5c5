"""A reviewer's opinion on an item, the organiser's reply, and which value counts (method 3.14)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.evidence.pieces import EvidenceGrade
from assessments.scoring.method import ONE, REVIEWED_SHARE, ZERO
from assessments.scoring.model import ScoringError


class ReviewReply(StrEnum):
    """What the organiser says to a proposal; no reply by the date set counts as disagreement."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ReviewOpinion:
    """What a reviewer says of one item.

    `proposed` is a value (0 to 1), None for a reviewer who agrees with the organiser, which needs no reply. `seen`:
    the reviewer has seen the evidence.
    """

    proposed: Fraction | None
    seen: bool
    reply: ReviewReply = ReviewReply.NONE


class SettledBy(StrEnum):
    """Whose value counts."""

    ORGANISER = "organiser"
    REVIEWER_LOWER = "reviewer_lower"  # disputed, and the item is critical
    CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class SettledValue:
    """Both values of a reviewed item (0 to 1), and which counts.

    `organiser` is the supported value, None where the organiser gave no answer; `reviewer` the proposed one, within
    the cap of the evidence if the reviewer has not seen it. `counts` is None where nothing does. `highest` is what the
    high end of the range takes: the agreed level, or the claim where it is disputed.
    """

    organiser: Fraction | None
    reviewer: Fraction
    counts: Fraction | None
    highest: Fraction | None
    basis: SettledBy
    shown: bool
    disputed: bool


def settled(
    claimed: Fraction | None, opinion: ReviewOpinion, *, grade: EvidenceGrade, cap: Fraction, critical: bool
) -> SettledValue:
    """Return which value of a reviewed item counts (method 3.14).

    `claimed` is the organiser's value (0 to 1), None without an answer; `cap` what the evidence supports. The text
    does not speak of a proposal to an item without an answer: agreed it counts, disputed the item stays open. Raises
    ScoringError for a proposal outside 0 to 1, and for agreement with an answer that was not given.
    """
    proposed = claimed if opinion.proposed is None else opinion.proposed
    if proposed is None:
        raise ScoringError("a reviewer cannot agree with an answer that was not given")
    if not ZERO <= proposed <= ONE:
        raise ScoringError("the proposed value lies outside 0 to 1")
    organiser = None if claimed is None else min(claimed, cap)
    reviewer = proposed if opinion.seen else min(proposed, cap)
    agreed = opinion.proposed is None or opinion.reply is ReviewReply.AGREES
    counts: Fraction | None
    if agreed:
        basis, counts = SettledBy.CONSENSUS, reviewer
    elif critical and organiser is not None and reviewer < organiser:
        basis, counts = SettledBy.REVIEWER_LOWER, reviewer
    else:
        basis, counts = SettledBy.ORGANISER, organiser
    seen_and_counts = opinion.seen and basis is not SettledBy.ORGANISER
    return SettledValue(
        organiser=organiser,
        reviewer=reviewer,
        counts=counts,
        highest=proposed if agreed else claimed,
        basis=basis,
        shown=counts is not None and (grade is not EvidenceGrade.NOTHING or counts == ZERO or seen_and_counts),
        disputed=not agreed,
    )


@dataclass(frozen=True, slots=True)
class ReviewedShares:
    """How far a result was reviewed: by attribute the weight (share of one) on which the reviewer has spoken.

    `is_reviewed` says that every attribute that applies reaches REVIEWED_SHARE; `share` is the mean over these
    attributes, for "partly reviewed (x % of the weight)".
    """

    by_attribute: Mapping[str, Fraction]
    share: Fraction
    is_reviewed: bool


def reviewed_shares(weights: Mapping[str, Mapping[str, Fraction]], looked_at: Collection[str]) -> ReviewedShares:
    """Return how far a result is reviewed, from the weights of the applicable items by attribute.

    `looked_at` holds the codes on which the reviewer agreed or proposed. Attributes without an applicable item are
    passed over. Method 3.14.
    """
    shares = {
        attribute: sum((weight for code, weight in own.items() if code in looked_at), ZERO)
        for attribute, own in weights.items()
        if own
    }
    mean = sum(shares.values(), ZERO) / len(shares) if shares else ZERO
    return ReviewedShares(shares, mean, bool(shares) and min(shares.values()) >= REVIEWED_SHARE)
