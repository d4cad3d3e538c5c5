"""What differs between two documents: nothing is missed, and structure is told from content."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from attributes.documents import operations
from attributes.documents.differences import Structure, StructureChange, difference
from attributes.documents.documents import Address, Document, node
from attributes.documents.words import Effort, RunKind
from attributes.versions.words import path_words
from tests.builders.small_set import SMALL


def small() -> Document:
    return copy.deepcopy(SMALL)


def item(code: str) -> Address:
    return Address("item", code)


def structure(new: Document, old: Document = SMALL) -> list[tuple[Any, ...]]:
    return [
        (change.what, str(change.where), change.before, change.after)
        for change in difference(old, new).structure
        if not change.implied
    ]


def test_text_is_found_by_place_language_and_words() -> None:
    new = small()
    node(new, item("A1a"))["anchors"][1]["text"] = {"en": "yes, always", "fr": "oui"}
    english, french = difference(SMALL, new).fields
    assert (english.where, english.path, english.language) == (item("A1a"), ("anchors", "1", "text"), "en")
    assert [(segment.kind, segment.text) for segment in english.segments(Effort())] == [
        (RunKind.REMOVED, "yes"),
        (RunKind.ADDED, "yes, always"),
    ]
    assert (french.language, french.old, french.new) == ("fr", None, "oui")


def test_prompt_put_before_another_is_one_difference() -> None:
    new = small()
    node(new, item("A1a"))["evidence_prompts"].insert(0, {"en": "Minutes"})
    (change,) = difference(SMALL, new).fields
    assert (change.path, change.old, change.new) == (("evidence_prompts", "1"), None, "Minutes")


def test_part_added_shows_its_texts() -> None:
    new = small()
    operations.add(new, "item", "A1", "A1c", kind="open_text", short={"en": "S"}, text={"en": "T"}, scored=False)
    found = difference(SMALL, new)
    assert structure(new) == [(Structure.ADDED, "item/A1c", (), ("A1",))]
    assert [(change.path, change.new) for change in found.fields] == [
        (("kind",), "open_text"),
        (("short",), "S"),
        (("text",), "T"),
    ]


def test_what_is_below_something_removed_is_implied() -> None:
    new = small()
    operations.remove(new, Address("attribute", "B"))
    assert structure(new) == [(Structure.REMOVED, "attribute/B", (), ())]
    assert {str(change.where) for change in difference(SMALL, new).structure if change.implied} == {
        "question/B1",
        "item/B1a",
    }


def test_split_merger_and_successor() -> None:
    new = small()
    operations.split(new, "A1b", ["A1c", "A1d"])
    assert structure(new) == [
        (Structure.SPLIT, "item/A1c", ("A1b",), ("A1c", "A1d")),
        (Structure.SPLIT, "item/A1d", ("A1b",), ("A1c", "A1d")),
    ]
    found = difference(SMALL, new)
    assert {(str(change.where), change.path) for change in found.fields} == {
        ("item/A1c", ("replaces",)),
        ("item/A1d", ("replaces",)),
        # What contradicts the one contradicts each of the two.
        ("contradictions", ("contradictions", "X1", "b")),
        *(
            ("contradictions", ("contradictions", "X2", name))
            for name in ("a", "a_states", "b", "b_states", "named_states")
        ),
    }
    merged = small()
    operations.merge(merged, ["A1a", "A1b"], "A1c")
    assert structure(merged) == [(Structure.MERGED, "item/A1c", ("A1a", "A1b"), ("A1c",))]
    replaced = small()
    operations.split(replaced, "A1a", ["A1c"])
    assert structure(replaced) == [(Structure.REPLACED, "item/A1c", ("A1a",), ("A1c",))]
    # Its recommendations have new codes, and the words of the old ones.
    item_changes = [change for change in difference(SMALL, replaced).fields if change.where == item("A1c")]
    assert [(change.path, change.new) for change in item_changes] == [(("replaces",), ("A1a",))]


def test_what_kinds_of_process_read_and_what_contradicts_is_compared_value_by_value() -> None:
    new = small()
    asked = node(new, item("A1a"))
    asked["reading"]["recommends"]["en"] = "Cared for by whoever reads it."
    asked["not_for"] = ["decides"]
    new["contradictions"][0]["a_states"] = ["0"]
    assert {
        (str(change.where), change.path, change.language, change.new) for change in difference(SMALL, new).fields
    } == {
        ("item/A1a", ("reading", "recommends"), "en", "Cared for by whoever reads it."),
        ("item/A1a", ("not_for",), "", ("decides",)),
        ("contradictions", ("contradictions", "X1", "a_states"), "", ("0",)),
    }
    assert path_words(("reading", "recommends")) == "reading, for a process that recommends"


def test_moves_and_the_fewest_steps_of_order() -> None:
    new = small()
    operations.move_under(new, item("A1b"), "A2")
    assert structure(new) == [(Structure.MOVED, "item/A1b", ("A1",), ("A2",))]
    five = small()
    five["attributes"] = [{"code": code, "questions": []} for code in "ABCDE"]
    turned = {**five, "attributes": [five["attributes"][index] for index in (4, 0, 1, 2, 3)]}
    assert structure(turned, five) == [(Structure.REORDERED, "attribute/E", (), ())]


def test_documents_that_are_hardly_begun_can_be_compared() -> None:
    empty: Document = {"slug": "x"}
    assert not difference(empty, {"slug": "y", "version": "2.0.0"})
    assert difference(empty, SMALL).fields
    assert difference(SMALL, empty).fields


def swapped(change: StructureChange) -> tuple[Any, ...]:
    opposite = {Structure.ADDED: Structure.REMOVED, Structure.REMOVED: Structure.ADDED}
    return opposite.get(change.what, change.what), change.where


EDITS = (
    lambda d: operations.move(d, item("A1a"), 1),
    lambda d: operations.move_under(d, item("A1b"), "B1"),
    lambda d: operations.remove(d, Address("question", "A2")),
    lambda d: d["title"].update(en="Tiny"),
    lambda d: d["criteria"].append({"code": "S2", "text": {"en": "X"}}),
    lambda d: d["crosswalk"].clear(),
    lambda d: d.update(languages=["fr", "en"]),
)


@given(st.sets(st.sampled_from(EDITS)))
def test_difference_backwards_is_the_mirror_image(edits: set[Any]) -> None:
    new = small()
    for edit in edits:
        edit(new)
    there, back = difference(SMALL, new), difference(new, SMALL)
    assert bool(there) is bool(edits)
    assert {(change.where, change.path, change.language, change.old, change.new) for change in there.fields} == {
        (change.where, change.path, change.language, change.new, change.old) for change in back.fields
    }
    apart = (Structure.ADDED, Structure.REMOVED)
    assert {swapped(change) for change in there.structure if change.what in apart} == {
        (change.what, change.where) for change in back.structure if change.what in apart
    }
