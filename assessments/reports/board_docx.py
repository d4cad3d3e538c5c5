"""The board paper as a Word file, with real headings, lists and table headers, from the same content as the PDF."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.oxml import OxmlElement

from assessments.documents.report import ReportDocument
from assessments.reports.board import BoardPaperContent, board_paper
from attributes.texts import localise

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


def board_docx(report: ReportDocument) -> bytes:
    """Return the Word file of a board paper, in the language that is active. The same report gives the same words."""
    content = board_paper(report)
    document = Document()
    properties = document.core_properties
    properties.title, properties.author = content.name, content.made_by or "msgov"
    properties.language = get_language() or ""
    properties.created = properties.modified = ALWAYS
    document.add_heading(content.name, 0)
    document.add_paragraph(" · ".join([_("Board paper"), content.caption, content.readers, *content.marks]))
    document.add_paragraph(f"{content.headline.first} {content.headline.second}").runs[0].bold = True
    _profile(document, content)
    document.add_heading(_("How much is known"), 1)
    document.add_paragraph(content.known.sentence)
    document.add_heading(_("What is strong"), 1)
    _list(document, (f"{localise(found.item.short)}. {found.text}" for found in content.strengths), content.no_strength)
    document.add_heading(_("What needs the board"), 1)
    concerns = (f"{localise(each.item.short)}. {each.why} {each.kind}: {each.step}" for each in content.concerns)
    _list(document, concerns, content.nothing_to_do, "List Number")
    document.add_heading(_("The board is asked to"), 1)
    _list(document, content.decisions, _("take note of this paper. No decision has been asked for yet."))
    _groups(document, content)
    if content.changed:
        document.add_heading(content.changed.heading, 1)
        document.add_paragraph(" ".join(content.changed.sentences))
    _steps(document, content)
    document.add_heading(_("How sure we are"), 1)
    _list(document, content.sure, "")
    document.add_heading(_("Who stands behind it"), 1)
    document.add_paragraph(content.behind)
    document.add_paragraph(content.identity)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _profile(document: Any, content: BoardPaperContent) -> None:
    rows = [
        [line.name, _cell(line.letter, line.whole, line.words)]
        + ([_cell(line.groups_letter, line.groups_whole, line.groups_words)] if content.profile.has_groups else [])
        for line in content.profile.lines
    ]
    heads = [_("Attribute"), _("Shown"), *([_("Groups")] if content.profile.has_groups else [])]
    _table(document, heads, rows)


def _groups(document: Any, content: BoardPaperContent) -> None:
    document.add_heading(_("What groups say"), 1)
    if content.groups:
        rows = [
            [row.head, *(_cell(cell.letter, cell.note, cell.words) for cell in row.cells)]
            for row in content.groups.rows
        ]
        _table(document, [content.groups.corner, *content.groups.columns], rows)
    said = " ".join(content.groups_said) or _("No answers of stakeholders stand beside this result.")
    document.add_paragraph(said)


def _steps(document: Any, content: BoardPaperContent) -> None:
    document.add_heading(_("Steps"), 1)
    if not content.steps:
        document.add_paragraph(content.nothing_to_do)
        return
    heads = [
        _("Step"),
        _("Kind"),
        *([_("Owner")] if content.has_owners else []),
        *([_("By")] if content.has_dates else []),
    ]
    rows = [
        [
            step.text,
            step.kind or _("planned"),
            *([step.owner or _("not named")] if content.has_owners else []),
            *([step.due or _("no date")] if content.has_dates else []),
        ]
        for step in content.steps
    ]
    _table(document, heads, rows)
    if content.not_planned:
        document.add_paragraph(content.not_planned)


def _cell(letter: str, figure: str, words: str) -> str:
    return " ".join(filter(None, [letter, figure, "" if letter else words]))


def _list(document: Any, lines: Iterable[str], nothing: str, style: str = "List Bullet") -> None:
    empty = True
    for line in lines:
        document.add_paragraph(str(line), style=style)
        empty = False
    if empty and nothing:
        document.add_paragraph(nothing)


def _table(document: Any, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table whose first row is marked as its header."""
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    marked = table.rows[0]._tr.get_or_add_trPr()
    marked.append(OxmlElement("w:tblHeader"))
    for row in rows:
        for cell, said in zip(table.add_row().cells, row, strict=True):
            cell.text = said
