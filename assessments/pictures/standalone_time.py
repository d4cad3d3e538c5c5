"""Rounds over time as a picture by itself: small pictures in two columns, with the words that stand around them."""

from assessments.pictures.canvas import LEADING, MIDDLE, SMALL, Canvas
from assessments.pictures.heat import heat_class
from assessments.pictures.over_time import HEIGHT, TimeLines, TimePanel, TimeRound, time_panel
from assessments.pictures.over_time import WIDTH as PANEL_WIDTH
from assessments.pictures.scale import colours_of
from assessments.pictures.shapes import INK

COLUMNS, GAP = 2, 40
BODY, NOTE = 13, 11.5
CHIP_WIDTH, CHIP_HEIGHT = 28, 18


def draw_time_lines(canvas: Canvas, picture: TimeLines, y: float) -> float:
    """Draw all attributes below a height; return where they end."""
    width = (canvas.width - GAP * (COLUMNS - 1)) / COLUMNS
    height = HEIGHT * width / PANEL_WIDTH
    tall = BODY * LEADING + 6 + height + NOTE * LEADING + 2 * CHIP_HEIGHT + 16
    for number, panel in enumerate(picture.panels):
        x, top = (number % COLUMNS) * (width + GAP), y + (number // COLUMNS) * tall
        _panel(canvas, panel, (x, top, width, height))
    return y + -(-len(picture.panels) // COLUMNS) * tall


def _panel(canvas: Canvas, panel: TimePanel, box: tuple[float, float, float, float]) -> None:
    x, y, width, height = box
    bottom = canvas.lines([panel.name], x, y, BODY, bold=True) + 4
    canvas.inner(time_panel(panel, rtl=canvas.rtl), x, bottom, width, height)
    bottom += height + NOTE * LEADING
    step = width / len(panel.rounds)
    for place, entry in enumerate(panel.rounds):
        middle = x + (place + 0.5) * step
        canvas.text(entry.label, middle, bottom, NOTE, anchor=MIDDLE, fill=SMALL)
        _standing(canvas, entry, middle, bottom + 6)


def _standing(canvas: Canvas, entry: TimeRound, middle: float, top: float) -> None:
    if not entry.letter:
        canvas.text(entry.briefly or "–", middle, top + NOTE, NOTE, anchor=MIDDLE, fill=SMALL)
        return
    back, fill = colours_of(heat_class(entry.letter))
    canvas.rect(middle - CHIP_WIDTH / 2, top, CHIP_WIDTH, CHIP_HEIGHT, back, f' stroke="{INK}"')
    canvas.text(entry.letter, middle, top + CHIP_HEIGHT - 5, NOTE, bold=True, anchor=MIDDLE, fill=fill)
    canvas.text(entry.whole, middle, top + 2 * CHIP_HEIGHT - 3, NOTE, anchor=MIDDLE)
