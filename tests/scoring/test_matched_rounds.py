"""Which items two rounds have in common, and what each is worth in both (method 3.10)."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from assessments.scoring import ItemKind, ScoringItem
from assessments.scoring.comparison import (
    AssessedRound,
    NoRoundsReason,
    RoundChange,
    RoundVerdict,
    compare_rounds,
)
from assessments.scoring.evidence import GivenAnswer, score_evidence
from tests.scoring.given import DESCRIPTION, listed, not_for_us, rated_at
from tests.scoring.instrument import SPECS, specs_of
from tests.scoring.test_matching import LIST, STATES

CR = specs_of("CR")


def changes(
    older: Sequence[ScoringItem],
    before: Sequence[GivenAnswer],
    newer: Sequence[ScoringItem],
    after: Sequence[GivenAnswer],
) -> tuple[RoundChange, ...]:
    return compare_rounds(
        AssessedRound(older, score_evidence(older, before).items),
        AssessedRound(newer, score_evidence(newer, after).items),
    )


def change(
    older: Sequence[ScoringItem],
    before: Sequence[GivenAnswer],
    newer: Sequence[ScoringItem],
    after: Sequence[GivenAnswer],
) -> RoundChange:
    (found,) = changes(older, before, newer, after)
    return found


def lines(*states: str, described: bool = False) -> list[GivenAnswer]:
    answer = listed("X1a", states, spec=LIST)
    return [replace(answer, evidence=(DESCRIPTION,)) if described else answer]


def test_lists_are_compared_on_options_known_in_both_rounds() -> None:
    before, after = lines("yes", "no", "no", "yes"), lines("", "yes", "yes", "yes", described=True)
    found = change([LIST], before, [LIST], after)
    assert (found.share_before, found.share_after) == (Fraction(3, 4), Fraction(3, 4))
    # What is only described counts to two thirds, on these options too.
    assert (found.before, found.after) == (Fraction(100, 3), Fraction(200, 3))


def test_options_not_applicable_do_not_count_against_the_share() -> None:
    found = change([LIST], lines("yes", "no", "no", "not_applicable"), [LIST], lines("yes", "no", "yes", "yes"))
    assert (found.share_before, found.share_after) == (1, Fraction(3, 4))
    assert found.difference == Fraction(100, 3)


def test_lists_without_an_option_known_in_both_do_not_match() -> None:
    found = change([LIST], lines("yes", "", "", ""), [LIST], lines("", "yes", "", ""))
    assert (found.items, found.share_before, found.why) == ((), 0, NoRoundsReason.LITTLE_IN_COMMON)


def test_not_applicable_unanswered_and_new_items_do_not_match() -> None:
    specs = [replace(spec, na_allowed=True) for spec in CR]
    before = [rated_at("CR1a", 1), rated_at("CR1b", 1)]
    after = [rated_at("CR1a", 2), not_for_us("CR1b"), rated_at("CR1c", 2)]
    found = change(specs, before, [*specs, replace(CR[0], code="CR1z")], after)
    assert found.items == ("CR1a",)
    assert (found.share_before, found.share_after) == (Fraction(1, 3), Fraction(1, 4))


def test_item_whose_kind_changed_does_not_match() -> None:
    changed = replace(CR[0], kind=ItemKind.CHOICE, options=("a",), states=STATES)
    rated, chosen = [rated_at("CR1a", 1)], [listed("CR1a", ["yes"], spec=changed)]
    assert change([CR[0]], rated, [changed], chosen).items == ()
    assert change([changed], chosen, [CR[0]], rated).items == ()


def test_share_is_needed_in_both_versions() -> None:
    longer = [*CR, replace(CR[0], code="CR2a", question="CR2")]
    answers = [rated_at(spec.code, 2) for spec in CR]
    found = change(CR, answers, longer, answers)
    assert (found.share_before, found.share_after) == (1, Fraction(1, 2))
    assert found.why is NoRoundsReason.LITTLE_IN_COMMON
    assert change(longer, answers, CR, answers).why is NoRoundsReason.LITTLE_IN_COMMON


def test_two_thirds_are_enough_and_both_rounds_have_the_newer_weights() -> None:
    before, after = ([rated_at("CR1a", level), rated_at("CR1b", 1)] for level in (1, 2))
    found = change(CR, before, CR, after)
    assert (found.why, found.share_before) == (None, Fraction(2, 3))
    assert (found.before, found.after, found.difference) == (Fraction(100, 3), 50, Fraction(50, 3))
    assert found.verdict is RoundVerdict.WITHIN_RE_RATING


def test_what_counts_is_compared() -> None:
    before, after = ([rated_at(spec.code, 3, evidence) for spec in CR] for evidence in ((), (DESCRIPTION,)))
    found = change(CR, before, CR, after)
    assert (found.before, found.after) == (Fraction(100, 3), Fraction(200, 3))


def test_every_attribute_of_the_later_version_is_named() -> None:
    before = [spec for spec in SPECS if spec.attribute != "CO"]
    answers = [rated_at(code, 2) for code in ("CR1a", "CR1b", "CR1c")]
    assert [(found.attribute, found.why) for found in changes(before, answers, SPECS, answers)] == [
        ("IT", NoRoundsReason.LITTLE_IN_COMMON),
        ("CR", None),
        ("ED", NoRoundsReason.LITTLE_IN_COMMON),
        ("CO", NoRoundsReason.LITTLE_IN_COMMON),
    ]
