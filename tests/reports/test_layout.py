"""How the papers of the demonstration look on their sheets: white space, torn tables, words, pages."""

import re
from collections.abc import Callable
from functools import cache
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

Look = tuple[ReportDocument, list[PageLook]]

CODES = ("demo-northvale-2", "demo-northvale-1", "demo-southmere-1", "demo-iana-1")
# Has the annex of the method alone, on either paper: what is in its others is in those of Northvale as well.
SHORT = "demo-southmere-1"
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


@pytest.fixture(scope="module")
def look(demo: dict[str, Assessment]) -> Callable[..., Look]:
    """Return a function that draws a paper of the demonstration, each once, and returns what it says and its pages.

    On A4 a full report has all annexes, on the other paper that of the method.
    """

    @cache
    def found(code: str, kind: ReportKind, size: Paper) -> Look:
        annexes = list(Annex) if size == Paper.A4 and code != SHORT else [Annex.METHOD]
        annexes = annexes if kind == ReportKind.FULL else []
        report = report_on(demo[code], kind=kind, paper=size, restricted=is_restricted(code), annexes=annexes)
        return report, looks(drawn(report))

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
def test_board_paper_is_two_pages_and_few_words(look: Callable[..., Look], code: str, paper: Paper) -> None:
    _report, pages = look(code, ReportKind.BOARD, paper)
    assert len(pages) <= 2
    assert sum(words_of(body(page)) for page in pages) <= MOST_WORDS


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("code", CODES)
def test_full_report_wastes_and_tears_no_page(look: Callable[..., Look], code: str, paper: Paper) -> None:
    report, pages = look(code, ReportKind.FULL, paper)
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


@pytest.mark.parametrize("paper", list(Paper))
def test_annex_of_the_method_is_one_page(look: Callable[..., Look], paper: Paper) -> None:
    _report, pages = look("demo-northvale-2", ReportKind.FULL, paper)
    firsts = [page.first for page in pages]
    after = firsts[firsts.index("Annex: the method in one page") + 1 :]
    assert all(first.startswith("Annex") for first in after[:1])


def test_same_paper_gives_the_same_bytes(demo: dict[str, Assessment]) -> None:
    report = report_on(demo["demo-northvale-2"], kind=ReportKind.BOARD)
    assert drawn(report) == drawn(ReportDocument.model_validate_json(report.model_dump_json()))


def test_a_board_paper_quotes_no_case_and_prints_no_codes(look: Callable[..., Look]) -> None:
    _report, pages = look("demo-northvale-2", ReportKind.BOARD, Paper.A4)
    text = " ".join(body(page) for page in pages)
    assert "Seen elsewhere" not in text
    assert not re.search(r"\b(IT|CR|ED|CO)\d[a-d]\b", text)
    assert not re.search(r"\d\.\d", text)
