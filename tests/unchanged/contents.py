"""Anything that comes out of the application as lines of text, without what differs every time."""

import hashlib
import io
import json
import re
import subprocess
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.unchanged.html_lines import html_lines

CSRF = "csrfmiddlewaretoken"
# In the form in which Django writes it; other forms are found when the page is taken apart.
TOKEN = re.compile(rf'(?<=name="{CSRF}" value=")\w+')
# Values that forms carry for the server only: nobody sees them, and how they are made may change.
OPAQUE = re.compile(r"^(?:[0-9a-f]{8,}|[\w+/=.-]+:[\w-]{4,}:[\w-]{20,})$")
HASHED_STATIC = re.compile(r"(/static/[^\s\"']+?)\.[0-9a-f]{12}(\.\w+)")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TIMEOUT = 120


def as_json(value: Any) -> str:
    """A value as JSON that is always written in the same way."""
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"


class WithoutOpaque:
    """Takes out of elements what is not to be compared, and notes the style sheets and scripts that are loaded."""

    def __init__(self) -> None:
        self.assets: list[str] = []

    def __call__(self, tag: str, attributes: dict[str, str]) -> dict[str, str] | None:
        """The attributes of an element, None for one that is left out."""
        if (tag == "link" and attributes.get("rel") == "stylesheet") or (tag == "script" and "src" in attributes):
            self.assets.append(HASHED_STATIC.sub(r"\1\2", attributes.get("href") or attributes["src"]))
            return None
        if tag == "input" and attributes.get("name") == CSRF:
            return {**attributes, "value": "(token)"}
        if tag == "input" and attributes.get("type") == "hidden" and OPAQUE.match(attributes.get("value", "")):
            return {**attributes, "value": "(opaque)"}
        return {name: HASHED_STATIC.sub(r"\1\2", value) for name, value in attributes.items()}


def page_text(html: str) -> tuple[str, tuple[str, ...]]:
    """A page as a tree, and what it loads. Pages that say the same to many are taken apart once."""
    return _page_text(TOKEN.sub("", html))


@lru_cache(maxsize=500)
def _page_text(html: str) -> tuple[str, tuple[str, ...]]:
    change = WithoutOpaque()
    return "\n".join(html_lines(html, change)) + "\n", tuple(change.assets)


def text_of(content: bytes, kind: str) -> str:
    """The content of an answer or a file, by its content type."""
    kind = kind.partition(";")[0].strip().lower()
    if kind == "text/html":
        return page_text(content.decode())[0]
    if kind == "image/svg+xml":
        return "\n".join(html_lines(content.decode())) + "\n"
    if kind.endswith("json"):
        return as_json(json.loads(content))
    if kind == "application/pdf" and content.startswith(b"%PDF") and len(content) > 1000:
        return pdf_text(content)
    if "spreadsheetml" in kind:
        return xlsx_text(content)
    if kind.startswith("text/") or kind.endswith(("yaml", "xml", "javascript")):
        return content.decode()
    return f"{len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}\n"


def pdf_text(content: bytes) -> str:
    """The text of every page as it is laid out, and of each page's picture a fingerprint: pictures are not text."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.pdf"
        file.write_bytes(content)
        pages = _run("pdftotext", "-layout", str(file), "-").decode().split("\f")
        _run("pdftoppm", "-r", "40", "-gray", str(file), f"{folder}/page")
        pictures = [hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in sorted(Path(folder).glob("*.pgm"))]
    parts = []
    for number, (page, picture) in enumerate(zip(pages, pictures, strict=False), 1):
        lines = [line.rstrip() for line in page.splitlines()]
        parts += [f"--- page {number}, picture {picture}", *lines]
    return "\n".join(parts) + "\n"


def _run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT).stdout


def xlsx_text(content: bytes) -> str:
    """The cells of a spreadsheet, one a line, sheet by sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        shared = _shared_strings(file)
        book = ElementTree.fromstring(file.read("xl/workbook.xml"))
        names = [str(sheet.get("name")) for sheet in book.iter(f"{SHEET}sheet")]
        lines = []
        for number, name in enumerate(names, 1):
            lines.append(f"=== {name}")
            sheet = ElementTree.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))
            for cell in sheet.iter(f"{SHEET}c"):
                if (value := _value(cell, shared)) is not None:
                    lines.append(f"{cell.get('r')} {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _shared_strings(file: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in file.namelist():
        return []
    return [_text(entry) for entry in ElementTree.fromstring(file.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")]


def _value(cell: ElementTree.Element, shared: list[str]) -> str | None:
    if cell.get("t") == "inlineStr":
        return _text(cell)
    found = cell.find(f"{SHEET}v")
    if found is None or found.text is None:
        return None
    return shared[int(found.text)] if cell.get("t") == "s" else found.text


def _text(element: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{SHEET}t"))
