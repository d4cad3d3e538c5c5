"""The whole way of a question set: draft, edit, split, translate, preview, compare, approve, publish; then an
assessment moves to the new version, and back, and loses nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import Answer, Assessment
from attributes.models import Draft, QuestionSet
from tests import builders
from tests.e2e.conftest import NewContext
from tests.e2e.journeys import fits, sign_in, verified

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SLUG = "isoc-multistakeholder-attributes"


def answers(assessment: Assessment) -> list[dict[str, Any]]:
    """Every stored answer, whichever version it belongs to."""
    rows = Answer.objects.filter(response__assessment=assessment).order_by("pk")
    return list(rows.values("pk", "item_id", "state", "value", "comment", "evidence_text", "version"))


def _publish(page: Page, phone: Page, nojs: Page) -> None:
    """Ada edits, splits and translates on her desk; Ben approves on his phone; Ada publishes without JavaScript."""
    sign_in(page, "ada@example.org")
    page.goto("/question-sets/")
    page.get_by_role("button", name="Start a draft").first.click()
    base = page.url
    page.get_by_role("link", name="IT1a Affected people").click()
    page.get_by_label("What is asked").fill("Can those affected take part?")
    page.get_by_role("button", name="Save and go to the whole draft").click()
    page.goto(f"{base}?open=item/IT3c")
    panel = page.locator("main")
    panel.get_by_role("button", name=re.compile("^Split")).click()
    expect(page.locator("#item-IT3e")).to_be_visible()
    expect(page.locator("#item-IT3c")).to_have_count(0)

    page.goto(f"{base}languages/")
    page.get_by_label(re.compile("language", re.IGNORECASE)).first.fill("fr")
    page.get_by_role("button", name=re.compile("^Add")).click()
    page.goto(f"{base}languages/fr/attribute/IT/")
    field = page.locator("textarea[lang=fr]").first
    field.fill("Inclusion et transparence")
    page.get_by_role("button", name=re.compile("^Save")).first.click()

    page.goto(f"{base}preview/IT1/")
    expect(page.get_by_text("Can those affected take part?")).to_be_visible()
    page.goto(f"{base}review/")
    expect(page.get_by_text("Version 1.1.0")).to_be_visible()
    page.get_by_role("link", name="Every difference, word by word").click()
    expect(page.locator("ins", has_text="take part?")).to_be_visible()
    page.goto(f"{base}review/")
    page.get_by_label("What changed, for those who use this question set").fill("- Plainer words; French begun")
    page.get_by_role("button", name="Save and ask for review").click()

    sign_in(phone, "ben@example.org")
    phone.goto(f"{base}review/")
    fits(phone)
    phone.get_by_role("button", name="Approve").click()
    sign_in(nojs, "ada@example.org")
    nojs.goto(f"{base}review/")
    nojs.get_by_role("button", name="Publish 1.1.0").click()
    expect(nojs).to_have_url(re.compile(f"/question-sets/{SLUG}/1.1.0/$"))


def test_question_set_changes_and_a_half_answered_assessment_goes_along_and_back(
    live_server: LiveServer, page: Page, phone: Page, nojs: Page, new_context: NewContext, axe: Callable[[Page], None]
) -> None:
    for name in ("Ada", "Ben"):
        verified(builders.user(f"{name.lower()}@example.org", name=name, is_question_set_admin=True))
    olga = verified(builders.user("olga@example.org", name="Olga"))
    assessment = builders.assessment(builders.process(organiser=olga))
    builders.answer(assessment, "IT1a", 2)
    builders.answer(assessment, "IT3c", 1)
    builders.answer(assessment, "CR1a", 3)
    before = answers(assessment)

    _publish(page, phone, nojs)
    assert Draft.objects.count() == 0
    published = QuestionSet.objects.get(slug=SLUG, version="1.1.0")
    assert published.languages == ["en", "fr"]

    desk = new_context().new_page()
    sign_in(desk, "olga@example.org")
    desk.goto(f"/assessments/{assessment.code}/")
    desk.get_by_role("link", name=re.compile("see what would change", re.IGNORECASE)).click()
    axe(desk)
    expect(desk.get_by_text("Can those affected take part?").first).to_be_visible()
    desk.get_by_role("button", name="Accept all proposals").click()
    expect(desk.get_by_role("status").first).to_be_visible()
    assessment.refresh_from_db()
    assert assessment.question_set_id == published.pk
    assert answers(assessment)[: len(before)] == before
    desk.goto(f"/assessments/{assessment.code}/questions/IT1/")
    expect(desk.get_by_role("radio", checked=True)).to_have_count(1)

    desk.goto(f"/assessments/{assessment.code}/")
    axe(desk)
    desk.get_by_role("link", name=re.compile("move back|undo", re.IGNORECASE)).first.click()
    desk.locator("main form button[type=submit]").first.click()
    assessment.refresh_from_db()
    assert assessment.question_set.version == "1.0.0"
    assert answers(assessment)[: len(before)] == before
