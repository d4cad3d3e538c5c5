"""One vocabulary: what is stored, what a file may hold and what the method knows are the same words."""

from typing import get_args

import pytest

from assessments.answers import value
from assessments.archive import schema as archive
from assessments.documents.result import ItemResult
from assessments.scoring import ItemState as ScoredState
from assessments.scoring import method
from assessments.scoring.evidence import EvidenceGrade, ProcessKind
from assessments.scoring.model import RESERVED_STATES as SCORED_RESERVED
from assessments.vocabulary import (
    EVIDENCE_LABELS,
    KIND_HELP,
    KIND_LABELS,
    RESERVED_LABELS,
    SCREENER_LABELS,
    STATE_LABELS,
    AnswerState,
    EvidenceClass,
    ScreenerChoice,
)
from attributes import kinds


def test_states_of_answers() -> None:
    states = AnswerState.values
    assert states == [value.UNANSWERED, value.ANSWERED, value.DONT_KNOW, value.NOT_APPLICABLE]
    assert {state.value for state in ScoredState} == set(states)
    assert get_args(archive.AnswerEntry.model_fields["state"].annotation) == tuple(states)
    assert get_args(ItemResult.model_fields["state"].annotation) == tuple(states)
    assert set(STATE_LABELS) == set(states)


def test_states_that_need_not_be_listed() -> None:
    assert {kinds.DONT_KNOW, kinds.NOT_APPLICABLE} == kinds.RESERVED_STATES
    assert {method.OPTION_OPEN, *kinds.RESERVED_STATES} == SCORED_RESERVED
    assert (method.OPTION_DONT_KNOW, method.OPTION_NOT_APPLICABLE) == (
        AnswerState.DONT_KNOW,
        AnswerState.NOT_APPLICABLE,
    )
    assert set(RESERVED_LABELS) == kinds.RESERVED_STATES


def test_classes_of_evidence() -> None:
    assert [grade.value for grade in EvidenceGrade] == EvidenceClass.values
    assert (EvidenceGrade.NOTHING.value, EvidenceGrade.OPEN.value) == (EvidenceClass.NONE, EvidenceClass.OPEN)
    assert get_args(archive.AnswerEntry.model_fields["evidence_class"].annotation) == ("", *EvidenceClass.values)
    assert list(EVIDENCE_LABELS) == EvidenceClass.values


def test_answers_to_the_screener() -> None:
    assert {*method.SCREENER_POINTS, *method.SCREENER_LEFT_OUT} == {*ScreenerChoice.values, ""} == set(SCREENER_LABELS)


@pytest.mark.parametrize("state", AnswerState)
def test_an_answer_is_worded_the_same_in_a_result_once_it_is_one(state: AnswerState) -> None:
    assert (STATE_LABELS[state] == state.label) is (state is not AnswerState.UNANSWERED)


def test_kinds_of_process() -> None:
    assert list(kinds.KindOfProcess) == list(ProcessKind)
    assert list(KIND_LABELS) == list(KIND_HELP) == list(kinds.KindOfProcess)
