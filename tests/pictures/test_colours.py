"""One scale of colours from N to F: readable, in order also in grey, the same on screen and paper."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

from assessments.pictures import shapes
from assessments.reports import child
from tests.pictures import colours

SIX = ("heat-N", "heat-P-minus", "heat-P-plus", "heat-L-minus", "heat-L-plus", "heat-F")
FOUR = ("heat-N", "heat-P", "heat-L", "heat-F")
BOTH = pytest.mark.parametrize("part", [colours.light_part, colours.dark_part], ids=["light", "dark"])


@BOTH
@pytest.mark.parametrize("scale", [SIX, FOUR], ids=["attributes", "items"])
def test_lightness_falls_from_n_to_f_by_a_step_that_is_seen(part: Callable[[], str], scale: tuple[str, ...]) -> None:
    values = [colours.lightness(colours.colours(part(), name)[0]) for name in scale]
    assert all(before - after >= 6.5 for before, after in pairwise(values)), values


@BOTH
@pytest.mark.parametrize("name", [*SIX, "heat-withheld", "heat-unknown", "heat-few", "heat-not-applicable"])
def test_letters_are_readable_on_their_colour(part: Callable[[], str], name: str) -> None:
    assert colours.contrast(*colours.colours(part(), name)) >= 4.5


@BOTH
def test_no_colour_of_a_letter_is_red_or_green(part: Callable[[], str]) -> None:
    for name in SIX:
        back = colours.colours(part(), name)[0]
        red, green, blue = (int(back[n : n + 2], 16) for n in (1, 3, 5))
        assert red <= green <= blue, name


def test_shapes_stand_out_from_the_darkest_band() -> None:
    for colour in (shapes.INK, shapes.BROWN, shapes.GREY):
        assert colours.contrast(colour, shapes.BAND_FILLS[-1]) >= 4.5


def test_bands_darken_from_band_to_band() -> None:
    values = [colours.lightness(fill) for fill in shapes.BAND_FILLS]
    assert values == sorted(values, reverse=True)


def test_dark_shapes_stand_out_from_their_lightest_band() -> None:
    css = colours.dark_part()
    band = re.search(r"\.pic-band-4 \{ fill: (#\w{6})", css)
    assert band
    for name in ("pic-shown", "pic-groups", "pic-spread", "pic-last"):
        found = re.search(rf"\.{name} \{{ (?:fill|stroke): (#\w{{6}})", css)
        assert found, name
        assert colours.contrast(found[1], band[1]) >= 3, name


def test_pages_and_reports_have_the_same_scale() -> None:
    assert colours.light_part() in child.STYLE
    others = [path for path in (Path(settings.BASE_DIR) / "static/css").glob("*.css") if path.name != "pictures.css"]
    assert not [path.name for path in others if re.search(r"\.heat-[NPLF]\b[^{]*\{[^}]*background", path.read_text())]


def test_no_letters_have_colours_of_their_own_beside_the_scale() -> None:
    for path in (Path(settings.BASE_DIR) / "static/css").glob("*.css"):
        assert not re.search(r"\.(level|letter)-[NPLF]\b", path.read_text(encoding="utf-8")), path.name


def test_browsers_print_the_colours() -> None:
    css = colours.light_part()
    for name in (".heat ", ".heat-chip ", ".picture ", ".known-key "):
        rule = re.search(rf"^{re.escape(name)}\{{[^}}]*\}}", css, re.M)
        assert rule, name
        assert "print-color-adjust: exact" in rule[0], name


def test_words_around_pictures_are_at_least_seven_points_high_in_print() -> None:
    paper = re.search(r"@media print \{(.*?)\n\}", colours.light_part(), re.S)
    assert paper
    sizes = re.findall(r"([^{}]+)\{ font-size: ([\d.]+)pt", paper[1])
    assert {".picture-words", "thead .picture-words"} <= {
        name.strip() for names, _size in sizes for name in names.split(",")
    }
    assert min(float(size) for _names, size in sizes) >= 7
    body = re.search(r"html \{[^}]*font-size: ([\d.]+)pt", child.STYLE)
    note = re.search(r"\.heat-note \{[^}]*font-size: ([\d.]+)em", colours.light_part())
    assert body
    assert note
    assert float(body[1]) * float(note[1]) >= 7


def test_every_place_has_its_class() -> None:
    css = colours.light_part()
    assert all(f".at-{n} {{ inset-inline-start: {n}%; }}" in css for n in range(101))
