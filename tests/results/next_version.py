"""A later version of the shipped question set, made for tests."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from attributes.loading import store_spec
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec
from tests import builders


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
    return store_spec(QuestionSetSpec.model_validate(content))[0]


def _copy(item: dict[str, Any], code: str) -> dict[str, Any]:
    found = deepcopy(item)
    found["code"] = code
    found["short"] = {"en": f"{item['short']['en']}, continued"}
    for recommendation in found.get("recommendations", []):
        recommendation["code"] = recommendation["code"].replace(item["code"], code)
    return found
