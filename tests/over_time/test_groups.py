"""What groups said then and now, from public documents alone: never more than the exact figures would say."""

import random
from collections.abc import Mapping
from fractions import Fraction
from functools import cache

import pytest
from django.template.loader import render_to_string

from assessments.documents.over_time import AttributeThenNow
from assessments.documents.panel import PanelDocument, UnitFigure
from assessments.documents.panel_asked import ShortFormPart
from assessments.documents.report import as_report
from assessments.documents.values import whole_points
from assessments.over_time.build import build_over_time
from assessments.over_time.groups import attributes_then_and_now, groups_then_and_now
from assessments.over_time.page import over_time_context
from assessments.reports.html import render_html
from assessments.scoring.comparison import WaveVerdict, wave_verdict
from assessments.scoring.model import attribute_letter
from tests import builders
from tests.builders import panels
from tests.comparing.given import assessed
from tests.over_time.test_build import plain

pytestmark = pytest.mark.django_db
# What a range of five points to either side stands for.
QUANTILE, HALF = Fraction(168, 100), 5
STEP = Fraction(100, 9)  # one level of one of the three items
LOW, HIGH = 30, 70


@cache
def example() -> PanelDocument:
    return panels.tv10_public()


def units() -> list[str]:
    return [unit.code for unit in example().units]


def saying(means: Mapping[str, Fraction | int], *, told: bool = True) -> PanelDocument:
    """The public document of a wave in which groups said this of one attribute, each of them on all of its items."""
    document = example()
    score = sum(map(Fraction, means.values())) / len(means)
    printed = whole_points(score)
    low, high = int(printed.exact) - HALF, int(printed.exact) + HALF
    cr = next(attribute for attribute in document.attributes if attribute.code == "CR")
    changed = cr.model_copy(
        update={
            "status": "shown",
            "score": printed,
            "letter": attribute_letter(score),
            "group_count": len(means),
            "hidden": None if told else "few_units",
            "score_hidden": None,
            "groups": [
                UnitFigure(unit=unit, score=whole_points(Fraction(mean)), letter=attribute_letter(Fraction(mean)))
                for unit, mean in means.items()
            ]
            if told
            else [],
            "sampling": cr.sampling.model_copy(
                update={"low": low, "high": high, "t": "42/25", "missing_a_unit": 0, "why": None}
            ),
        }
    )
    attributes = [changed if attribute.code == "CR" else attribute for attribute in document.attributes]
    items = [
        item.model_copy(update={"status": "scored"}) if item.attribute == "CR" else item for item in document.items
    ]
    return document.model_copy(update={"attributes": attributes, "items": items})


def all_saying(points: int, **others: int) -> PanelDocument:
    return saying({unit: others.get(unit, points) for unit in units()})


def of_responsibility(earlier: PanelDocument, later: PanelDocument) -> AttributeThenNow:
    return next(entry for entry in attributes_then_and_now(earlier, later) if entry.attribute == "CR")


def test_what_all_groups_say_better_is_better() -> None:
    found = of_responsibility(all_saying(LOW), all_saying(HIGH))
    assert (found.change, found.why, found.then_letter, found.now_letter) == ("better", None, "P-", "L+")
    back = of_responsibility(all_saying(HIGH), all_saying(LOW))
    assert (back.change, back.why) == ("lower", None)


@pytest.mark.parametrize(("points", "change"), [(0, "cannot_tell"), (12, "cannot_tell"), (13, "better")])
def test_of_what_two_printed_numbers_stand_for_the_least_change_counts(points: int, change: str) -> None:
    """A step is 11.1 points: 12 that are printed may be 11.0, and 13 are more than a step whatever they stand for."""
    assert of_responsibility(all_saying(LOW), all_saying(LOW + points)).change == change


def test_a_change_that_one_group_makes_is_none() -> None:
    one = units()[0]
    assert of_responsibility(all_saying(20), all_saying(20, **{one: 100})).change == "cannot_tell"


def test_other_groups_are_not_compared() -> None:
    later = all_saying(HIGH)
    renamed = [group.model_copy(update={"name": f"New {group.name}"}) for group in later.groups]
    found = of_responsibility(all_saying(LOW), later.model_copy(update={"groups": renamed}))
    assert (found.change, found.why) == ("not_compared", "groups")


def test_a_group_that_is_missing_on_an_item_is_not_compared() -> None:
    later = all_saying(HIGH)
    attributes = [
        entry.model_copy(update={"sampling": entry.sampling.model_copy(update={"missing_a_unit": 1})})
        for entry in later.attributes
    ]
    assert of_responsibility(all_saying(LOW), later.model_copy(update={"attributes": attributes})).why == "groups"


def test_where_figures_by_group_are_not_public_nothing_is_said_of_a_change() -> None:
    """Whether one of them alone makes it cannot be read; that there is none can."""
    hidden = saying(dict.fromkeys(units(), HIGH), told=False)
    found = of_responsibility(all_saying(LOW), hidden)
    assert (found.change, found.why) == ("not_compared", "by_group")
    assert of_responsibility(all_saying(HIGH), hidden).change == "cannot_tell"


def test_a_score_that_is_not_public_is_not_compared() -> None:
    later = all_saying(HIGH)
    attributes = [entry.model_copy(update={"score": None}) for entry in later.attributes]
    assert of_responsibility(all_saying(LOW), later.model_copy(update={"attributes": attributes})).why == "score"


def test_another_set_or_method_is_not_compared() -> None:
    other = all_saying(HIGH).model_copy(update={"method_version": "1.2.0"})
    assert of_responsibility(all_saying(LOW), other).why == "set"


def test_what_was_reworded_is_not_compared() -> None:
    later = all_saying(HIGH)
    items = [item.model_copy(update={"revision": 2}) if item.code == "CR1a" else item for item in later.items]
    assert of_responsibility(all_saying(LOW), later.model_copy(update={"items": items})).why == "items"


def test_restricted_documents_are_refused() -> None:
    restricted = all_saying(LOW).model_copy(update={"version": "restricted"})
    for one, other in ((restricted, all_saying(LOW)), (all_saying(LOW), restricted)):
        with pytest.raises(ValueError, match="public documents only"):
            attributes_then_and_now(one, other)
        with pytest.raises(ValueError, match="public documents only"):
            groups_then_and_now(one, other)


def test_letters_of_each_group_in_both() -> None:
    later = all_saying(HIGH)
    first = next(unit for unit in later.units if not unit.is_pool)
    renamed = [
        group.model_copy(update={"name": "Newcomers"}) if group.code in (first.code, *first.members) else group
        for group in later.groups
    ]
    now = [unit.model_copy(update={"name": "Newcomers"}) if unit.code == first.code else unit for unit in later.units]
    later = later.model_copy(update={"groups": renamed, "units": now})
    found = {group.name: group for group in groups_then_and_now(all_saying(LOW), later)}
    other = next(unit.name for unit in later.units if unit.code != first.code and not unit.is_pool)
    assert [found[name].asked for name in (other, first.name, "Newcomers")] == ["both", "then", "now"]
    letters = {name: next(each for each in found[name].letters if each.attribute == "CR") for name in found}
    assert (letters[other].then, letters[other].now) == ("P-", "L+")
    assert (letters[first.name].then, letters[first.name].now) == ("P-", None)


def test_public_figures_never_say_more_than_the_exact_ones() -> None:
    """Of random means: where whole points say that something changed, the rule says so of what is not printed."""
    chance = random.Random(5)  # noqa: S311 - no secret
    said = 0
    for _wave in range(300):
        drift = chance.randint(-30, 30)
        then = {unit: Fraction(chance.randint(4000, 6000), 100) for unit in units()}
        now = {unit: mean + drift + Fraction(chance.randint(-900, 900), 100) for unit, mean in then.items()}
        found = of_responsibility(saying(then), saying(now))
        if found.change not in ("better", "lower"):
            continue
        said += 1
        moved = [now[unit] - then[unit] for unit in units()]
        difference = sum(moved, Fraction(0)) / len(moved)
        without = [(sum(moved, Fraction(0)) - each) / (len(moved) - 1) for each in moved]
        variance = (Fraction(HALF) / QUANTILE) ** 2
        exact = wave_verdict(
            difference,
            variance_before=variance,
            variance_after=variance,
            step=STEP,
            keeps_sign=all(mean * difference > 0 for mean in without),
        )
        assert exact is WaveVerdict(found.change)
    assert said > 50


def test_page_and_paper_say_what_groups_said() -> None:
    process = builders.process(organiser=builders.user(), name="Northvale")
    rounds = [assessed("Northvale", {"CR1a": level}, process=process) for level in (1, 2)]
    codes = [result.assessment.code for result in rounds]
    waves = dict(zip(codes, (all_saying(LOW), all_saying(HIGH)), strict=True))
    document = build_over_time(
        rounds, {code: wave.model_copy(update={"assessment": code}) for code, wave in waves.items()}
    )
    assert document is not None
    assert [(pair.earlier, pair.later) for pair in document.groups] == [tuple(codes)]
    page = plain(render_to_string("assessments/over_time/_body.html", over_time_context(document)))
    text = plain(render_html(as_report(document), "en"))
    for said in (page, text):
        assert "Groups together say better: Collective responsibility." in said
        assert "Not compared: Taking part, Decision-making, Working with others." in said
        assert "All groups together, round 1 and round 2" in said
        assert "Each group, round 1 and round 2" in said
        assert "was P-" in said
        assert "Of one group there is no rule that tells a change from chance" in said
        assert "short form" not in said
    short = waves[codes[0]].model_copy(update={"short_form": ShortFormPart(asked=14, of=26, attributes=[])})
    of_two_forms = {**waves, codes[0]: short}
    other = build_over_time(
        rounds, {code: wave.model_copy(update={"assessment": code}) for code, wave in of_two_forms.items()}
    )
    assert other is not None
    page = plain(render_to_string("assessments/over_time/_body.html", over_time_context(other)))
    for said in (page, plain(render_html(as_report(other), "en"))):
        assert (
            "Not the same form of the questionnaire was asked both times. "
            "The short form in round 1: 14 of 26 items. The full form in round 2."
        ) in said
    one = build_over_time(rounds, {codes[1]: all_saying(HIGH).model_copy(update={"assessment": codes[1]})})
    assert one is not None
    text = plain(render_html(as_report(one), "en"))
    assert "Groups were asked in one of these rounds only" in text
