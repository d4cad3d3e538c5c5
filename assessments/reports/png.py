"""A picture as a PNG: drawn as a page of its own by the process that draws reports, and kept in memory."""

import hashlib
from threading import BoundedSemaphore

from django.template.loader import render_to_string
from django.utils.translation import get_language

from assessments.pictures import Drawing, HeatTable, KnownBar, TimeLines
from assessments.reports.render import render_png
from assessments.typefaces.choice import choose_for_html
from attributes.memory import MemoryCache

AT_ONCE = 2  # pictures that are drawn at the same time; who comes then is asked to come again
WIDTH, COLUMN, FIRST_COLUMN = 190, 23, 55  # mm
MARGIN_BOXES = ("top-left", "top-center", "top-right", "bottom-left", "bottom-center", "bottom-right")

_kept: MemoryCache[str, bytes] = MemoryCache(64)
_drawing = BoundedSemaphore(AT_ONCE)


class TooBusy(Exception):
    """As many pictures are being drawn as the machine is let draw."""


def png_of(drawing: Drawing, *, wait: float = 0) -> bytes:
    """Return the picture; where others are being drawn, within `wait` seconds.

    Raises TooBusy, and RenderError like `render_pdf`.
    """
    language = get_language() or ""
    html = render_to_string(
        "assessments/reports/picture.html",
        {
            "drawing": drawing,
            "on_paper": True,
            "is_heat": isinstance(drawing.picture, HeatTable),
            "is_known": isinstance(drawing.picture, KnownBar),
            "is_over_time": isinstance(drawing.picture, TimeLines),
        },
    )
    style = _paper(drawing)
    key = hashlib.sha256(f"{style}{html}".encode()).hexdigest()
    if (kept := _kept.get(key)) is not None:
        return kept
    if not _drawing.acquire(blocking=wait > 0, timeout=wait or None):
        raise TooBusy
    try:
        fonts = choose_for_html(html, language)
        return _kept.put(key, render_png(html, fonts=fonts.files, style=fonts.style + style))
    finally:
        _drawing.release()


def _paper(drawing: Drawing) -> str:
    """A sheet as wide as the picture needs, long enough for any, and without what stands in the margins of reports."""
    wide = WIDTH
    if isinstance(drawing.picture, HeatTable):
        wide = max(WIDTH, FIRST_COLUMN + COLUMN * len(drawing.picture.columns))
    boxes = "".join(f"@{box}{{content:none}}" for box in MARGIN_BOXES)
    return (
        f"@page{{size:{wide}mm 1200mm;margin:6mm;{boxes}}}@page :first{{margin:6mm}}"
        "h1{font-size:14pt;margin:0 0 2mm;border:0;break-before:auto}table,tr,figure{break-inside:auto}"
    )
