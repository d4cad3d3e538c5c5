import pytest

from assessments.scoring import (
    ItemState,
    PriorityBasis,
    Recommendation,
    ScoringError,
    score,
    select,
    standings,
    summary_actions,
)
from assessments.scoring.recommend import priority
from tests.scoring.instrument import SPECS, choice, not_applicable, rating

ANSWERED = ItemState.ANSWERED


def standing(item: str, letter: str | None, critical: bool = False, **more: object) -> PriorityBasis:
    state = ANSWERED if letter else ItemState.DONT_KNOW
    return PriorityBasis(item, item[:1], state, letter, critical, **more)  # type: ignore[arg-type]


def advice(item: str) -> list[Recommendation]:
    return [
        Recommendation(f"{item}-R1", item, "NP"),
        Recommendation(f"{item}-R2", item, "L"),
        Recommendation(f"{item}-R3", item, "NP"),
    ]


@pytest.mark.parametrize(
    ("letter", "critical", "divided", "blind_spot", "expected"),
    [
        ("N", False, False, False, 3),
        ("P", True, False, False, 4),
        ("L", False, True, False, 2),
        ("L", False, False, True, 2),
        ("F", False, False, False, 0),
        (None, True, False, False, 2),
    ],
)
def test_priority_adds_up(letter: str | None, critical: bool, divided: bool, blind_spot: bool, expected: int) -> None:
    assert priority(letter, critical, divided, blind_spot) == expected


@pytest.mark.parametrize(
    ("letter", "kind", "codes"),
    [
        ("N", "improve", ("A1-R1", "A1-R3")),
        ("P", "improve", ("A1-R1", "A1-R3")),
        ("L", "improve", ("A1-R2",)),
        ("F", "keep", ()),
        (None, "find_out", ()),
    ],
)
def test_letter_selects_the_recommendations(letter: str | None, kind: str, codes: tuple[str, ...]) -> None:
    (found,) = select([standing("A1", letter)], advice("A1") + advice("B1"))
    assert (found.kind, found.recommendations, found.letter) == (kind, codes, letter)


def test_item_not_applicable_is_left_out() -> None:
    entry = PriorityBasis("A1", "A", ItemState.NOT_APPLICABLE, None, True)
    assert select([entry], advice("A1")) == ()


def test_lower_view_of_the_stakeholders_decides() -> None:
    (found,) = select([standing("A1", "F", experience_letter="P")], advice("A1"))
    assert (found.letter, found.kind, found.recommendations) == ("P", "improve", ("A1-R1", "A1-R3"))
    assert found.priority == 2


def test_higher_view_of_the_stakeholders_does_not_decide() -> None:
    (found,) = select([standing("A1", "P", experience_letter="F")], advice("A1"))
    assert found.letter == "P"


def test_unknown_item_is_to_find_out_whatever_stakeholders_say() -> None:
    (found,) = select([standing("A1", None, experience_letter="N")], advice("A1"))
    assert found.kind == "find_out"


def test_most_urgent_first_ties_in_instrument_order_keep_last() -> None:
    entries = [
        standing("A1", "F", critical=True),
        standing("B1", "L"),
        standing("C1", None),
        standing("D1", "P"),
        standing("E1", "P"),
        standing("F1", "N", critical=True, divided=True, blind_spot=True),
    ]
    found = select(entries, [])
    assert [(entry.item, entry.priority) for entry in found] == [
        ("F1", 7),
        ("D1", 2),
        ("E1", 2),
        ("B1", 1),
        ("C1", 0),
        ("A1", 0),
    ]


def test_letter_that_does_not_exist_is_refused() -> None:
    for entry in (standing("A1", "X"), standing("A1", "N", experience_letter="X")):
        with pytest.raises(ScoringError, match="A1: unknown letter 'X'"):
            select([entry], [])


def test_summary_takes_five_actions_and_two_per_attribute() -> None:
    items = ["A1", "A2", "A3", "B1", "C1", "D1", "E1", "F1"]
    entries = [standing(item, "N" if item[0] == "A" else "P") for item in items]
    recommendations = [entry for item in items for entry in advice(item)]
    found = summary_actions(select(entries, recommendations))
    assert [entry.item for entry in found] == ["A1", "A2", "B1", "C1", "D1"]


def test_summary_leaves_out_what_is_no_action() -> None:
    entries = [standing("A1", "F"), standing("B1", "N"), standing("C1", None), standing("D1", "L")]
    found = summary_actions(select(entries, advice("D1")))
    assert [(entry.item, entry.kind) for entry in found] == [("D1", "improve"), ("C1", "find_out")]


def test_standings_come_from_the_scorecard() -> None:
    answers = [
        rating("IT1a", 2, "E0"),
        choice("IT4b", ["yes", "", "", ""]),
        not_applicable("ED2a"),
    ]
    found = standings(
        SPECS, score(SPECS, answers), divided={"IT1a"}, blind_spots=["ED3a"], experience_letters={"IT1a": "N"}
    )
    by_item = {entry.item: entry for entry in found}
    assert [entry.item for entry in found] == [spec.code for spec in SPECS]
    assert by_item["IT1a"] == PriorityBasis("IT1a", "IT", ANSWERED, "P", True, True, False, "N")
    assert by_item["IT4b"] == PriorityBasis("IT4b", "IT", ANSWERED, None, False)
    assert by_item["ED2a"].state is ItemState.NOT_APPLICABLE
    assert by_item["ED3a"].blind_spot


def test_standings_of_an_item_that_was_not_scored_are_refused() -> None:
    with pytest.raises(ScoringError, match="CO4b: not in this scorecard"):
        standings(SPECS, score(SPECS[:-1], []))
