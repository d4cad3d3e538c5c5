"""Charts as SVG markup: shapes and digits only, every word stands in HTML beside them.

One markup serves the web page and the PDF. Colours are presentation attributes, which the PDF takes and a
page's
style sheet may override by class; there are no style attributes, so that a strict content policy holds.
Letters of a script that joins or runs from right to left cannot be set inside SVG by the PDF engine,
hence no words.
"""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from assessments.scoring.method import ATTRIBUTE_BANDS, FULL_SCORE

# Upper edges of all bands of attributes but the last, on the axis of 0 to 100 points.
BAND_EDGES = tuple(float(edge) for _letter, edge in ATTRIBUTE_BANDS[:-1])
LETTERS = tuple(letter for letter, _edge in ATTRIBUTE_BANDS)
# Edges between two letters have a digit; those within P and L fall on half points.
AXIS_DIGITS = (0, *(int(edge) for edge in BAND_EDGES if edge.is_integer()), int(FULL_SCORE))

WIDTH = 224
HEIGHT = 18
AXIS_HEIGHT = 11
MARGIN = 12
SCALE = 2  # user units per point
FONT_SIZE = 10
# Circles with a number in them: below the track, and one below the other where they would touch.
DOT_RADIUS = 6
DOT_SPACE = 13
DOT_TOP = 22
DOT_FONT_SIZE = 8.5
DIGIT_WIDTH = 5.15  # of one digit at FONT_SIZE; text is placed by hand because text-anchor costs an object each

INK = "#12355b"
GREY = "#5f6b76"
RANGE = "#9fb4ca"
TRACK = "#dfe5eb"
TICK = "#8a97a4"
PAPER = "#ffffff"


def score_bar(
    low: float | None,
    high: float | None,
    score: float | None,
    claimed: float | None = None,
    status: str = "shown",
    *,
    title: str,
    rtl: bool = False,
) -> SafeString:
    """Return one row of a profile on an axis of 0 to 100 points.

    `low` to `high` is what the score could be once every unknown is known; `score` the supported score,
    drawn as
    a full dot; `claimed` a hollow ring. A provisional score is grey with an outlined range, a withheld
    one has a
    range only, a status of not_applicable neither. `title` is the sentence read out in place of the picture.
    """
    parts = [_track(rtl=rtl)]
    if status != "not_applicable" and low is not None and high is not None:
        parts.append(_range(low, high, firm=status == "shown", rtl=rtl))
    if status in {"shown", "provisional"}:
        if claimed is not None:
            parts.append(_circle(claimed, 5.75, "chart-claimed", PAPER, INK, rtl=rtl))
        if score is not None:
            firm = status == "shown"
            colour = INK if firm else GREY
            parts.append(_circle(score, 3.75, "chart-score" if firm else "chart-score-early", colour, colour, rtl=rtl))
    return _svg(title, HEIGHT, parts, rtl=rtl)


def experience_bar(
    low: float | None,
    high: float | None,
    score: float | None,
    sampling: tuple[float, float] | None = None,
    status: str = "shown",
    *,
    title: str,
    rtl: bool = False,
) -> SafeString:
    """Return one row of a profile on the experience track, on the axis of `score_bar`.

    The score is a diamond, so that it is told from the other track without colour; `sampling` (the sampling range) a
    bracket under it. The rest is as in `score_bar`.
    """
    parts = [_track(rtl=rtl)]
    if status != "not_applicable" and low is not None and high is not None:
        parts.append(_range(low, high, firm=status == "shown", rtl=rtl))
    if status in {"shown", "provisional"} and score is not None:
        if sampling is not None:
            parts.append(_bracket(*sampling, rtl=rtl))
        parts.append(_diamond(score, 9, INK if status == "shown" else GREY, rtl=rtl))
    return _svg(title, HEIGHT, parts, rtl=rtl)


def group_dots(
    dots: Sequence[tuple[int, float, bool]], score: float | None = None, *, title: str, rtl: bool = False
) -> SafeString:
    """Return the groups on one item: (number, points, whether at an end), each a circle with its number.

    A bar spans from the lowest to the highest, a diamond marks `score`. Circles that would touch go one below the
    other, so that the picture is as high as its widest crowd.
    """
    lanes: list[float] = []
    circles = []
    for number, value, at_end in sorted(dots, key=lambda dot: (_x(dot[1], rtl=rtl), dot[0])):
        x = _x(value, rtl=rtl)
        lane = next((n for n, taken in enumerate(lanes) if x - taken >= DOT_SPACE), len(lanes))
        lanes[lane : lane + 1] = [x]
        circles.append(_numbered(number, x, DOT_TOP + lane * DOT_SPACE, filled=at_end))
    parts = [_track(rtl=rtl)]
    if dots:
        values = [value for _number_of, value, _at_end in dots]
        parts.append(_range(min(values), max(values), firm=True, rtl=rtl))
    if score is not None:
        parts.append(_diamond(score, 9, INK, rtl=rtl))
    height = DOT_TOP + DOT_RADIUS + 1 + DOT_SPACE * max(len(lanes) - 1, 0) if dots else HEIGHT
    return _svg(title, height, [*parts, *circles], rtl=rtl)


def score_axis(*, title: str, rtl: bool = False) -> SafeString:
    """Return the digits of the ends and the edges of bands at their places on the axis of `score_bar`."""
    digits = format_html_join(
        "",
        '<text class="chart-digit" x="{}" y="8.5" font-size="{}" fill="{}">{}</text>',
        (
            (_number(_x(value, rtl=rtl) - DIGIT_WIDTH * len(str(value)) / 2), FONT_SIZE, GREY, value)
            for value in AXIS_DIGITS
        ),
    )
    return _svg(title, AXIS_HEIGHT, [digits], rtl=rtl)


def band_letters(*, title: str, rtl: bool = False) -> SafeString:
    """Return the letters of the bands over their middles, for the head of a column of bars."""
    middles = [(low + high) / 2 for low, high in pairwise((0, *BAND_EDGES, float(FULL_SCORE)))]
    letters = format_html_join(
        "",
        '<text class="chart-digit" x="{}" y="8.5" font-size="{}" fill="{}">{}</text>',
        (
            (_number(_x(middle, rtl=rtl) - DIGIT_WIDTH * len(letter) / 2), FONT_SIZE, GREY, letter)
            for middle, letter in zip(middles, LETTERS, strict=True)
        ),
    )
    return _svg(title, AXIS_HEIGHT, [letters], rtl=rtl)


def parts_bar(counts: Sequence[int], total: int, *, width: int = WIDTH, rtl: bool = False) -> SafeString:
    """Return a bar of `total` units with the parts `counts`, darker from part to part; what remains is outlined.

    It is hidden from those who do not see it: the figures stand beside it.
    """
    unit = (width - 1) / total if total else 0
    tones = max(len(counts) - 1, 1)
    parts, begin = [], 0.0
    for number, count in enumerate(counts):
        length = count * unit
        left = width - 0.5 - begin - length if rtl else begin + 0.5
        if count:
            # The lowest part is as light as a fill can be that still stands out from paper.
            opacity = _number(0.25 + 0.75 * number / tones)
            parts.append((_number(left), _number(length), INK, opacity))
        begin += length
    return format_html(
        '<svg class="parts" aria-hidden="true" viewBox="0 0 {} 12" width="{}" height="12">'
        '<rect x="0.5" y="0.5" width="{}" height="11" fill="none" stroke="{}"/>{}</svg>',
        width,
        width,
        width - 1,
        TICK,
        format_html_join("", '<rect x="{}" y="1" width="{}" height="10" fill="{}" fill-opacity="{}"/>', parts),
    )


# A comparison has fifty of these on a page. What is put in below are numbers and colours of our own, which need no
# escaping: it would take longer than all the rest.


def _svg(title: str, height: int, parts: Sequence[str], *, rtl: bool) -> SafeString:
    # The direction is set here because the page's own would turn the text's starting side.
    return SafeString(
        f'<svg class="chart" role="img" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'direction="ltr"><title>{conditional_escape(title)}</title>{"".join(parts)}</svg>'
    )


def _track(*, rtl: bool) -> str:
    ticks = "".join(
        f'<rect class="chart-tick" x="{_number(_x(edge, rtl=rtl) - 0.5)}" y="3" width="1" height="12" fill="{TICK}"/>'
        for edge in BAND_EDGES
    )
    return f'<rect class="chart-track" x="{MARGIN}" y="8.25" width="{SCALE * 100}" height="1.5" fill="{TRACK}"/>{ticks}'


def _range(low: float, high: float, *, firm: bool, rtl: bool) -> str:
    left = min(_x(low, rtl=rtl), _x(high, rtl=rtl))
    # A range of no width is still seen as a stroke behind the dot.
    width = max(abs(high - low) * SCALE, 1)
    if firm:
        return (
            f'<rect class="chart-range" x="{_number(left)}" y="5.5" width="{_number(width)}" height="7" '
            f'fill="{RANGE}"/>'
        )
    return (
        f'<rect class="chart-range-early" x="{_number(left)}" y="6" width="{_number(width)}" height="6" '
        f'fill="{PAPER}" stroke="{GREY}"/>'
    )


def _circle(value: float, radius: float, name: str, fill: str, stroke: str, *, rtl: bool) -> str:
    return (
        f'<circle class="{name}" cx="{_number(_x(value, rtl=rtl))}" cy="9" r="{radius}" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="1.3"/>'
    )


def _diamond(value: float, middle: float, colour: str, *, rtl: bool) -> SafeString:
    x = _x(value, rtl=rtl)
    return format_html(
        '<path class="chart-experience" d="M{} {}L{} {}L{} {}L{} {}Z" fill="{}"/>',
        *(_number(n) for n in (x, middle - 5, x + 5, middle, x, middle + 5, x - 5, middle)),
        colour,
    )


def _bracket(low: float, high: float, *, rtl: bool) -> SafeString:
    ends = sorted((_x(low, rtl=rtl), _x(high, rtl=rtl)))
    return format_html(
        '<path class="chart-composition" d="M{} 13V17H{}V13" fill="none" stroke="{}" stroke-width="1.2"/>',
        *map(_number, ends),
        INK,
    )


def _numbered(number: int, x: float, y: float, *, filled: bool) -> SafeString:
    width = DIGIT_WIDTH * DOT_FONT_SIZE / FONT_SIZE * len(str(number))
    return format_html(
        '<circle class="chart-group" cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="1"/>'
        '<text x="{}" y="{}" font-size="{}" fill="{}">{}</text>',
        _number(x),
        _number(y),
        _number(DOT_RADIUS),
        INK if filled else PAPER,
        INK,
        _number(x - width / 2),
        _number(y + DOT_FONT_SIZE * 0.36),
        DOT_FONT_SIZE,
        PAPER if filled else INK,
        number,
    )


def _x(value: float, *, rtl: bool) -> float:
    inside = min(max(value, 0.0), 100.0)
    return MARGIN + SCALE * ((100 - inside) if rtl else inside)


def _number(value: float) -> str:
    """A coordinate with at most two decimals and always a full stop, whatever the language's format."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
