"""A small memory of what was made from things that never change, of the messages of each language, of the kinds of
address, and of the SQL of reads that are frequent.
"""

import re
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, Generic, TypeVar, cast
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connections
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils import translation
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.translation import trans_real

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
R = TypeVar("R")


class MemoryCache(Generic[K, V]):
    """Keeps up to `limit` values; the one made first goes first. Safe between threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._values: dict[K, V] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        """The value of a key, or None."""
        return self._values.get(key)

    def put(self, key: K, value: V) -> V:
        """Keep a value, and return it."""
        with self._lock:
            while key not in self._values and len(self._values) >= self.limit:
                self._values.pop(next(iter(self._values)))
            self._values[key] = value
        return value

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        """The value of a key, made if it is not there. Two threads may both make it; both are right."""
        found = self.get(key)
        return self.put(key, make()) if found is None else found


# --- Addresses --------------------------------------------------------------------------------------------------

# What stands in an address as it is, and is what `<str:…>` and `<slug:…>` take.
CODE = re.compile(r"[A-Za-z0-9-]+")
NO_PATTERN = ("", "")
# Looking an address up takes as long as a dozen tags, and a page has up to twenty. Two of one kind differ in their
# codes alone: the first is looked up with marks in place of the codes, and the others are made of it.
# By what the lookup depends on: the address with %s for each code, and the same as it stands in a page.
_patterns: MemoryCache[tuple[object, ...], tuple[str, str]] = MemoryCache(1024)


def address(name: str, *codes: str) -> str:
    """Return what Django's `reverse` returns."""
    pattern, _in_page = pattern_of(name, None, len(codes)) if are_codes(codes) else NO_PATTERN
    return pattern % codes if pattern else reverse(name, args=codes)


def are_codes(values: Iterable[object]) -> bool:
    """Whether all of them are codes, which stand in an address as they are."""
    return all(isinstance(value, str) and CODE.fullmatch(value) for value in values)


def pattern_of(name: str, current_app: str | None, count: int) -> tuple[str, str]:
    """What addresses of this name with so many codes are made of, or NO_PATTERN where they take no codes."""
    key = (name, current_app, count, get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)
    return _patterns.get_or_make(key, lambda: _looked_up(name, current_app, count))


def _looked_up(name: str, current_app: str | None, count: int) -> tuple[str, str]:
    marks = [f"mark-{number}-of-a-code" for number in range(count)]
    try:
        address = reverse(name, args=marks, current_app=current_app).replace("%", "%%")
    except NoReverseMatch:
        return NO_PATTERN
    for mark in marks:
        if address.count(mark) != 1:
            return NO_PATTERN
        address = address.replace(mark, "%s")
    return address, escape(address)


# --- Statements -------------------------------------------------------------------------------------------------

# What is asked with: ids and words, or several ids.
Asked = int | str | Sequence[int]
SHAPES = 32  # of one statement: for so many lengths of its lists of ids
INT, STR = -1, -2  # in a shape, where a list has its length
FIRST_MARK = 2**52  # no id, and fits into the columns of ids


class Statement(Generic[R]):
    """A read whose SQL is put together once, and then asked with other values each time.

    Django takes longer to put a statement together than a small database to answer it. `build` returns the queryset
    for some values: ids, words or lists of ids that are compared with columns and do nothing else, so that the SQL is
    the same for all of them. Not for smaller numbers: their columns have no room for what stands for a value meanwhile,
    which only PostgreSQL says. Whatever else stands in it is kept with it, so nothing in it may change while the
    program runs. A list of another length makes other SQL. All of it is kept for each thread, as connections are.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, R]"]) -> None:
        self._build = build
        self._kept = threading.local()

    def __call__(self, *values: Asked) -> list[R]:
        """The rows for these values, as the queryset gives them. One query, none where a list is empty."""
        shape, given = [], []
        for value in values:
            if isinstance(value, int | str):
                shape.append(INT if isinstance(value, int) else STR)
                given.append(value)
            else:
                shape.append(len(value))
                given.extend(value)
        return self._ready(tuple(shape)).rows(given) if 0 not in shape else list(self._build(*values))

    def first(self, *values: Asked) -> R | None:
        """The first of the rows for these values, None where there is none. All are read: `build` says how many."""
        return next(iter(self(*values)), None)

    def _ready(self, shape: tuple[int, ...]) -> "_Ready[R]":
        kept = cast("dict[tuple[int, ...], _Ready[R]]", self._kept.__dict__)
        ready = kept.get(shape)
        if ready is None or not ready.is_current:
            while len(kept) >= SHAPES:
                kept.pop(next(iter(kept)))
            ready = kept[shape] = _Ready(self._build, shape)
        return ready


class _Ready(Generic[R]):
    """The SQL of a statement for values of one shape, on the connection of a thread.

    It is put together with marks in place of values, and told by these afterwards where each value goes.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, R]"], shape: tuple[int, ...]) -> None:
        marks: list[int | str] = []
        self._queryset = cast("Any", build(*(_mark(length, marks) for length in shape)))
        self._alias = self._queryset.db
        self._compiler = compiler = self._queryset.query.get_compiler(using=self._alias)
        sql, self._given = compiler.as_sql()
        self._locks = self._queryset.query.select_for_update and compiler.connection.features.has_select_for_update
        places = {mark: number for number, mark in enumerate(marks)}
        found = [places.get(given) if isinstance(given, int | str) else None for given in self._given]
        self._places = [(position, number) for position, number in enumerate(found) if number is not None]
        if set(found) - {None} != set(places.values()) or self._queryset._prefetch_related_lookups:
            raise TypeError("A value does not come as it is into the SQL, or more than one statement is needed.")
        converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda expressions: converters
        compiler.as_sql = lambda: (sql, self._given)
        self._queryset.query.get_compiler = lambda *arguments, **options: compiler

    @property
    def is_current(self) -> bool:
        """Whether the thread still has the connection."""
        return connections[self._alias] is self._compiler.connection

    def rows(self, values: Sequence[int | str]) -> list[R]:
        """Ask with these values in place of the marks."""
        if self._locks and self._compiler.connection.get_autocommit():  # what Django asks where it makes the SQL
            raise TransactionManagementError("Rows can be locked inside a transaction only.")
        given = list(self._given)
        for position, number in self._places:
            given[position] = values[number]
        self._given = tuple(given)
        return list(self._queryset._iterable_class(self._queryset))


def _mark(length: int, marks: list[int | str]) -> Asked:
    """Something that no value is, for each value; put down in `marks` too."""
    new = [FIRST_MARK + len(marks) + number for number in range(max(length, 1))]
    marks.extend([f"{new[0]}"] if length == STR else new)
    return marks[-1] if length < 0 else new


class _Messages(dict[str, str]):
    """Messages of the program in one language."""

    def __missing__(self, message: str) -> str:
        found = self[message] = translation.gettext(message)
        return found


class _Escaped(dict[str, SafeString]):
    """The same, escaped."""

    def __missing__(self, message: str) -> SafeString:
        found = self[message] = conditional_escape(translation.gettext(message))
        return found


# By the catalogue of a language: when it is loaded anew, its messages are too.
_kept: WeakKeyDictionary[object, tuple[_Messages, _Escaped]] = WeakKeyDictionary()


# What a part of a page says, for as long as it is drawn: its language, and the messages in it.
_drawn: ContextVar[tuple[str | None, tuple[_Messages, _Escaped]] | None] = ContextVar("drawn", default=None)


@contextmanager
def one_language() -> Iterator[None]:
    """Look up once which language is active, for all that is said inside; nothing inside may activate another.

    Django keeps it behind a lock, and a page of results would ask some eight hundred times.
    """
    token = _drawn.set((translation.get_language(), _of_language()))
    try:
        yield
    finally:
        _drawn.reset(token)


def language_of_page() -> str | None:
    """Return what Django's `get_language` says."""
    drawn = _drawn.get()
    return drawn[0] if drawn else translation.get_language()


def _of_page() -> tuple[_Messages, _Escaped]:
    drawn = _drawn.get()
    return drawn[1] if drawn else _of_language()


def _of_language() -> tuple[_Messages, _Escaped]:
    catalogue = trans_real.catalog()
    found = _kept.get(catalogue)
    if found is None:
        found = _kept[catalogue] = _Messages(), _Escaped()
    return found


def gettext(message: str) -> str:
    """Return what Django's `gettext` says, which is looked up once for each language: half the time it takes.

    None is forgotten, so it is for messages that stand in the code.
    """
    return _of_page()[0][message]


def words_of_page() -> Callable[[str], SafeString]:
    """Return `gettext` of the language that is active now, escaped, for a part of a page that says words often."""
    return _of_page()[1].__getitem__
