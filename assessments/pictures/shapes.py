"""The axis of 0 to 100 points and the shapes that stand on it.

What is put in below are numbers and colours of our own, which need no escaping: it would take longer than all the
rest, and a comparison has a hundred of these on a page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from assessments.scoring.method import BANDS, FULL_SCORE

INK = "#12355b"
BROWN = "#8a4b00"
GREY = "#44546a"
LIGHT = "#82aacf"
LINE = "#9aa8b8"
PAPER = "#ffffff"
BAND_FILLS = ("#ffffff", "#eef1f5", "#e0e6ed", "#d2dbe5")
# Where the bands of letters begin and end; the halves within P and L are in the letters, not in the picture.
EDGES = (0.0, *(float(edge) for _letter, edge in BANDS[:-1]), float(FULL_SCORE))
BAND_LETTERS = tuple(letter for letter, _edge in BANDS)

# The axis ends within the picture, so that a dot on an end is seen whole.
MARGIN = 6


@dataclass(frozen=True, kw_only=True)
class Axis:
    """From points to places in a picture of a width; from right to left it is mirrored."""

    width: int
    rtl: bool = False

    def at(self, points: float) -> float:
        """The place of a number of points; what lies outside stands at the end."""
        inside = min(max(points, 0.0), 100.0)
        return MARGIN + (self.width - 2 * MARGIN) * (100 - inside if self.rtl else inside) / 100

    def between(self, low: float, high: float) -> tuple[float, float]:
        """The left place and the length of what lies between; never so short that nobody sees it."""
        ends = sorted((self.at(low), self.at(high)))
        return ends[0], max(ends[1] - ends[0], 1.0)


def picture(
    title: str, width: int, height: float, parts: Iterable[str], name: str, *, stretched: bool = False
) -> SafeString:
    """Return a picture with its sentence, as wide as its place; a `stretched` one has a height of its own there."""
    ratio = ' preserveAspectRatio="none"' if stretched else ""
    return SafeString(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture {name}" role="img" '
        f'viewBox="0 0 {width} {number(height)}" width="100%"{ratio}>'
        f"<title>{conditional_escape(title)}</title>{''.join(parts)}</svg>"
    )


@lru_cache(64)  # the same in every picture of a size
def bands(axis: Axis, height: float) -> str:
    """The four bands, darker from band to band, with thin lines between."""
    found = []
    for index, (low, high) in enumerate(pairwise(EDGES)):
        left, length = axis.between(low, high)
        found.append(
            f'<rect class="pic-band pic-band-{index + 1}" x="{number(left)}" y="0.5" width="{number(length)}" '
            f'height="{number(height - 1)}" fill="{BAND_FILLS[index]}" stroke="{LINE}" stroke-width="0.5"/>'
        )
    return "".join(found)


def could_lie(axis: Axis, low: float, high: float, middle: float, thick: float) -> str:
    """A light bar with an outline: where the value could lie."""
    left, length = axis.between(low, high)
    return (
        f'<rect class="pic-range" x="{number(left)}" y="{number(middle - thick / 2)}" width="{number(length)}" '
        f'height="{number(thick)}" fill="{LIGHT}" stroke="{INK}" stroke-width="0.7"/>'
    )


def withheld(axis: Axis, low: float, high: float, middle: float, thick: float) -> str:
    """A dashed empty box: nothing is shown, and this is where it could lie."""
    left, length = axis.between(low, high)
    return (
        f'<rect class="pic-withheld" x="{number(left)}" y="{number(middle - thick / 2)}" width="{number(length)}" '
        f'height="{number(thick)}" fill="{PAPER}" stroke="{GREY}" stroke-width="1" stroke-dasharray="3 2"/>'
    )


def last_round(axis: Axis, points: float, middle: float, length: float) -> str:
    """A dashed upright line: where it stood in the last round."""
    x, half = number(axis.at(points)), length / 2
    return (
        f'<line class="pic-last" x1="{x}" y1="{number(middle - half)}" x2="{x}" y2="{number(middle + half)}" '
        f'stroke="{GREY}" stroke-width="1.4" stroke-dasharray="2 1.5"/>'
    )


def ring(axis: Axis, points: float, middle: float, radius: float) -> str:
    """An open ring: what is claimed."""
    return (
        f'<circle class="pic-claimed" cx="{number(axis.at(points))}" cy="{number(middle)}" r="{number(radius)}" '
        f'fill="{PAPER}" stroke="{INK}" stroke-width="1.5"/>'
    )


def dot(axis: Axis, points: float, middle: float, radius: float, *, early: bool) -> str:
    """A full dot: what is shown. An early sign has a light middle, so that it is told without colour."""
    x, y = number(axis.at(points)), number(middle)
    full = f'<circle class="pic-shown" cx="{x}" cy="{y}" r="{number(radius)}" fill="{INK}"/>'
    if not early:
        return full
    return f'{full}<circle class="pic-early" cx="{x}" cy="{y}" r="{number(radius * 0.4)}" fill="{PAPER}"/>'


def diamond(axis: Axis, points: float, middle: float, half: float, *, early: bool = False) -> str:
    """A brown diamond: what groups say; open where that is an early sign."""
    x = axis.at(points)
    corners = ((x, middle - half), (x + half, middle), (x, middle + half), (x - half, middle))
    path = "L".join(f"{number(a)} {number(b)}" for a, b in corners)
    fill = PAPER if early else BROWN
    name = "pic-groups pic-groups-early" if early else "pic-groups"
    return f'<path class="{name}" d="M{path}Z" fill="{fill}" stroke="{BROWN}" stroke-width="1.2"/>'


def spread(axis: Axis, low: float, high: float, middle: float, half: float) -> str:
    """A line with strokes at its ends: the range of what groups say."""
    left, length = axis.between(low, high)
    a, b, y = number(left), number(left + length), number(middle)
    top, bottom = number(middle - half), number(middle + half)
    return (
        f'<path class="pic-spread" d="M{a} {top}V{bottom}M{a} {y}H{b}M{b} {top}V{bottom}" fill="none" '
        f'stroke="{BROWN}" stroke-width="1.5"/>'
    )


def number(value: float) -> str:
    """A coordinate with at most two decimals and always a full stop, whatever the language's format."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
