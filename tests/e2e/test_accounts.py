"""Accounts in a browser: every page without barriers, from sign-up to a passkey that replaces the password."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from msgov.accounts.models import User
from tests.builders.accounts import PASSWORD, app_code, confirmed, mailed_code
from tests.e2e.journeys import fits, look_at_all

pytestmark = pytest.mark.e2e
Check = Callable[[Page], None]

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def passkeys_without_https(settings: Settings) -> None:
    """The live server speaks plain HTTP, where passkeys are refused unless somebody says otherwise."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True


@pytest.fixture
def ana() -> User:
    """A person with an account."""
    return confirmed("ana@example.org", name="Ana")


def sign_in(page: Page) -> None:
    """Sign in with the password."""
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    """Sign out with the button in the header."""
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out.")).to_be_visible()


def look(page: Page, axe: Check, heading: str) -> None:
    """Expect a page by its heading, without barriers and without sideways scrolling on a telephone."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    axe(page)
    before = page.viewport_size or {"width": 1280, "height": 800}
    page.set_viewport_size({"width": 320, "height": 700})
    fits(page)
    page.set_viewport_size(before)


def test_new_person_gets_in_with_the_mailed_code(page: Page, axe: Check) -> None:
    page.goto("/account/login/")
    look(page, axe, "Sign in")
    page.get_by_role("link", name="Create an account").click()
    look(page, axe, "Create an account")
    page.get_by_role("button", name="Create account").click()
    look(page, axe, "Create an account")
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="E-mail address: Type your e-mail address.").click()
    expect(page.get_by_label("E-mail address")).to_be_focused()
    page.get_by_label("E-mail address").fill("bea@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    look(page, axe, "Confirm your e-mail address")
    page.get_by_label("Code").fill(mailed_code())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_forgotten_password_is_replaced_without_javascript(nojs: Page, ana: User) -> None:
    nojs.goto("/account/login/")
    nojs.get_by_role("link", name="I have forgotten my password").click()
    nojs.get_by_label("E-mail address").fill("ana@example.org")
    nojs.get_by_role("button", name="Send the link").click()
    expect(nojs.get_by_role("heading", level=1)).to_have_text("Look into your e-mail")
    link = re.search(r"http://\S+/reset/key/\S+", str(mail.outbox[-1].body))
    assert link is not None
    nojs.goto(link.group(0))
    nojs.get_by_label("Password", exact=True).fill("a brand new phrase")
    nojs.get_by_label("Password again").fill("a brand new phrase")
    nojs.get_by_role("button", name="Save the new password").click()
    expect(nojs.get_by_role("heading", level=1)).to_have_text("Your password is changed")


def test_pages_of_an_account_have_no_barriers(page: Page, axe: Check, ana: User) -> None:
    sign_in(page)
    headings = {
        "": "Account",
        "name/": "Change your name",
        "email/": "Change your e-mail address",
        "password/change/": "Change your password",
        "2fa/": "Two-step sign-in",
        "2fa/webauthn/": "Passkeys",
        "sessions/": "Where you are signed in",
        "logout/": "Sign out",
        "reauthenticate/": "Confirm that it is you",
        "inactive/": "Account switched off",
        "password/reset/": "Choose a new password",
        "password/reset/done/": "Look into your e-mail",
        "password/reset/key/1-bad/": "This link no longer works",
        "password/reset/key/done/": "Your password is changed",
    }
    pages = {f"/account/{path}": heading for path, heading in headings.items()}
    look_at_all(page, pages, lambda address: look(page, axe, pages[address]))
    page.goto("/account/delete/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    look(page, axe, "Delete your account")


def test_authenticator_app_and_recovery_codes(page: Page, axe: Check, ana: User) -> None:
    sign_in(page)
    page.goto("/account/2fa/totp/activate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    look(page, axe, "Set up an authenticator app")
    page.get_by_label("Authenticator code").fill(app_code(page.locator("code").inner_text()))
    page.get_by_role("button", name="Switch on").click()
    look(page, axe, "Recovery codes")
    recovery = page.get_by_role("main").get_by_role("listitem").all_inner_texts()
    headings = {
        "": "Two-step sign-in",
        "recovery-codes/generate/": "Make new recovery codes",
        "totp/deactivate/": "Switch off the authenticator app",
        "reauthenticate/": "Confirm that it is you",
    }
    pages = {f"/account/2fa/{path}": heading for path, heading in headings.items()}
    look_at_all(page, pages, lambda address: look(page, axe, pages[address]))
    sign_out(page)
    sign_in(page)
    look(page, axe, "Second step")
    page.get_by_label("Code").fill(recovery[0])
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_passkey_is_added_and_signs_in_without_a_password(page: Page, axe: Check, ana: User) -> None:
    browser: Any = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    sign_in(page)
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    look(page, axe, "Add a passkey")
    page.get_by_label("Name of the passkey").fill("My telephone")
    page.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("heading", name="My telephone")).to_be_visible()
    page.get_by_role("link", name="Rename My telephone").click()
    look(page, axe, "Rename a passkey")
    page.goto("/account/2fa/webauthn/")
    page.get_by_role("link", name="Remove My telephone").click()
    look(page, axe, "Remove the passkey “My telephone”")
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_missing_passkey_is_said_in_the_page(page: Page, ana: User) -> None:
    browser: Any = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Your device has no matching passkey")
