"""The models and their migrations."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from pytest_django.fixtures import Settings

from tests.builders.databases import database_in


@pytest.mark.django_db
def test_no_migration_is_missing(settings: Settings) -> None:
    settings.MIGRATION_MODULES = {}  # a quick run has none
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="there migrations make the database of all tests")
def test_migrations_make_what_models_say(tmp_path: Path, settings: Settings) -> None:
    """So that all other tests on SQLite may run on tables that models made, which takes a second and not twenty."""
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    said = tables_in(tmp_path / "models.sqlite3")
    settings.MIGRATION_MODULES = {}
    made = tables_in(tmp_path / "migrations.sqlite3")
    assert made.keys() == said.keys()
    assert len(made) > 60
    assert {name: made[name] for name in made if made[name] != said[name]} == {}


def tables_in(file: Path) -> dict[str, Any]:
    """The tables of a new database with their columns and rules, without the names and the order of these."""
    with database_in(file):
        call_command("migrate", run_syncdb=True, verbosity=0)
        with connection.cursor() as cursor:
            names = connection.introspection.table_names(cursor)
            return {name: described(cursor, name) for name in names if name != "django_migrations"}


def described(cursor: Any, table: str) -> tuple[Any, ...]:
    """Columns, keys, indexes and checks of a table."""
    look = connection.introspection
    columns = sorted(column[:7] for column in look.get_table_description(cursor, table))
    rules = look.get_constraints(cursor, table).values()
    return columns, sorted(repr(sorted(rule.items())) for rule in rules)
