"""SQLite's database in a file, for what the one in memory cannot show."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections


@contextmanager
def database_in(file: Path) -> Iterator[None]:
    """Within: SQLite's database is this file."""
    in_memory = connections["default"]
    in_file = in_memory.copy()
    in_file.settings_dict["NAME"] = str(file)
    connections["default"] = in_file
    try:
        yield
    finally:
        in_file.close()
        connections["default"] = in_memory
