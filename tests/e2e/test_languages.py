"""Translating and reading in a real browser: no barriers, nothing cut off, from left and from right."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from attributes.documents.documents import Document
from attributes.editor.services.drafts import change, start_draft
from attributes.languages.services import add_language
from attributes.models import Draft
from attributes.texts import QUESTION_LANGUAGE_COOKIE
from tests import builders
from tests.attributes.texts import put_text
from tests.e2e.journeys import look_at_all, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ARABIC = "لم يسأل أحد عمّن يعنيه الأمر."


@pytest.fixture
def draft(live_server: LiveServer) -> Draft:
    """Of the shipped set, with a little French and Arabic, and one source text changed since."""
    editor = builders.user("editor@example.org", is_question_set_admin=True)
    draft = start_draft(user=editor, base=builders.question_set())
    for language in ("fr", "ar"):
        add_language(draft=draft, user=editor, language=language)

    def translate(content: Document) -> None:
        put_text(content, "item/IT1a/anchors/0", "ar", ARABIC)
        put_text(content, "item/IT1a/anchors/0", "fr", "Personne ne s’est demandé qui est concerné.")

    change(draft=draft, user=editor, edit=translate, target="test", summary="Test")
    change(
        draft=draft,
        user=editor,
        edit=lambda content: put_text(content, "item/IT1a/anchors/0", "en", "Nobody ever asked."),
        target="item/IT1a",
        summary="Item",
    )
    return draft


@pytest.fixture
def signed_in(draft: Draft) -> Callable[[Page], Page]:
    """Return a function that lets a window belong to somebody, and returns it."""

    def act(page: Page) -> Page:
        sign_in(page, "editor@example.org")
        return page

    return act


def test_pages_have_no_barriers_and_fit_a_telephone(
    signed_in: Callable[[Page], Page], draft: Draft, page: Page, no_barriers: Callable[..., None]
) -> None:
    start = f"/question-sets/drafts/{draft.code}"
    signed_in(page)
    addresses = (
        f"{start}/languages/",
        f"{start}/languages/ar/attribute/IT/",
        f"{start}/languages/fr/set/?show=missing",
        f"{start}/languages/fr/remove/",
        f"{start}/preview/",
        f"{start}/preview/IT1/?language=ar",
    )
    look_at_all(page, addresses, lambda _address: no_barriers(page, opened=True))


def test_translation_saves_itself_and_old_one_is_confirmed(
    signed_in: Callable[[Page], Page], draft: Draft, page: Page
) -> None:
    signed_in(page).goto(f"/question-sets/drafts/{draft.code}/languages/fr/attribute/IT/?show=changed")
    page.get_by_label("Still right (What level N means)").check()
    expect(page.locator("#save-status")).to_contain_text("Saved")
    expect(page.locator("#t_item_IT1a_anchors_0-state")).to_have_text("Translated")
    page.get_by_role("link", name=re.compile("All texts")).click()
    page.get_by_label("Title (français)").fill("Inclusion et transparence")
    expect(page.locator("#t_attribute_IT_title-state")).to_have_text("Translated")
    page.reload()
    expect(page.get_by_label("Title (français)")).to_have_value("Inclusion et transparence")


def test_translation_works_without_javascript(signed_in: Callable[[Page], Page], draft: Draft, nojs: Page) -> None:
    signed_in(nojs).goto(f"/question-sets/drafts/{draft.code}/languages/fr/attribute/IT/")
    nojs.get_by_label("Title (français)").fill("Inclusion et transparence")
    nojs.get_by_role("button", name="Save and continue").click()
    expect(nojs.get_by_text("texts saved.")).to_be_visible()


def test_arabic_stands_at_the_right(signed_in: Callable[[Page], Page], draft: Draft, page: Page) -> None:
    signed_in(page).goto(f"/question-sets/drafts/{draft.code}/languages/ar/attribute/IT/")
    field = page.locator("#t_item_IT1a_anchors_0")
    assert field.evaluate("field => getComputedStyle(field).direction") == "rtl"
    assert QUESTION_LANGUAGE_COOKIE not in {cookie["name"] for cookie in page.context.cookies()}
