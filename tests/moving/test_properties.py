"""Whatever was answered and decided: moving back gives back everything, and no word is lost by moving."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, DrawFn

from assessments.answers.value import DONT_KNOW, NOT_APPLICABLE, AnswerContent, OptionContent, canonical, fields_of
from assessments.models import Answer
from assessments.moving.proposals import MoveChoice
from assessments.moving.services import move_assessment, propose, undo_move
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem
from attributes.kinds import Kind
from attributes.models import QuestionSet
from msgov.accounts.models import User
from tests import builders
from tests.builders import versions
from tests.builders.processes import add_file
from tests.examples import examples
from tests.moving import snapshots

CHANGED = ["IT1a", "IT2a", "IT2b", "IT3c", "IT4a", "ED1b", "ED2a", "CO4a", "CO4b", "CR1b", "CR1c", "CR1d", "IT5c"]
WORDS = st.sampled_from(["", "", "alpha", "beta\ngamma", "δ <b>"])


@st.composite
def contents(draw: DrawFn, item: CatalogueItem) -> AnswerContent:
    """Any answer that can be stored for an item."""
    options = {}
    states = [state.key for state in item.states]
    keys = [option.key for option in item.options] or ([""] if states else [])
    for key in keys:
        options[key] = OptionContent(draw(st.sampled_from(["", DONT_KNOW, *states])), draw(WORDS))
    state = draw(st.sampled_from(["answered", "unanswered", DONT_KNOW, *([NOT_APPLICABLE] if item.na_allowed else [])]))
    content = AnswerContent(
        state=state,
        level=draw(st.integers(0, 3)) if item.kind is Kind.RATING and state == "answered" else None,
        options=options,
        other=draw(WORDS) if item.other_allowed else "",
        text=draw(WORDS) if item.kind is Kind.OPEN_TEXT else "",
        not_applicable_reason=draw(WORDS) if item.na_allowed else "",
        evidence_class=draw(st.sampled_from(["", "E1"])),
        evidence_text=draw(WORDS),
        evidence_links=draw(st.sampled_from(["", "https://example.org/a"])),
        comment=draw(WORDS),
    )
    return canonical(item, content)


def said(content: AnswerContent) -> list[str]:
    """All words of an answer, whatever part they are in."""
    parts = [content.other, content.text, content.not_applicable_reason, content.evidence_text, content.comment]
    return [text for text in [*parts, *(line.text for line in content.options.values())] if text]


@pytest.mark.django_db
@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_moving_back_is_the_identity_and_moving_loses_no_word(data: DataObject) -> None:
    organiser = User.objects.filter(email="organiser@example.org").first() or builders.user("organiser@example.org")
    assessment = builders.assessment(builders.process(organiser=organiser))
    first, newer = assessment.question_set, versions.second()
    items = catalogue_of(first).items
    for code in data.draw(st.sets(st.sampled_from(CHANGED))):
        fields = fields_of(items[code], data.draw(contents(items[code])))
        row = Answer.objects.create(response=assessment.responses.get(), item_id=items[code].pk, **fields)
        if data.draw(st.booleans()):
            add_file(row, f"{code}.txt", code.encode())
    before, document = snapshots.rows(assessment, first), snapshots.document(assessment)
    plan = propose(assessment, newer)
    decisions = {
        found.code: data.draw(st.sampled_from(list(found.becomes))) for found in plan.proposals if found.is_decision
    }

    move_assessment(assessment=assessment, user=organiser, to=newer, decisions=decisions)
    assert snapshots.rows(assessment, first) == before
    for found in plan.proposals:
        words = [text for content in found.before for text in said(content)]
        if words and found.is_decision and decisions[found.code] is not MoveChoice.START:
            row = Answer.objects.get(response__assessment=assessment, item_id=found.match.new.pk)
            stored = "\n".join([row.evidence_text, row.comment, str(row.value), row.not_applicable_reason])
            assert [text for text in words if text not in stored and repr(text)[1:-1] not in stored] == []
    moved = snapshots.rows(assessment, newer)

    undo_move(assessment=assessment, user=organiser)
    assert snapshots.rows(assessment, first) == before
    assert snapshots.document(assessment) == document
    assert snapshots.rows(assessment, newer) == moved
    # The same choices made again change nothing.
    move_assessment(assessment=assessment, user=organiser, to=newer, decisions=decisions)
    assert snapshots.contents(assessment, newer) == _contents_of(moved, newer)


def _contents_of(rows: Any, question_set: QuestionSet) -> dict[str, tuple[Any, ...]]:
    codes = {item.pk: code for code, item in catalogue_of(question_set).items.items()}
    return {codes[row["item_id"]]: (row["state"], row["value"], row["comment"]) for row in rows[0]}
