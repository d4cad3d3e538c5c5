"""Which version a change makes: exact for every kind of change, and whatever changes is noticed."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attributes.documents import operations
from attributes.documents.differences import difference
from attributes.documents.documents import Address, Document, node
from attributes.documents.versioning import ChangeReason, Level, assess, next_version, with_revisions
from tests.builders.small_set import SMALL

Edit = Callable[[Document], object]
A1A, A1B, B1A = (Address("item", code) for code in ("A1a", "A1b", "B1a"))


def edited(edit: Edit, base: Document = SMALL) -> Document:
    document = copy.deepcopy(base)
    edit(document)
    return document


def words(where: Address, text: str, field: str = "text") -> Edit:
    return lambda document: node(document, where).update({field: {"en": text}})


def put(where: Address, **fields: Any) -> Edit:
    return lambda document: node(document, where).update(fields)


def add_item(document: Document) -> None:
    operations.add(
        document, "item", "A1", "A1c", kind="open_text", short={"en": "New"}, text={"en": "New?"}, scored=False
    )


def add_question(document: Document) -> None:
    operations.add(document, "question", "A", "A3", verbatim={"en": "New?"})


def state(key: str, **fields: Any) -> Edit:
    def edit(document: Document) -> None:
        next(row for row in node(document, A1B)["states"] if row["key"] == key).update(fields)

    return edit


def new_language(document: Document) -> None:
    document["languages"].append("de")
    document["title"]["de"] = "Klein"


PATCH, MINOR, MAJOR = Level.PATCH, Level.MINOR, Level.MAJOR
# name: what is done, its level, its reason, the items that get a new revision
CASES: dict[str, tuple[Edit, Level, ChangeReason, set[str]]] = {
    "spelling": (words(A1A, "Is {resource} carred for?"), PATCH, ChangeReason.SPELLING, set()),
    "language": (new_language, PATCH, ChangeReason.LANGUAGE_ADDED, set()),
    "translation": (lambda d: d["title"].update(fr="Menu"), PATCH, ChangeReason.TRANSLATION, set()),
    "translation gone": (lambda d: d["title"].pop("fr"), PATCH, ChangeReason.TRANSLATION, set()),
    "wording": (words(A1A, "Is {resource} looked after?"), MINOR, ChangeReason.WORDING, {"A1a"}),
    "short name": (words(A1A, "It could be", "short"), MINOR, ChangeReason.WORDING, {"A1a"}),
    "note": (put(A1A, note={"en": "Think of all."}), MINOR, ChangeReason.OTHER, {"A1a"}),
    "anchor": (lambda d: node(d, A1A)["anchors"][0]["text"].update(en="never"), MINOR, ChangeReason.WORDING, {"A1a"}),
    "critical": (put(A1A, critical=False), MINOR, ChangeReason.FLAG, set()),
    "quick check": (put(A1A, quick_check=True), MINOR, ChangeReason.FLAG, set()),
    "short form": (put(A1A, short_form=True), MINOR, ChangeReason.FLAG, set()),
    "N/A": (put(A1B, na_allowed=False, na_condition={}), MINOR, ChangeReason.FLAG, {"A1b"}),
    "audience": (put(B1A, audience="both"), MINOR, ChangeReason.FLAG, {"B1a"}),
    "scored": (put(B1A, scored=False), MINOR, ChangeReason.FLAG, {"B1a"}),
    "kind": (put(B1A, kind="diagnosis_checklist"), MINOR, ChangeReason.KIND, {"B1a"}),
    "line taken out": (lambda d: node(d, A1B)["options"].pop(), MINOR, ChangeReason.ANSWERS, {"A1b"}),
    "line renamed": (lambda d: node(d, A1B)["options"][0].update(key="near"), MINOR, ChangeReason.ANSWERS, {"A1b"}),
    "lines in another order": (lambda d: node(d, A1B)["options"].reverse(), MINOR, ChangeReason.ORDER, set()),
    "answer in other words": (state("partly", label={"en": "a little"}), MINOR, ChangeReason.WORDING, {"A1b"}),
    "answer needs a text": (state("partly", needs_text=True), MINOR, ChangeReason.ANSWERS, {"A1b"}),
    "prompt": (put(A1A, evidence_prompts=[{"en": "A list"}, {"en": "Another"}]), MINOR, ChangeReason.ADVICE, set()),
    "recommendation": (
        lambda d: node(d, A1A)["recommendations"][0]["text"].update(en="Do more"), MINOR, ChangeReason.WORDING, set(),
    ),
    "item added": (add_item, MINOR, ChangeReason.ADDED, set()),
    "item removed": (lambda d: operations.remove(d, A1B), MINOR, ChangeReason.REMOVED, set()),
    "item split": (lambda d: operations.split(d, "A1b", ["A1c", "A1d"]), MINOR, ChangeReason.SPLIT, set()),
    "items merged": (lambda d: operations.merge(d, ["A1a", "A1b"], "A1c"), MINOR, ChangeReason.MERGED, set()),
    "item moved within": (lambda d: operations.move_under(d, A1B, "A2"), MINOR, ChangeReason.MOVED, set()),
    "order of items": (lambda d: operations.move(d, A1A, 1), MINOR, ChangeReason.REORDERED, set()),
    "order of attributes": (lambda d: d["attributes"].reverse(), MINOR, ChangeReason.REORDERED, set()),
    "question in other words": (
        words(Address("question", "A2"), "Wherefore?", "verbatim"), MINOR, ChangeReason.WORDING, set(),
    ),
    "summary": (words(Address("attribute", "A"), "All of {resource}", "summary"), MINOR, ChangeReason.WORDING, set()),
    "criterion": (lambda d: d["criteria"][0].update(text={"en": "Narrow"}), MINOR, ChangeReason.WORDING, set()),
    "goal added": (lambda d: d["goals"].append({"code": "G2", "text": {"en": "X"}}), MINOR, ChangeReason.OTHER, set()),
    "language taken out": (lambda d: d.update(languages=["en"]), MINOR, ChangeReason.LANGUAGE_REMOVED, set()),
    "experimental": (lambda d: d.update(experimental=True), MINOR, ChangeReason.FLAG, set()),
    "source": (lambda d: d["source"].update(year=2021), MINOR, ChangeReason.OTHER, set()),
    "level in other words": (lambda d: d["scale"][0]["label"].update(en="Hardly"), MAJOR, ChangeReason.SCALE, set()),
    "letter": (lambda d: d["scale"][0].update(letter="X"), MAJOR, ChangeReason.SCALE, set()),
    "level added": (
        lambda d: d["scale"].append({"value": 2, "letter": "Z", "label": {"en": "Z"}, "meaning": {"en": "Z"}}),
        MAJOR, ChangeReason.SCALE, set(),
    ),
    "credit": (state("partly", credit="1/3"), MAJOR, ChangeReason.CREDIT, {"A1b"}),
    "question added": (add_question, MAJOR, ChangeReason.ADDED, set()),
    "question removed": (lambda d: operations.remove(d, Address("question", "A2")), MAJOR, ChangeReason.REMOVED, set()),
    "question moved away": (
        lambda d: operations.move_under(d, Address("question", "A2"), "B"), MAJOR, ChangeReason.MOVED_AWAY, set(),
    ),
    "item moved away": (lambda d: operations.move_under(d, A1B, "B1"), MAJOR, ChangeReason.MOVED_AWAY, set()),
    "attribute gone": (lambda d: operations.remove(d, Address("attribute", "B")), MAJOR, ChangeReason.REMOVED, set()),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_level_and_reason(name: str) -> None:
    edit, level, reason, raised = CASES[name]
    found = assess(SMALL, edited(edit))
    assert found.level is level
    assert reason in {change.reason for change in found.changes if change.level is level}
    assert found.raised == raised


def test_equal_documents_do_not_differ() -> None:
    found = assess(SMALL, copy.deepcopy(SMALL))
    assert (found.changes, found.level, found.raised) == ((), Level.NONE, frozenset())


def test_defaults_written_out_are_no_difference() -> None:
    written = edited(put(A1A, note={}, audience="both", revision=1, replaces=[], options=[]))
    written["experimental"] = False
    written["source"]["url"] = None
    assert not difference(SMALL, written)


def test_declared_spelling_is_a_patch_and_says_so() -> None:
    reworded = edited(words(A1A, "Is {resource} looked after?"))
    (change,) = assess(SMALL, reworded, {"item/A1a": "spelling"}).changes
    assert (change.level, change.reason, change.declared, change.raises_revision) == (
        PATCH, ChangeReason.SPELLING, True, False,
    )  # fmt: skip


def test_declared_wording_is_minor_and_says_so() -> None:
    slip = edited(words(A1A, "Is {resource} carred for?"))
    (change,) = assess(SMALL, slip, {"item/A1a": "wording"}).changes
    assert (change.level, change.declared, change.raises_revision) == (MINOR, True, True)


def test_only_words_can_be_declared_spelling() -> None:
    found = assess(SMALL, edited(CASES["credit"][0]), {"item/A1b": "spelling"})
    assert found.level is MAJOR
    assert found.to_declare == {}


def test_what_is_to_declare_is_proposed() -> None:
    both = edited(words(B1A, "Or?"), edited(words(A1A, "Is {resource} carred for?")))
    assert assess(SMALL, both).to_declare == {A1A: "spelling", B1A: "wording"}


@pytest.mark.parametrize(
    ("base", "level", "version"),
    [
        ("", Level.NONE, "1.0.0"),
        ("1.2.3", Level.NONE, "1.2.3"),
        ("1.2.3", PATCH, "1.2.4"),
        ("1.9.3", MINOR, "1.10.0"),
        ("9.2.3", MAJOR, "10.0.0"),
    ],
)
def test_next_version(base: str, level: Level, version: str) -> None:
    assert next_version(base, level) == version


def test_revisions_go_up_where_due_and_stay_elsewhere() -> None:
    changed = edited(words(B1A, "Or?"), edited(words(A1A, "Is {resource} carred for?")))
    changed["attributes"][0]["questions"][0]["items"][1]["revision"] = 9  # nobody writes revisions
    new = with_revisions(changed, SMALL)
    assert new["version"] == "1.1.0"
    assert {code: node(new, Address("item", code)).get("revision", 1) for code in ("A1a", "A1b", "B1a")} == {
        "A1a": 1,
        "A1b": 1,
        "B1a": 3,
    }
    assert "revision" not in SMALL["attributes"][0]["questions"][0]["items"][0]


def test_revision_given_elsewhere_is_not_given_again() -> None:
    other = edited(put(A1A, revision=2, text={"en": "Elsewhere"}))
    new = with_revisions(edited(words(A1A, "Here?")), SMALL, earlier=[other])
    assert node(new, A1A)["revision"] == 3


def test_first_version_has_the_first_revisions() -> None:
    new = with_revisions(SMALL, None)
    assert (new["version"], node(new, B1A).get("revision")) == ("1.0.0", None)


def test_what_was_never_published_leaves_its_place_to_its_successors() -> None:
    split_twice = edited(lambda d: (operations.split(d, "A1b", ["A1c", "A1d"]), operations.split(d, "A1d", ["A1e"])))
    new = with_revisions(split_twice, SMALL, born=["A1c", "A1d", "A1e"])
    assert node(new, Address("item", "A1c"))["replaces"] == ["A1b"]
    assert node(new, Address("item", "A1e"))["replaces"] == ["A1b"]
    merged = edited(
        lambda d: (operations.split(d, "A1b", ["A1c", "A1d"]), operations.merge(d, ["A1a", "A1d"], "A1e", {"A1a"}))
    )
    new = with_revisions(merged, SMALL, born=["A1c", "A1d", "A1e"])
    assert node(new, Address("item", "A1e"))["replaces"] == ["A1a", "A1b"]


def test_what_was_published_does_not_hand_on_what_it_once_took_the_place_of() -> None:
    split_again = edited(lambda d: (operations.split(d, "A1b", ["A1c"]), operations.split(d, "A1c", ["A1e"], {"A1c"})))
    assert node(split_again, Address("item", "A1e"))["replaces"] == ["A1c"]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of everything that can be changed in a document."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from leaves(entry, (*path, key))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from leaves(entry, (*path, index))
    else:
        yield path


PATHS = [path for path in leaves(SMALL) if path[-1] not in {"format", "version", "revision"} and path != ("slug",)]
# Without them a part cannot be told from others, or is taken for not scored.
NEEDED = {"code", "value", "scored"}


def mutate(document: Document, path: tuple[Any, ...]) -> None:
    at: Any = document
    for step in path[:-1]:
        at = at[step]
    value = at[path[-1]]
    at[path[-1]] = not value if isinstance(value, bool) else value + 7 if isinstance(value, int) else f"{value}x other"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: "/".join(map(str, path)))
def test_any_single_value_that_changes_is_noticed(path: tuple[Any, ...]) -> None:
    found = assess(SMALL, edited(lambda document: mutate(document, path)))
    assert found.level > Level.NONE


@pytest.mark.parametrize(
    "path", [path for path in PATHS if path[-1] not in NEEDED], ids=lambda path: "/".join(map(str, path))
)
def test_any_single_value_taken_out_is_noticed(path: tuple[Any, ...]) -> None:
    def take_out(document: Document) -> None:
        at: Any = document
        for step in path[:-1]:
            at = at[step]
        del at[path[-1]]

    assert assess(SMALL, edited(take_out)).level > Level.NONE


INDEPENDENT = ("spelling", "audience", "goal added", "letter", "experimental", "translation", "source", "credit")


@given(st.sets(st.sampled_from(INDEPENDENT)), st.sets(st.sampled_from(INDEPENDENT)))
def test_union_of_changes_has_the_higher_level(first: set[str], second: set[str]) -> None:
    def level(names: set[str]) -> Level:
        document = copy.deepcopy(SMALL)
        for name in sorted(names):
            CASES[name][0](document)
        return assess(SMALL, document).level

    assert level(first | second) == max(level(first), level(second))
