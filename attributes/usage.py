"""How often versions are used. Whoever uses them registers: question sets know nothing of assessments."""

from collections.abc import Callable, Iterable, Mapping

Count = Callable[[list[int]], Mapping[int, int]]
_counters: list[Count] = []


def register(count: Count) -> None:
    """Ask `count` as well: from ids of question sets to how many times each is used. Registered once each."""
    if count not in _counters:
        _counters.append(count)


def uses(question_sets: Iterable[int]) -> dict[int, int]:
    """How often each of these question sets is used, 0 included."""
    ids = list(question_sets)
    found = [count(ids) for count in _counters]
    return {pk: sum(counts.get(pk, 0) for counts in found) for pk in ids}
