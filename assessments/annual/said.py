"""What groups say now, and where they said something else then; from public documents."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from assessments.documents.annual import AnnualDocument
from assessments.documents.over_time import GroupThenNow
from assessments.documents.panel import PanelAttribute
from assessments.headlines import Name, Sentence, in_sentence, short_title
from assessments.headlines.unit_names import unit_name
from assessments.pictures import HeatCell, HeatRow, HeatTable
from assessments.pictures.heat import FEW, NOT_APPLICABLE, NOT_TOLD, WITHHELD


def groups_heat_over_time(document: AnnualDocument) -> HeatTable | None:
    """Return the letters of all groups together, and of each as far as they are public; None without a panel."""
    panel = document.panel
    if panel is None or panel.no_scores:
        return None
    attributes = document.result.attributes
    found = [panel.attribute(entry.code) for entry in attributes]
    then = {entry.attribute: entry.then_letter for entry in document.attributes_of_groups}
    together = tuple(
        _together(entry, then.get(attribute.code)) for entry, attribute in zip(found, attributes, strict=True)
    )
    rows = [HeatRow(_("All groups together"), together)]
    if any(letters.now for group in document.groups for letters in group.letters):
        told = {entry.code: entry.by_group for entry in found if entry is not None}
        rows += [
            _row(group, [(entry.code, told.get(entry.code, True)) for entry in attributes]) for group in document.groups
        ]
    return HeatTable(
        caption=_("What groups say of each attribute; where it was another letter last time, that stands beside it"),
        sentence=_hidden(rows),
        columns=tuple(short_title(entry) for entry in attributes),
        rows=tuple(rows),
        corner=_("Group"),
    )


def _hidden(rows: list[HeatRow]) -> str:
    """What a dash stands for, where figures by group are not told."""
    is_hidden = any(cell.state == NOT_TOLD for row in rows for cell in row.cells)
    return _("–: not public, because single answers could be worked out from it.") if is_hidden else ""


def _together(found: PanelAttribute | None, then: str | None) -> HeatCell:
    if found is None:
        return HeatCell("", state=NOT_APPLICABLE)
    if found.status in (WITHHELD, NOT_APPLICABLE):
        return HeatCell("", state=found.status)
    return HeatCell(found.letter or "", _was(found.letter, then))


def _row(group: GroupThenNow, attributes: list[tuple[str, bool]]) -> HeatRow:
    """The letters of one group; `attributes` says of each whether figures by group are public."""
    letters = {entry.attribute: entry for entry in group.letters}
    cells = []
    for code, is_told in attributes:
        entry = letters.get(code)
        if entry is None or not entry.now:
            cells.append(HeatCell("", state=FEW if is_told else NOT_TOLD))
        else:
            cells.append(HeatCell(entry.now, _was(entry.now, entry.then)))
    return HeatRow(unit_name(group), tuple(cells))


def _was(now: str | None, then: str | None) -> str:
    return _("was %(letter)s") % {"letter": then} if then and now and then != now else ""


def groups_over_time(document: AnnualDocument) -> Sentence:
    """Say whether what all groups together say has changed further than chance could change it."""
    if document.panel is None:
        return Sentence(_("Stakeholders were not asked."))
    if document.before is None:
        return Sentence(_("Stakeholders were asked for the first time."))
    if document.asked_then is None:
        return Sentence(_("Stakeholders were not asked last time."))
    if not document.attributes_of_groups:
        return Sentence(_("The two rounds asked different things, so that what groups say is not compared."))
    changes = {entry.attribute: entry.change for entry in document.attributes_of_groups}
    better, lower = _names(document, changes, "better"), _names(document, changes, "lower")
    if better and lower:
        words = _("All groups together see more of %(better)s than last time, and less of %(lower)s.")
        return Sentence(words, better=better, lower=lower)
    if better:
        return Sentence(_("All groups together see more of %(better)s than last time."), better=better)
    if lower:
        return Sentence(_("All groups together see less of %(lower)s than last time."), lower=lower)
    same = _names(document, changes, "cannot_tell")
    if same and set(changes.values()) == {"cannot_tell"}:
        return Sentence(_("On no attribute has what groups say changed further than chance could change it."))
    if same:
        words = _(
            "What groups say of %(same)s has not changed further than chance could change it; the rest is not compared."
        )
        return Sentence(words, same=same)
    return Sentence(_("Whether what groups say has changed cannot be told from what is public."))


def _names(document: AnnualDocument, changes: Mapping[str, str], change: str) -> Name | None:
    names = [in_sentence(entry).plain for entry in document.result.attributes if changes.get(entry.code) == change]
    return Name.of_page(", ".join(names)) if names else None
