"""Databases beside that of the tests: SQLite's in a file, for what the one in memory cannot show, and empty ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

BESIDE = "beside"


@contextmanager
def database_in(name: Path | str) -> Iterator[None]:
    """Within: the database is this file of SQLite, or the one PostgreSQL knows by this name."""
    usual = connections["default"]
    other = usual.copy()
    other.settings_dict["NAME"] = str(name)
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = usual


@contextmanager
def empty_database(folder: Path) -> Iterator[None]:
    """Within: the database is one that has nothing in it, and is gone afterwards."""
    if connection.vendor == "sqlite":
        with database_in(folder / "empty.sqlite3"):
            yield
        return
    usual = connections["default"]
    with usual._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"CREATE DATABASE {BESIDE}")
    try:
        with database_in(BESIDE):
            yield
    finally:
        with usual._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f"DROP DATABASE {BESIDE}")


def older_migrations(database: BaseDatabaseWrapper) -> MigrationExecutor:
    """What runs migrations one after the other, also those that are one for new databases."""
    executor = MigrationExecutor(database)
    executor.loader = MigrationLoader(database, replace_migrations=False)
    return executor
