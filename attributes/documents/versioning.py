"""Which version a changed document becomes, and why (docs/question-sets.md). Pure.

patch: spelling, languages added, translations. minor: wording, anchors, items and everything else. major: the
scale, credits, and what changes the weights of an attribute. Items whose question or answers change get a new
revision, so that answers to different wordings are not compared.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from attributes.documents.copying import copied
from attributes.documents.differences import DocumentDifference, FieldChange, Structure, StructureChange, difference
from attributes.documents.documents import NEW_VERSION, Address, Document, nodes
from attributes.documents.values import ORDER, Path
from attributes.documents.words import is_spelling

SPELLING, WORDING = "spelling", "wording"


class Level(IntEnum):
    """How much a change asks of those who compare results."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


class ChangeReason(StrEnum):
    """What kind of change it is. Words for each: `attributes.versions.words`."""

    SPELLING = "spelling"
    WORDING = "wording"
    TRANSLATION = "translation"
    LANGUAGE_ADDED = "language_added"
    LANGUAGE_REMOVED = "language_removed"
    LANGUAGE_ORDER = "language_order"
    ANSWERS = "answers"
    KIND = "kind"
    FLAG = "flag"
    ADVICE = "advice"
    ORDER = "order"
    OTHER = "other"
    SCALE = "scale"
    CREDIT = "credit"
    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"
    REPLACED = "replaced"
    MOVED = "moved"
    MOVED_AWAY = "moved_away"
    REORDERED = "reordered"


@dataclass(frozen=True)
class VersionChange:
    """One change with its level. `source` is what differs; `declared` says that an editor called it spelling."""

    level: Level
    reason: ChangeReason
    where: Address
    source: StructureChange | FieldChange
    raises_revision: bool = False
    declared: bool = False


@dataclass(frozen=True)
class Verdict:
    """All changes between two documents, the largest level among them, and the items that get a new revision."""

    changes: tuple[VersionChange, ...]
    difference: DocumentDifference

    @property
    def level(self) -> Level:
        """NONE where nothing differs."""
        return max((change.level for change in self.changes), default=Level.NONE)

    @property
    def raised(self) -> frozenset[str]:
        """Codes of the items whose revision goes up."""
        return frozenset(change.where.code for change in self.changes if change.raises_revision)

    @property
    def to_declare(self) -> dict[Address, str]:
        """Parts with changed wording, and what the words alone tell: "spelling" or "wording"."""
        found: dict[Address, str] = {}
        for change in self.changes:
            if change.reason in (ChangeReason.SPELLING, ChangeReason.WORDING) and isinstance(
                change.source, FieldChange
            ):
                small = is_spelling(str(change.source.old), str(change.source.new))
                if found.get(change.where) != WORDING:
                    found[change.where] = SPELLING if small else WORDING
        return found


# Fields of an item that say what is asked and what can be answered.
_ASKED = frozenset(
    {
        "text",
        "note",
        "short",
        "participant_text",
        "not_for",
        "reading",
        "anchors",
        "options",
        "states",
        "kind",
        "na_allowed",
        "na_condition",
        "audience",
        "scored",
        "other_allowed",
    }
)
_FLAGS = frozenset(
    {
        "critical",
        "na_allowed",
        "audience",
        "scored",
        "stakeholder_primary",
        "quick_check",
        "short_form",
        "other_allowed",
        "experimental",
        "not_for",
        "reading",
        "derived_from",
    }
)
_ANSWERS = frozenset({"anchors", "options", "states"})
_ADVICE = frozenset(
    {"shows", "examples", "evidence_prompts", "evidence_sentence", "show_it", "blind_spot", "recommendations"}
)


def assess(base: Document, new: Document, declared: Mapping[str, str] | None = None) -> Verdict:
    """Every change from `base` to `new`. `declared`: address to "spelling" or "wording", for changed wording."""
    found = difference(base, new)
    source = _source_language(base)
    changes = [_of_structure(change, found) for change in found.structure if not change.implied]
    apart = {change.where for change in found.structure if change.what in (Structure.ADDED, Structure.REMOVED)}
    for change in found.fields:
        if change.where in apart:
            continue
        if change.path == ("languages",):
            changes += _of_languages(change)
        else:
            changes.append(_of_field(change, source, declared or {}))
    return Verdict(tuple(changes), found)


def _source_language(document: Document) -> str:
    languages = document.get("languages") or ["en"]
    return str(languages[0])


def _of_structure(change: StructureChange, found: DocumentDifference) -> VersionChange:
    where = change.where
    reason = ChangeReason(change.what.value)
    level = Level.MINOR
    if change.what in (Structure.ADDED, Structure.REMOVED):
        # A question more or less changes the weight of everything else in its attribute.
        level = Level.MINOR if where.kind == "item" else Level.MAJOR
    elif change.what is Structure.MOVED:
        kind = "question" if where.kind == "item" else "attribute"
        attributes = {found.attribute_of.get(Address(kind, code), code) for code in (*change.before, *change.after)}
        if where.kind == "question" or len(attributes) > 1:
            level, reason = Level.MAJOR, ChangeReason.MOVED_AWAY
    elif change.what in (Structure.SPLIT, Structure.MERGED, Structure.REPLACED) and _changes_attribute(change, found):
        level, reason = Level.MAJOR, ChangeReason.MOVED_AWAY
    return VersionChange(level, reason, where, change)


def _changes_attribute(change: StructureChange, found: DocumentDifference) -> bool:
    codes = {change.where.code, *change.before}
    return len({found.attribute_of.get(Address("item", code)) for code in codes}) > 1


def _of_languages(change: FieldChange) -> Iterable[VersionChange]:
    before, after = list(change.old or ()), list(change.new or ())
    if set(after) - set(before):
        yield VersionChange(Level.PATCH, ChangeReason.LANGUAGE_ADDED, change.where, change)
    if set(before) - set(after):
        yield VersionChange(Level.MINOR, ChangeReason.LANGUAGE_REMOVED, change.where, change)
    if before[:1] != after[:1]:
        yield VersionChange(Level.MINOR, ChangeReason.LANGUAGE_ORDER, change.where, change)
    elif [one for one in before if one in after] != [one for one in after if one in before]:
        yield VersionChange(Level.PATCH, ChangeReason.ORDER, change.where, change)


def _of_field(change: FieldChange, source: str, declared: Mapping[str, str]) -> VersionChange:
    where, path = change.where, change.path
    if change.language and change.language != source:
        return VersionChange(Level.PATCH, ChangeReason.TRANSLATION, where, change)
    asked = where.kind == "item" and path[0] in _ASKED
    if change.language and change.old is not None and change.new is not None:
        return _of_wording(change, asked, declared.get(str(where)))
    if where.kind == "scale":
        return VersionChange(Level.MAJOR, ChangeReason.SCALE, where, change)
    if path[-1] == "credit" and path[0] == "states" and change.old is not None and change.new is not None:
        return VersionChange(Level.MAJOR, ChangeReason.CREDIT, where, change, raises_revision=True)
    if path[-1] == ORDER and len(path) == 2:
        return VersionChange(Level.MINOR, ChangeReason.ORDER, where, change)
    return VersionChange(Level.MINOR, _reason(path), where, change, raises_revision=asked)


def _of_wording(change: FieldChange, asked: bool, said: str | None) -> VersionChange:
    small = is_spelling(str(change.old), str(change.new))
    is_wording = said == WORDING or (said != SPELLING and not small)
    if not is_wording:
        declared = said == SPELLING and not small
        return VersionChange(Level.PATCH, ChangeReason.SPELLING, change.where, change, declared=declared)
    if change.where.kind == "scale":
        return VersionChange(Level.MAJOR, ChangeReason.SCALE, change.where, change)
    return VersionChange(
        Level.MINOR,
        ChangeReason.WORDING,
        change.where,
        change,
        raises_revision=asked,
        declared=said == WORDING and small,
    )


def _reason(path: Path) -> ChangeReason:
    groups = (
        (_ANSWERS, ChangeReason.ANSWERS),
        (_FLAGS, ChangeReason.FLAG),
        (_ADVICE, ChangeReason.ADVICE),
        ({"kind"}, ChangeReason.KIND),
    )
    return next((reason for names, reason in groups if path[0] in names), ChangeReason.OTHER)


def next_version(base_version: str, level: Level) -> str:
    """The version after `base_version`; itself for NONE. Without a base ("") the first one."""
    if not base_version:
        return NEW_VERSION
    major, minor, patch = (int(number) for number in base_version.split("."))
    if level is Level.MAJOR:
        return f"{major + 1}.0.0"
    if level is Level.MINOR:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}" if level is Level.PATCH else base_version


def with_revisions(
    document: Document,
    base: Document | None,
    *,
    declared: Mapping[str, str] | None = None,
    earlier: Iterable[Document] = (),
    born: Collection[str] = (),
) -> Document:
    """A copy with the version it becomes and the revision of every item.

    An item keeps the revision it has in `base`; where one is due, it gets the next that no version in `earlier` has
    given. `born`: codes given in this draft; what was split or merged before it was ever published is not named in
    `replaces`.
    """
    new = copied(document)
    verdict = None if base is None else assess(base, document, declared)
    level = Level.NONE if verdict is None else verdict.level
    new["version"] = next_version("" if base is None else str(base["version"]), level)
    given: dict[str, int] = {}
    for known in [*earlier, *([base] if base else [])]:
        for item in nodes(known, "item"):
            given[item["code"]] = max(given.get(item["code"], 0), int(item.get("revision", 1)))
    kept = {item["code"]: int(item.get("revision", 1)) for item in nodes(base, "item")} if base else {}
    raised = verdict.raised if verdict else frozenset()
    for item in nodes(new, "item"):
        code = item.get("code", "")
        revision = given[code] + 1 if code in raised else kept.get(code, given.get(code, 1))
        item.pop("revision", None)
        if revision > 1:
            item["revision"] = revision
        if "replaces" in item:
            item["replaces"] = [one for one in item["replaces"] if one in given or one not in born]
            if not item["replaces"]:
                del item["replaces"]
    return new
