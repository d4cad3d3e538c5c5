"""The pages for administrators in a browser: without barriers, on a laptop, a telephone, and without JavaScript."""

from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from pytest_django import Settings

from msgov.accounts.models import User
from tests import builders
from tests.builders.accounts import PASSWORD, confirmed, mailed_code
from tests.builders.panels import open_wave
from tests.e2e.journeys import fits, look_at_all

pytestmark = pytest.mark.e2e
Check = Callable[[Page], None]


@pytest.fixture
def bea() -> User:
    """Somebody with an account and a place in a process; and an administrator, and a panel that is open."""
    root = confirmed("root@example.org", name="Rut", is_staff=True, is_superuser=True)
    user = confirmed("bea.with-quite-a-long-address@organisation.example.org", name="Beatriz")
    builders.member(builders.process(organiser=root), user, "contributor")
    open_wave(["Group"])
    return user


def sign_in(page: Page) -> None:
    """Sign in as the administrator."""
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill("root@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def confirm(page: Page) -> None:
    """Type the password once more, where a page asks for it."""
    if "/reauthenticate/" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button").first.click()


def test_every_page_of_the_site(page: Page, bea: User, no_barriers: Callable[..., None]) -> None:
    sign_in(page)
    headings = {
        "/site/": "Site",
        "/site/people/": "People",
        "/site/people/add/": "Add a person",
        "/site/trail/": "Audit trail",
        f"/site/people/{bea.pk}/": "Beatriz",
        f"/site/people/{bea.pk}/erase/": "Erase Beatriz",
        "/account/data/": "Your data",
        "/account/delete/": "Delete your account",
    }

    def look(address: str) -> None:
        confirm(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(headings[address])
        no_barriers(page)

    look_at_all(page, headings, look)


def test_a_person_gets_a_role_and_is_erased_without_javascript(nojs: Page, bea: User) -> None:
    sign_in(nojs)
    nojs.get_by_role("link", name="Site", exact=True).click()
    nojs.get_by_role("navigation", name="Site").get_by_role("link", name="People").click()
    nojs.get_by_role("link", name=bea.email).click()
    confirm(nojs)
    nojs.get_by_label("Question set administrator").check()
    nojs.get_by_role("button", name="Save the roles").click()
    expect(nojs.get_by_text("Saved. The person is told by mail.")).to_be_visible()
    assert mail.outbox[-1].to == [bea.email]
    nojs.get_by_role("link", name="Erase the person").click()
    nojs.get_by_label("Type the e-mail address of the person").fill(bea.email)
    nojs.get_by_role("button", name="Erase the person").click()
    expect(nojs.get_by_text("The account is erased.")).to_be_visible()
    assert not User.objects.filter(pk=bea.pk).exists()


@pytest.mark.parametrize("where", ["phone", "nojs"])
def test_the_first_factor_of_an_administrator_takes_a_mailed_code(
    request: pytest.FixtureRequest,
    where: str,
    bea: User,
    axe: Check,
    settings: Settings,
    browser_errors: list[str],
) -> None:
    settings.REQUIRE_ADMIN_MFA = True
    page: Page = request.getfixturevalue(where)
    sign_in(page)
    page.get_by_role("link", name="Set up two-step sign-in").click()
    page.get_by_role("link", name="Set up an authenticator app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up two-step sign-in")
    page.get_by_role("button", name="Send the code").click()
    page.get_by_label("Code").fill("AAAA-AAAA")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not the code we sent")
    assert "422" in browser_errors.pop()
    if where == "phone":
        expect(page.get_by_role("heading", level=1)).to_have_text("Set up two-step sign-in")
        axe(page)
        fits(page)
    page.get_by_label("Code").fill(mailed_code())
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Set up an authenticator app").click()
    confirm(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
