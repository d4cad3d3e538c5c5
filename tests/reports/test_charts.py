import re
from xml.etree import ElementTree

import pytest

from assessments import charts


def parsed(markup):
    return ElementTree.fromstring(markup)


SVG_PARTS = {"svg", "title", "rect", "circle", "text"}


def parts(markup, name):
    """The attributes of all elements with this class."""
    return [e.attrib for e in parsed(markup).iter() if e.get("class") == name]


def test_score_bar_of_shown_attribute_draws_range_score_and_claim_at_their_points():
    markup = charts.score_bar(50, 75, 60, 70, "shown", title="Performance")
    (bar,) = parts(markup, "chart-range")
    (dot,) = parts(markup, "chart-score")
    (ring,) = parts(markup, "chart-claimed")
    assert (bar["x"], bar["width"]) == ("112", "50")
    assert dot["cx"] == "132"
    assert ring["cx"] == "152"


def test_score_bar_right_to_left_is_mirrored():
    markup = charts.score_bar(50, 75, 60, None, "shown", title="x", rtl=True)
    (bar,) = parts(markup, "chart-range")
    (dot,) = parts(markup, "chart-score")
    assert (bar["x"], bar["width"]) == ("62", "50")
    assert dot["cx"] == "92"
    assert sorted(float(tick["x"]) for tick in parts(markup, "chart-tick")) == [41.5, 111.5, 181.5]


def test_score_bar_withheld_has_a_range_and_no_dot():
    markup = charts.score_bar(20, 90, None, None, "withheld", title="x")
    assert parts(markup, "chart-range-early")
    assert "circle" not in markup


def test_score_bar_withheld_hides_a_score_that_is_given_all_the_same():
    assert "circle" not in charts.score_bar(20, 90, 50, 60, "withheld", title="x")


def test_score_bar_not_applicable_is_the_bare_track():
    markup = charts.score_bar(0, 100, None, None, "not_applicable", title="x")
    assert not parts(markup, "chart-range")
    assert not parts(markup, "chart-range-early")
    assert len(parts(markup, "chart-tick")) == 3


def test_score_bar_provisional_is_told_apart_by_shape_not_only_colour():
    markup = charts.score_bar(20, 90, 50, None, "provisional", title="x")
    (bar,) = parts(markup, "chart-range-early")
    assert bar["stroke"]
    assert parts(markup, "chart-score-early")


@pytest.mark.parametrize("value", [-5, 0, 100, 130])
def test_score_bar_keeps_marks_on_the_axis(value):
    (dot,) = parts(charts.score_bar(0, 100, value, title="x"), "chart-score")
    assert 12 <= float(dot["cx"]) <= 212


@pytest.mark.parametrize(
    "markup",
    [
        charts.score_bar(1, 2, 1.5, 3, title="<b>&"),
        charts.score_axis(title="Axis"),
        charts.band_letters(title="Bands"),
    ],
)
def test_charts_start_with_their_title_and_carry_no_words_and_no_style(markup):
    root = parsed(markup)
    assert root.get("role") == "img"
    assert root[0].tag == "title"
    assert root[0].text
    assert {e.tag for e in root.iter()} <= SVG_PARTS
    assert all(re.fullmatch(r"\d+|[NPLF]", e.text or "") for e in root.iter("text"))
    assert not re.search(r"style=|opacity|text-anchor|<b>", markup)
