"""Answers that are in no figure influence nothing that anybody sees: not a byte of either document, nor of the files.

Hypothesis makes panels of groups of zero to nine, with answers missing here and there, closed once and reopened. Then
every answer in a cell that is not used is replaced by another one.
"""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.documents.values import document_digest
from assessments.panels.counting import asked_specs
from assessments.results.panel_numbers import panel_csv
from assessments.scoring import RespondentAnswer, ScoringItem, WaveAnswers
from tests import builders
from tests.builders import panels
from tests.examples import examples
from tests.scoring.panel import DONT_KNOW, group, rated

pytestmark = pytest.mark.django_db

K = 5
CODES = ("CR1a", "CR1b", "CR1c")
GROUPS = ("a", "b", "c", "d", "e")
Cell = tuple[str, str]  # item, group
# By closing, what came in before it: by cell one entry for each response, None where it has no valid answer.
Given = tuple[Mapping[Cell, Sequence[int | None]], ...]


def specs() -> list[ScoringItem]:
    return [spec for spec in asked_specs(builders.items()) if spec.code in CODES]


def answers(levels: Sequence[int | None]) -> list[RespondentAnswer]:
    return [DONT_KNOW if level is None else rated(level) for level in levels]


def waves_of(given_: Given) -> list[WaveAnswers]:
    """All answers until each closing."""
    found = []
    for until in range(1, len(given_) + 1):
        so_far = {cell: [level for closing in given_[:until] for level in closing[cell]] for cell in given_[0]}
        found.append(
            WaveAnswers(
                tuple(
                    group(code, {item: answers(so_far[item, code]) for item in CODES}, len(so_far[CODES[0], code]))
                    for code in GROUPS
                ),
                k=K,
            )
        )
    return found


def valid(levels: Sequence[int | None]) -> int:
    return sum(level is not None for level in levels)


def pooled(received: dict[str, int]) -> set[str]:
    """The groups that are pooled with so many responses."""
    small = {code for code, count in received.items() if 0 < count < K}
    return small if len(small) >= 2 and sum(received[code] for code in small) >= K else set()


def unused(given_: Given) -> set[tuple[int, str, str]]:
    """Answers, by closing, item and group, that are in no figure of any closing.

    Of a group that never has k responses and is not pooled; of a cell that never has k valid answers, or that has few
    new ones after it was shown; pools are left as they are.
    """
    received = [
        {code: sum(len(one[CODES[0], code]) for one in given_[: n + 1]) for code in GROUPS} for n in range(len(given_))
    ]
    # Small groups that were hidden at the first closing may be pooled at the second.
    pool = next((found for found in map(pooled, received) if found), set())
    found = set()
    for item in CODES:
        for code in GROUPS:
            if code in pool:
                continue
            counts = [valid(one[item, code]) for one in given_]
            if sum(counts) < K:
                found |= {(number, item, code) for number in range(len(given_))}
            elif len(given_) == 2 and counts[0] >= K and counts[1] < K:
                found.add((1, item, code))
    return found


MOST = 9
# Half of them no valid answer. Made once: to make a strategy takes longer than to draw from it.
LEVEL = st.sampled_from([None] * 4 + [0, 1, 2, 3])
LEVELS = [st.tuples(*[LEVEL] * size).map(list) for size in range(MOST + 1)]


@st.composite
def panels_of(draw: st.DrawFn, closings: int) -> tuple[Given, Given]:
    """A panel, and the same with other answers in every cell that is not used."""

    def closing(most: int) -> dict[Cell, list[int | None]]:
        sizes = {code: draw(st.integers(0, most)) for code in GROUPS}
        return {(item, code): draw(LEVELS[sizes[code]]) for item in CODES for code in GROUPS}

    first = tuple(closing(MOST if number == 0 else 7) for number in range(closings))
    other = tuple(dict(one) for one in first)
    for number, item, code in unused(first):
        before = first[number][item, code]
        # As many valid answers as there were at most: a cell that is not used stays so.
        most = valid(before)
        replaced = [draw(LEVEL) if was is not None else None for was in before]
        assert valid(replaced) <= most
        other[number][item, code] = replaced
    return first, other


def published(given_: Given) -> list[str]:
    """Everything that is published: both documents of each closing with their fingerprints, and both files."""
    found = []
    for pair in panels.closings_of(waves_of(given_), builders.items(), specs()):
        for document in pair:
            found += [document.model_dump_json(), document_digest(document), panel_csv(document)]
    return found


several = settings(database=None, max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))


@several
@given(panels_of(1))
def test_answers_in_cells_that_are_not_used_change_no_byte(both: tuple[Given, Given]) -> None:
    first, other = both
    assert published(first) == published(other)


@several
@given(panels_of(2))
def test_nor_do_they_when_a_wave_is_reopened(both: tuple[Given, Given]) -> None:
    first, other = both
    assert published(first) == published(other)


def test_answers_that_are_used_do_change_it() -> None:
    used = {(item, code): [1, 2, 2, 3, 0, 1] for item in CODES for code in GROUPS}
    other = {**used, ("CR1a", "a"): [3, 3, 3, 3, 3, 3]}
    assert unused((used,)) == set()
    assert published((used,)) != published((other,))
