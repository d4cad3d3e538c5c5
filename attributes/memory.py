"""A small memory of what was made from things that never change."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


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
