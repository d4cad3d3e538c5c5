"""Mails that go out by themselves: planned reminders, the thank-you, and word to organisers that a wave closes."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from assessments.exceptions import NotAllowed
from assessments.models import MailsQueued, PanelLink, Wave, WaveGroup, WaveMailing
from assessments.panels.planning import planned_days, reminder_due
from assessments.panels.services import links, mails
from assessments.panels.services.closing import close_and_freeze, forget_addresses
from assessments.panels.services.stopping import close_early
from assessments.panels.services.waves import extend_wave
from tests import builders
from tests.conftest import SetClock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december_key")]

ROOT = "https://msgov.example.org/"
Run = Callable[..., Any]


@pytest.fixture
def run(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Run:
    """Does something, and the mails that follow once it is stored; only these are in the outbox then."""

    def doing(act: Run, **arguments: Any) -> Any:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            return act(**arguments)

    return doing


@pytest.fixture
def wave(db: None, clock: SetClock, december_key: int) -> Wave:
    """Launched on 1 December in UTC, until the 15th."""
    clock("2026-12-01 10:00")
    return Wave.objects.get(pk=december_key)


@pytest.fixture
def group(wave: Wave, run: Run) -> WaveGroup:
    """Its first group; two people of it were invited on the first day, and one of them has answered."""
    found: WaveGroup = wave.groups.first()
    run(links.invite_by_mail, group=found, user=wave.created_by, text="ana@example.org bo@example.org", root=ROOT)
    PanelLink.objects.filter(email="bo@example.org").update(is_used=True)
    return found


def plan(run: Run, wave: Wave, *codes: str, thanks: bool = False) -> None:
    run(mails.save_plan, wave=wave, user=wave.created_by, reminders=codes, thanks=thanks, root=ROOT)


def written_to() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_planned_reminder_goes_out_on_its_day_in_the_morning_to_those_who_have_not_answered(
    run: Run, wave: Wave, group: WaveGroup, clock: SetClock
) -> None:
    plan(run, wave, "start+7", "end-3")
    for early in ("2026-12-07 12:00", "2026-12-08 08:59"):
        clock(early)
        assert (run(mails.send_planned_mails), written_to()) == (0, [])
    clock("2026-12-08 09:00")
    assert (run(mails.send_planned_mails), written_to()) == (1, ["ana@example.org"])
    assert "https://msgov.example.org/r/" in mail.outbox[0].body
    clock("2026-12-08 09:01")
    assert (run(mails.send_planned_mails), written_to()) == (0, [])
    clock("2026-12-12 10:00")
    assert (run(mails.send_planned_mails), written_to()) == (1, ["ana@example.org"])
    days = [day.isoformat() for day in WaveMailing.objects.values_list("sent_on", flat=True)]
    assert days == ["2026-12-08", "2026-12-12"]
    # Two people were invited: that is what is counted each time.
    assert list(MailsQueued.objects.filter(user=None).values_list("number", flat=True)) == [2, 2]


def test_a_day_without_a_worker_is_made_up_for_once_and_only_on_the_next(
    run: Run, wave: Wave, group: WaveGroup, clock: SetClock
) -> None:
    plan(run, wave, "start+7")
    clock("2026-12-09 10:00")
    assert run(mails.send_planned_mails) == 1
    WaveMailing.objects.all().delete()
    clock("2026-12-10 10:00")
    assert run(mails.send_planned_mails) == 0


def test_a_reminder_by_hand_on_that_day_takes_the_place_of_the_planned_one(
    run: Run, wave: Wave, group: WaveGroup, clock: SetClock
) -> None:
    plan(run, wave, "start+7")
    clock("2026-12-08 07:00")
    run(mails.remind_all, wave=wave, user=wave.created_by, root=ROOT)
    clock("2026-12-08 10:00")
    assert (run(mails.send_planned_mails), written_to()) == (0, [])


def test_a_later_closing_date_moves_what_is_counted_from_it(
    run: Run, wave: Wave, group: WaveGroup, clock: SetClock
) -> None:
    plan(run, wave, "end-3")
    extend_wave(wave=wave, user=wave.created_by, closes_on=date(2026, 12, 20), reason="More time")
    clock("2026-12-12 10:00")
    assert run(mails.send_planned_mails) == 0
    clock("2026-12-17 10:00")
    assert run(mails.send_planned_mails) == 1


def test_what_is_over_cannot_be_planned_and_what_is_to_come_can_be_switched_off(
    run: Run, wave: Wave, group: WaveGroup, clock: SetClock
) -> None:
    plan(run, wave, "start+7", "end-1")
    clock("2026-12-09 10:00")
    assert [found.code for found in planned_days(wave) if found.is_over] == ["start+3", "start+7", "end-7"]
    plan(run, wave, "start+3")
    # The one of the week after the launch is history; "end-1" was switched off, and the past cannot be chosen.
    assert mails.plan_of(wave).reminders == ["start+7"]


def test_no_reminder_on_the_day_of_the_launch_or_after_the_end(wave: Wave) -> None:
    wave.closes_on = date(2026, 12, 2)
    for code, today in (("end-1", "2026-12-01"), ("end-3", "2026-12-01"), ("start+3", "2026-12-04")):
        assert not reminder_due(wave, [code], [], date.fromisoformat(today))


def test_nothing_goes_out_by_itself_for_an_invented_process(
    run: Run, wave: Wave, group: WaveGroup, clock: SetClock
) -> None:
    plan(run, wave, "start+7")
    process = wave.assessment.process
    process.is_invented = True
    process.save()
    clock("2026-12-08 10:00")
    assert (run(mails.send_planned_mails), written_to()) == (0, [])


def test_beyond_the_limit_of_the_site_a_planned_reminder_waits(
    run: Run, wave: Wave, group: WaveGroup, clock: SetClock, settings: Settings
) -> None:
    plan(run, wave, "start+7")
    clock("2026-12-08 10:00")
    settings.MAILS_A_DAY = 1
    assert (run(mails.send_planned_mails), written_to()) == (0, [])
    settings.MAILS_A_DAY = 10
    assert (run(mails.send_planned_mails), written_to()) == (1, ["ana@example.org"])


def test_one_button_reminds_every_group_that_was_not_reminded_today(run: Run, wave: Wave, group: WaveGroup) -> None:
    other = wave.groups.last()
    run(links.invite_by_mail, group=other, user=wave.created_by, text="cy@example.org", root=ROOT)
    run(mails.remind, group=group, user=wave.created_by, root=ROOT)
    assert run(mails.remind_all, wave=wave, user=wave.created_by, root=ROOT) == 1
    assert written_to() == ["cy@example.org"]
    with pytest.raises(NotAllowed, match="no group to remind"):
        run(mails.remind_all, wave=wave, user=wave.created_by, root=ROOT)


def test_everybody_who_was_invited_is_thanked_once_whether_they_answered_or_not(
    run: Run, wave: Wave, group: WaveGroup, clock: SetClock
) -> None:
    plan(run, wave, thanks=True)
    clock("2026-12-15 11:00")
    run(close_and_freeze, wave=wave)
    assert (run(mails.send_planned_mails), written_to()) == (0, [])
    clock("2026-12-16 10:00")
    run(mails.send_planned_mails)
    assert written_to() == ["ana@example.org", "bo@example.org"]
    # One mail, to both: nothing in it may tell who answered.
    bodies = {re.sub(r"\S+@example.org", "", str(message.body)) for message in mail.outbox}
    assert len(bodies) == 1
    assert not re.search(r"/r/[\w-]{43}/", bodies.pop())
    assert mail.outbox[0].reply_to == ["ask@example.org"]
    clock("2026-12-16 10:01")
    assert (run(mails.send_planned_mails), written_to()) == (0, [])


def test_the_thank_you_is_sent_before_the_addresses_are_deleted_or_not_at_all(
    run: Run, wave: Wave, group: WaveGroup, clock: SetClock
) -> None:
    clock("2026-12-15 11:00")
    run(close_and_freeze, wave=wave)
    clock("2026-12-28 23:59")
    assert forget_addresses() == 0
    plan(run, wave, thanks=True)
    clock("2026-12-29 12:00")
    assert forget_addresses() == 2
    assert (run(mails.send_planned_mails), written_to()) == (0, [])
    with pytest.raises(NotAllowed, match="nobody to thank"):
        mails.thank_now(wave=wave, user=wave.created_by, root=ROOT)


def test_organisers_are_told_the_day_before_a_wave_closes_and_when_it_was_stopped(
    run: Run, wave: Wave, group: WaveGroup, clock: SetClock
) -> None:
    clock("2026-12-14 10:00")
    assert run(mails.send_planned_mails) == 1
    (message,) = mail.outbox
    assert message.to == [wave.created_by.email]
    assert "takes answers until Tuesday 15 December 2026" in message.body
    assert f"https://msgov.example.org/assessments/{wave.assessment.code}/panel/" in message.body
    for later in ("2026-12-14 10:01", "2026-12-15 10:00"):
        clock(later)
        assert run(mails.send_planned_mails) == 0
    builders.member(wave.assessment.process, builders.user("olu@example.org"), "organiser")
    run(close_early, wave=wave, user=wave.created_by)
    assert written_to() == ["olu@example.org"]
    assert "no more answers are taken" in mail.outbox[0].body


def test_nobody_is_told_that_a_stopped_wave_closes(run: Run, wave: Wave, group: WaveGroup, clock: SetClock) -> None:
    run(close_early, wave=wave, user=wave.created_by)
    clock("2026-12-14 10:00")
    assert (run(mails.send_planned_mails), written_to()) == (0, [])


def test_a_quiet_site_asks_a_fixed_number_of_times(
    wave: Wave, clock: SetClock, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):
        mails.send_planned_mails()
