"""Somebody who comes late answers in Arabic on a telephone, from the mail to the receipt: nothing is in English."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assessments.models import BallotBox
from assessments.panels.mailing import writer_for, written
from assessments.vocabulary import MailKind
from assessments.wording.shipped import shipped
from tests.builders.arabic import arabic_wave
from tests.builders.respondents import new_link
from tests.e2e.journeys import fits

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "locale": "ar"}
LATIN = "[A-Za-z]"
# Text in the language of the page with a letter that is not of it, unless it is in none: an address, a code.
FOREIGN = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
    if (!/[A-Za-z]/.test(words) || element.closest("script, style, textarea, [translate=no]")) continue;
    if (element.closest("[lang]").lang === "ar") found.push(words);
  }
  return found;
}"""


def read(page: Page, axe: Check | None = None) -> None:
    """That a page is in Arabic alone, from right to left, and fits."""
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    fits(page)
    assert page.evaluate(FOREIGN) == []
    if axe:
        axe(page)


def test_late_delegate_answers_in_arabic(
    new_context: Callable[..., BrowserContext], live_server: object, axe: Check, browser_errors: list[str]
) -> None:
    wave, said = arabic_wave(), shipped("ar")
    group = wave.groups.get(name="Business")
    token = new_link(wave, "Business", email="ana@example.org")
    mail = written(writer_for(group), f"/r/{token}/", MailKind.INVITATION, "ar")
    assert not re.search(LATIN, re.sub(r"/r/\S+|\S+@\S+|UTC", "", mail.subject + mail.body))

    page = new_context(**PHONE).new_page()
    page.goto(re.search(r"/r/\S+/", mail.body)[0])  # type: ignore[index]
    read(page)
    page.get_by_role("button", name=said["link.next"]).click()
    read(page)
    page.get_by_role("button", name=said["start.begin"], exact=True).click()
    read(page, axe)
    page.get_by_role("radio").first.check()
    # Another language on the way, and back: what was chosen stays.
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="العربيّة").click()
    expect(page.get_by_role("radio").first).to_be_checked()
    page.get_by_role("button", name=said["question.check"]).click()
    read(page)
    page.get_by_role("button", name=said["check.submit"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said["receipt.title"])
    read(page, axe)
    code = page.locator("p.code").inner_text()
    # The receipt is shown once, and still read in another language, and back.
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(shipped("en")["receipt.title"])
    page.get_by_role("button", name="العربيّة").click()
    expect(page.locator("p.code")).to_have_text(code)
    # And what goes wrong is said in Arabic.
    page.goto("/r/q/nothing/")
    expect(page.get_by_role("heading", level=1)).to_have_text(said["stopped.reopen_title"])
    page.goto("/r/nothing/at/all/")
    expect(page.get_by_role("heading", level=1)).to_have_text(said["errors.not_found_title"])
    read(page, axe)
    browser_errors.clear()  # of both addresses
    assert sum(len(box.content) for box in BallotBox.objects.filter(holds="answers")) == 1
