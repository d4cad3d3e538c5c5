"""Rounds over time as pages and papers show them: names for codes, words for what moved, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from assessments.comparing.matched import UnmatchedGroup, grouped
from assessments.documents.comparison import AttributeHead
from assessments.documents.comparison_parts import MovedItem, RoundAttribute, RoundsPair
from assessments.documents.over_time import (
    ActionsBetween,
    ActionSince,
    AttributeThenNow,
    ItemNote,
    OverTimeDocument,
    WavesPair,
)
from assessments.documents.panel_asked import PanelGroup
from assessments.documents.values import Text
from assessments.headlines import short_title
from assessments.headlines.asked import forms_then_and_now
from assessments.over_time import sentences, words
from assessments.pictures import HeatCell, HeatRow, HeatTable
from assessments.pictures.heat import NOT_TOLD


@dataclass(frozen=True)
class MovedLine:
    """An item that moved, how, its letters from one round to the other, and what stands behind it (None: nothing)."""

    item: MovedItem
    how: str
    claimed: str
    counted: str
    note: ItemNote | None


@dataclass(frozen=True)
class RoundLine:
    """One attribute in two rounds: the verdict, the points by what they come from, and what moved."""

    head: AttributeHead
    name: str
    figures: RoundAttribute
    verdict: str
    parts: list[tuple[str, str]]
    only_claimed: list[str]
    noise: str
    moved: list[MovedLine]
    unmatched: list[UnmatchedGroup]


@dataclass(frozen=True)
class RoundsTable:
    """Two rounds of one process, each by what it is called. `number` tells tables of a page apart."""

    number: int
    earlier: str
    later: str
    lines: list[RoundLine]

    @property
    def has_notes(self) -> bool:
        """Whether anything stands behind the items: of rounds that follow each other."""
        return any(moved.note is not None for line in self.lines for moved in line.moved)

    @property
    def has_reasons(self) -> bool:
        """Whether anybody said why any item moved."""
        return any(moved.note is not None and moved.note.reason for line in self.lines for moved in line.moved)

    @property
    def moved(self) -> list[tuple[str, MovedLine]]:
        """All items that moved, each with the name of its attribute."""
        return [(line.name, moved) for line in self.lines for moved in line.moved]


@dataclass(frozen=True)
class ActionsTable:
    """What was promised on a round, by what became of it; `unplanned`: items that count more without an action.

    `seen_on`: the ISO day on which the later round was submitted.
    """

    earlier: str
    later: str
    actions: list[ActionSince]
    sums: list[tuple[str, list[ActionSince]]]
    unplanned: list[Text]
    seen_on: str | None

    @property
    def rows(self) -> list[tuple[ActionSince, str]]:
        """Each action, and how it stands."""
        return [(entry, sentences.promise_standing(entry.action, self.seen_on)) for entry in self.actions]


@dataclass(frozen=True)
class GroupsLine:
    """One attribute as all groups together see it, then and now."""

    name: str
    figures: AttributeThenNow
    verdict: str


@dataclass(frozen=True)
class WaveAsked:
    """Who was asked in the wave of a round."""

    name: str
    groups: list[PanelGroup]


@dataclass(frozen=True)
class GroupsTable:
    """What groups said in two waves, and who was asked. `heat` is None where no letters of groups are public.

    `forms` says which form of the questionnaire was asked, where one of both was the short one.
    """

    number: int
    earlier: str
    later: str
    lines: list[GroupsLine]
    heat: HeatTable | None
    asked: list[tuple[WaveAsked, str]]
    changed: list[str]
    forms: list[str]


def round_names(document: OverTimeDocument) -> dict[str, str]:
    """What rounds are called within a sentence, by code."""
    return {entry.code: sentences.within(entry) for entry in document.rounds}


def step_tables(document: OverTimeDocument) -> list[RoundsTable]:
    """Each round with the one before, newest first."""
    return [_table(document, pair, number) for number, pair in enumerate(reversed(document.steps), start=1)]


def first_tables(document: OverTimeDocument) -> list[RoundsTable]:
    """Each round from the third on with the first, newest first."""
    start = len(document.steps) + 1
    return [_table(document, pair, number) for number, pair in enumerate(reversed(document.since_first), start=start)]


def _table(document: OverTimeDocument, pair: RoundsPair, number: int) -> RoundsTable:
    heads, names = {head.code: head for head in document.attributes}, round_names(document)
    notes = {note.item: note for note in document.notes if (note.earlier, note.later) == (pair.earlier, pair.later)}
    lines = [_line(heads[entry.attribute], entry, notes) for entry in pair.attributes]
    return RoundsTable(number, names[pair.earlier], names[pair.later], lines)


def _line(head: AttributeHead, entry: RoundAttribute, notes: Mapping[str, ItemNote]) -> RoundLine:
    return RoundLine(
        head=head,
        name=short_title(head),
        figures=entry,
        verdict=sentences.round_verdict(entry),
        # What only claims more or less makes no points.
        parts=[
            (str(words.MOVED[part.how]), sentences.signed(part.points.exact))
            for part in entry.parts
            if part.points.value
        ],
        only_claimed=sentences.only_claimed(entry),
        noise=sentences.round_noise(entry),
        moved=[_moved(item, notes.get(item.item)) for item in entry.moved],
        unmatched=grouped(entry.unmatched),
    )


def _moved(item: MovedItem, note: ItemNote | None) -> MovedLine:
    return MovedLine(
        item=item,
        how=str(words.MOVED[item.how]),
        claimed=change(item.claimed_before, item.claimed_after),
        counted=change(item.counted_before, item.counted_after),
        note=note,
    )


def change(before: str | None, after: str | None) -> str:
    """Letters from one round to the other: one where it stayed."""
    return f"{before or '–'} → {after or '–'}" if before != after else before or "–"


def actions_tables(document: OverTimeDocument) -> list[ActionsTable]:
    """What became of what was promised on each round but the newest, newest first; nothing where nothing was."""
    return [_actions(document, entry) for entry in reversed(document.actions) if entry.actions or entry.unplanned]


def _actions(document: OverTimeDocument, entry: ActionsBetween) -> ActionsTable:
    names = round_names(document)
    step = next(step for step in document.steps if (step.earlier, step.later) == (entry.earlier, entry.later))
    shorts = {moved.item: moved.short for found in step.attributes for moved in found.moved}

    def of(state: str, *since: str) -> list[ActionSince]:
        return [each for each in entry.actions if each.action.state == state and (not since or each.since in since)]

    sums = [
        (gettext("Done, and the item counts more"), of("done", "counts_more")),
        (gettext("Done, and the item does not count more (yet)"), of("done", "not_more")),
        (gettext("Done; what became of the item cannot be compared"), of("done", "not_compared")),
        (gettext("Open"), of("open")),
        (gettext("Dropped"), of("dropped")),
    ]
    return ActionsTable(
        earlier=names[entry.earlier],
        later=names[entry.later],
        actions=list(entry.actions),
        sums=[(name, found) for name, found in sums if found],
        unplanned=[shorts[code] for code in entry.unplanned if code in shorts],
        seen_on=next((found.submitted_on for found in document.rounds if found.code == entry.later), None),
    )


def groups_tables(document: OverTimeDocument) -> list[GroupsTable]:
    """What groups said in each two waves, newest first."""
    return [_groups(document, pair, number) for number, pair in enumerate(reversed(document.groups), start=1)]


def _groups(document: OverTimeDocument, pair: WavesPair, number: int) -> GroupsTable:
    heads, names = {head.code: head for head in document.attributes}, round_names(document)
    waves = {wave.code: wave for wave in document.waves}
    lines = [
        GroupsLine(short_title(heads[entry.attribute]), entry, sentences.groups_verdict(entry))
        for entry in pair.attributes
        if entry.attribute in heads
    ]
    return GroupsTable(
        number=number,
        earlier=names[pair.earlier],
        later=names[pair.later],
        lines=lines,
        heat=_heat(pair, heads, names),
        asked=[
            (WaveAsked(names[code], waves[code].groups), sentences.who_answered(waves[code]))
            for code in (pair.earlier, pair.later)
        ],
        changed=sentences.groups_changed(pair, heads),
        forms=forms_then_and_now(
            waves[pair.earlier].short_form, waves[pair.later].short_form, names[pair.earlier], names[pair.later]
        ),
    )


def _heat(pair: WavesPair, heads: Mapping[str, AttributeHead], names: Mapping[str, str]) -> HeatTable | None:
    """Letters of each group now, with those of the earlier wave before them."""
    if not any(letters.then or letters.now for group in pair.groups for letters in group.letters):
        return None
    columns = [head for code, head in heads.items() if any(entry.attribute == code for entry in pair.attributes)]
    rows = []
    for group in pair.groups:
        by_code = {letters.attribute: letters for letters in group.letters}
        cells = [by_code[head.code] for head in columns]
        rows.append(
            HeatRow(
                group.called or gettext("Small groups together"),
                tuple(_told(cell.then, cell.now) for cell in cells),
                note="" if group.asked == "both" else str(words.ASKED[group.asked]),
            )
        )
    values = {"earlier": names[pair.earlier], "later": names[pair.later]}
    return HeatTable(
        caption=gettext("Each group, %(earlier)s and %(later)s") % values,
        sentence=gettext("Letters of %(later)s; beside them those of %(earlier)s where they were others.") % values,
        columns=tuple(short_title(head) for head in columns),
        rows=tuple(rows),
        corner=gettext("Group"),
    )


def _told(then: str | None, now: str | None) -> HeatCell:
    """The letter now; where it is missing it was not among what is public."""
    return HeatCell(now or "", note=_then(then, now), state="" if now else NOT_TOLD)


def _then(then: str | None, now: str | None) -> str:
    return gettext("was %(letter)s") % {"letter": then} if then and then != now else ""


def standing_rows(document: OverTimeDocument) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The twin of the picture: each attribute, with the letter, whole points and status of every round."""
    rows = []
    for head in document.attributes:
        cells = [entry.standing(head.code) for entry in document.rounds]
        letters = [(cell.letter or "") if cell else "" for cell in cells]
        points = [cell.score.whole if cell and cell.score else "" for cell in cells]
        why_none = [sentences.no_figure(cell) for cell in cells]
        rows.append((short_title(head), list(zip(letters, points, why_none, strict=True))))
    return rows
