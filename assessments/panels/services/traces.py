"""What databases keep beside their rows, and how it is kept from tying a link to answers (docs/adr/0011).

PostgreSQL marks each row with the transaction that wrote it, keeps earlier versions of rows in the table's file, and
stores rows in the order they were written. SQLite keeps earlier versions in its write-ahead log. So whoever writes one
link or ballot box writes others with it (`PanelLink.written_together`, `WaveGroup.write_boxes_anew`), and what is left
behind is erased here once the transaction is done.
"""

import logging
from collections.abc import Iterable
from datetime import UTC, timedelta

from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Q
from django.utils import timezone

from assessments.models import BallotBox, PanelComment, PanelLink, UnfinishedQuestionnaire, Wave
from assessments.models.panel import ADDRESSES_KEPT
from assessments.vocabulary import WaveState

logger = logging.getLogger(__name__)

# Tables whose earlier versions hold what somebody answered. They are small, and written anew with every hand-in.
WITH_ANSWERS = tuple(model._meta.db_table for model in (UnfinishedQuestionnaire, BallotBox))
# And those whose earlier versions say who had which link, and what comments were like before: after a closing.
TABLES = (*WITH_ANSWERS, *(model._meta.db_table for model in (PanelLink, PanelComment)))
# PostgreSQL's planner samples values of columns into a table of its own, single answers and words among them.
NOT_SAMPLED = (
    (UnfinishedQuestionnaire, ("answers", "comments")),
    (BallotBox, ("content",)),
    (PanelLink, ("token_hash", "former_hash", "short_hash", "email")),
    (PanelComment, ("text", "edited", "translation")),
)
# A hand-in does not wait longer than this for somebody who uses the tables: whoever comes meanwhile waits behind it.
# The sweeper erases it then.
WAIT = 50  # milliseconds
WAIT_OF_SWEEPER = 500
# What SQLite's file has as its `user_version` from a closing until it has been written anew.
WHOLE_FILE_DUE = 1
# The number of PostgreSQL's lock that lets one process at a time rewrite tables. Any number would do.
ERASING = 0x6D73676F76


def keep_out_of_statistics(**_signal: object) -> None:
    """Tell PostgreSQL to sample none of the columns that hold answers, words or links. Run after every migration."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        known = set(connection.introspection.table_names(cursor))
        for model, columns in NOT_SAMPLED:
            table = model._meta.db_table
            for column in columns if table in known else ():
                cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0')


def erase_what_was_left(*, closing: bool = False, **_signal: object) -> None:
    """Erase what a transaction left behind that has been committed: receives `assessments.signals.traces_left`."""
    erase_traces(everything=closing)


def erase_traces(*, everything: bool = False, wait: int = WAIT) -> bool:
    """Erase earlier versions of rows from the files of the database. Returns whether it could be done.

    `everything`, after a closing: those of links and comments too. Where others use the tables it waits so many
    milliseconds; the sweeper does it a minute later, and SQLite's whole file, which takes seconds if it is large.
    """
    if connection.in_atomic_block:
        return False
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                return _rewrite_tables(cursor, TABLES if everything else WITH_ANSWERS, wait)
            if connection.vendor == "sqlite":
                if everything:
                    cursor.execute(f"PRAGMA user_version = {WHOLE_FILE_DUE}")
                return _empty_log(cursor, wait)
    except DatabaseError as error:
        # In words only: a stack trace for each would fill the log where many hand in at once.
        logger.info("Earlier versions of rows are erased later: %s", " ".join(str(error).split()))
    return False


def _rewrite_tables(cursor: CursorWrapper, tables: Iterable[str], wait: int) -> bool:
    """PostgreSQL: VACUUM alone leaves the bytes of dead rows in the file; FULL writes the file anew.

    Whoever comes while another process does it leaves it to the sweeper.
    """
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [ERASING])
    if not cursor.fetchone()[0]:
        return False
    try:
        cursor.execute(f"SET lock_timeout = {int(wait)}")
        for table in tables:
            cursor.execute(f'VACUUM FULL "{table}"')
    finally:
        cursor.execute("RESET lock_timeout")
        cursor.execute("SELECT pg_advisory_unlock(%s)", [ERASING])
    return True


def _empty_log(cursor: CursorWrapper, wait: int) -> bool:
    """SQLite: deleted rows are overwritten in the file (`secure_delete`), but the log has them until it is emptied."""
    before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    cursor.execute(f"PRAGMA busy_timeout = {int(wait)}")
    try:
        return bool(cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {int(before)}")


def _rewrite_file() -> None:
    """SQLite, after a closing: what was moved inside a page can leave bytes behind that no row counts among its own."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if cursor.execute("PRAGMA user_version").fetchone()[0] == WHOLE_FILE_DUE:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA user_version = 0")


def erase_due_traces() -> bool:
    """Erase what could not be erased at once. Returns whether it was due.

    It is while a wave is open, for two days after its closing, and for two days after addresses have been deleted.
    """
    # Days of waves are those of their zones, which may be a day ahead or behind.
    today = timezone.localdate(timezone=UTC)
    lately = Q()
    for day in (today, today - timedelta(days=ADDRESSES_KEPT)):
        lately |= Q(closed_on__range=(day - timedelta(days=3), day + timedelta(days=1)))
    was_closed = Wave.objects.filter(lately).exists()
    if not was_closed and not Wave.objects.filter(state=WaveState.OPEN).exists():
        return False
    try:
        _rewrite_file()
    except DatabaseError as error:
        logger.warning("The file could not be written anew; it is tried again in a minute: %s", error)
    erase_traces(everything=was_closed and connection.vendor == "postgresql", wait=WAIT_OF_SWEEPER)
    return True
