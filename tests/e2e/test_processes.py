"""Describing a process and working on it with others, in a browser."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from assessments.models import Assessment, EvidenceEntry, EvidenceFile, Process, Report, StakeholderGroup
from assessments.rounds.services.submission import submit_assessment
from tests import builders
from tests.builders.panels import open_wave
from tests.builders.processes import add_file
from tests.builders.respondents import new_link
from tests.e2e.conftest import NewContext
from tests.e2e.journeys import PASSWORD, code_in, look_at_all, sign_in, verified

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def test_context_is_filled_in_without_javascript(nojs: Page, browser_errors: list[str]) -> None:
    builders.question_set()
    sign_in(nojs, verified(builders.user("ada@example.org")).email)
    nojs.goto("/processes/new/")
    press(nojs, "Create the process")
    expect(nojs.get_by_role("alert")).to_contain_text("Name of the process: Enter the name of the process")
    expect(nojs.get_by_role("alert")).to_contain_text("What it does: Choose what the process does")
    expect(nojs.locator(".error-summary")).to_be_focused()
    assert "422" in browser_errors.pop()
    nojs.get_by_role("alert").get_by_role("link").nth(1).click()
    expect(nojs.get_by_label("Decides:")).to_be_focused()
    nojs.get_by_label("Recommends:").check()
    nojs.get_by_role("alert").get_by_role("link").first.click()
    expect(nojs.get_by_label("Name of the process")).to_be_focused()
    nojs.keyboard.type("River council")
    # Typing a place finds its zone in the list.
    nojs.get_by_label("Time zone").focus()
    nojs.keyboard.type("Nairobi")
    nojs.get_by_label("Name of the process").press("Enter")
    expect(nojs.get_by_role("heading", level=1)).to_have_text("River council")
    expect(nojs.locator("main")).to_contain_text("Recommends: It agrees on a text")
    expect(nojs.locator("main")).to_contain_text("Nairobi (now UTC+3)")

    nojs.get_by_role("link", name="Name the stakeholder groups").click()
    nojs.get_by_label("Name of group 1").fill("Governments")
    press(nojs, re.compile("Up.*Business"))
    nojs.get_by_label("Add groups, one per line (optional)").fill("Farmers")
    nojs.get_by_label("Name of group 1").press("Enter")
    press(nojs, re.compile("Remove.*Academia"))
    press(nojs, "Remove the group")
    names = [group.name for group in StakeholderGroup.objects.all()]
    assert names == ["Business", "Governments", "Civil society", "Technical community", "Farmers"]

    nojs.get_by_role("link", name="River council").click()
    nojs.get_by_role("link", name="See whether the issue suits the approach").click()
    for criterion in nojs.locator("main fieldset").all():
        criterion.get_by_label("Yes, this holds").check()
    press(nojs, "Save the answers")
    expect(nojs.locator("main")).to_contain_text("Strong fit.")

    nojs.get_by_role("link", name="River council").click()
    nojs.get_by_role("link", name="Write down the goals that were agreed").click()
    press(nojs, "Add this goal")
    nojs.get_by_label("Farmers").check()
    nojs.get_by_label("Others that agreed to it (optional)").fill("The river police")
    press(nojs, "Save the goal")
    expect(nojs.locator("main")).to_contain_text("Farmers; The river police")


def test_an_invitation_leads_a_newcomer_through_signing_up(page: Page, new_context: NewContext) -> None:
    process = builders.process(organiser=verified(builders.user("ada@example.org")), name="River council")
    sign_in(page, "ada@example.org")
    page.goto(f"/processes/{process.code}/members/")
    page.get_by_label("E-mail addresses").fill("bob@example.org")
    page.get_by_label("Contributor: answers questions and gives evidence").check()
    press(page, "Send the invitations")
    expect(page.get_by_role("status")).to_contain_text("An invitation has been sent to bob@example.org.")
    link = re.search(r"http\S+/invitations/\S+", str(mail.outbox[-1].body))
    assert link

    other: BrowserContext = new_context(viewport={"width": 360, "height": 740})
    phone = other.new_page()
    phone.goto(link[0])
    assert phone.url.endswith("/invitations/accept/")
    phone.locator("main").get_by_role("link", name="Create an account").click()
    phone.locator("input[name=email]").fill("bob@example.org")
    phone.locator("input[name=password1]").fill(PASSWORD)
    phone.locator("input[name=password2]").fill(PASSWORD)
    phone.locator("main form button[type=submit]").first.click()
    phone.locator("input[name=code]").fill(code_in(str(mail.outbox[-1].body)))
    phone.locator("main form button[type=submit]").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("River council")
    press(phone, "Accept the invitation")
    expect(phone.get_by_role("status")).to_contain_text("Welcome to “River council”.")
    assert sorted(process.memberships.values_list("user__email", "role")) == [
        ("ada@example.org", "organiser"),
        ("bob@example.org", "contributor"),
    ]


def test_process_pages_have_no_barriers(page: Page, no_barriers: Callable[..., None]) -> None:
    builders.question_set()
    ada = verified(builders.user("ada@example.org"))
    process = builders.process(organiser=ada, name="A" * 120, organisation="Ω" * 150, website="https://example.org/")
    group = StakeholderGroup.objects.create(process=process, name="G" * 100)
    goal = process.goals.create(text="t" * 300, agreed_by="All")
    other = builders.member(process, builders.user(name="N" * 150), "reviewer")
    look_at_all(page, ("/", "/help/"), lambda _address: no_barriers(page, spaced=True))
    sign_in(page, ada.email)
    own = f"/processes/{process.code}/"
    addresses = [
        "/",
        "/processes/",
        "/processes/?q=nothing",
        "/processes/new/",
        *(own + part for part in ("", "edit/", "delete/", "groups/", "fit/", "goals/", "members/", "leave/")),
        f"{own}goals/new/",
        f"{own}groups/{group.pk}/remove/",
        f"{own}goals/{goal.pk}/",
        f"{own}goals/{goal.pk}/delete/",
        f"{own}members/{other.pk}/remove/",
    ]
    look_at_all(page, addresses, lambda _address: no_barriers(page, spaced=True))
    assert Process.objects.count() == 1


PHONE_WIDTH = 360
# The innermost parts that stick out.
WIDEST = """() => {
    const wide = part => part.getBoundingClientRect().right > 361
    const parts = [...document.querySelectorAll("body *")].filter(part => wide(part) && ![...part.children].some(wide))
    return parts.slice(0, 3).map(part => part.outerHTML.slice(0, 120))
}"""
WORD = "Steuerungsgruppenvollversammlungsprotokoll_" * 7  # 301 letters and no place to break
SENTENCE = "منتدى IGF 2026 (الدورة 21)."
# Texts that do not end at the left of where they begin, and fields that are not written from the right.
TURNED_ROUND = """sentence => {
    const hidden = ".visually-hidden, .hidden, option, title, textarea"
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const place = (node, at) => {
        const range = document.createRange()
        range.setStart(node, at)
        range.setEnd(node, at + 1)
        return range.getBoundingClientRect().left
    }
    const wrong = []
    let seen = 0
    while (walker.nextNode()) {
        const node = walker.currentNode, start = node.data.indexOf(sentence)
        if (start < 0 || node.parentElement.closest(hidden)) continue
        seen += 1
        if (place(node, start + sentence.length - 1) >= place(node, start)) wrong.push(node.parentElement.outerHTML)
    }
    for (const field of document.querySelectorAll("textarea, input[type=text]")) {
        if (field.value.startsWith(sentence) && !field.matches(":dir(rtl)")) wrong.push(field.outerHTML)
    }
    return [seen, wrong.map(text => text.slice(0, 200))]
}"""


@pytest.fixture
def told(quick: list[str]) -> Callable[[str], Assessment]:
    """Return a function that makes a process whose texts are all this word, answered and asked about."""

    def make(word: str) -> Assessment:
        ada = verified(builders.user("ada@example.org", name=word[:150], is_staff=True, is_superuser=True))
        short, name = {"organisation": word[:200], "period": word[:100]}, word[:200]
        process = builders.process(
            organiser=ada, name=name, issue=word, outcome_expected=word, resource=word[:120], **short
        )
        process.goals.create(text=word, agreed_by=word, recorded_in=word)
        EvidenceEntry.objects.create(process=process, kind="inside", address=word, title=word[:200], note=word, key="1")
        for number in (1, 2):
            assessment = builders.assessment(process, title=word[:100])
            own = {"evidence_text": word, "comment": word, "evidence_links": f"https://example.org/{WORD}"}
            add_file(builders.answer(assessment, "IT1a", 2, **own), name=f"{word[:190]}.txt")
            builders.answer(assessment, "IT5a", {"text": word})
            builders.answer(assessment, "CR1a", None, state="not_applicable", not_applicable_reason=word)
            if number == 1:
                submit_assessment(assessment=assessment, user=ada)
        wave = open_wave([word[:99], "Business"], organiser=ada, assessment=assessment, notice=word[:300])
        assert wave.groups.count() == 2
        return assessment

    return make


def every_page(assessment: Assessment) -> list[str]:
    """The addresses of the pages that show what people entered."""
    process, rounds = assessment.process, f"/assessments/{assessment.code}"
    first = process.assessments.get(round=1)
    own = f"/processes/{process.code}"
    group = assessment.waves.get().groups.first()
    file = EvidenceFile.objects.filter(response__assessment=assessment).get()
    return [
        "/",
        "/processes/",
        *(f"{own}/{page}" for page in ("", "edit/", "groups/", "goals/", "evidence/", "members/", "fit/", "delete/")),
        f"{own}/evidence/{process.evidence_entries.get(kind='inside').code}/",
        *(f"{rounds}/{page}" for page in ("", "questions/IT1/", "questions/CR1/", "check/", "history/", "results/")),
        *(reverse(f"assessments:{page}", args=[assessment.code]) for page in ("evidence-opened", "assessment-board")),
        f"{rounds}/submit/",
        f"{rounds}/evidence/{file.code}/delete/",
        f"/assessments/{first.code}/results/",
        "/compare/",
        f"/compare/result/?code={first.code}&code={assessment.code}",
        reverse("assessments:panel", args=[assessment.code]),
        reverse("assessments:panel-links", args=[assessment.code, group.pk]),
        *(reverse(f"site:{page}") for page in ("overview", "people", "trail")),
        reverse("site:person", args=[assessment.process.created_by_id]),
        "/account/",
        *(reverse("assessments:report-detail", args=[report.code]) for report in Report.objects.all()),
        reverse("assessments:panel-group", args=[assessment.code, group.pk]),
        f"/r/{new_link(assessment.waves.get(), group.name)}/",
    ]


def test_long_words_break_no_page_on_a_telephone(phone: Page, told: Callable[[str], Assessment]) -> None:
    assessment = told(WORD)
    sign_in(phone, "ada@example.org")
    wide = []
    for address in every_page(assessment):
        response = phone.goto(address)
        assert response is not None
        assert response.status == 200, address
        phone.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        width = phone.evaluate("document.documentElement.scrollWidth")
        if width > PHONE_WIDTH:
            wide.append(f"{address} is {width} px wide: {phone.evaluate(WIDEST)}")
    assert not wide, "\n".join(wide)


def test_text_from_right_to_left_has_its_stops_at_its_end(page: Page, told: Callable[[str], Assessment]) -> None:
    assessment = told(SENTENCE)
    sign_in(page, "ada@example.org")
    wrong, seen = [], 0
    for address in every_page(assessment):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        found, turned = page.evaluate(TURNED_ROUND, SENTENCE)
        seen += found
        wrong += [f"{address}: {text}" for text in turned]
    assert seen > 50
    assert not wrong, "\n".join(wrong)
