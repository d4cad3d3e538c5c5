"""The year of a process in one journey: second eyes, a decision, actions, the next round, what is told of it, and a
paper that can be checked; without scripts. What scripts add to a step has its tests where the step has them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments import visitor_limits
from assessments.models import Action, Answer, Assessment, EvidenceEntry, FrozenResult, Process, Review
from assessments.results.frozen import document_of
from assessments.reviewing.services.inviting import accept_review, invite_reviewer
from assessments.reviewing.services.signing import save_review_page, sign_review
from assessments.vocabulary import ActionState, ReviewState, Role
from msgov.accounts.models import User
from tests import builders
from tests.builders import worked
from tests.e2e.conftest import NewContext
from tests.e2e.journeys import sign_in
from tests.e2e.test_next_round import LINK, THEN, confirm, moved, start
from tests.e2e.test_panels import press
from tests.e2e.test_reviewing import agree_with_the_rest
from tests.printed import pages_of
from tests.verifying.given import with_data

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NAME = "River basin council"


@dataclass
class YearOfPeople:
    """Who takes part, each in a browser of their own."""

    process: Process
    ada: User
    rita: User
    rea: User
    organiser: Page
    rater: Page
    reviewer: Page
    anybody: Page


@pytest.fixture
def year(new_context: NewContext, live_server: Any) -> YearOfPeople:
    """A process with an organiser, somebody who will rate, and somebody who will review; nothing is rated yet."""
    visitor_limits.forget()
    builders.question_set()
    people = [builders.user(f"{name.lower()}@example.org", name=name) for name in ("Ada", "Rita", "Rea")]
    ada, rita, rea = people
    process = builders.process(organiser=ada, name=NAME, organisation="The secretariat")
    builders.member(process, rita, Role.CONTRIBUTOR)
    builders.member(process, rea, Role.REVIEWER)
    pages = [new_context(java_script_enabled=False).new_page() for _ in range(4)]
    for page, user in zip(pages, people, strict=False):
        sign_in(page, user.email)
    return YearOfPeople(process, *people, *pages)


def first_round(year: YearOfPeople) -> Assessment:
    """A draft in which everything is answered, with a document in the register."""
    found = builders.assessment(year.process, title="Year 2025")
    worked.everything(found)
    answers = Answer.objects.filter(response__assessment=found)
    answers.update(updated_by=year.ada)
    answers.filter(item__code="IT1a").update(evidence_text=THEN, evidence_links=LINK)
    entry = EvidenceEntry.of_line(LINK)
    entry.process, entry.title = year.process, "The charter"
    entry.added_at = timezone.now() - timedelta(days=300)
    entry.save()
    return found


def submit(page: Page, assessment: Assessment) -> None:
    page.goto(f"/assessments/{assessment.code}/check/")
    press(page, "Submit the assessment")
    expect(page).to_have_url(re.compile("/results/"))


def rate_a_second_time(year: YearOfPeople, assessment: Assessment) -> None:
    """Asked, rated, finished by both, shown to both, agreed on."""
    ada, rita = year.organiser, year.rater
    rating = f"/assessments/{assessment.code}/second-rating/"
    ada.goto(rating)
    ada.get_by_role("link", name="Ask somebody").click()
    ada.get_by_label("Rita (Contributor)").check()
    ada.get_by_role("button", name="Ask", exact=True).click()
    rita.goto("/")
    rita.locator(f"main a[href*='{rating}']").first.click()
    rita.get_by_label("No, I have not seen any").check()
    rita.get_by_role("button", name="Begin", exact=True).click()
    rita.goto(f"{rating}questions/CR1/")
    for item, level in (("CR1a", 1), ("CR1b", 2), ("CR1c", 1)):
        rita.locator(f"#{item}-answer-{level}").check()
    press(rita, "Save and continue")
    rita.goto(f"{rating}check/")
    press(rita, "Finish my rating")
    expect(rita.locator("main")).to_contain_text("The first ratings are not finished yet")
    ada.goto(rating)
    ada.get_by_role("link", name="Our ratings are finished").click()
    press(ada, "Our ratings are finished")
    for page in (ada, rita):
        page.goto(rating)
        expect(page.locator("main")).to_contain_text("Both give the same level on 2 of 3 items")
    ada.get_by_role("link", name="Agree on it").click()
    ada.locator("#CR1a-answer-1").check()
    ada.get_by_label("Why?").fill("Only in the north")
    press(ada, "We agree on this")
    expect(ada.locator("main")).to_contain_text("Only in the north")


def review(year: YearOfPeople, assessment: Assessment) -> None:
    """Asked, interests declared, opinions and a proposal sent, replied to, signed: the result is final."""
    ada, rea = year.organiser, year.reviewer
    here = f"/assessments/{assessment.code}/review/"
    ada.goto(here)
    ada.get_by_role("link", name="Ask a reviewer").click()
    ada.get_by_label("Rea").check()
    press(ada, "Ask")
    rea.goto(here)
    rea.get_by_role("link", name="Accept").click()
    rea.get_by_label("Your interests").fill("None.")
    press(rea, "Accept the review")
    rea.goto(f"{here}items/CR1b/")
    rea.get_by_label("I propose another answer").check()
    rea.get_by_label("Partially achieved", exact=False).check()
    rea.get_by_label("Why?").fill("The log says otherwise.")
    press(rea, "Store and go on")
    expect(rea.get_by_text("Nobody else sees it until you send it.")).to_be_visible()
    agree_with_the_rest(Review.objects.get(), year.rea)
    rea.goto(f"{here}send/")
    rea.get_by_role("button", name="Send", exact=True).click()
    ada.goto(here)
    ada.get_by_role("link", name="Reply").first.click()
    ada.get_by_label("We agree").check()
    press(ada, "Send the reply")
    rea.goto(f"{here}sign/")
    rea.get_by_label("What is solid").fill("The list.")
    rea.get_by_label("What is not").fill("The log.")
    rea.get_by_label("Your name, as a signature").fill("Rea")
    rea.get_by_label("This is my own view", exact=False).check()
    press(rea, "Sign the review")
    expect(rea.get_by_text("Signed by Rea")).to_be_visible()
    assert Review.objects.get().state == ReviewState.SIGNED
    document = document_of(FrozenResult.objects.filter(assessment=assessment).latest("number"))
    assert document.review
    assert document.second_rating
    assert document.items()["CR1b"].letter == "P"  # what the reviewer proposed and the organiser agreed to
    assert document.items()["CR1a"].letter == "P"  # what both raters agreed on


def decide_and_act(year: YearOfPeople, assessment: Assessment) -> list[Action]:
    """A decision; three steps become actions that everybody may read: one done, one dropped, one left open."""
    ada = year.organiser
    ada.goto(f"/assessments/{assessment.code}/decision/")
    ada.locator("#id_body").fill("The steering group")
    ada.locator("#id_decided_on").fill("2026-02-01")
    ada.locator("#id_decision").fill("Agreed to all three.")
    press(ada, "Save the decision")
    here = f"/assessments/{assessment.code}/actions/"
    ada.goto(here)
    press(ada, "Make these 3 steps actions")
    expect(ada.locator(".action")).to_have_count(3)
    for left in (2, 1, 0):
        ada.get_by_role("button", name="Make it public").first.click()
        expect(ada.get_by_role("button", name="Make it public")).to_have_count(left)
    done, dropped, left_open = Action.objects.order_by("pk")
    ada.goto(f"{here}{done.code}/done/")
    ada.locator("#id_happened").fill("All forty villages were asked.")
    press(ada, "Mark it as done")
    ada.goto(f"{here}{dropped.code}/drop/")
    ada.locator("#id_reason").fill("There was no money.")
    press(ada, "Drop the action")
    expect(ada.locator("main")).to_contain_text("There was no money.")
    found = [Action.objects.get(pk=each.pk) for each in (done, dropped, left_open)]
    assert [each.state for each in found] == [ActionState.DONE, ActionState.DROPPED, ActionState.OPEN]
    return found


def next_round(year: YearOfPeople, before: Assessment) -> Assessment:
    """Named, documents confirmed, answered before last time's answer is shown, reasons given; submitted."""
    ada = year.organiser
    second = start(ada, before)
    confirm(ada, second)
    worked.everything(second)
    Answer.objects.filter(response__assessment=second, item__code="IT1a").delete()
    ada.goto(f"/assessments/{second.code}/questions/IT1/")
    assert THEN not in ada.content()
    ada.locator("#IT1a-answer-3").check()
    ada.locator("#IT1a-evidence").fill("Article 5 opened it to all.")
    press(ada, "Save and continue")
    ada.goto(f"/assessments/{second.code}/questions/IT1/")
    fold = ada.locator("#IT1a-last-time")
    expect(fold.get_by_text(THEN)).to_be_visible()
    fold.get_by_label("Why is it different from last time?").fill("The charter was changed.")
    press(ada, "Save and continue")
    expect(ada).to_have_url(re.compile("/questions/IT2/"))
    assert moved(second) == "The charter was changed."
    submit(ada, second)
    return second


def review_in_short(year: YearOfPeople, assessment: Assessment) -> None:
    """Signed with nothing proposed: a reviewed round is compared with a reviewed one only."""
    assessment.refresh_from_db()
    found = invite_reviewer(assessment=assessment, user=year.ada, reviewer=year.rea)
    accept_review(review=found, user=year.rea, interests="None.")
    found.refresh_from_db()
    agree_with_the_rest(found, year.rea, leaving=())
    save_review_page(review=found, user=year.rea, solid="All.", not_solid="Nothing.", board_asks=[])
    sign_review(review=found, user=year.rea, name="Rea", confirmed=True)


def tell_of_the_year(year: YearOfPeople, second: Assessment, actions: list[Action], target: Path) -> bytes:
    """The annual page as a page, as text and as a PDF; rounds over time."""
    ada = year.organiser
    ada.goto(f"/processes/{year.process.code}/")
    ada.get_by_role("link", name="What was promised, and what became of it").click()
    expect(ada.get_by_role("heading", level=1)).to_contain_text(NAME)
    expect(ada.locator(".headline")).to_contain_text("1 is kept, 1 open and not late, and 1 dropped.")
    told = [*(action.text for action in actions if action.text), "All forty villages were asked.", "no money"]
    for words in told:
        expect(ada.locator("main")).to_contain_text(words)
    ada.get_by_role("link", name="Copy it as text").click()
    text = ada.get_by_label("The text").input_value()
    assert "WHAT WE PROMISED LAST TIME" in text
    assert "All forty villages were asked." in " ".join(text.split())  # its lines are short
    ada.goto(f"/assessments/{second.code}/annual/")
    press(ada, "Make the two pages (PDF and Word)")
    pdf = downloaded(ada, "Download the PDF", target)
    assert "villages" in "".join(pages_of(pdf))
    ada.goto(f"/processes/{year.process.code}/over-time/")
    expect(ada.get_by_role("heading", level=1)).to_have_text(f"{NAME} over time")
    expect(ada.locator("main")).to_contain_text("Year 2026")
    expect(ada.locator("main")).to_contain_text("All forty villages were asked.")
    return pdf


def downloaded(page: Page, name: str, target: Path) -> bytes:
    with page.expect_download() as found:
        page.get_by_role("link", name=name).first.click()
    found.value.save_as(target)
    return target.read_bytes()


def publish(year: YearOfPeople, assessment: Assessment, target: Path) -> bytes:
    """Published for good; anybody finds it and takes the report."""
    ada, world = year.organiser, year.anybody
    ada.goto(f"/assessments/{assessment.code}/record/")
    ada.get_by_label("I have seen the preview").check()
    press(ada, "Publish for good")
    expect(ada.get_by_text("It is published as MSG-")).to_be_visible()
    world.goto("/records/")
    world.get_by_role("link", name=NAME, exact=True).click()
    expect(world.locator(".citation")).to_contain_text(NAME)
    return downloaded(world, "The full report (PDF)", target)


def verdict(page: Page, content: bytes) -> str:
    """What the page on which anybody may check a report says of a file."""
    page.goto("/verify/")
    page.locator("input[type=file]").set_input_files(
        {"name": "report.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    with page.expect_navigation():
        press(page, "Check the file")
    expect(page.get_by_role("link", name="Check another file")).to_be_visible()
    return page.get_by_role("heading", level=1).inner_text()


def altered(content: bytes) -> bytes:
    """A copy in whose data somebody improved a name."""

    def improve(data: dict[str, Any]) -> None:
        data["result"]["process"]["name"] = "Another council"

    return with_data(content, improve)


def test_year_from_second_eyes_to_a_paper_that_is_verified(
    year: YearOfPeople, draw_papers: Callable[[], None], tmp_path: Path
) -> None:
    first = first_round(year)
    rate_a_second_time(year, first)
    submit(year.organiser, first)
    review(year, first)
    actions = decide_and_act(year, first)
    second = next_round(year, first)
    draw_papers()  # those that are read below belong to the reviewed round
    review_in_short(year, second)
    annual = tell_of_the_year(year, second, actions, tmp_path / "annual.pdf")
    report = publish(year, second, tmp_path / "report.pdf")
    for paper in (annual, report):
        assert verdict(year.anybody, paper) == "Genuine and current"
    assert verdict(year.anybody, altered(report)) == "Altered"
