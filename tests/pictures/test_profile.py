"""One row on the axis of 0 to 100 points: what is drawn where, and what is not drawn."""

from dataclasses import replace
from itertools import combinations, product
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from assessments.pictures import (
    ProfileRow,
    profile_bar,
    profile_labels,
    row_sentence,
    shapes,
    small_multiple,
    strip_bar,
)

SVG = "{http://www.w3.org/2000/svg}"
FULL = ProfileRow("A sentence.", "shown", 60, 70, 55, 75, 40, 50, 45, 58)


def parsed(markup: str) -> Element:
    return ElementTree.fromstring(markup)


def parts(markup: str, name: str) -> list[dict[str, str]]:
    """The attributes of all elements with this class."""
    return [e.attrib for e in parsed(markup).iter() if name in (e.get("class") or "").split()]


def test_every_shape_stands_at_its_points() -> None:
    markup = profile_bar(FULL)
    (bar,), (dot,), (ring,), (last,) = (
        parts(markup, name) for name in ("pic-range", "pic-shown", "pic-claimed", "pic-last")
    )
    assert (bar["x"], bar["width"]) == ("164.4", "57.6")
    assert (dot["cx"], ring["cx"], last["x1"]) == ("178.8", "207.6", "121.2")
    assert parts(markup, "pic-groups")[0]["d"].startswith("M150 ")
    assert [band["x"] for band in parts(markup, "pic-band")] == ["6", "49.2", "150", "250.8"]


def test_right_to_left_is_mirrored() -> None:
    markup = profile_bar(FULL, rtl=True)
    assert parts(markup, "pic-shown")[0]["cx"] == "121.2"
    assert parts(markup, "pic-range")[0]["x"] == "78"
    # The lightest band is where the axis begins.
    assert parts(markup, "pic-band-1")[0]["x"] == "250.8"


def test_groups_have_a_lane_of_their_own() -> None:
    both = profile_bar(FULL)
    alone = profile_bar(replace(FULL, experience=None))
    assert float(parsed(both).attrib["viewBox"].split()[3]) == 2 * float(parsed(alone).attrib["viewBox"].split()[3])
    assert float(parts(both, "pic-shown")[0]["cy"]) < 21
    assert not parts(alone, "pic-groups")


def test_what_is_claimed_is_drawn_only_above_what_is_shown() -> None:
    assert not parts(profile_bar(replace(FULL, claimed=60)), "pic-claimed")
    assert not parts(profile_bar(replace(FULL, claimed=None)), "pic-claimed")


def test_a_withheld_row_has_a_dashed_empty_box_and_no_dot() -> None:
    markup = profile_bar(replace(FULL, status="withheld"))
    (box,) = parts(markup, "pic-withheld")
    assert box["stroke-dasharray"]
    assert box["fill"] == shapes.PAPER
    assert not parts(markup, "pic-shown")
    assert not parts(markup, "pic-claimed")
    assert not parts(markup, "pic-range")


def test_what_does_not_apply_has_bands_alone() -> None:
    markup = profile_bar(ProfileRow("x", "not_applicable", None, None, 0, 100))
    assert {e.get("class", "").split()[0] for e in parsed(markup)[1:]} == {"pic-band"}


def test_an_early_sign_is_told_without_colour() -> None:
    assert parts(profile_bar(replace(FULL, status="provisional")), "pic-early")
    assert parts(profile_bar(replace(FULL, experience_status="provisional")), "pic-groups-early")
    assert not parts(profile_bar(FULL), "pic-early")


def test_withheld_figures_of_groups_are_not_drawn() -> None:
    markup = profile_bar(replace(FULL, experience_status="withheld"))
    assert not parts(markup, "pic-groups")
    assert not parts(markup, "pic-spread")


@pytest.mark.parametrize("draw", [profile_bar, strip_bar, small_multiple])
@pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])
def test_dots_at_the_ends_are_seen_whole(draw: Any, rtl: bool) -> None:
    for points in (0, 100):
        markup = draw(replace(FULL, score=points, claimed=None, experience=points), rtl=rtl)
        width = float(parsed(markup).attrib["viewBox"].split()[2])
        (dot,) = parts(markup, "pic-shown")
        assert float(dot["r"]) <= float(dot["cx"]) <= width - float(dot["r"])


@pytest.mark.parametrize("draw", [profile_bar, strip_bar, small_multiple])
def test_a_picture_begins_with_its_sentence_and_has_no_words_and_no_style(draw: Any) -> None:
    svg = parsed(draw(replace(FULL, title="<b>&")))
    assert svg.attrib["role"] == "img"
    assert (svg[0].tag, svg[0].text) == (f"{SVG}title", "<b>&")
    for element in svg.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "rect", "circle", "line", "path"}
        assert "style" not in element.attrib


def test_points_outside_the_axis_stand_at_its_end() -> None:
    assert parts(profile_bar(replace(FULL, score=130)), "pic-shown")[0]["cx"] == "294"


# --- Words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("last", [None, 5, 50, 97])
def test_no_two_words_stand_in_one_another(last: int | None) -> None:
    for score, more in product(range(0, 101, 4), (0, 2, 9, 30)):
        claimed = min(score + more, 100)
        words = profile_labels(ProfileRow("x", "shown", score, claimed, score, claimed, last, 50, 40, 60))
        assert {label.text for label in words.above} >= {"shown"}
        for label in (*words.above, *words.below):
            assert 0 <= label.at <= 100
            assert label.reach[0] >= -2.01
            assert label.reach[1] <= 102.01
        for one, other in combinations(words.above, 2):
            if one.lane == other.lane:
                assert one.reach[1] < other.reach[0] or other.reach[1] < one.reach[0]


def test_each_shape_that_is_drawn_has_its_word() -> None:
    words = profile_labels(FULL)
    assert sorted(label.text for label in words.above) == ["claimed", "last round", "shown"]
    assert [label.text for label in words.below] == ["groups say, with 90 % range"]


def test_a_withheld_row_says_so_and_names_no_dot() -> None:
    words = profile_labels(ProfileRow("x", "withheld", None, None, 20, 80))
    assert [label.text for label in words.above] == ["withheld: could lie here"]
    assert words.below == ()


def test_of_a_bound_no_range_is_claimed() -> None:
    bounded = replace(FULL, at_most=True)
    assert [label.text for label in profile_labels(bounded).below] == ["groups say"]
    assert "90 % range at most 45 to 58" in row_sentence("A", bounded)


SENTENCES = {
    "A: 60 of 100 shown, 70 claimed; it could lie between 55 and 75. Last round: 40. Groups say 50, 90 % range 45 to "
    "58.": FULL,
    "A: 60 of 100 shown.": ProfileRow("", "shown", 60, 60, 60, 60),
    "A: 60 of 100 shown, 70 claimed.": ProfileRow("", "shown", 60, 70, 60, 60),
    "A: 60 of 100 shown; it could lie between 55 and 75.": ProfileRow("", "shown", 60, 60, 55, 75),
    "A: as an early sign 60 of 100 shown.": ProfileRow("", "provisional", 60, 60, 60, 60),
    "A: withheld; it could lie between 20 and 80 of 100.": ProfileRow("", "withheld", None, None, 20, 80),
    "A: not applicable.": ProfileRow("", "not_applicable", None, None, None, None),
    "A: no score.": ProfileRow("", "shown", None, None, None, None),
    "A: groups say 50.": ProfileRow("", "", None, None, None, None, experience=50),
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_sentence_says_what_is_there_and_no_more(sentence: str) -> None:
    assert row_sentence("A", SENTENCES[sentence]) == sentence
