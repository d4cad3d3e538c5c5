"""What was made once is kept, up to a limit."""

from collections.abc import Callable
from contextlib import nullcontext
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.functions import Upper
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import trans_real

from attributes.memory import (
    INT,
    SHAPES,
    MemoryCache,
    Statement,
    gettext,
    language_of_page,
    one_language,
    words_of_page,
)
from msgov.accounts.models import User
from tests import builders


def test_a_value_is_made_once_and_the_oldest_goes_first() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    memory: MemoryCache[str, str] = MemoryCache(2)
    assert [memory.get_or_make(key, lambda key=key: make(key)) for key in "aabac"] == ["A", "A", "B", "A", "C"]
    assert made == ["a", "b", "c"]
    assert (len(memory), memory.get("a"), memory.get("b"), memory.get("c")) == (2, None, "B", "C")


def test_what_is_there_already_pushes_nothing_out() -> None:
    memory: MemoryCache[str, int] = MemoryCache(2)
    memory.put("a", 1)
    memory.put("b", 2)
    memory.put("b", 3)
    assert (memory.get("a"), memory.get("b")) == (1, 3)


def test_what_could_not_be_made_is_not_kept() -> None:
    memory: MemoryCache[str, int] = MemoryCache(2)
    with pytest.raises(ZeroDivisionError):
        memory.get_or_make("a", lambda: 1 // 0)
    assert len(memory) == 0


@pytest.mark.django_db
def test_a_statement_is_put_together_once_and_asked_with_other_values() -> None:
    built: list[tuple[object, ...]] = []

    def named(name: str, pks: list[int]) -> QuerySet[User]:
        built.append((name, *pks))
        return User.objects.filter(name=name, pk__in=pks, is_active=True).order_by("-pk")

    statement = Statement(named)
    people = [builders.user(name=name) for name in "aabb"]
    pks = [each.pk for each in people]
    for name in "ab":
        with CaptureQueriesContext(connection) as queries:
            assert statement(name, pks[:3]) == list(named(name, pks[:3]))
        assert queries[0]["sql"] == queries[1]["sql"]
    assert [each.name for each in statement("a", pks[:3])] == ["a", "a"]
    assert (statement("", pks[:3]), statement("a", [0, 0, 0])) == ([], [])
    made = len(built)
    assert statement("b", pks[1:]) == [people[3], people[2]]
    assert len(built) == made
    # A list of another length is another statement; an empty one is none.
    assert statement("b", pks) == [people[3], people[2]]
    assert len(built) == made + 1
    with CaptureQueriesContext(connection) as queries:
        assert statement("b", []) == []
    assert not queries


@pytest.mark.django_db
def test_a_statement_gives_rows_as_its_queryset_does() -> None:
    made = builders.user(name="x")
    values = Statement(lambda pk: User.objects.filter(pk=pk).values_list("name", "pk"))
    assert values(made.pk) == [("x", made.pk)]
    (row,) = Statement(lambda pk: User.objects.filter(pk=pk).annotate(upper=Upper("name")).defer("email"))(made.pk)
    assert (row.upper, row.date_joined, row.get_deferred_fields()) == ("X", made.date_joined, {"email"})


@pytest.mark.django_db
def test_a_statement_whose_sql_depends_on_a_value_is_refused() -> None:
    for build in (
        lambda name: User.objects.filter(name__contains=name),
        lambda name: User.objects.filter(name="a" if name == "a" else "b"),
    ):
        with pytest.raises(TypeError, match="as it is"):
            Statement(build)("a")
    with pytest.raises(TypeError):
        Statement(lambda pk: User.objects.filter(pk=pk))(None)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_statement_keeps_so_many_shapes() -> None:
    statement = Statement(lambda pks: User.objects.filter(pk__in=pks))
    made = builders.user()
    for length in range(1, SHAPES + 3):
        assert statement([made.pk] * length) == [made]
    assert len(statement._kept.__dict__) == SHAPES


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection() -> None:
    statement = Statement(lambda pk: User.objects.filter(pk=pk))
    assert statement(0) == []
    found: list[object] = []

    def ask() -> None:
        try:
            statement(0)
            found.append(statement._kept.__dict__[(INT,)]._compiler.connection)
        finally:
            BaseDatabaseWrapper.close(connections["default"])  # SQLite's own leaves one in memory open

    other = Thread(target=ask)
    other.start()
    other.join()
    assert found
    assert found[0] is not statement._kept.__dict__[(INT,)]._compiler.connection


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_locks_is_refused_outside_a_transaction() -> None:
    statement = Statement(lambda pk: User.objects.select_for_update().filter(pk=pk))
    with transaction.atomic():
        assert statement(0) == []
    # SQLite locks nothing, and so refuses nothing: with a queryset as well.
    refused = pytest.raises(TransactionManagementError) if connection.vendor == "postgresql" else nullcontext()
    with refused:
        statement(0)


def test_words_are_those_of_the_language_of_the_page_and_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    said = []

    def looked_up(message: str) -> str:
        said.append(message)
        return f"{translation.get_language()}: {message}"

    monkeypatch.setattr("attributes.memory.translation.gettext", looked_up)
    message = "Q&A, as no page says it"
    for language in ("en", "ar", "en"):
        with translation.override(language):
            assert gettext(message) == f"{language}: {message}"
            assert words_of_page()(message) == f"{language}: Q&amp;A, as no page says it"
    assert len(said) == 4  # each language once, as it is and escaped


def test_language_is_looked_up_once_for_a_page_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    catalogue, get_language = trans_real.catalog, translation.get_language

    def note(what: Callable[[], Any]) -> Callable[[], Any]:
        return lambda: (asked.append(what), what())[1]

    message = "Q&A, as another page says it"
    monkeypatch.setattr("attributes.memory.translation.gettext", lambda message: f"{get_language()}: {message}")
    monkeypatch.setattr(trans_real, "catalog", note(catalogue))
    monkeypatch.setattr(translation, "get_language", note(get_language))
    with translation.override("ar"):
        asked.clear()
        with one_language():
            for _turn in range(3):
                assert (language_of_page(), gettext(message)) == ("ar", f"ar: {message}")
                assert words_of_page()(message) == "ar: Q&amp;A, as another page says it"
        assert asked == [get_language, catalogue]
    assert (language_of_page(), gettext(message)) == ("en", f"en: {message}")
    with pytest.raises(ZeroDivisionError), translation.override("ar"), one_language():
        raise ZeroDivisionError
    assert (language_of_page(), gettext(message)) == ("en", f"en: {message}")
