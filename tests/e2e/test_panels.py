"""A stakeholder panel from its launch to the report, and its pages on a laptop and a telephone."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.demo.people import ORGANISER, REVIEWER
from assessments.models.panel import Wave
from assessments.panels.services import setup, waves
from assessments.panels.services.closing import close_due_waves
from assessments.rounds.services.submission import submit_assessment
from msgov.accounts.models import User
from tests import builders
from tests.builders import panels
from tests.builders.respondents import new_link
from tests.e2e.journeys import fits, look_at_all, sign_in
from tests.e2e.test_journey import download
from tests.printed import pages_of

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]
DEMO = "/assessments/demo-northvale-2"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def prepared(organiser: User) -> Wave:
    """A wave for which everything is settled, of an assessment with some answers."""
    assessment = builders.assessment(builders.process(organiser=organiser, name="River basin council"))
    for code in ("CR1a", "CR1b", "CR1c"):
        builders.answer(assessment, code, 3, evidence_text="Minutes", evidence_links="https://example.org/m")
    wave = waves.prepare_wave(assessment=assessment, user=organiser)
    asked_by = {"responsible": "The secretariat", "contact": "ask@example.org"}
    settled = {"notice": "How was it?", "closes_on": timezone.localdate() + timedelta(7), "asks_comments": False}
    setup.save_settings(wave=wave, fields=settled | asked_by)
    for name in ("Government", "Business"):
        fields = {"name": name, "mode": "individual", "link_kind": "personal", "invited": 9, "cap": None}
        setup.save_group(wave=wave, fields=fields)
    return wave


def answer(page: Page, token: str) -> None:
    """Answer what there is on each page with L, as far as it is rated, and hand in."""
    page.goto(f"/r/{token}/")
    press(page, "Continue")
    press(page, "Start")
    while "Check your answers" not in page.get_by_role("heading", level=1).inner_text():
        for radio in page.locator("input[type=radio][value='2']").all():
            radio.check()
        with page.expect_navigation():
            press(page, "Save and continue")
    press(page, "Finish and submit my answers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


@pytest.mark.parametrize("browser_kind", ["page", "nojs"])
def test_panel_from_launch_to_report(
    browser_kind: str, draw_papers: Callable[[], None], request: pytest.FixtureRequest, phone: Page, tmp_path: Path
) -> None:
    page: Page = request.getfixturevalue(browser_kind)
    organiser = builders.user("organiser@example.org")
    wave = prepared(organiser)
    assessment = wave.assessment
    sign_in(page, organiser.email)

    page.goto(f"/assessments/{assessment.code}/panel/launch/")
    press(page, "Launch the wave")
    wave.refresh_from_db()
    assert wave.is_open

    answer(phone, new_link(wave, "Government"))
    panels.put(wave, "Government", [{"CR1a": 2, "CR1b": 2, "CR1c": 2}] * 5)
    panels.put(wave, "Business", [{"CR1a": 0, "CR1b": 1, "CR1c": 2}] * 5)

    page.goto(f"/assessments/{assessment.code}/panel/")
    page.get_by_role("link", name="Close now").click()
    press(page, "Close the wave")
    expect(page.locator("main")).to_contain_text("No more answers have been taken since")
    Wave.objects.filter(pk=wave.pk).update(closes_on=timezone.localdate() - timedelta(2))
    assert close_due_waves() == 1
    submit_assessment(assessment=assessment, user=organiser)

    page.goto(f"/assessments/{assessment.code}/results/")
    # Government 2/3, Business 0: half of that each counting the same.
    expect(page.locator("main")).to_contain_text("What stakeholders say")
    page.get_by_role("link", name="Where people disagree").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where people disagree")
    expect(page.locator("main")).to_contain_text("Government 67, Business 0")
    fits(page)

    page.goto(f"/assessments/{assessment.code}/results/")
    page.get_by_text("Make another paper").click()
    page.get_by_label("Full report: every attribute, stakeholders, all steps").check()
    page.get_by_label("Figures: codes, decimals, workings").check()
    page.get_by_label("The steering group only").check()
    if browser_kind == "nojs":  # the paper comes in the same way, and says the same
        press(page, "Make the paper")
        assert download(page, tmp_path)
        return
    draw_papers()
    press(page, "Make the paper")
    texts = [" ".join(text.split()) for text in pages_of(download(page, tmp_path))]
    assert all("Restricted: for the steering group" in text for text in texts)
    assert any("Where groups agree and where not" in text for text in texts[1:])
    assert any("Where people disagree, in figures" in text for text in texts[1:])


def test_pages_have_no_barriers_and_fit_a_telephone(demo: None, page: Page, no_barriers: Callable[..., None]) -> None:
    page.goto(f"{DEMO}/disagreement/")
    no_barriers(page)
    sign_in(page, REVIEWER.email)
    # The results and the comparison are looked at in test_results.py.
    addresses = (f"{DEMO}/disagreement/", f"{DEMO}/panel/comments/", f"{DEMO}/panel/comments/?show=all")
    look_at_all(page, addresses, lambda _address: no_barriers(page, opened=True))


def test_pages_about_mails_have_no_barriers_and_fit_a_telephone(phone: Page, axe: Check) -> None:
    organiser = builders.user("organiser@example.org")
    wave = prepared(organiser)
    Wave.objects.filter(pk=wave.pk).update(languages=["en", "ar"])
    setup.launch_prepared(wave=wave, user=organiser)
    sign_in(phone, organiser.email)
    panel = f"/assessments/{wave.assessment.code}/panel"
    group = wave.groups.get(name="Business").pk

    def look(_address: str) -> None:
        axe(phone)
        fits(phone)

    pages = ("mails/", "mails/invitation/ar/", "mails/remind/", f"groups/{group}/forward/")
    look_at_all(phone, [f"{panel}/{page}" for page in pages], look)


def test_reviewer_gathers_comments_the_organiser_replies_and_everybody_reads_it(
    demo: None, nojs: Page, phone: Page, page: Page, axe: Check, browser_errors: list[str]
) -> None:
    sign_in(nojs, REVIEWER.email)
    nojs.goto(f"{DEMO}/panel/comments/")
    expect(nojs.get_by_text("1 waiting")).to_be_visible()
    nojs.get_by_text("Theme, other words, translation").click()
    nojs.get_by_label("Words that are shown").fill("The figures came late.")
    press(nojs, "Save the decision")
    expect(nojs.get_by_role("alert")).to_contain_text("Choose whether to show the comment.")
    expect(nojs.get_by_label("Words that are shown")).to_have_value("The figures came late.")
    nojs.get_by_label("Show it with the words below").check()
    nojs.get_by_label("Translation, for readers of another language").fill("Die Zahlen kamen spät.")
    nojs.get_by_label("or a new theme").fill("Late figures")
    nojs.get_by_label("May be quoted where everybody reads").check()
    press(nojs, "Save the decision")
    expect(nojs.get_by_role("status")).to_contain_text("The comment will be shown.")
    sign_in(phone, ORGANISER.email)
    phone.goto(f"{DEMO}/panel/comments/replies/")
    axe(phone)
    fits(phone)
    phone.get_by_role("link", name=re.compile(r"Reply\s*: Late figures")).click()
    phone.get_by_label("Reply", exact=False).first.fill("They come with the papers from now on.")
    press(phone, "Publish the reply")
    expect(phone.get_by_role("status")).to_contain_text("The reply has been published.")
    page.goto(f"{DEMO}/disagreement/")
    theme = page.locator("details.theme", has_text="Late figures")
    theme.get_by_role("heading", name="Late figures").click()
    expect(theme).to_contain_text("They come with the papers from now on.")
    theme.get_by_text("In their words").click()
    expect(theme.get_by_text("The figures came late.")).to_be_visible()
    expect(theme.get_by_text("Die Zahlen kamen spät.")).to_be_visible()
    browser_errors.clear()  # of the answer that was refused


def test_refused_decision_has_no_barriers(demo: None, page: Page, axe: Check, browser_errors: list[str]) -> None:
    sign_in(page, REVIEWER.email)
    page.goto(f"{DEMO}/panel/comments/")
    press(page, "Save the decision")
    axe(page)
    browser_errors.clear()
