"""What a version must not do to those before it: codes name the same thing for ever. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attributes.documents.differences import KINDS
from attributes.documents.documents import MODELS as _MODELS
from attributes.documents.documents import Address, Document, Problem, nodes, tidy
from attributes.documents.versioning import ChangeReason, assess


def version_key(version: str) -> tuple[int, ...]:
    """For sorting: 1.10.0 after 1.9.0."""
    return tuple(int(number) for number in version.split(".") if number.isdecimal())


def problems_with_history(
    document: Document,
    earlier: Iterable[Document],
    *,
    base: Document | None = None,
    declared: Mapping[str, str] | None = None,
    born: Collection[str] = (),
) -> list[Problem]:
    """What keeps `document` (with its version and revisions set) from becoming the next of these versions.

    `base` is the version it was made from, by default the highest below it. `declared`: what an editor says of
    changed wording, by address. `born`: codes that need not have existed before (`with_revisions`).
    """
    versions = sorted(earlier, key=lambda known: version_key(known["version"]))
    problems = [*_taken(document, versions)]
    below = [known for known in versions if version_key(known["version"]) < version_key(document["version"])]
    base = base or (below[-1] if below else None)
    problems += _come_back(document, below, base)
    problems += _same_revision(document, versions, declared or {})
    problems += _replaced(document, below, born)
    return list(dict.fromkeys(problems))


def _taken(document: Document, versions: Sequence[Document]) -> Iterator[Problem]:
    version = document["version"]
    if any(known["version"] == version for known in versions):
        reason = f"{version} was published already. Start a draft from the newest version and make these changes there."
        yield Problem(Address("set"), ("version",), reason)


def _come_back(document: Document, below: Sequence[Document], base: Document | None) -> Iterator[Problem]:
    """Codes that an earlier version had, that `base` no longer has, and that stand for something else now."""
    for kind in KINDS:
        now = {str(row.get("code", "")) for row in nodes(base, kind)} if base else set()
        earlier = [(known, {row["code"]: row for row in nodes(known, kind)}) for known in reversed(below)]
        for row in nodes(document, kind):
            code = str(row.get("code", ""))
            if code in now:
                continue
            for known, rows in earlier:
                before = rows.get(code)
                if before is not None and _content(kind, before) != _content(kind, row):
                    reason = (
                        f"The code {code} stood for something else in version {known['version']}. "
                        "Codes are never used again: choose another one."
                    )
                    yield Problem(Address(kind, code), ("code",), reason)
                    break


def _content(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    left_out = {"questions", "items", "revision", "replaces", "position"}
    return tidy(_MODELS[kind], {name: value for name, value in row.items() if name not in left_out})


def _same_revision(document: Document, versions: Sequence[Document], declared: Mapping[str, str]) -> Iterator[Problem]:
    """Items that ask something else than other versions do under the same code and revision.

    One version that asks the same is enough: what is spelling from each version to the next may add up.
    """
    namesakes: dict[tuple[str, int], list[tuple[Document, dict[str, Any]]]] = {}
    for known in reversed(versions):
        for item in nodes(known, "item"):
            namesakes.setdefault((item["code"], item.get("revision", 1)), []).append((known, item))
    for item in nodes(document, "item"):
        code, revision = item["code"], item.get("revision", 1)
        others = namesakes.get((code, revision), [])
        if others and not any(_asks_the_same(known, other, document, item, declared) for known, other in others):
            reason = (
                f"{code} asks something else than in version {others[0][0]['version']} under the same revision "
                f"({revision}). Raise its revision, or say that only the spelling changed."
            )
            yield Problem(Address("item", code), ("revision",), reason)


def _asks_the_same(
    known: Document, other: dict[str, Any], document: Document, item: dict[str, Any], declared: Mapping[str, str]
) -> bool:
    if other == item:
        return True
    # Within one minor version the author says by the number that only the spelling differs.
    is_patch = version_key(known["version"])[:2] == version_key(document["version"])[:2]
    changes = assess(_alone(known, other), _alone(document, item), declared).changes
    return not any(
        change.raises_revision and not (is_patch and change.reason is ChangeReason.WORDING) for change in changes
    )


def _alone(document: Document, item: dict[str, Any]) -> Document:
    return {
        "languages": document.get("languages", []),
        "attributes": [{"code": "-", "questions": [{"code": "-", "items": [item]}]}],
    }


def _replaced(document: Document, below: Sequence[Document], born: Collection[str]) -> Iterator[Problem]:
    known = {str(item["code"]) for version in below for item in nodes(version, "item")}
    for item in nodes(document, "item"):
        for index, code in enumerate(item.get("replaces", [])):
            if code not in known and code not in born:
                reason = f"No earlier version has an item {code}: there is nothing to take the place of."
                yield Problem(Address("item", item["code"]), ("replaces", index), reason)
