"""Which group of one wave is which of another, from what is public of both. Pure: documents in, keys out."""

from assessments.documents.panel import PanelDocument
from assessments.documents.panel_asked import PanelGroup, PanelUnit

# By what a group is the same in two waves: its name, or the names of the members of a pool.
UnitKey = tuple[bool, frozenset[str]]
Units = dict[UnitKey, PanelUnit]


def units_of_both(earlier: PanelDocument, later: PanelDocument) -> tuple[Units, Units]:
    """Return the groups that count in each of two waves, by what makes them the same in the other.

    That is the name in the first language of both. Where they have not the same first language it is a name in any
    language, as long as no language says otherwise and it can mean one group only.
    """
    then = {group.code: group.name for group in earlier.groups}
    if _first_language(earlier) == _first_language(later):
        now = {group.code: group.name for group in later.groups}
    else:
        known = _known_again(earlier, later)
        # Nobody's name has a line break: of a group that is in one wave only.
        now = {group.code: then.get(known.get(group.code, ""), f"{group.name}\n") for group in later.groups}
    return _units(earlier, then), _units(later, now)


def _units(document: PanelDocument, names: dict[str, str]) -> Units:
    return {
        (unit.is_pool, frozenset(names.get(code, code) for code in unit.members) or frozenset({unit.name})): unit
        for unit in document.units
    }


def _first_language(document: PanelDocument) -> str:
    return document.wave.languages[0] if document.wave.languages else ""


def _known_again(earlier: PanelDocument, later: PanelDocument) -> dict[str, str]:
    """The code in the earlier wave of each group of the later one that can be no other."""
    pairs = [
        (now.code, then.code)
        for now in later.groups
        for then in earlier.groups
        if _has_one_name(_names(earlier, then), _names(later, now))
    ]
    return {
        now: then
        for now, then in pairs
        if sum(now == other for other, _then in pairs) == 1 and sum(then == other for _now, other in pairs) == 1
    }


def _names(document: PanelDocument, group: PanelGroup) -> dict[str, str]:
    return {_first_language(document): group.name, **group.names}


def _has_one_name(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether two groups are called the same in every language that both have a name in; or, without one, at all."""
    if common := one.keys() & other.keys():
        return all(one[language] == other[language] for language in common)
    return bool(set(one.values()) & set(other.values()))
