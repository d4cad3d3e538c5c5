"""What mails leave behind: no token, nobody's address beside the word that they answered, in rows, queue and log."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.models import PanelLink, Wave
from assessments.panels.services import links, mails
from assessments.panels.services.closing import close_and_freeze, forget_addresses
from assessments.respond import services
from tests.builders.clock import SetClock
from tests.panels.test_storage import dump

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december_key")]
ROOT = "https://msgov.example.org/"
TOKEN = re.compile(r"/r/([\w-]{43})/")
Run = Callable[..., Any]


@pytest.fixture
def run(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Run:
    """Does something and what follows; returns with which arguments that was queued."""

    def doing(act: Run, **arguments: Any) -> list[Any]:
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            act(**arguments)
        return [(*getattr(found, "args", ()), getattr(found, "keywords", {})) for found in callbacks]

    return doing


@pytest.fixture
def wave(db: None, clock: SetClock, december_key: int) -> Wave:
    clock("2026-12-01 10:00")
    return Wave.objects.get(pk=december_key)


@pytest.fixture
def answered(wave: Wave, run: Run) -> str:
    """Two people were invited, and bo has handed in. The token by which bo did."""
    user, group = wave.created_by, wave.groups.first()
    run(links.invite_by_mail, group=group, user=user, text="ana@example.net bo@example.net", root=ROOT)
    (token,) = [TOKEN.findall(str(sent.body))[0] for sent in mail.outbox if sent.to == ["bo@example.net"]]
    link = services.usable_link(token)
    assert link is not None
    services.finish(questionnaire=services.begin(link=link)[0])
    return str(token)


def rest_of_season(run: Run, wave: Wave, clock: SetClock) -> None:
    """A reminder by hand, one by plan, the closing and the thank-you."""
    user = wave.created_by
    run(mails.save_plan, wave=wave, user=user, reminders=["start+7"], thanks=True, root=ROOT)
    run(mails.remind_all, wave=wave, user=user, root=ROOT)
    clock("2026-12-08 10:00")
    run(mails.send_planned_mails)
    clock("2026-12-15 12:00")
    run(close_and_freeze, wave=wave)
    clock("2026-12-16 12:00")
    run(mails.send_planned_mails)


def test_no_mail_leaves_a_token_or_an_address_in_rows_or_log(
    run: Run, wave: Wave, answered: str, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        rest_of_season(run, wave, clock)
    tokens = {found for sent in mail.outbox for found in TOKEN.findall(str(sent.body))}
    assert len(tokens) == 4  # two invitations, two reminders
    assert "@example.net" not in caplog.text
    for table, rows in dump().items():
        text = repr(rows)
        assert not [token for token in tokens if token in text], table
        assert ("@example.net" in text) is (table == PanelLink._meta.db_table), table
        assert not [token for token in tokens if token in caplog.text]


def test_a_thank_you_makes_no_difference_between_those_who_answered_and_those_who_did_not(
    run: Run, wave: Wave, answered: str, clock: SetClock
) -> None:
    run(mails.save_plan, wave=wave, user=wave.created_by, reminders=[], thanks=True, root=ROOT)
    clock("2026-12-15 12:00")
    run(close_and_freeze, wave=wave)
    before = dump()[PanelLink._meta.db_table]
    clock("2026-12-16 12:00")
    run(mails.send_planned_mails)
    assert dump()[PanelLink._meta.db_table] == before
    assert sorted(sent.to[0] for sent in mail.outbox[-2:]) == ["ana@example.net", "bo@example.net"]


def test_what_is_queued_names_a_group_and_nobody(run: Run, wave: Wave, answered: str) -> None:
    queued = run(mails.remind_all, wave=wave, user=wave.created_by, root=ROOT)
    group = wave.groups.first()
    mailing = wave.mailings.get(kind="reminder")
    assert (mailing.pk, group.pk, ROOT, {"kind": "reminder"}) in queued
    assert "@" not in repr(queued).replace(wave.created_by.email, "")


def test_rows_of_a_wave_say_when_mails_went_out_and_not_to_whom(
    run: Run, wave: Wave, answered: str, clock: SetClock
) -> None:
    rest_of_season(run, wave, clock)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM assessments_wavemailing")
        columns = {column[0] for column in cursor.description or ()}
        cursor.execute("SELECT waiting, unreached_at FROM assessments_wavemailing")
        rows = cursor.fetchall()
    assert columns == {"id", "wave_id", "kind", "sent_on", "waiting", "unreached_at"}
    assert set(rows) == {("{}", None)}  # whoever still waits is not there any more


def test_two_weeks_after_the_closing_no_address_is_left(run: Run, wave: Wave, answered: str, clock: SetClock) -> None:
    rest_of_season(run, wave, clock)
    clock("2026-12-29 12:00")
    assert forget_addresses() == 2
    assert "@example.net" not in repr(dump())
