"""The round before, as results and reports of the later one show it."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from assessments.documents.comparison import AttributeHead
from assessments.documents.last_time import LastTimePart
from assessments.documents.result import ResultDocument
from assessments.matching.last_time import last_time
from assessments.matching.over_time import confirmed_items, rounds_pair
from assessments.matching.versions import AskedMatches, Inputs
from assessments.models import Assessment, Process
from assessments.results.build import freeze
from assessments.results.frozen import document_of
from assessments.results.last_time import last_time_of
from assessments.scoring.comparison import RaterNoise
from assessments.vocabulary import AssessmentState
from tests import builders
from tests.comparing.given import answered

pytestmark = pytest.mark.django_db


def round_of(process: Process, levels: dict[str, Any], number: int, **fields: Any) -> Assessment:
    assessment = builders.assessment(process, round=number, state=AssessmentState.SUBMITTED, **fields)
    answered(assessment, levels)
    freeze(assessment=assessment, number=1, user=process.created_by)
    return assessment


def two_rounds() -> tuple[Assessment, Assessment]:
    process = builders.process()
    before = round_of(process, {}, 1, title="Spring")
    # Two of the three items of responsibility, and one of collaboration.
    return before, round_of(process, {"CR1a": 3, "CR1b": 3, "CR1c": 3, "CO4b": 2}, 2)


def of(part: LastTimePart | None, code: str) -> tuple[str, str | None]:
    assert part is not None
    found = part.attribute(code)
    assert found is not None
    return found.verdict, found.why


def document(assessment: Assessment) -> ResultDocument:
    return document_of(assessment.results.get())


def test_the_round_before_is_named_with_what_it_said_and_what_moved() -> None:
    before, after = two_rounds()
    part = last_time_of(after)

    assert part is not None
    assert (part.code, part.title, part.round) == (before.code, "Spring", 1)
    assert [entry.code for entry in part.attributes] == ["IT", "CR", "ED", "CO"]
    then = document(before).attribute("CR")
    assert part.attribute("CR") == part.attributes[1]
    assert (part.attributes[1].letter, part.attributes[1].score) == (then.letter, then.score)
    assert of(part, "CR") == ("better", None)
    assert of(part, "IT") == ("within_re_rating", None)
    assert part.with_verdict("better") == ["CR"]
    assert {item.item for item in part.moved} >= {"CR1a", "CR1b"}
    assert part.attribute("XX") is None


def test_a_round_that_is_a_draft_or_comes_later_is_not_the_one_before() -> None:
    before, after = two_rounds()

    assert last_time_of(before) is None
    Assessment.objects.filter(pk=before.pk).update(state=AssessmentState.DRAFT)
    assert last_time_of(after) is None


def test_the_last_of_several_rounds_is_the_one_before() -> None:
    before, after = two_rounds()
    third = round_of(before.process, {"CR1a": 0, "CR1b": 0, "CR1c": 0}, 3)
    part = last_time_of(third)

    assert part is not None
    assert part.code == after.code
    assert of(part, "CR") == ("lower", None)


@pytest.mark.parametrize(
    ("part", "change", "why"),
    [
        ("question_set", {"version": "2.0.0"}, "major_version"),
        ("question_set", {"slug": "another-set"}, "question_set"),
        ("assessment", {"assurance": "reviewed"}, "assurance"),
    ],
)
def test_what_the_rule_does_not_hold_for_is_not_compared(part: str, change: dict[str, str], why: str) -> None:
    before, after = (document(assessment) for assessment in two_rounds())
    changed = before.model_copy(update={part: getattr(before, part).model_copy(update=change)})
    found = last_time(changed, after, {})

    assert {(entry.verdict, entry.why) for entry in found.attributes} == {("not_compared", why)}
    assert found.moved == []
    # Codes of another set mean something else.
    assert (found.attributes[0].score is None) == (why == "question_set")


def test_a_method_that_is_not_known_is_not_compared() -> None:
    before, after = (document(assessment) for assessment in two_rounds())
    found = last_time(before.model_copy(update={"method_version": "9.0.0"}), after, {})

    assert {entry.why for entry in found.attributes} == {"unknown_method"}


def test_an_attribute_that_is_new_is_not_compared() -> None:
    before, after = (document(assessment) for assessment in two_rounds())
    fewer = before.model_copy(update={"attributes": before.attributes[1:]})
    found = last_time(fewer, after, {})

    assert of(found, "IT")[0] == "not_compared"
    assert (found.attributes[0].letter, found.attributes[0].score) == (None, None)


def test_who_rated_decides_on_the_noise() -> None:
    before, after = two_rounds()
    part = last_time_of(after)
    others = last_time(document(before), document(after), {})

    assert part is not None
    assert of(part, "CR")[0] == "better"
    assert {entry.verdict for entry in others.attributes} <= {"better", "within_re_rating"}


def test_an_earlier_round_takes_four_queries_however_many_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    before, after = two_rounds()
    third = round_of(before.process, {}, 3)
    for assessment, queries in ((before, 1), (after, 4), (third, 4)):
        found = Assessment.objects.get(pk=assessment.pk)
        with django_assert_num_queries(queries):
            last_time_of(found)
    shown = document(third)
    with django_assert_num_queries(4):
        last_time_of(third, shown)


def test_answers_that_are_the_same_on_the_same_documents_were_only_confirmed() -> None:
    """Not counted: another level, another document. Counted: the same with other words, and another spelling."""
    process = builders.process()
    rounds = []
    for number in (1, 2):
        assessment = builders.assessment(process, round=number, state=AssessmentState.SUBMITTED)
        links = {"CR1a": f"https://example.org/{number}", "CR1b": "https://Example.org/b#p1", "CR1c": ""}
        if number == 2:
            links["CR1b"] = "http://example.org/b/"
        for code, link in links.items():
            level = number if code == "CR1c" else 2
            builders.answer(assessment, code, level, evidence_links=link, evidence_text=f"Said in round {number}.")
        freeze(assessment=assessment, number=1, user=process.created_by)
        rounds.append(Inputs(document(assessment)))
    assert set(confirmed_items(rounds[0].items, rounds[1].items)) & {"CR1a", "CR1b", "CR1c"} == {"CR1b"}
    heads = [AttributeHead(code="CR", slug="cr", title={"en": "CR"})]
    pair = rounds_pair(*rounds, heads, AskedMatches(rounds), {}, RaterNoise())
    assert pair.attributes[0].confirmed == 1
    assert "confirmed" not in pair.attributes[0].model_copy(update={"confirmed": 0}).model_dump()
