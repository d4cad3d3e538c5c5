"""Question sets in a real browser: a new draft, edited, taken back; by keyboard, without JavaScript, on a phone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from attributes.documents import documents
from attributes.documents.documents import Document
from attributes.editor.services import drafts
from attributes.models import Draft
from msgov.accounts.models import User
from tests import builders
from tests.e2e.journeys import fits, look_at_all, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    return builders.user("editor@example.org", name="Edda Editor", is_question_set_admin=True)


@pytest.fixture
def draft(editor: User) -> Draft:
    return drafts.start_draft(user=editor, base=builders.question_set())


@pytest.fixture
def desk(page: Page, editor: User) -> Page:
    sign_in(page, editor.email)
    return page


def stored(draft: Draft, where: str) -> dict[str, Any]:
    draft.refresh_from_db()
    return documents.part(draft.content, documents.address(where))


def status(page: Page) -> Locator:
    return page.locator("#save-status")


def forgive(browser_errors: list[str], cause: str) -> None:
    """Take out what the test itself has caused."""
    assert any(cause in line for line in browser_errors)
    browser_errors[:] = [line for line in browser_errors if cause not in line and "htmx:" not in line]


def test_new_draft_is_edited_and_taken_back(desk: Page, editor: User, axe: Callable[[Page], None]) -> None:
    builders.question_set()
    desk.goto("/")
    desk.get_by_role("link", name="Question sets").click()
    axe(desk)
    desk.get_by_role("button", name="Start a draft").first.click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Internet Society multistakeholder attributes")
    draft = Draft.objects.get()
    before = stored(draft, "item/IT1a")
    desk.get_by_role("link", name="IT1a Affected people").click()
    desk.get_by_label("What is asked").fill("Can those affected take part?")
    expect(status(desk)).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    assert stored(draft, "item/IT1a")["text"] == {"en": "Can those affected take part?"}
    desk.get_by_role("link", name="The whole draft").click()
    desk.get_by_role("button", name="Undo: Item IT1a").click()
    expect(desk.get_by_text("Taken back: Item IT1a")).to_be_visible()
    assert stored(draft, "item/IT1a") == before
    desk.get_by_role("button", name="Redo: Item IT1a").click()
    expect(desk.get_by_text("Made again: Item IT1a")).to_be_visible()
    assert stored(draft, "item/IT1a")["text"] == {"en": "Can those affected take part?"}


PAGES_OF_A_DRAFT = [
    "",
    "?open=item/IT3b",
    "?open=question/IT3",
    "?open=set",
    "parts/set/",
    "parts/scale/",
    "parts/criteria/",
    "parts/crosswalk/",
    "parts/contradictions/",
    "parts/attribute/IT/",
    "parts/question/IT1/",
    "parts/item/IT1a/",
    "parts/item/IT2b/",
    "parts/item/IT2b/?kind=rating",
    "remove/item/IT1a/",
    "changes/",
    "discard/",
]


def test_pages_of_a_draft_are_accessible_on_a_phone(
    phone: Page, editor: User, draft: Draft, axe: Callable[[Page], None]
) -> None:
    sign_in(phone, editor.email)

    def look(_address: str) -> None:
        axe(phone)
        fits(phone)

    look_at_all(phone, [f"/question-sets/drafts/{draft.code}/{where}" for where in PAGES_OF_A_DRAFT], look)


def test_row_moved_by_keyboard_has_the_focus_afterwards(desk: Page, draft: Draft) -> None:
    desk.goto(f"/question-sets/drafts/{draft.code}/")
    desk.get_by_role("button", name="Move IT3c up").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#item-IT3c")).to_be_focused()
    assert [row["code"] for row in documents.node(_content(draft), documents.address("question/IT3"))["items"]] == [
        "IT3a",
        "IT3c",
        "IT3b",
        "IT3d",
    ]
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("button", name="Move IT3c up")).to_be_focused()


def _content(draft: Draft) -> Document:
    draft.refresh_from_db()
    return draft.content


def test_new_line_gets_its_key_while_one_types(desk: Page, draft: Draft) -> None:
    desk.goto(f"/question-sets/drafts/{draft.code}/parts/item/IT2b/")
    label = desk.locator("#options-4-label")
    for words in ("Fe", "Fees"):
        label.fill(words)
        desk.wait_for_timeout(100)
        expect(desk.locator("#options-4-from")).to_have_value(words.lower())
    assert [row["key"] for row in stored(draft, "item/IT2b")["options"]][-1] == "fees"
    desk.get_by_role("button", name="Up Option 5").or_(
        desk.get_by_role("button", name="Save and add another line Options")
    ).first.click()
    expect(desk.locator("#options-5-label")).to_be_visible()


def test_what_is_missing_is_named_while_one_types(desk: Page, draft: Draft) -> None:
    desk.goto(f"/question-sets/drafts/{draft.code}/parts/item/IT1a/")
    desk.get_by_label("Short text").fill("")
    expect(desk.locator("#missing")).to_contain_text("Short text: Nothing is written here yet")
    desk.get_by_label("Short text").fill("Short again")
    expect(desk.locator("#missing")).to_be_empty()


def test_two_people_compare_and_choose(
    desk: Page, draft: Draft, browser_errors: list[str], axe: Callable[[Page], None]
) -> None:
    desk.goto(f"/question-sets/drafts/{draft.code}/parts/item/IT1a/")
    now = stored(draft, "item/IT1a")
    drafts.save_part(
        draft=draft,
        user=builders.user(name="Theo Theirs"),
        where=documents.address("item/IT1a"),
        value={**now, "text": {"en": "Theirs"}},
        started_from=documents.fingerprint(now),
        summary="Item IT1a",
    )
    desk.get_by_label("What is asked").fill("Mine")
    expect(status(desk)).to_contain_text("Theo Theirs changed this part at the same time")
    desk.get_by_role("button", name="Compare and choose").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Two versions of Item IT1a")
    axe(desk)
    desk.get_by_label("Mine", exact=True).check()
    desk.get_by_role("button", name="Save what I chose").click()
    expect(desk.get_by_label("What is asked")).to_have_value("Mine")
    assert stored(draft, "item/IT1a")["text"] == {"en": "Mine"}
    forgive(browser_errors, "409")


def test_dropped_connection_loses_nothing(desk: Page, draft: Draft, browser_errors: list[str]) -> None:
    desk.goto(f"/question-sets/drafts/{draft.code}/parts/item/IT1a/")
    desk.context.set_offline(True)
    desk.get_by_label("What is asked").fill("First words")
    expect(status(desk)).to_contain_text("Not saved")
    desk.get_by_label("What is asked").fill("First words and more")
    desk.context.set_offline(False)
    expect(status(desk)).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    assert stored(draft, "item/IT1a")["text"] == {"en": "First words and more"}
    forgive(browser_errors, "ERR_INTERNET_DISCONNECTED")


def test_everything_works_without_javascript(nojs: Page, editor: User, browser_errors: list[str]) -> None:
    sign_in(nojs, editor.email)
    nojs.goto("/question-sets/drafts/new/")
    nojs.get_by_label("Title").fill("River forum")
    nojs.get_by_role("button", name="Start the draft").click()
    nojs.get_by_role("link", name="Add an attribute").click()
    nojs.get_by_role("button", name="Add", exact=True).click()
    nojs.get_by_label("Title").fill("Openness")
    nojs.get_by_label("Name in addresses").fill("Not a name")
    nojs.get_by_role("button", name="Save", exact=True).click()
    expect(nojs.locator(".error-summary")).to_contain_text("Name in addresses: Use small letters and digits")
    expect(nojs.get_by_label("Title")).to_have_value("Openness")
    nojs.get_by_label("Name in addresses").fill("openness")
    nojs.get_by_role("button", name="Save and go to the whole draft").click()
    nojs.get_by_role("button", name="Add", exact=True).click()
    nojs.get_by_label("Question").fill("Is it open?")
    nojs.get_by_role("button", name="Save and go to the whole draft").click()
    nojs.get_by_label("How it is answered").select_option("coverage_checklist")
    nojs.get_by_role("button", name="Add", exact=True).click()
    nojs.get_by_label("Short text").fill("Open")
    nojs.locator("#options-0-label").fill("Meetings")
    nojs.get_by_role("button", name="Save and add another line Options").click()
    nojs.locator("#options-1-label").fill("Lists")
    nojs.get_by_role("button", name="Save", exact=True).click()
    draft = Draft.objects.get()
    item = stored(draft, "item/A11a")
    assert {row["key"] for row in item["options"]} == {"meetings", "lists"}
    forgive(browser_errors, "422")
