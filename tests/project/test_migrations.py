"""The models and their migrations."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django.fixtures import Settings

from tests.builders.databases import empty_database, older_migrations

# Where somebody may have stopped: within the migrations of every app.
HALF_WAY = [("accounts", "0001_initial"), ("attributes", "0003_documents"), ("assessments", "0024_actions")]


@pytest.fixture
def migrating(db: None, settings: Settings) -> None:
    """Migrations, which a quick run has none of; in databases of their own, without the transaction of the test."""
    settings.MIGRATION_MODULES = {}


def test_no_migration_is_missing(migrating: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="there migrations make the database of all tests")
def test_migrations_make_what_models_say(migrating: None, tmp_path: Path, settings: Settings) -> None:
    """So that all other tests on SQLite may run on tables that models made, which takes a second."""
    with empty_database(tmp_path):
        call_command("migrate", verbosity=0)
        made = tables()
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    (tmp_path / "models").mkdir()
    with empty_database(tmp_path / "models"):
        call_command("migrate", run_syncdb=True, verbosity=0)
        said = tables()
    assert made.keys() == said.keys()
    assert len(made) > 60
    assert differing(made, said) == {}


@pytest.mark.slow
@pytest.mark.everywhere
def test_older_databases_become_what_new_ones_are(migrating: None, tmp_path: Path) -> None:
    """One that was left half way goes on through the migrations that are one for those that begin."""
    with empty_database(tmp_path):
        older_migrations(connection).migrate(HALF_WAY)
        left = MigrationExecutor(connection)
        ahead = {(step.app_label, step.name) for step, _ in left.migration_plan(left.loader.graph.leaf_nodes())}
        assert ("assessments", "0025_review") in ahead
        assert not {name for _app, name in ahead if "squashed" in name}
        call_command("migrate", verbosity=0)
        done = MigrationExecutor(connection)
        assert done.migration_plan(done.loader.graph.leaf_nodes()) == []
        older = tables()
    (tmp_path / "new").mkdir()
    with empty_database(tmp_path / "new"):
        call_command("migrate", verbosity=0)
        new = tables()
    assert older.keys() == new.keys()
    assert differing(older, new) == {}


def differing(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, set[str]]:
    """What only one of two databases has, by table."""
    return {name: set(one[name]) ^ set(other[name]) for name in one if one[name] != other[name]}


def tables() -> dict[str, list[str]]:
    """The tables of the database, each with its columns, keys, indexes, checks and triggers, in any order."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        described = in_postgres if connection.vendor == "postgresql" else in_sqlite
        return {name: sorted(described(cursor, name)) for name in names if name != "django_migrations"}


def in_sqlite(cursor: Any, table: str) -> Iterator[str]:
    """What is said between the brackets of a table, and what makes its indexes and triggers."""
    cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE tbl_name = %s", [table])
    for kind, name, text in cursor.fetchall():
        if kind == "table":
            yield from parts_of(text[text.index("(") + 1 : text.rindex(")")])
        else:
            yield f"{kind} {name}: {text}" if text else kind  # one without text belongs to a column that is unique


def parts_of(text: str) -> Iterator[str]:
    """What commas separate, other than those in brackets."""
    depth, begun = 0, ""
    for sign in f"{text},":
        if sign == "," and not depth:
            yield begun.strip()
            begun = ""
        else:
            depth += {"(": 1, ")": -1}.get(sign, 0)
            begun += sign


def in_postgres(cursor: Any, table: str) -> Iterator[str]:
    """As PostgreSQL itself writes them down, with the names that models give."""
    cursor.execute(
        "SELECT attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attstattarget, attcollation, "
        "pg_get_expr(adbin, adrelid) FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [f'"{table}"'],
    )
    yield from map(repr, cursor.fetchall())
    for question in (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass",
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass",
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
    ):
        cursor.execute(question, [f'"{table}"'])
        for name, text in cursor.fetchall():
            # All others are chosen by Django and PostgreSQL, which look rules up by what they are about.
            yield f"{name}: {text}" if name in names_of_models() else text.replace(name, "")


@cache
def names_of_models() -> frozenset[str]:
    """What constraints and indexes are called in the models."""
    rules = (rule for model in apps.get_models() for rule in (*model._meta.constraints, *model._meta.indexes))
    return frozenset(rule.name for rule in rules)
