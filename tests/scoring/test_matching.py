from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import ItemAnswer, ItemKind, ScoringError, ScoringItem, StateCredit, matched
from assessments.scoring.matching import matched_profile
from tests.scoring.instrument import SPECS, choice, not_applicable, rating, specs_of

STATES = (StateCredit("no", Fraction(0)), StateCredit("yes", Fraction(1)))
LIST = ScoringItem("X1a", 1, "X1", "X", ItemKind.CHOICE, False, False, ("a", "b", "c", "d"), STATES)
CR = specs_of("CR")


def listed(*states: str, evidence: str = "E2") -> ItemAnswer:
    return choice("X1a", states, evidence, LIST)


def test_checklist_is_compared_on_options_known_both_times() -> None:
    before = listed("yes", "no", "no", "dont_know")
    after = listed("dont_know", "yes", "no", "yes", evidence="E1")
    found = matched([LIST], [before], [LIST], [after])
    assert (found.share_before, found.share_after) == (Fraction(1, 2), Fraction(1, 2))
    assert found.status == "not_comparable"
    wider = matched(
        [LIST], [listed("yes", "no", "no", "yes")], [LIST], [listed("", "yes", "yes", "yes", evidence="E1")]
    )
    assert (wider.share_before, wider.share_after) == (Fraction(3, 4), Fraction(3, 4))
    assert (wider.before, wider.after) == (Fraction(100, 3), Fraction(200, 3))


def test_options_not_applicable_do_not_count_against_the_share() -> None:
    before = listed("yes", "no", "no", "not_applicable")
    after = listed("yes", "no", "yes", "yes")
    found = matched([LIST], [before], [LIST], [after])
    assert (found.share_before, found.share_after) == (1, Fraction(3, 4))
    assert found.difference == Fraction(100, 3)


def test_checklists_without_a_common_option_do_not_match() -> None:
    found = matched([LIST], [listed("yes", "", "", "")], [LIST], [listed("", "yes", "", "")])
    assert (found.items, found.share_before, found.status) == ((), 0, "not_comparable")


def test_reviewed_checklist_counts_as_known_throughout() -> None:
    before = replace(listed("yes", "", "", ""), moderated=Fraction(1, 2))
    after = listed("yes", "yes", "yes", "no")
    found = matched([LIST], [before], [LIST], [after])
    assert (found.share_before, found.before, found.after) == (1, 50, 75)


def test_not_applicable_unanswered_and_new_items_do_not_match() -> None:
    specs = [replace(spec, na_allowed=True) for spec in CR]
    before = [rating("CR1a", 1), rating("CR1b", 1)]
    after = [rating("CR1a", 2), not_applicable("CR1b"), rating("CR1c", 2)]
    found = matched(specs, before, [*specs, replace(CR[0], code="CR1z")], after)
    assert found.items == ("CR1a",)
    assert (found.share_before, found.share_after) == (Fraction(1, 3), Fraction(1, 4))


def test_item_whose_kind_changed_does_not_match() -> None:
    changed = replace(CR[0], kind=ItemKind.CHOICE, options=("a",), states=STATES)
    rated, chosen = [rating("CR1a", 1)], [choice("CR1a", ["yes"], spec=changed)]
    assert matched([CR[0]], rated, [changed], chosen).items == ()
    assert matched([changed], chosen, [CR[0]], rated).items == ()


def test_share_is_needed_in_both_versions() -> None:
    longer = [*CR, replace(CR[0], code="CR2a", question="CR2")]
    answers = [rating(spec.code, 2) for spec in CR]
    found = matched(CR, answers, longer, answers)
    assert (found.share_before, found.share_after) == (1, Fraction(1, 2))
    assert found.status == "not_comparable"
    assert matched(longer, answers, CR, answers).status == "not_comparable"


def test_two_thirds_are_enough_and_the_heavier_item_raises_the_step() -> None:
    before = [rating("CR1a", 1), rating("CR1b", 1)]
    after = [rating("CR1a", 2), rating("CR1b", 1)]
    found = matched(CR, before, CR, after)
    assert (found.status, found.share_before) == ("comparable", Fraction(2, 3))
    assert (found.difference, found.step) == (Fraction(50, 3), Fraction(50, 3))
    assert found.meaningful is False


def test_loss_can_be_meaningful() -> None:
    before = [rating(spec.code, 3) for spec in CR]
    after = [rating(spec.code, 2) for spec in CR]
    found = matched(CR, before, CR, after)
    assert (found.difference, found.meaningful) == (Fraction(-100, 3), True)


def test_supported_values_are_compared() -> None:
    before = [rating(spec.code, 3, "E0") for spec in CR]
    after = [rating(spec.code, 3, "E1") for spec in CR]
    found = matched(CR, before, CR, after)
    assert (found.before, found.after) == (Fraction(100, 3), Fraction(200, 3))


def test_profile_has_every_attribute_of_the_later_version() -> None:
    before = [spec for spec in SPECS if spec.attribute != "CO"]
    answers = [rating(code, 2) for code in ("CR1a", "CR1b", "CR1c")]
    found = matched_profile(before, answers, SPECS, answers)
    assert [(entry.attribute, entry.status) for entry in found] == [
        ("IT", "not_comparable"),
        ("CR", "comparable"),
        ("ED", "not_comparable"),
        ("CO", "not_comparable"),
    ]


def test_items_of_several_attributes_are_refused() -> None:
    with pytest.raises(ScoringError, match="one attribute, not 4"):
        matched(SPECS, [], CR, [])
