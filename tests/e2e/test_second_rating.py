"""A blind second rating in a browser: asked, rated, finished, shown to both, agreed on; with and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Answer, Assessment, RatedAnswer
from assessments.vocabulary import Role
from tests import builders
from tests.e2e.conftest import NewContext
from tests.e2e.journeys import fits, sign_in, verified

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SECRET = "Kept from the second rater"


@pytest.fixture
def assessment() -> Assessment:
    ada = verified(builders.user("ada@example.org", name="Ada"))
    found = builders.assessment(builders.process(organiser=ada, name="River council"))
    rita = verified(builders.user("rita@example.org", name="Rita"))
    builders.member(found.process, rita, Role.CONTRIBUTOR)
    evidence = {"evidence_text": "The minutes say it on page 2", "evidence_links": "https://example.org/minutes"}
    builders.answer(found, "CR1a", 3, comment=SECRET, updated_by=ada, **evidence)
    builders.answer(found, "CR1b", 1, updated_by=ada)
    return found


@pytest.mark.parametrize("scripts", [True, False])
def test_two_people_rate_the_same_and_agree(
    page: Page,
    nojs: Page,
    new_context: NewContext,
    axe: Callable[[Page], None],
    assessment: Assessment,
    scripts: bool,
    browser_errors: list[str],
) -> None:
    ada = page if scripts else nojs
    rita = new_context(java_script_enabled=scripts, viewport={"width": 360, "height": 740}).new_page()
    rating = f"/assessments/{assessment.code}/second-rating/"

    def checked(shown: Page) -> None:
        if scripts:
            axe(shown)
            fits(shown)

    # Asked.
    sign_in(ada, "ada@example.org")
    ada.goto(f"/assessments/{assessment.code}/")
    ada.get_by_role("link", name="Second rating").click()
    checked(ada)
    ada.get_by_role("link", name="Ask somebody").click()
    ada.get_by_label("Rita (Contributor)").check()
    checked(ada)
    ada.get_by_role("button", name="Ask", exact=True).click()
    expect(ada.locator("main")).to_contain_text("Rita was asked")

    # Begun: from now on the round is closed to her.
    sign_in(rita, "rita@example.org")
    rita.goto(rating)
    checked(rita)
    rita.get_by_label("No, I have not seen any").check()
    rita.get_by_role("button", name="Begin", exact=True).click()
    expect(rita.locator("main")).to_contain_text("Nobody sees what you choose")
    checked(rita)
    rita.goto(f"/assessments/{assessment.code}/questions/CR1/")
    expect(rita.locator("main")).to_contain_text("Until both of you have finished")
    browser_errors[:] = [error for error in browser_errors if "403" not in error]

    # Rated, from the evidence and without the levels.
    rita.goto(f"{rating}questions/CR1/")
    expect(rita.locator("main")).to_contain_text("The minutes say it on page 2")
    expect(rita.locator("main")).not_to_contain_text(SECRET)
    expect(rita.locator("main input:checked")).to_have_count(0)
    checked(rita)
    rita.locator("#CR1a-answer-1").check()
    rita.locator("#CR1b-answer-1").check()
    rita.locator("#CR1a-comment").fill("Only half of it")
    if scripts:
        expect(rita.locator("#save-status")).to_contain_text("Saved")
    rita.get_by_role("button", name="Save and continue").click()
    assert RatedAnswer.objects.get(item="CR1a").comment == "Only half of it"
    rita.goto(f"{rating}check/")
    checked(rita)
    rita.get_by_role("button", name="Finish my rating").click()
    expect(rita.locator("main")).to_contain_text("The first ratings are not finished yet")

    # Finished by both, and shown to both.
    ada.goto(rating)
    expect(ada.locator("main")).not_to_contain_text("Only half of it")
    ada.get_by_role("link", name="Our ratings are finished").click()
    ada.get_by_role("button", name="Our ratings are finished").click()
    for shown in (ada, rita):
        shown.goto(rating)
        expect(shown.locator("main")).to_contain_text("Both give the same level on 1 of 2 items")
        expect(shown.locator("main")).to_contain_text("Only half of it")
        checked(shown)

    # Agreed on, with a reason; it counts.
    ada.get_by_role("link", name="Agree on it").click()
    checked(ada)
    ada.locator("#CR1a-answer-2").check()
    ada.get_by_role("button", name="We agree on this").click()
    expect(ada.locator("main")).to_contain_text("Say why")
    browser_errors[:] = [error for error in browser_errors if "422" not in error]
    expect(ada.locator("#CR1a-answer-2")).to_be_checked()
    ada.get_by_label("Why?").fill("Only in the north")
    ada.get_by_role("button", name="We agree on this").click()
    expect(ada.locator("main")).to_contain_text("Only in the north")
    assert Answer.objects.get(item__code="CR1a").value == {"level": 2}
