"""What of an annual page stands on two sheets: texts are shortened and rows left out by rule, and the page says so.

What a line holds is counted in halves of the width of a wide letter, so that Latin and Chinese come to the same.
All lengths in millimetres; a test draws the longest page that there can be.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TypeVar

from assessments.annual.content import AnnualContent
from assessments.annual.promises import NextRow, PromiseRow
from assessments.pictures import HeatRow
from attributes.texts import LocalisedText

Row = TypeVar("Row")

SHEET = {"A4": 267, "Letter": 249}
SPARE = 14  # of each sheet, for what no rule foresees
NAMED = 60  # characters of the name of a group
LINE = 4.8  # of a table, a list or a paragraph
ROW = 2.6  # around the lines of a row
HEADING = 9.5
# Of a cell, and of what was decided: what there may be, the longest first.
CELL_LINES = (9, 6, 4)
# What a line of each column holds.
PROMISE, STATE, HAPPENED, MOVED = 25, 18, 27, 25
NEXT, OWNER, DAY, SIGN = 27, 17, 13, 27
LEFT, VERDICT = 17, 26
FULL_LINE = 96
HEADING_LINE, MESSAGE_LINE = 42, 56
ENDED = "…"
FEWEST = 2  # rows of promises on either sheet, whatever else stands on it
MOST_GROUPS, FEWEST_GROUPS = 8, 3
SURE = 7
FOREWORD, QUOTE = 400, 200
DECISION = (2000, 900, 480)


@dataclass(frozen=True)
class FittedPage:
    """The content that fits, and how many rows of each list the sheets do not show."""

    content: AnnualContent
    promised_more: int
    promises_more: int
    groups_more: int
    unpromised_more: int


def fitted(content: AnnualContent, paper: str) -> FittedPage:
    """Return as much of an annual page as its two sheets hold."""
    most = SHEET[paper] - SPARE
    first, promised = _first_sheet(content, most)
    shown, promises = _second_sheet(first, most)
    return FittedPage(
        content=replace(shown, promised=promised, promises=promises),
        promised_more=content.promised_more + len(content.promised) - len(promised),
        promises_more=content.promises_more + len(content.promises) - len(promises),
        groups_more=_rows(content) - _rows(shown),
        unpromised_more=len(content.unpromised) - len(first.unpromised),
    )


def _first_sheet(content: AnnualContent, most: float) -> tuple[AnnualContent, list[PromiseRow]]:
    """The page with the texts of its first sheet as long as there is room for, and the promises that stand there."""
    for cell in CELL_LINES:
        page = _shortened_first(content, cell)
        promised = _fitting(page.promised, most - _first_without_rows(page), _height_then)
        if len(promised) == len(page.promised):
            break
    return page, promised


def _second_sheet(content: AnnualContent, most: float) -> tuple[AnnualContent, list[NextRow]]:
    """The same of the second sheet. Groups give way to promises, of which a few stand there whatever else does."""
    for cell, decision in zip(CELL_LINES, DECISION, strict=True):
        page = _with_groups(_shortened_second(content, cell, decision), MOST_GROUPS)
        room = most - _second_without_rows(page)
        if sum(map(_height_next, page.promises)) <= room:
            return page, page.promises
    for groups in range(MOST_GROUPS, FEWEST_GROUPS - 1, -1):
        shown = _with_groups(page, groups)
        room = most - _second_without_rows(shown)
        if sum(map(_height_next, shown.promises[:FEWEST])) <= room:
            break
    return shown, _fitting(shown.promises, room, _height_next)


def _rows(content: AnnualContent) -> int:
    return len(content.groups.rows) if content.groups else 0


def _with_groups(content: AnnualContent, most: int) -> AnnualContent:
    """The page with no more groups than that, besides the row of all together."""
    if content.groups is None:
        return content
    return replace(content, groups=replace(content.groups, rows=content.groups.rows[: most + 1]))


def width(words: str) -> int:
    """How wide words are: wide letters count double."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)


def shortened(words: str, most: int) -> str:
    """The words as far as they are no wider than that, ended between two words and with a mark where they are cut."""
    if width(words) <= most:
        return words
    kept, wide = "", 1  # the mark
    for letter in words:
        wide += width(letter)
        if wide > most:
            break
        kept += letter
    between = kept.rfind(" ")
    cut = (kept[:between] if between > len(kept) // 2 else kept).rstrip() + ENDED
    return LocalisedText(cut, words.lang) if isinstance(words, LocalisedText) else cut


def lines(words: str, line: int) -> int:
    """About how many lines words take; one at least, where they stand."""
    return max(ceil(width(words) / line), 1)


def _shortened_first(content: AnnualContent, cell: int) -> AnnualContent:
    return replace(
        content,
        heading=shortened(content.heading, 3 * HEADING_LINE),
        foreword=shortened(" ".join(content.foreword.split()), FOREWORD),
        promised=[_cut_then(row, cell) for row in content.promised],
        unpromised=content.unpromised[:4],
    )


def _shortened_second(content: AnnualContent, cell: int, most: int) -> AnnualContent:
    groups, quoted, decided = content.groups, content.quoted, content.decided
    if groups is not None:
        groups = replace(groups, rows=tuple(_cut_head(row) for row in groups.rows))
    if quoted is not None:
        quoted = quoted.model_copy(
            update={
                "text": shortened(" ".join(quoted.text.split()), QUOTE),
                "group": shortened(quoted.group, NAMED),
                "group_names": {code: shortened(words, NAMED) for code, words in quoted.group_names.items()},
            }
        )
    if decided is not None:
        decision = shortened(" ".join(decided.decision.split()), most)
        rest = most - width(decision)
        comment = " ".join(decided.comment.split())
        said = shortened(comment, rest) if rest > FULL_LINE else ""
        decided = decided.model_copy(update={"decision": decision, "comment": said})
    return replace(
        content,
        groups=groups,
        quoted=quoted,
        themes_said=shortened(content.themes_said, 2 * FULL_LINE),
        decided=decided,
        decided_heading=shortened(content.decided_heading, FULL_LINE),
        promises=[_cut_next(row, cell - 1) for row in content.promises],
        sure=content.sure[:SURE],
    )


def _cut_head(row: HeatRow) -> HeatRow:
    return replace(row, head=shortened(row.head, 48))


def _cut_then(row: PromiseRow, most: int) -> PromiseRow:
    return replace(
        row,
        text=shortened(row.text, most * PROMISE),
        happened=shortened(" ".join(row.happened.split()), most * HAPPENED),
    )


def _cut_next(row: NextRow, most: int) -> NextRow:
    return replace(
        row,
        text=shortened(row.text, most * NEXT),
        owner=shortened(row.owner, most * OWNER),
        known_by=shortened(row.known_by, most * SIGN),
    )


def _height_then(row: PromiseRow) -> float:
    most = max(
        lines(row.text, PROMISE) + (not row.is_public),
        lines(row.state, STATE),
        lines(row.happened, HAPPENED),
        lines(row.moved, MOVED),
    )
    return most * LINE + ROW


def _height_next(row: NextRow) -> float:
    most = max(
        lines(row.text, NEXT) + row.carried + (not row.is_public) + bool(row.state),
        lines(row.owner, OWNER),
        lines(row.by, DAY),
        lines(row.known_by, SIGN),
    )
    return most * LINE + ROW


def _fitting(rows: Sequence[Row], room: float, height: Callable[[Row], float]) -> list[Row]:
    """The first rows that the room holds; a few stand there whatever else does."""
    kept: list[Row] = []
    taken = 0.0
    for row in rows:
        taken += height(row)
        if taken > room and len(kept) >= FEWEST:
            break
        kept.append(row)
    return kept


def _first_without_rows(content: AnnualContent) -> float:
    """What the first sheet takes besides its rows of promises."""
    message = f"{content.headline.promises} {content.headline.moved}"
    taken = 8.5 * lines(content.heading, HEADING_LINE) + 6 + 5 * lines(" · ".join(content.marks), FULL_LINE)
    taken += 6.9 * lines(message, MESSAGE_LINE) + 7
    taken += LINE * lines(content.foreword, FULL_LINE) + 2 if content.foreword else 0
    if content.profile:
        return taken + HEADING + 15 * len(content.profile.lines) + 30
    # Two headings, each with what stands over its table and at the head of it.
    taken += 22 + 24
    taken += sum(LINE * max(lines(line.name, LEFT), lines(line.words, VERDICT)) + 2.4 for line in content.moved)
    noise = lines(content.noise, FULL_LINE) if content.noise else 0
    said = " ".join([content.unpromised_lead, *content.unpromised])
    return taken + LINE * (noise + (lines(said, FULL_LINE) if content.unpromised else 0)) + 5


def _second_without_rows(content: AnnualContent) -> float:
    """What the second sheet takes besides its rows of promises."""
    taken = 3 * HEADING + LINE * lines(content.groups_said, FULL_LINE) + 3
    if content.groups:
        taken += 15 + (LINE if content.groups.sentence else 0)
        taken += sum(LINE * lines(row.head, 24) + 2.8 for row in content.groups.rows)
    if content.quoted:
        taken += LINE * lines(content.quoted.text + content.quoted.of_group, FULL_LINE - 12)
    if content.themes_said:
        taken += LINE * lines(content.themes_said, FULL_LINE) + 1.4
    taken += 13 + sum(LINE * lines(line, FULL_LINE) + 1.4 for line in content.sure)
    if content.decided:
        said = lines(content.decided.decision, FULL_LINE - 4) + lines(content.decided.comment, FULL_LINE - 4)
        return taken + 14 + LINE * (said + 0.5)
    return taken + HEADING + LINE
