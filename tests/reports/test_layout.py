"""How the papers of the demonstration look on their sheets: white space, torn tables, words, pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from assessments.documents.report import ReportDocument
from assessments.models import Assessment
from assessments.reports.content import report_on
from assessments.reports.full import step_rows
from assessments.reports.html import printable
from assessments.reports.render import render_pdf
from assessments.vocabulary import Annex, Paper, ReportKind
from attributes.texts import localise
from tests.builders.demonstration import demonstration
from tests.reports.layout import PageLook, looks, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CODES = ("demo-northvale-2", "demo-northvale-1", "demo-southmere-1", "demo-iana-1")
MOST_WORDS = 550
FOOT = re.compile(r"^(For |Public|Restricted|Assessment .*method|Report .*data|\d+ / \d+)")


@pytest.fixture(scope="module")
def demo(build_once: Callable[[Callable[[], Any]], Any]) -> dict[str, Assessment]:
    """The demonstration, for all tests of this file."""

    def build() -> dict[str, Assessment]:
        demonstration()
        return {code: Assessment.objects.select_related("process").get(code=code) for code in CODES}

    found: dict[str, Assessment] = build_once(build)
    return found


def drawn(report: ReportDocument) -> bytes:
    ready = printable(report, "en")
    return render_pdf(ready.html, fonts=ready.fonts.files, style=ready.style).content


def body(page: PageLook) -> str:
    """The words of a page without its running lines."""
    return "\n".join(line for line in page.text.splitlines() if not FOOT.match(line.strip()))


def is_restricted(code: str) -> bool:
    return code == "demo-northvale-2"


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("code", CODES)
def test_board_paper_is_two_pages_and_few_words(demo: dict[str, Assessment], code: str, paper: Paper) -> None:
    report = report_on(demo[code], kind=ReportKind.BOARD, paper=paper, restricted=is_restricted(code))
    pages = looks(drawn(report))
    assert len(pages) <= 2
    assert sum(words_of(body(page)) for page in pages) <= MOST_WORDS


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("code", CODES)
def test_full_report_wastes_and_tears_no_page(demo: dict[str, Assessment], code: str, paper: Paper) -> None:
    annexes = list(Annex) if paper == Paper.A4 else []
    report = report_on(demo[code], kind=ReportKind.FULL, paper=paper, restricted=is_restricted(code), annexes=annexes)
    pages = looks(drawn(report))
    parts = [index for index, page in enumerate(pages) if page.begins_part or page.first.startswith("Annex")]
    before_annexes = next((i for i, page in enumerate(pages) if page.first.startswith("Annex")), len(pages))
    assert before_annexes <= 14
    for index, page in enumerate(pages[:-1]):
        is_last_of_part = index + 1 in parts
        assert page.filled > 0.5 or is_last_of_part, (page.number, page.filled, page.first)
    _no_row_is_torn(report, pages[:before_annexes])


def _no_row_is_torn(report: ReportDocument, pages: list[PageLook]) -> None:
    """What a step is about and what to do stand on one page."""
    texts = [" ".join(page.text.split()) for page in pages]
    # The board's paper, at the beginning, has a heading of this name too.
    first = max((i for i, page in enumerate(pages) if "Steps" in page.text.splitlines()), default=len(pages))
    for row in step_rows(report):
        ends = " ".join(localise(row.advice.text).split()[-4:]) if row.advice else ""
        begins = " ".join(localise(row.part.short).split()[:2])
        assert not ends or any(ends in text and begins in text for text in texts[first:]), (begins, ends)


def test_annex_of_the_method_is_one_page(demo: dict[str, Assessment]) -> None:
    for paper in Paper:
        report = report_on(demo["demo-northvale-2"], kind=ReportKind.FULL, paper=paper, annexes=[Annex.METHOD])
        pages = looks(drawn(report))
        assert pages[-1].first == "Annex: the method in one page"


def test_same_paper_gives_the_same_bytes(demo: dict[str, Assessment]) -> None:
    report = report_on(demo["demo-northvale-2"], kind=ReportKind.BOARD)
    assert drawn(report) == drawn(ReportDocument.model_validate_json(report.model_dump_json()))


def test_a_board_paper_quotes_no_case_and_prints_no_codes(demo: dict[str, Assessment]) -> None:
    report = report_on(demo["demo-northvale-2"], kind=ReportKind.BOARD, restricted=True)
    text = " ".join(body(page) for page in looks(drawn(report)))
    assert "Seen elsewhere" not in text
    assert not re.search(r"\b(IT|CR|ED|CO)\d[a-d]\b", text)
    assert not re.search(r"\d\.\d", text)
