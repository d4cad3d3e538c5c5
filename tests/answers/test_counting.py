"""The sentence beside an answer: one per rule of the scoring."""

from typing import Any

import pytest

from assessments.answers.explaining import (
    BY_KIND,
    CAPPED,
    NO_LINE,
    NOT_SCORED,
    RULES,
    VALUE,
    class_sentence,
    explain,
    standing_of,
)
from assessments.answers.value import NOT_APPLICABLE, AnswerContent, OptionContent
from assessments.scoring.evidence import CapReason, OpenReason
from tests import builders

pytestmark = pytest.mark.django_db

NOTHING_YET = "Evidence: E0. It takes a sentence of at least 10 characters, a link or a file."
NOT_OPEN = "Evidence: E1. E2 takes a link or file that others can open."
PUBLIC = "Evidence: E2, public, says the organiser; nobody else has opened it yet."
SHOWN = {"evidence_text": "The minutes say who took part.", "evidence_links": "https://example.org/minutes"}


def say(code: str, **content: Any) -> str:
    return explain(standing_of(builders.items().items[code], AnswerContent(**content)))


def lines(*states: str, text: str = "") -> dict[str, OptionContent]:
    keys = ["language", "cost_of_participation", "technical_and_process_knowledge", "cultural_norms"]
    return {key: OptionContent(state, text) for key, state in zip(keys, states, strict=False)}


@pytest.mark.alike
@pytest.mark.parametrize(
    ("code", "content", "sentence"),
    [
        ("IT2a", {}, "Not scored."),
        ("IT1a", {}, "Not answered yet: that lowers the coverage, not the score."),
        ("IT1a", {"state": "dont_know"}, "Counts as unknown: that lowers the coverage, not the score."),
        ("IT1a", {"state": "answered", "level": 1}, "Counts as P (33 of 100)."),
        (
            "IT1a",
            {"state": "answered", "level": 3},
            "Claims F (100 of 100); counts as P (33 of 100) until evidence is given.",
        ),
        (
            "IT1a",
            {"state": "answered", "level": 3, "evidence_text": "x"},
            "Claims F (100 of 100); counts as P (33 of 100) until evidence is given.",
        ),
        (
            "IT1a",
            {"state": "answered", "level": 3, "evidence_links": "https://example.org/"},
            "Claims F (100 of 100); counts as L (67 of 100) until there is a link or file that others can open, with a "
            "sentence on what in it shows this.",
        ),
        (
            "IT1a",
            {"state": "answered", "level": 3, **SHOWN},
            "Claims F (100 of 100); counts as L (67 of 100) until a second person has opened the evidence.",
        ),
        ("CO4a", {"state": "answered", "level": 3, **SHOWN}, "Counts as F (100 of 100)."),
        (
            "IT3c",
            {"state": "not_applicable"},
            "No reason given: treated as open, not counted until you say why.",
        ),
        (
            "IT3c",
            {"state": "not_applicable", "not_applicable_reason": "No barrier"},
            "Left out of the score: not applicable.",
        ),
        (
            "IT5c",
            {"state": "answered", "options": {"": OptionContent("yes")}},
            "No reason given: treated as open, not counted until you say why.",
        ),
        (
            "IT2b",
            {"state": "answered", "options": lines("partly", "unmitigated", "mitigated", "dont_know"), **SHOWN},
            "Counts as P (50 of 100). 3 of 4 lines known: the rest lowers the coverage.",
        ),
        (
            "IT2b",
            {"state": "answered", "options": lines("absent", "absent")},
            "Counts as unknown until at least one line is known: that lowers the coverage, not the score. "
            "2 lines are not counted until you say why.",
        ),
        (
            "IT2b",
            {"state": "answered", "options": lines(*["not_applicable"] * 4)},
            "Counts as unknown until at least one line is known: that lowers the coverage, not the score. "
            "4 lines are not counted until you say why.",
        ),
        (
            "IT2b",
            {"state": "answered", "options": lines(*["not_applicable"] * 4, text="Nobody was kept out.")},
            "Counts as unknown: this item has to be answered, so not all of its lines can be not applicable.",
        ),
        (
            "IT2b",
            {"state": "answered", "options": lines("mitigated", "mitigated")},
            "Claims F (100 of 100); counts as P (33 of 100) until evidence is given. "
            "2 of 4 lines known: the rest lowers the coverage.",
        ),
    ],
)
def test_sentence(code: str, content: dict[Any, Any], sentence: str) -> None:
    assert say(code, **content) == sentence


def test_every_reason_of_the_scoring_has_a_sentence() -> None:
    assert {*OpenReason, NOT_APPLICABLE, NOT_SCORED, BY_KIND, VALUE, NO_LINE} == set(RULES)
    assert set(CapReason) == set(CAPPED)


def test_contradiction_names_the_other_answer() -> None:
    item = builders.items().items["IT2b"]
    content = AnswerContent(state="answered", options=lines("mitigated", "partly"), **SHOWN)
    assert explain(standing_of(item, content, contradictory={"language": "IT2a"})) == (
        "Counts as 50 of 100. 1 of 4 lines known: the rest lowers the coverage. "
        "1 line contradicts the answer to IT2a and counts as unknown until one of the two is changed."
    )
    item = builders.items().items["IT5c"]
    content = AnswerContent(state="not_applicable", not_applicable_reason="Nothing was closed")
    assert explain(standing_of(item, content, contradictory={"": "IT5a"})) == (
        "Contradicts the answer to IT5a: counts as unknown until one of the two is changed."
    )


@pytest.mark.alike
@pytest.mark.parametrize(
    ("code", "content", "sentence"),
    [
        ("IT1a", {}, ""),
        ("IT1a", {"evidence_class": "E2"}, NOTHING_YET),
        ("IT1a", {"evidence_text": "Minutes."}, NOTHING_YET),
        ("IT1a", {"evidence_text": "It is in the minutes."}, NOT_OPEN),
        (
            "IT1a",
            {"evidence_links": "https://example.org/"},
            "Evidence: E1. E2 takes a sentence on what in it shows this.",
        ),
        ("IT1a", SHOWN, PUBLIC),
        ("IT1a", {**SHOWN, "evidence_class": "E1"}, "Evidence: E1, as you chose."),
        ("IT1a", {**SHOWN, "evidence_links": "Minutes, page 3"}, NOT_OPEN),
        (
            "CR1a",
            SHOWN,
            "Evidence: E1. E2 takes a record made by the stakeholder groups themselves, or a survey of them.",
        ),
        ("CR1a", {**SHOWN, "evidence_source": "survey"}, PUBLIC),
    ],
)
def test_class_of_evidence_follows_from_what_is_given(code: str, content: dict[str, Any], sentence: str) -> None:
    assert class_sentence(builders.items().items[code], AnswerContent(**content)) == sentence
