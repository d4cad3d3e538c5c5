"""What results and reports say in words is what was computed: by letters, with how many were compared."""

import re
from html import unescape
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from assessments.documents.both_tracks import JointDocument
from assessments.documents.result import ResultDocument
from assessments.documents.steps import StepsPart
from assessments.headlines import concerns_of, panel_sentences
from assessments.headlines.evidence_sentences import nothing_to_do
from assessments.models import EvidenceOpening
from assessments.reports.html import render_html
from assessments.results.both_tracks import read_together
from assessments.results.build import build_document
from assessments.results.disagreement import lists_context
from assessments.results.page import drawn, page_context
from assessments.results.panel_lines import panel_context
from assessments.results.views import disagreement as disagreement_views
from assessments.templatetags.worked import step_words
from attributes.kinds import Kind
from tests import builders
from tests.builders import panels
from tests.builders.papers import paper
from tests.builders.processes import opening
from tests.results.test_both_tracks import EVIDENCE, result_of

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

ALL_ACHIEVED = "Every item that applies is fully achieved."
NOTHING_FULL = "Nothing is shown as fully achieved yet."
NO_ADVICE = "This question set gives no recommendation"


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def page(document: ResultDocument) -> str:
    page = drawn(document)
    return words(page.message + page.sections + page.workings)


def report(document: ResultDocument | JointDocument) -> str:
    return words(render_html(paper(document), "en"))


def without_advice(document: ResultDocument) -> ResultDocument:
    """The same result of a question set whose author wrote no recommendations."""
    stripped = [step.model_copy(update={"texts": []}) for step in document.steps.steps if step.kind == "improve_it"]
    return document.model_copy(update={"steps": document.steps.model_copy(update={"steps": stripped})})


def test_what_was_answered_is_printed_as_answered_also_without_the_reason_it_needs() -> None:
    assessment = builders.assessment(builders.process())
    builders.answer(assessment, "ED4a", None, state="not_applicable")
    builders.answer(assessment, "IT5c", {"": "yes"})
    builders.answer(assessment, "CR1a", 2)
    document = build_document(assessment)
    printed = render_html(paper(document), "en")
    annex = words(printed[printed.index('id="answers"') :])
    step = next(step for step in document.steps.steps if step.item == "ED4a")
    advice = words(step_words(*concerns_of([step], document)))

    for html in (annex, page(document)):
        assert "No reason given: treated as open, not counted until you say why." in html
    for code, answer in (
        ("ED4a", "Not applicable; no reason given, treated as open"),
        ("IT5c", "yes, with justification ; no reason given, treated as open"),
    ):
        own = annex[annex.index(f" {code} ") :]
        assert answer in own[:600]
        assert "Not answered" not in own[: own.index("Weight")]
    assert "Give the reason that is missing" in advice
    assert "not known" not in advice


def joint(levels: dict[str, Any], *, public: bool = False) -> JointDocument:
    found = read_together(result_of(levels), panels.tv10_public() if public else panels.tv10_document())
    assert found is not None
    return found


def disagreement(document: JointDocument) -> str:
    body = disagreement_views.drawn(document)
    return words(body.top + body.rest)


def test_missing_recommendations_are_no_achievement() -> None:
    document = without_advice(result_of({"CR1a": 1, "CR1b": 3}))
    assert NO_ADVICE in page(document)
    for text in (page(document), report(document)):
        assert ALL_ACHIEVED not in text


def chosen(**more: Any) -> StepsPart:
    return StepsPart(**{"steps": [], "strengths": [], "all_full": False, **more})


def test_counted_letters_decide_whether_nothing_is_to_be_done() -> None:
    assert nothing_to_do(chosen(all_full=True)) == ALL_ACHIEVED
    assert nothing_to_do(result_of({"CR1a": 3}).steps) == ""
    assert nothing_to_do(chosen()) == "Nothing to recommend: no item that counts applies."
    assert nothing_to_do(chosen(), is_example=True).startswith("An example has no recommendations")


def test_all_achieved_is_said_only_where_every_item_is() -> None:
    document = result_of({"CR1a": 3})
    for text in (page(document), report(document)):
        assert ALL_ACHIEVED not in text
    assessment = builders.assessment(builders.process())
    for item in builders.items().items.values():
        if item.scored:
            best = max(item.states, key=lambda state: state.credit or 0, default=None)
            full = {"state": best.key if best else "", "text": "As the charter says."}
            keys = [option.key for option in item.options] or [""]
            value: Any = 3 if item.kind is Kind.RATING else {"options": dict.fromkeys(keys, full)}
            opening(builders.answer(assessment, item.code, value, **EVIDENCE))
    document = build_document(assessment)
    assert document.steps.all_full
    for text in (page(document), report(document)):
        assert ALL_ACHIEVED in text
        assert NOTHING_FULL not in text
    # One opening less on a critical item, and it no longer is.
    EvidenceOpening.objects.filter(item__code="IT1a").delete()
    document = build_document(assessment)
    for text in (page(document), report(document)):
        assert ALL_ACHIEVED not in text


def test_nothing_full_is_no_strength() -> None:
    document = result_of({"CR1a": 2})
    for text in (page(document), report(document)):
        assert NOTHING_FULL in text


def test_nothing_compared_is_not_called_close() -> None:
    document = joint({})
    for text in (disagreement(document), report(document)):
        assert "nowhere a full level apart" not in text
        assert "Cannot be said: the organiser has answered nothing that counts." in text


def test_closeness_is_said_with_how_many_were_compared() -> None:
    document = joint({"CR1b": 2, "CR1c": 2})
    for text in (disagreement(document), report(document)):
        assert "None: 2 items have a score on both sides, and evidence and experience are nowhere a full level" in text


@pytest.mark.parametrize(
    ("evidence", "experience", "expected"),
    [
        (True, False, "Cannot be said: stakeholders give no item a score."),
        (True, True, "Cannot be said: no item has a score on both sides."),
    ],
)
def test_why_nothing_was_compared_is_said(evidence: bool, experience: bool, expected: str) -> None:
    assert panel_sentences.nowhere_apart(0, by_evidence=evidence, by_experience=experience) == expected


@pytest.mark.parametrize("public", [True, False])
def test_one_list_says_what_comes_first_of_both_tracks(public: bool) -> None:
    document = joint({"CR1a": 3, "CR1b": 3, "CR1c": 3}, public=public)
    assert [step.item for step in document.steps.head][-2:] == ["CR1a", "CR1b"]
    text = words(drawn_both(document))
    assert NOTHING_FULL in text
    for found in (text, report(document)):
        assert "stakeholders do not see it" in found


def drawn_both(document: JointDocument) -> str:
    return render_to_string("assessments/results/_sections.html", page_context(document.result, document))


def test_public_items_are_not_said_to_come_by_their_gap() -> None:
    document = joint({"CR1a": 3}, public=True)
    for text in (disagreement(document), report(document)):
        assert "furthest apart first" not in text
    assert "the most divided first, critical items before others" in disagreement(document)


def test_letters_of_barriers_have_the_words_of_their_list() -> None:
    panel = panels.document_of(panels.published_example(), builders.items())
    found = read_together(result_of({}), panel)
    assert found is not None
    context = lists_context(found, panel_context(found))
    lists = {entry.matrix.item: [label["en"] for label in entry.full] for entry in context["barriers"]}
    assert "yes, with justification" in " ".join(lists["IT3b"])
    assert lists["IT2b"] != lists["IT3b"]
    assert "lifted, or not there" not in disagreement(found) + report(found)


def test_footer_credits_the_set_and_not_every_question(client: Client) -> None:
    text = words(client.get(reverse("help")).content.decode())
    assert "The Internet Society multistakeholder attributes and their questions are from" in text
    assert "other question sets name their own source" in text
    assert " The attributes and questions are from" not in text
