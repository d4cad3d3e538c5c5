"""The groups on one axis: how far apart they are. Who is who stands in the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.pictures import shapes

WIDTH = 190
RADIUS = 4
LANE = 10
TOP = 14  # of the lane of all groups together


@dataclass(frozen=True)
class Dots:
    """The groups on one axis: (points, whether at an end), the score of all, and the sentence that says it."""

    points: list[tuple[float, bool]]
    score: float | None
    sentence: str


def group_marks(
    groups: Sequence[tuple[float, bool]], score: float | None = None, *, title: str, rtl: bool = False
) -> SafeString:
    """Return the groups as circles, each (points, whether at an end): filled at the highest and the lowest.

    A line reaches from one end to the other, a diamond on it is all groups together. Circles that would touch stand one
    below the other, so that the picture is as high as its widest crowd.
    """
    axis = shapes.Axis(width=WIDTH, rtl=rtl)
    lanes: list[float] = []
    circles = []
    for points, at_end in sorted(groups, key=lambda group: axis.at(group[0])):
        x = axis.at(points)
        lane = next((n for n, taken in enumerate(lanes) if x - taken >= 2 * RADIUS + 1), len(lanes))
        lanes[lane : lane + 1] = [x]
        circles.append(_circle(x, TOP + LANE * lane + LANE / 2, filled=at_end))
    height = TOP + LANE * len(lanes) + 1
    parts = [shapes.bands(axis, height)]
    if groups:
        ends = [points for points, _at_end in groups]
        parts.append(shapes.spread(axis, min(ends), max(ends), TOP / 2, 3))
    if score is not None:
        parts.append(shapes.diamond(axis, score, TOP / 2, 4.5))
    return shapes.picture(title, WIDTH, height, [*parts, *circles], "picture-strip")


def _circle(x: float, y: float, *, filled: bool) -> str:
    name = "pic-groups" if filled else "pic-groups pic-groups-early"
    fill = shapes.BROWN if filled else shapes.PAPER
    return (
        f'<circle class="{name}" cx="{shapes.number(x)}" cy="{shapes.number(y)}" r="{RADIUS - 0.6}" '
        f'fill="{fill}" stroke="{shapes.BROWN}" stroke-width="1.2"/>'
    )
