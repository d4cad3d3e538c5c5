"""Comparisons through documents (method 3.10, TV12)."""

from fractions import Fraction

import pytest

from assessments.comparing.build import build_comparison
from assessments.documents.comparison import ComparisonDocument
from assessments.documents.result import ResultDocument
from assessments.documents.values import Figure, points, share
from tests.builders import samples

CODES = ("IT", "CR", "ED", "CO")


def document(
    name: str, code: str, scores: tuple[int, ...] | None = None, *, margin: int = 0, status: str = "final"
) -> ResultDocument:
    """A document with these scores, each in a range of the given margin."""
    found = samples.result(name, code=code, status=status, default=lambda index: samples.Given())
    if scores is not None:
        attributes = [
            attribute.model_copy(
                update={
                    "status": "shown",
                    "score": points(Fraction(score)),
                    "low": points(Fraction(score - margin)),
                    "high": points(Fraction(score + margin)),
                }
            )
            for attribute, score in zip(found.attributes, scores, strict=True)
        ]
        found = found.model_copy(update={"attributes": attributes})
    process = found.process.model_copy(update={"code": f"p-{code}"})
    return found.model_copy(update={"process": process})


def changed(result: ResultDocument, attribute: str, **fields: object) -> ResultDocument:
    attributes = [entry.model_copy(update=fields) if entry.code == attribute else entry for entry in result.attributes]
    return result.model_copy(update={"attributes": attributes})


def two(first: tuple[int, ...], second: tuple[int, ...]) -> ComparisonDocument:
    return build_comparison([document("A", "a", first), document("B", "b", second)])


def test_first_is_ahead_where_meaningful_and_behind_nowhere() -> None:
    pair = two((72, 61, 58, 66), (60, 66, 40, 70)).pairs[0]
    assert (pair.verdict, pair.first_ahead_on, pair.second_ahead_on) == ("first_ahead", ["IT", "ED"], [])
    assert [(d.attribute, d.difference and d.difference.printed, d.meaningful) for d in pair.differences] == [
        ("IT", "12.0", True),
        ("CR", "-5.0", False),
        ("ED", "18.0", True),
        ("CO", "-4.0", False),
    ]


def test_mixed_where_each_is_ahead_somewhere() -> None:
    pair = two((72, 61, 58, 66), (58, 75, 57, 66)).pairs[0]
    assert (pair.verdict, pair.first_ahead_on, pair.second_ahead_on) == ("mixed", ["IT"], ["CR"])


def test_small_differences_mean_nothing() -> None:
    assert two((60, 66, 40, 70), (65, 66, 40, 70)).pairs[0].verdict == "no_meaningful_difference"


def test_one_step_of_the_heaviest_item_is_no_difference() -> None:
    assert not two((60, 61, 50, 50), (60, 50, 50, 50)).pairs[0].differences[1].meaningful


def test_robust_only_if_ranges_do_not_overlap() -> None:
    apart = build_comparison(
        [document("A", "a", (72, 61, 58, 66), margin=5), document("B", "b", (60, 61, 58, 66), margin=5)]
    )
    near = build_comparison(
        [document("A", "a", (72, 61, 58, 66), margin=7), document("B", "b", (60, 61, 58, 66), margin=7)]
    )
    assert [c.pairs[0].differences[0].robust for c in (apart, near)] == [True, False]


def test_processes_stand_in_alphabetical_order() -> None:
    comparison = build_comparison([document("zebra", "a"), document("Apple", "b"), document("mango", "c")])
    assert [process.name for process in comparison.processes] == ["Apple", "mango", "zebra"]
    assert [(pair.first, pair.second) for pair in comparison.pairs] == [("b", "c"), ("b", "a"), ("c", "a")]


def test_withheld_attribute_is_not_compared_and_leaves_the_verdict_open() -> None:
    first = changed(document("A", "a", (72, 61, 58, 66)), "CR", status="withheld", score=None, letter=None)
    pair = build_comparison([first, document("B", "b", (60, 61, 58, 66))]).pairs[0]
    assert (pair.verdict, pair.not_compared, pair.differences[1].difference) == ("not_comparable", ["CR"], None)


def test_reduced_scope_is_not_compared() -> None:
    first = changed(document("A", "a"), "ED", scope=share(Fraction(1, 2)), reduced_scope=True)
    comparison = build_comparison([first, document("B", "b")])
    found = comparison.process("a").attribute("ED")
    assert found
    assert found.not_compared == "reduced_scope"
    assert comparison.pairs[0].not_compared == ["ED"]


def test_provisional_scores_are_compared() -> None:
    first = changed(document("A", "a", (72, 61, 58, 66)), "IT", status="provisional")
    pair = build_comparison([first, document("B", "b", (50, 61, 58, 66))]).pairs[0]
    assert pair.first_ahead_on == ["IT"]


@pytest.mark.parametrize(
    ("version", "slug", "reason"),
    [("2.0.0", None, "major_version"), ("1.0.0", "another", "question_set"), ("1.3.0", None, None)],
)
def test_other_versions_are_left_out_with_the_reason(version: str, slug: str | None, reason: str | None) -> None:
    other = document("C", "c")
    update = {"version": version, **({"slug": slug} if slug else {})}
    other = other.model_copy(update={"question_set": other.question_set.model_copy(update=update)})
    comparison = build_comparison([document("A", "a"), document("B", "b"), other])
    assert [entry.reason for entry in comparison.excluded] == ([reason] if reason else [])
    assert comparison.mixed_versions == (reason is None)


def test_draft_is_left_out() -> None:
    comparison = build_comparison([document("A", "a"), document("B", "b", status="draft")])
    assert [(entry.code, entry.reason) for entry in comparison.excluded] == [("b", "draft")]
    assert comparison.pairs == []


def test_result_without_any_score_is_left_out() -> None:
    empty = document("C", "c")
    for code in CODES:
        empty = changed(empty, code, status="withheld", score=None, letter=None)
    comparison = build_comparison([document("A", "a"), document("B", "b"), empty])
    assert [entry.reason for entry in comparison.excluded] == ["no_score"]


def test_of_two_rounds_of_a_process_the_later_is_compared() -> None:
    first = document("A", "a")
    second = document("A", "b")
    second = second.model_copy(
        update={"process": first.process, "assessment": second.assessment.model_copy(update={"round": 9})}
    )
    comparison = build_comparison([first, second, document("B", "c")])
    assert [(entry.code, entry.reason) for entry in comparison.excluded] == [("a", "another_round")]


def test_more_than_five_processes_list_no_verdicts() -> None:
    comparison = build_comparison([document(f"P{n}", f"c{n}") for n in range(6)])
    assert (comparison.list_pairs, len(comparison.pairs)) == (False, 15)


def test_learning_needs_a_link_that_shows_it() -> None:
    def result(code: str, **given: samples.Given) -> ResultDocument:
        found = samples.result(code.upper(), given, code=code, default=lambda index: samples.Given())
        return found.model_copy(update={"process": found.process.model_copy(update={"code": code})})

    shown = result("a", IT1a=samples.Given(level=3), CR1a=samples.Given(level=3, links=["minutes, page 3"]))
    weak = result("b", IT1a=samples.Given(level=1), CR1a=samples.Given(level=0))
    found = build_comparison([shown, weak]).learn_from
    assert [entry.item for entry in found] == ["IT1a"]
    assert found[0].teachers[0].links == ["https://example.org/minutes/2025-03"]
    assert [(entry.code, entry.letter) for entry in found[0].learners] == [("b", "P")]


def test_weakness_is_shared_by_at_least_half_and_two() -> None:
    def result(code: str, **given: samples.Given) -> ResultDocument:
        found = samples.result(code.upper(), given, code=code, default=lambda index: samples.Given(level=3))
        return found.model_copy(update={"process": found.process.model_copy(update={"code": code})})

    low = samples.Given(level=1)
    comparison = build_comparison(
        [result("a", IT1a=low, CR1a=low), result("b", IT1a=low), result("c", CR1b=low), result("d")]
    )
    found = {entry.item: (len(entry.weak), entry.answered) for entry in comparison.shared_weaknesses}
    assert found["IT1a"] == (2, 4)
    assert not {"CR1a", "CR1b"} & found.keys()


def test_largest_step_counts_where_versions_differ() -> None:
    other = changed(document("B", "b", (45, 50, 50, 50)), "IT", step=Figure(exact="20", printed="20.0"))
    pair = build_comparison([document("A", "a", (60, 50, 50, 50)), other]).pairs[0]
    assert not pair.differences[0].meaningful
