"""The board paper as a Word file: the content of its two pages, for those who put it into papers of their own.

From the same values as the PDF (`board_paper`): what is left out there is left out here.
"""

import logging

from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.text.paragraph import Paragraph

from assessments.documents.report import BrandPart, ReportDocument
from assessments.pictures import Drawing
from assessments.reports.board import BoardPaperContent, board_paper, open_steps
from assessments.reports.docx_parts import Writer, bytes_of
from assessments.reports.docx_shared import PaperFacts, set_paper, write_brand, write_heat, write_profile
from assessments.reports.png import TooBusy, png_of
from assessments.reports.render import RenderError
from attributes.texts import localise, reading

logger = logging.getLogger(__name__)

PATIENCE = 20  # seconds for the picture, while somebody waits for the file


def board_docx(report: ReportDocument, language: str, picture: bytes | None = None) -> bytes:
    """Return the board paper of a report in a language, with its profile as a PNG where there is one.

    The same report and picture give the same bytes.
    """
    with override(language), reading(""):
        content = board_paper(report)
        word = Document()
        writer = Writer(word, language)
        set_paper(writer, report, paper_facts(content, _("%(name)s: board paper") % {"name": content.name}))
        write_board(writer, report, content, picture)
        return bytes_of(word)


def profile_png(report: ReportDocument, language: str) -> bytes | None:
    """Return the profile of a report as a picture, or None where none can be drawn: then the table says it all."""
    with override(language), reading(""):
        profile = board_paper(report).profile
        try:
            # Title and source stand in the paper around it.
            return png_of(Drawing("profile", "", profile.sentence, profile, ""), wait=PATIENCE)
        except (RenderError, TooBusy):
            logger.warning("The profile of a board paper could not be drawn as a picture", exc_info=True)
            return None


def paper_facts(content: BoardPaperContent, title: str) -> PaperFacts:
    """What the file says of itself, under a title."""
    return PaperFacts(
        title=title,
        author=content.made_by,
        marks=content.marks,
        identity=content.identity,
        readers=content.readers,
    )


def write_board(
    writer: Writer, report: ReportDocument, content: BoardPaperContent, picture: bytes | None, kind: str = ""
) -> None:
    """The two pages of the board paper, with which the full report begins too; `kind` is what the paper is called."""
    _first_page(writer, report.brand, content, picture, kind or _("Board paper"))
    _second_page(writer, report, content)


def _first_page(writer: Writer, brand: BrandPart, content: BoardPaperContent, picture: bytes | None, kind: str) -> None:
    write_brand(writer, brand, content.name)
    writer.heading(content.name, 1)
    writer.paragraph(f"{kind} · {content.caption}")
    writer.paragraph(" · ".join([content.readers, *content.marks]))
    message = writer.paragraph(style="Intense Quote")
    writer.run(message, f"{content.headline.first} {content.headline.second}", bold=True)
    write_profile(writer, content.profile, picture)
    if content.groups and content.groups_agree:
        writer.paragraph(content.groups_agree)
    writer.heading(_("How much is known"), 2)
    writer.paragraph(f"{content.known.sentence} {content.who_says}")
    writer.heading(_("What is strong"), 2)
    for strength in content.strengths:
        _point(writer, "List Bullet", localise(strength.item.short), strength.text)
    if not content.strengths:
        writer.paragraph(content.no_strength)
    writer.heading(_("What needs the board"), 2)
    for concern in content.concerns:
        _point(writer, "List Number", localise(concern.item.short), concern.why, f"{concern.kind}:", concern.step)
    if not content.concerns:
        writer.paragraph(content.nothing_to_do)
    if content.decided is None:
        _asked(writer, content)


def _asked(writer: Writer, content: BoardPaperContent) -> None:
    writer.heading(_("The board is asked to"), 2)
    for decision in content.decisions:
        writer.paragraph(decision, "List Bullet")
    if not content.decisions:
        writer.paragraph(_("take note of this paper. No decision has been asked for yet."))


def _second_page(writer: Writer, report: ReportDocument, content: BoardPaperContent) -> None:
    writer.heading(_("What groups say"), 2)
    if content.groups:
        write_heat(writer, content.groups)
    if not content.groups:
        nobody = _("No answers of stakeholders stand beside this result.")
        writer.paragraph(content.groups_agree or f"{nobody} {content.who_says}")
    for sentence in content.most_divided:
        writer.paragraph(sentence)
    if content.changed:
        writer.heading(content.changed.heading, 2)
        writer.paragraph(" ".join(content.changed.sentences))
    if content.decided is not None:
        writer.heading(_("What was decided"), 2)
        for words in filter(None, (content.decided.decision, content.decided.by, content.decided.comment)):
            writer.paragraph(words)
    writer.heading(_("Steps"), 2)
    _steps(writer, report, content)
    writer.heading(_("How sure we are"), 2)
    for sentence in content.sure:
        writer.paragraph(sentence, "List Bullet")
    writer.heading(_("Who stands behind it"), 2)
    writer.paragraph(f"{content.behind} {content.reviewed}" if content.reviewed else content.behind)


def _point(writer: Writer, style: str, head: str, *rest: str) -> Paragraph:
    """A point of a list: what it is about in bold, then what is said of it."""
    made = writer.paragraph(style=style)
    writer.run(made, head, bold=True)
    writer.run(made, ".", bold=True)
    for words in rest:
        writer.run(made, " ")
        writer.run(made, words)
    return made


def _steps(writer: Writer, report: ReportDocument, content: BoardPaperContent) -> None:
    if not content.steps:
        writer.paragraph(content.nothing_to_do)
        return
    title = _("What to do first, in this order")
    head = [_("Step"), _("Kind")]
    head += [_("Owner")] if content.has_owners else []
    head += [_("By")] if content.has_dates else []
    table = writer.table(head, title=title, words=title)
    for step in content.steps:
        sign = _("One will know by: %(sign)s") % {"sign": step.known_by} if step.known_by else ""
        cells = ["\n".join(filter(None, (step.text, sign))), step.kind or _("planned")]
        cells += [step.owner or _("not named")] if content.has_owners else []
        cells += [step.due or _("no date")] if content.has_dates else []
        writer.row(table, cells)
    steps = report.joint.steps if report.joint else report.evidence.steps
    more = " ".join(filter(None, (content.not_planned, open_steps(content, steps))))
    if more:
        writer.paragraph(more)
