"""The first ten minutes in a browser: the quick check on a telephone, counted in clicks, and what becomes of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Answer, Assessment
from tests import builders
from tests.e2e.journeys import fits, sign_up
from tests.quick.test_quick import PAGES

pytestmark = pytest.mark.e2e
Check = Callable[[Page], None]
MOST_CLICKS = 25


class CountedClicks:
    """A person's clicks on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = 0

    def choose(self, name: str, value: str) -> None:
        """Choose a radio button by its label, as a thumb does."""
        self.page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()
        self.number += 1

    def press(self, role: str, name: str) -> None:
        """Press a link or a button of the page."""
        self.page.get_by_role("main").get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.number += 1


def test_a_visitor_sees_the_picture_within_25_clicks_and_keeps_it(
    phone: Page, axe: Check, browser_errors: list[str]
) -> None:
    builders.question_set()
    phone.goto("/")
    clicks = CountedClicks(phone)
    clicks.press("link", "Try it in 8 minutes")
    axe(phone)
    fits(phone)
    clicks.press("link", "Begin")
    for number, choices in enumerate(PAGES, 1):
        if number == 1:
            axe(phone)
            fits(phone)
        for name, value in choices.items():
            clicks.choose(name, value)
        clicks.press("button", "Continue" if number < len(PAGES) else "Show the result")
    message = "This is what is claimed; nothing of it has been shown yet."
    expect(phone.get_by_role("heading", level=1)).to_have_text(message)
    assert clicks.number <= MOST_CLICKS
    axe(phone)
    fits(phone)
    _keeps_it(phone, axe)
    assert "422" in browser_errors.pop()  # the name that was missing at first


def _keeps_it(phone: Page, axe: Check) -> None:
    """Signing up leads back to the quick check, and from there into an assessment."""
    phone.get_by_role("link", name="Create an account and keep it").click()
    sign_up(phone, "bea@example.org", start="")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Keep the quick check")
    axe(phone)
    fits(phone)
    phone.get_by_role("button", name="Keep it").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    phone.get_by_label("Name of the new process").fill("Forum")
    phone.get_by_role("button", name="Keep it").click()
    expect(phone.get_by_text("14 answers were taken over as claims")).to_be_visible()
    assert Assessment.objects.get().process.name == "Forum"
    assert Answer.objects.count() == 14


def test_the_quick_check_works_without_scripts(nojs: Page) -> None:
    builders.question_set()
    nojs.goto("/quick/")
    nojs.get_by_role("link", name="Begin").click()
    for choices in PAGES:
        for name, value in choices.items():
            nojs.locator(f'input[name="{name}"][value="{value}"]').check()
        nojs.locator('button[value="next"]').click()
    expect(nojs.get_by_role("heading", name="What to show or improve first")).to_be_visible()
