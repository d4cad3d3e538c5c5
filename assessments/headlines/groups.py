"""What stakeholder groups say, in sentences; of a public document without what groups said of an item."""

from collections import Counter

from django.utils.translation import gettext, ngettext

from assessments.documents.both_tracks import ComparedTracks, DividedLine
from assessments.documents.panel_items import ItemCells
from assessments.headlines.levels import seen_as
from assessments.headlines.second import by_weight
from assessments.headlines.sentence import Name, Sentence
from assessments.headlines.unit_names import unit_slot


def groups_headline(joint: ComparedTracks) -> Sentence:
    """Say on how much groups are divided, and where one group told to the reader is at the low end of most of it."""
    compared = sum(item.verdict is not None for item in joint.panel.items)
    if not compared:
        return Sentence(gettext("Too few groups answered to say where they differ."))
    if not joint.divided:
        return _undivided(joint, compared)
    return Sentence.together(_how_much(len(joint.divided), compared), *_mostly_lowest(joint))


def divided_sentences(joint: ComparedTracks) -> list[Sentence]:
    """One sentence for each item on which groups are divided, critical ones first."""
    return [divided_sentence(line, joint) for line in by_weight(joint.divided)]


def divided_sentence(line: DividedLine, joint: ComparedTracks) -> Sentence:
    """Say who sees an item highest and who lowest, and as what; in public only that groups are divided on it."""
    name = Name.of_text(line.short)
    found = joint.panel.item(line.item)
    cells = found.cells if found else None
    if cells is None or not line.highest or not line.lowest:
        return Sentence(gettext("%(item)s: groups are divided."), item=name)
    ends = {"item": name, "highest": unit_slot(joint, line.highest), "lowest": unit_slot(joint, line.lowest)}
    levels = {"most": _level(cells, line.highest[0]), "least": _level(cells, line.lowest[0])}
    # A level apart and yet in one band: its name would tell nothing.
    if levels["most"] == levels["least"]:
        return Sentence(gettext("%(item)s: %(highest)s see most of it, %(lowest)s least."), **ends)
    words = gettext("%(item)s: %(highest)s see most of it (%(most)s), %(lowest)s least (%(least)s).")
    return Sentence(words, **ends, **levels)


def _level(cells: ItemCells, unit: str) -> Name:
    return seen_as(next(cell.mean.value for cell in cells.groups if cell.unit == unit))


def _undivided(joint: ComparedTracks, compared: int) -> Sentence:
    unsure = sum(item.verdict == "may_be_divided" for item in joint.panel.items)
    if unsure:
        words = ngettext(
            "Groups are surely divided on none of %(n)s question; on %(unsure)s too few answered to tell.",
            "Groups are surely divided on none of %(n)s questions; on %(unsure)s too few answered to tell.",
            compared,
        )
        return Sentence(words, n=compared, unsure=unsure)
    words = ngettext(
        "Groups are divided on none of the %(n)s question that could be compared.",
        "Groups are divided on none of the %(n)s questions that could be compared.",
        compared,
    )
    return Sentence(words, n=compared)


def _how_much(divided: int, compared: int) -> Sentence:
    words = ngettext(
        "Groups are divided on %(divided)s of %(n)s question that could be compared.",
        "Groups are divided on %(divided)s of %(n)s questions that could be compared.",
        compared,
    )
    return Sentence(words, divided=divided, n=compared)


def _mostly_lowest(joint: ComparedTracks) -> list[Sentence]:
    """That one group sees least of more than half of the divided items; nothing in public, where ends are not told."""
    lowest = Counter(line.lowest[0] for line in joint.divided if len(line.lowest) == 1)
    unit, count = next(iter(lowest.most_common(1)), ("", 0))
    if count < 2 or 2 * count <= len(joint.divided):
        return []
    group = unit_slot(joint, [unit])
    if count == len(joint.divided):
        return [Sentence(gettext("%(group)s see least on all of them."), group=group)]
    return [Sentence(gettext("%(group)s see least on %(n)s of them."), group=group, n=count)]
