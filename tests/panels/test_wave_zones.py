"""The last day of a wave ends in the zone of its process, in every place that asks whether it is over or says when."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from assessments.exceptions import NotAllowed
from assessments.models import GroupStatement, PanelLink, Process, Wave, WaveSnapshot
from assessments.panels.mailing import mail_links
from assessments.panels.services import closing, links, mails, setup, stopping, traces, waves
from assessments.respond.questionnaire import usable_link
from assessments.vocabulary import WaveState
from msgov.accounts.models import User
from tests import builders
from tests.builders.clock import SetClock
from tests.builders.panels import open_wave, prepared
from tests.builders.respondents import come_in, fill, form_of, hand_in, new_link

pytestmark = pytest.mark.django_db

ROOT = "http://testserver/"
LAST_DAY = date(2026, 12, 10)
KIRITIMATI = ("Pacific/Kiritimati", "2026-12-10 09:59", "2026-12-10 10:00", "2026-12-10 10:59", "2026-12-10 11:00")
LOS_ANGELES = ("America/Los_Angeles", "2026-12-11 07:59", "2026-12-11 08:00", "2026-12-11 08:59", "2026-12-11 09:00")


def asked_in(zone: str, closes_on: date = LAST_DAY, **fields: object) -> Wave:
    """An open wave of a process in a zone."""
    organiser = builders.user()
    process = builders.process(organiser=organiser, time_zone=zone)
    wave = open_wave(["A", "B"], organiser=organiser, assessment=builders.assessment(process), **fields)
    Wave.objects.filter(pk=wave.pk).update(closes_on=closes_on)
    wave.refresh_from_db()
    return wave


def again(wave: Wave) -> Wave:
    """The same as it is stored."""
    return Wave.objects.select_related("assessment__process").get(pk=wave.pk)


def words(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


# --- Whether it is over ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("zone", "last", "over", "grace", "due"), [KIRITIMATI, LOS_ANGELES])
def test_wave_is_begun_until_its_day_ends_and_handed_in_for_an_hour(
    clock: SetClock, zone: str, last: str, over: str, grace: str, due: str
) -> None:
    clock("2026-12-01 12:00")
    wave = asked_in(zone)
    for moment, expected in (
        (last, (True, True, False)),
        (over, (False, True, False)),
        (grace, (False, True, False)),
        (due, (False, False, True)),
    ):
        clock(moment)
        found = again(wave)
        assert (found.takes_new, found.is_open, found.is_due) == expected, moment


@pytest.mark.parametrize(
    ("closes_on", "last", "over"),
    [
        # In Los Angeles: a day of 23 hours, one of 25.
        (date(2026, 3, 8), "2026-03-09 06:59", "2026-03-09 07:00"),
        (date(2026, 11, 1), "2026-11-02 07:59", "2026-11-02 08:00"),
    ],
)
def test_day_on_which_clocks_are_changed_ends_at_midnight(
    clock: SetClock, closes_on: date, last: str, over: str
) -> None:
    clock("2026-02-01 12:00")
    wave = asked_in("America/Los_Angeles", closes_on)
    clock(last)
    assert again(wave).takes_new
    clock(over)
    assert not again(wave).takes_new


def test_sweeper_closes_each_wave_when_its_own_day_is_over(clock: SetClock) -> None:
    clock("2026-12-01 12:00")
    early, late = asked_in("Pacific/Kiritimati"), asked_in("America/Los_Angeles")
    clock("2026-12-10 10:59")
    assert closing.close_due_waves() == 0
    clock("2026-12-10 11:00")
    assert closing.close_due_waves() == 1
    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.state, late.state) == (WaveState.CLOSED, WaveState.OPEN)
    assert early.closed_on == date(2026, 12, 11)  # the day it is there; in UTC it is the tenth
    assert WaveSnapshot.objects.get().made_on == date(2026, 12, 11)
    clock("2026-12-11 08:59")
    assert closing.close_due_waves() == 0
    clock("2026-12-11 09:00")
    call_command("close_waves")
    late.refresh_from_db()
    assert (late.state, late.closed_on) == (WaveState.CLOSED, date(2026, 12, 11))


def test_respondent_in_los_angeles_answers_until_the_evening_of_the_last_day(clock: SetClock) -> None:
    """Two minutes before six in the evening there, when it is the next day in UTC."""
    clock("2026-12-10 20:00")
    wave = asked_in("America/Los_Angeles")
    browser = come_in(new_link(wave))
    clock("2026-12-11 01:58")
    assert fill(browser, "IT1", action="next").status_code == 302
    assert come_in(new_link(wave)).get("/r/").status_code == 200
    clock("2026-12-11 08:30")
    assert hand_in(browser)["Location"] == "/r/receipt/"
    late = Client().get(f"/r/{new_link(wave)}/")
    assert late.status_code == 410
    assert "until Thursday 10 December 2026, end of day in Los Angeles (UTC−8)" in words(late)


def test_link_of_a_process_that_is_ahead_ends_while_it_is_still_the_last_day_elsewhere(clock: SetClock) -> None:
    clock("2026-12-10 09:59")
    wave = asked_in("Pacific/Kiritimati")
    token = new_link(wave)
    assert usable_link(token) is not None
    clock("2026-12-10 10:00")
    assert usable_link(token) is None
    with pytest.raises(NotAllowed, match="The closing date has passed"):
        links.hand_out(group=wave.groups.get(name="A"), user=wave.created_by, number=1, made=1)


@pytest.mark.parametrize(("closes_on", "problems"), [(date(2026, 12, 11), 1), (date(2026, 12, 12), 0)])
def test_closing_date_is_after_today_in_the_process(clock: SetClock, closes_on: date, problems: int) -> None:
    clock("2026-12-10 10:00")  # where it is the eleventh
    wave = prepared()
    Process.objects.update(time_zone="Pacific/Kiritimati")
    wave = again(setup.save_settings(wave=wave, fields={"closes_on": closes_on}))
    assert len(setup.missing_for_launch(wave)) == problems


@pytest.mark.parametrize(("zone", "status"), [("Pacific/Kiritimati", 422), ("America/Los_Angeles", 302)])
def test_form_asks_for_a_day_after_today_in_the_zone_of_the_wave(
    clock: SetClock, client_for: Callable[[User], Client], zone: str, status: int
) -> None:
    """Whatever the process has been changed to since."""
    clock("2026-12-10 10:00")
    wave = asked_in(zone, date(2026, 12, 9 if zone.startswith("America") else 11))
    Process.objects.update(time_zone="Asia/Kolkata")
    address = reverse("assessments:panel-extend", args=[wave.assessment.code])
    # Today in Kiritimati, tomorrow in Los Angeles.
    response = client_for(wave.created_by).post(address, {"closes_on": "2026-12-11"})
    assert response.status_code == status
    assert ("Choose a day after today" in words(response)) == (status == 422)


def test_days_of_a_wave_are_those_of_its_zone(clock: SetClock) -> None:
    clock("2026-12-01 11:00")
    wave = asked_in("Pacific/Kiritimati", on_record=["A"])
    assert wave.opened_on == date(2026, 12, 2)
    browser = come_in(new_link(wave, "A"))
    fill(browser, "IT1", action="next")
    filing = {"filed_by": "Ada", "capacity": "chair", "how_agreed": "in a meeting"}
    browser.post("/r/finish/", {**form_of(browser.get("/r/check/")).fields, **filing})
    assert GroupStatement.objects.get().filed_on == date(2026, 12, 2)
    links.invite_by_mail(group=wave.groups.get(name="B"), user=wave.created_by, text="a@example.org", root=ROOT)
    mail_links(wave.groups.get(name="B").pk, ROOT, is_reminder=False)
    assert PanelLink.objects.get(email="a@example.org").sent_on == date(2026, 12, 2)


def test_group_is_reminded_again_when_the_next_day_begins_there(clock: SetClock) -> None:
    clock("2026-12-01 07:30")  # the evening before in Los Angeles
    wave = asked_in("America/Los_Angeles")
    group, user = wave.groups.get(name="A"), wave.created_by
    links.invite_by_mail(group=group, user=user, text="a@example.org", root=ROOT)
    mail_links(group.pk, ROOT, is_reminder=False)
    mails.remind(group=group, user=user, root=ROOT)
    mail_links(group.pk, ROOT, is_reminder=True)
    assert PanelLink.objects.get(email="a@example.org").reminded_on == date(2026, 11, 30)
    clock("2026-12-01 07:59")
    with pytest.raises(NotAllowed, match="reminded today"):
        mails.remind(group=group, user=user, root=ROOT)
    mail_links(group.pk, ROOT, is_reminder=True)  # sent twice by the queue: it is the same day
    assert len(mail.outbox) == 2
    clock("2026-12-01 08:00")
    mails.remind(group=group, user=user, root=ROOT)
    mail_links(group.pk, ROOT, is_reminder=True)
    assert len(mail.outbox) == 3
    assert PanelLink.objects.get(email="a@example.org").reminded_on == date(2026, 12, 1)


def test_addresses_are_forgotten_two_weeks_after_the_closing_there(clock: SetClock) -> None:
    clock("2026-12-01 12:00")
    waves_by_zone = {zone: asked_in(zone) for zone in ("Pacific/Kiritimati", "America/Los_Angeles")}
    for wave in waves_by_zone.values():
        new_link(wave, email=f"{wave.pk}@example.org")
    clock("2026-12-11 09:30")
    assert closing.close_due_waves() == 2
    assert set(Wave.objects.values_list("closed_on", flat=True)) == {date(2026, 12, 11)}
    clock("2026-12-24 09:59")
    assert closing.forget_addresses() == 0
    clock("2026-12-24 10:00")  # Christmas in Kiritimati
    assert closing.forget_addresses() == 1
    left = waves_by_zone["America/Los_Angeles"].pk
    assert PanelLink.objects.exclude(email="").get().email == f"{left}@example.org"
    clock("2026-12-25 08:00")
    assert closing.forget_addresses() == 1


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_traces_are_due_after_a_closing_wherever_it_was(clock: SetClock, zone: str) -> None:
    clock("2026-12-10 10:30")
    wave = asked_in(zone)
    closing.close_and_freeze(wave=wave)
    assert traces.erase_due_traces()
    clock("2026-12-12 10:30")
    assert traces.erase_due_traces()
    clock("2026-12-16 10:30")
    assert not traces.erase_due_traces()


# --- When the zone changes ------------------------------------------------------------------------------------


def test_open_wave_keeps_the_zone_people_were_told(clock: SetClock) -> None:
    clock("2026-12-01 12:00")
    wave = asked_in("America/Los_Angeles")
    told = again(wave).until
    Process.objects.update(time_zone="Pacific/Kiritimati")
    assert again(wave).until == told
    clock("2026-12-11 07:59")
    assert again(wave).takes_new
    assert closing.close_due_waves() == 0
    waves.extend_wave(wave=wave, user=wave.created_by, closes_on=date(2026, 12, 20))
    assert again(wave).until == "Sunday 20 December 2026, end of day in Los Angeles (UTC−8)"
    clock("2026-12-21 09:00")
    assert closing.close_due_waves() == 1
    assert again(wave).ended == "Sunday 20 December 2026, end of day in Los Angeles (UTC−8)"


def test_wave_that_is_prepared_follows_the_process_and_a_reopened_one_takes_its_zone(clock: SetClock) -> None:
    clock("2026-12-01 12:00")
    wave = prepared(closes_on=date(2026, 12, 6))
    Process.objects.update(time_zone="Africa/Nairobi")
    assert again(wave).until == "Sunday 6 December 2026, end of day in Nairobi (UTC+3)"
    waves.launch_wave(wave=again(wave), user=wave.created_by)
    assert again(wave).time_zone == "Africa/Nairobi"
    closing.close_and_freeze(wave=again(wave))
    Process.objects.update(time_zone="Asia/Kolkata")
    # Closed in the middle of a day: the day has not ended.
    assert again(wave).ended == "1 December 2026 (Nairobi, UTC+3)"
    waves.reopen_wave(wave=again(wave), user=wave.created_by, reason="Late", closes_on=date(2026, 12, 8))
    assert again(wave).until == "Tuesday 8 December 2026, end of day in Kolkata (UTC+5:30)"


def test_waves_from_before_there_were_zones_keep_that_of_the_installation() -> None:
    wave = asked_in("Africa/Nairobi")
    waiting = prepared()
    Wave.objects.update(time_zone="")
    migration = import_module("assessments.migrations.0014_time_zone")
    with override_settings(TIME_ZONE="Asia/Kolkata"):
        migration.keep_the_zone_people_were_told(apps, None)
    assert (again(wave).time_zone, again(waiting).time_zone) == ("Asia/Kolkata", "")


def test_stopped_wave_keeps_its_zone_so_that_what_was_promised_is_not_cut_short(clock: SetClock) -> None:
    clock("2026-12-01 12:00")
    wave = asked_in("America/Los_Angeles")
    stopping.close_early(wave=wave, user=wave.created_by)
    Process.objects.update(time_zone="Pacific/Kiritimati")
    assert again(wave).stopped_on == date(2026, 12, 1)
    assert again(wave).ended == "1 December 2026 (Los Angeles, UTC−8)"
    assert again(wave).until == "Thursday 10 December 2026, end of day in Los Angeles (UTC−8)"
    waves.reopen_wave(wave=again(wave), user=wave.created_by, reason="Too soon", closes_on=LAST_DAY)
    assert again(wave).until == "Thursday 10 December 2026, end of day in Los Angeles (UTC−8)"
    stopping.close_early(wave=wave, user=wave.created_by)
    clock("2026-12-11 08:59")
    assert again(wave).gives_back
    assert closing.close_due_waves() == 0
    clock("2026-12-11 09:00")
    assert closing.close_due_waves() == 1
    found = again(wave)
    assert str(found.gave_back_when) == "Thursday 10 December 2026, end of day in Los Angeles (UTC−8)"
    assert found.snapshots.get().document["wave"]["closed_on"] == "2026-12-01"


# --- What people read -----------------------------------------------------------------------------------------

UNTIL = "until Sunday 6 December 2026, end of day in Nairobi (UTC+3)"


@pytest.fixture
def wave(clock: SetClock) -> Wave:
    clock("2026-12-01 12:00")
    return asked_in("Africa/Nairobi", date(2026, 12, 6))


def test_every_page_of_a_respondent_says_where_the_day_ends(wave: Wave) -> None:
    token = new_link(wave)
    browser = come_in(token)
    assert f"Open {UNTIL}" in words(browser.get(f"/r/{token}/"))
    assert f"You can begin {UNTIL}" in words(browser.get("/r/"))
    assert UNTIL in words(browser.get("/r/pause/"))
    fill(browser, "IT1", action="next")
    hand_in(browser)
    assert words(browser.get("/r/receipt/")).count(UNTIL) == 2
    assert UNTIL in words(browser.get(f"/r/withdraw/{wave.code}/"))
    closing.close_and_freeze(wave=wave)
    for address in (f"/r/{token}/", f"/r/withdraw/{wave.code}/"):
        page = words(browser.get(address, follow=True))
        assert "until 1 December 2026 (Nairobi, UTC+3)" in page
        assert UNTIL not in page


def test_whoever_has_begun_reads_when_the_hour_after_the_last_day_ends(clock: SetClock, wave: Wave) -> None:
    browser = come_in(new_link(wave))
    fill(browser, "IT1", action="next")
    clock("2026-12-06 21:15")
    until = "until Monday 7 December 2026, 01:00 in Nairobi (UTC+3)"
    assert until in words(browser.get("/r/pause/"))
    hand_in(browser)
    assert until in words(browser.get("/r/receipt/"))
    clock("2026-12-06 22:00")
    assert UNTIL in words(browser.get(f"/r/withdraw/{wave.code}/"))


@pytest.mark.parametrize("is_reminder", [False, True])
def test_mail_says_where_the_day_ends(wave: Wave, is_reminder: bool) -> None:
    group, user = wave.groups.get(name="A"), wave.created_by
    links.invite_by_mail(group=group, user=user, text="a@example.org", root=ROOT)
    for reminder in (False, True)[: 1 + is_reminder]:
        mail_links(group.pk, ROOT, is_reminder=reminder)
    assert len(mail.outbox) == 1 + is_reminder
    assert f"You can answer {UNTIL}." in mail.outbox[-1].body


def test_mail_goes_out_only_while_its_link_can_be_used(clock: SetClock, wave: Wave) -> None:
    """One that waited in the queue until nothing can be begun any more would invite to nothing."""
    PanelLink.objects.create(group=wave.groups.get(name="A"), token_hash="x", email="a@example.org")
    group = wave.groups.get(name="A")
    clock("2026-12-06 21:00")
    mail_links(group.pk, ROOT, is_reminder=False)
    assert mail.outbox == []
    clock("2026-12-06 20:59")
    mail_links(group.pk, ROOT, is_reminder=False)
    assert len(mail.outbox) == 1


def test_pages_of_the_organiser_say_where_the_day_ends(wave: Wave, client_for: Callable[[User], Client]) -> None:
    client = client_for(wave.created_by)
    group = wave.groups.get(name="A")

    def at(name: str, *more: int | str) -> HttpResponse:
        return client.get(reverse(f"assessments:{name}", args=[wave.assessment.code, *more]))

    for name in ("panel", "panel-extend", "panel-close"):
        assert UNTIL in words(at(name)), name
    assert "Time zone of its days Nairobi (now UTC+3)" in words(at("panel"))
    assert "It ends with the day in this time zone: Nairobi (now UTC+3)." in words(at("panel-extend"))
    assert f"You can answer {UNTIL}." in words(at("panel-mail-text", "invitation", "en"))
    cards = reverse("assessments:panel-cards", args=[wave.assessment.code, group.pk])
    assert f"Your answers are confidential. Answer {UNTIL}." in words(
        client.post(cards, {"number": "1", "made": "0", "as": "cards"})
    )
    closing.close_and_freeze(wave=wave)
    Process.objects.update(time_zone="Asia/Kolkata")
    assert "until 1 December 2026 (Nairobi, UTC+3)" in words(at("panel"))
    assert "It ends with the day in this time zone: Kolkata (now UTC+5:30)." in words(at("panel-reopen"))


def test_settings_and_launch_page_say_where_the_day_ends(clock: SetClock, client_for: Callable[[User], Client]) -> None:
    clock("2026-12-01 12:00")
    wave = prepared(closes_on=date(2026, 12, 6))
    Process.objects.update(time_zone="Africa/Nairobi")
    client = client_for(wave.created_by)
    page = words(client.get(reverse("assessments:panel-setup", args=[wave.assessment.code])))
    assert "It ends with the day in the time zone of the process: Nairobi (now UTC+3)." in page
    assert UNTIL in words(client.get(reverse("assessments:panel-launch", args=[wave.assessment.code])))


def test_administrators_see_where_the_days_of_open_waves_end(wave: Wave, client_for: Callable[[User], Client]) -> None:
    page = client_for(builders.user(is_superuser=True)).get(reverse("site:overview"))
    assert UNTIL in words(page)


def test_proposed_date_of_a_reopened_wave_is_two_weeks_from_today_there(
    clock: SetClock, client_for: Callable[[User], Client]
) -> None:
    clock("2026-12-01 11:00")  # the second in Kiritimati
    wave = asked_in("Pacific/Kiritimati")
    closing.close_and_freeze(wave=wave)
    page = client_for(wave.created_by).get(reverse("assessments:panel-reopen", args=[wave.assessment.code]))
    assert page.context["form"]["closes_on"].value() == date(2026, 12, 2) + timedelta(days=14)


def test_result_of_a_wave_has_the_zone_it_was_launched_in(wave: Wave) -> None:
    Process.objects.update(time_zone="Asia/Kolkata")
    snapshot = closing.close_and_freeze(wave=again(wave))
    assert snapshot is not None
    found = snapshot.document["wave"]
    assert (found["opened_on"], found["closed_on"], found["time_zone"]) == (
        "2026-12-01",
        "2026-12-01",
        "Africa/Nairobi",
    )


def test_tests_run_in_the_zone_of_the_site() -> None:
    """What they ask elsewhere by `timezone.localdate()` is the day of processes that say nothing else."""
    assert Process().time_zone == settings.TIME_ZONE
