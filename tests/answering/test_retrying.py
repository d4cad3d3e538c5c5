"""Writes that met another writer are tried again; everything else is not."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, OperationalError, transaction

from assessments import retrying
from assessments.answering.services.answers import AnswerToSave, LostRace, save_answers
from assessments.answers.value import AnswerContent
from assessments.models import Answer, Assessment
from msgov.accounts.models import User
from tests import builders


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "FIRST_WAIT", 0)


def failing(*errors: Exception) -> Callable[[], str]:
    """A write that fails with these errors, one by one, and then works."""
    left = list(errors)

    @retrying.retrying
    def write() -> str:
        if left:
            raise left.pop(0)
        return "written"

    return write


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database is locked"),
        OperationalError("deadlock detected"),
        OperationalError("could not serialize access due to concurrent update"),
        IntegrityError("UNIQUE constraint failed"),
        LostRace(),
    ],
)
def test_passing_errors_are_tried_again(error: Exception) -> None:
    assert failing(error, error)() == "written"


@pytest.mark.django_db(transaction=True)
def test_an_error_that_stays_is_raised_in_the_end() -> None:
    with pytest.raises(OperationalError):
        failing(*[OperationalError("database is locked")] * retrying.ATTEMPTS)()


@pytest.mark.django_db(transaction=True)
def test_other_errors_are_raised_at_once() -> None:
    write = failing(OperationalError("no such table"), LostRace())
    with pytest.raises(OperationalError):
        write()


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_repeated() -> None:
    with pytest.raises(LostRace), transaction.atomic():
        failing(LostRace())()


@pytest.mark.django_db
def test_a_row_changed_after_it_was_read_is_not_overwritten(
    assessment: Assessment, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who does not take the lock (an import, say) writes after we have read."""
    item = builders.items().items["IT1a"]
    row = builders.answer(assessment, "IT1a", 0)
    Answer.objects.update(value={"level": 1}, version=2)
    monkeypatch.setattr("assessments.answering.services.answers.answer_rows", lambda *args: {item.pk: row})
    with pytest.raises(LostRace):
        save_answers(
            assessment=assessment,
            user=organiser,
            entries=[AnswerToSave(item, AnswerContent(state="answered", level=3), 1)],
        )
    assert Answer.objects.get().value == {"level": 1}
