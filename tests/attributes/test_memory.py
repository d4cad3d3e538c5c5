"""What was made once is kept, up to a limit."""

import pytest

from attributes.memory import MemoryCache


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
