"""Pictures as SVG files, with the words that stand in HTML around them on pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.pictures.bars import KnownBar, known_bar
from assessments.pictures.canvas import END, INK, LEADING, MIDDLE, SMALL, START, Canvas, file_of, text_width, wrapped
from assessments.pictures.heat import HeatCell, HeatTable, heat_class
from assessments.pictures.over_time import TimeLines
from assessments.pictures.profile import LetterAndNumber, Profile, ProfileLine, profile_bar
from assessments.pictures.scale import NO_LETTER, colours_of
from assessments.pictures.standalone_time import draw_time_lines
from assessments.pictures.words import BEGINS, PictureLabel, band_names, profile_labels
from assessments.pictures.words import MIDDLE as IN_MIDDLE

WIDTH = 760
BODY, NOTE, WORD, TITLE = 13, 11.5, 10.5, 18
NAME_WIDTH, PICTURE_AT, PICTURE_WIDTH = 180, 192, 380
SHOWN_AT, GROUPS_AT = 592, 680
UNIT = PICTURE_WIDTH / 300
FREE = 0.02  # of the width of a picture, at either end of its axis
CHIP_WIDTH, CHIP_HEIGHT = 32, 20
CELL = 6  # room in a cell
FIRST_COLUMN, LEAST_COLUMN = 200, 108


Drawable = Profile | HeatTable | KnownBar | TimeLines


@dataclass(frozen=True)
class Drawing:
    """A picture that can be a file: `name` stands in addresses, `source` says which result it shows."""

    name: str
    title: str
    sentence: str
    picture: Drawable
    source: str
    keys: tuple[str, ...] = ()


def svg_file(drawing: Drawing, language: str, *, rtl: bool = False) -> str:
    """Return a picture as a file: title, sentence, picture, and where it comes from."""
    canvas = Canvas(_width(drawing.picture), rtl)
    y = canvas.lines(wrapped(drawing.title, canvas.width, TITLE, bold=True), 0, 0, TITLE, bold=True, fill=INK)
    y = canvas.lines(wrapped(drawing.sentence, canvas.width, BODY), 0, y, BODY) + 8
    y = _draw(canvas, drawing.picture, y)
    y += 8
    for line in (*drawing.keys, drawing.source):
        y = canvas.lines(wrapped(line, canvas.width, NOTE), 0, y, NOTE, fill=SMALL)
    return file_of(canvas, y, f"{drawing.title}. {drawing.sentence}", language)


def _width(picture: Drawable) -> float:
    if isinstance(picture, HeatTable):
        return max(WIDTH, FIRST_COLUMN + LEAST_COLUMN * len(picture.columns))
    return WIDTH


def _draw(canvas: Canvas, picture: Drawable, y: float) -> float:
    if isinstance(picture, HeatTable):
        return _heat(canvas, picture, y)
    if isinstance(picture, KnownBar):
        return _known(canvas, picture, y)
    if isinstance(picture, TimeLines):
        return draw_time_lines(canvas, picture, y)
    return _profile(canvas, picture, y)


# --- A profile -----------------------------------------------------------------------------------------------


def _profile(canvas: Canvas, profile: Profile, y: float) -> float:
    y += BODY * LEADING
    canvas.text(profile.head or _("Attribute"), 0, y, BODY, bold=True, fill=SMALL)
    _labels(canvas, band_names(), y, bold=True)
    canvas.text(_("Shown"), SHOWN_AT, y, BODY, bold=True, fill=SMALL)
    if profile.has_groups:
        canvas.text(_("Groups"), GROUPS_AT, y, BODY, bold=True, fill=SMALL)
    y += 8
    for line in profile.lines:
        canvas.line(y)
        y = _profile_line(canvas, line, y + 6, labelled=line.row is profile.labelled) + 6
    canvas.line(y)
    return y


def _profile_line(canvas: Canvas, line: ProfileLine, y: float, *, labelled: bool) -> float:
    words = profile_labels(line.row) if labelled else None
    top = y + (words.lanes * WORD * LEADING if words else 0)
    height = max(line.row.has_evidence + line.row.has_groups, 1) * 21 * UNIT
    if words:
        _labels(canvas, words.above, top - 4)
    canvas.inner(profile_bar(line.row, rtl=canvas.rtl), PICTURE_AT, top, PICTURE_WIDTH, height)
    name = wrapped(line.name, NAME_WIDTH, BODY, bold=True)
    middle = top + height / 2
    canvas.lines(name, 0, middle - len(name) * BODY * LEADING / 2, BODY, bold=True)
    _chip(canvas, line.shown, SHOWN_AT, middle)
    if line.groups.letter or line.groups.words:
        _chip(canvas, line.groups, GROUPS_AT, middle)
    bottom = top + height
    if words and words.below:
        bottom += WORD * LEADING
        _labels(canvas, words.below, bottom - 2)
    return max(bottom, middle + len(name) * BODY * LEADING / 2)


def _labels(canvas: Canvas, labels: Sequence[PictureLabel], y: float, *, bold: bool = False) -> None:
    for label in labels:
        x = PICTURE_AT + PICTURE_WIDTH * (FREE + (1 - 2 * FREE) * label.at / 100)
        anchor = {BEGINS: START, IN_MIDDLE: MIDDLE}.get(label.anchor, END)
        canvas.text(label.text, x, y - label.lane * WORD * LEADING, WORD, anchor=anchor, bold=bold)


def _chip(canvas: Canvas, standing: LetterAndNumber, x: float, middle: float) -> None:
    if not standing.letter:
        canvas.lines(wrapped(standing.words or "–", 76, NOTE), x, middle - NOTE * LEADING / 2, NOTE, fill=SMALL)
        return
    back, fill = colours_of(heat_class(standing.letter))
    canvas.rect(x, middle - CHIP_HEIGHT / 2, CHIP_WIDTH, CHIP_HEIGHT, back, f' stroke="{INK}"')
    canvas.text(standing.letter, x + CHIP_WIDTH / 2, middle + BODY * 0.36, BODY, bold=True, anchor=MIDDLE, fill=fill)
    canvas.text(standing.whole, x + CHIP_WIDTH + 6, middle + BODY * 0.36, BODY)
    if standing.words:
        canvas.text(standing.words, x, middle + CHIP_HEIGHT / 2 + NOTE, NOTE, fill=SMALL)


# --- A heat table --------------------------------------------------------------------------------------------


def _heat(canvas: Canvas, table: HeatTable, y: float) -> float:
    wide = (canvas.width - FIRST_COLUMN) / max(len(table.columns), 1)
    heads = [wrapped(column, wide - 2 * CELL, NOTE, bold=True) for column in table.columns]
    bottom = y + max((len(head) for head in heads), default=1) * NOTE * LEADING
    canvas.lines([table.corner], 0, bottom - NOTE * LEADING, NOTE, bold=True, fill=SMALL)
    for n, head in enumerate(heads):
        x = FIRST_COLUMN + (n + 0.5) * wide
        canvas.lines(head, x, bottom - len(head) * NOTE * LEADING, NOTE, bold=True, anchor=MIDDLE, fill=SMALL)
    y = bottom + 4
    for row in table.rows:
        name = wrapped(row.head, FIRST_COLUMN - 2 * CELL, BODY)
        note = wrapped(row.note, FIRST_COLUMN - 2 * CELL, NOTE) if row.note else []
        height = max(len(name) * BODY * LEADING + len(note) * NOTE * LEADING, BODY * LEADING) + 2 * CELL
        cells = [_cell_lines(cell, wide - 2 * CELL) for cell in row.cells]
        height = max(height, *(len(lines) * BODY * LEADING + 2 * CELL for lines in cells))
        under = canvas.lines(name, 0, y + CELL, BODY)
        canvas.lines(note, 0, under, NOTE, fill=SMALL)
        for n, (cell, lines) in enumerate(zip(row.cells, cells, strict=True)):
            _heat_cell(canvas, cell, lines, (FIRST_COLUMN + n * wide, y, wide, height))
        y += height
    return y


def _cell_lines(cell: HeatCell, width: float) -> list[str]:
    words = "" if cell.sign else cell.words
    return wrapped(" ".join(filter(None, (cell.letter or cell.sign, words, cell.note))), width, BODY)


def _heat_cell(canvas: Canvas, cell: HeatCell, lines: list[str], box: tuple[float, float, float, float]) -> None:
    x, y, width, height = box
    back, fill = colours_of(cell.css)
    dashed = ' stroke="#6b7a8d" stroke-dasharray="3 2"' if (back, fill) == NO_LETTER else ""
    canvas.rect(x + 1, y + 1, width - 2, height - 2, back, dashed)
    top = y + height / 2 - len(lines) * BODY * LEADING / 2
    canvas.lines(lines, x + width / 2, top, BODY, bold=bool(cell.letter), anchor=MIDDLE, fill=fill)


# --- What is known -------------------------------------------------------------------------------------------


def _known(canvas: Canvas, bar: KnownBar, y: float) -> float:
    canvas.inner(known_bar(bar.shown, bar.claimed, bar.unknown, rtl=canvas.rtl), 0, y, WIDTH, 28)
    y += 28 + BODY * LEADING
    x = 0.0
    for name, words, count in bar.parts:
        back = {"known-shown": INK, "known-claimed": "#82aacf"}.get(name, "#ffffff")
        dashed = ' stroke-dasharray="2 2"' if back == "#ffffff" else ""
        canvas.rect(x, y - 11, 12, 12, back, f' stroke="{INK}"{dashed}')
        said = f"{count} {words}"
        canvas.text(said, x + 18, y, BODY)
        x += 18 + text_width(said, BODY) + 16
    return y + 6
