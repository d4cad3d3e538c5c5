"""Year two in a real browser: the round is started, documents are confirmed, answers given before last time's are seen,
with and without JavaScript."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import Answer, Assessment, EntryCheck, EvidenceEntry
from assessments.rounds.services.submission import submit_assessment
from tests import builders
from tests.e2e.journeys import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

LINK = "https://example.org/charter"
THEN = "Article 2 opened it to members."


@pytest.fixture
def before(live_server: object) -> Assessment:
    """A first round that was submitted, with one answer and one document."""
    organiser = builders.user("organiser@example.org", name="Olu Organiser")
    assessment = builders.assessment(builders.process(organiser=organiser, name="River forum"), title="Year 2025")
    builders.answer(assessment, "IT1a", 2, evidence_text=THEN, evidence_links=LINK)
    entry = EvidenceEntry.of_line(LINK)
    entry.process, entry.title = assessment.process, "The charter"
    entry.added_at = timezone.now() - timedelta(days=300)
    entry.save()
    submit_assessment(assessment=assessment, user=organiser)
    return assessment


def start(page: Page, before: Assessment) -> Assessment:
    sign_in(page, before.process.created_by.email)
    page.goto(f"/processes/{before.process.code}/")
    page.get_by_role("link", name="Start the next round").click()
    expect(page.get_by_text("The answers. Every question is answered anew")).to_be_visible()
    expect(page.get_by_text("every item is asked as it was")).to_be_visible()
    page.get_by_label("Name of this round").fill("Year 2026")
    page.get_by_role("button", name="Start the round").click()
    expect(page).to_have_url(re.compile(r"/assessments/[a-z0-9]+/$"))
    found = Assessment.objects.exclude(pk=before.pk).get()
    assert found.title == "Year 2026"
    return found


def confirm(page: Page, second: Assessment) -> None:
    page.get_by_role("link", name="Confirm the documents").click()
    expect(page.get_by_text(THEN)).to_be_visible()
    page.get_by_role("button", name="Still true").click()
    expect(page.get_by_text("You are through: nothing is left.")).to_be_visible()
    assert EntryCheck.objects.get().assessment == second
    page.get_by_role("link", name="Go on to the questions").click()


def moved(second: Assessment) -> str:
    return Answer.objects.get(response__assessment=second, item__code="IT1a").moved_because


def test_second_year_with_autosave(page: Page, before: Assessment, axe: Callable[[Page], None]) -> None:
    second = start(page, before)
    axe(page)
    page.goto(f"/processes/{before.process.code}/evidence/still-true/")
    axe(page)
    page.goto(f"/assessments/{second.code}/")
    confirm(page, second)
    page.goto(f"/assessments/{second.code}/questions/IT1/")
    assert THEN not in page.content()
    page.locator("#IT1a-answer-3").check()
    fold = page.locator("#IT1a-last-time")
    expect(fold.get_by_text("Last time: Largely achieved")).to_be_visible()
    expect(fold.get_by_text(THEN)).to_be_visible()
    axe(page)
    why = fold.get_by_label("Why is it different from last time?")
    why.press_sequentially("The charter was changed", delay=10)
    expect(page.locator("#save-status")).to_contain_text("Saved")
    why.press_sequentially(", for all.", delay=10)
    # Saving does not draw the field anew under the hands of whoever types.
    expect(why).to_be_focused()
    expect(why).to_have_value("The charter was changed, for all.")
    page.get_by_role("button", name="To the list").click()
    expect(page).to_have_url(re.compile(r"/assessments/[a-z0-9]+/$"))
    assert moved(second) == "The charter was changed, for all."


def test_second_year_without_javascript(nojs: Page, before: Assessment) -> None:
    page = nojs
    second = start(page, before)
    confirm(page, second)
    page.goto(f"/assessments/{second.code}/questions/IT1/")
    page.locator("#IT1a-answer-3").check()
    page.get_by_role("button", name="Save and continue").click()
    page.goto(f"/assessments/{second.code}/questions/IT1/")
    fold = page.locator("#IT1a-last-time")
    expect(fold.get_by_text(THEN)).to_be_visible()
    fold.get_by_label("Why is it different from last time?").fill("The charter was changed.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/questions/IT2/"))
    assert moved(second) == "The charter was changed."
