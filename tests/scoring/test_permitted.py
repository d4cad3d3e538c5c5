"""Which answers an item permits, and what the options of a list are worth (method 3.3 and 3.11)."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from assessments.scoring import ItemState, OptionAnswer, ScoringError, letter_of
from assessments.scoring.evidence import GivenAnswer, count_item
from assessments.scoring.model import check_answer, option_credits
from tests.scoring.given import listed, rated_at
from tests.scoring.instrument import BY_CODE

HALF = Fraction(1, 2)
NA, ANSWERED, UNANSWERED = ItemState.NOT_APPLICABLE, ItemState.ANSWERED, ItemState.UNANSWERED
INCLUSION = OptionAnswer("inclusion", "yes")


@pytest.mark.parametrize(
    ("code", "state", "level", "options", "message"),
    [
        ("IT1a", ANSWERED, 4, (), "IT1a: the level must be 0 to 3, not 4"),
        ("IT1a", ANSWERED, -1, (), "IT1a: the level must be 0 to 3, not -1"),
        ("IT1a", ANSWERED, None, (), "IT1a: the level must be 0 to 3, not None"),
        ("IT1a", ANSWERED, 1, (OptionAnswer("a", "yes"),), "IT1a: a rating item has no options"),
        ("IT1a", NA, None, (), "IT1a: this item cannot be not applicable"),
        ("IT1a", UNANSWERED, 2, (), "IT1a: marked unanswered but an answer is given"),
        ("IT4b", UNANSWERED, None, (INCLUSION,), "IT4b: marked unanswered but an answer is given"),
        ("IT4b", NA, None, (), "IT4b: this item cannot be not applicable"),
        ("IT4b", ANSWERED, 1, (INCLUSION,), "IT4b: a choice item has no level"),
        ("IT4b", ANSWERED, None, (OptionAnswer("inclusion", "absent"),), "IT4b: unknown state 'absent'"),
        ("IT4b", ANSWERED, None, (OptionAnswer("colour", "yes"),), "IT4b: unknown option 'colour'"),
        ("IT4b", ANSWERED, None, (INCLUSION, INCLUSION), "IT4b: option 'inclusion' is answered twice"),
    ],
)
def test_answer_the_method_refuses_names_its_item(
    code: str, state: ItemState, level: int | None, options: Sequence[OptionAnswer], message: str
) -> None:
    spec = BY_CODE[code]
    with pytest.raises(ScoringError) as refused:
        check_answer(spec, state, level, options, na_allowed=spec.na_allowed)
    assert str(refused.value) == message
    with pytest.raises(ScoringError, match=f"^{code}: "):
        count_item(spec, GivenAnswer(code, state, level=level, options=tuple(options), has_reason=True))


@pytest.mark.parametrize(
    ("code", "state", "level", "options"),
    [
        ("IT1a", ANSWERED, 0, ()),
        ("IT1a", ANSWERED, 3, ()),
        ("IT1a", ItemState.DONT_KNOW, 3, ()),
        ("IT1a", UNANSWERED, None, ()),
        ("IT3c", NA, None, ()),
        ("IT4b", UNANSWERED, None, (OptionAnswer("inclusion", ""),)),
        ("IT4b", ANSWERED, None, (INCLUSION, OptionAnswer("quality", "not_applicable"))),
        ("IT4b", ANSWERED, None, (OptionAnswer("quality", "dont_know"), OptionAnswer("inclusion", ""))),
        ("IT4b", ANSWERED, None, ()),
    ],
)
def test_what_an_item_permits(code: str, state: ItemState, level: int | None, options: Sequence[OptionAnswer]) -> None:
    spec = BY_CODE[code]
    check_answer(spec, state, level, options, na_allowed=spec.na_allowed)
    found = count_item(spec, GivenAnswer(code, state, level=level, options=tuple(options), has_reason=True))
    assert found.code == code


def test_unnamed_option_follows_the_rule_of_its_item() -> None:
    spec, options = BY_CODE["IT5c"], (OptionAnswer("", "not_applicable"),)
    check_answer(spec, ANSWERED, None, options, na_allowed=True)
    with pytest.raises(ScoringError, match="IT5c: this item cannot be not applicable"):
        check_answer(spec, ANSWERED, None, options, na_allowed=False)


def test_whoever_answers_may_be_allowed_what_the_item_does_not() -> None:
    spec = BY_CODE["IT1a"]
    assert not spec.na_allowed
    check_answer(spec, NA, None, (), na_allowed=True)


def test_options_are_worth_the_credit_of_their_state() -> None:
    answer = listed("IT4b", ["yes", "partly", "no", "dont_know"])
    assert option_credits(BY_CODE["IT4b"], answer.options) == {
        "inclusion": 1,
        "legitimacy": HALF,
        "participation": 0,
        "quality": None,
    }


def test_options_never_mentioned_are_unknown_and_those_not_applicable_absent() -> None:
    options = (INCLUSION, OptionAnswer("quality", "not_applicable"))
    assert option_credits(BY_CODE["IT4b"], options) == {"inclusion": 1, "legitimacy": None, "participation": None}


@pytest.mark.parametrize(
    ("state", "has_text", "credit"),
    [("yes", True, 1), ("yes", False, None), ("absent", True, 1), ("absent", False, None), ("no", False, 0)],
)
def test_state_that_needs_words_counts_only_with_them(state: str, has_text: bool, credit: int | None) -> None:
    options = (OptionAnswer("membership", state, has_text), OptionAnswer("restrictions", "no"))
    found = count_item(BY_CODE["IT3b"], GivenAnswer("IT3b", ANSWERED, options=options))
    assert [line.credit for line in found.lines] == [credit, 0]
    assert found.share_known == (HALF if credit is None else 1)


def test_respondents_are_not_asked_for_words() -> None:
    options = (OptionAnswer("membership", "yes"), OptionAnswer("restrictions", "absent"))
    assert option_credits(BY_CODE["IT3b"], options) == {"membership": 1, "restrictions": 1}


def test_what_dont_know_leaves_behind_is_not_read() -> None:
    level, options = rated_at("IT1a", 3), listed("IT4b", ["yes"] * 4)
    for answer in (level, options):
        unsure = GivenAnswer(answer.code, ItemState.DONT_KNOW, level=answer.level, options=answer.options)
        found = count_item(BY_CODE[answer.code], unsure)
        assert (found.state, found.claimed, found.counted, found.share_known) == ("dont_know", None, None, 0)


def test_letter_needs_half_the_options() -> None:
    quarter, half = (
        count_item(BY_CODE["IT4b"], listed("IT4b", states))
        for states in (["yes", "dont_know", "dont_know", ""], ["yes", "partly", "dont_know", ""])
    )
    assert (quarter.share_known, quarter.letter, quarter.claimed_letter) == (Fraction(1, 4), None, None)
    assert (half.share_known, half.letter, half.claimed_letter) == (HALF, "L", "L")


@pytest.mark.parametrize(
    ("states", "state"),
    [(["", "", "", "not_applicable"], "unanswered"), (["", "dont_know", "", ""], "dont_know")],
)
def test_a_list_of_which_nothing_is_known_has_no_value(states: list[str], state: str) -> None:
    found = count_item(BY_CODE["IT4b"], listed("IT4b", states))
    assert (found.state, found.claimed, found.letter) == (state, None, None)


def test_score_outside_the_scale_has_no_letter() -> None:
    for score in (Fraction(-1, 100), Fraction(10001, 100)):
        with pytest.raises(ScoringError, match="lies outside 0 to 100"):
            letter_of(score)


@pytest.mark.parametrize(
    ("score", "letter"),
    [
        ("0", "N"),
        ("15", "N"),
        ("15.001", "P"),
        ("50", "P"),
        ("50.001", "L"),
        ("85", "L"),
        ("85.001", "F"),
        ("100", "F"),
    ],
)
def test_letters_of_items_are_four_and_an_edge_belongs_to_the_lower(score: str, letter: str) -> None:
    assert letter_of(Fraction(score)) == letter
