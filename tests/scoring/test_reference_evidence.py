"""The reference vectors of the evidence track, attribute by attribute (method 3.2 to 3.7)."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from assessments.scoring import (
    ItemKind,
    ItemState,
    OptionAnswer,
    ScoringItem,
    letter_of,
    one_decimal,
    parse_fraction,
    respondent_value,
    screener_fit,
    whole,
)
from assessments.scoring.evidence import (
    CountedAttribute,
    GivenAnswer,
    ProcessKind,
    ReviewOpinion,
    ReviewReply,
    applies_to,
    attribute_letter,
    contradictions,
    count_attribute,
    count_item,
    read_line,
    score_evidence,
)
from assessments.scoring.evidence.lines import read_list
from assessments.scoring.model import default_weights
from tests.scoring.given import (
    ITEMS,
    RULES,
    all_valued,
    counted,
    evidence_of,
    items_of,
    listed,
    not_for_us,
    rated_at,
    valued,
)
from tests.scoring.instrument import BARRIERS, BY_CODE, COVERAGE, JUSTIFIED_BARRIERS
from tests.scoring.panel import ticked
from tests.scoring.reference import expected, given

NAMES = {"dk": "dont_know", "na": "not_applicable", "contradictory": "dont_know"}


def text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def as_vector(found: CountedAttribute) -> dict[str, Any]:
    return {
        "status": found.status.value,
        "score": text(found.score),
        "coverage": text(found.coverage),
        "shown_share": text(found.shown_share),
        "scope": text(found.scope),
        "low": text(found.low),
        "high": text(found.high),
        "level": found.letter,
        "capped": bool(found.limited_by),
        "critical_missing": list(found.critical_open),
        "critical_unshown": list(found.critical_unshown),
        "claimed": text(found.claimed),
    }


def test_tv1_all_kinds_of_items() -> None:
    answers = [
        rated_at(code, raw) if isinstance(raw, int) else listed(code, [raw] if isinstance(raw, str) else raw)
        for code, raw in given("TV1")["raw"].items()
    ]
    result = score_evidence(items_of("IT"), answers)
    assert {code: str(item.claimed) for code, item in result.items.items()} == given("TV1")["values"]
    assert as_vector(result.attributes[0]) == expected("TV1")


@pytest.mark.parametrize("name", ["TV3", "TV4a", "TV4c", "TV4d", "TV5", "TV47"])
def test_attributes_where_everything_is_shown(name: str) -> None:
    answers = all_valued(given(name)["values"]) + [not_for_us(code) for code in given(name).get("na", [])]
    assert as_vector(counted(given(name)["attribute"], answers)) == expected(name)


def test_tv4b_an_open_critical_item_limits_the_letter_to_p_plus() -> None:
    found = counted("ED", [rated_at(spec.code, 2) for spec in items_of("ED") if spec.code != "ED3a"])
    assert (found.score, found.letter, found.band_letter) == (Fraction(200, 3), "P+", "L-")
    assert (found.status, found.provisional_because, found.limited_by) == ("provisional", ("critical_open",), ("ED3a",))


def test_tv46c_lines_that_do_not_apply_reduce_the_scope() -> None:
    found = given("TV46c")
    (share,) = found["lines"].values()
    result = score_evidence(items_of("IT"), all_valued(found["values"]))
    # One of four lines applies, and it has the value of the vector: no answer of one line does.
    items = {**result.items, "IT2b": replace(result.items["IT2b"], share_applicable=Fraction(share))}
    assert as_vector(count_attribute("IT", items_of("IT"), items)) == expected("TV46c")


@pytest.mark.parametrize("name", ["TV2", "TV21a", "TV21b", "TV21c", "TV21d", "TV21e", "TV34b", "TV38b"])
def test_attributes_with_evidence(name: str) -> None:
    found = given(name)
    grades, opened = found["evidence"], found.get("opened", [])
    reviews = {
        code: ReviewOpinion(Fraction(review["proposed"]), review["seen"], ReviewReply(review["reply"]))
        for code, review in found.get("review", {}).items()
    }
    answers = [
        replace(
            valued(code, Fraction(value), evidence_of(grades.get(code, "E0"), opened=code in opened)),
            review=reviews.get(code),
        )
        for code, value in found["values"].items()
    ]
    kind = ProcessKind(found["kind"]) if "kind" in found else None
    result = score_evidence(items_of(found["attribute"]), answers, kind=kind)
    wanted = dict(expected(name))
    values = wanted.pop("values", None)
    if values is not None:
        assert {code: str(item.counted) for code, item in result.items.items()} == values
    assert as_vector(result.attributes[0]) == wanted


@pytest.mark.parametrize("name", ["TV13-IANA", "TV13-OECD", "TV13-NET"])
def test_tv13_cases_with_gaps(name: str) -> None:
    result = score_evidence(ITEMS, [rated_at(code, level) for code, level in given(name).items()])
    assert {found.code: as_vector(found) for found in result.attributes} == expected(name)


def test_tv6_letters() -> None:
    assert [attribute_letter(parse_fraction(score)) for score in given("TV6")] == expected("TV6")
    assert [letter_of(100 * Fraction(value)) for value in given("TV6b")] == expected("TV6b")


def test_tv43_rounding() -> None:
    found = [[int(whole(Fraction(value))), one_decimal(Fraction(value))] for value in given("TV43")]
    assert found == expected("TV43")


def test_tv17_the_scaled_sum_agrees_with_a_published_example() -> None:
    found = given("TV17")
    value = Fraction(found["obtained"] - found["minimum"], found["maximum"] - found["minimum"])
    spec = ScoringItem("X1a", 1, "X1", "X", ItemKind.RATING, False, False)
    answer = replace(rated_at("X1a", 0), review=ReviewOpinion(value, True, ReviewReply.AGREES))
    (result,) = score_evidence([spec], [answer]).attributes
    assert result.score is not None
    assert round(float(result.score), 2) == expected("TV17")


@pytest.mark.parametrize("name", ["TV15a", "TV15b", "TV15c", "TV15d"])
def test_tv15_screener(name: str) -> None:
    found = screener_fit(given(name))
    assert [found.verdict.replace("_", " "), text(found.share)] == expected(name)


def checklist(states: list[str], na_allowed: bool = False) -> ScoringItem:
    options = tuple(f"option {number}" for number in range(len(states)))
    kinds = COVERAGE if "yes" in states else BARRIERS
    return ScoringItem("X1a", 1, "X1", "X", ItemKind.CHOICE, False, na_allowed, options, kinds)


@pytest.mark.parametrize("name", ["TV16a", "TV16b", "TV16e", "TV33b"])
def test_tv16_lists_of_organisers_and_respondents(name: str) -> None:
    states = given(name)
    spec = checklist(states)
    unknown = [option for option, state in zip(spec.options, states, strict=True) if state == "contradictory"]
    stored = ["mitigated" if state == "contradictory" else NAMES.get(state, state) for state in states]
    item = count_item(spec, listed("X1a", stored, spec=spec), unknown)
    state = {"dont_know": "dk"}.get(item.state.value, item.state.value)
    assert [state, text(item.claimed), text(item.share_known)] == expected(name)["result"]
    respondent = ticked(spec, *(NAMES.get(state, state) for state in states))
    assert text(respondent_value(spec, respondent)) == expected(name)["respondent"]


@pytest.mark.parametrize("name", ["TV46", "TV46b"])
def test_tv46_lines_not_applicable(name: str) -> None:
    lines = given(name)["lines"]
    spec = checklist([state for state, _ in lines], given(name)["na_allowed"])
    options = [
        OptionAnswer(option, NAMES.get(state, state), bool(reason))
        for option, (state, reason) in zip(spec.options, lines, strict=True)
    ]
    found = read_list(spec, options)
    state = {"dont_know": "dk"}.get(found.state.value, found.state.value)
    assert [state, text(found.value), str(found.share_known), str(found.share_applicable)] == expected(name)


def test_tv33_contradictions() -> None:
    answers = given("TV33")
    states = {
        code: (
            {option: NAMES.get(state, state) for option, state in answer.items()}
            if isinstance(answer, dict)
            else {"": NAMES.get(str(answer), str(answer))}
        )
        for code, answer in answers.items()
    }
    unknown: dict[str, list[str]] = {}
    named: dict[str, list[str]] = {}
    for found in contradictions(RULES, states):
        line = f"{found.b}.{found.b_option}".rstrip(".")
        (unknown if found.is_unknown else named).setdefault(found.rule, []).append(line)
    assert {"unknown": unknown, "named": named} == expected("TV33")


def test_tv34a_weights_for_a_dialogue() -> None:
    own = applies_to(items_of(given("TV34a")["attribute"]), ProcessKind(given("TV34a")["kind"]))
    assert {code: str(weight) for code, weight in default_weights(own).items()} == expected("TV34a")


def test_tv35_a_missing_reason_is_printed_as_what_was_answered() -> None:
    words = {"not_applicable": "Not applicable", "yes": "Yes", "absent": "Does not exist"}
    found = []
    for state, reason, needed in given("TV35"):
        entry = OptionAnswer("o", NAMES.get(state, state), bool(reason))
        line = read_line(entry, JUSTIFIED_BARRIERS, reasons_needed=needed)
        printed = words.get(line.state, line.state)
        if line.reason_missing:
            printed += "; no reason given, treated as open"
        found.append([printed, {"": "open", "not_applicable": "na"}.get(line.counts_as, line.counts_as)])
    assert found == expected("TV35")


def test_every_item_of_the_instrument_can_be_left_open() -> None:
    result = score_evidence(ITEMS, [])
    assert result.open_counts.items_not_known == len(BY_CODE) == 30
    assert {found.status for found in result.attributes} == {"withheld"}
    assert (result.index, result.weakest) == (None, ())
    assert result.items["IT1a"].state is ItemState.UNANSWERED
    assert GivenAnswer("IT1a", ItemState.UNANSWERED).evidence == ()
