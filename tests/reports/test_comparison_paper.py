"""How a comparison lies on its sheets: the message on two pages, twelve processes on ten, the method on one."""

import pytest

from assessments.comparing.build import build_comparison
from assessments.documents.result import ResultDocument
from assessments.reports.html import printable
from assessments.reports.render import render_pdf
from assessments.vocabulary import Paper
from tests.builders import samples
from tests.builders.papers import paper
from tests.reports.layout import looks

pytestmark = pytest.mark.slow

NAMES = (
    "Eastmark water council", "Halden spectrum sharing group", "Lowfield urban trees forum",
    "Southport harbour dialogue",
    "Northern Lakes Regional Internet Governance Forum and its Multistakeholder Advisory Group",
    "Rural connectivity roundtable", "Open data working group of Westmark", "Coastal cable landing consultation",
    "Kestrel valley community network", "Youth online safety panel", "Public procurement standards body",
    "Mountain pass transport compact",
)  # fmt: skip


def process(number: int) -> ResultDocument:
    """One of twelve that say different things."""
    shifted = samples.result(
        NAMES[number], code=f"code{number:02}", default=lambda index: samples.pattern(index * (number % 5 + 1) + number)
    )
    return shifted.model_copy(update={"process": shifted.process.model_copy(update={"code": f"process{number:02}"})})


@pytest.mark.parametrize("sheet", list(Paper))
@pytest.mark.parametrize("count", [2, 5, 12])
def test_comparison_carries_its_message_on_two_pages(count: int, sheet: Paper) -> None:
    document = build_comparison([process(number) for number in range(count)])
    ready = printable(paper(document, paper=sheet.value), "en")
    pages = [page.text for page in looks(render_pdf(ready.html, fonts=ready.fonts.files, style=ready.style).content)]
    assert len(pages) <= 10
    assert "What can be told apart, and what cannot" in pages[0]
    assert "The same, as pictures" in pages[1]
    assert "How sure this is" in pages[1]
    assert "Every item" in pages[2]
    assert "the method in one page" in pages[-1]
    assert "The result number in the footer" in pages[-1]
