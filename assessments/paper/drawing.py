"""From a sheet to its PDF, by the process that draws reports. Nothing is stored: sheets are drawn when asked for."""

import hashlib
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from assessments.reports.render import render_pdf
from assessments.typefaces.choice import choose_for_html
from attributes.memory import MemoryCache
from attributes.texts import direction

AT_ONCE = 2  # papers that are drawn at the same time; who comes then is asked to come again
WAIT = 20  # seconds that somebody waits for others' papers to be drawn
MEMORY = 1024 * 1024 * 1024  # bytes
CPU, WALL = 60, 120  # seconds: somebody waits for it
STYLE = (settings.BASE_DIR / "static" / "css" / "paper.css").read_text(encoding="utf-8")
# What stands in the margins, the other way round for what is read from right to left.
TURNED = """@page {
  @top-left { content: string(paper-mark); width: 25%; font-size: 11pt; font-weight: 700; text-align: left; }
  @top-right { content: string(paper-top); width: 75%; font-size: 8pt; font-weight: 400; text-align: right; }
  @bottom-left { content: counter(page) " / " counter(pages); width: 20%; font-size: 9pt; text-align: left; }
  @bottom-right { content: string(paper-foot); width: 80%; font-size: 8pt; text-align: right; }
}
@page :first { @top-right { content: none; } }
"""
PAPERS = {"a4": "A4", "letter": "Letter"}

# In memory, and only what is the same for everybody: sheets without a code on them.
_kept: MemoryCache[str, bytes] = MemoryCache(24)
_drawing = BoundedSemaphore(AT_ONCE)


class PaperBusy(Exception):
    """As many papers are being drawn as the machine is let draw."""


def draw_paper(template: str, context: dict[str, Any], *, language: str, paper: str, keep: bool) -> bytes:
    """Return the PDF of a template, in the language spoken. `keep`: others may get the same bytes.

    Raises PaperBusy, and RenderError like `render_pdf`.
    """
    way = _direction(language)
    shown = {**context, "page_language": get_language() or language, "page_direction": way}
    html = render_to_string(f"assessments/paper/{template}.html", shown)
    key = hashlib.sha256(f"{paper}{html}".encode()).hexdigest()
    if keep and (found := _kept.get(key)) is not None:
        return found
    if not _drawing.acquire(timeout=WAIT):
        raise PaperBusy
    try:
        fonts = choose_for_html(html, language)
        style = f"{STYLE}\n{TURNED if way == 'rtl' else ''}@page {{ size: {PAPERS[paper]} }}\n{fonts.style}"
        drawn = render_pdf(html, fonts=fonts.files, style=style, memory=MEMORY, cpu_seconds=CPU, wall_seconds=WALL)
    finally:
        _drawing.release()
    return _kept.put(key, drawn.content) if keep else drawn.content


def _direction(language: str) -> str:
    found = direction(get_language() or language)
    return "ltr" if found == "auto" else found
