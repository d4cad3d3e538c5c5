"""An independent review from the first question to the signature, with scripts and without."""

from collections.abc import Callable, Collection

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Assessment, Membership, Review
from assessments.reviewing.answers import reviewed_answers
from assessments.reviewing.reading import reviewable
from assessments.reviewing.services.opinions import OpinionEntered, save_opinions
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import ReviewState, Role
from msgov.accounts.models import User
from tests import builders
from tests.builders import worked
from tests.e2e.journeys import fits, sign_in
from tests.e2e.test_panels import press

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]


def agree_with_the_rest(review: Review, reviewer: User, leaving: Collection[str] = ("CR1b",)) -> None:
    """Say of all other items what thirty pages would."""
    answers = reviewed_answers(review.assessment)
    save_opinions(
        review=review,
        user=reviewer,
        entries=[
            OpinionEntered(
                item=item.code,
                made_for=answers.fingerprint(item.code),
                says="agrees" if item.claimed else "cannot_tell",
            )
            for item, _weight in reviewable(answers.document)
            if item.code not in leaving
        ],
    )


@pytest.mark.parametrize("browser_kind", ["page", "nojs"])
def test_review_from_asking_to_the_signature(
    browser_kind: str, request: pytest.FixtureRequest, axe: Check, browser_errors: list[str]
) -> None:
    page: Page = request.getfixturevalue(browser_kind)
    if browser_kind == "nojs":
        axe = fits  # the check for barriers is a script itself
    organiser = builders.user("organiser@example.org", name="Ona Organiser")
    reviewer = builders.user("reviewer@example.org", name="Rea Reviewer")
    process = builders.process(organiser=organiser, name="River basin council")
    Membership.objects.create(process=process, user=reviewer, role=Role.REVIEWER)
    assessment = builders.assessment(process)
    worked.everything(assessment)
    submit_assessment(assessment=assessment, user=organiser)
    here = f"/assessments/{assessment.code}/review/"

    sign_in(page, organiser.email)
    page.goto(here)
    page.get_by_role("link", name="Ask a reviewer").click()
    page.get_by_label("Rea Reviewer").check()
    press(page, "Ask")
    expect(page.get_by_text("has not answered yet")).to_be_visible()

    sign_in(page, reviewer.email)
    page.goto(here)
    page.get_by_role("link", name="Accept").click()
    press(page, "Accept the review")
    expect(page.get_by_text("“None” is an answer.").first).to_be_visible()
    browser_errors.clear()  # the form that cannot be taken
    page.get_by_label("Your interests").fill("None.")
    press(page, "Accept the review")
    expect(page.get_by_role("heading", name="What has to be looked at")).to_be_visible()
    axe(page)
    page.goto(f"{here}items/CR1b/")
    page.get_by_label("I propose another answer").check()
    page.get_by_label("Partially achieved", exact=False).check()
    page.get_by_label("Why?").fill("The log says otherwise.")
    axe(page)
    fits(page)
    press(page, "Store and go on")
    expect(page.get_by_text("Nobody else sees it until you send it.")).to_be_visible()
    page.goto(f"{here}items/CR1b/")
    page.get_by_label("Your question to the organiser").fill("Who keeps the log?")
    press(page, "Send the question")
    review = Review.objects.get()
    agree_with_the_rest(review, reviewer)
    page.goto(f"{here}changes/")
    page.get_by_label("What should be changed").fill("The log should be public.")
    press(page, "Ask for changes")

    sign_in(page, organiser.email)
    page.goto(here)
    page.get_by_label("Your answer").fill("The secretariat.")
    press(page, "Send the answer")
    page.get_by_role("link", name="Reopen").click()
    page.get_by_label("Why do you reopen it?").fill("The reviewer asks for it.")
    press(page, "Reopen")
    submit_assessment(assessment=Assessment.objects.get(pk=assessment.pk), user=organiser)
    page.goto(here)
    page.get_by_role("link", name="Reply").first.click()
    page.get_by_label("We agree").check()
    axe(page)
    press(page, "Send the reply")

    sign_in(page, reviewer.email)
    page.goto(here)
    page.get_by_role("link", name="Write my page and sign").click()
    page.get_by_label("What is solid").fill("The list.")
    page.get_by_label("What is not").fill("The log.")
    page.get_by_label("Your name, as a signature").fill("Rea Reviewer")
    page.get_by_label("This is my own view", exact=False).check()
    axe(page)
    press(page, "Sign the review")
    expect(page.get_by_text("Signed by Rea Reviewer")).to_be_visible()
    review.refresh_from_db()
    assert (review.state, review.number) == (ReviewState.SIGNED, 3)
    page.set_viewport_size({"width": 360, "height": 740})
    fits(page)
    page.get_by_role("link", name="Show the result").click()
    expect(page.get_by_role("heading", name="The review", exact=True)).to_be_visible()
    expect(page.get_by_text("REVIEWED BY Rea Reviewer", exact=True)).to_be_visible()
    axe(page)
