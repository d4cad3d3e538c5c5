"""Describing a process and working on it with others, in a browser."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

from assessments.models import Process, StakeholderGroup
from tests import builders
from tests.e2e.conftest import NewContext
from tests.e2e.journeys import PASSWORD, code_in, fits, sign_in, verified

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def test_context_is_filled_in_without_javascript(nojs: Page, browser_errors: list[str]) -> None:
    builders.question_set()
    sign_in(nojs, verified(builders.user("ada@example.org")).email)
    nojs.goto("/processes/new/")
    press(nojs, "Create the process")
    expect(nojs.get_by_role("alert")).to_contain_text("Name of the process: Enter the name of the process")
    expect(nojs.locator(".error-summary")).to_be_focused()
    assert "422" in browser_errors.pop()
    nojs.get_by_role("alert").get_by_role("link").click()
    expect(nojs.get_by_label("Name of the process")).to_be_focused()
    nojs.keyboard.type("River council")
    nojs.keyboard.press("Enter")
    expect(nojs.get_by_role("heading", level=1)).to_have_text("River council")

    nojs.get_by_role("link", name="Name the stakeholder groups").click()
    nojs.get_by_label("Name of group 1").fill("Governments")
    press(nojs, re.compile("Up.*Business"))
    nojs.get_by_label("Add a group (optional)").fill("Farmers")
    nojs.keyboard.press("Enter")
    press(nojs, re.compile("Remove.*Academia"))
    press(nojs, "Remove the group")
    names = [group.name for group in StakeholderGroup.objects.all()]
    assert names == ["Business", "Governments", "Civil society", "Technical community", "Farmers"]

    nojs.get_by_role("link", name="River council").click()
    nojs.get_by_role("link", name="See whether the issue suits the approach").click()
    for criterion in nojs.locator("main fieldset").all():
        criterion.get_by_label("Yes", exact=True).check()
    press(nojs, "Save the answers")
    expect(nojs.locator("main")).to_contain_text("Strong fit.")

    nojs.get_by_role("link", name="River council").click()
    nojs.get_by_role("link", name="Write down the goals that were agreed").click()
    press(nojs, "Add this goal")
    nojs.get_by_label("Groups that agreed to it (optional)").fill("All of them")
    press(nojs, "Save the goal")
    expect(nojs.locator("main")).to_contain_text("All of them")


def test_an_invitation_leads_a_newcomer_through_signing_up(page: Page, new_context: NewContext) -> None:
    process = builders.process(organiser=verified(builders.user("ada@example.org")), name="River council")
    sign_in(page, "ada@example.org")
    page.goto(f"/processes/{process.code}/members/")
    page.get_by_label("E-mail addresses").fill("bob@example.org")
    page.get_by_label("Contributor: answers questions and gives evidence").check()
    press(page, "Send the invitations")
    expect(page.get_by_role("status")).to_contain_text("An invitation has been sent to bob@example.org.")
    link = re.search(r"http\S+/invitations/\S+", str(mail.outbox[-1].body))
    assert link

    other: BrowserContext = new_context(viewport={"width": 360, "height": 740})
    phone = other.new_page()
    phone.goto(link[0])
    assert phone.url.endswith("/invitations/accept/")
    phone.locator("main").get_by_role("link", name="Create an account").click()
    phone.locator("input[name=email]").fill("bob@example.org")
    phone.locator("input[name=password1]").fill(PASSWORD)
    phone.locator("input[name=password2]").fill(PASSWORD)
    phone.locator("main form button[type=submit]").first.click()
    phone.locator("input[name=code]").fill(code_in(str(mail.outbox[-1].body)))
    phone.locator("main form button[type=submit]").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("River council")
    press(phone, "Accept the invitation")
    expect(phone.get_by_role("status")).to_contain_text("Welcome to “River council”.")
    assert sorted(process.memberships.values_list("user__email", "role")) == [
        ("ada@example.org", "organiser"),
        ("bob@example.org", "contributor"),
    ]


def test_process_pages_have_no_barriers(page: Page, phone: Page, axe: Check) -> None:
    builders.question_set()
    ada = verified(builders.user("ada@example.org"))
    process = builders.process(organiser=ada, name="A" * 120, organisation="Ω" * 150, website="https://example.org/")
    group = StakeholderGroup.objects.create(process=process, name="G" * 100)
    goal = process.goals.create(text="t" * 300, agreed_by="All")
    other = builders.member(process, builders.user(name="N" * 150), "reviewer")
    for browser in (page, phone):
        for address in ("/", "/help/"):
            browser.goto(address)
            fits(browser)
            axe(browser)
        sign_in(browser, ada.email)
        own = f"/processes/{process.code}/"
        for address in [
            "/",
            "/processes/",
            "/processes/?q=nothing",
            "/processes/new/",
            *(own + part for part in ("", "edit/", "delete/", "groups/", "fit/", "goals/", "members/", "leave/")),
            f"{own}goals/new/",
            f"{own}groups/{group.pk}/remove/",
            f"{own}goals/{goal.pk}/",
            f"{own}goals/{goal.pk}/delete/",
            f"{own}members/{other.pk}/remove/",
        ]:  # fmt: skip
            browser.goto(address)
            fits(browser)
            axe(browser)
    assert Process.objects.count() == 1
