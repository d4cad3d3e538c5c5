"""The annual page in a real browser: found at once by somebody new, read, copied, printed; also without JavaScript."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assessments.demo.people import ORGANISER
from tests.e2e.journeys import look_at_all, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

NAME = "Northvale Forum on Rural Connectivity"
ANNUAL = "/assessments/demo-northvale-2/annual/"


def test_somebody_new_finds_what_became_of_promises_and_copies_it(demo: None, nojs: Page) -> None:
    nojs.goto("/processes/demo-northvale/")
    nojs.get_by_role("link", name="What was promised, and what became of it").click()
    expect(nojs.get_by_role("heading", level=1)).to_contain_text(NAME)
    expect(nojs.locator(".headline")).to_contain_text("Of 3 promises, 1 is kept, 1 late and 1 dropped.")
    promised = nojs.get_by_role("table").first
    expect(promised.get_by_role("row")).to_have_count(4)
    expect(promised).to_contain_text("Done")
    expect(promised).to_contain_text("days late")
    expect(promised).to_contain_text("Dropped")
    nojs.get_by_role("link", name="Copy it as text").click()
    text = nojs.get_by_label("The text").input_value()
    assert "WHAT WE PROMISED LAST TIME" in text
    assert "In the words of Villages and residents" in text


def test_pages_have_no_barriers_and_fit_a_telephone(demo: None, page: Page, no_barriers: Callable[..., None]) -> None:
    sign_in(page, ORGANISER.email)
    addresses = (ANNUAL, ANNUAL + "text/", ANNUAL + "choose/", "/assessments/demo-northvale-1/annual/")
    look_at_all(page, addresses, lambda _address: no_barriers(page))


def test_the_organiser_writes_a_foreword_and_has_the_two_pages_made(
    demo: None, draw_papers: Callable[[], None], page: Page, tmp_path: Path
) -> None:
    sign_in(page, ORGANISER.email)
    page.goto(ANNUAL)
    page.get_by_role("link", name="Choose what stands on it").click()
    page.get_by_label("Foreword").fill("We thank all who came.")
    page.get_by_role("button", name="Save the annual page").click()
    expect(page.get_by_text("We thank all who came.")).to_be_visible()
    draw_papers()
    page.get_by_role("button", name="Make the two pages (PDF and Word)").click()
    with page.expect_download() as found:
        page.get_by_role("link", name="Download the PDF").click()
    found.value.save_as(tmp_path / "annual.pdf")
    assert (tmp_path / "annual.pdf").read_bytes().startswith(b"%PDF")
    assert "annual-page" in found.value.suggested_filename
