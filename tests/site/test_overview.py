"""One page says how the site is doing."""

import os
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max
from pytest_django import Settings

from assessments.models import Report
from assessments.vocabulary import ReportState
from msgov.accounts.models import User
from tests import builders
from tests.builders.accounts import confirmed
from tests.builders.panels import open_wave

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    return " ".join(client.get("/site/").content.decode().split())


def test_people_waves_reports_and_version(admin: Client, settings: Settings) -> None:
    confirmed("bea@example.org", is_active=False)
    wave = open_wave(["Group"])
    Report.objects.create(kind="single", document={}, cache_key="k", state=ReportState.FAILED, error="No fonts")
    found = page(admin)
    assert f"{User.objects.count()} accounts" in found
    assert "1 that may not sign in" in found
    assert "1 administrator has no second factor." in found
    assert wave.assessment.process.name in found
    assert "No fonts" in found
    assert "Nothing waits." in found
    version = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
    assert f"msgov {version}, Django " in found


def test_a_worker_that_does_not_run_is_noticed(admin: Client) -> None:
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x.y", backend_name="default", run_after=get_date_max()
    )
    assert "1 waiting" in page(admin)
    assert "Late" not in page(admin)
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - timedelta(minutes=6))
    assert "Late: perhaps no worker runs." in page(admin)


def test_the_last_backup_is_known_by_its_mark(admin: Client, settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert "Not known." in page(admin)
    (tmp_path / "last-backup").touch()
    os.utime(tmp_path / "last-backup", (0, 0))
    assert "1 January 1970" in page(admin)


def test_a_test_mail_says_what_the_mail_server_says(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "took a mail to root@example.org" in admin.post("/site/test-mail/", follow=True).content.decode()
    assert mail.outbox[-1].to == ["root@example.org"]

    def refuse(*arguments: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    assert "did not take the mail" in admin.post("/site/test-mail/", follow=True).content.decode()


def test_the_way_there_is_shown_to_administrators_only(admin: Client) -> None:
    assert 'href="/site/"' in admin.get("/").content.decode()
    other = Client()
    other.force_login(builders.user())
    assert 'href="/site/"' not in other.get("/").content.decode()
    assert 'href="/site/"' not in other.get("/account/").content.decode()
