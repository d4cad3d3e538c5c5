"""A table as rows of texts and numbers. Numbers are those that are printed: a file tells no more than a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.documents.values import Figure
from assessments.pictures.heat import HeatTable

Cell = str | int | Decimal | None


@dataclass(frozen=True)
class PlainTable:
    """A table: `name` stands in names of files, `title` over it. A cell of None is empty."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"A row of the table {self.name} does not have a cell for every column.")


def figure_cell(figure: Figure | None) -> Decimal | None:
    """A figure as it is printed."""
    return None if figure is None else Decimal(figure.printed)


def points_cell(figure: Figure | None) -> int | None:
    """The value of an item, 0 to 1, as a whole number of points of 100."""
    return None if figure is None else int(figure.whole_points)


def percent_cell(figure: Figure | None) -> int | None:
    """A share of one as a whole number of per cent."""
    return None if figure is None else int(figure.percent.removesuffix(" %"))


def yes_no(truth: bool) -> str:
    """A truth in words."""
    return _("yes") if truth else _("no")


def heat_rows(name: str, table: HeatTable) -> PlainTable:
    """A heat table as plain rows: of each column the letter, or the word in its place, and what stands beside it."""
    noted = [any(row.cells[n].note for row in table.rows) for n in range(len(table.columns))]
    columns = [table.corner or _("Name")]
    if remarked := any(row.note for row in table.rows):
        columns.append(_("Remark"))
    for heading, has_note in zip(table.columns, noted, strict=True):
        columns.append(heading)
        if has_note:
            columns.append(_("%(column)s: points") % {"column": heading})
    rows = []
    for row in table.rows:
        cells: list[Cell] = [row.head, *([row.note] if remarked else [])]
        for cell, has_note in zip(row.cells, noted, strict=True):
            cells.append(_joined((cell.letter, cell.words)))
            if has_note:
                cells.append(int(cell.note) if cell.note.isdecimal() else cell.note or None)
        rows.append(tuple(cells))
    return PlainTable(name, table.caption, tuple(columns), tuple(rows))


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(filter(None, parts))
