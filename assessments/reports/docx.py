"""The board paper as a Word file: the content of its two pages, for those who put it into papers of their own.

From the same values as the PDF (`board_paper`): what is left out there is left out here.
"""

import base64
import binascii
import datetime
import logging
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from assessments.documents.report import BrandPart, ReportDocument
from assessments.pictures import Drawing, HeatTable, Profile
from assessments.pictures.profile import LetterAndNumber
from assessments.pictures.scale import colours_of
from assessments.reports.board import BoardPaperContent, board_paper, open_steps
from assessments.reports.docx_parts import Writer, bytes_of, described, shaded
from assessments.reports.png import TooBusy, png_of
from assessments.reports.render import RenderError
from attributes.texts import localise, reading

logger = logging.getLogger(__name__)

PATIENCE = 20  # seconds for the picture, while somebody waits for the file
PAPER = {"A4": (Mm(210), Mm(297)), "Letter": (Mm(215.9), Mm(279.4))}
MARGIN = Mm(20)
PICTURE_WIDTH = Mm(165)
LOGO_HEIGHT = Mm(14)
# Where no day is told: a date has to be there, and the present one would be another file every time.
NO_DAY = datetime.date(2000, 1, 1)


def board_docx(report: ReportDocument, language: str, picture: bytes | None = None) -> bytes:
    """Return the board paper of a report in a language, with its profile as a PNG where there is one.

    The same report and picture give the same bytes.
    """
    with override(language), reading(""):
        content = board_paper(report)
        word = Document()
        writer = Writer(word, language)
        _paper(writer, report, content)
        _first_page(writer, report.brand, content, picture)
        _second_page(writer, report, content)
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


def _paper(writer: Writer, report: ReportDocument, content: BoardPaperContent) -> None:
    word = writer.word
    for section in word.sections:
        section.page_width, section.page_height = PAPER[report.paper]
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        writer.run(section.footer.paragraphs[0], f"{content.identity} · {content.readers}")
        writer.turned(section.footer.paragraphs[0])
    word.styles["Normal"].font.size = Pt(10.5)
    for level in (1, 2):
        style = word.styles[f"Heading {level}"]
        style.paragraph_format.keep_with_next = True
        if report.brand.colour:
            style.font.color.rgb = RGBColor.from_string(report.brand.colour.lstrip("#").upper())
    about = word.core_properties
    about.title = _("%(name)s: board paper") % {"name": content.name}
    about.author = content.made_by or "msgov"
    about.subject = " · ".join(content.marks)
    about.comments = content.identity
    about.language = writer.language
    about.last_modified_by = ""
    submitted = report.evidence.assessment.submitted_on
    day = datetime.date.fromisoformat(submitted) if submitted else NO_DAY
    about.created = about.modified = datetime.datetime(day.year, day.month, day.day)


def _first_page(writer: Writer, brand: BrandPart, content: BoardPaperContent, picture: bytes | None) -> None:
    _brand(writer, brand, content.name)
    writer.heading(content.name, 1)
    writer.paragraph(f"{_('Board paper')} · {content.caption}")
    writer.paragraph(" · ".join([content.readers, *content.marks]))
    message = writer.paragraph(style="Intense Quote")
    writer.run(message, f"{content.headline.first} {content.headline.second}", bold=True)
    _profile(writer, content.profile, picture)
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
    writer.heading(_("The board is asked to"), 2)
    for decision in content.decisions:
        writer.paragraph(decision, "List Bullet")
    if not content.decisions:
        writer.paragraph(_("take note of this paper. No decision has been asked for yet."))


def _second_page(writer: Writer, report: ReportDocument, content: BoardPaperContent) -> None:
    writer.heading(_("What groups say"), 2)
    if content.groups:
        _heat(writer, content.groups)
    if not content.groups:
        nobody = _("No answers of stakeholders stand beside this result.")
        writer.paragraph(content.groups_agree or f"{nobody} {content.who_says}")
    for sentence in content.most_divided:
        writer.paragraph(sentence)
    if content.changed:
        writer.heading(content.changed.heading, 2)
        writer.paragraph(" ".join(content.changed.sentences))
    writer.heading(_("Steps"), 2)
    _steps(writer, report, content)
    writer.heading(_("How sure we are"), 2)
    for sentence in content.sure:
        writer.paragraph(sentence, "List Bullet")
    writer.heading(_("Who stands behind it"), 2)
    writer.paragraph(content.behind)


def _brand(writer: Writer, brand: BrandPart, name: str) -> None:
    if brand.logo:
        paragraph = writer.paragraph()
        try:
            paragraph.add_run().add_picture(BytesIO(base64.b64decode(brand.logo)), height=LOGO_HEIGHT)
        except (UnrecognizedImageError, binascii.Error):
            paragraph._p.getparent().remove(paragraph._p)
        else:
            described(paragraph, brand.name or name)
    if brand.name:
        writer.paragraph(brand.name, bold=True)


def _point(writer: Writer, style: str, head: str, *rest: str) -> Paragraph:
    """A point of a list: what it is about in bold, then what is said of it."""
    made = writer.paragraph(style=style)
    writer.run(made, head, bold=True)
    writer.run(made, ".", bold=True)
    for words in rest:
        writer.run(made, " ")
        writer.run(made, words)
    return made


def _profile(writer: Writer, profile: Profile, picture: bytes | None) -> None:
    """The picture, what it says in words for those who do not see it, and its letters and numbers as a table."""
    said = " ".join([profile.sentence, *(line.row.title for line in profile.lines)])
    if picture:
        paragraph = writer.paragraph()
        paragraph.add_run().add_picture(BytesIO(picture), width=PICTURE_WIDTH)
        described(paragraph, said)
    head = [profile.head or _("Attribute"), _("Shown"), *([_("Groups")] if profile.has_groups else [])]
    table = writer.table(head, title=profile.sentence, words=said)
    for line in profile.lines:
        cells = [line.name, _standing(line.shown)]
        writer.row(table, [*cells, _standing(line.groups)] if profile.has_groups else cells)
    writer.paragraph(" ".join(profile.keys))


def _standing(standing: LetterAndNumber) -> str:
    return " ".join(filter(None, standing)) or "–"


def _heat(writer: Writer, heat: HeatTable) -> None:
    """A real table; colours only help to find what the letters say."""
    table = writer.table([heat.corner or _("Group"), *heat.columns], title=heat.caption, words=heat.caption)
    for row in heat.rows:
        cells = writer.row(
            table, [row.head, *(" ".join(filter(None, (c.letter, c.words, c.note))) or "–" for c in row.cells)]
        )
        for drawn, cell in zip(cells[1:], row.cells, strict=True):
            if cell.letter:
                shaded(drawn, *colours_of(cell.css))
    writer.paragraph(heat.caption)


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
        cells = [step.text, step.kind or _("planned")]
        cells += [step.owner or _("not named")] if content.has_owners else []
        cells += [step.due or _("no date")] if content.has_dates else []
        writer.row(table, cells)
    steps = report.joint.steps if report.joint else report.evidence.steps
    more = " ".join(filter(None, (content.not_planned, open_steps(content, steps))))
    if more:
        writer.paragraph(more)
