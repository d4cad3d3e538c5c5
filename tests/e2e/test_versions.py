"""The way of a draft to a version in a real browser: differences, review, approval, publication, retiring."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from attributes.documents import operations
from attributes.documents.documents import Address, Document, node
from attributes.editor.services.drafts import change, start_draft
from attributes.models import Draft, QuestionSet
from tests import builders
from tests.e2e.journeys import fits, sign_in, verified

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

SLUG = "isoc-multistakeholder-attributes"


@pytest.fixture
def draft(live_server: LiveServer) -> Draft:
    """A draft of the first of two administrators, with an item reworded and one split."""
    ada, _ben = (
        verified(builders.user(f"{name.lower()}@example.org", name=name, is_question_set_admin=True))
        for name in ("Ada", "Ben")
    )
    found = start_draft(user=ada, base=builders.question_set())

    def edit(content: Document) -> None:
        node(content, Address("item", "IT1a"))["text"] = {"en": "Can those affected take part?"}
        operations.split(content, "IT4b", ["IT4c", "IT4d"])

    change(draft=found, user=ada, edit=edit, target="set", summary="Reworded and split")
    return found


def test_two_administrators_publish_a_version(
    draft: Draft, page: Page, phone: Page, nojs: Page, axe: Callable[[Page], None], browser_errors: list[str]
) -> None:
    review = f"/question-sets/drafts/{draft.code}/review/"
    sign_in(page, "ada@example.org")
    page.goto(review)
    axe(page)
    expect(page.get_by_text("Version 1.1.0")).to_be_visible()
    page.get_by_role("link", name="Every difference, word by word").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What differs from 1.0.0 to draft")
    expect(page.locator("ins", has_text="take part?")).to_be_visible()
    expect(page.get_by_role("heading", name="Item IT4c IT4b split into IT4c, IT4d")).to_be_visible()
    axe(page)
    page.get_by_label("Only in").select_option("IT")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name="Crosswalk")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="text", exact=True).click()
    assert download.value.suggested_filename == f"{SLUG}-1.0.0-draft.md"

    page.goto(review)
    page.get_by_role("button", name="Save and ask for review").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_contain_text("Say what changed")
    axe(page)
    assert "status of 422" in browser_errors.pop()
    page.get_by_label("What changed, for those who use this question set").fill("- IT1a in plainer words")
    page.get_by_role("button", name="Save and ask for review").click()
    expect(page.get_by_role("status")).to_have_text("The draft is in review.")
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    axe(page)
    link = re.search(r"https?://\S+", str(mail.outbox[-1].body))
    assert link
    assert mail.outbox[-1].to == ["ben@example.org"]

    sign_in(phone, "ben@example.org")
    phone.goto(link.group())
    fits(phone)
    axe(phone)
    phone.get_by_role("link", name="Every difference, word by word").click()
    fits(phone)
    phone.go_back()
    phone.get_by_role("button", name="Approve").click()
    expect(phone.get_by_role("status")).to_contain_text("You approved this draft.")
    fits(phone)

    sign_in(nojs, "ada@example.org")
    nojs.goto(review)
    nojs.get_by_role("button", name="Publish 1.1.0").click()
    expect(nojs).to_have_url(re.compile(f"/question-sets/{SLUG}/1.1.0/$"))
    expect(nojs.get_by_text("- IT1a in plainer words")).to_be_visible()
    version = QuestionSet.objects.get(version="1.1.0")
    assert (version.published_by_name, version.approved_by_name) == ("Ada", "Ben")

    phone.goto(f"/question-sets/{SLUG}/1.0.0/")
    fits(phone)
    axe(phone)
    phone.get_by_role("link", name="Retire this version").click()
    axe(phone)
    phone.get_by_role("button", name="Retire the version").click()
    expect(phone.get_by_role("status")).to_have_text(f"{SLUG} 1.0.0 is retired.")
