"""Exact figures from real rows (method 3.12)."""

from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.documents.result import AttributeResult
from assessments.documents.values import Figure, canonical_json, document_digest, item_value
from assessments.models import Answer, Assessment, Goal, ScreenerAnswer, StakeholderGroup
from assessments.results.build import build_document, freeze
from assessments.results.frozen import document_of
from tests import builders
from tests.builders import ratings, worked
from tests.builders.processes import opening

pytestmark = pytest.mark.django_db

SHOWN = {"evidence_text": "The minutes say who agreed.", "evidence_links": "https://example.org/minutes"}


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


def test_result_describes_its_own_process(draft: Assessment) -> None:
    for process, name in ((builders.process(), "Other"), (draft.process, "Own")):
        StakeholderGroup.objects.create(process=process, name=name)
        Goal.objects.create(process=process, text=name)
        ScreenerAnswer.objects.create(process=process, criterion="SU1", choice="yes", note=name)
    document = build_document(draft)
    assert document.process.groups == ["Own"]
    assert [goal.text for goal in document.goals] == [{"und": "Own"}]
    assert [line.note for line in document.screener.lines if line.note] == ["Own"]


def test_second_rating_is_not_in_a_result_before_both_have_finished(draft: Assessment) -> None:
    organiser = draft.process.created_by
    builders.answer(draft, "IT1a", 2, updated_by=organiser)
    ratings.rate(ratings.begun(draft, organiser), {"IT1a": 3})
    assert build_document(draft).second_rating is None


def test_evidence_lowers_what_counts_and_how_much_is_shown(draft: Assessment) -> None:
    """TV2."""
    worked.inclusiveness(draft, worked.EVIDENCE)
    document = build_document(draft)
    found = document.attribute("IT")
    assert (found.status, found.letter, found.provisional_because) == ("provisional", "L-", ["shown_share"])
    assert figures(found, "score", "claimed", "low", "high", "coverage", "shown_share") == [
        ("925/18", "51.4"),
        ("2375/36", "66.0"),
        ("235/6", "39.2"),
        ("2375/36", "66.0"),
        ("1", "100 %"),
        ("19/30", "63.3 %"),
    ]
    assert (found.applicable, found.answered, found.shown) == (9, 9, 5)
    assert {code: item.capped_because for code, item in document.items().items() if item.capped} == {
        "IT3b": "nothing_given",
        "IT4a": "nothing_given",
        "IT4b": "nothing_given",
        "IT5a": "only_described",
        "IT5c": "nothing_given",
    }
    assert not any(document.items()[code].shown for code in ("IT3b", "IT4a", "IT4b", "IT5c"))


def test_all_full_and_nothing_given_is_withheld(draft: Assessment) -> None:
    """TV21a: 1.0 printed 33.3 and a range of no width."""
    for code in ("CR1a", "CR1b", "CR1c"):
        builders.answer(draft, code, 3)
    found = build_document(draft).attribute("CR")
    assert (found.status, found.score, found.letter) == ("withheld", None, None)
    assert figures(found, "low", "high", "shown_share") == [("0", "0.0"), ("100", "100.0"), ("0", "0 %")]


def test_critical_item_at_full_counts_in_full_once_somebody_else_has_opened_it(draft: Assessment) -> None:
    """TV22: by the organiser's own word it is largely achieved."""
    author, other = builders.user(), builders.user()
    answer = builders.answer(draft, "CR1a", 3, evidence_source="survey", **SHOWN)
    answer.history.update(user=author)
    item = build_document(draft).items()["CR1a"]
    assert (item.counted, item.capped_because, item.opened_on) == (item_value(Fraction(2, 3)), "not_opened", None)
    opening(answer, author)
    assert build_document(draft).items()["CR1a"].capped_because == "not_opened"
    opening(answer, other)
    item = build_document(draft).items()["CR1a"]
    assert (item.counted, item.capped_because, item.opened_on) == (item_value(Fraction(1)), "", "2026-03-09")
    assert [(line.on, line.shows) for line in item.openings] == [("2026-03-09", True)]
    opening(answer, other, outcome="shows_not")
    item = build_document(draft).items()["CR1a"]
    assert (item.grade, item.capped_because, item.openings[0].shows) == ("E1", "only_described", False)


def test_what_could_not_be_opened_counts_as_not_opened_whatever_was_found_before(draft: Assessment) -> None:
    other = builders.user()
    answer = builders.answer(draft, "CR1a", 3, evidence_source="survey", **SHOWN)
    opening(answer, other)
    assert build_document(draft).items()["CR1a"].counted == item_value(Fraction(1))
    opening(answer, other, outcome="cannot")
    document = build_document(draft)
    item = document.items()["CR1a"]
    assert (item.grade, item.counted, item.capped_because) == ("E2", item_value(Fraction(2, 3)), "not_opened")
    assert (item.opened_on, item.openings[0].opened, item.openings[0].shows) == (None, False, False)
    assert document.transparency.opened == 0
    opening(answer, other)
    assert build_document(draft).items()["CR1a"].counted == item_value(Fraction(1))


def test_opening_counts_no_more_once_the_sentence_changed(draft: Assessment) -> None:
    answer = builders.answer(draft, "IT1a", 3, **SHOWN)
    opening(answer, builders.user())
    assert build_document(draft).items()["IT1a"].opened_on == "2026-03-09"
    answer.evidence_text = "The list of who took part, page 3."
    answer.save()
    item = build_document(draft).items()["IT1a"]
    assert (item.opened_on, item.openings, item.capped_because) == (None, [], "not_opened")


def test_not_applicable_and_unknown_items_shrink_scope_and_coverage(draft: Assessment) -> None:
    worked.decisions(draft)
    document = build_document(draft)
    found = document.attribute("ED")
    assert (found.status, found.letter) == ("shown", "L-")
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
    worked.give_all(draft, raw)
    opening(Answer.objects.get(item__code="IT5a"))
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
    # Words of the application are not frozen: they are said as they are when the document is read.
    assert item.options[1].state_label == {}


def test_nothing_answered_leaves_every_attribute_withheld(draft: Assessment) -> None:
    document = build_document(draft)
    assert [(a.code, a.status, a.score, a.coverage.printed) for a in document.attributes] == [
        ("IT", "withheld", None, "0 %"),
        ("CR", "withheld", None, "0 %"),
        ("ED", "withheld", None, "0 %"),
        ("CO", "withheld", None, "0 %"),
    ]
    assert (document.weakest, document.index, document.steps.strengths) == ([], None, [])
    assert len(document.unknown) == document.open_counts.items_not_known == 30
    # Everything is to be found out; no more than two of that come first.
    assert {step.kind for step in document.steps.steps} == {"find_out"}
    assert [step.item for step in document.steps.head] == ["CR1a", "ED3a"]


def test_contributions_add_up_to_the_score(draft: Assessment) -> None:
    worked.everything(draft)
    for attribute in build_document(draft).attributes:
        items = [item for question in attribute.questions for item in question.items if item.contribution]
        assert attribute.score
        assert sum(Fraction(item.contribution.exact) for item in items) == Fraction(attribute.score.exact)


def test_steps_come_by_level_and_strengths_are_none_of_them(draft: Assessment) -> None:
    worked.everything(draft)
    document = build_document(draft)
    assert document.steps.strengths == ["CO2a", "ED4b", "IT5b"]
    assert [(step.item, step.level) for step in document.steps.head] == [
        ("ED1b", "?"), ("ED4c", "?"), ("CR1c", "P"), ("IT5c", "P"), ("CO3b", "P"),
    ]  # fmt: skip
    assert not {step.item for step in document.steps.steps} & set(document.steps.strengths)
    assert document.weakest == ["IT"]
    assert document.index is None  # IT is provisional
    assert not document.steps.all_full


def test_steps_put_not_achieved_first_then_critical_items(draft: Assessment) -> None:
    worked.give_all(draft, {"IT1a": 1, "CR1b": 1, "ED3a": 0, "CO4a": 0, "CO4b": 2})
    steps = build_document(draft).steps
    assert [(step.item, step.level) for step in steps.head] == [
        ("ED3a", "N"), ("CO4a", "N"), ("CR1a", "?"), ("ED1a", "?"), ("IT1a", "P"),
    ]  # fmt: skip


def test_resource_stands_in_texts_but_never_in_verbatim_questions(draft: Assessment) -> None:
    draft.process.resource = "the river basin"
    worked.everything(draft)
    document = build_document(draft)
    assert "{resource}" not in canonical_json(document).decode()
    texts = [item.text["en"] for item in document.items().values()]
    assert any("the river basin" in text for text in texts)
    assert not any("the river basin" in q.verbatim["en"] for a in document.attributes for q in a.questions)


def test_steps_carry_what_to_do_and_what_would_show_it(draft: Assessment) -> None:
    worked.everything(draft)
    document = build_document(draft)
    found = {step.item: step for step in document.steps.steps}
    assert (found["CR1c"].kind, found["CR1c"].reason, found["CR1c"].level) == ("improve_it", "below_top", "P")
    assert {text.trigger for text in found["CR1c"].texts} == {"NP"}
    assert all(text.basis_quote["en"] for text in found["CR1c"].texts)
    assert found["CR1c"].settle_by == {}
    assert (found["ED1b"].kind, found["ED1b"].texts) == ("find_out", [])
    assert found["ED1b"].settle_by["en"]
    # Claimed and capped: what is asked for is to show it, never to do what is said to be done.
    shown = found["IT4a"]
    assert (shown.kind, shown.capped_because, shown.texts) == ("show_it", "nothing_given", [])
    assert (shown.claimed_letter, shown.letter) == ("L", "P")
    assert shown.settle_by["en"]
    assert "ED4b" not in found


def test_query_count_does_not_depend_on_the_answers(draft: Assessment) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            build_document(Assessment.objects.get(pk=draft.pk))
        return len(queries) - 1

    build_document(draft)
    empty = count()
    worked.everything(draft)
    assert count() == empty
    for answer in draft.responses.get().answers.exclude(evidence_links="")[:5]:
        opening(answer, builders.user())
    # The history of what was opened, however much it is.
    assert count() == empty + 1
    assert empty <= 11


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
