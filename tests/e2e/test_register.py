"""The evidence register in a browser: a document is given once, chosen under another answer, and found in the list."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Answer, EvidenceEntry
from tests import builders
from tests.e2e.conftest import NewContext
from tests.e2e.journeys import sign_in, verified

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
CHARTER = "https://example.org/charter"


def test_document_is_given_once_and_chosen_where_it_applies(
    page: Page, nojs: Page, new_context: NewContext, axe: Callable[[Page], None]
) -> None:
    ada = verified(builders.user("ada@example.org"))
    assessment = builders.assessment(builders.process(organiser=ada, name="River council"))
    questions = f"/assessments/{assessment.code}/questions"
    register = f"/processes/{assessment.process.code}/evidence/"

    # Given under an answer, without a script.
    sign_in(nojs, "ada@example.org")
    nojs.goto(f"{questions}/IT1/")
    nojs.locator("#IT1a-answer-2").check()
    nojs.get_by_label("Add links, one per line").fill("example.org/charter")
    nojs.get_by_role("button", name="Save and continue").click()
    assert Answer.objects.get().evidence_links == CHARTER

    # Described in the register.
    nojs.goto(register)
    nojs.get_by_role("link", name="Edit").click()
    nojs.get_by_label("Title").fill("Charter of the council")
    nojs.get_by_role("button", name="Save the entry").click()
    expect(nojs.locator("main")).to_contain_text("1 answer rests on it")

    # Chosen by its title under another answer, by autosave; and taken off again.
    sign_in(page, "ada@example.org")
    page.goto(f"{questions}/CR1/")
    page.locator("#CR1a-answer-2").check()
    page.locator("#CR1a-entry").select_option(label="Charter of the council")
    expect(page.locator("#save-status")).to_contain_text("Saved")
    page.reload()
    ticked = page.get_by_label("Charter of the council")
    expect(ticked).to_be_checked()
    axe(page)
    page.goto(register)
    expect(page.locator("main")).to_contain_text("2 answers rest on one document: Charter of the council.")
    axe(page)
    page.goto(f"{questions}/CR1/")
    ticked.uncheck()
    expect(page.locator("#save-status")).to_contain_text("Saved")
    assert Answer.objects.get(item__code="CR1a").evidence_links == ""
    page.goto(f"{register}{EvidenceEntry.objects.get().code}/")
    axe(page)
