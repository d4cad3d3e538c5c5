import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from assessments import charts


def parsed(markup: str) -> Element:
    return ElementTree.fromstring(markup)


SVG_PARTS = {"svg", "title", "rect", "circle", "text", "path"}


def parts(markup: str, name: str) -> list[dict[str, str]]:
    """The attributes of all elements with this class."""
    return [e.attrib for e in parsed(markup).iter() if e.get("class") == name]


def test_score_bar_of_shown_attribute_draws_range_score_and_claim_at_their_points() -> None:
    markup = charts.score_bar(50, 75, 60, 70, "shown", title="Performance")
    (bar,) = parts(markup, "chart-range")
    (dot,) = parts(markup, "chart-score")
    (ring,) = parts(markup, "chart-claimed")
    assert (bar["x"], bar["width"]) == ("112", "50")
    assert dot["cx"] == "132"
    assert ring["cx"] == "152"


def test_score_bar_right_to_left_is_mirrored() -> None:
    markup = charts.score_bar(50, 75, 60, None, "shown", title="x", rtl=True)
    (bar,) = parts(markup, "chart-range")
    (dot,) = parts(markup, "chart-score")
    assert (bar["x"], bar["width"]) == ("62", "50")
    assert dot["cx"] == "92"
    assert sorted(float(tick["x"]) for tick in parts(markup, "chart-tick")) == [41.5, 76.5, 111.5, 146.5, 181.5]


def test_score_bar_withheld_has_a_range_and_no_dot() -> None:
    markup = charts.score_bar(20, 90, None, None, "withheld", title="x")
    assert parts(markup, "chart-range-early")
    assert "circle" not in markup


def test_score_bar_withheld_hides_a_score_that_is_given_all_the_same() -> None:
    assert "circle" not in charts.score_bar(20, 90, 50, 60, "withheld", title="x")


def test_score_bar_not_applicable_is_the_bare_track() -> None:
    markup = charts.score_bar(0, 100, None, None, "not_applicable", title="x")
    assert not parts(markup, "chart-range")
    assert not parts(markup, "chart-range-early")
    assert len(parts(markup, "chart-tick")) == 5


def test_score_bar_provisional_is_told_apart_by_shape_not_only_colour() -> None:
    markup = charts.score_bar(20, 90, 50, None, "provisional", title="x")
    (bar,) = parts(markup, "chart-range-early")
    assert bar["stroke"]
    assert parts(markup, "chart-score-early")


@pytest.mark.parametrize("value", [-5, 0, 100, 130])
def test_score_bar_keeps_marks_on_the_axis(value: int) -> None:
    (dot,) = parts(charts.score_bar(0, 100, value, title="x"), "chart-score")
    assert 12 <= float(dot["cx"]) <= 212


@pytest.mark.parametrize(
    "markup",
    [
        charts.score_bar(1, 2, 1.5, 3, title="<b>&"),
        charts.score_axis(title="Axis"),
        charts.band_letters(title="Bands"),
        charts.experience_bar(1, 2, 1.5, (1, 2), title="<b>&"),
        charts.group_dots([(1, 20, True), (12, 20.5, False)], 40, title="<b>&"),
    ],
)
def test_charts_start_with_their_title_and_carry_no_words_and_no_style(markup: str) -> None:
    root = parsed(markup)
    assert root.get("role") == "img"
    assert root[0].tag == "title"
    assert root[0].text
    assert {e.tag for e in root.iter()} <= SVG_PARTS
    assert all(re.fullmatch(r"\d+|N|P-|P\+|L-|L\+|F", e.text or "") for e in root.iter("text"))
    assert not re.search(r"style=|opacity|text-anchor|<b>", markup)


def test_experience_bar_is_told_from_evidence_by_shape() -> None:
    markup = charts.experience_bar(50, 75, 60, (55, 70), "shown", title="x")
    assert "circle" not in markup
    (mark,) = parts(markup, "chart-experience")
    (bracket,) = parts(markup, "chart-composition")
    assert mark["d"] == "M132 4L137 9L132 14L127 9Z"
    assert bracket["d"] == "M122 13V17H152V13"


def test_experience_bar_right_to_left_is_mirrored() -> None:
    markup = charts.experience_bar(50, 75, 60, (55, 70), "shown", title="x", rtl=True)
    assert parts(markup, "chart-experience")[0]["d"].startswith("M92 4")
    assert parts(markup, "chart-composition")[0]["d"] == "M72 13V17H102V13"


@pytest.mark.parametrize("status", ["withheld", "not_applicable"])
def test_experience_bar_without_a_score_has_no_mark(status: str) -> None:
    markup = charts.experience_bar(20, 90, 50, (40, 60), status, title="x")
    assert not parts(markup, "chart-experience")
    assert not parts(markup, "chart-composition")


def test_groups_that_would_touch_stand_one_below_the_other() -> None:
    markup = charts.group_dots([(1, 50, False), (2, 50, False), (3, 80, True), (4, 52, False)], 55, title="x")
    assert [(dot["cx"], dot["cy"]) for dot in parts(markup, "chart-group")] == [
        ("112", "22"),
        ("112", "35"),
        ("116", "48"),
        ("172", "22"),
    ]
    assert parsed(markup).get("height") == str(22 + 6 + 1 + 2 * 13)


def test_groups_at_the_ends_are_filled_and_each_has_its_number() -> None:
    markup = charts.group_dots([(1, 10, True), (2, 50, False)], None, title="x")
    assert [dot["fill"] for dot in parts(markup, "chart-group")] == [charts.INK, charts.PAPER]
    assert [e.text for e in parsed(markup).iter("text")] == ["1", "2"]
    (bar,) = parts(markup, "chart-range")
    assert (bar["x"], bar["width"]) == ("32", "80")


def test_no_group_leaves_the_bare_track() -> None:
    assert not parts(charts.group_dots([], None, title="x"), "chart-group")
