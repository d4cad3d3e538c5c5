"""The sentence beside an answer: one per rule of the scoring."""

from typing import Any

import pytest

from assessments.answers.counting import RULES, explain, standing_of
from assessments.answers.value import AnswerContent, OptionContent
from tests import builders

pytestmark = pytest.mark.django_db


def say(code: str, *, has_files: bool = False, **content: Any) -> str:
    return explain(standing_of(builders.items().items[code], AnswerContent(**content), has_files=has_files))


def lines(*states: str, text: str = "") -> dict[str, OptionContent]:
    keys = ["language", "cost_of_participation", "technical_and_process_knowledge", "cultural_norms"]
    return {key: OptionContent(state, text) for key, state in zip(keys, states, strict=False)}


@pytest.mark.parametrize(
    ("code", "content", "sentence"),
    [
        ("IT2a", {}, "Not scored."),
        ("IT1a", {}, "Not answered yet: that lowers the coverage, not the score."),
        ("IT1a", {"state": "dont_know"}, "Counts as unknown: that lowers the coverage, not the score."),
        ("IT1a", {"state": "answered", "level": 1}, "Counts as P (33.3 % of full)."),
        (
            "IT1a",
            {"state": "answered", "level": 3},
            "Counts as P (33.3 % of full) until evidence is added; the answer claims F (100.0 % of full).",
        ),
        (
            "IT1a",
            {"state": "answered", "level": 3, "evidence_text": "x"},
            "Counts as L (66.7 % of full) until others can open the evidence; the answer claims F (100.0 % of full).",
        ),
        (
            "IT1a",
            {"state": "answered", "level": 3, "evidence_links": "https://example.org/"},
            "Counts as F (100.0 % of full).",
        ),
        ("IT3c", {"state": "not_applicable"}, "Not counted until you say why it is not applicable."),
        (
            "IT3c",
            {"state": "not_applicable", "not_applicable_reason": "No barrier"},
            "Left out of the score: not applicable.",
        ),
        ("IT5c", {"state": "answered", "options": {"": OptionContent("yes")}}, "Not counted until you say why."),
        (
            "IT2b",
            {
                "state": "answered",
                "options": lines("partly", "unmitigated", "mitigated", "dont_know"),
                "evidence_links": "https://example.org/",
            },
            "Counts as P (50.0 % of full). 3 of 4 lines known: the rest lowers the coverage.",
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
            "Left out of the score: nothing in the list applies.",
        ),
        (
            "IT2b",
            {"state": "answered", "options": lines("mitigated", "mitigated")},
            "Counts as P (33.3 % of full) until evidence is added; the answer claims F (100.0 % of full). "
            "2 of 4 lines known: the rest lowers the coverage.",
        ),
    ],
)
def test_sentence(code: str, content: dict[Any, Any], sentence: str) -> None:
    assert say(code, **content) == sentence


def test_every_rule_of_the_scoring_has_a_sentence() -> None:
    known = {"level", "credits", "capped_by_evidence", "moderated", "no_option_known", "all_options_not_applicable"}
    assert known | {"unanswered", "dont_know", "not_applicable"} <= set(RULES)
