"""The groups on one axis."""

from itertools import combinations
from xml.etree import ElementTree

from assessments.pictures import group_marks, shapes


def circles(markup: str) -> list[dict[str, str]]:
    return [e.attrib for e in ElementTree.fromstring(markup).iter() if e.tag.endswith("circle")]


def test_circles_stand_at_their_points_and_never_on_each_other() -> None:
    found = circles(group_marks([(50, False), (50, False), (80, True), (52, False)], 55, title="x"))
    assert len(found) == 4
    for one, other in combinations(found, 2):
        apart = max(abs(float(one[key]) - float(other[key])) for key in ("cx", "cy"))
        assert apart >= 2 * float(one["r"])


def test_groups_at_an_end_are_filled() -> None:
    fills = [circle["fill"] for circle in circles(group_marks([(10, True), (50, False)], None, title="x"))]
    assert fills == [shapes.BROWN, shapes.PAPER]


def test_right_to_left_is_mirrored() -> None:
    [left], [right] = (circles(group_marks([(20, True)], None, title="x", rtl=rtl)) for rtl in (False, True))
    assert float(left["cx"]) + float(right["cx"]) == 190


def test_without_groups_there_are_bands_alone() -> None:
    assert not circles(group_marks([], None, title="x"))


def test_no_digit_is_drawn() -> None:
    assert "<text" not in group_marks([(20, True), (30, False)], 25, title="x")
