"""The board paper as a Word file: what the PDF says, for everybody to read, and the same bytes every time."""

import base64
import re
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from assessments.documents.actions import ActionPart
from assessments.documents.both_tracks import JointDocument
from assessments.documents.report import BoardPart, BrandPart, ReportDocument, as_report
from assessments.reports import docx
from assessments.reports.board import board_paper
from assessments.reports.docx import board_docx, profile_png
from assessments.reports.png import TooBusy
from assessments.reports.render import RenderError
from tests.builders import panels
from tests.headlines.given import joint, profile, since, step, steps

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

BOARD = BoardPart(
    decision="Confirm three steps.\nDecide by March.",
    made_by="The secretariat",
    actions=[ActionPart(item="ED3a", text="Ask the villages.", owner="A. Berg", due="2027-02-28")],
)


def report(shown: Any = None, **how: Any) -> ReportDocument:
    given = shown or joint(profile(), blind_spots=[], steps=steps(step("ED3a"), step("CR1b")))
    return as_report(given, kind="board", **{"board": BOARD, "readers": "steering", **how})


def opened(content: bytes) -> Any:
    return Document(BytesIO(content))


def everything(word: Any) -> str:
    """All words in the body, those of tables with them."""
    return re.sub(r"\s+", " ", " ".join(text.text or "" for text in word.element.body.iter(qn("w:t"))))


def picture(width: int = 40) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, 10), (18, 53, 91)).save(out, "PNG")
    return out.getvalue()


def test_it_says_what_the_paper_says() -> None:
    given = report()
    content = board_paper(given)
    words = everything(opened(board_docx(given, "en")))

    assert content.headline.first in words
    assert content.known.sentence in words
    assert content.groups_agree is not None
    assert content.groups_agree in words
    for sentence in [*content.sure, *content.most_divided, *content.decisions, content.behind, *content.marks]:
        assert sentence in words
    for concern in content.concerns:
        assert concern.why in words
    for planned in content.steps:
        assert planned.text in words
    assert "A. Berg" in words


def test_its_parts_have_headings_by_level() -> None:
    word = opened(board_docx(report(), "en"))
    found = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert found[0] == ("Heading 1", board_paper(report()).name)
    assert [name for name, _text in found[1:]] == ["Heading 2"] * (len(found) - 1)
    assert "How sure we are" in [text for _name, text in found]


def test_tables_have_a_header_row_that_is_repeated_and_words_that_stand_for_them() -> None:
    word = opened(board_docx(report(), "en"))
    assert len(word.tables) == 3
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows[1:])
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    groups = word.tables[1]
    assert [cell.text for cell in groups.columns[0].cells][1:] == [
        row.head
        for row in board_paper(report()).groups.rows  # type: ignore[union-attr]
    ]


def test_pictures_have_words_that_say_what_they_show() -> None:
    logo = base64.b64encode(picture()).decode("ascii")
    given = report(brand=BrandPart(name="Northvale", colour="#8a4b00", logo=logo))
    word = opened(board_docx(given, "en", picture(200)))
    drawn = [found.get("descr") for found in word.element.body.iter(qn("wp:docPr"))]
    assert drawn[0] == "Northvale"
    assert board_paper(given).profile.sentence in drawn[1]
    assert all(line.row.title in drawn[1] for line in board_paper(given).profile.lines)
    assert str(word.styles["Heading 1"].font.color.rgb) == "8A4B00"


def test_what_is_no_picture_is_left_out() -> None:
    for logo in ("bm8gcGljdHVyZQ==", "???"):
        word = opened(board_docx(report(brand=BrandPart(logo=logo)), "en"))
        assert list(word.element.body.iter(qn("wp:docPr"))) == []


def test_it_has_a_title_and_a_language() -> None:
    word = opened(board_docx(report(), "en"))
    assert word.core_properties.title.endswith(": board paper")
    assert word.core_properties.author == "The secretariat"
    assert word.core_properties.language == "en"
    assert [found.get(qn("w:val")) for found in word.styles.element.iter(qn("w:lang"))] == ["en"]


def test_it_runs_from_right_to_left_where_the_language_does() -> None:
    word = opened(board_docx(report(), "ar"))
    assert word.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert all(p._p.pPr.find(qn("w:bidi")) is not None for p in word.paragraphs)
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in word.tables)


def test_the_same_report_gives_the_same_bytes() -> None:
    given = report()
    assert board_docx(given, "en", picture()) == board_docx(given, "en", picture())


@pytest.mark.parametrize(("paper", "width"), [("A4", 210), ("Letter", 216)])
def test_it_is_of_the_size_that_was_asked_for(paper: str, width: int) -> None:
    word = opened(board_docx(report(paper=paper), "en"))
    assert round(word.sections[0].page_width.mm) == width


def test_without_stakeholders_plans_and_steps_it_says_so() -> None:
    given = report(profile(), board=BoardPart(), readers="members")
    words = everything(opened(board_docx(given, "en")))
    content = board_paper(given)
    assert f"No answers of stakeholders stand beside this result. {content.who_says}" in words
    assert content.no_strength in words
    assert words.count(content.nothing_to_do) >= 2
    assert "No decision has been asked for yet." in words


def test_what_changed_since_the_last_round_stands_in_it() -> None:
    given = report(last=since(IT="better"))
    words = everything(opened(board_docx(given, "en")))
    for sentence in board_paper(given).changed.sentences:  # type: ignore[union-attr]
        assert sentence in words


def test_what_is_not_public_is_not_in_the_public_file() -> None:
    public: JointDocument = joint(profile(), panels.tv10_public(), blind_spots=[], steps=steps(step("CR1b")))
    word = opened(board_docx(report(public, readers="public"), "en"))
    restricted = opened(board_docx(report(), "en"))
    sentence = "Civil society see least"
    assert sentence in everything(restricted)
    assert sentence not in everything(word)


def test_characters_that_no_file_can_hold_are_left_out() -> None:
    words = everything(opened(board_docx(report(board=BoardPart(decision="Con\x01firm\x00 it\ufffe 🌳.")), "en")))
    assert "Confirm it 🌳." in words


@pytest.mark.parametrize("error", [RenderError("No Pango"), TooBusy()])
def test_where_no_picture_can_be_drawn_the_table_says_it_all(
    error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object, **_how: object) -> bytes:
        raise error

    monkeypatch.setattr(docx, "png_of", fail)
    assert profile_png(report(), "en") is None
    assert "could not be drawn" in caplog.text
    assert len(opened(board_docx(report(), "en")).tables) == 3


@pytest.mark.slow
def test_the_profile_is_drawn_as_a_picture() -> None:
    drawn = profile_png(report(), "en")
    assert drawn is not None
    assert Image.open(BytesIO(drawn)).width > 800
