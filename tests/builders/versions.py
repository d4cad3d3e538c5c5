"""Newer versions of the shipped question set: with one of every kind of change, or with those a test asks for."""

import copy
from collections.abc import Iterable
from functools import cache
from typing import Any

from attributes.documents.documents import Address, node
from attributes.documents.operations import add, merge, new_item, remove, split
from attributes.exporting import plain
from attributes.kinds import Kind
from attributes.loading import store_spec
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec
from tests import builders

# What 1.1.0 does to the items of 1.0.0; every other item stays the same.
REWORDED = {"IT1a", "IT2a", "IT3c", "IT4a"}
SPLIT = {"ED2b", "ED2c"}  # from ED2a
MERGED = {"CO4c", "CR1e"}  # from CO4a and CO4b, and from CR1b and CR1c
NEW = {"CO3d"}
GONE = {"CR1d"}
SPELLING = "ED1b"


def item(document: dict[str, Any], code: str) -> dict[str, Any]:
    """An item of a document."""
    return node(document, Address("item", code))


def stored(document: dict[str, Any]) -> QuestionSet:
    """Publish a document; the version before it has to be there."""
    known = QuestionSet.objects.filter(slug=document["slug"], version=document["version"]).first()
    if known is not None:
        return known
    builders.question_set()
    return store_next(document)


def store_next(document: dict[str, Any]) -> QuestionSet:
    """Publish a document that follows on what is stored."""
    return store_spec(QuestionSetSpec.model_validate(document))[0]


@cache
def _second() -> dict[str, Any]:
    document = copy.deepcopy(plain(builders.shipped_spec()))
    document["version"] = "1.1.0"
    item(document, "IT1a").update(revision=2, text={"en": "Are those who are affected identified, and by whom?"})
    barriers = item(document, "IT2a")
    barriers.update(revision=2, options=barriers["options"][:3], other_allowed=False)
    del item(document, "IT2b")["derived_from"]  # the lists are no longer alike
    obstacles = item(document, "IT3c")
    obstacles.update(revision=2, na_allowed=False)
    obstacles.pop("na_condition", None)
    document["contradictions"] = [rule for rule in document["contradictions"] if rule["b"] != "IT3c"]
    asked = item(document, "IT4a")
    asked.update(revision=2, kind=Kind.JUSTIFIED_YES_NO.value, states=new_item(Kind.JUSTIFIED_YES_NO, "en")["states"])
    asked.pop("anchors")
    item(document, SPELLING)["text"]["en"] += "!"
    split(document, "ED2a", ["ED2b", "ED2c"])
    merge(document, ["CO4a", "CO4b"], "CO4c")
    merge(document, ["CR1b", "CR1c"], "CR1e")
    remove(document, Address("item", "CR1d"))
    words = {"short": {"en": "More"}, "text": {"en": "What else?"}}
    add(document, "item", "CO3", "CO3d", **new_item(Kind.OPEN_TEXT, "en"), **words)
    return document


def second() -> QuestionSet:
    """Version 1.1.0, stored."""
    return stored(_second())


def third() -> QuestionSet:
    """Version 1.2.0: 1.1.0 with one part of the split item reworded, and the merged item split again."""
    document = copy.deepcopy(_second())
    document["version"] = "1.2.0"
    item(document, "ED2b").update(revision=2, text={"en": "Reworded once more"})
    split(document, "CO4c", ["CO4d", "CO4e"])
    second()
    return stored(document)


def next_version(
    version: str = "1.1.0",
    *,
    reworded: Iterable[str] = ("IT1a",),
    gone: Iterable[str] = ("CO4b",),
    copied: dict[str, str] | None = None,
) -> QuestionSet:
    """Store a version with items reworded (revision 2), dropped, and added as copies of others (new code: old)."""
    content = builders.shipped_spec().model_dump(mode="json", exclude_defaults=True)
    content["version"] = version
    dropped = set(gone)
    sources = {"ED2b": "ED2a"} if copied is None else copied
    for items in (q["items"] for a in content["attributes"] for q in a["questions"]):
        for item in items:
            if item["code"] in reworded:
                item["revision"] = 2
                item["text"]["en"] += " Say since when."
        items[:] = [item for item in items if item["code"] not in dropped]
        items.extend(_copy(item, code) for item in list(items) for code, old in sources.items() if item["code"] == old)
    for line in content["crosswalk"]:
        line["item_codes"] = [code for code in line["item_codes"] if code not in dropped]
    rules = content.get("contradictions", [])
    content["contradictions"] = [rule for rule in rules if not {rule["a"], rule["b"]} & dropped]
    return store_spec(QuestionSetSpec.model_validate(content))[0]


def _copy(item: dict[str, Any], code: str) -> dict[str, Any]:
    found = copy.deepcopy(item)
    found["code"] = code
    for name in ("quick_check", "short_form"):
        found.pop(name, None)  # one item of a question
    found["short"] = {"en": f"{item['short']['en']}, continued"}
    for recommendation in found.get("recommendations", []):
        recommendation["code"] = recommendation["code"].replace(item["code"], code)
    return found
