"""Comparisons of processes through documents (method 3.10, TV12)."""

from fractions import Fraction
from typing import Any

import pytest

from assessments.comparing.build import build_comparison
from assessments.documents.comparison import AttributeVerdict, ComparisonDocument, Pair
from assessments.documents.result import ResultDocument
from assessments.documents.values import points, share
from assessments.matching.comparability import is_known_method
from assessments.scoring.method import METHOD_VERSION
from tests.builders import samples
from tests.scoring.reference import expected, given
from tests.scoring.test_reference_comparison import words

CODES = ("IT", "CR", "ED", "CO")


def document(
    name: str,
    code: str,
    scores: tuple[int, ...] | None = None,
    *,
    margin: int = 0,
    status: str = "final",
    **process: Any,
) -> ResultDocument:
    """A document with these scores, each in a range of the given margin."""
    found = samples.result(name, code=code, status=status, default=lambda index: samples.Given(), **process)
    for attribute, score in zip(CODES, scores or (), strict=bool(scores)):
        low, high = points(Fraction(score - margin)), points(Fraction(score + margin))
        found = changed(found, attribute, status="shown", score=points(Fraction(score)), low=low, high=high)
    process_part = found.process.model_copy(update={"code": f"p-{code}"})
    return found.model_copy(update={"process": process_part})


def changed(result: ResultDocument, attribute: str, **fields: object) -> ResultDocument:
    attributes = [entry.model_copy(update=fields) if entry.code == attribute else entry for entry in result.attributes]
    return result.model_copy(update={"attributes": attributes})


def two(first: ResultDocument, second: ResultDocument) -> Pair:
    (pair,) = build_comparison([first, second]).pairs
    return pair


def on(pair: Pair, attribute: str) -> AttributeVerdict:
    return next(entry for entry in pair.attributes if entry.attribute == attribute)


def of_vector(side: dict[str, Any], name: str, code: str) -> ResultDocument:
    """A side of TV12: without other figures a score is shown, of full scope, and its range has no width."""
    found = document(name, code, is_example=side.get("record") == "example")
    for attribute, own in side["attributes"].items():
        score = Fraction(own["score"])
        found = changed(
            found,
            attribute,
            status=own.get("status", "shown"),
            score=points(score),
            low=points(Fraction(own.get("low", score))),
            high=points(Fraction(own.get("high", score))),
            scope=share(Fraction(own.get("scope", 1))),
        )
    return found


@pytest.mark.parametrize("name", ["TV12a", "TV12c", "TV12d"])
def test_tv12_two_processes(name: str) -> None:
    pair = two(of_vector(given(name)["first"], "A", "a"), of_vector(given(name)["second"], "B", "b"))
    wanted = expected(name)["attributes"]
    found = {}
    for entry in pair.attributes:
        figures = {
            "verdict": words(entry.verdict),
            "difference": entry.difference,
            "threshold": entry.threshold,
            "why": words(entry.why) if entry.why else None,
        }
        found[entry.attribute] = {key: figures[key] for key in wanted[entry.attribute]}
    assert found == wanted


def test_tv12e_an_example_and_a_process_of_ones_own_are_not_compared() -> None:
    vector = given("TV12e")
    example, own = of_vector(vector["first"], "A", "a"), of_vector(vector["second"], "B", "b")
    found = build_comparison([own, example])
    assert (found.pairs, [(entry.code, entry.reason) for entry in found.excluded]) == ([], [("a", "records")])
    assert found.record == "own"


@pytest.mark.parametrize(
    ("first", "second", "record"),
    [
        ({"is_example": True}, {"is_example": True}, "example"),
        ({"is_invented": True}, {"is_invented": True}, "invented"),
    ],
)
def test_examples_and_invented_data_are_compared_among_themselves(
    first: dict[str, bool], second: dict[str, bool], record: str
) -> None:
    found = build_comparison([document("A", "a", **first), document("B", "b", **second), document("C", "c")])
    assert (found.record, len(found.pairs)) == (record, 1)
    assert [(entry.code, entry.reason) for entry in found.excluded] == [("c", "records")]


def test_invented_data_and_an_example_are_two_sorts() -> None:
    found = build_comparison([document("A", "a", is_invented=True), document("B", "b", is_example=True)])
    assert [entry.reason for entry in found.excluded] == ["records"]


def test_a_process_never_differs_from_itself() -> None:
    """In 1.0 it differed “meaningfully” from itself, rated again, in 7 of 10 cases."""
    mixed = samples.result("A", code="a")
    again = mixed.model_copy(
        update={
            "assessment": mixed.assessment.model_copy(update={"code": "b"}),
            "process": mixed.process.model_copy(update={"code": "other", "name": "B"}),
        }
    )
    pair = two(mixed, again)
    assert not pair.having("first_higher", "second_higher")
    assert {entry.why for entry in pair.attributes} <= {"within_rater_noise", "provisional", "withheld"}


def test_one_level_of_one_item_is_no_difference() -> None:
    first = samples.result("A", {"CR1a": samples.Given(level=3)}, code="a", default=lambda index: samples.Given())
    pair = two(first, document("B", "b"))
    assert (on(pair, "CR").verdict, on(pair, "CR").why) == ("cannot_be_told_apart", "within_rater_noise")
    assert on(pair, "CR").threshold == 27


def test_nothing_is_said_over_all_attributes() -> None:
    stored = build_comparison([document("A", "a", (90, 90, 90, 90)), document("B", "b", (10, 10, 10, 10))])
    pair = stored.pairs[0]
    assert pair.having("first_higher") == list(CODES)
    assert set(pair.model_dump()) == {"first", "second", "attributes", "matched"}


def test_ranges_that_touch_overlap() -> None:
    near = two(document("A", "a", (72, 61, 58, 66), margin=10), document("B", "b", (52, 61, 58, 66), margin=10))
    apart = two(document("A", "a", (72, 61, 58, 66), margin=9), document("B", "b", (52, 61, 58, 66), margin=9))
    assert [(on(pair, "IT").verdict, on(pair, "IT").why) for pair in (near, apart)] == [
        ("cannot_be_told_apart", "ranges_overlap"),
        ("first_higher", None),
    ]


def test_processes_stand_in_alphabetical_order_whatever_their_scores() -> None:
    comparison = build_comparison(
        [document("zebra", "a", (90,) * 4), document("Apple", "b", (10,) * 4), document("mango", "c", (50,) * 4)]
    )
    assert [process.name for process in comparison.processes] == ["Apple", "mango", "zebra"]
    assert [(pair.first, pair.second) for pair in comparison.pairs] == [("b", "c"), ("b", "a"), ("c", "a")]


def test_withheld_and_provisional_attributes_say_so() -> None:
    first = changed(document("A", "a", (72, 90, 58, 66)), "CR", status="withheld", score=None, letter=None)
    first = changed(first, "IT", status="provisional")
    pair = two(first, document("B", "b", (10, 10, 58, 66)))
    assert (on(pair, "CR").verdict, on(pair, "CR").why, on(pair, "CR").difference) == ("not_compared", "withheld", None)
    assert (on(pair, "IT").verdict, on(pair, "IT").why) == ("cannot_be_told_apart", "provisional")


def test_reduced_scope_is_not_compared() -> None:
    first = changed(document("A", "a"), "ED", scope=share(Fraction(1, 2)), reduced_scope=True)
    comparison = build_comparison([first, document("B", "b")])
    found = comparison.process("a").attribute("ED")
    assert found
    assert found.not_compared == "reduced_scope"
    assert comparison.pairs[0].having("not_compared") == ["ED"]


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
    assert len({process.question_set_version for process in comparison.processes}) == (1 if reason else 2)


@pytest.mark.parametrize("version", ["1.0.0", "1.9.9", "2.0.0", "", "not a version", "1.1", "1.1.x", "1.1.99"])
def test_a_method_version_that_is_not_known_is_compared_with_nothing(version: str) -> None:
    other = document("C", "c", (100,) * 4).model_copy(update={"method_version": version})
    comparison = build_comparison([document("A", "a"), document("B", "b"), other])
    assert [entry.reason for entry in comparison.excluded] == ["unknown_method"]
    assert is_known_method(METHOD_VERSION)


def test_reviewed_and_self_assessed_results_are_not_put_side_by_side() -> None:
    other = document("C", "c")
    other = other.model_copy(update={"assessment": other.assessment.model_copy(update={"assurance": "reviewed"})})
    comparison = build_comparison([document("A", "a"), document("B", "b"), other])
    assert [entry.reason for entry in comparison.excluded] == ["assurance"]


def test_draft_is_left_out() -> None:
    comparison = build_comparison([document("A", "a"), document("B", "b", status="draft")])
    assert [(entry.code, entry.reason) for entry in comparison.excluded] == [("b", "draft")]
    assert comparison.pairs == []


def without_scores(result: ResultDocument) -> ResultDocument:
    for code in CODES:
        result = changed(result, code, status="withheld", score=None, letter=None)
    return result


def test_result_without_any_score_is_left_out() -> None:
    comparison = build_comparison([document("A", "a"), document("B", "b"), without_scores(document("C", "c"))])
    assert [entry.reason for entry in comparison.excluded] == ["no_score"]


def test_more_than_five_results_list_no_pairs() -> None:
    comparison = build_comparison([document(f"P{n}", f"c{n}") for n in range(6)])
    assert (comparison.list_pairs, len(comparison.pairs)) == (False, 15)


def results(**given_of: dict[str, samples.Given]) -> list[ResultDocument]:
    """Results of processes by name, everything else at L and shown."""
    found = [
        samples.result(code.upper(), answers, code=code, default=lambda index: samples.Given())
        for code, answers in given_of.items()
    ]
    return [
        result.model_copy(update={"process": result.process.model_copy(update={"code": c})})
        for result, c in zip(found, given_of, strict=True)
    ]


def test_learning_needs_a_link_that_shows_it() -> None:
    shown = {"IT1a": samples.Given(level=3, opened=True), "CR1a": samples.Given(level=3, links=["minutes, page 3"])}
    weak = {"IT1a": samples.Given(level=1), "CR1a": samples.Given(level=0)}
    found = build_comparison(results(a=shown, b=weak)).learn_from
    assert [entry.item for entry in found] == ["IT1a"]
    assert found[0].teachers[0].links == ["https://example.org/minutes/2025-03"]
    assert [(entry.code, entry.letter) for entry in found[0].learners] == [("b", "P")]


def test_a_claim_that_counts_for_less_is_nothing_to_learn_and_no_weakness() -> None:
    """“Not evidenced” was told as “hardly or not at all”."""
    capped = samples.Given(level=3, evidence="E0", text="", links=[])
    documents = results(a={"CO3b": samples.Given(level=3)}, b={"CO3b": capped}, c={"CO3b": capped})
    assert [result.items()["CO3b"].letter for result in documents] == ["F", "P", "P"]
    found = build_comparison(documents)
    assert "CO3b" not in [entry.item for entry in found.learn_from]
    assert "CO3b" not in [entry.item for entry in found.shared_weaknesses]


def test_who_learns_is_marked_as_shown_or_not() -> None:
    low = samples.Given(level=1, evidence="E0", text="", links=[])
    found = build_comparison(results(a={"CO3b": samples.Given(level=3)}, b={"CO3b": low}))
    (entry,) = [entry for entry in found.learn_from if entry.item == "CO3b"]
    assert [(standing.letter, standing.shown) for standing in [*entry.teachers, *entry.learners]] == [
        ("F", True),
        ("P", False),
    ]


def test_weakness_is_shared_by_at_least_half_and_two() -> None:
    low = samples.Given(level=1)
    comparison = build_comparison(results(a={"IT1a": low, "CR1a": low}, b={"IT1a": low}, c={"CR1b": low}, d={}))
    found = {entry.item: (len(entry.weak), entry.answered) for entry in comparison.shared_weaknesses}
    assert found["IT1a"] == (2, 4)
    assert not {"CR1a", "CR1b"} & found.keys()


def test_noise_that_the_verdicts_rest_on_is_kept() -> None:
    noise = build_comparison([document("A", "a"), document("B", "b")]).noise
    assert (noise.different, noise.same, noise.measured) == ("1/2", "1/4", False)


def test_comparison_is_read_back_as_it_was_stored() -> None:
    comparison = build_comparison([document("A", "a"), document("B", "b")])
    assert ComparisonDocument.model_validate(comparison.model_dump(mode="json")) == comparison
