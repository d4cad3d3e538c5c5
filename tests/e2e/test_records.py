"""The public record in a real browser: published, cited, replied to, withdrawn; on a telephone and without a script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from assessments import visitor_limits
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import Role
from tests import builders
from tests.e2e.conftest import NewContext
from tests.e2e.journeys import look_at_all, sign_in, verified

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def assessment(live_server: Any, quick: list[str]) -> Any:
    """A submitted assessment of a process for its members only, with somebody who reads comments."""
    visitor_limits.forget()
    builders.question_set()
    organiser = verified(builders.user("ada@example.org", name="Ada"))
    process = builders.process(organiser=organiser, name="Forum", organisation="The secretariat")
    process.groups.create(name="Business", position=0)
    builders.member(process, verified(builders.user("rita@example.org", name="Rita")), Role.REVIEWER)
    found = builders.assessment(process)
    builders.answer(found, "CR1a", 2, evidence_links="https://example.org/a", evidence_text="Page 3")
    submit_assessment(assessment=found, user=organiser)
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_result_is_published_cited_replied_to_and_withdrawn(
    scripts: bool,
    assessment: Any,
    new_context: NewContext,
    axe: Callable[[Page], None],
    browser_errors: list[str],
) -> None:
    own = new_context(java_script_enabled=scripts).new_page()
    world = new_context(java_script_enabled=scripts).new_page()
    sign_in(own, "ada@example.org")

    own.goto(f"/assessments/{assessment.code}/results/")
    own.locator("#data ~ ul").get_by_role("link", name="Public record", exact=True).click()
    own.get_by_role("link", name="Look at what everybody would see").click()
    expect(own.get_by_text("Preview: nothing is published yet.")).to_be_visible()
    own.get_by_role("link", name="Back, to publish it or not").click()
    own.get_by_role("button", name="Publish for good").click()
    expect(own.get_by_role("heading", name="Publish the result")).to_be_visible()
    own.get_by_label("I have seen the preview").check()
    own.get_by_role("button", name="Publish for good").click()
    expect(own.get_by_text("It is published as MSG-")).to_be_visible()

    # Everybody finds it, cites it and takes the data.
    world.goto("/")
    world.get_by_role("contentinfo").get_by_role("link", name="Public record").click()
    world.get_by_role("link", name="Forum", exact=True).click()
    record = world.url
    expect(world.locator(".citation")).to_contain_text("Forum: result of a self-assessment, round 1")
    data = world.request.get(f"{record}v1/data.json").json()
    assert data["record"]["about"]["licence"]["spdx"] == "CC-BY-4.0"

    # A group is asked, replies by its link, and the organiser answers.
    own.get_by_role("link", name="Look after replies").click()
    own.get_by_label("Group").select_option("Business")
    own.get_by_label("E-mail address of the contact").fill("contact@example.org")
    own.get_by_role("button", name="Send the link").click()
    expect(own.get_by_text("The link was sent to contact@example.org.")).to_be_visible()
    link = re.search(r"https?://\S+/records/reply/\S+", str(mail.outbox[-1].body))
    assert link
    world.goto(link[0])
    if scripts:
        axe(world)
    world.get_by_label("Reply of the group").fill("We see it otherwise.")
    world.get_by_label("Name of the person who files it").fill("B. Person")
    world.get_by_label("The group agrees").check()
    world.get_by_role("button", name="Publish the reply").click()
    expect(world.get_by_text("We see it otherwise.")).to_be_visible()
    own.reload()
    own.get_by_role("link", name="Answer it").click()
    own.get_by_label("Answer of the organiser").fill("We looked again.")
    own.get_by_role("button", name="Publish the answer").click()
    expect(own.get_by_text("We looked again.")).to_be_visible()

    # It is withdrawn, and the address says so; what the group said stays.
    own.goto(record)
    own.get_by_role("link", name="Withdraw this record").click()
    own.get_by_label("Why is it withdrawn?").fill("It named somebody.")
    own.get_by_role("button", name="Withdraw it").click()
    expect(own.get_by_role("heading", name="was withdrawn")).to_be_visible()
    assert world.request.get(f"{record}v1/data.json").status == 410
    answer = world.goto(record)
    assert answer
    assert answer.status == 410
    expect(world.get_by_text("It named somebody.")).to_be_visible()
    expect(world.get_by_text("We see it otherwise.")).to_be_visible()
    # Provoked: consent that was not given, and twice the page of what was withdrawn.
    assert [re.findall(r"status of (\d+)", error) for error in browser_errors] == [["422"], ["410"], ["410"]]
    browser_errors.clear()


def test_records_fit_a_telephone_and_have_no_barriers(
    assessment: Any, page: Page, no_barriers: Callable[..., None]
) -> None:
    sign_in(page, "ada@example.org")
    page.goto(f"/assessments/{assessment.code}/record/")
    no_barriers(page)
    page.get_by_label("I have seen the preview").check()
    page.get_by_role("button", name="Publish for good").click()
    record = page.url
    pages = ("/records/", record, f"{record}replies/", f"{record}withdraw/")
    look_at_all(page, pages, lambda _address: no_barriers(page, opened=True))
