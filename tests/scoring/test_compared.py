"""Comparisons: edge cases of method 3.10."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import ItemKind, ScoringItem, common_items
from assessments.scoring.comparison import (
    ApartReason,
    ApartVerdict,
    AssessedRound,
    ComparedResult,
    ComparedScore,
    Moved,
    NoRoundsReason,
    NotComparable,
    RaterNoise,
    RecordKind,
    RoundChange,
    RoundItem,
    RoundVerdict,
    compare_processes,
    compare_rounds,
    count_matched,
    measured_difference,
    noise_threshold,
    round_change,
    variance_of,
)
from assessments.scoring.evidence import (
    GivenAnswer,
    ProcessKind,
    ReviewOpinion,
    ReviewReply,
    applies_to,
    score_evidence,
)
from assessments.scoring.evidence.lines import unknown_lines
from assessments.scoring.experience import SamplingRange
from assessments.scoring.model import ScoreStatus
from tests.scoring.given import DESCRIPTION, RULES, items_of, listed, not_for_us, rated_at

HALF = Fraction(1, 2)
THIRD = Fraction(1, 3)


def test_noise_is_measured_once_there_are_enough_second_ratings() -> None:
    assert measured_difference([]) is None
    assert measured_difference([[(1, 1)] * 25] * 5) == Fraction(1, 5)
    assert measured_difference([[(1, 1)] * 19] * 5) is None
    assert RaterNoise().measured is False
    assert RaterNoise.of(Fraction(1, 5)) == RaterNoise(Fraction(1, 5), Fraction(1, 10), measured=True)


@pytest.mark.parametrize(("squares", "threshold"), [("0", 10), ("1/100", 10), ("1", 47)])
def test_a_threshold_is_at_least_ten_points(squares: str, threshold: int) -> None:
    assert noise_threshold(Fraction(squares), HALF) == threshold


def test_a_finer_scale_has_less_noise() -> None:
    assert noise_threshold(Fraction(1), HALF, top_level=6) == 24


SCORE = ComparedScore(Fraction(70), Fraction(65), Fraction(75), squares=Fraction(1, 8))
OTHER = ComparedScore(Fraction(40), Fraction(35), Fraction(45), squares=Fraction(1, 8))


def result(score: ComparedScore, **more: object) -> ComparedResult:
    return ComparedResult({"A": score}, "1.1.0", "set 1", **more)  # type: ignore[arg-type]


def apart(first: ComparedScore, second: ComparedScore, **more: object) -> tuple[ApartVerdict, ApartReason | None]:
    found = compare_processes(result(first, **more), result(second, **more)).attributes["A"]
    return found.verdict, found.why


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (result(OTHER, record=RecordKind.INVENTED), NotComparable.RECORDS),
        (result(OTHER, experience=True), NotComparable.TRACKS),
        (result(OTHER, reviewed=True), NotComparable.REVIEWS),
        (replace(result(OTHER), set_major="set 2"), NotComparable.QUESTION_SETS),
        (replace(result(OTHER), method_version="1.2.0"), NotComparable.METHOD_VERSIONS),
    ],
)
def test_what_is_not_compared_at_all(other: ComparedResult, why: NotComparable) -> None:
    assert compare_processes(result(SCORE), other).why is why


def test_patches_of_the_method_are_compared() -> None:
    assert compare_processes(result(SCORE), replace(result(OTHER), method_version="1.1.7")).why is None


def test_attributes_that_one_lacks_are_passed_over() -> None:
    assert compare_processes(result(SCORE), ComparedResult({}, "1.1.0", "set 1")).attributes == {}


@pytest.mark.parametrize(
    ("change", "verdict", "why"),
    [
        ({"enough_in_common": False}, ApartVerdict.NOT_COMPARED, ApartReason.LITTLE_IN_COMMON),
        ({"status": ScoreStatus.NOT_APPLICABLE}, ApartVerdict.NOT_COMPARED, ApartReason.NOT_APPLICABLE),
        ({"status": ScoreStatus.WITHHELD}, ApartVerdict.NOT_COMPARED, ApartReason.WITHHELD),
        ({"scope": HALF}, ApartVerdict.NOT_COMPARED, ApartReason.REDUCED_SCOPE),
        ({"status": ScoreStatus.PROVISIONAL}, ApartVerdict.NOT_TOLD_APART, ApartReason.PROVISIONAL),
    ],
)
def test_an_attribute_that_is_not_compared_says_why(
    change: dict[str, object], verdict: ApartVerdict, why: ApartReason
) -> None:
    assert apart(SCORE, replace(OTHER, **change)) == (verdict, why)  # type: ignore[arg-type]


def test_the_second_may_be_higher_and_ranges_that_meet_are_not_apart() -> None:
    assert apart(OTHER, SCORE) == (ApartVerdict.SECOND_HIGHER, None)
    assert apart(SCORE, replace(OTHER, high=Fraction(65))) == (ApartVerdict.NOT_TOLD_APART, ApartReason.RANGES_OVERLAP)


def test_experience_is_compared_by_sampling_ranges() -> None:
    first, second = replace(SCORE, variance=Fraction(4)), replace(OTHER, variance=Fraction(4))
    assert apart(first, second, experience=True) == (ApartVerdict.FIRST_HIGHER, None)
    wide = replace(second, variance=Fraction(900))
    assert apart(first, wide, experience=True) == (ApartVerdict.NOT_TOLD_APART, ApartReason.CHANCE)
    near = replace(second, score=Fraction(61))
    assert apart(first, near, experience=True) == (ApartVerdict.NOT_TOLD_APART, ApartReason.CHANCE)
    assert apart(first, OTHER, experience=True) == (ApartVerdict.NOT_TOLD_APART, ApartReason.NO_RANGE)


def test_the_variance_behind_a_range_is_never_too_small() -> None:
    found = SamplingRange(43, 69, Fraction(89, 50), at_most=False, missing_a_unit=0)
    assert (
        variance_of(Fraction(500, 9), found)
        == (max(Fraction(500, 9) - 43, 69 - Fraction(500, 9)) / Fraction(89, 50)) ** 2
    )
    assert variance_of(Fraction(50), SamplingRange(None, None, None, False, 0, "withheld")) is None


def test_kinds_of_process_meet_on_what_applies_to_both() -> None:
    decides, dialogue = items_of("ED"), applies_to(items_of("ED"), ProcessKind.DIALOGUES)
    common = common_items(decides, dialogue)
    assert list(common.items) == ["ED1a", "ED1b", "ED3a", "ED4b"]
    assert (common.share_newer, common.is_enough) == (1, False)
    answers = [rated_at(spec.code, 2) for spec in decides]
    found = count_matched(common, dialogue, decides, answers)
    assert (found.result.score, found.scope) == (Fraction(200, 3), common.share_older)


def test_lists_are_matched_on_the_options_both_versions_have() -> None:
    older = items_of("IT")
    newer = [replace(spec, options=("language", "cost", "travel")) if spec.code == "IT2b" else spec for spec in older]
    common = common_items(older, newer)
    answers = [listed("IT2b", ["mitigated", "absent", "partly", "not_applicable"]), not_for_us("IT3c")]
    lists = {"IT2a": {"cost": "exists"}, "IT3a": {"membership": "absent", "restrictions": "absent"}}
    found = score_evidence(older, answers, rules=RULES, unscored=lists)
    matched = count_matched(common, newer, older, answers, unknown_lines(found.contradictions))
    assert matched.result.coverage == HALF * Fraction(1, 5)
    # IT3c does not apply, and IT2b has two of its four lines in common.
    assert matched.scope == 1 - Fraction(1, 10) - HALF * Fraction(1, 5)


@pytest.mark.parametrize(
    ("claims", "counts", "moved"),
    [
        ((0, 1), (0, 1), Moved.BETTER_ANSWER),
        ((1, 1), (0, 1), Moved.BETTER_SHOWN),
        ((1, 0), (1, 0), Moved.LOWER_ANSWER),
        ((1, 1), (1, 0), Moved.LESS_SHOWN),
        ((0, 1), (0, 0), Moved.CLAIMS_MORE),
        ((1, 0), (0, 0), Moved.CLAIMS_LESS),
        ((1, 1), (0, 0), Moved.SAME),
    ],
)
def test_how_an_item_moves(claims: tuple[int, int], counts: tuple[int, int], moved: Moved) -> None:
    item = RoundItem(
        "A", Fraction(1), *(Fraction(value) for pair in zip(claims, counts, strict=True) for value in pair)
    )
    assert item.moved is moved


def change(items: list[RoundItem], **more: object) -> RoundChange:
    return round_change("A", items, Fraction(1), Fraction(1), **more)  # type: ignore[arg-type]


def moving(before: Fraction, after: Fraction, *, claims: tuple[Fraction, Fraction] | None = None) -> list[RoundItem]:
    """Three items that all move alike."""
    first, second = claims or (before, after)
    return [RoundItem(f"A{number}", THIRD, first, before, second, after) for number in range(3)]


def test_lower_answers_are_lower_and_less_shown_is_mostly_shown() -> None:
    full, third = Fraction(1), THIRD
    assert change(moving(full, third)).verdict is RoundVerdict.LOWER
    assert change(moving(full, third, claims=(full, full))).verdict is RoundVerdict.MOSTLY_SHOWN
    assert change(moving(third, full)).verdict is RoundVerdict.BETTER


def test_other_raters_and_confirmed_items() -> None:
    items = moving(THIRD, Fraction(1))
    assert change(items).same_raters is True
    others = [replace(item, same_rater=False, confirmed=True) for item in items[:2]] + items[2:]
    found = change(others)
    assert (found.same_raters, found.confirmed, found.threshold, found.expected_moves) == (False, 2, 27, Fraction(3, 2))


def test_reviewed_and_not_reviewed_are_not_compared() -> None:
    assert change(moving(THIRD, THIRD), reviews_differ=True).why is NoRoundsReason.REVIEWS


def rounds_of(first: list[GivenAnswer], second: list[GivenAnswer], attribute: str = "IT") -> RoundChange:
    specs = items_of(attribute)
    before = AssessedRound(specs, score_evidence(specs, first).items)
    after = AssessedRound(specs, score_evidence(specs, second).items)
    return compare_rounds(before, after)[0]


def test_lists_are_compared_on_the_options_known_in_both_rounds() -> None:
    first = [listed("IT2b", ["mitigated", "unmitigated", "dont_know", "dont_know"])]
    second = [listed("IT2b", ["dont_know", "mitigated", "mitigated", "not_applicable"])]
    found = rounds_of(first, second)
    assert (found.items, found.share_before, found.share_after) == (("IT2b",), Fraction(1, 20), Fraction(1, 15))
    assert found.why is NoRoundsReason.LITTLE_IN_COMMON


def test_lists_with_nothing_known_in_both_and_items_missing_are_not_matched() -> None:
    first = [listed("IT2b", ["mitigated", *["dont_know"] * 3]), rated_at("IT1a", 1)]
    second = [listed("IT2b", ["dont_know", *["mitigated"] * 3]), rated_at("IT1a", None)]
    assert rounds_of(first, second).items == ()


def test_what_a_review_settled_holds_for_every_line() -> None:
    opinion = ReviewOpinion(Fraction(2, 3), seen=True, reply=ReviewReply.AGREES)
    answer = replace(listed("IT5b", ["yes", "no", "no"]), review=opinion)
    specs = [replace(spec, question="IT5") for spec in items_of("IT") if spec.code == "IT5b"]
    before = AssessedRound(specs, score_evidence(specs, [listed("IT5b", ["yes", "no", "no"], (DESCRIPTION,))]).items)
    after = AssessedRound(specs, score_evidence(specs, [answer]).items)
    found = compare_rounds(before, after)[0]
    assert (found.before, found.after, found.moved) == (
        Fraction(100, 3),
        Fraction(200, 3),
        {"IT5b": Moved.BETTER_SHOWN},
    )


def test_an_item_of_another_revision_or_attribute_is_not_matched() -> None:
    specs = items_of("CR")
    answers = [rated_at(spec.code, 2) for spec in specs]
    before = AssessedRound(specs, score_evidence(specs, answers).items)
    newer = [replace(specs[0], revision=2), replace(specs[1], attribute="XX"), specs[2]]
    after = AssessedRound(newer, score_evidence(newer, answers).items)
    assert [(found.attribute, found.items) for found in compare_rounds(before, after)] == [
        ("CR", ("CR1c",)),
        ("XX", ()),
    ]


def test_an_attribute_that_is_new_is_matched_in_nothing() -> None:
    older = ScoringItem("X1", 1, "X", "X", ItemKind.RATING, False, False)
    assert (
        compare_rounds(AssessedRound([], {}), AssessedRound([older], score_evidence([older], []).items))[0].items == ()
    )
