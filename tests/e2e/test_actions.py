"""Actions in a real browser: promised, carried out, dropped, carried over; with and without JavaScript, on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import Action, Assessment
from tests import builders
from tests.builders import samples
from tests.e2e.conftest import NewContext
from tests.e2e.journeys import look_at_all, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def round_one(live_server: LiveServer) -> Assessment:
    """A submitted round with the sample as its frozen result."""
    builders.question_set()
    process = builders.process(organiser=builders.user("ada@example.org", name="Ada"), name="Forum")
    assessment = builders.assessment(process, state="submitted")
    samples.frozen(assessment)
    return assessment


@pytest.mark.parametrize("script", [True, False])
def test_from_steps_to_what_became_of_them(
    round_one: Assessment, new_context: NewContext, browser_errors: list[str], script: bool
) -> None:
    page = new_context(java_script_enabled=script).new_page()
    sign_in(page, "ada@example.org")
    actions = f"/assessments/{round_one.code}/actions/"
    page.goto(actions)
    expect(page.get_by_text("Nothing has been promised yet.")).to_be_visible()
    page.get_by_role("button", name="Make these 3 steps actions").click()
    expect(page.locator(".action")).to_have_count(3)
    page.get_by_role("link", name="Enter an action of your own").click()
    page.locator("#id_owner").fill("Ann")
    page.get_by_role("button", name="Enter the action").click()
    expect(page.get_by_role("link", name="What will be done: Say what will be done.")).to_be_visible()
    expect(page.locator("#id_owner")).to_have_value("Ann")
    browser_errors.clear()  # the console names the 422
    page.locator("#id_text").fill("Ask the villages")
    page.locator("#id_due").fill("2026-01-31")
    page.locator("#id_is_public").check()
    page.get_by_role("button", name="Enter the action").click()
    expect(page.get_by_text("1 action is late.")).to_be_visible()
    page.get_by_role("link", name=re.compile(r"Done\s*: Ask the villages")).click()
    page.locator("#id_happened").fill("All forty were asked.")
    page.get_by_role("button", name="Mark it as done").click()
    expect(page.locator(".action", has_text="All forty were asked.")).to_be_visible()
    page.get_by_role("link", name="Drop").first.click()
    page.locator("#id_reason").fill("No money")
    page.get_by_role("button", name="Drop the action").click()
    page.get_by_role("link", name="Write down a decision").click()
    page.locator("#id_body").fill("The board")
    page.locator("#id_decided_on").fill("2026-02-01")
    page.locator("#id_decision").fill("Agreed to all.")
    page.get_by_role("button", name="Save the decision").click()
    builders.assessment(round_one.process)
    page.goto(f"/processes/{round_one.process.code}/actions/")
    expect(page.get_by_role("heading", name="Open from earlier rounds")).to_be_visible()
    page.get_by_role("link", name="Carry over").first.click()
    expect(page.locator("#id_due")).to_have_value("")
    page.locator("#id_due").fill("2099-01-31")
    page.get_by_role("button", name="Carry the action over").click()
    expect(page.get_by_role("link", name="Carried over from round 1")).to_be_visible()
    page.goto(f"/assessments/{round_one.code}/results/")
    expect(page.get_by_text("Decided by The board on 1 February 2026")).to_be_visible()
    states = sorted(Action.objects.filter(assessment=round_one).values_list("state", flat=True))
    assert states == ["done", "dropped", "open", "open"]


def test_pages_have_no_barriers_and_fit_a_telephone(
    round_one: Assessment, page: Page, no_barriers: Callable[..., None]
) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2
    for state in ("open", "done", "dropped"):
        Action.objects.create(
            assessment=round_one, text=long, owner=long[:80], due="2026-01-31", known_by=long, state=state,
            happened=long, reason=long, closed_on=None if state == "open" else "2026-01-30",
        )  # fmt: skip
    first = Action.objects.all()[0].code
    base = f"/assessments/{round_one.code}"
    addresses = [f"{base}/actions/", f"/processes/{round_one.process.code}/actions/", "/actions/", f"{base}/decision/"]
    addresses += [f"{base}/actions/{first}/{name}/" for name in ("edit", "done", "drop", "delete")]
    sign_in(page, "ada@example.org")
    look_at_all(page, (*addresses, f"{base}/results/"), lambda _address: no_barriers(page, opened=True))
