"""Colours of pages by day and by night: text stands out from what it lies on (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
TEXT = 4.5
SHAPES = 3.0  # frames of fields, and what is drawn

# What is read on what, by the names of the style sheets.
READ_ON = [
    *((text, ground) for text in ("text", "muted", "ink", "link", "error") for ground in ("page",)),
    ("warning", "page"),
    ("on-ink", "ink"),
]
READ_ON_SITE = [
    *READ_ON,
    *((text, ground) for text in ("text", "muted", "ink", "link", "error") for ground in ("paper",)),
    ("text", "warning-soft"),
    ("text", "good-soft"),
    ("text", "ink-tint"),
    ("error", "error-soft"),
    ("good", "good-soft"),
    ("on-ink", "ink-dark"),
]
READ_ON_RESPOND = [*READ_ON, ("text", "warning-soft"), ("on-error", "error")]
SEEN_ON = [("outline", "page")]


def tokens(name: str, scheme: str) -> dict[str, str]:
    """The colours that a style sheet names, of pages by day or by night."""
    source = (CSS / name).read_text(encoding="utf-8")
    roots = re.findall(r":root \{(.*?)\}", source, flags=re.S)
    assert len(roots) == 2, "one for light colours, one for dark ones"
    named = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", roots[0]))
    return named | (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", roots[1])) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("sheet", "pairs"), [("site.css", READ_ON_SITE), ("respond.css", READ_ON_RESPOND)])
def test_text_stands_out(sheet: str, pairs: list[tuple[str, str]], scheme: str) -> None:
    named = tokens(sheet, scheme)
    weak = {pair: round(contrast(named[pair[0]], named[pair[1]]), 2) for pair in pairs}
    assert {pair: value for pair, value in weak.items() if value < TEXT} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sheet", ["site.css", "respond.css"])
def test_frames_stand_out(sheet: str, scheme: str) -> None:
    named = tokens(sheet, scheme)
    weak = {pair: contrast(named[pair[0]], named[pair[1]]) for pair in SEEN_ON}
    assert {pair: value for pair, value in weak.items() if value < SHAPES} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_white_words_of_the_bar_stand_out(scheme: str) -> None:
    for sheet in ("site.css", "respond.css"):
        assert contrast("#fff", tokens(sheet, scheme)["bar"]) >= TEXT
