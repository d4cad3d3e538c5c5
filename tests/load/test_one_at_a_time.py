"""Two people write to one answer: the second waits for the first, and then writes over nothing that it has not seen.

What `test_saving_at_once.py` leaves to chance is brought about here.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction

from assessments.answering.services.answers import LostRace, compare_and_swap, editable_response
from assessments.models import Answer
from tests import builders
from tests.builders.databases import database_in

pytestmark = pytest.mark.load


@pytest.mark.django_db
def test_an_answer_is_written_over_only_while_it_is_what_was_read() -> None:
    assessment = builders.assessment(builders.process())
    builders.answer(assessment, "IT1a", 2)
    first, second = Answer.objects.get(), Answer.objects.get()
    compare_and_swap(first, {"comment": "First"})
    with pytest.raises(LostRace):
        compare_and_swap(second, {"comment": "Second"})
    stored = Answer.objects.get()
    assert (stored.comment, stored.version) == ("First", second.version + 1)


@pytest.mark.django_db(transaction=True)
def test_whoever_saves_waits_until_another_save_is_done(tmp_path: Path) -> None:
    if connection.vendor == "sqlite":
        meanwhile, afterwards = beside_a_transaction(tmp_path / "one.sqlite3")
    else:
        meanwhile, afterwards = beside_a_lock()
    assert isinstance(meanwhile, OperationalError)
    assert afterwards is None


def beside_a_lock() -> tuple[BaseException | None, BaseException | None]:
    """What PostgreSQL answers to another who saves, soon tired of waiting: during a save, and after it."""
    assessment = builders.assessment(builders.process())

    def save_impatiently() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
            editable_response(assessment)

    with transaction.atomic():
        editable_response(assessment)
        meanwhile = raised_beside(save_impatiently)
    return meanwhile, raised_beside(save_impatiently)


def beside_a_transaction(file: Path) -> tuple[BaseException | None, BaseException | None]:
    """What SQLite answers to another transaction, soon tired of waiting: during one that has only begun, and after."""

    def begin_impatiently() -> None:
        with database_in(file):
            connection.settings_dict["OPTIONS"]["timeout"] = 0.1
            with transaction.atomic():
                pass

    with database_in(file), transaction.atomic():
        meanwhile = raised_beside(begin_impatiently)
    return meanwhile, raised_beside(begin_impatiently)


def raised_beside(act: Callable[[], None]) -> BaseException | None:
    """What an action raises on a connection of its own."""

    def act_and_hang_up() -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act_and_hang_up).exception()
