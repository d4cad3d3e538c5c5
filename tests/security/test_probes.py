"""What a supervisor asks: answered for any host, without a session, and honestly."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from msgov.middleware import probes

pytestmark = pytest.mark.django_db
PROBE = {"host": "10.1.2.3:8000"}


def test_live_probe_needs_no_database(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        answer = client.get("/livez", headers=PROBE)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_probes_are_not_redirected_to_https(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/livez", headers=PROBE).status_code == 200


def test_ready_probe_names_the_parts(client: Client) -> None:
    answer = client.get("/readyz", headers=PROBE)
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ok", "database": "ok", "migrations": "ok", "media": "ok", "worker": "ok"},
    )


def test_ready_probe_says_when_the_database_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> None:
        raise OperationalError("password authentication failed for user msgov")

    monkeypatch.setattr("django.db.connection.cursor", down)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"status": "failed", "database": "failed", "migrations": "failed", "media": "ok"},
    )


def test_ready_probe_says_when_migrations_are_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "_migrated", set())
    monkeypatch.setattr(probes.MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "failed")


def test_ready_probe_looks_for_migrations_until_there_are_none(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    monkeypatch.setattr(probes, "_migrated", set())
    assert probes.migrations_applied()
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert probes.migrations_applied()


def test_ready_probe_says_when_nothing_can_be_stored(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "not yet" / "made"
    assert probes.media_writable()
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["media"]) == (503, "failed")


def test_ready_probe_notes_work_that_nobody_takes_up(client: Client) -> None:
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x", backend_name="default", queue_name="default"
    )
    assert client.get("/readyz").json()["worker"] == "ok"
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=6))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (200, "late")
