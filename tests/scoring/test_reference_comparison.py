"""The reference vectors of comparisons (method 3.10)."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from assessments.scoring import ScoringItem
from assessments.scoring.comparison import (
    ActionOutcome,
    ApartVerdict,
    AssessedRound,
    ComparedResult,
    ComparedScore,
    RaterNoise,
    RecordKind,
    RoundAction,
    compare_processes,
    compare_rounds,
    measured_difference,
    noise_threshold,
    wave_verdict,
    what_actions_did,
)
from assessments.scoring.evidence import EvidencePiece, score_evidence
from assessments.scoring.model import ScoreStatus, default_weights
from tests.scoring.given import DESCRIPTION, OPENED_LINK, items_of, valued
from tests.scoring.reference import expected, given

WORDS = {
    "within_re_rating": "within what re-rating gives",
    "mostly_shown": "change, mostly in what is shown",
    "records": "examples and invented data are compared only among themselves",
}


def words(value: str) -> str:
    return WORDS.get(value, value.replace("_", " "))


def squares_of(attribute: str) -> Fraction:
    return sum((weight**2 for weight in default_weights(items_of(attribute)).values()), Fraction(0))


def side(case: Mapping[str, Any]) -> ComparedResult:
    """Without other figures a score is shown, of full scope, and its range has no width."""
    attributes = {}
    for code, own in case["attributes"].items():
        score = Fraction(own["score"])
        attributes[code] = ComparedScore(
            score,
            Fraction(own.get("low", score)),
            Fraction(own.get("high", score)),
            ScoreStatus(own.get("status", "shown")),
            Fraction(own.get("scope", 1)),
            squares_of(code),
        )
    return ComparedResult(attributes, "1.1.0", "isoc 1", RecordKind(case.get("record", "own")))


@pytest.mark.parametrize("name", ["TV12a", "TV12c", "TV12d", "TV12e"])
def test_tv12_two_processes(name: str) -> None:
    found = compare_processes(side(given(name)["first"]), side(given(name)["second"]))
    if found.why is not None:
        assert {"comparable": False, "why": words(found.why.value)} == expected(name)
        return
    wanted = expected(name)["attributes"]
    attributes = {}
    for code, apart in found.attributes.items():
        figures = {
            "verdict": words(apart.verdict.value),
            "difference": None if apart.difference is None else str(apart.difference),
            "threshold": apart.threshold,
            "why": None if apart.why is None else words(apart.why.value),
        }
        attributes[code] = {key: figures[key] for key in wanted[code]}
    assert {"comparable": True, "attributes": attributes} == expected(name)


@pytest.mark.parametrize("name", ["TV30a", "TV30b"])
def test_tv30_thresholds(name: str) -> None:
    case = dict(given(name))
    difference = Fraction(case.pop("d2", "1/2"))
    assert {code: [noise_threshold(squares_of(code), difference)] for code in case} == expected(name)


@pytest.mark.parametrize("name", ["TV30c", "TV30d"])
def test_tv30_measured_difference_of_raters(name: str) -> None:
    found = measured_difference([[(one, two) for one, two in own] for own in given(name)["pairs"]])
    assert (None if found is None else str(found)) == expected(name)


def evidence(claimed: Fraction, counted: Fraction) -> tuple[EvidencePiece, ...]:
    if counted == claimed:
        return (OPENED_LINK,)
    return () if counted == Fraction(1, 3) else (DESCRIPTION,)


def assessed(case: Mapping[str, Any], wave: str, revised: list[str]) -> AssessedRound:
    specs: list[ScoringItem] = [
        replace(spec, revision=2) if spec.code in revised else spec for spec in items_of(case["attribute"])
    ]
    claims = case.get(f"claimed{wave}", case[f"wave{wave}"])
    answers = [
        valued(code, Fraction(claims[code]), evidence(Fraction(claims[code]), Fraction(value)))
        for code, value in case[f"wave{wave}"].items()
    ]
    result = score_evidence(specs, answers)
    assert {code: str(result.items[code].counted) for code in case[f"wave{wave}"]} == case[f"wave{wave}"]
    return AssessedRound(specs, result.items)


@pytest.mark.parametrize("name", ["TV11", "TV11b", "TV11d", "TV31", "TV31b"])
def test_tv11_and_tv31_two_rounds(name: str) -> None:
    case = given(name)
    before, after = assessed(case, "1", []), assessed(case, "2", case.get("revision2", []))
    others = () if case.get("same_raters", True) else tuple(case["wave1"])
    (found,) = compare_rounds(before, after, other_rater=others)
    wanted = expected(name)
    share = [str(found.share_before), str(found.share_after)]
    if found.verdict is None or found.moved is None or found.parts is None:
        assert {"status": "not comparable", "share": share} == wanted
        return
    done = what_actions_did(
        [RoundAction(action["item"], ActionOutcome(action["state"])) for action in case.get("actions", [])], found.more
    )
    figures = {
        "status": "comparable",
        "share": share,
        "before": str(found.before),
        "after": str(found.after),
        "delta": str(found.difference),
        "threshold": found.threshold,
        "verdict": words(found.verdict.value),
        "moved": {code: words(moved.value) for code, moved in found.moved.items()},
        "parts": {words(moved.value): str(points) for moved, points in found.parts.items()},
        "expected_moves": str(found.expected_moves),
        "actions": {
            "done_up": list(done.done_up),
            "done_not_up": list(done.done_not_up),
            "open": list(done.open),
            "dropped": list(done.dropped),
            "up_without_action": list(done.up_without_action),
        },
        "unmatched_before": str(score_of(case, "1")),
        "unmatched_after": str(score_of(case, "2")),
    }
    assert {key: figures[key] for key in wanted} == wanted


def score_of(case: Mapping[str, Any], wave: str) -> Fraction | None:
    """The full score of one round, as its own report has it."""
    own = assessed(case, wave, [])
    weight = default_weights(own.specs)
    return sum((100 * weight[code] * (own.items[code].counted or 0) for code in weight), Fraction(0))


def test_tv32_experience_over_two_waves() -> None:
    found = [
        words(
            wave_verdict(
                Fraction(case["after"]) - Fraction(case["before"]),
                variance_before=Fraction(case["var1"]),
                variance_after=Fraction(case["var2"]),
                step=Fraction(case["step"]),
                keeps_sign=case.get("signs_hold", True),
            ).value
        )
        for case in given("TV32")
    ]
    assert found == expected("TV32")


def test_nobody_is_ahead() -> None:
    assert not any("ahead" in verdict.value for verdict in ApartVerdict)
    assert RaterNoise().same == RaterNoise().different / 2
