"""The published test vectors of the method (3.12): items, attributes, index, screener, priority."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from assessments.scoring import (
    AttributeScore,
    ItemAnswer,
    ItemKind,
    OptionAnswer,
    ScoringItem,
    letter_of,
    one_decimal,
    parse_fraction,
    score,
    score_item,
    screener_fit,
)
from assessments.scoring.recommend import priority
from assessments.scoring.summary import summary_index
from tests.scoring.instrument import (
    BARRIERS,
    BY_CODE,
    COVERAGE,
    SPECS,
    VECTORS,
    answers_worth,
    choice,
    fractions,
    not_applicable,
    rating,
    specs_of,
)


def result(attribute: str, answers: list[ItemAnswer]) -> AttributeScore:
    (found,) = score(specs_of(attribute), answers).attributes
    return found


def as_vector(found: AttributeScore) -> dict[str, Any]:
    def text(value: Fraction | None) -> str | None:
        return None if value is None else str(value)

    return {
        "status": found.status.value,
        "score": text(found.score),
        "coverage": text(found.coverage),
        "scope": text(found.scope),
        "low": text(found.low),
        "high": text(found.high),
        "level": found.letter,
        "capped": bool(found.limited_by),
        "critical_missing": list(found.critical_open),
    }


def tv1_answers() -> list[ItemAnswer]:
    raw = VECTORS["TV1"]["input"]["raw"]
    return [
        rating(code, given) if isinstance(given, int) else choice(code, [given] if isinstance(given, str) else given)
        for code, given in raw.items()
    ]


def tv2_answers() -> list[ItemAnswer]:
    classes = VECTORS["TV2"]["input"]["evidence"]
    return [replace(answer, evidence_class=classes[answer.code]) for answer in tv1_answers()]


def test_tv1_all_kinds_give_the_claimed_score() -> None:
    found = result("IT", tv1_answers())
    values = {item.code: str(item.value.claimed) for item in found.items}
    assert values == VECTORS["TV1"]["input"]["values"]
    assert as_vector(found) == VECTORS["TV1"]["expected"]
    assert {item.code: str(item.weight) for item in found.items} == {
        "IT1a": "1/5",
        "IT2b": "1/5",
        "IT3b": "1/10",
        "IT3c": "1/10",
        "IT4a": "1/10",
        "IT4b": "1/10",
        "IT5a": "1/15",
        "IT5b": "1/15",
        "IT5c": "1/15",
    }


def test_tv2_evidence_caps_the_supported_score() -> None:
    found = result("IT", tv2_answers())
    expected = dict(VECTORS["TV2"]["expected"])
    assert {item.code: str(item.value.supported) for item in found.items} == expected.pop("values")
    assert as_vector(found) == expected
    assert found.claimed == Fraction(2375, 36)
    assert found.unsupported == Fraction(525, 36)
    assert [one_decimal(x) for x in (found.score, found.claimed, found.unsupported) if x] == [
        "51.4",
        "66.0",
        "14.6",
    ]


def test_tv3_not_applicable_and_dont_know() -> None:
    given = VECTORS["TV3"]["input"]
    answers = answers_worth(given["values"]) + [not_applicable(code) for code in given["na"]]
    answers += [rating(code, None) for code in ("ED1b", "ED4c")]
    assert as_vector(result("ED", answers)) == VECTORS["TV3"]["expected"]


@pytest.mark.parametrize("name", ["TV4a", "TV4c", "TV4d"])
def test_tv4_coverage_decides_the_status(name: str) -> None:
    answers = answers_worth(VECTORS[name]["input"]["values"])
    assert as_vector(result("ED", answers)) == VECTORS[name]["expected"]


def test_tv4b_an_open_critical_item_makes_it_provisional() -> None:
    answers = [rating(spec.code, 2) for spec in specs_of("ED") if spec.code != "ED3a"]
    found = result("ED", answers)
    assert as_vector(found) == {
        "status": "provisional",
        "score": "200/3",
        "coverage": "3/4",
        "scope": "1",
        "low": "50",
        "high": "75",
        "level": "L",
        "capped": False,
        "critical_missing": ["ED3a"],
    }
    assert found.provisional_because == ("critical_open",)


def test_tv5_a_failed_critical_item_limits_the_letter() -> None:
    found = result("ED", answers_worth(VECTORS["TV5"]["input"]))
    assert as_vector(found) == VECTORS["TV5"]["expected"]
    assert (found.band_letter, found.letter, found.limited_by) == ("L", "P", ("ED3a",))


def test_tv6_an_edge_belongs_to_the_lower_band() -> None:
    letters = [letter_of(parse_fraction(text)) for text in VECTORS["TV6"]["input"]]
    assert letters == VECTORS["TV6"]["expected"]


@pytest.mark.parametrize(("name", "robust"), [("TV7a", False), ("TV7b", True), ("TV7d", True)])
def test_tv7_summary_index(name: str, robust: bool) -> None:
    found = summary_index(fractions(VECTORS[name]["input"]))
    assert found is not None
    assert {
        "geometric": round(found.geometric, 6),
        "arithmetic": float(found.arithmetic),
        "minimum": float(found.minimum),
        "weakest": list(found.weakest),
        "double_weight": {code: round(value, 6) for code, value in found.double_weight.items()},
        "leave_one_out": {code: round(value, 6) for code, value in found.leave_one_out.items()},
        "weight_range": [round(found.weight_low, 6), round(found.weight_high, 6)],
    } == VECTORS[name]["expected"]
    assert found.robust is robust


def test_tv7c_the_floor_keeps_a_zero_from_erasing_the_rest() -> None:
    found = summary_index(fractions({"IT": "80", "CR": "80", "ED": "80", "CO": "0"}))
    assert found is not None
    assert round(found.geometric, 6) == 26.749612
    assert (found.arithmetic, found.minimum, found.weakest) == (60, 0, ("CO",))
    assert (round(found.weight_low, 1), round(found.weight_high, 1)) == (13.9, 33.3)
    assert not found.robust


def test_tv7e_a_missing_score_means_no_index() -> None:
    assert summary_index(fractions(VECTORS["TV7e"]["input"])) is VECTORS["TV7e"]["expected"]


@pytest.mark.parametrize("name", ["TV13-IANA", "TV13-OECD", "TV13-NET"])
def test_tv13_case_studies(name: str) -> None:
    answers = [rating(code, level) for code, level in VECTORS[name]["input"].items()]
    found = {entry.code: as_vector(entry) for entry in score(SPECS, answers).attributes}
    assert found == VECTORS[name]["expected"]


@pytest.mark.parametrize("name", ["TV15a", "TV15b", "TV15c", "TV15d"])
def test_tv15_screener(name: str) -> None:
    verdict, share = VECTORS[name]["expected"]
    found = screener_fit(VECTORS[name]["input"])
    assert found.verdict.replace("_", " ") == verdict
    assert found.share == (None if share is None else Fraction(share))


def checklist(states: list[str]) -> tuple[ScoringItem, ItemAnswer]:
    kinds = COVERAGE if "yes" in states else BARRIERS
    options = tuple(f"option {number}" for number in range(len(states)))
    spec = ScoringItem("X1a", 1, "X1", "X", ItemKind.CHOICE, False, False, options, kinds)
    names = {"dk": "dont_know", "na": "not_applicable"}
    answer = choice("X1a", [names.get(state, state) for state in states], spec=spec)
    return spec, answer


@pytest.mark.parametrize("name", ["TV16a", "TV16b", "TV16e"])
def test_tv16_checklists(name: str) -> None:
    state, value, share = VECTORS[name]["expected"]["result"]
    found = score_item(*checklist(VECTORS[name]["input"]))
    assert found.state == {"dk": "dont_know"}.get(state, state)
    assert found.claimed == (None if value is None else Fraction(value))
    assert found.share_known == Fraction(share)


def test_tv16_half_known_counts_and_all_not_applicable_drops_out() -> None:
    half = score_item(*checklist(["yes", "dk"]))
    assert (half.claimed, half.share_known) == (1, Fraction(1, 2))
    none = score_item(*checklist(["na", "na"]))
    assert (none.state, none.rule) == ("not_applicable", "all_options_not_applicable")


def test_tv17_the_scaled_sum_agrees_with_a_published_example() -> None:
    given = VECTORS["TV17"]["input"]
    span = given["maximum"] - given["minimum"]
    level = (given["obtained"] - given["minimum"]) * Fraction(3, span)
    spec = ScoringItem("X1a", 1, "X1", "X", ItemKind.RATING, False, False)
    answer = replace(rating("X1a", 0), moderated=level / 3)
    (found,) = score([spec], [answer]).attributes
    assert found.score is not None
    assert round(float(found.score), 2) == VECTORS["TV17"]["expected"]


def test_tv18_a_partly_known_checklist_shows_what_is_hidden() -> None:
    answers = {answer.code: answer for answer in tv1_answers()}
    known, *hidden = BY_CODE["IT4b"].options
    options = (OptionAnswer(known, "yes"), *(OptionAnswer(option, "dont_know") for option in hidden))
    answers["IT4b"] = replace(answers["IT4b"], options=options)
    found = result("IT", list(answers.values()))
    assert found.coverage == Fraction(37, 40)
    assert (found.score, found.letter, found.status) == (Fraction(22400, 333), "L", "shown")
    assert (found.low, found.high) == (Fraction(560, 9), Fraction(1255, 18))


def test_tv20_priority() -> None:
    assert priority(**VECTORS["TV20"]["input"]) == VECTORS["TV20"]["expected"]
    assert priority("P", critical=False) == 2
    assert priority("L", critical=True) == 3
