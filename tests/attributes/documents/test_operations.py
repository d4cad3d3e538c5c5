"""Changes of structure, on documents."""

import copy

import pytest

from attributes.documents import documents, operations
from attributes.documents.documents import Address, Document
from attributes.exporting import plain
from attributes.kinds import CHECKLIST_KINDS, Kind
from tests import builders


@pytest.fixture
def document() -> Document:
    return copy.deepcopy(plain(builders.shipped_spec()))


def _codes(document: Document, question: str) -> list[str]:
    return [item["code"] for item in documents.node(document, Address("question", question))["items"]]


def test_shipped_set_has_no_problem(document: Document) -> None:
    assert documents.problems(document) == []


def test_move_goes_one_place_and_stops_at_the_ends(document: Document) -> None:
    assert _codes(document, "IT3") == ["IT3a", "IT3b", "IT3c", "IT3d"]
    assert operations.move(document, Address("item", "IT3c"), -1)
    assert _codes(document, "IT3") == ["IT3a", "IT3c", "IT3b", "IT3d"]
    assert operations.move(document, Address("item", "IT3c"), -1)
    assert not operations.move(document, Address("item", "IT3c"), -1)
    assert not operations.move(document, Address("item", "IT3d"), 1)
    assert _codes(document, "IT3") == ["IT3c", "IT3a", "IT3b", "IT3d"]


def test_move_under_another_question_goes_to_its_end(document: Document) -> None:
    operations.move_under(document, Address("item", "IT3b"), "IT1")
    assert _codes(document, "IT1") == ["IT1a", "IT3b"]
    assert _codes(document, "IT3") == ["IT3a", "IT3c", "IT3d"]
    assert documents.parent(document, Address("item", "IT3b")) == Address("question", "IT1")


def test_move_question_under_another_attribute_takes_its_items_along(document: Document) -> None:
    operations.move_under(document, Address("question", "IT1"), "CR")
    assert documents.parent(document, Address("question", "IT1")) == Address("attribute", "CR")
    assert _codes(document, "IT1") == ["IT1a"]


@pytest.mark.parametrize("where", ["item/IT1a", "question/IT1", "attribute/IT"])
def test_removed_part_leaves_the_crosswalk_too(document: Document, where: str) -> None:
    assert any("IT1a" in principle.get("item_codes", []) for principle in document["crosswalk"])
    operations.remove(document, documents.address(where))
    assert not any("IT1a" in principle.get("item_codes", []) for principle in document["crosswalk"])
    with pytest.raises(KeyError):
        documents.part(document, documents.address(where))


def test_rules_hold_for_what_takes_the_place_of_their_items(document: Document) -> None:
    def rules() -> list[tuple[str, str, str]]:
        return [(rule["code"], rule["a"], rule["b"]) for rule in document["contradictions"]]

    before = rules()
    operations.split(document, "IT3c", ["IT3x", "IT3y"])
    assert rules() == [*before[:4], ("X5", "IT3a", "IT3x"), ("X7", "IT3a", "IT3y"), before[5]]
    operations.merge(document, ["IT3a", "IT3b"], "IT3z")
    assert rules() == [*before[:2], ("X5", "IT3z", "IT3x"), ("X7", "IT3z", "IT3y"), before[5]]
    operations.remove(document, Address("question", "IT3"))
    assert rules() == [*before[:2], before[5]]


def test_split_puts_copies_in_its_place_that_name_it(document: Document) -> None:
    original = documents.part(document, Address("item", "IT3c"))
    operations.split(document, "IT3c", ["IT3e", "IT3f"])
    assert _codes(document, "IT3") == ["IT3a", "IT3b", "IT3e", "IT3f", "IT3d"]
    for code in ("IT3e", "IT3f"):
        copied = documents.part(document, Address("item", code))
        assert copied["replaces"] == ["IT3c"]
        assert copied["text"] == original["text"]
    assert documents.problems(document) == []


def test_merge_puts_one_item_in_the_place_of_the_first(document: Document) -> None:
    operations.merge(document, ["CR1a", "CR1b"], "CR1z")
    assert _codes(document, "CR1") == ["CR1z", "CR1c", "CR1d"]
    assert documents.part(document, Address("item", "CR1z"))["replaces"] == ["CR1a", "CR1b"]
    assert documents.problems(document) == []


@pytest.mark.parametrize("codes", [["IT1a"], ["IT1a", "CR1a"]])
def test_merge_needs_two_items_of_one_question(document: Document, codes: list[str]) -> None:
    before = copy.deepcopy(document)
    with pytest.raises(operations.StructureError):
        operations.merge(document, codes, "IT1z")
    assert document == before


def test_the_quick_check_asks_one_of_those_that_take_its_place(document: Document) -> None:
    operations.split(document, "IT3c", ["IT3e", "IT3f"])
    rows = [documents.node(document, Address("item", code)) for code in ("IT3e", "IT3f")]
    assert [row.get("quick_check") for row in rows] == [True, None]
    operations.merge(document, ["IT3f", "IT3e"], "IT3g")
    assert documents.node(document, Address("item", "IT3g"))["quick_check"] is True


def test_crosswalk_follows_a_split_and_a_merger(document: Document) -> None:
    lines = [row["item_codes"] for row in document["crosswalk"] if "IT1a" in row.get("item_codes", [])]
    places = [row.index("IT1a") for row in lines]
    operations.split(document, "IT1a", ["IT1b", "IT1c"])
    rows = [row["item_codes"] for row in document["crosswalk"] if "IT1b" in row.get("item_codes", [])]
    assert [row.index("IT1b") for row in rows] == places
    assert all(row[row.index("IT1b") + 1] == "IT1c" for row in rows)


@pytest.mark.parametrize(
    ("kind", "under", "spent", "code"),
    [
        ("item", "IT1", [], "IT1b"),
        ("item", "IT1", ["it1B"], "IT1c"),
        ("item", "IT3", [f"IT3{letter}" for letter in "defghijklmnopqrstuvwxyz"], "IT3aa"),
        ("question", "IT", [], "IT6"),
        ("question", "IT", ["IT6", "IT7"], "IT8"),
        ("attribute", "", [], "A1"),
    ],
)
def test_proposed_code_was_never_borne(document: Document, kind: str, under: str, spent: list[str], code: str) -> None:
    assert operations.proposed_code(document, kind, under, spent) == code


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en-GB", [{"en-GB": "Yes"}, {"en-GB": "Partly"}, {"en-GB": "No"}]),
        ("ar", [{}, {}, {}]),
    ],
)
def test_new_checklist_has_english_labels_in_english_sets_only(language: str, labels: list[dict[str, str]]) -> None:
    states = operations.new_item(Kind.COVERAGE_CHECKLIST, language)["states"]
    assert [state["label"] for state in states] == labels
    assert [state["credit"] for state in states] == ["1", "1/2", "0"]


@pytest.mark.parametrize("kind", Kind)
def test_new_item_only_lacks_what_a_person_has_to_write(document: Document, kind: Kind) -> None:
    operations.add(document, "item", "IT1", "IT1b", **operations.new_item(kind, "en"))
    found = {problem.field for problem in documents.problems(document)}
    # All of it from the start, not the rest once the texts are there.
    lists = {Kind.RATING: {"anchors"}, **{key: {"options"} for key in CHECKLIST_KINDS - {Kind.JUSTIFIED_YES_NO}}}
    assert found == {"short", "text"} | lists.get(kind, set())


def test_problem_of_a_rule_names_the_part_and_the_field(document: Document) -> None:
    documents.node(document, Address("item", "IT1a"))["anchors"].pop()
    assert [(str(problem.address), problem.path) for problem in documents.problems(document)] == [
        ("item/IT1a", ("anchors",))
    ]


@pytest.mark.parametrize("text", ["", "item", "item/", "set/x", "nothing", "nothing/x", "scale/0"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(KeyError):
        documents.address(text)


def test_tidy_has_one_form_for_the_same_content() -> None:
    assert documents.tidy(
        documents.MODELS["item"],
        {
            "code": "A",
            "note": {"en": ""},
            "critical": False,
            "revision": 1,
            "scored": False,
            "text": {"en": "x", "fr": ""},
        },
    ) == {"code": "A", "scored": False, "text": {"en": "x"}}
