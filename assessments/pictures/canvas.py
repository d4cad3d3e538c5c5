"""A picture as a file of its own: with its words, a light background, and fonts to fall back on.

How wide a text is nobody knows before it is set: lines are broken by what characters take at most.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.html import conditional_escape

from assessments.pictures.shapes import number

FONTS = "Noto Sans, Noto Sans Arabic, Noto Sans SC, DejaVu Sans, Segoe UI, Arial, sans-serif"
INK, TEXT, SMALL = "#12355b", "#1a2433", "#44546a"
WIDE, NARROW = 1.0, 0.58  # of the size of a character: of scripts with square ones, and of others
BOLD = 1.08
LEADING = 1.35
START, MIDDLE, END = "start", "middle", "end"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """What a text takes at most."""
    units = sum(WIDE if unicodedata.east_asian_width(c) in "WF" else NARROW for c in text)
    return units * size * (BOLD if bold else 1)


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit a width; a word that does not is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if text_width(joined, size, bold=bold) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while text_width(word, size, bold=bold) > width and len(word) > 1:
            fits = max(1, int(len(word) * width / text_width(word, size, bold=bold)))
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    return [*lines, line] if line or not lines else lines


@dataclass
class Canvas:
    """What is drawn, in a width, from left to right; from right to left places are mirrored."""

    width: float
    rtl: bool = False
    parts: list[str] = field(default_factory=list)

    def x(self, start: float, length: float = 0) -> float:
        """The left end of what begins at a place and has a length."""
        return self.width - start - length if self.rtl else start

    def rect(self, x: float, y: float, width: float, height: float, fill: str, more: str = "") -> None:
        """Draw a box. `more` are attributes of our own."""
        self.parts.append(
            f'<rect x="{number(self.x(x, width))}" y="{number(y)}" width="{number(width)}" height="{number(height)}" '
            f'fill="{fill}"{more}/>'
        )

    def line(self, y: float) -> None:
        """Draw a thin line across."""
        self.rect(0, y, self.width, 0.75, "#b8c2cf")

    def text(
        self, text: str, x: float, y: float, size: float, *, bold: bool = False, anchor: str = START, fill: str = TEXT
    ) -> None:
        """Write a line whose letters stand on `y`. It begins, has its middle or ends at `x`."""
        weight = ' font-weight="700"' if bold else ""
        self.parts.append(
            f'<text x="{number(self.x(x))}" y="{number(y)}" font-size="{number(size)}" text-anchor="{anchor}" '
            f'fill="{fill}"{weight}>{conditional_escape(text)}</text>'
        )

    def lines(
        self, lines: Sequence[str], x: float, y: float, size: float, *, bold: bool = False, anchor: str = START,
        fill: str = TEXT,
    ) -> float:  # fmt: skip
        """Write lines below `y`, and return where they end."""
        for line in lines:
            y += size * LEADING
            self.text(line, x, y - size * 0.3, size, bold=bold, anchor=anchor, fill=fill)
        return y

    def inner(self, picture: str, x: float, y: float, width: float, height: float) -> None:
        """Put a picture of this room at a place. It is drawn in the right direction already."""
        place = f'x="{number(self.x(x, width))}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        self.parts.append(picture.replace('width="100%"', place, 1))


def file_of(canvas: Canvas, height: float, title: str, language: str) -> str:
    """Return the whole file: the canvas on white paper, with room around it."""
    room = 24
    width, tall = canvas.width + 2 * room, height + 2 * room
    direction = "rtl" if canvas.rtl else "ltr"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{language}" viewBox="0 0 {number(width)} '
        f'{number(tall)}" width="{number(width)}" height="{number(tall)}" font-family="{FONTS}" '
        f'direction="{direction}"><title>{conditional_escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/><g transform="translate({room} {room})">'
        f"{''.join(canvas.parts)}</g></svg>\n"
    )
