"""The annual page on two sheets, as a Word file, and from the command line."""

import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from docx.oxml.ns import qn

from assessments.actions.services.decisions import save_decision
from assessments.annual.content import annual_content
from assessments.annual.fitting import ENDED, fitted, shortened, width
from assessments.documents.annual import AnnualDocument
from assessments.documents.over_time import GroupLetters, GroupThenNow
from assessments.documents.report import ReportDocument, as_report
from assessments.documents.themes import CommentLine
from assessments.models import Assessment
from assessments.reports.content import report_on
from assessments.reports.docx_annual import annual_docx
from assessments.reports.drawing import draw_report
from assessments.reports.html import printable
from assessments.reports.render import render_pdf
from assessments.vocabulary import Paper, ReportKind
from tests import builders
from tests.annual.given import chosen, page_of, promise, round_of, three_promises, two_rounds
from tests.builders import panels
from tests.printed import pages_of
from tests.reports.test_render import reader, structure

pytestmark = pytest.mark.django_db

LATIN = "Discussing responsibilities with municipal representatives and neighbouring cooperatives everywhere. "
CHINESE = "我们会在每一个村庄解释决定是如何作出的，并公布所有的回答与理由。"


def filled(words: str, length: int) -> str:
    return (words * (length // len(words) + 1))[:length]


def the_longest(words: str) -> AnnualDocument:
    """A page on which every text is as long as it may be, and there is a lot of everything."""
    process = builders.process(organiser=builders.user(), name=filled(words, 120))
    before, after = two_rounds(process)
    for number in range(8):
        promise(
            before,
            filled(words, 160),
            item="CR1a" if number else "",
            state="dropped" if number % 2 else "done",
            happened=filled(words, 1000),
            reason=filled(words, 500),
            closed_on=datetime.date(2026, 9, 30),
        )
        promise(after, filled(words, 160), owner=filled(words, 80), known_by=filled(words, 160))
    save_decision(
        assessment=after,
        user=process.created_by,  # type: ignore[arg-type]  # there is one
        version=0,
        fields={
            "body": filled(words, 120),
            "decided_on": datetime.date(2026, 11, 20),
            "decision": filled(words, 1000),
            "comment": filled(words, 1000),
        },
    )
    chosen(after, foreword=filled(words, 400), title=filled(words, 120))
    document = page_of(after)
    letters = [GroupLetters(attribute=code, then="P+", now="L-") for code in ("IT", "CR", "ED", "CO")]
    groups = [
        GroupThenNow(
            name=filled(words, 100),
            is_pool=False,
            on_record=False,
            asked="both",
            received_then=9,
            received_now=9,
            letters=letters,
        )
        for _number in range(12)
    ]
    quoted = CommentLine(about="IT", group=filled(words, 100), text=filled(words, 900))
    return document.model_copy(update={"panel": panels.tv10_document(), "groups": groups, "quoted": quoted})


def drawn(report: ReportDocument) -> bytes:
    ready = printable(report, "en")
    return render_pdf(ready.html, fonts=ready.fonts.files, style=ready.style).content


def report_of(document: AnnualDocument, **how: Any) -> ReportDocument:
    return as_report(document, **{"readers": "public", **how})


@pytest.mark.slow
@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("words", [LATIN, CHINESE], ids=["latin", "chinese"])
def test_the_longest_page_is_two_sheets_and_says_that_there_is_more(words: str, paper: Paper) -> None:
    found = pages_of(drawn(report_of(the_longest(words), paper=paper.value)))
    assert len(found) == 2
    assert "more promises are not shown here" in found[0]
    assert "more promises are not shown here" in found[1]
    assert "more groups are not shown here" in found[1]
    assert "What we promise next" in found[1]
    assert "Answer of" in found[1]


@pytest.mark.slow
@pytest.mark.parametrize("paper", list(Paper))
def test_a_page_with_little_is_two_sheets_too(paper: Paper) -> None:
    process = builders.process(organiser=builders.user(), name="Forum")
    first = round_of(process, {}, 1)
    assert len(pages_of(drawn(report_of(page_of(first), paper=paper.value)))) == 2
    later = round_of(process, {"CR1a": 3}, 2)
    three_promises(first)
    found = pages_of(drawn(report_of(page_of(later), paper=paper.value)))
    assert len(found) == 2
    assert "41 journeys paid" in found[0]
    assert "not shown here" not in "".join(found)


@pytest.mark.slow
def test_the_same_page_gives_the_same_bytes() -> None:
    before, after = two_rounds()
    three_promises(before)
    report = report_of(page_of(after))
    assert drawn(report) == drawn(report)
    assert annual_docx(report, "en") == annual_docx(report, "en")


@pytest.mark.slow
def test_it_is_tagged_says_what_it_is_and_names_every_picture() -> None:
    before, after = two_rounds()
    three_promises(before)
    promise(after, "Publish the list")
    report = report_of(page_of(after))
    pdf = draw_report(report, "en", assessments=[after.code])
    document = reader(pdf)
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert document.metadata is not None
    assert document.metadata.title.startswith("Forum: the year 20")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    elements = list(structure(pdf))
    pictures = [element["/Alt"] for element in elements if element["/S"] == "/Figure"]
    assert len(pictures) == 4
    assert all(" then, " in alt and " now, of 100 points." in alt for alt in pictures)
    assert {element["/A"]["/Scope"] for element in elements if element["/S"] == "/TH"} == {"/Row", "/Column"}
    assert pdf.content == draw_report(report, "en", assessments=[after.code]).content


def test_what_is_usual_is_not_shortened() -> None:
    before, after = two_rounds()
    three_promises(before)
    promise(after, "Publish the stakeholder list and invite corrections", known_by="a corrected list is online")
    content = annual_content(page_of(after))
    page = fitted(content, "Letter")
    assert page.content == content
    assert (page.promised_more, page.promises_more, page.groups_more) == (0, 0, 0)


@pytest.mark.parametrize(
    ("words", "most", "said"),
    [
        ("short", 10, "short"),
        ("one two three", 9, f"one two{ENDED}"),
        ("unbreakable", 6, f"unbre{ENDED}"),
        ("村莊村莊", 5, f"村莊{ENDED}"),
    ],
)
def test_texts_end_between_words_and_say_that_they_were_cut(words: str, most: int, said: str) -> None:
    assert shortened(words, most) == said
    assert width(shortened(words, most)) <= most


def body(content: bytes) -> str:
    word = Document(BytesIO(content))
    return " ".join(text.text or "" for text in word.element.body.iter(qn("w:t")))


def test_the_word_file_says_all_that_the_page_says() -> None:
    before, after = two_rounds()
    three_promises(before)
    promise(after, "Publish the list", known_by="it is online")
    document = page_of(after)
    words, content = body(annual_docx(report_of(document), "en")), annual_content(document)
    for sentence in (content.headline.promises, content.headline.moved, content.noise, *content.sure):
        assert sentence in words
    for row in content.promised:
        assert row.text in words
        assert row.state in words
        assert row.moved in words
    assert "it is online" in words


def test_the_word_file_of_a_first_round_says_where_it_stands() -> None:
    process = builders.process(organiser=builders.user(), name="Forum")
    words = body(annual_docx(report_of(page_of(round_of(process, {}, 1))), "en"))
    assert "Where it stands" in words
    assert "What we promised last time" not in words


def test_the_paper_for_the_public_has_public_promises_and_that_for_the_steering_group_all() -> None:
    before, after = two_rounds(builders.process(organiser=builders.user(), name="Forum", visibility="public"))
    promise(before, "Public")
    promise(before, "Private", is_public=False)
    public = report_on(after, kind=ReportKind.ANNUAL)
    assert (public.readers, public.annual is not None) == ("public", True)
    assert "Private" not in public.model_dump_json()
    restricted = report_on(after, kind=ReportKind.ANNUAL, restricted=True)
    assert restricted.readers == "steering"
    assert "Private" in restricted.model_dump_json()


def called(assessment: Assessment, output: Path, *more: str) -> None:
    call_command("render_report", assessment.code, "--kind", "annual", "--output", str(output), *more, verbosity=0)


def test_the_command_writes_text_and_word_files(tmp_path: Path) -> None:
    before, after = two_rounds()
    three_promises(before)
    called(after, tmp_path / "a.txt")
    assert "WHAT WE PROMISED LAST TIME" in (tmp_path / "a.txt").read_text(encoding="utf-8")
    called(after, tmp_path / "a.docx")
    assert "Pay travel" in body((tmp_path / "a.docx").read_bytes())


def test_the_command_writes_no_text_of_other_papers(tmp_path: Path) -> None:
    _before, after = two_rounds()
    with pytest.raises(CommandError, match=r"only an annual page \(--kind annual\) as text"):
        call_command("render_report", after.code, "--kind", "board", "--output", str(tmp_path / "a.txt"))
    with pytest.raises(CommandError, match="has to end in"):
        called(after, tmp_path / "a.odt")
