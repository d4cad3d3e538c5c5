"""Answering in a real browser: autosave, lost connections, ended sessions, two people, no JavaScript, no mouse."""

import re
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import Answer, AnswerVersion, Assessment, Process
from msgov.accounts.models import User
from tests import builders
from tests.builders.accounts import confirmed
from tests.e2e.conftest import NewContext
from tests.e2e.journeys import fits, look_at_all, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def organiser(live_server: LiveServer) -> User:
    person = builders.user("organiser@example.org", name="Olu Organiser")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def assessment(organiser: User) -> Assessment:
    return builders.assessment(builders.process(organiser=organiser, name="River forum"))


@pytest.fixture
def open_question(organiser: User, assessment: Assessment) -> Callable[..., None]:
    """Open a question page as somebody; the organiser, unless said."""

    def act(page: Page, question: str, user: User = organiser) -> None:
        sign_in(page, user.email)
        page.goto(f"/assessments/{assessment.code}/questions/{question}/")

    return act


def stored(code: str) -> Answer:
    return Answer.objects.get(item__code=code)


def forgive(browser_errors: list[str], cause: str) -> None:
    """Take out what the test itself has caused: the failed request, and that htmx mentions it."""
    assert any(cause in line for line in browser_errors)
    browser_errors[:] = [line for line in browser_errors if cause not in line and "htmx:" not in line]


def sent_by(page: Page) -> list[str]:
    """Where a page sends something to from now on."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    return sent


def level(page: Page, letter: str) -> Locator:
    """The level of the first item that goes by this letter; it is chosen by what it means."""
    return page.locator(f"#IT1a-answer-{'NPLF'.index(letter)}")


def somebody_else_writes(text: str) -> None:
    """A change of the stored answer that the page which is open does not know of."""
    row = stored("IT1a")
    row.evidence_text, row.version = text, row.version + 1
    row.save()
    AnswerVersion.record([row], user=None)


def status(page: Page) -> Locator:
    return page.locator("#save-status")


def test_autosave_is_visible_and_says_what_the_answer_counts_as(
    page: Page, open_question: Callable[..., None], axe: Callable[[Page], None]
) -> None:
    open_question(page, "IT1")
    level(page, "F").check()
    expect(status(page)).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    expect(page.locator("#IT1a-counts")).to_contain_text(
        "Claims F (100 of 100); counts as P (33 of 100) until evidence is given"
    )
    assert stored("IT1a").value == {"level": 3}
    page.get_by_label("Add links, one per line").fill("https://example.org/")
    expect(page.locator("#IT1a-counts")).to_contain_text("Evidence: E1. E2 takes a sentence on what in it shows this.")
    expect(page.locator("#IT1a-version")).to_have_value("2")
    axe(page)


def test_saved_mark_and_history_show_one_time_wherever_the_browser_is(
    new_context: NewContext, open_question: Callable[..., None], assessment: Assessment
) -> None:
    Process.objects.update(time_zone="Africa/Nairobi")
    page = new_context(timezone_id="America/Los_Angeles").new_page()
    open_question(page, "IT1")
    level(page, "F").check()
    expect(status(page)).to_contain_text(re.compile(r"Saved \d\d:\d\d UTC\+3"))
    at = stored("IT1a").updated_at.astimezone(ZoneInfo("Africa/Nairobi"))
    expect(status(page)).to_contain_text(f"Saved {at:%H:%M} UTC+3")
    page.goto(f"/assessments/{assessment.code}/history/")
    expect(page.locator("article.change")).to_contain_text(f"{at:%H:%M} UTC+3")


def test_every_kind_of_item_is_accessible_on_a_phone(
    phone: Page, organiser: User, assessment: Assessment, axe: Callable[[Page], None]
) -> None:
    sign_in(phone, organiser.email)

    def look(_address: str) -> None:
        for radio in phone.locator(".claims:last-of-type > input:visible").all():
            radio.check()
        for summary in phone.locator("#answers details:not([open]) > summary:visible").all():
            summary.click()
        axe(phone)
        fits(phone)

    questions = ("IT2", "IT3", "IT5", "CR1")
    look_at_all(phone, [f"/assessments/{assessment.code}/questions/{code}/" for code in questions], look)


def test_typing_on_after_a_dropped_connection_loses_nothing(
    page: Page, open_question: Callable[..., None], browser_errors: list[str]
) -> None:
    open_question(page, "IT1")
    level(page, "P").check()
    page.context.set_offline(True)
    page.get_by_label("What in the links and files shows this?").fill("First words")
    expect(status(page)).to_contain_text("Not saved")
    page.get_by_label("What in the links and files shows this?").fill("First words and more")
    page.context.set_offline(False)
    expect(status(page)).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    assert stored("IT1a").evidence_text == "First words and more"
    forgive(browser_errors, "ERR_INTERNET_DISCONNECTED")


def test_server_error_is_tried_again(page: Page, open_question: Callable[..., None], browser_errors: list[str]) -> None:
    open_question(page, "IT1")
    page.route("**/questions/IT1/", lambda route: route.fulfill(status=503, body="<html>Down</html>"), times=1)
    level(page, "P").check()
    expect(status(page)).to_contain_text("Not saved – trying again")
    expect(status(page)).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    assert stored("IT1a").value == {"level": 1}
    forgive(browser_errors, "503")


def test_what_is_typed_before_the_scripts_are_there_is_saved(
    page: Page, open_question: Callable[..., None], assessment: Assessment
) -> None:
    open_question(page, "IT1")
    held: list[Route] = []
    page.route("**/js/autosave.js", lambda route: held.append(route))
    with page.expect_request("**/js/autosave.js"):
        page.goto(f"/assessments/{assessment.code}/questions/IT1/", wait_until="commit")
    level(page, "F").check()
    held.pop().continue_()
    expect(status(page)).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    assert stored("IT1a").value == {"level": 3}


def test_ended_session_keeps_the_text_and_saves_it_after_signing_in(
    page: Page, open_question: Callable[..., None], organiser: User, browser_errors: list[str]
) -> None:
    open_question(page, "IT1")
    level(page, "P").check()
    expect(status(page)).to_contain_text("Saved")
    Session.objects.all().delete()
    page.get_by_label("What in the links and files shows this?").fill("Typed with care")
    expect(status(page)).to_contain_text("Not saved: you are signed out.")
    assert page.get_by_label("What in the links and files shows this?").input_value() == "Typed with care"
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("E-mail address").fill(organiser.email)
    tab.get_by_label("Password", exact=True).fill(builders.PASSWORD)
    tab.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(tab.get_by_role("button", name="Sign out")).to_be_visible()
    expect(status(page)).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    assert stored("IT1a").evidence_text == "Typed with care"
    forgive(browser_errors, "401")


def test_what_one_person_types_is_not_saved_when_another_has_signed_in(
    page: Page,
    open_question: Callable[..., None],
    assessment: Assessment,
    organiser: User,
    browser_errors: list[str],
) -> None:
    cato = builders.member(assessment.process, confirmed("cato@example.org", name="Cato"), "contributor").user
    open_question(page, "IT1")
    level(page, "P").check()
    expect(status(page)).to_contain_text("Saved")
    tab = page.context.new_page()
    sign_in_by_form(tab, cato)
    page.get_by_label("What in the links and files shows this?").fill("Words of the organiser")
    expect(status(page)).to_contain_text("Not saved: Cato is signed in now.")
    assert stored("IT1a").evidence_text == ""
    sign_in_by_form(tab, organiser)
    expect(status(page)).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
    assert stored("IT1a").updated_by == organiser
    forgive(browser_errors, "401")


def sign_in_by_form(tab: Page, user: User) -> None:
    """As somebody else before, with a new token: sign out and in again."""
    tab.goto("/")
    if tab.get_by_role("button", name="Sign out").count():
        tab.get_by_role("banner").get_by_role("button", name="Sign out").click()
    tab.goto("/account/login/")
    tab.get_by_label("E-mail address").fill(user.email)
    tab.get_by_label("Password", exact=True).fill(builders.PASSWORD)
    tab.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(tab.get_by_role("button", name="Sign out")).to_be_visible()


def test_two_people_compare_and_choose(
    page: Page, open_question: Callable[..., None], assessment: Assessment, browser_errors: list[str]
) -> None:
    builders.answer(assessment, "IT1a", 1)
    open_question(page, "IT1")
    somebody_else_writes("Theirs")
    page.get_by_label("What in the links and files shows this?").fill("Mine")
    expect(status(page)).to_contain_text("at the same time")
    page.get_by_role("button", name="Compare and choose").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two versions of the same answer")
    page.get_by_label("My choices, with the texts of both").check()
    page.get_by_role("button", name="Save what I chose").click()
    expect(page.get_by_label("What in the links and files shows this?")).to_have_value("Mine\n\nTheirs")
    assert stored("IT1a").value == {"level": 1}
    forgive(browser_errors, "409")


def test_message_does_not_cover_what_one_is_writing_in(
    phone: Page, open_question: Callable[..., None], assessment: Assessment, browser_errors: list[str]
) -> None:
    builders.answer(assessment, "IT1a", 1)
    open_question(phone, "IT1")
    somebody_else_writes("Theirs")
    phone.get_by_label("What in the links and files shows this?").fill("Mine")
    expect(status(phone)).to_contain_text("at the same time")
    # The page moves a moment after the message has come.
    phone.wait_for_function(
        """() => document.querySelector(":focus").getBoundingClientRect().top
            >= document.querySelector(".answers-head").getBoundingClientRect().bottom""",
    )
    forgive(browser_errors, "409")


def test_merge_page_is_accessible(
    page: Page,
    open_question: Callable[..., None],
    assessment: Assessment,
    axe: Callable[[Page], None],
    browser_errors: list[str],
) -> None:
    open_question(page, "IT1")
    builders.answer(assessment, "IT1a", 1, evidence_text="Theirs")
    level(page, "F").check()
    page.get_by_role("button", name="Compare and choose").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two versions of the same answer")
    axe(page)
    forgive(browser_errors, "409")


def test_link_saves_before_it_leaves(page: Page, open_question: Callable[..., None]) -> None:
    open_question(page, "IT1")
    level(page, "P").check()
    page.get_by_label("What in the links and files shows this?").press_sequentially("Quick")
    page.get_by_role("link", name="List of questions").click()
    expect(page).to_have_url(re.compile(r"/assessments/\w+/$"))
    assert stored("IT1a").evidence_text == "Quick"


def test_everything_works_without_javascript(nojs: Page, open_question: Callable[..., None]) -> None:
    open_question(nojs, "ED2")
    nojs.get_by_label("Not applicable", exact=True).check()
    nojs.get_by_label("If not applicable: why?").fill("A dialogue")
    nojs.get_by_role("button", name="Save and continue").click()
    expect(nojs).to_have_url(re.compile("/questions/ED3/"))
    assert (stored("ED2a").state, stored("ED2a").not_applicable_reason) == ("not_applicable", "A dialogue")


@pytest.mark.parametrize("screen", ["phone", "nojs"])
def test_one_choice_for_each_barrier_and_words_where_they_are_needed(
    screen: str, request: pytest.FixtureRequest, open_question: Callable[..., None]
) -> None:
    page: Page = request.getfixturevalue(screen)
    open_question(page, "IT2")
    why, clear = page.locator("#IT2a-language-text"), page.locator("#IT2a-language-pair-open")
    expect(why).to_be_hidden()
    expect(clear).to_be_hidden()
    expect(page.locator("#IT2b-evidence")).to_be_hidden()
    page.locator("#IT2a-language-pair-does_not_exist-absent").check()
    why.fill("We asked those who left.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/questions/IT3/"))
    assert stored("IT2b").value["options"]["language"]["state"] == "absent"
    page.go_back()
    page.reload()
    expect(why).to_have_value("We asked those who left.")
    page.locator("#IT2a-language-pair-exists-partly").check()
    expect(page.locator("#IT2b-evidence")).to_be_visible()
    why.fill("")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/questions/IT3/"))
    assert stored("IT2a").value["options"] == {"language": {"state": "exists"}}
    assert stored("IT2b").value["options"] == {"language": {"state": "partly"}}


def test_all_lines_that_are_open_are_answered_by_one_press(page: Page, open_question: Callable[..., None]) -> None:
    open_question(page, "IT4")
    page.locator("#IT4b-inclusion-state-no").check()
    page.locator(".all-lines").get_by_role("button", name="partly").click()
    expect(page.locator(".all-lines")).to_be_hidden()
    expect(status(page)).to_contain_text("Saved")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/questions/IT5/"))
    options = stored("IT4b").value["options"]
    assert {key: line["state"] for key, line in options.items()} == {
        "inclusion": "no",
        "legitimacy": "partly",
        "participation": "partly",
        "quality_of_output": "partly",
    }


def test_whole_assessment_without_evidence_takes_at_most_45_clicks(
    page: Page, open_question: Callable[..., None]
) -> None:
    """From the first question to the result; every item that counts is answered."""
    open_question(page, "IT1")
    clicks = 0

    def click(target: Locator) -> None:
        nonlocal clicks
        target.click()
        clicks += 1

    for _question in range(14):
        here = page.url
        for row in page.locator(".all-lines:visible").all():
            click(row.get_by_role("button", name=re.compile("^(exists: )?(partly|partly mitigated|no)$")).first)
        for item in page.locator(".item fieldset.answer:not(:has(.option-line))").all():
            click(item.locator("input[type=radio]").first)
        click(page.get_by_role("button", name="Save and continue"))
        page.wait_for_url(lambda url, here=here: url != here)
    assert page.url.endswith("/check/")
    expect(page.get_by_role("heading", name="Not answered")).to_have_count(0)
    click(page.get_by_role("button", name="Submit the assessment"))
    expect(page).to_have_url(re.compile("/results/$"))
    assert clicks <= 45


def test_scores_can_be_hidden_while_answering(page: Page, open_question: Callable[..., None]) -> None:
    open_question(page, "IT1")
    level(page, "F").check()
    expect(page.locator("#IT1a-counts")).to_contain_text("Claims F")
    page.get_by_role("button", name="Hide scores").click()
    expect(page.get_by_role("button", name="Show scores")).to_be_visible()
    expect(page.locator("#IT1a-counts")).to_be_hidden()
    level(page, "P").check()
    expect(status(page)).to_contain_text("Saved")
    expect(page.locator("#IT1a-counts")).to_be_hidden()
    page.get_by_role("button", name="Show scores").click()
    expect(page.locator("#IT1a-counts")).to_contain_text("Counts as P")


def test_upload_without_javascript_names_what_is_wrong_and_keeps_the_rest(
    nojs: Page, open_question: Callable[..., None], tmp_path: Path, browser_errors: list[str]
) -> None:
    open_question(nojs, "IT1")
    level(nojs, "P").check()
    nojs.get_by_label("What in the links and files shows this?").fill("See the file")
    picture = tmp_path / "list.pdf"
    picture.write_bytes(b"not a pdf")
    nojs.get_by_label("Add a file").set_input_files(picture)
    nojs.get_by_role("button", name="Upload").click()
    expect(nojs.locator(".error-summary")).to_contain_text("“list.pdf” was not stored")
    expect(nojs.get_by_label("What in the links and files shows this?")).to_have_value("See the file")
    picture.write_bytes(b"%PDF-1.7\n...")
    nojs.get_by_label("Add a file").set_input_files(picture)
    nojs.get_by_role("button", name="Upload").click()
    expect(nojs.get_by_role("link", name="list.pdf", exact=True)).to_be_visible()
    assert stored("IT1a").evidence_text == "See the file"
    forgive(browser_errors, "422")


def test_keyboard_alone_is_enough(page: Page, open_question: Callable[..., None]) -> None:
    open_question(page, "IT1")
    page.locator("#IT1a-answer-0").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")  # to the top of the scale
    page.keyboard.press("Tab")
    expect(status(page)).to_contain_text("Saved")
    page.keyboard.type("By keyboard")  # where what shows it has appeared
    expect(page.locator("#IT1a-version")).to_have_value("2")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "continue":
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/questions/IT2/"))
    row = stored("IT1a")
    assert (row.value, row.evidence_text) == ({"level": 3}, "By keyboard")


def test_arrow_keys_save_only_where_they_end(page: Page, open_question: Callable[..., None]) -> None:
    page.clock.install()
    open_question(page, "IT1")
    assert page.locator("#answers input[type=radio]:checked").count() == 0
    sent = sent_by(page)
    page.locator("#IT1a-answer-0").focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
        page.clock.run_for(600)  # longer than a change waits before it is sent, and no rest
    assert sent == []
    assert not Answer.objects.filter(item__code="IT1a").exists()
    page.keyboard.press("Tab")
    expect(status(page)).to_contain_text("Saved")
    assert stored("IT1a").value == {"level": 2}
    assert stored("IT1a").version == 1


def test_what_an_arrow_key_chose_is_saved_by_the_space_bar(page: Page, open_question: Callable[..., None]) -> None:
    page.clock.install()
    open_question(page, "IT1")
    sent = sent_by(page)
    page.locator("#IT1a-answer-0").focus()
    page.keyboard.press("ArrowDown")
    page.clock.run_for(3500)  # resting is reading, and says nothing
    assert sent == []
    assert not Answer.objects.filter(item__code="IT1a").exists()
    page.keyboard.press("Space")
    expect(status(page)).to_contain_text("Saved")
    assert stored("IT1a").value == {"level": 1}


def test_what_is_not_saved_yet_is_saved_when_the_page_is_left(page: Page, open_question: Callable[..., None]) -> None:
    """A telephone that is put away, a tab that is closed: nobody is asked, and the page may never come back."""
    open_question(page, "IT1")
    hide = """hidden => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    page.locator("#IT1a-answer-0").focus()
    page.keyboard.press("ArrowDown")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.evaluate(hide, True)
    expect(page.locator("#IT1a-version")).to_have_value("1")
    assert stored("IT1a").value == {"level": 1}
    # And goes on from there when it does come back.
    page.evaluate(hide, False)
    level(page, "L").check()
    expect(page.locator("#IT1a-version")).to_have_value("2")
    assert stored("IT1a").value == {"level": 2}


def test_page_that_is_sent_while_an_earlier_change_is_saved_does_not_ask_whether_to_leave(
    page: Page, open_question: Callable[..., None]
) -> None:
    # The answer to the earlier change comes after the form has gone, and before the page goes.
    page.add_init_script("addEventListener('beforeunload', () => { window.answerComes?.() })")
    open_question(page, "IT1")
    held: list[Route] = []
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.route("**/questions/IT1/", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/questions/IT1/"):
        level(page, "P").check()
    level(page, "L").check()
    page.evaluate("""() => {
        const form = document.querySelector("form[data-autosave]"), xhr = { status: 200, responseText: "" };
        window.answerComes = () => form.dispatchEvent(new CustomEvent("htmx:afterRequest", { detail: { xhr } }));
    }""")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/questions/IT2/"))
    assert asked == []
    assert stored("IT1a").value == {"level": 2}


@pytest.mark.parametrize("what", ["button", "button that is left", "comment"])
def test_what_is_pressed_is_meant_though_words_that_come_move_it(
    page: Page, open_question: Callable[..., None], what: str
) -> None:
    open_question(page, "IT1")
    comment = page.locator("details").filter(has=page.locator("summary", has_text="Comment")).last
    button = page.get_by_role("button", name="Save and continue")
    control = comment.locator("summary").last if what == "comment" else button
    held: list[Route] = []
    page.route("**/questions/IT1/", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/questions/IT1/"):
        level(page, "P").check()
    control.hover()
    before = control.bounding_box()
    assert before
    page.mouse.move(before["x"] + 20, before["y"] + before["height"] / 3)
    page.mouse.down()
    held[0].continue_()
    expect(status(page)).to_contain_text("Saved")
    after = control.bounding_box()
    assert after
    assert after["y"] > before["y"] + before["height"] / 3
    if what == "button that is left":  # whoever leaves it before letting it go means nothing
        page.mouse.move(0, 0)
        page.mouse.up()
        expect(button).to_be_visible()
        button.click()
    else:
        page.mouse.up()
    if what == "comment":
        expect(comment).to_have_attribute("open", "")
        button.click()
    expect(page).to_have_url(re.compile("/questions/IT2/"))
    assert stored("IT1a").value == {"level": 1}


@pytest.mark.parametrize("size", [(1280, 720), (360, 640)])
def test_saved_mark_lies_over_nothing_that_is_used(
    page: Page, open_question: Callable[..., None], size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.clock.install()
    open_question(page, "CR1")
    page.locator("#CR1a-answer-1").check()
    expect(status(page)).to_contain_text("Saved")
    overlaps = """element => {
        element.focus();
        const [box, head] = [element, document.querySelector(".answers-head")].map(one => one.getBoundingClientRect());
        return box.top < head.bottom && head.top < box.bottom;
    }"""
    # Backwards, so that each is scrolled to from below, under the line at the top.
    for control in reversed(page.locator("#answers :is(input, textarea, button, summary):visible").all()):
        assert not control.evaluate(overlaps), control
    page.clock.run_for(5000)  # as long as it is shown
    expect(status(page)).to_be_empty()


def test_class_menu_has_its_arrow(page: Page, open_question: Callable[..., None], assessment: Assessment) -> None:
    builders.answer(assessment, "IT1a", 1, evidence_text="The list, page 3")
    open_question(page, "IT1")
    page.get_by_text("Evidence class", exact=False).first.click()
    assert page.locator("#IT1a-class").evaluate("it => getComputedStyle(it).backgroundImage") != "none"
