"""Steps that several browser journeys share, each done as a person would do it."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core import mail
from django.test import Client
from playwright.sync_api import Page, expect

from msgov.accounts.models import User
from tests import builders

PASSWORD = builders.PASSWORD


def sign_in(page: Page, email: str) -> None:
    """Let a window belong to somebody who has signed in: the page for it has tests of its own (test_accounts.py)."""
    client = Client()
    client.force_login(User.objects.get(email=email))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "domain": "localhost", "path": "/"}])


def expect_signed_in(page: Page) -> None:
    """Expect a way to sign out; on a telephone the menu that holds it is opened for it and closed again."""
    leave = page.get_by_role("banner").get_by_role("button", name="Sign out", include_hidden=True)
    expect(leave).to_be_attached()  # the page before it has a menu too
    menu = page.get_by_role("button", name="Menu", exact=True)
    folded = menu.is_visible()
    if folded:
        menu.click()
    expect(leave).to_be_visible()
    if folded:
        page.keyboard.press("Escape")
        expect(leave).to_be_hidden()


def sign_up(page: Page, email: str, *, start: str = "/account/signup/") -> None:
    """Make an account and confirm the address with the code from the mail; `start` "": on the page it stands on."""
    if start:
        page.goto(start)
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password1]").fill(PASSWORD)
    if page.locator("input[name=password2]").count():
        page.locator("input[name=password2]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.locator("input[name=code]").wait_for()
    page.locator("input[name=code]").fill(code_in(str(mail.outbox[-1].body)))
    page.locator("main form button[type=submit]").first.click()
    expect_signed_in(page)


def code_in(body: str) -> str:
    """The confirmation code of a mail: a line with nothing else on it."""
    found = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", body, re.MULTILINE)
    assert found, body
    return found.group(1)


def verified(user: Any) -> Any:
    """Mark a person's address as confirmed, as signing up would."""
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def look_at_all(page: Page, addresses: Iterable[str], look: Callable[[str], None]) -> None:
    """Look at the page of each address; fail in the end, with what is wrong with every one of them."""
    wrong = []
    for address in addresses:
        page.goto(address)
        try:
            look(address)
        except AssertionError as error:
            wrong.append(f"{address}: {error}")
    assert not wrong, "\n".join(wrong)


def fits(page: Page) -> None:
    """Assert that nothing sticks out sideways, once the page is all there: after a click it has only begun to come.

    Measured against the window that was asked for: a telephone's `innerWidth` grows with what sticks out.
    """
    page.wait_for_load_state()
    window = page.viewport_size
    assert window
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= window["width"], f"{page.url} is {width} px wide in a window of {window['width']} px"
