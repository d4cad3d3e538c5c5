"""What a page of a PDF looks like: how far down it is filled, what its parts are, and which rows are torn."""

import re
from dataclasses import dataclass

import pypdfium2 as pdfium

MARGIN = 51  # points at the foot of a page that hold the running lines
BIG = 18  # points: the size of a heading that begins a part


@dataclass(frozen=True)
class PageLook:
    """One page: `filled` is the share of its height down to the lowest mark above the running lines."""

    number: int
    filled: float
    first: str
    begins_part: bool
    text: str


def looks(content: bytes) -> list[PageLook]:
    """Return how each page of a PDF looks."""
    document = pdfium.PdfDocument(content)
    found = []
    for number, page in enumerate(document, 1):
        height = page.get_height()
        lowest = height
        for item in page.get_objects(max_depth=4):
            left, bottom, right, top = item.get_bounds()
            if bottom > MARGIN and right > left and top > bottom:
                lowest = min(lowest, bottom)
        text = page.get_textpage()
        words = text.get_text_bounded()
        found.append(
            PageLook(
                number=number,
                filled=(height - lowest) / height,
                first=words.strip().splitlines()[0].strip() if words.strip() else "",
                begins_part=_first_size(page) >= BIG,
                text=words,
            )
        )
    document.close()
    return found


def _first_size(page: pdfium.PdfPage) -> float:
    """The height of the highest letters near the top of the page: headings that begin a part are the largest."""
    text = page.get_textpage()
    top = page.get_height()
    tallest = 0.0
    for index in range(min(text.count_chars(), 60)):
        _left, bottom, _right, upper = text.get_charbox(index, loose=True)
        if upper > top * 0.85:
            tallest = max(tallest, upper - bottom)
    return tallest


def words_of(text: str) -> int:
    """How many words a text has; letters of levels and figures in cells are none."""
    return len([word for word in re.split(r"\s+", text) if re.search(r"[^\W\d_]{2}", word)])
