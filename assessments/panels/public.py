"""Which figures by group may be public, also after a reopened wave has been closed again (method 3.8). Pure."""

from collections.abc import Mapping

from assessments.documents.panel import PanelDocument
from assessments.scoring import Experience, ItemExperience, Wave, public_attributes


def may_show_by_group(
    experience: Experience, wave: Wave, shown: Wave | None = None, last: PanelDocument | None = None
) -> dict[str, bool]:
    """Return, by attribute, whether a public document may have figures by group.

    `shown` and `last` are the wave and the document of the snapshot before. In one document they may be public where
    nobody can solve them for one group's answers to one item. In two, an attribute in which some answers are the same
    and others are not would give equations about the same unknowns; so it has to be either all as it was, or all new.
    """
    found = {attribute.code: attribute.by_group for attribute in public_attributes(experience)}
    if shown is None or last is None:
        return found
    for code in found:
        kept = _kept(code, experience, wave, shown, last)
        before = last.attribute(code)
        if kept and all(kept):
            found[code] = found[code] and before is not None and before.by_group
        elif any(kept):
            found[code] = False
    return found


def _kept(code: str, experience: Experience, wave: Wave, shown: Wave, last: PanelDocument) -> list[bool]:
    """For each confidential cell of an attribute, whether it is as it was in the snapshot before."""
    members = {unit.code: unit.members for unit in experience.units}
    return [
        _was_used(item, group.unit, last) and _same(item.code, members[group.unit], wave, shown)
        for item in experience.items
        if item.attribute == code
        for group in item.groups
        if not group.on_record
    ]


def _was_used(item: ItemExperience, unit: str, last: PanelDocument) -> bool:
    before = last.item(item.code)
    return before is not None and before.cells is not None and unit in {cell.unit for cell in before.cells.groups}


def _same(item: str, members: tuple[str, ...], wave: Wave, shown: Wave) -> bool:
    before = {group.code: group.answers for group in shown.groups}
    now = {group.code: group.answers for group in wave.groups}
    nothing: Mapping[object, int] = {}
    return all(now[code].get(item, nothing) == before[code].get(item, nothing) for code in members)
