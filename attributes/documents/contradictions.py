"""Contradictions of a document that may be incomplete: what its items can be answered, and what becomes of rules."""

from collections.abc import Collection, Sequence
from itertools import count
from typing import Any

from attributes.documents.documents import Document, nodes
from attributes.kinds import CHECKLIST_KINDS, DONT_KNOW, NOT_APPLICABLE, UNANSWERED, Kind


def answers_by_item(document: Document) -> dict[str, list[str]]:
    """By code of an item: the answers that a rule can name, in their order."""
    levels = len(document.get("scale", []))
    return {str(item.get("code", "")): _answers(item, levels) for item in nodes(document, "item")}


def _answers(item: dict[str, Any], levels: int) -> list[str]:
    kind = item.get("kind")
    found = [str(state.get("key", "")) for state in item.get("states", [])]
    if kind == Kind.RATING:
        found = [str(level) for level in range(levels)]
    if item.get("na_allowed") or (item.get("scored") and kind in CHECKLIST_KINDS and item.get("options")):
        found.append(NOT_APPLICABLE)
    return [*found, DONT_KNOW, UNANSWERED]


def leave(document: Document, gone: Collection[str]) -> None:
    """Take out the rules about items that are no more."""
    rules = document.get("contradictions", [])
    kept = [rule for rule in rules if rule.get("a") not in gone and rule.get("b") not in gone]
    if len(kept) < len(rules):
        document["contradictions"] = kept


def succeed(document: Document, old: Collection[str], new: Sequence[str]) -> None:
    """Let rules hold for what takes the place of items: for every part of a split, and no more between merged ones."""
    rules = document.get("contradictions", [])
    taken = {str(rule.get("code", "")).casefold() for rule in rules}
    found = []
    for rule in rules:
        sides = [side for side in ("a", "b") if rule.get(side) in old]
        if len(sides) == 2:
            continue
        for place, code in enumerate(new if sides else [""]):
            follower = {**rule, **dict.fromkeys(sides, code)}
            if place:
                follower["code"] = next(f"X{n}" for n in count(1) if f"x{n}" not in taken)
                taken.add(follower["code"].casefold())
            found.append(follower)
    if rules:
        document["contradictions"] = found
