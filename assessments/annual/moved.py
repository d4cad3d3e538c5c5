"""What moved since last time in rows and sentences, by the rule over time: attributes, and the items of promises."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.comparing import words
from assessments.documents.actions import ActionPart
from assessments.documents.annual import AnnualDocument, RoundBefore
from assessments.documents.comparison_parts import MovedItem, RoundAttribute
from assessments.documents.result import AttributeResult
from assessments.headlines import Name, Sentence, short_title
from assessments.headlines.levels import SEEN_AS
from assessments.over_time import words as over_time_words
from assessments.pictures import ProfileRow

WHY = {**words.EXCLUDED, **over_time_words.NOT_COMPARED, "little_in_common": words.WHY["little_in_common"]}
CHANGES = frozenset({"better", "lower"})


@dataclass(frozen=True)
class AttributeSinceLine:
    """An attribute then and now, in points on matched items; `row` is None where it is not compared.

    `is_change`: the rule says more than that rating again could give it.
    """

    name: str
    row: ProfileRow | None
    then: str
    now: str
    words: str
    is_change: bool


def moved_lines(document: AnnualDocument) -> list[AttributeSinceLine]:
    """Return a line for each attribute; none where nothing is compared."""
    before = document.before
    if before is None or not before.compared:
        return []
    return [_line(entry, before.attribute(entry.code)) for entry in document.result.attributes]


def _line(attribute: AttributeResult, found: RoundAttribute | None) -> AttributeSinceLine:
    name = short_title(attribute)
    if found is None or found.before is None or found.after is None or found.verdict is None:
        why = WHY.get(found.why or "", "") if found else ""
        said = _("Not compared: %(why)s") % {"why": why} if why else _("Not compared")
        return AttributeSinceLine(name, None, "", "", said, is_change=False)
    then, now = found.before.whole, found.after.whole
    title = _("%(name)s: %(then)s then, %(now)s now, of 100 points.") % {"name": name, "then": then, "now": now}
    row = ProfileRow(
        title=title,
        status="shown",
        score=found.after.number,
        claimed=None,
        low=None,
        high=None,
        last=found.before.number,
    )
    said = capfirst(str(over_time_words.VERDICTS[found.verdict])) if found.moved else _("The same")
    return AttributeSinceLine(name, row, then, now, said, is_change=found.verdict in CHANGES)


def noise(before: RoundBefore) -> Sentence | None:
    """Say how many items moved, and about how many another rating would move; None where it is not known."""
    compared = [entry for entry in before.compared if entry.expected_moves is not None]
    items = sum(entry.items for entry in compared)
    if not items:
        return None
    moved = sum(len(entry.moved) for entry in compared)
    said = ngettext(
        "%(moved)s of %(items)s items moved; rating again without any change would move about %(expected)s.",
        "%(moved)s of %(items)s items moved; rating again without any change would move about %(expected)s.",
        moved,
    )
    expected = sum(entry.expected_moves or 0 for entry in compared)
    return Sentence(said, moved=moved, items=items, expected=expected)


def unpromised(document: AnnualDocument) -> list[Sentence]:
    """Return what moved of which nothing was promised, as far as readers may know what was."""
    before = document.before
    if before is None:
        return []
    return [item_moved(item) for item in before.moved if item.item not in document.promised.items]


def item_moved(item: MovedItem) -> Sentence:
    """Say from where to where an item moved; where its level is the same, how it moved."""
    name = Name.of_text(item.short)
    before, after = item.counted_before, item.counted_after
    if before != after and before in SEEN_AS and after in SEEN_AS:
        levels = {"before": Name.of_page(SEEN_AS[before]), "after": Name.of_page(SEEN_AS[after])}
        return Sentence(_("%(item)s: %(before)s to %(after)s"), item=name, **levels)
    return Sentence(_("%(item)s: %(how)s"), item=name, how=Name.of_page(over_time_words.MOVED[item.how]))


def moved_of_promise(document: AnnualDocument, action: ActionPart) -> str:
    """Say what became of the item that a promise was on. That it moved does not say why."""
    before = document.before
    if not action.item:
        return _("It is on no single item")
    attribute = next((entry for entry in document.result.attributes if _has(entry, action.item)), None)
    found = before.attribute(attribute.code) if before and attribute else None
    if found is None or found.verdict is None or any(entry.code == action.item for entry in found.unmatched):
        return _("Not compared")
    item = next((entry for entry in found.moved if entry.item == action.item), None)
    if item is not None:
        return item_moved(item)
    return _("Not yet") if action.state == "open" else _("It has not moved")


def _has(attribute: AttributeResult, code: str) -> bool:
    return any(item.code == code for question in attribute.questions for item in question.items)
