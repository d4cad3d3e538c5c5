"""Sampling ranges: edge cases of method 3.10."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import ScoringError, WaveAnswers, respondent_value
from assessments.scoring.experience import LinkCounts, panel_cells, sampling_bounds, sampling_ranges, score_panel
from assessments.scoring.experience.cells import RespondentValues
from assessments.scoring.experience.links import people_behind
from assessments.scoring.experience.sampling import attribute_variance, no_range, outwards, t_quantile
from tests.scoring.given import items_of
from tests.scoring.instrument import BY_CODE
from tests.scoring.panel import DONT_KNOW, group, rated, wave_of

CR = items_of("CR")
EVERYBODY = [0, 2, 2, 1]


def same(items: tuple[str, ...] = ("CR1a", "CR1b", "CR1c"), **counts: list[int]) -> WaveAnswers:
    """The same counts on every item."""
    return wave_of(dict.fromkeys(items, counts))


@pytest.mark.parametrize(
    ("degrees", "t"), [(1, "1.86"), (8, "1.86"), (15, "1.75"), (18, "1.73"), (120, "1.68"), (121, "1.65")]
)
def test_t_by_degrees_of_freedom(degrees: int, t: str) -> None:
    assert t_quantile(degrees) == Fraction(t)


@pytest.mark.parametrize(
    ("score", "variance", "ends"),
    [("50", "0", (48, 52)), ("50", "25", (45, 55)), ("1/2", "9", (0, 4)), ("99", "0", (97, 100))],
)
def test_ranges_are_printed_outwards_and_inside_the_scale(score: str, variance: str, ends: tuple[int, int]) -> None:
    assert outwards(Fraction(score), Fraction(variance), Fraction(1)) == ends


def test_people_behind_a_unit() -> None:
    whole = LinkCounts(invited=6, everybody=True)
    assert people_behind([whole, whole]) == 12
    for doubtful in (
        None,
        LinkCounts(invited=6),
        replace(whole, open_link=True),
        replace(whole, reissued=1),
        replace(whole, revoked_used=1),
    ):
        assert people_behind([whole, doubtful]) is None
    assert people_behind([replace(whole, revoked_unused=2, used=3)]) == 6


People = dict[str, list[dict[str, object]]]


def people_of(levels: Mapping[str, list[int]]) -> dict[str, list[dict[str, object]]]:
    return {code: [{spec.code: rated(level) for spec in CR} for level in own] for code, own in levels.items()}


def test_more_answers_than_people_correct_nothing() -> None:
    levels = {code: [0, 1, 2, 2, 3] for code in "abc"}
    people = people_of(levels)
    wave = WaveAnswers(
        tuple(group(code, {spec.code: [rated(level) for level in own] for spec in CR}) for code, own in levels.items())
    )
    result = score_panel(CR, wave)
    plain = sampling_ranges(CR, result, people)["CR"]  # type: ignore[arg-type]
    few = {code: LinkCounts(invited=4, everybody=True) for code in levels}
    assert sampling_ranges(CR, result, people, few)["CR"] == plain  # type: ignore[arg-type]
    assert sampling_bounds(result, panel_cells(CR, wave))["CR"].at_most


def test_other_questionnaires_are_refused() -> None:
    levels = {code: [0, 1, 2, 2, 3] for code in "abc"}
    wave = WaveAnswers(
        tuple(group(code, {spec.code: [rated(level) for level in own] for spec in CR}) for code, own in levels.items())
    )
    people = people_of({**levels, "b": [1, 1, 1, 1]})
    with pytest.raises(ScoringError, match="CR1a: the questionnaires of b are not those that were counted"):
        sampling_ranges(CR, score_panel(CR, wave), people)  # type: ignore[arg-type]


def test_why_there_is_no_sampling_range() -> None:
    single = score_panel(CR, same(("CR1a",), a=EVERYBODY, b=EVERYBODY, c=EVERYBODY)).attributes[0]
    assert no_range(single) == "withheld"
    spec = BY_CODE["CR1a"]
    alone = score_panel([spec], same(("CR1a",), a=EVERYBODY, b=EVERYBODY, c=EVERYBODY)).attributes[0]
    assert (no_range(alone), alone.may_show_spread) == ("one_item", False)
    large = score_panel([spec], same(("CR1a",), a=[2, 2, 2, 2], b=[2, 2, 2, 2], c=[2, 2, 2, 2])).attributes[0]
    assert no_range(large) is None


PEOPLE = {
    "a": [[3, 2, None], [2, 2, 2], [3, None, 1], [1, 2, 0], [2, 1, 2], [3, 3, 1]],
    "b": [[1, 1, 2], [0, 1, 1], [2, 2, 2], [1, 0, 1], [1, 1, 0]],
    "c": [[0, 1, 1], [1, 1, 0]],
    "d": [[2, 1, 1], [0, 0, 1], [1, 2, 1]],
}


def answered(people: Mapping[str, list[list[int | None]]]) -> tuple[WaveAnswers, dict[str, list[dict[str, object]]]]:
    codes = [spec.code for spec in CR]
    given = {
        code: [
            {item: DONT_KNOW if level is None else rated(level) for item, level in zip(codes, levels, strict=True)}
            for levels in own
        ]
        for code, own in people.items()
    }
    groups = (group(code, {item: [one[item] for one in own] for item in codes}) for code, own in given.items())
    return WaveAnswers(tuple(groups)), given  # type: ignore[return-value]


def test_a_pool_is_one_unit() -> None:
    pooled, apart = answered(PEOPLE)
    merged, together = answered({"a": PEOPLE["a"], "b": PEOPLE["b"], "cd": PEOPLE["c"] + PEOPLE["d"]})
    one = sampling_ranges(CR, score_panel(CR, pooled), apart)["CR"]  # type: ignore[arg-type]
    other = sampling_ranges(CR, score_panel(CR, merged), together)["CR"]  # type: ignore[arg-type]
    assert one == other
    assert one.low is not None


def test_the_variance_is_that_of_the_formula() -> None:
    """Respondent by respondent, as method 3.10 writes it."""
    wave, given = answered(PEOPLE)
    result = score_panel(CR, wave)
    (attribute,) = result.attributes
    items = {item.code: item for item in result.items}
    total = Fraction(0)
    for unit in result.units:
        spread, people = Fraction(0), 0
        for one in [answers for code in unit.members for answers in given[code]]:
            u, counts = Fraction(0), False
            for weighed in attribute.result.items:
                own = next(cell for cell in items[weighed.code].units if cell.unit == unit.code)
                value = respondent_value(BY_CODE[weighed.code], one[weighed.code])  # type: ignore[arg-type]
                if value is not None:
                    share = weighed.weight / (attribute.result.coverage * len(items[weighed.code].units))
                    u, counts = u + share / own.n * (value - own.mean / 100), True
            spread, people = spread + u**2, people + counts
        total += Fraction(people, people - 1) * spread
    values = {spec.code: RespondentValues(spec) for spec in CR}
    found = attribute_variance(values, attribute, items, result.units, given)  # type: ignore[arg-type]
    assert (found.variance, found.degrees) == (10000 * total, 3 * 4)
