"""What a Word file needs for everybody to read it, and python-docx does not write by itself.

Languages and directions, rows that are headers, what stands for pictures, and the same bytes for the same content.
"""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assessments.documents.values import OWN_LANGUAGE
from attributes.texts import LocalisedText, direction, first_direction

# Of every file in the archive: when it was written is not part of what it says.
WRITTEN = (1980, 1, 1, 0, 0, 0)
# What comes after a mark of direction, in the order that the format wants.
AFTER_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:rPr",
    "w:sectPr",
)
AFTER_BIDI_VISUAL = ("w:tblStyleRowBandSize", "w:tblW", "w:jc", "w:tblInd", "w:tblBorders", "w:tblLayout", "w:tblLook")
# May stand in XML beside what is a letter.
BLANKS = "\t\n\r"
NEVER = "\ufffe\uffff"


def plain(words: str) -> str:
    """The words without characters that no XML can hold."""
    return "".join(c for c in words if c in BLANKS or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in NEVER))


class Writer:
    """Writes into one document in one language and direction."""

    def __init__(self, word: WordDocument, language: str) -> None:
        self.word = word
        self.language = language
        self.rtl = direction(language) == "rtl"
        self._speaks(language)

    def _speaks(self, language: str) -> None:
        """Say in which language it is, for those who have it read out."""
        defaults = self.word.styles.element.find(qn("w:docDefaults"))
        properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        properties.append(_element("w:lang", {"w:val": language, "w:bidi": language, "w:eastAsia": language}))
        if self.rtl:
            for section in self.word.sections:
                section._sectPr.insert_element_before(_element("w:bidi"), "w:rtlGutter", "w:docGrid")

    def heading(self, words: str, level: int) -> Paragraph:
        """A heading by which readers can find their way."""
        made = self.word.add_heading(level=level)
        self.run(made, words)
        return self.turned(made)

    def paragraph(self, words: str = "", style: str | None = None, *, bold: bool = False) -> Paragraph:
        """A paragraph, with or without words."""
        made = self.word.add_paragraph(style=style)
        if words:
            self.run(made, words, bold=bold)
        return self.turned(made)

    def turned(self, made: Paragraph) -> Paragraph:
        """The paragraph in the direction of the document."""
        if self.rtl:
            properties: Any = made._p.get_or_add_pPr()
            properties.insert_element_before(_element("w:bidi"), *AFTER_BIDI)
        return made

    def run(self, paragraph: Paragraph, words: str, *, bold: bool = False) -> Run:
        """Words in a paragraph, marked where they are in another language or direction than the document."""
        made = paragraph.add_run(plain(words))
        made.bold = bold or None
        properties = made._r.get_or_add_rPr()
        # In the order that the format wants.
        if (first_direction(words) or ("rtl" if self.rtl else "ltr")) == "rtl":
            properties.append(_element("w:rtl"))
        spoken = words.lang if isinstance(words, LocalisedText) else OWN_LANGUAGE
        if spoken != OWN_LANGUAGE and spoken.split("-")[0] != self.language.split("-")[0]:
            properties.append(_element("w:lang", {"w:val": spoken, "w:bidi": spoken}))
        return made

    def table(self, head: Iterable[str], *, title: str, words: str) -> Table:
        """A table with a header row that is repeated on every page; `title` and `words` stand for it."""
        columns = list(head)
        made: Table = self.word.add_table(rows=1, cols=len(columns), style="Table Grid")
        properties: Any = made._tbl.tblPr
        if self.rtl:
            properties.insert_element_before(_element("w:bidiVisual"), *AFTER_BIDI_VISUAL)
        properties.append(_element("w:tblCaption", {"w:val": plain(title)}))
        properties.append(_element("w:tblDescription", {"w:val": plain(words)}))
        for cell, name in zip(made.rows[0].cells, columns, strict=True):
            self.cell(cell, name, bold=True)
        _keep(made.rows[0], "w:tblHeader")
        return made

    def row(self, table: Table, cells: Iterable[str]) -> list[_Cell]:
        """A row whose first cell is its head, and that stays on one page."""
        made: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx has no types here
        _keep(made, "w:cantSplit")
        for number, (cell, words) in enumerate(zip(made.cells, cells, strict=True)):
            self.cell(cell, words, bold=number == 0)
        return list(made.cells)

    def cell(self, cell: _Cell, words: str, *, bold: bool = False) -> None:
        """The words of a cell."""
        paragraph = cell.paragraphs[0]
        self.run(paragraph, words, bold=bold)
        self.turned(paragraph)


def shaded(cell: _Cell, back: str, ink: str) -> None:
    """Give a cell a colour, and its words one that can be read on it. Colours are like #12355b."""
    cell._tc.get_or_add_tcPr().append(
        _element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": back.lstrip("#")})
    )
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = RGBColor.from_string(ink.lstrip("#").upper())


def described(paragraph: Paragraph, words: str) -> None:
    """Say what the picture in a paragraph shows, for those who do not see it."""
    for drawn in paragraph._p.iter(qn("wp:docPr")):
        drawn.set("descr", plain(words))
    for drawn in paragraph._p.iter(qn("pic:cNvPr")):
        drawn.set("descr", plain(words))
        drawn.set("name", "")


def bytes_of(word: WordDocument) -> bytes:
    """The file; the same content gives the same bytes."""
    first = BytesIO()
    word.save(first)
    out = BytesIO()
    with zipfile.ZipFile(first) as written, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name in written.namelist():
            again.writestr(zipfile.ZipInfo(name, WRITTEN), written.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _keep(row: _Row, mark: str) -> None:
    row._tr.get_or_add_trPr().append(_element(mark))


def _element(name: str, attributes: dict[str, str] | None = None) -> Any:
    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    return made
