"""What databases keep beside their rows, and how it is kept from tying a link to answers (docs/adr/0011).

PostgreSQL marks each row with the transaction that wrote it, keeps earlier versions of rows in the table's file, and
stores rows in the order they were written. SQLite keeps earlier versions in its write-ahead log. So everything that
one transaction could give away is written anew for the whole group (`write_group_anew`), and what is left behind is
erased once the transaction is done (`erase_traces`).
"""

import logging
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import F, Q
from django.utils import timezone

from assessments.models import BallotBox, PanelComment, PanelLink, UnfinishedQuestionnaire, Wave, WaveGroup
from assessments.vocabulary import WaveState

logger = logging.getLogger(__name__)

# Tables whose earlier versions could tie a person to words.
TABLES = tuple(model._meta.db_table for model in (UnfinishedQuestionnaire, BallotBox, PanelLink, PanelComment))
# PostgreSQL's planner samples values of columns into a table of its own, single answers and words among them.
NOT_SAMPLED = (
    (UnfinishedQuestionnaire, ("answers", "comments")),
    (BallotBox, ("content",)),
    (PanelLink, ("token_hash", "former_hash", "email")),
    (PanelComment, ("text", "edited")),
)
# A hand-in does not wait longer than this for somebody who reads the tables; the sweeper erases it then.
WAIT = 500  # milliseconds
WAIT_AFTER_CLOSING = 20_000
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


def write_group_anew(group: WaveGroup) -> None:
    """Write all links and ballot boxes of a group once more, in one transaction and whatever has changed.

    Then no transaction wrote one link and one ballot box, and the place of a row in its file does not say when it was
    changed. Needs the group to be locked: otherwise two writers of the same rows would wait for each other.
    """
    if connection.vendor != "postgresql":
        return
    PanelLink.objects.filter(group=group).update(is_used=F("is_used"))
    with connection.cursor() as cursor:
        # Another value as far as PostgreSQL knows: large ones are stored apart, and are else not written again.
        cursor.execute(
            f"UPDATE {BallotBox._meta.db_table} SET content = content || '[]'::jsonb WHERE group_id = %s",  # noqa: S608
            [group.pk],
        )


def erase_traces_after(*, closing: bool = False) -> None:
    """Have what this transaction leaves behind erased as soon as it is committed."""
    transaction.on_commit(lambda: erase_traces(closing=closing))


def erase_traces(*, closing: bool = False) -> bool:
    """Erase earlier versions of rows from the files of the database. Returns whether it could be done.

    Where others are reading it waits a moment only (longer after a closing); the sweeper then does it a minute later.
    """
    if connection.in_atomic_block:
        return False
    wait = WAIT_AFTER_CLOSING if closing else WAIT
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                return _rewrite_tables(cursor, wait)
            if connection.vendor == "sqlite":
                return _empty_log(cursor, wait, whole_file=closing)
    except DatabaseError:
        logger.warning("Earlier versions of rows could not be erased; it is tried again in a minute", exc_info=True)
    return False


def _rewrite_tables(cursor: CursorWrapper, wait: int) -> bool:
    """PostgreSQL: VACUUM alone leaves the bytes of dead rows in the file; FULL writes the file anew."""
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [ERASING])
    if not cursor.fetchone()[0]:
        return False
    try:
        cursor.execute(f"SET lock_timeout = {int(wait)}")
        for table in TABLES:
            cursor.execute(f'VACUUM FULL "{table}"')
    finally:
        cursor.execute("RESET lock_timeout")
        cursor.execute("SELECT pg_advisory_unlock(%s)", [ERASING])
    return True


def _empty_log(cursor: CursorWrapper, wait: int, *, whole_file: bool) -> bool:
    """SQLite: deleted rows are overwritten in the file (`secure_delete`), but the log has them until it is emptied."""
    before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    cursor.execute(f"PRAGMA busy_timeout = {int(wait)}")
    try:
        if whole_file:
            # What was moved inside a page can leave bytes behind that no row counts among its own.
            cursor.execute("VACUUM")
        return bool(cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {int(before)}")


def erase_due_traces() -> bool:
    """Erase what could not be erased at once: while a wave is open, and two days after. Returns whether it was due."""
    lately = timezone.localdate() - timedelta(days=2)
    is_due = Wave.objects.filter(Q(state=WaveState.OPEN) | Q(closed_on__gte=lately)).exists()
    if is_due:
        erase_traces()
    return is_due
