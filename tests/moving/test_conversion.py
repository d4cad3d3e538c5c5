"""What answers become: as much as fits, and no word lost."""

from collections.abc import Mapping
from typing import Any

import pytest

from assessments.answers.value import AnswerContent, OptionContent
from assessments.models import Assessment
from assessments.moving.plan import Plan
from assessments.moving.proposals import MoveChoice
from assessments.moving.services import propose
from attributes.models import QuestionSet
from tests import builders

pytestmark = pytest.mark.django_db


def taken(plan: Any, code: str, choice: MoveChoice = MoveChoice.TAKE) -> Any:
    return plan[code].becomes[choice].content


def test_a_reworded_rating_keeps_its_answer(plan: Mapping[str, Plan]) -> None:
    assert plan["IT1a"].recommended is MoveChoice.TAKE
    assert taken(plan, "IT1a") == AnswerContent(
        "answered", 2, comment="As known", evidence_links="https://example.org/"
    )
    assert plan["IT1a"].becomes[MoveChoice.TAKE].notes == ()
    assert plan["IT1a"].files == 1


def test_a_line_that_is_gone_leaves_its_words_in_the_comment(plan: Mapping[str, Plan]) -> None:
    found = plan["IT2a"].becomes[MoveChoice.TAKE]
    assert found.content.options == {"language": OptionContent("exists", "")}
    assert found.content.other == ""
    assert found.content.comment == "cultural norms: Formal dress\n\nOther: Time zones"
    assert found.notes == (
        "The line “cultural norms” is no longer asked.",
        "There is no line for others any more; what was written there stays in the comment.",
    )


def test_not_applicable_becomes_unanswered_where_it_is_no_longer_allowed(plan: Mapping[str, Plan]) -> None:
    found = plan["IT3c"].becomes[MoveChoice.TAKE]
    assert found.content == AnswerContent(comment="Why it was not applicable: No formal rule")
    assert found.notes == ("“Not applicable” is no longer possible; the reason given stays in the comment.",)


def test_another_kind_keeps_evidence_and_comment_only(plan: Mapping[str, Plan]) -> None:
    found = plan["IT4a"].becomes[MoveChoice.TAKE]
    assert found.content == AnswerContent(comment="Everybody says so")
    assert found.notes == ("It is asked in another way: the answer has to be given again, evidence and comments stay.",)


def test_a_split_proposes_the_words_and_offers_the_answer(plan: Mapping[str, Plan]) -> None:
    for code in ("ED2b", "ED2c"):
        assert plan[code].recommended is MoveChoice.WORDS
        assert taken(plan, code, MoveChoice.WORDS) == AnswerContent(evidence_text="Minutes of May")
        assert taken(plan, code) == AnswerContent("answered", 1, evidence_text="Minutes of May")
        assert plan[code].files == 1


def test_merged_answers_that_are_equal_are_taken_over(plan: Mapping[str, Plan]) -> None:
    assert taken(plan, "CO4c") == AnswerContent("answered", 2, comment="CO4a: Here\n\nCO4b: There")
    assert plan["CO4c"].becomes[MoveChoice.TAKE].notes == ()


def test_merged_answers_that_differ_become_unanswered_with_the_words_of_both(plan: Mapping[str, Plan]) -> None:
    found = plan["CR1e"].becomes[MoveChoice.TAKE]
    assert found.content == AnswerContent(evidence_text="One", comment="Nobody knows")
    assert found.notes == ("The answers differ: it has to be answered again. Comments and evidence of all are kept.",)


def test_what_is_gone_or_new_has_nothing_to_decide(plan: Mapping[str, Plan]) -> None:
    assert not plan["CR1d"].is_decision
    assert plan["CR1d"].before == (AnswerContent("answered", text="Much"),)
    assert not plan["CO3d"].is_decision


def test_unanswered_items_have_nothing_to_decide(assessment: Assessment, newer: QuestionSet) -> None:
    assert [found.code for found in propose(assessment, newer).proposals if found.is_decision] == []


def test_items_that_stay_the_same_keep_their_answer_as_it_is(assessment: Assessment, newer: QuestionSet) -> None:
    lines = {"language": {"state": "not_applicable"}, "cost_of_participation": {"state": "partly", "text": "Yes"}}
    builders.answer(assessment, "IT2b", {"options": lines}, evidence_class="E1", comment="x" * 20_000)
    (found,) = (found for found in propose(assessment, newer).proposals if found.is_decision)
    assert found.becomes[MoveChoice.TAKE].content == found.before[0]


def test_texts_that_are_too_long_together_are_cut_and_that_is_said(assessment: Assessment, newer: QuestionSet) -> None:
    builders.answer(assessment, "CO4a", 2, comment="a" * 15_000, evidence_links="https://a.example/\n" * 200)
    links = "\n".join(f"https://b.example/{number:04d}" for number in range(450))
    builders.answer(assessment, "CO4b", 2, comment="b" * 15_000, evidence_links=links)
    found = propose(assessment, newer).by_code["CO4c"].becomes[MoveChoice.TAKE]
    assert len(found.content.comment) == 20_000
    assert found.content.comment.endswith("b…")
    assert len(found.content.evidence_links) <= 10_000
    assert set(found.content.evidence_links.split("\n")) <= {"https://a.example/", *links.split("\n")}
    assert found.notes == (
        "Together the texts are too long for one answer; the whole of it stays in the earlier version.",
    )
