"""Answering as a stakeholder, on a telephone, with scripts and without: nobody needs an account or a fast line."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from assessments.models import BallotBox, UnfinishedQuestionnaire, Wave
from assessments.vocabulary import GroupMode
from tests.builders.panels import open_wave
from tests.builders.respondents import new_link, questions
from tests.e2e.conftest import PATIENCE

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def wave() -> Wave:
    return open_wave(["Government", "Business"], notice="We want to know how well this works.")


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def telephone(new_context: Callable[..., BrowserContext], request: pytest.FixtureRequest) -> Page:
    """A small telephone, with JavaScript and without."""
    return new_context(**PHONE, java_script_enabled=request.param).new_page()


def entries(wave: Wave) -> list[dict[str, object]]:
    return [
        entry
        for ballot_box in BallotBox.objects.filter(group__wave=wave, holds="answers")
        for entry in ballot_box.content
    ]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_stakeholder_answers_stops_goes_on_hands_in_and_withdraws(
    telephone: Page, new_context: Callable[..., BrowserContext], wave: Wave
) -> None:
    token, page = new_link(wave, "Business"), telephone
    page.goto(f"/r/{token}/")
    press(page, "Continue")
    assert token not in page.url
    expect(page.locator("main")).to_contain_text("shows the organiser no single answers")
    press(page, "Start")
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 1 of 14")
    page.get_by_label("Largely achieved").check()
    press(page, "Save and continue")
    for line in ("language", "cost of participation"):
        page.get_by_role("group", name=line, exact=True).get_by_label("partly mitigated").check()
    press(page, "Save and stop for now")
    expect(page.get_by_role("heading", level=1)).to_have_text("Continue later")
    press(page, "Forget my link on this device")

    # On another device, with the same link.
    page = new_context(**PHONE).new_page()
    page.goto(f"/r/{token}/")
    press(page, "Continue")
    press(page, "Continue answering")
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 3 of 14")
    press(page, "Save and go back")
    group = page.get_by_role("group", name="language", exact=True)
    expect(group.get_by_label("partly mitigated")).to_be_checked()
    for _question in questions(wave)[1:]:
        for radio in page.locator("input[type=radio][value='3']").all():
            radio.check()
        press(page, "Save and continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(page.locator("main")).to_contain_text("membership criteria: Not answered")
    press(page, "Finish and submit my answers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    code = page.locator(".code").inner_text()
    (entry,) = entries(wave)
    assert entry["answers"]["IT1a"] == {"state": "answered", "level": 2}  # type: ignore[index]
    assert UnfinishedQuestionnaire.objects.count() == 0

    page.get_by_role("link", name="/r/withdraw/").click()
    page.get_by_label("Receipt code").fill(code)
    press(page, "Delete my answers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are deleted")
    assert entries(wave) == []


def test_words_come_back_after_a_reload_and_a_closed_tab(phone: Page, wave: Wave) -> None:
    phone.goto(f"/r/{new_link(wave)}/")
    press(phone, "Continue")
    press(phone, "Start")
    phone.goto("/r/q/IT5/")
    words = phone.get_by_label("Anything to add on")
    words.press_sequentially("Nobody told us")
    expect(phone.get_by_role("status")).to_have_text("What you have entered is saved.")
    phone.reload()
    expect(words).to_have_value("Nobody told us")
    words.fill("Nobody told us why")
    other = phone.context.new_page()
    phone.close(run_before_unload=True)  # at once: leaving saves as well
    stored = UnfinishedQuestionnaire.objects.filter(comments__IT="Nobody told us why")
    until = time.monotonic() + PATIENCE / 1000
    while not stored.exists() and time.monotonic() < until:  # what leaves with the page arrives by itself
        other.wait_for_timeout(100)
    other.goto("/r/q/IT5/")
    expect(other.get_by_label("Anything to add on")).to_have_value("Nobody told us why")


def test_words_typed_before_the_scripts_are_there_are_kept(phone: Page, wave: Wave) -> None:
    phone.goto(f"/r/{new_link(wave)}/")
    press(phone, "Continue")
    press(phone, "Start")
    held: list[Route] = []
    phone.route("**/js/keep.js", lambda route: held.append(route))
    with phone.expect_request("**/js/keep.js"):
        phone.goto("/r/q/IT5/", wait_until="commit")
    phone.get_by_label("Anything to add on").fill("Nobody told us")
    held.pop().continue_()
    expect(phone.get_by_role("status")).to_have_text("What you have entered is saved.")
    assert UnfinishedQuestionnaire.objects.filter(comments__IT="Nobody told us").exists()


def test_page_that_is_saving_itself_and_is_sent_keeps_the_words_once(phone: Page, wave: Wave) -> None:
    phone.goto(f"/r/{new_link(wave)}/")
    press(phone, "Continue")
    press(phone, "Start")
    phone.goto("/r/q/IT5/")
    words = phone.get_by_label("Anything to add on")
    with phone.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 204):
        words.press_sequentially("Nobody told us whz")
        words.evaluate("() => new Promise(done => setTimeout(done, 1450))")  # just before it saves itself
        words.press("Backspace")
        words.press_sequentially("y")
    press(phone, "Save and go back")
    phone.goto("/r/q/IT5/")
    expect(words).to_have_value("Nobody told us why")


def test_what_cannot_be_kept_is_said(phone: Page, wave: Wave, browser_errors: list[str]) -> None:
    phone.goto(f"/r/{new_link(wave)}/")
    press(phone, "Continue")
    press(phone, "Start")
    phone.goto("/r/q/IT5/")
    words = phone.get_by_label("Anything to add on")
    words.fill("a" * 2001)
    expect(phone.get_by_role("status")).to_have_text("Not saved yet. Save it with a button below.")
    press(phone, "Save and continue")
    expect(phone.get_by_role("alert")).to_contain_text("Shorten this to 2000 characters")
    expect(words).to_have_value("a" * 2001)
    assert {line.split(":")[0] for line in browser_errors} == {"console"}
    assert all("422" in line for line in browser_errors)
    browser_errors.clear()


def test_no_page_has_a_barrier_or_sticks_out(
    page: Page, wave: Wave, no_barriers: Check, browser_errors: list[str]
) -> None:
    wave.groups.filter(name="Government").update(mode=GroupMode.ON_RECORD)

    for group, button in (("Business", "Finish and submit"), ("Government", "Submit the group’s response")):
        token = new_link(wave, group)
        page.goto(f"/r/{token}/")
        no_barriers(page)
        press(page, "Continue")
        no_barriers(page)
        press(page, "Start")
        no_barriers(page)
        page.locator("input[name=IT1a][value='2']").check()
        press(page, "Save and continue")
        no_barriers(page)
        for address in ("/r/q/IT5/", "/r/pause/"):
            page.goto(address)
            no_barriers(page)
        page.goto(f"/r/q/{next(one.code for one in questions(wave) if one.comment_keys)}/")
        page.locator("textarea").first.fill("x" * 2001)
        press(page, "Save and continue")
        expect(page.get_by_role("alert")).to_be_focused()
        no_barriers(page)
        page.goto("/r/check/")
        no_barriers(page)
        press(page, button)
        no_barriers(page)
        if group == "Government":
            page.get_by_label("Name of the person").fill("Ana")
            page.get_by_label("Office, or the capacity").fill("Chair")
            page.get_by_label("How did the group agree").fill("By vote.")
            press(page, button)
        expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
        no_barriers(page)
    page.goto(f"/r/withdraw/{wave.code}/")
    press(page, "Delete my answers")
    no_barriers(page)
    page.goto(f"/r/{token}/")
    no_barriers(page)
    # Pages that say what is wrong come with a status the console reports.
    assert {error for error in browser_errors if "status of 4" not in error} == set()
    browser_errors.clear()


def test_questionnaire_is_answered_by_keyboard(page: Page, wave: Wave) -> None:
    page.goto(f"/r/{new_link(wave)}/")
    page.get_by_role("button", name="Continue").press("Enter")
    page.get_by_role("button", name="Start").press("Enter")
    page.locator("input[name=IT1a]").first.press("ArrowUp")  # nothing is chosen: around to “no answer”
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Don’t know")).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/q/IT2/")
    assert UnfinishedQuestionnaire.objects.get().answers == {"IT1a": {"state": "dont_know"}}
