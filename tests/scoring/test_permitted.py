from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import ItemAnswer, ItemState, OptionAnswer, ScoringError, letter_of, score_item, score_items
from assessments.scoring.items import option_credits
from tests.scoring.instrument import BY_CODE, choice, not_applicable, rating, specs_of

THIRD, HALF = Fraction(1, 3), Fraction(1, 2)


@pytest.mark.parametrize(
    ("level", "evidence", "supported", "letter", "capped", "rule"),
    [
        (0, "E0", Fraction(0), "N", False, "level"),
        (1, "E0", THIRD, "P", False, "level"),
        (2, "E0", THIRD, "P", True, "capped_by_evidence"),
        (2, "E1", 2 * THIRD, "L", False, "level"),
        (3, "E1", 2 * THIRD, "L", True, "capped_by_evidence"),
        (3, "E2", Fraction(1), "F", False, "level"),
    ],
)
def test_rating_counts_as_far_as_its_evidence_reaches(
    level: int, evidence: str, supported: Fraction, letter: str, capped: bool, rule: str
) -> None:
    found = score_item(BY_CODE["IT1a"], rating("IT1a", level, evidence))
    assert found.claimed == Fraction(level, 3)
    assert (found.supported, found.letter) == (supported, letter)
    assert (found.capped, found.rule) == (capped, rule)
    assert (found.share_known, found.state) == (1, ItemState.ANSWERED)


def test_claimed_letter_is_the_one_before_the_cap() -> None:
    found = score_item(BY_CODE["IT1a"], rating("IT1a", 3, "E0"))
    assert (found.claimed_letter, found.letter, found.cap) == ("F", "P", THIRD)


def test_checklist_above_its_cap_is_capped() -> None:
    found = score_item(BY_CODE["IT4b"], choice("IT4b", ["yes", "yes", "yes", "no"], "E1"))
    assert (found.claimed, found.supported) == (Fraction(3, 4), Fraction(2, 3))
    assert (found.capped, found.rule) == (True, "capped_by_evidence")


@pytest.mark.parametrize("state", [ItemState.UNANSWERED, ItemState.DONT_KNOW])
@pytest.mark.parametrize("code", ["IT1a", "IT4b"])
def test_item_without_an_answer_has_no_value(code: str, state: ItemState) -> None:
    found = score_item(BY_CODE[code], ItemAnswer(code, state, evidence_class="E2"))
    assert (found.state, found.rule) == (state, state.value)
    assert (found.claimed, found.supported, found.letter, found.claimed_letter) == (None, None, None, None)
    assert (found.share_known, found.cap, found.capped) == (0, None, False)


def test_level_left_behind_by_dont_know_is_not_read() -> None:
    answer = replace(rating("IT1a", None), level=3)
    assert score_item(BY_CODE["IT1a"], answer).claimed is None


def test_options_left_behind_by_dont_know_are_not_read() -> None:
    answer = replace(choice("IT4b", ["yes"] * 4), state=ItemState.DONT_KNOW)
    assert score_item(BY_CODE["IT4b"], answer).claimed is None
    assert set(option_credits(BY_CODE["IT4b"], answer).values()) == {None}


def test_not_applicable_with_a_reason_is_accepted() -> None:
    found = score_item(BY_CODE["IT3c"], not_applicable("IT3c"))
    assert (found.state, found.rule) == (ItemState.NOT_APPLICABLE, "not_applicable")


def test_options_never_mentioned_are_unknown() -> None:
    answer = ItemAnswer("IT4b", ItemState.ANSWERED, options=(OptionAnswer("inclusion", "yes"),))
    found = score_item(BY_CODE["IT4b"], answer)
    assert (found.claimed, found.share_known, found.letter) == (1, Fraction(1, 4), None)


def test_letter_needs_half_the_options() -> None:
    quarter = choice("IT4b", ["yes", "dont_know", "dont_know", ""])
    half = choice("IT4b", ["yes", "partly", "dont_know", ""])
    assert score_item(BY_CODE["IT4b"], quarter).letter is None
    assert score_item(BY_CODE["IT4b"], half).letter == "L"


def test_open_options_leave_the_item_unanswered() -> None:
    found = score_item(BY_CODE["IT4b"], choice("IT4b", ["", "", "", "not_applicable"]))
    assert (found.state, found.rule) == (ItemState.UNANSWERED, "no_option_known")


def test_one_dont_know_among_open_options_is_dont_know() -> None:
    found = score_item(BY_CODE["IT4b"], choice("IT4b", ["", "dont_know", "", ""]))
    assert (found.state, found.rule) == (ItemState.DONT_KNOW, "no_option_known")


@pytest.mark.parametrize(
    ("state", "has_text", "known"),
    [("yes", True, True), ("yes", False, False), ("absent", False, False), ("no", False, True)],
)
def test_state_that_needs_words_counts_only_with_them(state: str, has_text: bool, known: bool) -> None:
    options = (OptionAnswer("membership", state, has_text), OptionAnswer("restrictions", "no"))
    found = score_item(BY_CODE["IT3b"], ItemAnswer("IT3b", ItemState.ANSWERED, options=options))
    assert found.share_known == (1 if known else HALF)


def test_yes_without_words_stays_unanswered() -> None:
    answer = ItemAnswer("IT5c", ItemState.ANSWERED, options=(OptionAnswer("", "yes", False),))
    assert score_item(BY_CODE["IT5c"], answer).state is ItemState.UNANSWERED


def test_reviewer_replaces_the_value_without_a_cap() -> None:
    answer = replace(rating("IT1a", 3, "E0"), moderated=2 * THIRD)
    found = score_item(BY_CODE["IT1a"], answer)
    assert (found.claimed, found.supported, found.letter) == (1, 2 * THIRD, "L")
    assert (found.cap, found.capped, found.rule) == (None, False, "moderated")


def test_reviewer_settles_what_the_organiser_left_open() -> None:
    answer = replace(rating("IT1a", None), moderated=THIRD)
    found = score_item(BY_CODE["IT1a"], answer)
    assert (found.state, found.claimed, found.supported) == (ItemState.ANSWERED, THIRD, THIRD)
    assert found.share_known == 1


def test_reviewer_settles_the_whole_checklist() -> None:
    answer = replace(choice("IT4b", ["yes", "", "", ""]), moderated=HALF)
    found = score_item(BY_CODE["IT4b"], answer)
    assert (found.claimed, found.supported, found.share_known) == (1, HALF, 1)


def test_reviewer_does_not_make_an_item_applicable() -> None:
    answer = replace(not_applicable("IT3c"), moderated=HALF)
    assert score_item(BY_CODE["IT3c"], answer).state is ItemState.NOT_APPLICABLE


NA = ItemState.NOT_APPLICABLE
ANSWERED = ItemState.ANSWERED


@pytest.mark.parametrize(
    ("code", "answer", "message"),
    [
        ("IT1a", rating("IT3c", 1), "IT1a: the answer belongs to IT3c"),
        ("IT1a", rating("IT1a", 4), "IT1a: the level must be 0 to 3, not 4"),
        ("IT1a", rating("IT1a", -1), "IT1a: the level must be 0 to 3, not -1"),
        ("IT1a", ItemAnswer("IT1a", ANSWERED), "IT1a: the level must be 0 to 3, not None"),
        ("IT1a", rating("IT1a", None, "E3"), "IT1a: unknown evidence class 'E3'"),
        ("IT1a", replace(rating("IT1a", 1), moderated=Fraction(4, 3)), "IT1a: the reviewer's value"),
        ("IT1a", replace(rating("IT1a", 1), moderated=Fraction(-1, 3)), "IT1a: the reviewer's value"),
        ("IT1a", replace(rating("IT1a", 1), options=(OptionAnswer("a", "yes"),)), "IT1a: a rating item has"),
        ("IT1a", not_applicable("IT1a"), "IT1a: this item cannot be not applicable"),
        ("IT3c", ItemAnswer("IT3c", NA), "IT3c: not applicable needs a reason"),
        ("IT1a", ItemAnswer("IT1a", ItemState.UNANSWERED, level=2), "IT1a: marked unanswered"),
        (
            "IT4b",
            replace(choice("IT4b", ["yes", "", "", ""]), state=ItemState.UNANSWERED),
            "IT4b: marked unanswered",
        ),
        ("IT4b", replace(choice("IT4b", ["no"] * 4), level=1), "IT4b: a choice item has no level"),
        ("IT4b", choice("IT4b", ["absent"] * 4), "IT4b: unknown state 'absent'"),
        (
            "IT4b",
            ItemAnswer("IT4b", ANSWERED, options=(OptionAnswer("colour", "yes"),)),
            "IT4b: unknown option 'colour'",
        ),
        (
            "IT4b",
            ItemAnswer("IT4b", ANSWERED, options=(OptionAnswer("inclusion", "yes"),) * 2),
            "IT4b: option 'inclusion' is answered twice",
        ),
        ("IT5c", choice("IT5c", ["not_applicable"]), "IT5c: not applicable needs a reason"),
    ],
)
def test_answer_the_method_refuses_names_its_item(code: str, answer: ItemAnswer, message: str) -> None:
    with pytest.raises(ScoringError) as refused:
        score_item(BY_CODE[code], answer)
    assert str(refused.value).startswith(message)


def test_unanswered_with_open_options_is_no_contradiction() -> None:
    answer = replace(choice("IT4b", [""] * 4), state=ItemState.UNANSWERED)
    assert score_item(BY_CODE["IT4b"], answer).rule == "unanswered"


def test_unnamed_option_follows_the_rule_of_its_item() -> None:
    answer = replace(choice("IT5c", ["not_applicable"]), has_na_reason=True)
    assert score_item(BY_CODE["IT5c"], answer).state is NA


def test_items_without_an_answer_are_unanswered() -> None:
    values = score_items(specs_of("CR"), [rating("CR1b", 2), rating("IT1a", 2)])
    assert list(values) == ["CR1a", "CR1b", "CR1c"]
    assert [value.state for value in values.values()] == ["unanswered", "answered", "unanswered"]


def test_score_outside_the_scale_has_no_letter() -> None:
    for score in (Fraction(-1, 100), Fraction(10001, 100)):
        with pytest.raises(ScoringError):
            letter_of(score)
