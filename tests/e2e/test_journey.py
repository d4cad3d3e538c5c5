"""The main job, end to end, as its users do it: sign up, describe, answer, submit, read, download, compare."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from assessments.models import Assessment, FrozenResult, Process
from assessments.rounds.services.submission import submit_assessment
from tests import builders, printed
from tests.e2e.conftest import LAPTOP, TELEPHONE, WIDER_TEXT
from tests.e2e.journeys import fits, look_at_all, sign_in, sign_up, verified

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]


def answer_everything(page: Page) -> int:
    """Go through the questions with “Save and continue”, rating each item L. Returns the pages seen."""
    pages = 0
    while page.locator("form#answers").count():
        pages += 1
        for radio in page.locator("input[type=radio][value='2']").all():
            radio.check()
        with page.expect_navigation():  # the page that is left also has the form: it would be counted again
            page.get_by_role("button", name="Save and continue").click()
        assert pages < 50
    return pages


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit the assessment").click()


def download(page: Page, tmp_path: Path, name: str = "Download") -> bytes:
    """Wait on the page of a report, or on that of the results by the name of a paper, for the file."""
    link = page.get_by_role("link", name=name).first
    expect(link).to_be_visible()
    with page.expect_download() as waiting:
        link.click()
    target = tmp_path / "report.pdf"
    waiting.value.save_as(target)
    return target.read_bytes()


@pytest.mark.parametrize("browser_kind", ["page", "nojs"])
def test_newcomer_gets_from_an_account_to_a_report(
    browser_kind: str, draw_papers: Callable[[], None], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    page: Page = request.getfixturevalue(browser_kind)
    reads_papers = browser_kind == "page"  # without JavaScript they come in the same way, and say the same
    builders.question_set()
    sign_up(page, "new@example.org")
    page.goto("/")
    page.get_by_role("link", name="Describe a process").first.click()
    page.get_by_label("Name of the process").fill("River basin council")
    page.get_by_label("Recommends:").check()
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", name="River basin council")).to_be_visible()
    page.get_by_role("button", name="Start an assessment").first.click()

    assessment = Assessment.objects.get()
    page.goto(f"/assessments/{assessment.code}/questions/IT1/")
    assert answer_everything(page) == 14
    if reads_papers:
        draw_papers()
    submit(page)

    document = FrozenResult.objects.get().document
    assert document["process"]["name"] == "River basin council"
    # Every rating claims L and has no evidence, so nothing is shown: no score, and a range up to what is claimed.
    by_code = {attribute["code"]: attribute for attribute in document["attributes"]}
    assert (by_code["CR"]["status"], by_code["CR"]["score"], by_code["CR"]["letter"]) == ("withheld", None, None)
    assert (by_code["CR"]["low"]["exact"], by_code["CR"]["high"]["exact"]) == ("0", "200/3")

    page.goto(f"/assessments/{assessment.code}/results/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("River basin council")
    expect(page.locator("main")).to_contain_text("0–67")
    # Both papers are there without being asked for.
    board = download(page, tmp_path, "Board paper (PDF)")
    full = download(page, tmp_path, "Full report (PDF)")
    if reads_papers:
        expect_paper(board, "Collective responsibility withheld")
        expect_paper(full, "0–67")

    page.get_by_text("Make another paper").click()
    page.get_by_label("Full report: every attribute, stakeholders, all steps").check()
    page.get_by_label("Figures: codes, decimals, workings").check()
    page.get_by_role("button", name="Make the paper").click()
    made = download(page, tmp_path)
    if reads_papers:
        expect_paper(made, "0–67")


def expect_paper(content: bytes, shown: str) -> None:
    """Expect a tagged paper that names the process and shows this of the score that is withheld."""
    pdf = PdfReader(BytesIO(content))
    assert pdf.metadata is not None
    assert "River basin council" in str(pdf.metadata.title)
    assert shown in " ".join("\n".join(printed.pages_of(content)).split())
    assert "/StructTreeRoot" in pdf.trailer["/Root"]


SHOWN = {
    "evidence_text": "The minutes say who agreed.",
    "evidence_links": "https://example.org/minutes",
    "evidence_source": "groups",
}


def submitted(name: str, level: int) -> Assessment:
    """A submitted assessment that a colleague shares with everybody who has an account."""
    process = builders.process(organiser=builders.user(), name=name, visibility="signed_in")
    assessment = builders.assessment(process)
    for code, item in builders.items().items.items():
        if item.kind == "rating":
            builders.answer(assessment, code, level, **SHOWN)
    submit_assessment(assessment=assessment, user=process.created_by)
    return Assessment.objects.get(pk=assessment.pk)


def test_reviewer_compares_processes_and_downloads_the_report(
    page: Page, draw_papers: Callable[[], None], tmp_path: Path
) -> None:
    submitted("Alpha forum", 3)
    submitted("Beta panel", 1)
    sign_in(page, verified(builders.user("rita@example.org")).email)
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Compare").click()
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.locator("main").get_by_role("button", name="Compare").last.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("Alpha forum")
    draw_papers()
    page.get_by_role("button", name="Make a PDF").click()
    text = "\n".join(printed.pages_of(download(page, tmp_path)))
    assert "Alpha forum" in text
    assert "Beta panel" in text


def pages_of(assessment: Assessment) -> list[str]:
    """The pages of a round; those of its process are in test_processes.py."""
    process: Process = assessment.process
    start, assess = f"/processes/{process.code}/", f"/assessments/{assessment.code}/"
    return [
        "/",
        "/framework/",
        "/framework/questions/",
        "/framework/method/",
        "/processes/",
        start,
        *(start + part for part in ("evidence/", "evidence/add/", "papers/")),
        assess,
        *(assess + part for part in ("check/", "submit/", "evidence/", "board/", "history/", "results/")),
        *(f"{assess}questions/{code}/" for code in ("IT1", "IT2", "IT3", "IT5", "CR1")),
        "/compare/",
        "/compare/saved/",
        "/quick/",
        "/account/",
    ]


def test_every_page_is_accessible_and_fits_a_phone_even_with_wider_text(page: Page, axe: Check) -> None:
    """And WCAG 1.4.12: nothing is cut off or overlaps sideways when a reader spaces the text out."""
    assessment = submitted("Alpha forum", 2)
    organiser = verified(assessment.process.created_by)
    draft = builders.assessment(assessment.process)
    builders.answer(draft, "IT1a", 2)
    sign_in(page, organiser.email)

    def look(_address: str) -> None:
        axe(page)
        page.set_viewport_size(TELEPHONE)
        try:
            fits(page)
            page.evaluate(WIDER_TEXT)
            fits(page)
        finally:
            page.set_viewport_size(LAPTOP)

    look_at_all(page, [*pages_of(draft), f"/assessments/{assessment.code}/results/"], look)
