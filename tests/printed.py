"""What is printed on the pages of a PDF. Read by PDFium: what is written in Python takes thirty times as long."""

import unicodedata

import pypdfium2 as pdfium


def pages_of(content: bytes) -> list[str]:
    """The words of each page, as they stand in its lines."""
    document = pdfium.PdfDocument(content)
    found = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return found


def letters_of(content: bytes) -> str:
    """The text of all pages without break marks and spaces, which stand for nothing in a PDF."""
    return "".join(unspaced(page) for page in pages_of(content))


def unspaced(text: str) -> str:
    """A text without break marks and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\u200b", "").split())
