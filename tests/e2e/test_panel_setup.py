"""A secretariat sets up a wave of seven groups: in how many clicks, and in about how many minutes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from assessments.models import Membership, PanelLink
from assessments.models.panel import Wave
from assessments.vocabulary import Role
from tests import builders
from tests.e2e.journeys import fits, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

MOST_CLICKS = 60
MOST_MINUTES = 20
# Card, Moran and Newell's keystroke-level model: thinking, moving to the mouse, pointing, pressing; a key; and reading.
SECONDS_A_CLICK = 1.35 + 0.4 + 1.1 + 0.2
SECONDS_A_KEY = 0.28
WORDS_A_MINUTE = 215
GROUPS = {
    "Government": 12,
    "Business": 14,
    "Civil society": 20,
    "Technical community": 9,
    "Academia": 8,
    "Youth": 11,
    "Local residents": 0,
}
NOTICE = (
    "The secretariat of the river basin council asks everybody who took part in the year, or could have, how it was. "
    "The answers go into a public report in spring, and the assembly of June decides what is done about them."
)


@dataclass
class Hand:
    """Somebody at a page: every click and every field that is filled in is counted, and what there is to read."""

    page: Page
    clicks: int = 0
    keys: int = 0
    words: int = 0
    lines: set[str] = field(default_factory=set)

    def read(self) -> None:
        """Read of the page what was not read before."""
        new = set(self.page.locator("main").inner_text().splitlines()) - self.lines
        self.lines |= new
        self.words += sum(len(line.split()) for line in new)

    def press(self, name: str, role: str = "button") -> None:
        """Press what leads on, and read what comes."""
        self.clicks += 1
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.read()

    def fill(self, box: Locator, text: str, *, is_pasted: bool = False) -> None:
        """Fill in a field."""
        self.clicks += 1
        self.keys += 2 if is_pasted else len(text)
        box.fill(text)

    @property
    def minutes(self) -> float:
        """About how long that takes."""
        seconds = self.clicks * SECONDS_A_CLICK + self.keys * SECONDS_A_KEY
        return seconds / 60 + self.words / WORDS_A_MINUTE


def test_seven_groups_are_set_up_in_sixty_clicks_and_twenty_minutes(
    page: Page, phone: Page, axe: Callable[[Page], None]
) -> None:
    organiser = builders.user("organiser@example.org")
    process = builders.process(organiser=organiser, name="River basin council")
    Membership.objects.create(process=process, user=builders.user(), role=Role.REVIEWER)
    assessment = builders.assessment(process)
    for window in (page, phone):
        sign_in(window, organiser.email)
    hand = Hand(page)
    page.goto(f"/assessments/{assessment.code}/panel/")
    hand.read()

    hand.press("Prepare a wave")
    hand.fill(page.get_by_label("Who asks, and why"), NOTICE)
    hand.fill(page.get_by_label("Who is responsible"), "The secretariat")
    hand.fill(page.get_by_label("E-mail address for questions"), "ask@example.org")
    hand.fill(page.get_by_label("Closing date"), str(timezone.localdate() + timedelta(21)))
    hand.press("Save the settings")

    hand.press("Change the groups", "link")
    for start in range(0, len(GROUPS), 3):
        for place, (name, number) in enumerate(list(GROUPS.items())[start : start + 3], start):
            row = page.locator("fieldset.group-row").nth(place)
            hand.fill(row.get_by_label("Name of the group"), name)
            if number:
                hand.fill(row.get_by_label("People invited"), str(number))
            else:
                hand.clicks += 2  # a menu is opened, and something chosen
                row.get_by_label("How it answers").select_option("on_record")
        is_last = start + 3 >= len(GROUPS)
        if is_last:
            axe(page)
        hand.press("Save the groups" if is_last else "Save, and add more lines")

    hand.press("List the people", "link")
    people = [
        f"{name[:3].lower()}{n}@example.org, {name}" for name, number in GROUPS.items() for n in range(number or 1)
    ]
    hand.fill(page.get_by_label("List of people"), "\n".join(people), is_pasted=True)
    hand.press("Look at the list")
    axe(page)
    hand.press(f"Store {len(people)} people")
    hand.press("Launch the wave", "link")
    hand.press("Launch the wave")

    wave = Wave.objects.get()
    assert wave.is_open
    assert [(group.name, group.invited) for group in wave.groups.all()] == [
        (name, number or 1) for name, number in GROUPS.items()
    ]
    assert PanelLink.objects.count() == len(people)
    expect(page.locator("main")).to_contain_text("If the wave closed now")
    assert hand.clicks <= MOST_CLICKS
    assert hand.minutes <= MOST_MINUTES
    for address in ("", "people/", "groups/new/", f"groups/{wave.groups.first().pk}/links/"):
        phone.goto(f"/assessments/{assessment.code}/panel/{address}")
        fits(phone)
