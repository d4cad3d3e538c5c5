"""How the items of a version were answered, as a page shows it: a bar and its figures, and what to look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _

from assessments.answers.value import DONT_KNOW, NOT_APPLICABLE, UNANSWERED
from assessments.documents.values import share
from assessments.pictures import parts_bar
from assessments.results.sections import reserved_label
from assessments.usage.counts import ItemUse, LineUse
from attributes.catalogue.types import CatalogueItem, CatalogueSet, CatalogueState
from attributes.texts import TextMap

# From which share on a figure is worth a note.
MANY = Fraction(1, 4)
MOST = Fraction(1, 2)
NEARLY_ALL = Fraction(4, 5)
NOTES = {
    DONT_KNOW: _("often not known"),
    NOT_APPLICABLE: _("often not applicable"),
    UNANSWERED: _("often left open"),
    "no_evidence": _("mostly without evidence"),
    "one_level": _("nearly all at one level"),
}


@dataclass(frozen=True)
class LegendEntry:
    """A level and the sign it has in the bars."""

    letter: str
    label: TextMap
    sign: SafeString


@dataclass(frozen=True)
class StateCount:
    """How many gave a state to a line."""

    label: TextMap
    count: int


@dataclass(frozen=True)
class ChecklistLine:
    """A line of a checklist; `states` is empty where too few said any."""

    label: TextMap
    given: int
    states: list[StateCount]


@dataclass(frozen=True)
class UseLine:
    """One item. `levels` are letters with counts; `bar` draws them."""

    use: ItemUse
    attention: str
    notes: list[str]
    levels: list[tuple[str, int]]
    bar: SafeString
    lines: list[ChecklistLine]


def lines_of(uses: Iterable[ItemUse], catalogue: CatalogueSet) -> list[UseLine]:
    """Return what a page shows of the items."""
    letters = [level.letter for level in catalogue.scale]
    return [_line(use, letters) for use in uses]


def legend_of(catalogue: CatalogueSet) -> list[LegendEntry]:
    """Return which tone stands for which level."""
    levels = catalogue.scale
    return [
        LegendEntry(level.letter, level.label, parts_bar([0] * n + [1] + [0] * (len(levels) - n - 1), 1, width=24))
        for n, level in enumerate(levels)
    ]


def state_label(item: CatalogueItem, key: str) -> TextMap:
    """What a state of a line is called."""
    known: dict[str, CatalogueState] = {state.key: state for state in item.states}
    return known[key].label if key in known else reserved_label(key) or {"en": key}


def line_label(item: CatalogueItem, key: str) -> TextMap:
    """What a line of a checklist is called; the one unnamed line is the item itself."""
    return next((option.label for option in item.options if option.key == key), item.short)


def _line(use: ItemUse, letters: list[str]) -> UseLine:
    levels = list(zip(letters, use.levels, strict=True)) if use.levels is not None else []
    return UseLine(
        use=use,
        attention=share(use.attention).printed,
        notes=[str(NOTES[key]) for key in notes_of(use)],
        levels=levels,
        bar=parts_bar(use.levels, use.total, rtl=get_language_bidi()) if use.levels is not None else SafeString(""),
        lines=[_checklist_line(use.item, line) for line in use.lines],
    )


def _checklist_line(item: CatalogueItem, line: LineUse) -> ChecklistLine:
    order = [*(state.key for state in item.states), DONT_KNOW, NOT_APPLICABLE]
    counts = line.states or {}
    keys = sorted(counts, key=lambda key: order.index(key) if key in order else len(order))
    return ChecklistLine(
        line_label(item, line.key), line.given, [StateCount(state_label(item, key), counts[key]) for key in keys]
    )


def notes_of(use: ItemUse) -> list[str]:
    """Return the keys of what stands out about an item (see NOTES)."""
    shares = {DONT_KNOW: use.dont_know, NOT_APPLICABLE: use.not_applicable, UNANSWERED: use.unanswered}
    found = [key for key, n in shares.items() if n >= MANY * use.total]
    if use.without_evidence is not None and use.without_evidence >= MOST * use.answered:
        found.append("no_evidence")
    if use.levels is not None and max(use.levels) >= NEARLY_ALL * use.answered:
        found.append("one_level")
    return found
