"""Results and comparison in a real browser: no barriers, nothing cut off on a telephone, nothing needs JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments.demo.people import ORGANISER
from tests.e2e.journeys import look_at_all, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

RESULTS = "/assessments/demo-northvale-2/results/"
DISAGREEMENT = "/assessments/demo-northvale-2/disagreement/"
WITHHELD = "/assessments/demo-iana-1/results/"
OVER_TIME = "/processes/demo-northvale/over-time/"
# Two processes, of one of which the newest round is taken, two kinds, both tracks; and one example.
COMPARED = "/compare/result/?" + "&".join(
    f"code=demo-{code}" for code in ("northvale-1", "northvale-2", "southmere-1", "oecd-1")
)


@pytest.fixture
def signed_in(demo: None) -> Callable[[Page], Page]:
    """Return a function that lets a window belong to somebody, and returns it."""

    def act(page: Page) -> Page:
        sign_in(page, ORGANISER.email)
        return page

    return act


def test_pages_have_no_barriers_and_fit_a_telephone(
    signed_in: Callable[[Page], Page], page: Page, no_barriers: Callable[..., None]
) -> None:
    signed_in(page)
    addresses = (RESULTS, OVER_TIME, WITHHELD, "/compare/?code=demo-northvale-2&rounds=all", COMPARED)
    look_at_all(page, addresses, lambda _address: no_barriers(page, opened=True))


# What a board needs: the message, the picture, how much is known, and what to do first.
FIRST = (".headline", ".profile-table", ".known", ".first-steps li:nth-child(3)")
BOTTOM = "selector => document.querySelector(selector).getBoundingClientRect().bottom + window.scrollY"


@pytest.mark.parametrize("address", [RESULTS, "/assessments/demo-southmere-1/results/"])
def test_what_a_board_needs_stands_on_the_first_screen_and_on_two_of_a_telephone(
    signed_in: Callable[[Page], Page], page: Page, phone: Page, address: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    for window, room in ((page, 900), (phone, 2 * 740)):
        signed_in(window).goto(address)
        bottoms = {selector: window.evaluate(BOTTOM, selector) for selector in FIRST}
        assert max(bottoms.values()) <= room, bottoms


def test_disagreement_takes_three_screens_before_anything_is_opened(
    signed_in: Callable[[Page], Page], page: Page
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    signed_in(page).goto(DISAGREEMENT)
    assert page.evaluate(BOTTOM, "main") <= 3 * 900
    assert page.evaluate(BOTTOM, ".heat-table tbody tr") <= 900


def test_items_and_filters_work_without_javascript(signed_in: Callable[[Page], Page], nojs: Page) -> None:
    signed_in(nojs).goto(RESULTS)
    nojs.get_by_role("link", name="Where people disagree").first.click()
    where = nojs.locator("#item-ED3a")
    expect(where).to_be_hidden()
    nojs.locator(".by-item").get_by_role("link", name="Known way of deciding").click()
    expect(where).to_be_visible()
    expect(where).to_contain_text("Network operators")
    nojs.get_by_label("Only critical items").check()
    nojs.get_by_label("My group").select_option(label="Villages and residents")
    nojs.get_by_role("button", name="Show", exact=True).click()
    expect(nojs.locator(".by-item tbody tr")).to_have_count(5)
    expect(nojs.locator(".by-item .heat-column").nth(2)).to_have_text("Villages and residents")
    nojs.get_by_role("link", name="All items").click()
    expect(nojs.locator(".by-item tbody tr")).to_have_count(26)


def test_item_opens_to_its_answer_and_leads_to_its_step(signed_in: Callable[[Page], Page], nojs: Page) -> None:
    signed_in(nojs).goto(RESULTS)
    strip = nojs.locator("details.strip", has=nojs.locator("#item-ED3a"))
    strip.locator("summary").click()
    expect(strip.get_by_text("Evidence", exact=True)).to_be_visible()
    strip.get_by_role("link", name="What to do about it").click()
    expect(nojs.locator("#step-ED3a")).to_be_in_viewport()


def test_score_opens_to_its_formula_without_javascript(signed_in: Callable[[Page], Page], nojs: Page) -> None:
    signed_in(nojs).goto(RESULTS)
    formula = nojs.get_by_text("÷ 97.5 % = 81.2")
    expect(formula).to_be_hidden()
    nojs.get_by_text("How 81 came about").click()
    expect(formula).to_be_visible()


def test_choice_survives_filtering_and_leads_to_the_comparison(signed_in: Callable[[Page], Page], nojs: Page) -> None:
    signed_in(nojs).goto("/compare/")
    nojs.get_by_label("Northvale Forum on Rural Connectivity, round 2").check()
    nojs.get_by_label("Name or organisation").fill("southmere")
    nojs.get_by_role("button", name="Find").click()
    expect(nojs.get_by_text("1 chosen")).to_be_visible()
    nojs.get_by_label("Southmere Dialogue on Growing Up Online, round 1").check()
    nojs.get_by_role("button", name="Compare").click()
    expect(nojs.get_by_role("heading", name="Comparison of 2 processes")).to_be_visible()
    expect(nojs.get_by_text("What can be learnt, and from whom")).to_be_visible()
    reason = nojs.get_by_role("cell", name=re.compile("stands higher by 33 points"))
    expect(reason).to_be_hidden()
    nojs.get_by_text("Pair by pair, with the reason").click()
    expect(reason).to_be_visible()


def test_comparison_is_arranged_and_saved_without_javascript(signed_in: Callable[[Page], Page], nojs: Page) -> None:
    window = signed_in(nojs)
    window.goto("/compare/result/?code=demo-northvale-2&code=demo-southmere-1")
    heads = window.locator(".heat-table").first.locator("tbody th")
    expect(heads.first).to_contain_text("Northvale")
    window.get_by_text("Arrange", exact=True).click()
    window.get_by_label("Place of Southmere Dialogue on Growing Up Online").select_option("1")
    window.get_by_role("radio", name=re.compile("^Southmere")).check()
    window.get_by_role("button", name="Show it like this").click()
    expect(heads.first).to_contain_text("Southmere")
    expect(window.get_by_text("Told from Southmere")).to_be_visible()
    window.get_by_text("Save under a name").click()
    window.get_by_label("Name", exact=True).fill("The two of us")
    window.get_by_role("button", name="Save", exact=True).click()
    expect(window.get_by_text("Saved as “The two of us”.")).to_be_visible()
    window.get_by_role("link", name="All you have saved").click()
    window.get_by_role("link", name="The two of us", exact=True).click()
    expect(heads.first).to_contain_text("Southmere")
    window.goto("/compare/saved/")
    window.get_by_role("link", name="Delete The two of us").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("Delete this comparison?")
    window.get_by_role("button", name="Delete the comparison").click()
    expect(window.get_by_text("You have saved none.")).to_be_visible()


def test_too_few_choices_are_refused_with_the_page_kept(
    signed_in: Callable[[Page], Page], page: Page, axe: Callable[[Page], None], browser_errors: list[str]
) -> None:
    signed_in(page).goto("/compare/")
    page.get_by_label("Southmere Dialogue on Growing Up Online, round 1").check()
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_contain_text("Choose at least 2 assessments")
    expect(page.get_by_label("Southmere Dialogue on Growing Up Online, round 1")).to_be_checked()
    axe(page)
    assert [error for error in browser_errors if "status of 422" not in error] == []
    assert len(browser_errors) == 1
    browser_errors.clear()


def test_example_can_be_read_without_an_account(demo: None, page: Page, axe: Callable[[Page], None]) -> None:
    page.goto(WITHHELD)
    expect(page.get_by_role("heading", level=1)).to_have_text("IANA transition")
    axe(page)


def test_rounds_over_time_from_the_process_to_the_paper_without_a_script(
    signed_in: Callable[[Page], Page], nojs: Page
) -> None:
    signed_in(nojs).goto("/processes/demo-northvale/")
    nojs.get_by_role("link", name="Its rounds over time").click()
    expect(nojs.get_by_role("heading", level=1)).to_have_text("Northvale Forum on Rural Connectivity over time")
    expect(nojs.locator(".time-panel svg")).to_have_count(4)
    nojs.get_by_text("items that moved by round 2").click()
    expect(nojs.get_by_role("row", name=re.compile("Shared responsibility")).first).to_be_visible()
    nojs.get_by_role("button", name="Make a PDF").click()
    expect(nojs.get_by_role("heading", level=1)).to_contain_text(re.compile("report is", re.IGNORECASE))
    nojs.get_by_role("link", name="Over time").click()
    expect(nojs.get_by_role("heading", name="Data and papers")).to_be_visible()


def test_two_rounds_of_one_process_lead_from_comparing_to_their_rounds(
    signed_in: Callable[[Page], Page], page: Page
) -> None:
    signed_in(page).goto("/compare/result/?code=demo-northvale-1&code=demo-northvale-2")
    expect(page).to_have_url(re.compile("/processes/demo-northvale/over-time/"))
    expect(page.get_by_text("These are rounds of one process.")).to_be_visible()
