"""Without a link: a code typed on a telephone, sheets entered by an assistant, and the wall of a workshop."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments.models import WaveGroup
from assessments.panels.services import links
from assessments.panels.short_codes import printed
from assessments.paper.services.paper import name_assistant
from tests.builders.panels import open_wave
from tests.e2e.journeys import fits, sign_in
from tests.e2e.test_panels import press

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]


def test_a_code_is_typed_and_sheets_are_entered(page: Page, phone: Page, axe: Check, browser_errors: list[str]) -> None:
    wave = open_wave(["Villages", "Business"], is_workshop=True)
    group = wave.groups.get(name="Villages")
    group.wave = wave
    (card,) = links.hand_out(group=group, user=wave.created_by, number=1, made=0)
    token = name_assistant(group=group, user=wave.created_by, name="M. Reyes", of_organiser=False)

    # With the card, on a telephone.
    phone.goto("/k/")
    axe(phone)
    fits(phone)
    phone.get_by_label("Code").fill(printed(card.code)[:-1])
    press(phone, "Go on")
    expect(phone.get_by_role("alert")).to_contain_text("A code has 12 characters; this has 11.")
    browser_errors.clear()  # the page that says what is wrong with a code comes as 422
    phone.get_by_label("Code").fill(printed(card.code).lower())
    press(phone, "Go on")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert phone.url.endswith(f"/r/{card.code}/")

    # Two sheets, one after the other, with the keyboard.
    page.goto(f"/r/assist/{token}/")
    axe(page)
    press(page, "Begin")
    for number, level in ((1, "3"), (2, "8")):
        choice = page.locator("#IT1a")
        choice.focus()
        page.keyboard.type(level)
        expect(choice).to_have_value({"3": "2", "8": "dont_know"}[level])
        if number == 1:
            axe(page)
        press(page, "Enter this sheet and go on to the next")
        expect(page.get_by_role("status")).to_contain_text(f"Sheets entered in this browser: {number}.")
    assert WaveGroup.objects.get(pk=group.pk).by_assistant == 2

    # The wall.
    sign_in(page, wave.created_by.email)
    page.goto(f"/assessments/{wave.assessment.code}/panel/workshop/screen/")
    axe(page)
    expect(page.locator("#wall-counts")).to_contain_text("fewer than 5")
