"""Rounds of one process as small pictures, one of each attribute: rounds from left to right, points from below."""

from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString

from assessments.pictures import shapes
from assessments.pictures.shapes import BAND_FILLS, EDGES, INK, LINE, PAPER, number

WIDTH, HEIGHT = 300, 120
MARGIN = 6
RADIUS = 4.5


@dataclass(frozen=True)
class TimeRound:
    """One round under the picture: what it is called, and letter and whole number of its own result, or words.

    `is_few`: there is room for words.
    """

    label: str
    letter: str
    whole: str
    words: str = ""
    is_few: bool = True

    @property
    def briefly(self) -> str:
        """The words, or a dash for them."""
        return self.words if self.is_few else "–"


@dataclass(frozen=True)
class TimePiece:
    """What joins a round to the next: its place among the rounds, and points before and after on matched items.

    `is_broken`: they answered other versions of the questions.
    """

    start: int
    before: float
    after: float
    is_broken: bool


@dataclass(frozen=True)
class TimePanel:
    """One attribute. `sentence` is read out in place of the picture; `alone` are places and points of rounds that are
    compared with none."""

    name: str
    sentence: str
    rounds: tuple[TimeRound, ...]
    pieces: tuple[TimePiece, ...]
    alone: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class TimeLines:
    """All attributes, for `assessments/pictures/_over_time.html`. `sentence` says what is shown."""

    sentence: str
    panels: tuple[TimePanel, ...]
    keys: tuple[str, ...] = ()


def time_panel(panel: TimePanel, *, rtl: bool = False) -> SafeString:
    """Return the picture of one attribute. Places are the middles of columns of the same width."""
    count = len(panel.rounds)

    def x(place: int) -> float:
        middle = WIDTH * (place + 0.5) / count
        return WIDTH - middle if rtl else middle

    parts = [_bands()]
    for piece in panel.pieces:
        parts.append(_line((x(piece.start), y_of(piece.before)), (x(piece.start + 1), y_of(piece.after)), piece))
    for piece in panel.pieces:
        parts += [_dot(x(piece.start), y_of(piece.before)), _dot(x(piece.start + 1), y_of(piece.after))]
    parts += [_ring(x(place), y_of(points)) for place, points in panel.alone]
    return shapes.picture(panel.sentence, WIDTH, HEIGHT, parts, "picture-time")


def y_of(points: float) -> float:
    """The height of a number of points; 100 is on top."""
    inside = min(max(points, 0.0), 100.0)
    return MARGIN + (HEIGHT - 2 * MARGIN) * (100 - inside) / 100


def _bands() -> str:
    found = []
    for index, (low, high) in enumerate(pairwise(EDGES)):
        top = y_of(high)
        found.append(
            f'<rect class="pic-band pic-band-{index + 1}" x="0.5" y="{number(top)}" width="{WIDTH - 1}" '
            f'height="{number(y_of(low) - top)}" fill="{BAND_FILLS[index]}" stroke="{LINE}" stroke-width="0.5"/>'
        )
    return "".join(found)


def _line(start: tuple[float, float], end: tuple[float, float], piece: TimePiece) -> str:
    dashed = ' stroke-dasharray="4 3"' if piece.is_broken else ""
    return (
        f'<line class="pic-time" x1="{number(start[0])}" y1="{number(start[1])}" x2="{number(end[0])}" '
        f'y2="{number(end[1])}" stroke="{INK}" stroke-width="2"{dashed}/>'
    )


def _dot(x: float, y: float) -> str:
    return f'<circle class="pic-shown" cx="{number(x)}" cy="{number(y)}" r="{RADIUS}" fill="{INK}"/>'


def _ring(x: float, y: float) -> str:
    return (
        f'<circle class="pic-claimed" cx="{number(x)}" cy="{number(y)}" r="{RADIUS}" fill="{PAPER}" '
        f'stroke="{INK}" stroke-width="1.5"/>'
    )
