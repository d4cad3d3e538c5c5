"""Rounds of one process (method 3.10, TV11 and TV31), through stored answers and frozen results."""

import json
import re
from fractions import Fraction
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.documents.comparison_parts import RoundAttribute
from assessments.documents.over_time import OverTimeDocument
from assessments.documents.result import ResultDocument
from assessments.matching.raters import raters_of
from assessments.models import Answer, AnswerVersion, Assessment, Process
from assessments.over_time.build import build_over_time
from assessments.over_time.sentences import round_noise
from assessments.reports.content import report_over_time
from assessments.reports.html import render_html
from assessments.results.build import freeze
from assessments.results.frozen import document_of
from attributes.catalogue.published import catalogue_of
from attributes.models import QuestionSet
from tests import builders
from tests.builders import worked
from tests.builders.versions import next_version
from tests.comparing.given import assessed
from tests.scoring.given import valued
from tests.scoring.reference import expected, given
from tests.scoring.test_reference_comparison import words

pytestmark = pytest.mark.django_db


def row_value(code: str, value: Fraction) -> Any:
    """An answer that is worth this, as it is typed."""
    answer = valued(code, value)
    if answer.level is not None:
        return answer.level
    keys = [option.key for option in catalogue_of(builders.question_set()).items[code].options] or [""]
    return {key: (line.state, worked.REASON) for key, line in zip(keys, answer.options, strict=True)}


def evidence_of(claimed: Fraction, counted: Fraction) -> str:
    return "E2" if claimed == counted else "E0" if counted == Fraction(1, 3) else "E1"


def round_of(process: Process, case: dict[str, Any], wave: str, version: QuestionSet | None = None) -> ResultDocument:
    """A round with the answers of a vector, and nothing else answered."""
    assessment = builders.assessment(process, question_set=version or builders.question_set())
    counted = case[f"wave{wave}"]
    claimed = {code: Fraction(case.get(f"claimed{wave}", counted)[code]) for code in counted}
    worked.give_all(
        assessment,
        {code: row_value(code, credit) for code, credit in claimed.items()},
        {code: evidence_of(credit, Fraction(counted[code])) for code, credit in claimed.items()},
    )
    result = document_of(freeze(assessment=assessment, number=1, user=process.created_by))
    items = result.items()
    found = {code: items[code].counted.exact for code in case[f"wave{wave}"]}  # type: ignore[union-attr]
    assert found == case[f"wave{wave}"]
    return result


def compared(*results: ResultDocument, same_raters: bool = True, **more: Any) -> OverTimeDocument:
    """The rounds side by side, through their stored form and back."""
    raters = {result.assessment.code: dict.fromkeys(result.items(), 1) for result in results}
    document = build_over_time(results, raters=raters if same_raters else None, **more)
    assert document is not None
    stored = json.loads(json.dumps(document.model_dump(mode="json")))
    assert OverTimeDocument.model_validate(stored) == document
    return document


def entry_of(document: OverTimeDocument, attribute: str, number: int = 0) -> RoundAttribute:
    return next(entry for entry in document.steps[number].attributes if entry.attribute == attribute)


@pytest.mark.parametrize("name", ["TV11", "TV11b", "TV11d", "TV31", "TV31b"])
def test_tv11_and_tv31_two_rounds(name: str) -> None:
    case, wanted = given(name), expected(name)
    process = builders.process(organiser=builders.user())
    reworded = case.get("revision2")
    newer = next_version(reworded=tuple(reworded), gone=(), copied={}) if reworded else None
    rounds = round_of(process, case, "1"), round_of(process, case, "2", newer)
    document = compared(*rounds, same_raters=case.get("same_raters", True))
    found = entry_of(document, case["attribute"])
    share = [found.share_before.exact, found.share_after.exact]
    if found.verdict is None:
        assert {"status": "not comparable", "share": share} == wanted
        assert found.why == "little_in_common"
        return
    assert found.before
    assert found.after
    assert found.difference
    assert found.expected_moves is not None
    figures = {
        "status": "comparable",
        "share": share,
        "before": found.before.exact,
        "after": found.after.exact,
        "delta": found.difference.exact,
        "threshold": found.threshold,
        "verdict": words(found.verdict),
        "moved": {moved.item: words(moved.how) for moved in found.moved},
        "parts": {words(part.how): part.points.exact for part in found.parts},
        "unmatched_before": full(rounds[0], case["attribute"]),
        "unmatched_after": full(rounds[1], case["attribute"]),
    }
    assert {key: value for key, value in figures.items() if key in wanted} == {
        key: value for key, value in wanted.items() if key in figures
    }
    assert found.expected_moves == int(Fraction(wanted["expected_moves"]) + Fraction(1, 2))


def full(result: ResultDocument, attribute: str) -> str | None:
    score = result.attribute(attribute).score
    return score and score.exact


def test_rounds_on_one_version_are_compared() -> None:
    process = builders.process(organiser=builders.user(), name="A")
    document = compared(assessed("A", {"CR1a": 1}, process=process), assessed("A", {"CR1a": 2}, process=process))
    assert (document.left_out, len(document.steps), document.since_first, document.breaks) == ([], 1, [], [])
    assert [entry.round for entry in document.rounds] == [1, 2]
    found = entry_of(document, "CR")
    assert (found.verdict, found.items, found.same_raters) == ("within_re_rating", 3, True)
    assert [(moved.item, moved.how, moved.claimed_before, moved.claimed_after) for moved in found.moved] == [
        ("CR1a", "better_answer", "P", "L")
    ]


def test_the_same_round_again_never_changes() -> None:
    process = builders.process(organiser=builders.user(), name="A")
    document = compared(assessed("A", process=process), assessed("A", process=process))
    for entry in document.steps[0].attributes:
        assert (entry.difference and entry.difference.exact, entry.verdict) == ("0", "within_re_rating")
        assert (entry.parts, entry.moved, entry.unmatched) == ([], [], [])


def test_rounds_of_two_versions_say_what_was_not_answered_both_times() -> None:
    process = builders.process(organiser=builders.user(), name="A")
    first = assessed("A", {"CO1a": -1, "CR1a": 0, "CR1c": 0}, process=process)
    second = assessed("A", {"IT1a": 3, "CR1a": 2, "CR1c": 3}, next_version(), process=process)
    document = compared(first, second)
    found = entry_of(document, "CO")
    # CO1a was not known the first time, CO4b is gone.
    assert [(item.code, item.why) for item in found.unmatched] == [("CO1a", "not_answered"), ("CO4b", "gone")]
    assert (found.share_before.exact, found.share_after.exact) == ("13/16", "15/16")
    assert [(item.code, item.why) for item in entry_of(document, "IT").unmatched] == [("IT1a", "reworded")]
    cr = entry_of(document, "CR")
    assert (cr.before and cr.before.exact, cr.after and cr.after.exact, cr.verdict) == ("200/9", "700/9", "better")


def test_evidence_alone_is_said_to_be_what_changed() -> None:
    process = builders.process(organiser=builders.user(), name="A")
    claims = dict.fromkeys(("CR1a", "CR1b", "CR1c"), 2)
    before = assessed("A", claims, process=process, evidence=dict.fromkeys(claims, "E0"))
    after = assessed("A", claims, process=process)
    # Nothing is shown in the first: it has no score of this attribute, and still there is something to compare.
    assert before.attribute("CR").status == "withheld"
    found = entry_of(compared(before, after), "CR")
    assert (found.verdict, {moved.how for moved in found.moved}) == ("mostly_shown", {"better_shown"})
    assert [moved.new_links for moved in found.moved] == [[f"https://example.org/{code}"] for code in claims]


def test_three_rounds_each_with_the_one_before_and_with_the_first() -> None:
    process = builders.process(organiser=builders.user(), name="A")
    rounds = [assessed("A", {"CR1a": level}, process=process) for level in (0, 1, 2)]
    codes = [result.assessment.code for result in rounds]
    document = compared(*reversed(rounds))
    assert [(pair.earlier, pair.later) for pair in document.steps] == [(codes[0], codes[1]), (codes[1], codes[2])]
    assert [(pair.earlier, pair.later) for pair in document.since_first] == [(codes[0], codes[2])]


def test_result_that_cannot_be_rebuilt_is_not_compared() -> None:
    process = builders.process(organiser=builders.user(), name="A")
    first, second = (assessed("A", process=process) for _round in range(2))
    content = first.model_dump(mode="json")
    for item in (i for a in content["attributes"] for q in a["questions"] for i in q["items"]):
        item["states"] = []
    document = compared(ResultDocument.model_validate(content), second)
    assert {entry.why for entry in document.steps[0].attributes} == {"not_rebuilt"}


# --- Who rated ---------------------------------------------------------------------------------------------------


def two_rounds(first_by: Any, second_by: Any) -> list[Assessment]:
    process = builders.process(organiser=builders.user(), name="A")
    rounds = [builders.assessment(process) for _round in range(2)]
    for assessment, person in zip(rounds, (first_by, second_by), strict=True):
        worked.give_all(assessment, {"CR1a": 2, "CR1b": 2, "CR1c": 2})
        Answer.objects.filter(response__assessment=assessment).update(updated_by=person)
    return rounds


def test_who_set_a_level_is_who_saved_the_answer_last() -> None:
    ada, ben = builders.user(), builders.user()
    first, second = two_rounds(ada, ben)
    assert raters_of([first, second]) == {
        first.code: dict.fromkeys(("CR1a", "CR1b", "CR1c"), ada.pk),
        second.code: dict.fromkeys(("CR1a", "CR1b", "CR1c"), ben.pk),
    }


def test_nobody_is_asked_for_without_two_rounds_of_a_process(django_assert_num_queries: Any) -> None:
    first, _second = two_rounds(builders.user(), builders.user())
    other, _more = two_rounds(builders.user(), builders.user())
    with django_assert_num_queries(0):
        assert raters_of([first, other]) == {}


def test_answers_that_came_in_from_elsewhere_have_no_known_rater() -> None:
    """An archive is imported by one person, whoever gave the answers in it."""
    ada = builders.user()
    rounds = two_rounds(ada, ada)
    AnswerVersion.record(
        Answer.objects.filter(response__assessment=rounds[0]), user=ada, reason=AnswerVersion.Reason.IMPORTED
    )
    assert list(raters_of(rounds)) == [rounds[1].code]


@pytest.mark.parametrize(("others", "same", "threshold"), [(1, True, 19), (2, False, 27)])
def test_same_raters_on_at_least_half_of_the_weight(others: int, same: bool, threshold: int) -> None:
    process = builders.process(organiser=builders.user(), name="A")
    first, second = (assessed("A", process=process) for _round in range(2))
    codes = ("CR1a", "CR1b", "CR1c")
    raters = {
        first.assessment.code: dict.fromkeys(codes, 1),
        second.assessment.code: {code: 2 if number < others else 1 for number, code in enumerate(codes)},
    }
    document = build_over_time([first, second], raters=raters)
    assert document is not None
    found = entry_of(document, "CR")
    assert (found.same_raters, found.threshold) == (same, threshold)


def test_it_is_said_how_many_were_only_confirmed() -> None:
    process = builders.process(organiser=builders.user(), name="A")
    document = build_over_time([assessed("A", process=process) for _round in range(2)], raters={})
    assert document is not None
    entry = entry_of(document, "CR")
    assert round_noise(entry).endswith("3 items were only confirmed: answered as before, on the same documents.")
    assert "only confirmed" not in round_noise(entry.model_copy(update={"confirmed": 0}))


# --- On the page and on paper --------------------------------------------------------------------------------------


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", re.sub("</?bdi[^>]*>", "", html))))


def submitted_rounds(organiser: Any) -> list[Assessment]:
    process = builders.process(organiser=organiser, name="Northvale")
    rounds = []
    for levels in ({"CR1a": 1, "CR1b": 1, "CR1c": 1}, {"CR1a": 2, "CR1b": 3, "CR1c": 2}):
        assessment = builders.assessment(process)
        worked.give_all(assessment, levels)
        Answer.objects.filter(response__assessment=assessment).update(updated_by=organiser)
        freeze(assessment=assessment, number=1, user=organiser)
        assessment.state = "submitted" if rounds else "superseded"
        assessment.save()
        rounds.append(assessment)
    return rounds


SAID = (
    "What was answered both times, in round 1 and in round 2",
    "Rated by the same people: from 19 points on it is more than re-rating gives. "
    "Re-rating alone would move about 1 of 3 items.",
)


def test_page_says_what_moved(client: Client) -> None:
    organiser = builders.user()
    client.force_login(organiser)
    rounds = submitted_rounds(organiser)
    html = client.get(reverse("assessments:over-time", args=[rounds[0].process.code])).content.decode()
    page = plain(html)
    assert "<h1><bdi>Northvale</bdi> over time</h1>" in html
    for words_said in (
        *SAID,
        "33 → 78 better better answer +44",
        "Shared responsibility Collective responsibility P → L better answer",
    ):
        assert words_said in page
    assert "3 items that moved by round 2" in page
    assert "Nobody said why any of them moved." in page
    assert "Collective responsibility is better than last time; of no other attribute can that be said." in page
    assert "Of 3 items answered both times, 3 moved; rating again alone would move about 1." in page
    assert "SELF-ASSESSED, NOT REVIEWED" in page


def test_report_says_the_same() -> None:
    rounds = submitted_rounds(builders.user())
    text = plain(render_html(report_over_time(rounds[0].process), "en"))
    for words_said in SAID:
        assert words_said in text
    assert "Northvale over time" in text
    assert "Collective responsibility 33 78 better better answer +44" in text
