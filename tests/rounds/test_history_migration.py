"""The history that earlier versions kept in `assessments_historicalanswer` is in `AnswerVersion`, entry by entry."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.state import ProjectState
from django.utils.dateparse import parse_datetime

from assessments.models import AnswerVersion
from tests import builders

migration = import_module("assessments.migrations.0005_answer_versions")

FORMER = {
    "": ("saved", ""),
    None: ("saved", ""),
    "page 0123abcd": ("saved", "0123abcd"),
    "set aside": ("set_aside", ""),
    "file added: minutes: page 2.pdf": ("file_added", "minutes: page 2.pdf"),
    "file removed: minutes.pdf": ("file_removed", "minutes.pdf"),
    "moved from 1.0.0": ("moved", "1.0.0"),
    "import": ("imported", ""),
    "by hand": ("saved", "by hand"),
}


@pytest.fixture
def former() -> Any:
    """The model of the former table, which is there until the end of the test."""
    operations = import_module("assessments.migrations.0001_initial").Migration.operations
    made = next(one for one in operations if getattr(one, "name", "") == "HistoricalAnswer")
    state = ProjectState.from_apps(apps)
    made.state_forwards("assessments", state)
    model = state.apps.get_model("assessments", "HistoricalAnswer")
    # Not entered, and only collecting: SQLite's editor refuses to work inside of a transaction.
    editor = connection.schema_editor(collect_sql=True)
    editor.deferred_sql = []
    editor.create_model(model)
    with connection.cursor() as cursor:
        for statement in editor.collected_sql:
            cursor.execute(statement)
    return model


@pytest.mark.django_db
@pytest.mark.parametrize("batch", [2, 1000])
def test_every_entry_is_taken_over_in_its_order(former: Any, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    monkeypatch.setattr(migration, "BATCH", batch)
    ada = builders.user()
    answer = builders.answer(builders.assessment(builders.process(organiser=ada)), "IT1a", 2)
    AnswerVersion.objects.all().delete()
    at = parse_datetime("2025-03-01T10:00:00Z")
    shared = {
        "state": "answered",
        "value": {"level": 2},
        "not_applicable_reason": "why",
        "evidence_class": "E1",
        "evidence_text": "text",
        "evidence_links": "https://example.org/",
        "comment": "words",
    }
    for version, reason in enumerate(FORMER, start=1):
        row = {"version": version, "history_change_reason": reason, "history_date": at, "history_user_id": ada.pk}
        former.objects.create(id=answer.pk, history_type="~", **shared, **row)
    former.objects.create(id=answer.pk + 1, version=1, history_type="-", history_date=at)

    migration.copy_history(_Both(former), connection.schema_editor())

    found = list(AnswerVersion.objects.order_by("pk"))
    assert [(row.version, row.reason, row.detail) for row in found] == [
        (version, *said) for version, said in enumerate(FORMER.values(), start=1)
    ]
    for row in found:
        assert (row.answer_id, row.user_id, row.at) == (answer.pk, ada.pk, at)
        assert {name: getattr(row, name) for name in shared} == shared


class _Both:
    """Finds the former model beside those of today."""

    def __init__(self, former: Any) -> None:
        self.former = former

    def get_model(self, app: str, name: str) -> Any:
        return self.former if name == "HistoricalAnswer" else apps.get_model(app, name)
