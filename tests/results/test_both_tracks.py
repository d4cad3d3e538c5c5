"""Organiser and stakeholders read together, from documents alone."""

from typing import Any

import pytest

from assessments.documents.both_tracks import JointDocument
from assessments.documents.panel import PanelDocument
from assessments.documents.result import ResultDocument
from assessments.results.both_tracks import read_together
from assessments.results.build import build_document
from tests import builders
from tests.builders import panels
from tests.builders.processes import opening

pytestmark = pytest.mark.django_db

EVIDENCE = {
    "evidence_text": "The minutes say who agreed.",
    "evidence_links": "https://example.org/minutes",
    "evidence_source": "groups",
}


def result_of(levels: dict[str, Any]) -> ResultDocument:
    """The evidence track with these levels, all openly shown and opened by somebody else."""
    assessment = builders.assessment(builders.process())
    for code, level in levels.items():
        opening(builders.answer(assessment, code, level, **EVIDENCE))
    return build_document(assessment)


def joint_of(levels: dict[str, Any], panel: PanelDocument | None = None) -> JointDocument:
    found = read_together(result_of(levels), panel or panels.tv10_document())
    assert found is not None
    return found


CR = {"CR1a": 3, "CR1b": 2, "CR1c": 2}


def test_gaps_of_items_and_attributes_have_their_words() -> None:
    joint = joint_of(CR)
    assert {line.code: (line.gap.printed, line.perception) for line in joint.items} == {
        "CR1a": ("46.8", "possible_blind_spot"),
        "CR1b": ("8.0", "close"),
        "CR1c": ("1.1", "close"),
    }
    assert [(line.code, line.gap.printed, line.perception) for line in joint.attributes] == [
        ("CR", "18.6", "possible_blind_spot")
    ]
    assert (joint.blind_spots, joint.hidden_strengths) == (["CR1a"], [])


def test_low_evidence_is_a_hidden_strength() -> None:
    assert joint_of({**CR, "CR1a": 0}).hidden_strengths == ["CR1a"]


def test_item_without_evidence_has_no_gap() -> None:
    joint = joint_of({"CR1a": 3})
    assert [line.code for line in joint.items] == ["CR1a"]
    assert joint.attributes == []


def test_divided_items_come_by_their_gap() -> None:
    lines = joint_of(CR).divided
    assert [(line.item, line.gap.printed, line.highest, line.lowest) for line in lines] == [
        ("CR1a", "55.0", ["Business"], ["Civil society"]),
        ("CR1b", "46.7", ["Technical community"], ["Civil society"]),
    ]


def test_public_reading_names_no_group() -> None:
    joint = joint_of(CR, panels.tv10_public())
    assert [(line.item, line.gap, line.highest, line.lowest) for line in joint.divided] == [
        ("CR1a", None, [], []),
        ("CR1b", None, [], []),
    ]
    whole = joint_of(CR)
    # What is read together in public is what is public: whole points.
    assert [(line.code, line.experience.printed, line.perception) for line in joint.items] == [
        ("CR1a", "53.0", "possible_blind_spot"),
        ("CR1b", "59.0", "close"),
        ("CR1c", "66.0", "close"),
    ]
    assert joint.steps == whole.steps
    assert not joint.is_restricted


def test_what_stakeholders_say_decides_what_comes_first() -> None:
    alone = result_of({"CR1a": 3, "CR1b": 3, "CR1c": 3, "ED1a": 1})
    assert not {step.item for step in alone.steps.steps} & {"CR1a", "CR1b", "CR1c"}
    assert alone.steps.strengths == ["CR1a", "CR1b", "CR1c"]
    joint = read_together(alone, panels.tv10_document())
    assert joint is not None
    after = {step.item: step for step in joint.steps.steps}
    # Full by the evidence, 53 by what stakeholders say: nobody has to do it better, somebody has to ask.
    assert (after["CR1a"].kind, after["CR1a"].reason, after["CR1a"].level) == ("find_out", "blind_spot", "L")
    assert (after["CR1b"].kind, after["CR1b"].reason, after["CR1b"].flagged) == ("find_out", "blind_spot", True)
    assert joint.steps.strengths == []
    assert after["ED1a"] == next(step for step in alone.steps.steps if step.item == "ED1a")


def test_items_stakeholders_were_not_asked_keep_their_steps() -> None:
    alone = result_of({"CO1a": 0, "IT5c": {"": "no"}, "CR1a": 3})
    joint = read_together(alone, panels.tv10_document())
    assert joint is not None
    before, after = ({part.item: part for part in each.steps.steps} for each in (alone, joint))
    for code in ("CO1a", "CO1d", "CO4b", "IT5c"):
        assert (after[code].texts, after[code].kind) == (before[code].texts, before[code].kind)
    assert after["CO1a"].texts


def test_reworded_items_are_not_read_together() -> None:
    panel = panels.tv10_document()
    reworded = panel.model_copy(
        update={
            "items": [item.model_copy(update={"revision": 2}) if item.code == "CR1a" else item for item in panel.items]
        }
    )
    joint = joint_of(CR, reworded)
    assert [line.code for line in joint.items] == ["CR1b", "CR1c"]
    assert joint.attributes == []


def test_joint_document_survives_storing() -> None:
    joint = joint_of(CR)
    assert JointDocument.model_validate_json(joint.model_dump_json()) == joint
