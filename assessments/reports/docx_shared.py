"""What every paper has as a Word file: sheet and foot, logo, the profile and the heat table."""

import base64
import binascii
import datetime
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Mm, Pt, RGBColor

from assessments.documents.report import BrandPart, ReportDocument
from assessments.pictures import HeatTable, Profile
from assessments.pictures.profile import LetterAndNumber
from assessments.pictures.scale import colours_of
from assessments.reports.docx_parts import Writer, described, shaded

PAPER = {"A4": (Mm(210), Mm(297)), "Letter": (Mm(215.9), Mm(279.4))}
MARGIN = Mm(20)
PICTURE_WIDTH = Mm(165)
LOGO_HEIGHT = Mm(14)
# Where no day is told: a date has to be there, and the present one would be another file every time.
NO_DAY = datetime.date(2000, 1, 1)


@dataclass(frozen=True)
class PaperFacts:
    """What a Word file says of itself, and at the foot of every sheet."""

    title: str
    author: str
    marks: list[str]
    identity: str
    readers: str


def set_paper(writer: Writer, report: ReportDocument, facts: PaperFacts) -> None:
    """Set sheet, margins, foot and styles, and say what the file is."""
    word = writer.word
    for section in word.sections:
        section.page_width, section.page_height = PAPER[report.paper]
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        writer.run(section.footer.paragraphs[0], f"{facts.identity} · {facts.readers}")
        writer.turned(section.footer.paragraphs[0])
    word.styles["Normal"].font.size = Pt(10.5)
    for level in (1, 2):
        style = word.styles[f"Heading {level}"]
        style.paragraph_format.keep_with_next = True
        if report.brand.colour:
            style.font.color.rgb = RGBColor.from_string(report.brand.colour.lstrip("#").upper())
    about = word.core_properties
    about.title = facts.title
    about.author = facts.author or "msgov"
    about.subject = " · ".join(facts.marks)
    about.comments = facts.identity
    about.language = writer.language
    about.last_modified_by = ""
    submitted = report.evidence.assessment.submitted_on
    day = datetime.date.fromisoformat(submitted) if submitted else NO_DAY
    about.created = about.modified = datetime.datetime(day.year, day.month, day.day)


def write_brand(writer: Writer, brand: BrandPart, name: str) -> None:
    """The logo and name of the organisation, where there are any; `name` is read out in place of a logo without one."""
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


def write_profile(writer: Writer, profile: Profile, picture: bytes | None) -> None:
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


def write_heat(writer: Writer, heat: HeatTable) -> None:
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
