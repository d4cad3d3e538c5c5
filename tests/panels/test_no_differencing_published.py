"""No withheld answer follows from the restricted documents of a wave, as they are made of what is in ballot boxes.

As tests/scoring/test_no_differencing.py, whose linear algebra is used here: every figure of every document is written
as an equation in the answers behind it. Items are given a fine scale, so that one step of one answer hardly ever
changes which group is the highest. What follows from public documents, whose figures are whole points, is in
test_enumeration_published.py: linear algebra does not see it.
"""

import csv
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest
from django.db import transaction

from assessments.documents.panel import PanelDocument
from assessments.panels import scored
from assessments.panels.counting import asked_specs
from assessments.panels.services import closing, waves
from assessments.results.panel_numbers import panel_csv
from assessments.scoring import ScoringItem, WaveAnswers, enough_new, groups, parse_fraction
from assessments.scoring.experience import enumeration
from tests import builders
from tests.builders import panels
from tests.panels.test_closing import reopen
from tests.scoring.test_no_differencing import (
    ONE_HIDDEN,
    REOPENED,
    SPECS,
    TOP,
    TWO_POOLED,
    Block,
    Figures,
    Panel,
    added,
    determined,
    example,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Which real item stands for which of the example.
ITEMS = dict(zip((spec.code for spec in SPECS), ("CR1a", "CR1b", "CR1c"), strict=True))


@pytest.fixture(autouse=True)
def fine_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "asked_specs", lambda *_: fine_specs())
    # Neither which ballot box an answer lies in matters here, nor what is public, which is looked through at every
    # closing.
    monkeypatch.setattr(waves, "SHARDS", 1)
    monkeypatch.setattr(enumeration, "_candidates", lambda *_: iter(()))


def fine_specs() -> tuple[ScoringItem, ...]:
    asked = asked_specs(builders.items())
    return tuple(replace(spec, top_level=TOP) for spec in asked if spec.code in ITEMS.values())


class Rollback(Exception):
    """Ends a transaction without keeping it."""


class Published:
    """Answers a panel in the database, closes it as often as it is closed, and forgets it."""

    def __init__(self, panel: Panel) -> None:
        self.wave = panels.open_wave(list(panel.closings[0]), on_record=panel.on_record)

    def documents(self, panel: Panel) -> list[PanelDocument]:
        found: list[PanelDocument] = []
        try:
            with transaction.atomic():
                found = self._documents(panel)
                raise Rollback
        except Rollback:
            self.wave.refresh_from_db()
            return found

    def _documents(self, panel: Panel) -> list[PanelDocument]:
        for number, answered in enumerate(panel.closings):
            if number:
                reopen(self.wave)
            for group, items in answered.items():
                size = max(map(len, items.values()), default=0)
                questionnaires = [
                    {ITEMS[item]: "dont_know" if levels[at] is None else levels[at] for item, levels in items.items()}
                    for at in range(size)
                ]
                panels.put(self.wave, group, questionnaires)
            closing.close_and_freeze(wave=self.wave)
        return [PanelDocument.model_validate(each.document) for each in self.wave.snapshots.order_by("number")]

    def everything(self, panel: Panel) -> Figures:
        """Every exact figure of all that restricted readers see."""
        return figures_in(self.documents(panel))


def everything(panel: Panel) -> Figures:
    """The same figures from the documents that a closing makes of answers once they are counted: hundreds of panels are
    closed to see what follows. That they are the figures that are published is a test of its own."""
    shown: list[WaveAnswers] = []
    for until in range(len(panel.closings)):
        wave = counted(panel, until)
        if not shown or enough_new(shown[-1], wave):
            shown.append(wave)
    return figures_in([restricted for restricted, _public in panels.closings_of(shown, builders.items(), fine_specs())])


def counted(panel: Panel, until: int) -> WaveAnswers:
    """All answers until a closing, to real items."""
    wave = panel.wave(until)
    return replace(
        wave,
        groups=tuple(
            replace(own, answers={ITEMS[item]: tally for item, tally in own.answers.items()}) for own in wave.groups
        ),
    )


def figures_in(documents: Iterable[PanelDocument]) -> Figures:
    found = {}
    for document in documents:
        found |= dict(leaves(document.model_dump(mode="json"), f"{document.wave.snapshot}"))
    return found


# Not linear in means: how answers spread over levels, and what is computed from squares or from all attributes.
NOT_LINEAR = frozenset({"distribution", "consensus", "index", "sampling", "chance", "chance_gap", "beyond_chance"})


def leaves(value: object, path: str) -> Iterator[tuple[str, Fraction]]:
    """Every number in a document, but for NOT_LINEAR."""
    if isinstance(value, dict):
        if "exact" in value:
            yield path, parse_fraction(value["exact"])
            return
        for key, entry in value.items():
            if key not in NOT_LINEAR:
                yield from leaves(entry, f"{path}.{key}")
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from leaves(entry, f"{path}.{number}")
    elif isinstance(value, int):
        yield path, Fraction(value)


HIDDEN_CELL = replace(
    ONE_HIDDEN,
    closings=(
        {
            **ONE_HIDDEN.closings[0],
            "technical": {**ONE_HIDDEN.closings[0]["technical"], "A1a": [None, 5, 9, 33, 41]},
        },
    ),
)
ON_RECORD = replace(
    example(government=6, business=9, technical=5, academia=1, youth=3), on_record=frozenset({"academia"})
)


PANELS = {
    "one hidden": ONE_HIDDEN,
    "two pooled": TWO_POOLED,
    "hidden cell": HIDDEN_CELL,
    "on the record": ON_RECORD,
    "reopened": REOPENED,
}
RANDOM = [3, 15]


@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_nothing_withheld_follows_from_all_that_is_published(panel: Panel) -> None:
    assert determined(panel, everything) == []


def _random(seed: int) -> Panel:
    """Groups of zero to eight with answers missing here and there, and a second closing with some more."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    groups = [f"g{number}" for number in range(chance.randint(3, 5))]

    def answered(least: int, most: int) -> dict[str, Any]:
        sizes = {group: chance.randint(least, most) for group in groups}
        return {
            group: {
                spec.code: [None if chance.random() < 0.2 else chance.randint(1, TOP - 1) for _ in range(size)]
                for spec in SPECS
            }
            for group, size in sizes.items()
        }

    return Panel((answered(1, 8), answered(0, 6)))


@pytest.mark.parametrize("seed", RANDOM)
def test_nothing_withheld_follows_from_random_waves_closed_twice(seed: int) -> None:
    assert determined(_random(seed), everything) == []


@pytest.mark.everywhere
@pytest.mark.parametrize("panel", [*PANELS.values(), *map(_random, RANDOM)], ids=[*PANELS, *map(str, RANDOM)])
def test_these_are_the_figures_that_are_published(panel: Panel) -> None:
    """From ballot boxes to documents, as the panel is and with another answer in every cell."""
    source = Published(panel)
    for each in (panel, all_moved(panel)):
        assert without_links(source.everything(each)) == without_links(everything(each))


def all_moved(panel: Panel) -> Panel:
    """The panel with an answer in every block that is another one."""
    for block in panel.blocks():
        panel = panel.moved(block, 1)
    return panel


def without_links(figures: Figures) -> Figures:
    """The figures but for how many were invited, and how many answered without reading: no answer is in these."""
    return {path: value for path, value in figures.items() if not path.endswith((".made", ".used", ".flat_count"))}


def test_it_would_be_found_if_there_were_an_average_over_all() -> None:
    def leaky(panel: Panel) -> Figures:
        everybody = [level or 0 for items in panel.closings[0].values() for level in items["A1a"]]
        return everything(panel) | {"overall": Fraction(sum(everybody), len(everybody))}

    assert determined(ONE_HIDDEN, leaky) == [{Block("academia", "A1a", 0)}]


def test_it_would_be_found_if_a_reopened_wave_were_scored_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "next_wave", lambda specs, shown, now: now)
    panel = added(example(government=6, business=9), government=1, business=6)
    assert {Block("government", "A1a", 1)} in determined(panel, everything)


def test_it_would_be_found_if_small_groups_were_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    score = scored.score_panel
    monkeypatch.setattr(groups, "threshold_allowed", lambda _k: True)
    monkeypatch.setattr(scored, "score_panel", lambda specs, wave, **more: score(specs, replace(wave, k=3), **more))
    panel = example(government=6, business=9, academia=3)
    assert {Block("academia", "A1a", 0)} in determined(panel, everything)


def test_file_has_no_figure_that_its_document_lacks() -> None:
    words = {"", "fewer than 5", "not told", "personal", "yes", "no", "1.1.0"}
    for each in both_of(ON_RECORD):
        printed = set(re.findall(r'"printed":\s*"([^"]*)"', each.model_dump_json()))
        counts = {str(number) for number in _integers(each.model_dump(mode="json"))}
        values = {row[-1] for row in _rows(panel_csv(each)) if not row[-1].replace("_", "").isalpha()} - words
        letters = {"P-", "P+", "L-", "L+"}
        assert values <= printed | counts | letters
        assert values & printed


def test_public_file_has_no_group_by_item() -> None:
    restricted, public = both_of(ON_RECORD)
    assert [row for row in _rows(panel_csv(restricted)) if row[0] == "item" and row[3]]
    assert not [row for row in _rows(panel_csv(public)) if row[0] in {"item", "option"} and row[3]]


def both_of(panel: Panel) -> list[PanelDocument]:
    """The restricted and the public document of a panel that is closed once."""
    source = Published(panel)
    with transaction.atomic():
        (restricted,) = source._documents(panel)
        (public,) = (PanelDocument.model_validate(each.public) for each in source.wave.snapshots.all())
    return [restricted, public]


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))[1:]


def _integers(value: object) -> Iterator[int]:
    if isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from _integers(entry)
    elif type(value) is int:
        yield value
