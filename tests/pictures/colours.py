"""Colours of the style sheet as numbers: contrast as WCAG defines it, and lightness as the eye sees it."""

import re
from pathlib import Path

from django.conf import settings

STYLE = Path(settings.BASE_DIR) / "static" / "css" / "pictures.css"
DARK = "@media screen and (prefers-color-scheme: dark)"


def light_part() -> str:
    """The rules that pages and PDFs have in common."""
    return STYLE.read_text(encoding="utf-8").partition("/* Pages only")[0]


def dark_part() -> str:
    """The rules of dark pages."""
    rest = STYLE.read_text(encoding="utf-8").partition(DARK)[2]
    return rest[: rest.index("\n}")]


def colours(css: str, name: str) -> tuple[str, str]:
    """Background and text of a class."""
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        if f".{name}" in re.split(r"[\s,]+", selectors) and "background:" in body and " color:" in body:
            back = re.search(r"background: (#\w{6})", body)
            text = re.search(r" color: (#\w{6})", body)
            assert back
            assert text
            return back[1], text[1]
    raise AssertionError(f"no colours of {name}")


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def lightness(colour: str) -> float:
    """L*, 0 to 100."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def contrast(one: str, other: str) -> float:
    """The ratio of two colours."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
