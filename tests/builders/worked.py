"""The worked answers of the method as rows."""

from collections.abc import Mapping
from typing import Any

from assessments.models import Assessment
from tests import builders

REASON = "Agreed with the groups in the charter, section 3."

# TV1: a whole attribute, every kind of item.
INCLUSIVENESS: dict[str, Any] = {
    "IT1a": 2,
    "IT2b": {
        "language": "unmitigated",
        "cost_of_participation": "partly",
        "technical_and_process_knowledge": "mitigated",
        "cultural_norms": ("absent", REASON),
    },
    "IT3b": {"membership_criteria": ("yes", REASON), "restrictions": "no"},
    "IT3c": 1,
    "IT4a": 2,
    "IT4b": {"inclusion": "yes", "legitimacy": "yes", "participation": "partly", "quality_of_output": "no"},
    "IT5a": 3,
    "IT5b": {"inputs": "yes", "process": "partly", "outputs": "yes"},
    "IT5c": {"": ("yes", REASON)},
}
# TV2: the same with evidence.
EVIDENCE = {
    "IT1a": "E2", "IT2b": "E1", "IT3b": "E0", "IT3c": "E1", "IT4a": "E0", "IT4b": "E0", "IT5a": "E1",
    "IT5b": "E2", "IT5c": "E0",
}  # fmt: skip
# TV3, and levels for the other attributes.
DECISIONS = {"ED1a": 2, "ED2a": 1, "ED3a": 2, "ED4b": 3, "ED4d": 1}
RESPONSIBILITY = {"CR1a": 2, "CR1b": 2, "CR1c": 1}
COLLABORATION = {
    "CO1a": 2, "CO1b": 2, "CO1c": 1, "CO1d": 2, "CO2a": 3, "CO2b": 2, "CO3a": 2, "CO3b": 1, "CO4a": 2, "CO4b": 1,
}  # fmt: skip


def give(assessment: Assessment, code: str, value: Any, evidence: str = "E2") -> None:
    """Answer one item: a level, or option states, each with a text where it is a pair."""
    give_all(assessment, {code: value}, {code: evidence})


def give_all(assessment: Assessment, values: Mapping[str, Any], evidence: Mapping[str, str] | None = None) -> None:
    """Answer several items by their codes; -1 is don't know. What `evidence` does not name is shown by E2."""
    given = {code: _given(code, value, (evidence or {}).get(code, "E2")) for code, value in values.items()}
    builders.answers(assessment, given)


def _given(code: str, value: Any, evidence: str) -> dict[str, Any]:
    if value == -1:
        return {"state": "dont_know"}
    if isinstance(value, dict):
        pairs = {key: state if isinstance(state, tuple) else (state, "") for key, state in value.items()}
        value = {"options": {key: {"state": state, "text": text} for key, (state, text) in pairs.items()}}
    if evidence == "E0":
        return {"value": value}
    return {
        "value": value,
        "evidence_class": evidence,
        "evidence_text": "Record published after each meeting.",
        "evidence_links": f"https://example.org/{code}",
        # Where the organiser cannot vouch alone, it counts in full if the groups made it.
        "evidence_source": "groups",
    }


def inclusiveness(assessment: Assessment, evidence: dict[str, str] | None = None) -> None:
    """TV1, or with EVIDENCE TV2."""
    give_all(assessment, INCLUSIVENESS, evidence)


def decisions(assessment: Assessment) -> None:
    """TV3."""
    give_all(assessment, {**DECISIONS, "ED1b": -1, "ED4c": -1})
    builders.answer(assessment, "ED4a", state="not_applicable", not_applicable_reason="Nothing is operated by anybody.")


def everything(assessment: Assessment) -> None:
    """TV2 and TV3 and levels for the rest: all four attributes shown."""
    inclusiveness(assessment, EVIDENCE)
    decisions(assessment)
    give_all(assessment, {**RESPONSIBILITY, **COLLABORATION})
