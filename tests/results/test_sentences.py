"""What results and reports say in words is what was computed: by letters, with how many were compared."""

import re
from html import unescape
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from assessments.documents.both_tracks import JointDocument
from assessments.documents.result import RecommendationPart, ResultDocument
from assessments.reports.html import render_html
from assessments.results import panel_sentences, sentences
from assessments.results.both_tracks import read_together
from assessments.results.build import build_document
from assessments.results.page import drawn
from assessments.results.panel_lines import panel_context
from tests import builders
from tests.builders import panels
from tests.results.test_both_tracks import result_of

pytestmark = pytest.mark.django_db

NOTHING = "Nothing to recommend: every item that applies is fully achieved."
NO_ADVICE = "This question set gives no recommendation"


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def page(document: ResultDocument) -> str:
    return words(drawn(document).body)


def report(document: ResultDocument | JointDocument) -> str:
    return words(render_html(document, "en"))


def without_advice(document: ResultDocument) -> ResultDocument:
    """The same result of a question set whose author wrote no recommendations."""
    stripped = [part.model_copy(update={"texts": [], "in_summary": False}) for part in document.recommendations]
    return document.model_copy(update={"recommendations": [part for part in stripped if part.kind != "find_out"]})


def recommendation(letter: str | None, kind: str) -> RecommendationPart:
    return RecommendationPart(
        item="A1a", attribute="A", short={"en": "It"}, letter=letter, critical=False, kind=kind, priority=0,
        in_summary=False, texts=[], settle_by={},
    )  # fmt: skip


def test_what_was_answered_is_printed_as_answered_also_without_the_reason_it_needs() -> None:
    assessment = builders.assessment(builders.process())
    builders.answer(assessment, "ED4a", None, state="not_applicable")
    builders.answer(assessment, "IT5c", {"": "yes"})
    builders.answer(assessment, "CR1a", 2)
    document = build_document(assessment)
    printed = render_html(document, "en")
    annex = words(printed[printed.index('id="answers"') :])
    advice = words(render_to_string("assessments/results/_action.html", {
        "items_by_code": document.items(),
        "action": next(part for part in document.recommendations if part.item == "ED4a"),
    }))  # fmt: skip

    for html in (annex, page(document)):
        assert "Not counted until you say why it is not applicable." in html
    for code, answer in (("ED4a", "Not applicable, no reason given"), ("IT5c", "yes, with justification")):
        own = annex[annex.index(f" {code} ") :]
        assert answer in own[:600]
        assert "Not answered" not in own[: own.index("Weight")]
    assert "Give the reason that is missing" in advice
    assert "Find out" not in advice


def joint(levels: dict[str, Any], *, public: bool = False) -> JointDocument:
    found = read_together(result_of(levels), panels.tv10_public() if public else panels.tv10_document())
    assert found is not None
    return found


def disagreement(document: JointDocument) -> str:
    context = {"document": document.result, **panel_context(document)}
    return words(render_to_string("assessments/results/_disagreement_body.html", context))


def test_missing_recommendations_are_no_achievement() -> None:
    document = without_advice(result_of({"CR1a": 1, "CR1b": 3}))
    for text in (page(document), report(document)):
        assert NOTHING not in text
        assert f"{NO_ADVICE} for these items: P CR1a" in text or re.search(
            f"{NO_ADVICE} for these items: P Shared", text
        )
    assert "What to do first Keep the evidence current." not in report(document)
    # The line of the table says so too, instead of an empty cell.
    assert f"{NO_ADVICE}." in report(document)


def test_letters_decide_whether_nothing_is_to_be_done() -> None:
    assert sentences.nothing_to_do([recommendation("F", "keep")]) == NOTHING
    assert sentences.nothing_to_do([recommendation("F", "keep"), recommendation("L", "improve")]) == ""
    assert sentences.nothing_to_do([recommendation(None, "find_out")]) == ""
    assert sentences.nothing_to_do([]) == "Nothing to recommend: no item that counts applies."


def test_all_achieved_is_said_in_page_and_report() -> None:
    document = result_of({"CR1a": 3})
    kept = [part for part in document.recommendations if part.kind == "keep"]
    document = document.model_copy(update={"recommendations": kept})
    assert NOTHING in page(document)
    assert f"What to do first {NOTHING} Keep the evidence current." in report(document)


def test_no_answer_is_no_lack_of_concerns() -> None:
    document = result_of({})
    for text in (page(document), report(document)):
        assert "No answer stands at N or P" not in text
        assert "Cannot be said: nothing that counts has been answered." in text
    assert "No answer stands at N or P." in page(result_of({"CR1a": 3}))


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
def test_concerns_are_told_by_evidence_and_by_experience(public: bool) -> None:
    document = joint({"CR1a": 3, "CR1b": 3, "CR1c": 3}, public=public)
    text = report(document)
    heads = "Concerns by evidence Concerns by experience"
    assert re.search(rf"{heads} .*No answer stands at N or P\. L Shared responsibility", text), text
    on_page = words(drawn_both(document))
    assert re.search(
        r"By evidence No answer stands at N or P\. By experience L CR1a Shared responsibility divided", on_page
    )


def drawn_both(document: JointDocument) -> str:
    context = {
        "document": document.result, **panel_context(document), "concerns": [], "strengths": [], "unknown": [],
        "no_concern": sentences.no_concern(document.result),
    }  # fmt: skip
    return render_to_string("assessments/results/_findings.html", context)


def test_groups_that_cannot_be_compared_are_not_called_undivided() -> None:
    assert panel_sentences.not_divided(0).startswith("Whether groups are divided cannot be said")
    assert panel_sentences.not_divided(4) == "Groups are divided beyond chance on no item; 4 could be compared."
    assert panel_sentences.no_concern(0) == "Cannot be said: stakeholders give no item a score."


def test_public_items_are_not_said_to_come_by_their_gap() -> None:
    document = joint({"CR1a": 3}, public=True)
    for text in (disagreement(document), report(document)):
        assert "furthest apart first" not in text
        assert "the most divided first, then in the order of the questions" in text


def test_letters_of_barriers_have_the_words_of_their_list() -> None:
    panel = panels.document_of(panels.published_example(), builders.items())
    found = read_together(result_of({}), panel)
    assert found is not None
    context = panel_context(found)
    lists = {entry.matrix.item: [label["en"] for label in entry.full] for entry in context["barriers"]}
    assert "yes, with justification" in " ".join(lists["IT3b"])
    assert lists["IT2b"] != lists["IT3b"]
    assert "lifted, or not there" not in disagreement(found) + report(found)


def test_footer_credits_the_set_and_not_every_question(client: Client) -> None:
    text = words(client.get(reverse("help")).content.decode())
    assert "The Internet Society multistakeholder attributes and their questions are from" in text
    assert "other question sets name their own source" in text
    assert " The attributes and questions are from" not in text
