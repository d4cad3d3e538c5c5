"""How a comparison is arranged: the order, the reference, the attributes; and the items side by side."""

import pytest
from django.http import QueryDict

from assessments.comparing.arranged import Arrangement, moved_to
from assessments.comparing.build import build_comparison
from assessments.comparing.items import spread, telling
from assessments.comparing.message import learnt, listed, listed_briefly, told_apart
from assessments.comparing.selection import Selection
from assessments.documents.comparison import ComparisonDocument
from assessments.documents.result import ResultDocument
from tests.builders import samples
from tests.comparing.test_build import document, results

NAMES = {"a": "Apple", "b": "Banana", "c": "Cherry", "d": "Date", "e": "Elder", "f": "Fig", "g": "Grape", "h": "Hazel"}


def four() -> list[ResultDocument]:
    scores = {"a": (80, 50, 50, 50), "b": (80, 50, 50, 50), "c": (20, 50, 50, 50), "d": (50, 50, 50, 50)}
    return [document(NAMES[code], code, found) for code, found in scores.items()]


def codes(found: ComparisonDocument) -> list[str]:
    return [process.code for process in found.processes]


def test_processes_stand_by_name_unless_somebody_says_otherwise() -> None:
    given = list(reversed(four()))
    assert codes(build_comparison(given)) == ["a", "b", "c", "d"]
    chosen = build_comparison(given, arrangement=Arrangement(first=("c", "nobody", "a")))
    assert (codes(chosen), chosen.order) == (["c", "a", "b", "d"], "chosen")
    own = build_comparison(given, arrangement=Arrangement(first=("d",), own=True))
    assert (codes(own), own.order) == (["d", "a", "b", "c"], "own")
    assert build_comparison(given).order == "name"
    assert [answer.code for answer in chosen.items[0].answers] == codes(chosen)


def test_reference_that_is_not_compared_is_none() -> None:
    given = four()
    assert build_comparison(given, arrangement=Arrangement(reference="b")).reference == "b"
    assert build_comparison(given, arrangement=Arrangement(reference="nobody")).reference == ""


def test_attributes_are_left_aside_in_everything_and_named() -> None:
    found = build_comparison(four(), arrangement=Arrangement(attributes=("ED", "CR", "XX")))
    assert [head.code for head in found.attributes] == ["CR", "ED"]
    assert [head.code for head in found.left_aside] == ["IT", "CO"]
    assert {entry.attribute for pair in found.pairs for entry in pair.attributes} == {"CR", "ED"}
    assert {item.attribute for item in found.items} == {"CR", "ED"}
    assert {entry.attribute for entry in [*found.learn_from, *found.shared_weaknesses]} <= {"CR", "ED"}
    nothing = build_comparison(four(), arrangement=Arrangement(attributes=("XX",)))
    assert (len(nothing.attributes), nothing.left_aside) == (4, [])


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({"a": 1, "b": 2, "c": 3}, "abc"),
        ({"a": 1, "b": 2, "c": 1}, "cab"),
        ({"a": 3, "b": 2, "c": 3}, "bca"),
        ({"a": 2, "b": 1, "c": 3}, "bac"),
        ({"a": 9}, "bca"),
        ({}, "abc"),
    ],
)
def test_who_is_given_a_place_stands_there(places: dict[str, int], order: str) -> None:
    assert moved_to("abc", places) == list(order)


def test_address_says_what_is_compared_and_how() -> None:
    asked = Selection.of(QueryDict("code=a&code=b&code=a&order=name&reference=b&attribute=IT&attribute="))
    assert asked == Selection(("a", "b"), "name", "b", ("IT",))
    assert Selection.of(QueryDict(asked.query())) == asked
    moved = Selection.of(QueryDict("code=a&code=b&place=1&place=1"))
    assert (moved.codes, moved.order) == (("b", "a"), "chosen")
    # The button that asks for an order counts, whatever places say.
    assert Selection.of(QueryDict("code=a&code=b&place=1&place=1&sort=name")) == Selection(("a", "b"), "name")
    assert Selection.of(QueryDict("code=a&order=score")).order == ""


def test_items_say_what_each_claims_and_whether_it_is_shown() -> None:
    found = build_comparison(
        results(
            a={"CR1a": samples.Given(level=3)},
            b={"CR1a": samples.Given(level=1, evidence="E0", text="", links=[])},
            c={"CR1a": samples.Given(state="dont_know", evidence="", text="", links=[])},
        )
    )
    (item,) = [entry for entry in found.items if entry.item == "CR1a"]
    assert [(answer.letter, answer.state) for answer in item.answers] == [
        ("F", "shown"),
        ("P", "claimed"),
        ("", "open"),
    ]
    assert spread(item) == 2


def test_an_item_in_other_words_is_another_one() -> None:
    one, other = results(a={}, b={})
    changed = other.model_dump(mode="json")
    for attribute in changed["attributes"]:
        for question in attribute["questions"]:
            for entry in question["items"]:
                entry["revision"] = 2 if entry["code"] == "CR1a" else entry["revision"]
    found = build_comparison([one, ResultDocument.model_validate(changed)]).items
    rows = [(item.revision, [answer.state for answer in item.answers]) for item in found if item.item == "CR1a"]
    assert rows == [(2, ["not_asked", "shown"]), (1, ["shown", "not_asked"])]


def test_what_tells_most_are_items_far_apart_in_the_order_of_questions() -> None:
    low, high = samples.Given(level=0), samples.Given(level=3)
    found = build_comparison(results(a={"CR1a": low, "IT1a": low, "CO4b": low}, b={"CR1a": high, "CO4b": high})).items
    assert [item.item for item in telling(found)] == ["IT1a", "CR1a", "CO4b"]
    # Furthest apart first, and of these the critical ones.
    assert [item.item for item in telling(found, 1)] == ["CR1a"]
    assert telling(build_comparison(results(a={}, b={})).items) == []


def sentences(found: ComparisonDocument) -> list[str]:
    return [line.sentence for line in told_apart(found, {process.code: process.name for process in found.processes})]


def test_told_apart_names_who_stands_higher_than_whom() -> None:
    said = sentences(build_comparison(four()))
    assert said == [
        "Apple and Banana stand higher than Cherry and Date. Date stands higher than Cherry.",
        *["Nothing can be told apart."] * 3,
    ]


def test_told_from_the_reference_alone() -> None:
    said = sentences(build_comparison(four(), arrangement=Arrangement(reference="d")))
    assert said[0] == "Date stands higher than Cherry. Apple and Banana stand higher than Date."
    assert said[1] == "Date cannot be told apart from Apple, Banana and Cherry."


def test_many_pairs_are_counted_and_not_strung_together() -> None:
    given = [document(NAMES[code], code, (12 * number, 50, 50, 50)) for number, code in enumerate("abcdefgh")]
    assert sentences(build_comparison(given))[0] == (
        "Of 28 pairs 21 can be told apart; who from whom stands in the annex."
    )
    from_one = sentences(build_comparison(given, arrangement=Arrangement(reference="h")))
    assert from_one[0] == (
        "Hazel stands higher than Apple, Banana, Cherry, Date, Elder and Fig. Hazel cannot be told apart from Grape."
    )
    assert from_one[1] == "Hazel cannot be told apart from any of the others."


def test_what_the_reference_can_learn_stands_first() -> None:
    full, low = samples.Given(level=3, opened=True), samples.Given(level=0)
    given = results(a={"IT1a": full, "CR1a": low}, b={"IT1a": low, "CR1a": full}, c={"IT1a": low, "CR1a": full})
    for reference, first in (("a", "CR1a"), ("b", "IT1a")):
        found = build_comparison(given, arrangement=Arrangement(reference=reference))
        lines = learnt(found, {"a": "A", "b": "B", "c": "C"})
        assert lines[0].entry.item == first
    assert [line.would_help for line in lines if line.entry.item == "IT1a"] == [["B", "C"]]


def test_several_names_are_one() -> None:
    assert [listed(NAMES_OF[:count]) for count in (0, 1, 2, 3)] == ["", "A", "A and B", "A, B and C"]
    assert (listed_briefly(NAMES_OF[:3]), listed_briefly(NAMES_OF)) == ("A, B and C", "A, B and 3 others")


NAMES_OF = ["A", "B", "C", "D", "E"]
