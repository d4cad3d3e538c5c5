"""The demonstration, as `seed_demo` makes it: made once for all files of tests and all helpers that run them.

To make it takes ten seconds, for people go through every service. Its rows are the same afterwards, so they are kept
beside the tests' other files, and put where the tables are what they were before it was made.
"""

import os
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from assessments.demo.seeding import seed

Rows = dict[str, list[tuple[Any, ...]]]

PASSWORD = "demo"


@dataclass(frozen=True)
class Kept:
    """The keys of rows that were there before, by table, and the rows that were added."""

    before: dict[str, frozenset[Any]]
    added: Rows


def demonstration() -> None:
    """Add the demonstration to the database; everybody's password is `PASSWORD`."""
    file = Path(os.environ["MSGOV_DATA_DIR"]) / f"demonstration.{connection.vendor}.pickle"
    before = _rows()
    if file.exists():
        kept: Kept = pickle.loads(file.read_bytes())  # noqa: S301 (written below)
        if kept.before == _keys(before):
            _put(kept.added)
            return
    seed(password=PASSWORD)
    after = _rows()
    known = _keys(before)
    added = {table: [row for row in rows if row[0] not in known[table]] for table, rows in after.items()}
    if all([row for row in after[table] if row[0] in known[table]] == rows for table, rows in before.items()):
        mine = file.with_suffix(f".{os.getpid()}")
        mine.write_bytes(pickle.dumps(Kept(known, added)))
        mine.replace(file)


def _rows() -> Rows:
    """Every row of every table, its primary key first."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            key = connection.introspection.get_primary_key_column(cursor, table)
            cursor.execute(f'SELECT "{key}", * FROM "{table}" ORDER BY 1')  # noqa: S608 (names of our own)
            # PostgreSQL hands out views of bytes.
            rows = cursor.fetchall()
            found[table] = [tuple(bytes(one) if isinstance(one, memoryview) else one for one in row) for row in rows]
    return found


def _keys(rows: Rows) -> dict[str, frozenset[Any]]:
    return {table: frozenset(row[0] for row in own) for table, own in rows.items()}


def _put(rows: Rows) -> None:
    with connection.cursor() as cursor:
        for table, own in rows.items():
            if own:
                values = ", ".join(["%s"] * (len(own[0]) - 1))
                cursor.executemany(f'INSERT INTO "{table}" VALUES ({values})', [row[1:] for row in own])  # noqa: S608
        # PostgreSQL counts on from the rows it has numbered itself.
        models = [model for model in apps.get_models(include_auto_created=True) if rows.get(model._meta.db_table)]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
