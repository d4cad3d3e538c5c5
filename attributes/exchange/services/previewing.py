"""What taking a file into a draft would change, part by part, as the page that asks before it shows it."""

from dataclasses import dataclass
from typing import Any

from attributes.documents.canonical import canonical
from attributes.documents.copying import copied
from attributes.documents.documents import Document, addresses
from attributes.versions.comparing import report
from attributes.versions.references import Referred

# More than anybody reads before saying yes; the rest is counted.
MOST_VALUES = 300


@dataclass(frozen=True)
class Preview:
    """Parts as in `comparing.report`. `left_out` values are not shown; `same`: nothing would change at all."""

    parts: list[dict[str, Any]]
    added: int
    removed: int
    changed: int
    left_out: int
    same: bool


def preview_of(old: Document, new: Document) -> Preview:
    """Compare what there is with what a file would make of it. What comes or goes as a whole is only named."""
    old, new = copied(old), copied(new)  # looking through a document may add empty lists to it
    found = report(_side(old), _side(new))["parts"]
    before, after = ({str(where) for where in addresses(one)} for one in (old, new))
    counts = {"added": 0, "removed": 0, "changed": 0}
    room, left_out = MOST_VALUES, 0
    for part in found:
        where = part["where"]
        part["what"] = "added" if where not in before else "removed" if where not in after else "changed"
        counts[part["what"]] += 1
        part["text"] = _text(part) if part["what"] != "changed" else ""
        fields = part["fields"] if part["what"] == "changed" else []
        part["fields"] = fields[: max(room, 0)]
        room -= len(fields)
        left_out += len(fields) - len(part["fields"])
    return Preview(found, **counts, left_out=left_out, same=canonical(old) == canonical(new))


def _side(document: Document) -> Referred:
    return Referred("", str(document.get("slug", "")), "", document)


def _text(part: dict[str, Any]) -> str:
    """The words by which a part is known, from whichever side has it."""
    for field in part["fields"]:
        if field["path"] in (["title"], ["verbatim"], ["short"]):
            return str(field["new"] or field["old"])
    return ""
