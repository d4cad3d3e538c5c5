"""The organiser's pages: what they show when, what they refuse, and that counts are all they tell."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import PanelLink, Wave, WaveGroup
from assessments.panels.services import links, setup
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.views.overview import group_row
from assessments.respond import services
from assessments.vocabulary import Role, WaveState
from msgov.accounts.models import User
from tests import builders
from tests.builders.panels import in_days, launched, open_group, prepared

pytestmark = pytest.mark.django_db
SETTINGS = {"notice": "Why", "closes_on": str(in_days(9)), "languages": ["en"], "threshold": "8"}
GROUP = {"name": "Academia", "mode": "individual", "link_kind": "personal", "invited": "12", "cap": ""}


@pytest.fixture
def wave(organiser: User) -> Wave:
    return launched(organiser)


@pytest.fixture
def group(wave: Wave) -> WaveGroup:
    return wave.groups.first()


def at(name: str, wave: Wave, group: WaveGroup | None = None) -> str:
    arguments = [wave.assessment.code] if group is None else [wave.assessment.code, group.pk]
    return reverse(f"assessments:{name}", args=arguments)


def words(response: Any) -> str:
    """What a page says, in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def finish_with(made: links.NewLink) -> None:
    link = services.usable_link(made.token)
    assert link is not None
    questionnaire, _own = services.begin(link=link)
    services.save_questionnaire(
        questionnaire=questionnaire, answers={"IT1a": {"state": "answered", "level": 3}}, comments={"IT": "quokka"}
    )
    services.finish(questionnaire=questionnaire)


# --- Before the launch ----------------------------------------------------------------------------------------


def test_wave_is_prepared_once(as_organiser: Client, organiser: User) -> None:
    assessment = builders.assessment(builders.process(organiser=organiser))
    page = as_organiser.get(reverse("assessments:panel", args=[assessment.code]))
    assert "Prepare a wave" in words(page)
    for _click in range(2):
        answer = as_organiser.post(reverse("assessments:panel-prepare", args=[assessment.code]))
        assert answer.url == reverse("assessments:panel-setup", args=[assessment.code])
    assert Wave.objects.count() == 1


def test_settings_are_saved(as_organiser: Client, organiser: User) -> None:
    wave = prepared(organiser)
    assert as_organiser.post(at("panel-setup", wave), SETTINGS).status_code == 302
    wave.refresh_from_db()
    assert (wave.notice, wave.closes_on, wave.languages, wave.threshold) == ("Why", in_days(9), ["en"], 8)
    page = words(as_organiser.get(at("panel", wave)))
    assert "8 answers" in page


def test_threshold_is_settled_once_a_number_was_entered(as_organiser: Client, organiser: User) -> None:
    wave = prepared(organiser)
    assert as_organiser.post(at("panel-add-group", wave), GROUP).status_code == 302
    page = words(as_organiser.get(at("panel-setup", wave)))
    assert "This is settled since the first number of people was entered" in page
    assert as_organiser.post(at("panel-setup", wave), SETTINGS).status_code == 302
    wave.refresh_from_db()
    assert (wave.notice, wave.threshold, wave.threshold_chosen_by) == ("Why", 5, None)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"closes_on": "soon"}, "Enter the date as year, month and day"),
        ({"languages": ["xx"]}, "xx is not one of the available choices"),
        ({"threshold": "2"}, "2 is not one of the available choices"),
        ({"notice": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_wrong_settings_are_named_and_kept(
    as_organiser: Client, organiser: User, wrong: dict[str, Any], said: str
) -> None:
    wave = prepared(organiser)
    answer = as_organiser.post(at("panel-setup", wave), {**SETTINGS, **wrong})
    assert answer.status_code == 422
    assert said in words(answer)
    assert "<title>Error: " in answer.content.decode()
    assert Wave.objects.get().threshold == 5


def test_groups_are_added_changed_and_removed(as_organiser: Client, organiser: User) -> None:
    wave = prepared(organiser)
    assert as_organiser.post(at("panel-add-group", wave), GROUP).status_code == 302
    added = wave.groups.get(name="Academia")
    again = as_organiser.post(at("panel-add-group", wave), {**GROUP, "name": "academia"})
    assert again.status_code == 422
    assert "There is a group of this name already." in words(again)
    assert added.sector == ""
    changed = {**GROUP, "invited": "7", "sector": "business"}
    assert as_organiser.post(at("panel-group", wave, added), changed).status_code == 302
    added.refresh_from_db()
    assert (added.invited, added.sector) == (7, "business")
    assert "Academia Sector: Business · Everyone alone" in words(as_organiser.get(at("panel", wave)))
    assert as_organiser.post(at("panel-group", wave, added), {**changed, "sector": "youth"}).status_code == 422
    assert as_organiser.get(at("panel-group-remove", wave, added)).status_code == 200
    assert as_organiser.post(at("panel-group-remove", wave, added)).status_code == 302
    assert wave.groups.count() == 3


def test_test_run_leads_to_the_questionnaire(as_organiser: Client, organiser: User) -> None:
    wave = prepared(organiser)
    refused = as_organiser.post(at("panel-test", wave))
    assert (refused.status_code, "Choose the group to answer for" in words(refused)) == (422, True)
    answer = as_organiser.post(at("panel-test", wave), {"group": wave.groups.first().pk})
    token = re.fullmatch(r"/r/([\w-]{43})/", answer.url)
    assert token is not None
    link = services.usable_link(token[1])
    assert link is not None
    assert link.is_test


def test_launch_says_what_is_missing_and_refuses(as_organiser: Client, organiser: User) -> None:
    wave = prepared(organiser, notice="")
    page = as_organiser.get(at("panel-launch", wave))
    assert "Say who asks, and why." in words(page)
    assert '<form method="post">' not in page.content.decode()
    assert as_organiser.post(at("panel-launch", wave)).status_code == 302
    assert Wave.objects.get().state == WaveState.PREPARING


def test_launch_locks_everything_against_forged_forms(as_organiser: Client, organiser: User) -> None:
    wave = prepared(organiser)
    assert as_organiser.post(at("panel-launch", wave)).status_code == 302
    assert as_organiser.post(at("panel-launch", wave)).status_code == 302  # a second click
    first = wave.groups.first()
    before = (Wave.objects.values().get(), list(WaveGroup.objects.values()))
    as_organiser.post(at("panel-setup", wave), SETTINGS)
    as_organiser.post(at("panel-groups", wave), {f"g{first.pk}-name": "Other", f"g{first.pk}-way": "open"})
    as_organiser.post(at("panel-take-out", wave, first))
    as_organiser.post(at("panel-group", wave, first), GROUP)
    as_organiser.post(at("panel-group-remove", wave, first))
    as_organiser.post(at("panel-discard", wave))
    as_organiser.post(at("panel-test", wave), {"group": first.pk})
    assert (Wave.objects.values().get(), list(WaveGroup.objects.values())) == before
    assert PanelLink.objects.count() == 0


def test_wave_is_discarded_after_asking(as_organiser: Client, organiser: User) -> None:
    wave = prepared(organiser)
    assert "Discard this wave?" in words(as_organiser.get(at("panel-discard", wave)))
    as_organiser.post(at("panel-discard", wave))
    assert Wave.objects.count() == 0


def test_response_rate_is_rounded_and_not_cut() -> None:
    wave = Wave(state=WaveState.CLOSED)
    assert group_row(wave, WaveGroup(wave=wave, invited=9, received=6)).rate == "67"
    assert group_row(wave, WaveGroup(wave=wave, invited=0, received=6)).rate is None


# --- While it is open -----------------------------------------------------------------------------------------


def test_open_wave_shows_counts_and_nothing_else(as_organiser: Client, wave: Wave, group: WaveGroup) -> None:
    made = links.hand_out(group=group, user=wave.created_by, number=6, made=0)
    for link in made[:4]:
        finish_with(link)
    page = as_organiser.get(at("panel", wave))
    assert "Government fewer than 5 received 40 people invited" in words(page)
    assert "response rate" not in words(page)
    assert "Business fewer than 5 received" in words(page)
    assert "quokka" not in page.content.decode()
    finish_with(made[4])
    assert "Government 5 received 40 people invited" in words(as_organiser.get(at("panel", wave)))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CONTRIBUTOR])
def test_members_see_counts_and_can_do_nothing(wave: Wave, role: str, client_for: Callable[[Any], Client]) -> None:
    member = builders.user()
    builders.member(wave.assessment.process, member, role)
    other = client_for(member)
    page = words(other.get(at("panel", wave)))
    assert "fewer than 5 received" in page
    for word in ("Close now", "Extend", "Invite and remind"):
        assert word not in page
    assert other.post(at("panel-close", wave)).status_code == 403


def test_page_of_links_is_the_same_whoever_answered(as_organiser: Client, wave: Wave, group: WaveGroup) -> None:
    first, second = links.hand_out(group=group, user=wave.created_by, number=2, made=0)
    address = at("panel-links", wave, group)

    def rows() -> list[str]:
        found = re.findall(r'<li class="line">(.*?)</li>', as_organiser.get(address).content.decode(), re.DOTALL)
        return [" ".join(re.sub(r'<[^>]*>|value="[^"]*"', " ", row).split()) for row in found]

    before = rows()
    finish_with(first)
    assert rows() == before == ["1. Handed out Revoke : 1", "2. Handed out Revoke : 2"]
    finish_with(second)
    assert rows() == before


def test_invitations_keep_what_was_typed_when_refused(as_organiser: Client, wave: Wave, group: WaveGroup) -> None:
    answer = as_organiser.post(at("panel-send", wave, group), {"addresses": "ana@example.org\nnobody"})
    assert answer.status_code == 422
    assert "Line 2: “nobody” is not an e-mail address." in words(answer)
    assert "ana@example.org\nnobody" in answer.content.decode().replace("\r", "")
    assert PanelLink.objects.count() == 0


def test_invited_address_is_shown_with_what_can_be_done(as_organiser: Client, wave: Wave, group: WaveGroup) -> None:
    as_organiser.post(at("panel-send", wave, group), {"addresses": "ana@example.org"})
    link = PanelLink.objects.get()
    assert "1. ana@example.org Waits to be sent" in words(as_organiser.get(at("panel-links", wave, group)))
    as_organiser.post(at("panel-undeliverable", wave, group), {"link": link.pk})
    assert "1. ana@example.org Came back as undeliverable" in words(as_organiser.get(at("panel-links", wave, group)))
    as_organiser.post(at("panel-again", wave, group), {"link": link.pk})
    assert "1. ana@example.org Waits to be sent" in words(as_organiser.get(at("panel-links", wave, group)))
    address = at("panel-revoke", wave, group)
    assert "The link sent to ana@example.org stops working." in words(as_organiser.get(address, {"link": link.pk}))
    as_organiser.post(address, {"link": link.pk})
    link.refresh_from_db()
    assert link.is_revoked


@pytest.mark.parametrize("link", ["0", "x", "99999999999999999999"])
def test_link_of_nobody_is_not_found(as_organiser: Client, wave: Wave, group: WaveGroup, link: str) -> None:
    assert as_organiser.post(at("panel-revoke", wave, group), {"link": link}).status_code == 404


def test_link_of_another_group_is_not_found(as_organiser: Client, wave: Wave, group: WaveGroup) -> None:
    links.hand_out(group=wave.groups.last(), user=wave.created_by, number=1, made=0)
    foreign = PanelLink.objects.get().pk
    for name in ("panel-revoke", "panel-again", "panel-undeliverable"):
        assert as_organiser.post(at(name, wave, group), {"link": foreign}).status_code == 404


def test_reminder_is_refused_the_second_time_in_a_day(as_organiser: Client, wave: Wave, group: WaveGroup) -> None:
    address = at("panel-remind", wave, group)
    for said in ("Reminders are on their way to those who have not answered yet.", "has been reminded today"):
        assert said in words(as_organiser.post(address, follow=True))


def test_links_are_shown_once_as_cards(as_organiser: Client, wave: Wave, group: WaveGroup) -> None:
    answer = as_organiser.post(at("panel-cards", wave, group), {"number": 2, "made": 0, "as": "cards"})
    html = answer.content.decode()
    tokens = re.findall(r"http://testserver/r/([\w-]{43})/", html)
    assert len(tokens) == 2
    assert html.count("<path d=") == 2
    assert all(services.usable_link(token) for token in tokens)
    assert "no-store" in answer["Cache-Control"]
    later = as_organiser.get(at("panel-links", wave, group)).content.decode()
    assert not any(token in later for token in tokens)


def test_links_are_handed_out_as_a_file(as_organiser: Client, wave: Wave, group: WaveGroup) -> None:
    answer = as_organiser.post(at("panel-cards", wave, group), {"number": 3, "made": 0, "as": "csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[0] == ["Number", "Link", "Code"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3"]
    again = as_organiser.post(at("panel-cards", wave, group), {"number": 3, "made": 0, "as": "csv"})
    assert again.status_code == 422
    assert PanelLink.objects.count() == 3


def test_open_link_is_shown_with_its_warning(as_organiser: Client, organiser: User) -> None:
    wave = prepared(organiser)
    group = open_group(wave)
    setup.launch_prepared(wave=wave, user=organiser)
    page = words(as_organiser.get(at("panel-links", wave, group)))
    assert "One side could stack the answers" in page
    assert "Once 10 answers are in, nobody can begin any more." in page
    shown = as_organiser.post(at("panel-open-link", wave, group)).content.decode()
    # On the card, and in the texts to forward.
    (token,) = set(re.findall(r"http://testserver/r/([\w-]{43})/", shown))
    assert services.usable_link(token) is not None


def test_wave_is_extended_more_than_once_and_every_time_is_listed(as_organiser: Client, wave: Wave) -> None:
    assert as_organiser.get(at("panel-extend", wave)).status_code == 200
    assert as_organiser.post(at("panel-extend", wave), {"closes_on": str(in_days(1))}).status_code == 422
    assert as_organiser.post(at("panel-extend", wave), {"closes_on": str(in_days(20))}).status_code == 302
    PanelLink.objects.create(group=wave.groups.first(), token_hash="0" * 64)  # handed out: the date has been told
    without = as_organiser.post(at("panel-extend", wave), {"closes_on": str(in_days(30))})
    assert (without.status_code, "Say why: people were told the old date." in words(without)) == (422, True)
    later = {"closes_on": str(in_days(30)), "reason": "The meeting was moved."}
    assert as_organiser.post(at("panel-extend", wave), later).status_code == 302
    page = words(as_organiser.get(at("panel", wave)))
    assert "Extended" in page
    assert page.count("the closing date was moved from") == 2
    assert "Reason: The meeting was moved." in page


# --- Afterwards -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["panel-reopen", "panel-extend", "panel-setup"])
def test_a_closing_date_is_within_two_years(as_organiser: Client, wave: Wave, page: str) -> None:
    if page == "panel-reopen":
        close_and_freeze(wave=wave)
    answer = as_organiser.post(at(page, wave), {"closes_on": "9999-12-31", "reason": "Late mails"})
    if page != "panel-setup":  # which is locked once a wave was launched
        assert answer.status_code == 422
        assert "Choose a date within two years" in words(answer)
    assert as_organiser.get(at("panel-extend", wave)).status_code in (200, 302)


def test_wave_is_reopened_with_a_reason(as_organiser: Client, wave: Wave) -> None:
    close_and_freeze(wave=wave)
    page = words(as_organiser.get(at("panel-reopen", wave)))
    assert "only if at least 5 new answers have come" in page
    assert as_organiser.post(at("panel-reopen", wave), {"closes_on": str(in_days(5)), "reason": " "}).status_code == 422
    as_organiser.post(at("panel-reopen", wave), {"closes_on": str(in_days(5)), "reason": "Late mails"})
    assert "Late mails" in words(as_organiser.get(at("panel", wave)))


def test_closed_wave_leads_to_the_next(as_organiser: Client, wave: Wave) -> None:
    close_and_freeze(wave=wave)
    assert "Prepare another wave as this time" in words(as_organiser.get(at("panel", wave)))
    as_organiser.post(at("panel-prepare", wave))
    page = words(as_organiser.get(at("panel", wave)))
    assert "Wave 2" in page
    assert "Earlier waves Wave 1" in page


def test_panel_is_reached_from_where_people_are(as_organiser: Client, wave: Wave) -> None:
    address = f'href="{at("panel", wave)}"'
    for name, code in (
        ("assessment-hub", wave.assessment.code),
        ("assessment-results", wave.assessment.code),
        ("process-detail", wave.assessment.process.code),
    ):
        assert address in as_organiser.get(reverse(f"assessments:{name}", args=[code])).content.decode(), name


def test_deleting_the_process_names_the_wave(as_organiser: Client, wave: Wave) -> None:
    page = words(as_organiser.get(reverse("assessments:process-delete", args=[wave.assessment.process.code])))
    assert "1 wave of stakeholder answers, with what people answered, all links and the results" in page


# --- Cost -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 20])
def test_pages_cost_a_constant_number_of_queries(as_organiser: Client, organiser: User, size: int) -> None:
    wave = launched(organiser, names=tuple(f"Group {number}" for number in range(size)))
    group = wave.groups.first()
    for made in links.hand_out(group=group, user=organiser, number=size, made=0):
        finish_with(made)
    found = {}
    for name, address in (("panel", at("panel", wave)), ("links", at("panel-links", wave, group))):
        as_organiser.get(address)
        with CaptureQueriesContext(connection) as captured:
            as_organiser.get(address)
        found[name] = len(captured)
    assert found["panel"] <= 10  # one for what was changed since the launch, three for mails
    assert found["links"] <= 14
