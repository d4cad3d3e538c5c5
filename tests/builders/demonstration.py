"""The demonstration, as `seed_demo` makes it: made once for all files of tests and all helpers that run them.

To make it takes ten seconds, for people go through every service. Its rows are the same afterwards, so they are kept
beside the tests' other files, and put where the tables are what they were before it was made.
"""

import os
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    if connection.vendor != "sqlite":  # where values are more than numbers and texts
        seed(password=PASSWORD)
        return
    file = Path(os.environ["MSGOV_DATA_DIR"]) / "demonstration.pickle"
    before = _rows()
    if file.exists():
        kept: Kept = pickle.loads(file.read_bytes())  # noqa: S301 (written below)
        if kept.before == _keys(before):
            _put(kept.added)
            return
    seed(password=PASSWORD)
    after = _rows()
    known = {table: set(rows) for table, rows in before.items()}
    added = {table: [row for row in rows if row not in known[table]] for table, rows in after.items()}
    if all(len(after[table]) == len(rows) + len(added[table]) for table, rows in before.items()):
        mine = file.with_suffix(f".{os.getpid()}")
        mine.write_bytes(pickle.dumps(Kept(_keys(before), added)))
        mine.replace(file)


def _rows() -> Rows:
    """Every row of every table, its number in the table first."""
    with connection.cursor() as cursor:
        return {
            table: cursor.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid').fetchall()  # noqa: S608
            for table in connection.introspection.table_names(cursor)
        }


def _keys(rows: Rows) -> dict[str, frozenset[Any]]:
    return {table: frozenset(row[0] for row in own) for table, own in rows.items()}


def _put(rows: Rows) -> None:
    with connection.cursor() as cursor:
        for table, own in rows.items():
            if own:
                values = ", ".join(["%s"] * (len(own[0]) - 1))
                cursor.executemany(f'INSERT INTO "{table}" VALUES ({values})', [row[1:] for row in own])  # noqa: S608
