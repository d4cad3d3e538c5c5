"""No copy of the database ties a link to answers: its hidden columns, its files, its log and its backups.

`test_storage` takes tables apart by their own columns. Here the attacker has the disk: PostgreSQL's system columns and
table files, SQLite's file with its free pages, its write-ahead log, and a backup.
"""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from assessments.models import BallotBox, PanelLink, UnfinishedQuestionnaire
from assessments.models.panel import Wave
from assessments.models.panel_stores import TOGETHER
from assessments.panels.services import links as link_services
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.services.traces import erase_due_traces
from assessments.respond import services, taking_back
from tests import builders
from tests.builders.databases import database_in
from tests.panels.test_storage import answer, links, open_wave

PEOPLE = 6
CANARIES = tuple(f"canary-{index}-quokka" for index in range(PEOPLE))
is_postgres = connection.vendor == "postgresql"
on_postgres = pytest.mark.skipif(not is_postgres, reason="asks PostgreSQL's system columns")


@pytest.fixture(scope="module")
def empty_file(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """SQLite's file with all tables and nothing in them."""
    file = tmp_path_factory.mktemp("empty") / "empty.sqlite3"
    with django_db_blocker.unblock(), database_in(file):
        call_command("migrate", run_syncdb=True, verbosity=0)
    return file


@pytest.fixture
def on_disk(transactional_db: None, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """A database whose files can be read, and whose transactions are really committed."""
    if is_postgres:
        yield
        return
    file = tmp_path / "msgov.sqlite3"
    shutil.copy(request.getfixturevalue("empty_file"), file)
    with database_in(file):
        yield


def files() -> dict[str, bytes]:
    """What lies on the disk of this database, by file."""
    with connection.cursor() as cursor:
        if not is_postgres:
            name = Path(connection.settings_dict["NAME"])
            return {path.name: path.read_bytes() for path in sorted(name.parent.glob(f"{name.name}*"))}
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        tables = folder / "base" / str(cursor.fetchone()[0])
        return {path.name: path.read_bytes() for path in sorted(tables.iterdir()) if path.is_file()}


def found(text: str) -> Counter[str]:
    """How often a text lies in each of the files that have it."""
    return Counter({name: number for name, held in files().items() if (number := held.count(text.encode()))})


def hand_in(wave: Wave) -> list[str]:
    """Six people answer, page by page, the way they do; returns the tokens of their links."""
    tokens = links(wave, PEOPLE)
    for index, token in enumerate(tokens):
        link = services.usable_link(token)
        assert link is not None
        questionnaire, _own = services.begin(link=link)
        for level in range(4):
            services.save_questionnaire(
                questionnaire=questionnaire,
                answers={"IT1a": {"level": level}, "CR1a": {"level": level}},
                comments={"IT": f"{CANARIES[index]} page {level}"},
            )
        services.finish(questionnaire=questionnaire)
    return tokens


def by_transaction(cursor_rows: list[tuple[int, str]]) -> dict[str, set[int]]:
    """The rows by the transaction that wrote them."""
    rows: dict[str, set[int]] = {}
    for pk, transaction in cursor_rows:
        rows.setdefault(transaction, set()).add(pk)
    return rows


def written(table: str, where: str) -> dict[str, set[int]]:
    """The rows of a table by the transaction that wrote them: PostgreSQL keeps its number in a hidden column."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, xmin::text FROM {table} WHERE {where}")  # noqa: S608 - names of models
        return by_transaction(cursor.fetchall())


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_no_transaction_wrote_one_link_and_its_answers() -> None:
    wave = open_wave()
    hand_in(wave)
    used = written(PanelLink._meta.db_table, "is_used")
    filled = written(BallotBox._meta.db_table, "content::text <> '[]'")
    assert sum(len(rows) for rows in used.values()) == PEOPLE
    for transaction in used.keys() & filled.keys():
        # Three people in each of the two groups: whatever a transaction wrote, it wrote for all three.
        assert len(used[transaction]) == PEOPLE // 2


@pytest.mark.parametrize("number", [1, TOGETHER, TOGETHER + 1, 3 * TOGETHER - 1])
@pytest.mark.django_db
def test_every_link_is_written_with_the_same_others_and_enough_of_them(number: int) -> None:
    links(open_wave(), 2 * number)  # in each of the two groups
    everybody = list(PanelLink.objects.all())
    bundles = {link.pk: set(link.written_together()) for link in everybody}
    for link in everybody:
        own = {other.pk for other in everybody if other.group_id == link.group_id}
        together = bundles[link.pk]
        assert link.pk in together <= own
        assert len(together) >= min(TOGETHER, number)
        assert len(together) < 2 * TOGETHER
        assert all(bundles[pk] == together for pk in together)


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_no_transaction_wrote_one_comment_and_its_answers() -> None:
    wave = open_wave()
    hand_in(wave)
    for group in wave.groups.all():
        transactions = written(BallotBox._meta.db_table, f"group_id = {group.pk}")
        assert len(transactions) == 1


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_the_places_of_links_are_not_the_order_of_handing_in() -> None:
    wave = open_wave()
    tokens = links(wave, PEOPLE)
    for token in reversed(tokens):
        answer(token, 2)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {PanelLink._meta.db_table} ORDER BY group_id, ctid")  # noqa: S608
        places = [pk for (pk,) in cursor.fetchall()]
    assert places == list(PanelLink.objects.order_by("group_id", "pk").values_list("pk", flat=True))


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_the_planner_samples_no_answers() -> None:
    """PostgreSQL copies values of columns into its statistics, by itself and while a wave is open."""
    wave = open_wave()
    hand_in(wave)
    services.begin(link=PanelLink.objects.create(group=wave.groups.all()[0], token_hash="0" * 64))
    tables = (UnfinishedQuestionnaire, BallotBox, PanelLink)
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')
        cursor.execute(
            "SELECT tablename, attname FROM pg_stats WHERE tablename = ANY(%s)", [[m._meta.db_table for m in tables]]
        )
        sampled = {(str(table), str(column)) for table, column in cursor.fetchall()}
    assert (PanelLink._meta.db_table, "is_used") in sampled
    assert not {column for _table, column in sampled} & {"answers", "comments", "content", "email", "token_hash"}


def test_files_hold_words_once_after_handing_in(on_disk: None) -> None:
    """In the ballot box, and nowhere beside a link: no earlier version, no deleted row, no log."""
    wave = open_wave()
    tokens = hand_in(wave)
    assert not UnfinishedQuestionnaire.objects.exists()
    for canary in CANARIES:
        for level in range(3):
            assert not found(f"{canary} page {level}")
        assert found(f"{canary} page 3").total() == 1
    for token in tokens:
        assert not found(token)


def test_files_hold_no_ballot_box_after_closing(on_disk: None) -> None:
    wave = open_wave()
    hand_in(wave)
    marks = [entry["receipt"] for box in BallotBox.objects.filter(holds="comments") for entry in box.content]
    close_and_freeze(wave=wave)
    erase_due_traces()  # as the sweeper does within a minute
    assert len(marks) == PEOPLE
    for canary in CANARIES:
        # The row for moderation.
        assert found(canary).total() == 1
    for mark in marks:
        assert not found(mark)


def test_files_hold_nothing_of_what_was_taken_back(on_disk: None) -> None:
    wave = open_wave()
    (token,) = links(wave, 1)
    receipt = answer(token, 3, comment=CANARIES[0])
    assert taking_back.withdraw(wave=wave, receipt=receipt)
    assert not found(CANARIES[0])


def test_files_hold_nothing_of_what_is_answered_anew(on_disk: None) -> None:
    wave = open_wave()
    (token,) = links(wave, 1)
    receipt = answer(token, 3, comment=CANARIES[0])
    assert taking_back.exchange(wave=wave, receipt=receipt, token="new")
    assert not found(CANARIES[0])


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_no_transaction_that_took_answers_out_wrote_a_link_that_was_there() -> None:
    wave = open_wave()
    receipt = answer(links(wave, 1)[0], 3)
    links(wave, PEOPLE)
    used = written(PanelLink._meta.db_table, "true")
    made = taking_back.exchange(wave=wave, receipt=receipt, token="new")
    assert made is not None
    after = written(PanelLink._meta.db_table, "true")
    assert {transaction: rows for transaction, rows in after.items() if rows != {made.pk}} == used


def test_files_hold_nothing_of_a_link_that_was_revoked(on_disk: None) -> None:
    wave = open_wave()
    (token,) = links(wave, 1)
    link = services.usable_link(token)
    assert link is not None
    questionnaire, _own = services.begin(link=link)
    services.save_questionnaire(questionnaire=questionnaire, answers={}, comments={"IT": CANARIES[0]})
    assert found(CANARIES[0])
    link_services.revoke(group=link.group, user=builders.user(), link=link)
    assert not found(CANARIES[0])


if not is_postgres:  # asks nothing of PostgreSQL, whose run counts what is skipped as failed in CI

    def test_backup_holds_words_once(on_disk: None, tmp_path: Path) -> None:
        """As docs/deployment.md makes it, and as SQLite's own copying does, which takes every page."""
        hand_in(open_wave())
        copies = (tmp_path / "into.copy", tmp_path / "pages.copy")
        with sqlite3.connect(connection.settings_dict["NAME"]) as source, sqlite3.connect(copies[1]) as target:
            source.execute(f"VACUUM INTO '{copies[0]}'")
            source.backup(target)
        source.close()
        target.close()
        for copy in copies:
            for canary in CANARIES:
                assert copy.read_bytes().count(canary.encode()) == 1
