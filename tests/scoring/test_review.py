"""What a reviewer and a second rater change (method 3.14)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import ItemState, ScoringError
from assessments.scoring.evidence import (
    CapReason,
    EvidenceGrade,
    ReviewOpinion,
    ReviewReply,
    count_item,
    rater_agreement,
    rater_band,
    rating_pairs,
    reviewed_shares,
    settled,
)
from tests.scoring.given import DESCRIPTION, LINK, items_of, listed, not_for_us, rated_at
from tests.scoring.instrument import BY_CODE

THIRD = Fraction(1, 3)


def test_a_reviewer_who_has_seen_it_lifts_the_cap() -> None:
    answer = rated_at("CR1b", 2, (DESCRIPTION,))
    agreed = count_item(BY_CODE["CR1b"], replace(answer, review=ReviewOpinion(Fraction(1), True, ReviewReply.AGREES)))
    assert (agreed.claimed, agreed.counted, agreed.highest) == (Fraction(2, 3), 1, 1)
    unseen = count_item(BY_CODE["CR1b"], replace(answer, review=ReviewOpinion(Fraction(1), False, ReviewReply.AGREES)))
    assert (unseen.counted, unseen.highest, unseen.capped_because) == (
        Fraction(2, 3),
        1,
        CapReason.ONLY_DESCRIBED,
    )


def test_a_reviewer_who_agrees_needs_no_reply() -> None:
    found = count_item(BY_CODE["CR1a"], replace(rated_at("CR1a", 3, (LINK,)), review=ReviewOpinion(None, seen=True)))
    assert (found.counted, found.settled.basis, found.settled.disputed) == (1, "consensus", False)  # type: ignore[union-attr]


def test_a_disputed_critical_item_counts_as_the_lower_value_and_says_so() -> None:
    opinion = ReviewOpinion(THIRD, seen=True, reply=ReviewReply.DISAGREES)
    found = count_item(BY_CODE["CR1a"], replace(rated_at("CR1a", 3), review=opinion))
    assert (found.counted, found.capped_because) == (THIRD, CapReason.DISPUTED)


def test_a_proposal_to_an_open_item_counts_if_both_agree() -> None:
    open_item = rated_at("CR1a", None, ())
    agreed = replace(open_item, review=ReviewOpinion(THIRD, seen=True, reply=ReviewReply.AGREES))
    disputed = replace(open_item, review=ReviewOpinion(THIRD, seen=True))
    spec = BY_CODE["CR1a"]
    assert count_item(spec, agreed).counted == count_item(spec, agreed).claimed == THIRD
    assert (count_item(spec, disputed).counted, count_item(spec, disputed).shown) == (None, False)


def test_a_review_does_not_make_an_item_applicable() -> None:
    answer = replace(not_for_us("ED2a"), review=ReviewOpinion(THIRD, seen=True, reply=ReviewReply.AGREES))
    assert count_item(BY_CODE["ED2a"], answer).state is ItemState.NOT_APPLICABLE


@pytest.mark.parametrize(("proposed", "message"), [(None, "cannot agree"), (Fraction(2), "outside 0 to 1")])
def test_opinions_that_are_refused(proposed: Fraction | None, message: str) -> None:
    opinion = ReviewOpinion(proposed, seen=True)
    with pytest.raises(ScoringError, match=message):
        settled(None, opinion, grade=EvidenceGrade.NOTHING, cap=THIRD, critical=False)


def test_reviewed_needs_every_attribute_that_applies() -> None:
    weights = {"A": {"A1": Fraction(2, 3), "A2": THIRD}, "B": {"B1": Fraction(1)}, "C": {}}
    assert reviewed_shares(weights, {"A1", "B1"}).is_reviewed
    partly = reviewed_shares(weights, {"A1"})
    assert (partly.is_reviewed, partly.share, dict(partly.by_attribute)) == (
        False,
        THIRD,
        {"A": Fraction(2, 3), "B": Fraction(0)},
    )
    assert reviewed_shares({}, ()).is_reviewed is False


def test_agreement_of_nobody() -> None:
    assert rater_agreement([]).kappa is None


def test_raters_are_compared_on_what_both_know() -> None:
    items = items_of("IT")
    first = [
        listed("IT2b", ["unmitigated", "dont_know", "mitigated", "absent"]),
        listed("IT5c", ["yes"]),
        listed("IT4b", ["yes", "dont_know", "dont_know", "dont_know"]),
        rated_at("IT1a", 3),
        not_for_us("IT3c"),
        rated_at("IT4a", 1),
    ]
    second = [
        listed("IT2b", ["mitigated", "partly", "not_applicable", "absent"]),
        listed("IT5c", ["no"]),
        listed("IT4b", ["dont_know", "yes", "yes", "yes"]),
        rated_at("IT1a", 2),
        rated_at("IT3c", 2),
    ]
    found = rater_band("IT", items, first, second)
    assert found.items == ("IT2b", "IT5c", "IT1a")
    # IT3c leaves the calculation, so IT3b weighs 1/5; IT2b is compared on two of four lines.
    weight = Fraction(1, 10) + Fraction(1, 15) + Fraction(1, 5)
    assert found.first == 100 * (Fraction(1, 10) * Fraction(1, 2) + Fraction(1, 15) + Fraction(1, 5)) / weight
    assert found.second == 100 * (Fraction(1, 10) + Fraction(2, 3) * Fraction(1, 5)) / weight
    assert (found.low, found.high) == (found.second, found.first)
    assert rating_pairs(items, first, second) == ((3, 2),)


def test_raters_without_a_common_item_have_no_band() -> None:
    assert rater_band("CR", items_of("CR"), [rated_at("CR1a", 2), rated_at("IT1a", 2)], []).low is None
