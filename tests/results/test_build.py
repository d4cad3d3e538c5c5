"""Exact figures from real rows (method 3.12)."""

from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.documents.result import AttributeResult
from assessments.documents.values import Figure, canonical_json, document_digest
from assessments.models import Assessment
from assessments.results.build import build_document, freeze
from assessments.results.frozen import document_of
from tests import builders
from tests.builders import worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Assessment:
    organiser = builders.user(name="Ada Example")
    return builders.assessment(builders.process(organiser=organiser, name="Forum"))


def figures(attribute: AttributeResult, *names: str) -> list[tuple[str, str] | None]:
    found: list[Figure | None] = [getattr(attribute, name) for name in names]
    return [figure and (figure.exact, figure.printed) for figure in found]


def test_attribute_of_all_kinds_is_exact(draft: Assessment) -> None:
    worked.inclusiveness(draft)
    found = build_document(draft).attribute("IT")
    assert figures(found, "claimed", "coverage", "scope") == [
        ("2375/36", "66.0"),
        ("1", "100 %"),
        ("1", "100 %"),
    ]
    assert {code: item.claimed.exact for code, item in build_document(draft).items().items() if item.claimed} == {
        "IT1a": "2/3", "IT2b": "5/8", "IT3b": "1/2", "IT3c": "1/3", "IT4a": "2/3", "IT4b": "5/8", "IT5a": "1",
        "IT5b": "5/6", "IT5c": "1",
    }  # fmt: skip


def test_evidence_lowers_what_counts(draft: Assessment) -> None:
    worked.inclusiveness(draft, worked.EVIDENCE)
    document = build_document(draft)
    found = document.attribute("IT")
    assert (found.status, found.letter) == ("shown", "L")
    assert figures(found, "score", "claimed", "unsupported", "low", "high") == [
        ("925/18", "51.4"),
        ("2375/36", "66.0"),
        ("175/12", "14.6"),
        ("925/18", "51.4"),
        ("925/18", "51.4"),
    ]
    assert document.unsupported_items == ["IT3b", "IT4a", "IT4b", "IT5a", "IT5c"]
    assert [document.items()[code].rule for code in ("IT1a", "IT2b", "IT3b")] == [
        "level",
        "credits",
        "capped_by_evidence",
    ]


def test_not_applicable_and_unknown_items_shrink_scope_and_coverage(draft: Assessment) -> None:
    worked.decisions(draft)
    document = build_document(draft)
    found = document.attribute("ED")
    assert (found.status, found.letter) == ("shown", "L")
    assert figures(found, "score", "low", "high", "coverage", "scope") == [
        ("3200/57", "56.1"),
        ("400/9", "44.4"),
        ("1175/18", "65.3"),
        ("19/24", "79.2 %"),
        ("15/16", "93.8 %"),
    ]
    assert document.not_applicable == ["ED4a"]
    assert [code for code in document.unknown if code.startswith("ED")] == ["ED1b", "ED4c"]
    assert document.items()["ED4a"].weight is None
    assert document.items()["ED1b"].weight == Figure(exact="1/8", printed="12.5 %")


def test_partly_known_checklist_lowers_coverage(draft: Assessment) -> None:
    """TV18."""
    raw = worked.INCLUSIVENESS | {
        "IT4b": {"inclusion": "yes"} | dict.fromkeys(["legitimacy", "participation", "quality_of_output"], "dont_know")
    }
    for code, value in raw.items():
        worked.give(draft, code, value)
    document = build_document(draft)
    found = document.attribute("IT")
    assert figures(found, "score", "low", "high", "coverage") == [
        ("22400/333", "67.3"),
        ("560/9", "62.2"),
        ("1255/18", "69.7"),
        ("37/40", "92.5 %"),
    ]
    item = document.items()["IT4b"]
    assert (item.share_known, item.letter) == (Figure(exact="1/4", printed="25 %"), None)
    assert [(line.key, line.state, line.known) for line in item.options] == [
        ("inclusion", "yes", True),
        ("legitimacy", "dont_know", False),
        ("participation", "dont_know", False),
        ("quality_of_output", "dont_know", False),
    ]
    assert item.options[1].state_label == {"en": "Don't know"}


def test_nothing_answered_leaves_every_attribute_withheld(draft: Assessment) -> None:
    document = build_document(draft)
    assert [(a.code, a.status, a.score, a.coverage.printed) for a in document.attributes] == [
        ("IT", "withheld", None, "0 %"),
        ("CR", "withheld", None, "0 %"),
        ("ED", "withheld", None, "0 %"),
        ("CO", "withheld", None, "0 %"),
    ]
    assert (document.weakest, document.index, document.strengths, document.concerns) == ([], None, [], [])
    assert len(document.unknown) == 30


def test_contributions_add_up_to_the_score(draft: Assessment) -> None:
    worked.everything(draft)
    for attribute in build_document(draft).attributes:
        items = [item for question in attribute.questions for item in question.items if item.contribution]
        assert attribute.score
        assert sum(Fraction(item.contribution.exact) for item in items) == Fraction(attribute.score.exact)


def test_findings_name_the_best_and_the_worst(draft: Assessment) -> None:
    worked.everything(draft)
    document = build_document(draft)
    assert document.strengths == ["ED4b", "CO2a", "IT5b", "IT1a", "CR1a"]
    assert document.concerns == ["CR1c", "ED2a", "CO3b", "CO4b", "IT3b"]
    assert document.weakest == ["IT"]
    assert document.index is not None
    assert document.index.minimum == "51.4"


def test_concerns_put_critical_items_and_not_achieved_first(draft: Assessment) -> None:
    for code, level in {"IT1a": 1, "CR1b": 1, "ED3a": 0, "CO4a": 0, "CO4b": 2}.items():
        worked.give(draft, code, level)
    assert build_document(draft).concerns == ["ED3a", "IT1a", "CO4a", "CR1b"]


def test_resource_stands_in_texts_but_never_in_verbatim_questions(draft: Assessment) -> None:
    draft.process.resource = "the river basin"
    worked.everything(draft)
    document = build_document(draft)
    assert "{resource}" not in canonical_json(document).decode()
    texts = [item.text["en"] for item in document.items().values()]
    assert any("the river basin" in text for text in texts)
    assert not any("the river basin" in q.verbatim["en"] for a in document.attributes for q in a.questions)


def test_recommendations_carry_the_quotation_they_rest_on(draft: Assessment) -> None:
    worked.everything(draft)
    document = build_document(draft)
    found = {entry.item: entry for entry in document.recommendations}
    assert found["CR1c"].kind == "improve"
    assert found["CR1c"].priority == 2
    assert all(text.basis_quote["en"] for text in found["CR1c"].texts)
    assert found["ED1b"].kind == "find_out"
    assert found["ED1b"].settle_by["en"]
    assert found["ED4b"].kind == "keep"
    # Critical items at L come before others at P; at most two of one attribute.
    assert [entry.item for entry in document.recommendations if entry.in_summary] == [
        "IT1a", "IT5a", "CR1a", "ED1a", "ED3a",
    ]  # fmt: skip


def test_query_count_does_not_depend_on_the_answers(draft: Assessment) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            build_document(Assessment.objects.get(pk=draft.pk))
        return len(queries) - 1

    build_document(draft)
    empty = count()
    worked.everything(draft)
    assert count() == empty
    assert empty <= 10


def test_frozen_result_loads_as_it_was_built(draft: Assessment) -> None:
    worked.everything(draft)
    frozen = freeze(assessment=draft, number=1, user=draft.process.created_by)
    frozen.refresh_from_db()
    document = document_of(frozen)
    assert (document.assessment.number, document.assessment.status) == (1, "final")
    assert document.assessment.submitted_by == "Ada Example"
    assert document_digest(document) == frozen.digest
    assert frozen.method_version == document.method_version


def test_frozen_result_stays_when_answers_change(draft: Assessment) -> None:
    worked.everything(draft)
    frozen = freeze(assessment=draft, number=1, user=draft.process.created_by)
    before: dict[str, Any] = frozen.document
    draft.responses.get().answers.all().delete()
    draft.process.name = "Renamed"
    draft.process.save()
    frozen.refresh_from_db()
    assert frozen.document == before
    assert document_of(frozen).process.name == "Forum"
