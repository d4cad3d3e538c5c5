"""Reminders and thank-yous that meet a mail server that is away: said, tried again, and nobody gets two."""

import re
import smtplib
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from assessments.exceptions import NotAllowed
from assessments.models import PanelLink, Wave, WaveMailing
from assessments.panels.mailing_days import send_to_group
from assessments.panels.services import links, mails
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.services.mail_days import try_again
from tests.conftest import SetClock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december_key")]

ROOT = "https://msgov.example.org/"
Run = Callable[..., Any]


class Away(EmailBackend):
    """A mail server that can be switched off, go away after some mails, or hang up at addresses."""

    is_away = False
    takes: int | None = None
    hangs_up_at: tuple[str, ...] = ()
    for_a_moment = False
    tried: ClassVar[list[str]] = []

    def open(self) -> bool:
        if Away.is_away or Away.takes == 0:
            raise ConnectionRefusedError
        self.connection = "open"
        return True

    def send_messages(self, messages: Any) -> int:
        Away.tried += messages[0].to
        if messages[0].to[0].startswith(Away.hangs_up_at or "nobody"):
            if Away.for_a_moment:
                Away.hangs_up_at = ()
            raise smtplib.SMTPServerDisconnected("gone")
        if Away.takes is not None:
            if not Away.takes:
                raise smtplib.SMTPServerDisconnected("gone")
            Away.takes -= 1
        return super().send_messages(messages)


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> type[Away]:
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    monkeypatch.setattr(Away, "is_away", False)
    monkeypatch.setattr(Away, "takes", None)
    monkeypatch.setattr(Away, "hangs_up_at", ())
    monkeypatch.setattr(Away, "for_a_moment", False)
    monkeypatch.setattr(Away, "tried", [])
    return Away


@pytest.fixture
def run(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Run:
    """Does something, and the mails that follow; only these are in the outbox then."""

    def doing(act: Run, **arguments: Any) -> Any:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            return act(**arguments)

    return doing


@pytest.fixture
def wave(db: None, clock: SetClock, december_key: int, run: Run, server: type[Away]) -> Wave:
    """Two groups; of the first three people were invited, and bo has answered."""
    clock("2026-12-01 10:00")
    found = Wave.objects.get(pk=december_key)
    group, user = found.groups.first(), found.created_by
    text = "ana@example.org bo@example.org cy@example.org"
    run(links.invite_by_mail, group=group, user=user, text=text, root=ROOT)
    PanelLink.objects.filter(email="bo@example.org").update(is_used=True)
    run(mails.save_plan, wave=found, user=user, reminders=["start+7"], thanks=True, root=ROOT)
    return found


def organising(wave: Wave) -> Client:
    """The organiser's browser, signed in today."""
    client = Client()
    client.force_login(wave.created_by)
    return client


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def written_to() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def panel_says(wave: Wave) -> str:
    return words(organising(wave).get(f"/assessments/{wave.assessment.code}/panel/"))


def test_a_planned_reminder_is_tried_again_after_half_an_hour(
    run: Run, wave: Wave, server: type[Away], clock: SetClock
) -> None:
    server.is_away = True
    clock("2026-12-08 10:00")
    assert (run(mails.send_planned_mails), written_to()) == (1, [])
    told = panel_says(wave)
    assert "The reminders of 8 December 2026 have not gone out to everybody" in told
    assert re.search("tried again every half hour .* until 9 December 2026", told)
    assert not re.search("No reminder has been sent|Reminders were sent on", told)
    server.is_away = False
    clock("2026-12-08 10:29")
    assert (run(mails.send_planned_mails), written_to()) == (0, [])
    clock("2026-12-08 10:31")
    assert (run(mails.send_planned_mails), written_to()) == (1, ["ana@example.org", "cy@example.org"])
    assert "Reminders were sent on: 8 December 2026" in panel_says(wave)
    clock("2026-12-08 12:00")
    assert (run(mails.send_planned_mails), written_to()) == (0, [])


def test_whoever_got_one_before_the_server_hung_up_gets_no_second_one_even_on_the_next_day(
    run: Run, wave: Wave, server: type[Away], clock: SetClock
) -> None:
    server.takes = 1
    clock("2026-12-08 23:50")
    assert (run(mails.send_planned_mails), written_to()) == (1, ["ana@example.org"])
    server.takes = None
    clock("2026-12-09 09:10")
    assert (run(mails.send_planned_mails), written_to()) == (1, ["cy@example.org"])
    assert PanelLink.objects.filter(is_used=False, failure="").exclude(email="").count() == 2


@pytest.mark.parametrize("address", ["ana@example.org", "cy@example.org"])
def test_one_address_at_which_the_server_hangs_up_holds_up_nobody_and_leaves_no_trace(
    run: Run, wave: Wave, server: type[Away], clock: SetClock, address: str
) -> None:
    server.hangs_up_at = (address,)
    server.tried.clear()
    clock("2026-12-08 10:00")
    assert run(mails.send_planned_mails) == 1
    assert written_to() == [each for each in ("ana@example.org", "cy@example.org") if each != address]
    # On a connection that brought others before, it may have been ended for another reason.
    assert server.tried.count(address) == (1 if address == "ana@example.org" else 2)
    assert "Reminders were sent on: 8 December 2026" in panel_says(wave)
    clock("2026-12-08 11:00")
    assert (run(mails.send_planned_mails), written_to()) == (0, [])


def test_two_addresses_in_a_row_at_which_it_hangs_up_are_a_server_that_is_away(
    run: Run, wave: Wave, server: type[Away], clock: SetClock
) -> None:
    server.hangs_up_at = ("ana", "cy")
    clock("2026-12-08 10:00")
    assert (run(mails.send_planned_mails), written_to()) == (1, [])
    assert "have not gone out to everybody" in panel_says(wave)
    server.hangs_up_at = ()
    clock("2026-12-08 11:00")
    assert (run(mails.send_planned_mails), written_to()) == (1, ["ana@example.org", "cy@example.org"])


def test_a_mail_goes_out_on_the_next_connection_where_the_server_ends_one(
    run: Run, wave: Wave, server: type[Away], clock: SetClock
) -> None:
    server.hangs_up_at, server.for_a_moment = ("cy",), True
    clock("2026-12-08 10:00")
    assert (run(mails.send_planned_mails), written_to()) == (1, ["ana@example.org", "cy@example.org"])


@pytest.mark.parametrize("address", ["ana@example.org", "cy@example.org"])
def test_thanks_pass_over_an_address_at_which_the_server_hangs_up(
    run: Run, wave: Wave, server: type[Away], clock: SetClock, address: str
) -> None:
    clock("2026-12-15 11:00")
    run(close_and_freeze, wave=wave)
    server.hangs_up_at = (address,)
    clock("2026-12-16 10:00")
    run(mails.send_planned_mails)
    assert set(written_to()) == {"ana@example.org", "bo@example.org", "cy@example.org"} - {address}
    clock("2026-12-16 11:00")
    assert (run(mails.send_planned_mails), written_to()) == (0, [])


def test_after_the_next_day_nothing_is_tried_by_itself_but_by_hand(
    run: Run, wave: Wave, server: type[Away], clock: SetClock
) -> None:
    server.is_away = True
    clock("2026-12-08 10:00")
    run(mails.send_planned_mails)
    server.is_away = False
    clock("2026-12-10 10:00")
    assert run(mails.send_planned_mails) == 0
    assert "It is not tried again by itself." in panel_says(wave)
    again = f"/assessments/{wave.assessment.code}/panel/mails/again/"
    response = run(organising(wave).post, path=again, follow=True)
    assert "on their way once more" in words(response)
    assert written_to() == ["ana@example.org", "cy@example.org"]
    response = run(organising(wave).post, path=again, follow=True)  # pressed twice
    assert ("There is nothing to send again" in words(response), written_to()) == (True, [])


def test_that_nobody_is_left_to_remind_does_not_show(run: Run, wave: Wave, server: type[Away], clock: SetClock) -> None:
    """Else a page without the notice would tell that everybody of a group has answered."""
    PanelLink.objects.update(is_used=True)
    server.is_away = True
    clock("2026-12-08 10:00")
    run(mails.send_planned_mails)
    assert "have not gone out to everybody" in panel_says(wave)


def test_two_jobs_send_nothing_twice(run: Run, wave: Wave, server: type[Away], clock: SetClock) -> None:
    server.is_away = True
    clock("2026-12-08 10:00")
    run(mails.send_planned_mails)
    server.is_away = False
    mailing, group = WaveMailing.objects.get(), wave.groups.first()
    run(send_to_group, mailing_id=mailing.pk, group_id=group.pk, root=ROOT)
    assert len(mail.outbox) == 2
    run(send_to_group, mailing_id=mailing.pk, group_id=group.pk, root=ROOT)
    assert mail.outbox == []


def test_a_later_reminder_takes_the_place_of_one_that_did_not_go_out(
    run: Run, wave: Wave, server: type[Away], clock: SetClock
) -> None:
    server.is_away = True
    clock("2026-12-08 10:00")
    run(mails.send_planned_mails)
    server.is_away = False
    clock("2026-12-10 10:00")
    run(mails.remind_all, wave=wave, user=wave.created_by, root=ROOT)
    assert written_to() == ["ana@example.org", "cy@example.org"]
    with pytest.raises(NotAllowed):
        try_again(wave=wave, root=ROOT)
    told = panel_says(wave)
    assert "Reminders were sent on: 10 December 2026" in told
    assert not re.search("8 December 2026(,| have not gone out)", told)


def test_a_refused_password_is_a_server_that_is_away(
    run: Run, wave: Wave, server: type[Away], clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Away) -> bool:
        raise smtplib.SMTPAuthenticationError(535, b"no")

    clock("2026-12-08 10:00")
    with monkeypatch.context() as patch:
        patch.setattr(server, "open", refuse)
        run(mails.send_planned_mails)
    clock("2026-12-08 10:40")
    assert (run(mails.send_planned_mails), written_to()) == (1, ["ana@example.org", "cy@example.org"])


def test_the_thank_you_goes_on_where_it_stopped_and_its_page_says_so(
    run: Run, wave: Wave, server: type[Away], clock: SetClock
) -> None:
    clock("2026-12-15 11:00")
    run(close_and_freeze, wave=wave)
    server.takes = 1
    clock("2026-12-16 10:00")
    run(mails.send_planned_mails)
    assert written_to() == ["ana@example.org"]
    told = words(organising(wave).get(f"/assessments/{wave.assessment.code}/panel/mails/"))
    assert "The thank-you has not gone out to everybody" in told
    assert "was thanked on" not in told
    assert "Send the thank-you now" not in told
    server.takes = None
    clock("2026-12-16 10:31")
    run(mails.send_planned_mails)
    assert written_to() == ["bo@example.org", "cy@example.org"]
    assert "Everybody who was invited by e-mail was thanked on 16 December 2026." in panel_says(wave)


def test_the_panel_says_to_which_groups_invitations_have_not_gone_out(run: Run, wave: Wave, server: type[Away]) -> None:
    assert "Invitations that have not gone out" not in panel_says(wave)
    server.is_away = True
    other = wave.groups.last()
    text = "de@example.org el@example.org"
    run(links.invite_by_mail, group=other, user=wave.created_by, text=text, root=ROOT)
    PanelLink.objects.create(group=other, email="fi@example.org", token_hash="f")
    told = panel_says(wave)
    assert f"{other.name} 2 invitations did not get through · 1 waits to be sent See why, and send again" in told
