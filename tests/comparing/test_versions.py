"""Results of different versions of a question set side by side (method 3.10)."""

import json
import re
from html import unescape
from typing import Any

import pytest

from assessments.comparing.build import build_comparison
from assessments.documents.comparison import ComparisonDocument, MatchedAttribute, Pair
from assessments.documents.result import ResultDocument
from assessments.models import Assessment, Process
from assessments.reports.html import render_html
from assessments.results.build import freeze
from assessments.results.frozen import document_of
from attributes.catalogue.published import catalogue_of
from attributes.models import QuestionSet
from tests import builders
from tests.builders import worked
from tests.builders.versions import next_version

pytestmark = pytest.mark.django_db

CO = worked.COLLABORATION


def assessed(
    name: str, levels: dict[str, int] | None = None, version: QuestionSet | None = None, process: Process | None = None
) -> ResultDocument:
    """The frozen result of a process whose items are all answered, some at other levels; level -1 is don't know."""
    organiser = builders.user()
    process = process or builders.process(organiser=organiser, name=name)
    assessment = builders.assessment(process, question_set=version or builders.question_set())
    return document_of(freeze(assessment=answered(assessment, levels or {}), number=1, user=organiser))


def answered(assessment: Assessment, levels: dict[str, int]) -> Assessment:
    plain = dict.fromkeys(("ED1a", "ED1b", "ED2a", "ED3a", "ED4a", "ED4b", "ED4c", "ED4d"), 2)
    given: dict[str, Any] = {**worked.INCLUSIVENESS, **plain, **worked.RESPONSIBILITY, **CO, **levels}
    asked = {item.code for item in catalogue_of(assessment.question_set).items.values()}
    for code, value in given.items():
        if code in asked and value == -1:
            builders.answer(assessment, code, state="dont_know")
        elif code in asked:
            worked.give(assessment, code, value)
    return assessment


def on(pair: Pair, attribute: str) -> MatchedAttribute:
    found = pair.matched.attribute(attribute) if pair.matched else None
    assert found
    return found


def shares(found: MatchedAttribute) -> tuple[str, str]:
    return found.first_share.exact, found.second_share.exact


def scores(found: MatchedAttribute) -> tuple[str | None, str | None]:
    return found.first and found.first.exact, found.second and found.second.exact


def compared(*results: ResultDocument) -> ComparisonDocument:
    """The comparison, through its stored form and back."""
    document = build_comparison(results)
    stored = json.loads(json.dumps(document.model_dump(mode="json")))
    assert ComparisonDocument.model_validate(stored) == document
    return document


def test_two_versions_are_compared_on_matched_items() -> None:
    newer = next_version()
    document = compared(assessed("A"), assessed("B", {"IT1a": 0, "CO4b": 3, "ED2b": 0}, newer))
    pair = document.pairs[0]
    assert document.format == "msgov-comparison/2"
    assert pair.matched
    assert pair.matched.kind == "versions"
    assert shares(on(pair, "IT")) == ("4/5", "4/5")
    assert shares(on(pair, "CR")) == ("1", "1")
    assert shares(on(pair, "ED")) == ("1", "7/8")
    assert shares(on(pair, "CO")) == ("7/8", "1")
    # IT1a is N in one and L in the other, but it is not the same item; the rest is answered alike.
    assert [entry.difference and entry.difference.exact for entry in pair.differences] == ["0", "0", "0", "0"]
    assert pair.verdict == "no_meaningful_difference"
    first, second = (process.attribute("IT") for process in document.processes)
    assert first
    assert second
    assert (first.score, second.score) != (on(pair, "IT").first, on(pair, "IT").second)
    assert first.score != second.score


def test_versions_say_which_items_do_not_count_and_why() -> None:
    document = compared(assessed("A"), assessed("B", version=next_version()))
    (versions,) = document.versions
    assert (versions.older, versions.newer, versions.same) == ("1.0.0", "1.1.0", False)
    assert [
        (part.attribute, part.older_share.printed, part.newer_share.printed, [(i.code, i.why) for i in part.unmatched])
        for part in versions.attributes
    ] == [
        ("IT", "80 %", "80 %", [("IT1a", "reworded")]),
        ("CR", "100 %", "100 %", []),
        ("ED", "100 %", "87.5 %", [("ED2b", "new")]),
        ("CO", "87.5 %", "100 %", [("CO4b", "gone")]),
    ]


def test_below_two_thirds_is_not_comparable_and_leaves_the_verdict_open() -> None:
    newer = next_version(reworded=("CR1a", "CR1b"), gone=(), copied={})
    pair = compared(assessed("A", {"CR1c": 3}), assessed("B", {"CR1c": 0}, newer)).pairs[0]
    assert (on(pair, "CR").reason, shares(on(pair, "CR"))) == ("matched_share", ("1/3", "1/3"))
    assert scores(on(pair, "CR")) == (None, None)
    assert (pair.not_compared, pair.verdict) == (["CR"], "not_comparable")


def test_exactly_two_thirds_are_compared() -> None:
    newer = next_version(reworded=("CR1a",), gone=(), copied={})
    pair = compared(assessed("A", {"CR1b": 3, "CR1c": 3}), assessed("B", {"CR1b": 1, "CR1c": 1}, newer)).pairs[0]
    assert shares(on(pair, "CR")) == ("2/3", "2/3")
    assert scores(on(pair, "CR")) == ("100", "100/3")
    assert (on(pair, "CR").step.exact, on(pair, "CR").step.printed) == ("50/3", "16.7")
    assert (pair.differences[1].meaningful, pair.differences[1].robust) == (True, True)
    assert pair.first_ahead_on == ["CR"]


def test_sides_do_not_depend_on_which_version_is_newer() -> None:
    newer = next_version()
    a = assessed("A", {"CR1a": 3, "IT4a": 3})
    b = assessed("B", {"CR1a": 0, "IT4a": 0}, newer)
    renamed = b.model_copy(update={"process": b.process.model_copy(update={"name": "0"})})
    one, other = compared(a, b).pairs[0], compared(a, renamed).pairs[0]
    assert (one.first, one.second) == (other.second, other.first)
    for code in ("IT", "CR", "ED", "CO"):
        assert scores(on(one, code)) == scores(on(other, code))[::-1]
        assert shares(on(one, code)) == shares(on(other, code))[::-1]
    assert (one.first_ahead_on, one.verdict) == (other.second_ahead_on, "first_ahead")
    assert other.verdict == "second_ahead"


def test_unknown_answers_between_processes_widen_the_range_as_ever() -> None:
    newer = next_version(reworded=("IT1a",), gone=(), copied={})
    strong = dict.fromkeys(CO, 3)
    weak = dict.fromkeys(CO, 0) | {"CO1a": -1, "CO1b": -1}
    pair = compared(assessed("A", strong), assessed("B", weak, newer)).pairs[0]
    assert shares(on(pair, "CO")) == ("1", "1")
    assert scores(on(pair, "CO")) == ("100", "0")
    assert on(pair, "CO").not_answered == []


def test_score_that_is_withheld_is_not_compared_on_fewer_items_either() -> None:
    newer = next_version(reworded=("CR1b",), gone=(), copied={})
    pair = compared(assessed("A", {"CR1a": -1, "CR1b": -1}), assessed("B", version=newer)).pairs[0]
    assert on(pair, "CR").reason == "withheld"


def test_too_much_unknown_of_what_is_matched_is_not_compared() -> None:
    # Half of CO is known, and two thirds of that is reworded: on the rest a third is known.
    newer = next_version(reworded=("CO2a", "CO2b"), gone=(), copied={})
    unknown = dict.fromkeys(("CO1a", "CO1b", "CO1c", "CO1d", "CO3a", "CO3b"), -1)
    document = compared(assessed("A", unknown), assessed("B", version=newer))
    own = document.processes[0].attribute("CO")
    assert own
    assert (own.coverage.exact, own.not_compared) == ("1/2", None)
    found = on(document.pairs[0], "CO")
    assert (found.reason, shares(found)) == ("withheld", ("3/4", "3/4"))


def test_same_version_is_compared_as_before_and_written_as_before() -> None:
    document = compared(assessed("A", {"CR1a": 3}), assessed("B"))
    stored = document.model_dump(mode="json")
    assert (document.format, document.versions, document.pairs[0].matched) == ("msgov-comparison/1", [], None)
    assert "versions" not in stored
    assert "matched" not in stored["pairs"][0]


def test_patch_version_is_compared_on_everything() -> None:
    patch = next_version("1.0.1", reworded=(), gone=(), copied={})
    levels = {"CR1a": 3, "IT4a": -1, "CO1b": -1}
    mixed = compared(assessed("A", levels), assessed("B", version=patch))
    plain = compared(assessed("A", levels), assessed("B"))
    assert [(entry.same, entry.attributes) for entry in mixed.versions] == [(True, [])]
    assert mixed.pairs[0].matched is None
    for field in ("differences", "first_ahead_on", "second_ahead_on", "not_compared", "verdict"):
        assert getattr(mixed.pairs[0], field) == getattr(plain.pairs[0], field)


def test_pairs_of_one_version_stay_what_they_are_beside_another_version() -> None:
    a, b, c = assessed("A", {"CR1a": 3}), assessed("B"), assessed("C", version=next_version())
    alone, beside = compared(a, b).pairs[0], compared(a, b, c).pairs
    assert beside[0].matched is None
    assert beside[0].differences == alone.differences
    assert beside[0].verdict == alone.verdict
    assert [pair.matched is not None for pair in beside] == [False, True, True]


def test_rounds_of_one_process_are_compared_on_what_was_answered_both_times() -> None:
    process = builders.process(organiser=builders.user(), name="A")
    first = assessed("A", {"CO1a": -1, "CR1c": 0}, process=process)
    second = assessed("A", {"IT1a": 3, "CR1c": 3}, next_version(), process=process)
    document = compared(first, second)
    assert [(entry.name, entry.round) for entry in document.processes] == [("A", 2), ("A", 1)]
    assert document.excluded == []
    pair = document.pairs[0]
    assert pair.matched
    assert pair.matched.kind == "rounds"
    # CO1a was not known the first time, CO4b is gone.
    assert [(item.code, item.why) for item in on(pair, "CO").not_answered] == [("CO1a", "not_answered")]
    assert shares(on(pair, "CO")) == ("15/16", "13/16")
    assert scores(on(pair, "CR")) == ("700/9", "400/9")
    assert (pair.first_ahead_on, pair.differences[1].robust) == (["CR"], False)


def test_rounds_on_one_version_are_left_out_as_before() -> None:
    process = builders.process(organiser=builders.user(), name="A")
    rounds = [assessed("A", process=process), assessed("A", process=process)]
    document = compared(*rounds, assessed("A", version=next_version(), process=process))
    assert [(entry.round, entry.reason) for entry in document.excluded] == [(1, "another_round")]
    assert len(document.pairs) == 1


def test_process_with_two_rounds_counts_once_in_what_is_learnt() -> None:
    process = builders.process(organiser=builders.user(), name="A")
    low, high = {"CO2a": 0}, {"CO2a": 3}
    first = assessed("A", low, process=process)
    second = assessed("A", low, next_version(), process=process)
    document = compared(first, second, assessed("B", high))
    assert "CO2a" not in [entry.item for entry in document.shared_weaknesses]
    (learnt,) = [entry for entry in document.learn_from if entry.item == "CO2a"]
    assert [standing.code for standing in learnt.learners] == [second.assessment.code]


def test_result_that_cannot_be_rebuilt_is_not_compared_across_versions() -> None:
    first, second = assessed("A"), assessed("B", version=next_version())
    content = first.model_dump(mode="json")
    for item in (i for a in content["attributes"] for q in a["questions"] for i in q["items"]):
        item["states"] = []
    document = compared(ResultDocument.model_validate(content), second)
    assert {entry.reason for entry in document.pairs[0].matched.attributes} == {"not_rebuilt"}  # type: ignore[union-attr]
    assert document.pairs[0].verdict == "not_comparable"


def test_versions_are_sorted_by_number() -> None:
    versions = [next_version(version, reworded=(), gone=(), copied={}) for version in ("1.10.0", "1.9.0")]
    document = compared(*(assessed(name, version=version) for name, version in zip("AB", versions, strict=True)))
    assert [(entry.older, entry.newer) for entry in document.versions] == [("1.9.0", "1.10.0")]


def printed(document: ComparisonDocument) -> str:
    html = render_html(document, "en")
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_report_shows_shares_reasons_and_matched_scores_beside_full_ones() -> None:
    newer = next_version(reworded=("IT1a", "CR1a", "CR1b"))
    first, second = assessed("A", {"IT4a": 3}), assessed("B", {"IT4a": 0}, newer)
    document = compared(first, second)
    text = printed(document)
    assert "What versions 1.0.0 and 1.1.0 have in common, as shares of the weight in each" in text
    assert "Inclusiveness and transparency 80 % 80 % reworded: IT1a Affected people can take part" in text
    assert "gone: CO4b Best practices adopted" in text
    assert "A and B: the versions have less than two thirds of it in common (33.3 % and 33.3 %)" in text
    found = on(document.pairs[0], "IT")
    assert found.first
    assert found.second
    full = [process.attribute("IT").score.printed for process in document.processes]  # type: ignore[union-attr]
    own = [result.attribute("IT").score.printed for result in (first, second)]  # type: ignore[union-attr]
    assert full == own
    assert f"80 % 80 % {full[0]} {full[1]} {found.first.printed} {found.second.printed} ● 12.5" in text


def test_report_of_rounds_says_so_and_what_was_not_answered_both_times() -> None:
    process = builders.process(organiser=builders.user(), name="A")
    first = assessed("A", {"CO1a": -1, "CR1c": 0}, process=process)
    second = assessed("A", {"CR1c": 3}, next_version(), process=process)
    text = printed(compared(first, second))
    assert "A, round 2 is ahead of A, round 1 (33.3)." in text
    assert "not answered both times: CO1a" in text
    assert "ranges overlap" not in text


def test_comparison_stored_before_versions_were_matched_is_still_read_and_drawn() -> None:
    stored = build_comparison([assessed("A"), assessed("B")]).model_dump(mode="json")
    stored["mixed_versions"] = True
    document = ComparisonDocument.model_validate(stored)
    assert document.model_dump(mode="json") == stored
    assert "The versions differ in wording: items are matched by code and revision." in printed(document)
