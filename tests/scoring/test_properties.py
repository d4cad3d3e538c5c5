"""Laws that hold for every assessment, whatever the question set looks like."""

from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring import ItemKind, ItemState, OptionAnswer, ScoringItem
from assessments.scoring.evidence import CountedAttribute, GivenAnswer, attribute_letter, score_evidence
from assessments.scoring.method import TOP_LEVEL
from assessments.scoring.model import weights
from assessments.scoring.summary import summary_index
from tests.examples import examples
from tests.scoring.drawn import Round, only, rounds, specs
from tests.scoring.given import OPENED_LINK

# Nothing found needs to be stored between runs.
exact = settings(database=None, max_examples=examples(120))


@settings(database=None, max_examples=examples(60))
@given(rounds(attributes=2), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(given_: Round, shuffle: Random) -> None:
    items, answers = given_
    renamed = [
        replace(
            spec,
            code=f"renamed {spec.code}",
            question=f"renamed {spec.question}",
            options=tuple(f"renamed {option}" for option in spec.options),
        )
        for spec in items
    ]
    reanswered = [
        replace(
            answer,
            code=f"renamed {answer.code}",
            options=tuple(replace(o, option=f"renamed {o.option}") for o in reversed(answer.options)),
        )
        for answer in answers
    ]
    shuffle.shuffle(renamed)
    shuffle.shuffle(reanswered)
    before, after = score_evidence(items, answers), score_evidence(renamed, reanswered)

    def figures(result: CountedAttribute) -> tuple[object, ...]:
        return (
            result.status,
            result.score,
            result.claimed,
            result.low,
            result.high,
            result.coverage,
            result.shown_share,
            result.scope,
            result.letter,
            result.squares,
            (result.applicable, result.answered, result.shown),
            {f"renamed {item.code.removeprefix('renamed ')}": item.contribution for item in result.items},
        )

    assert {r.code: figures(r) for r in before.attributes} == {r.code: figures(r) for r in after.attributes}
    assert set(before.weakest) == set(after.weakest)
    assert (before.index is None) is (after.index is None)


@exact
@given(specs())
def test_both_ends_of_the_scale_can_be_reached(items: list[ScoringItem]) -> None:
    def extreme(spec: ScoringItem, level: int, state: str) -> GivenAnswer:
        rated = spec.kind is ItemKind.RATING
        return GivenAnswer(
            spec.code,
            ItemState.ANSWERED,
            level=level if rated else None,
            options=tuple(OptionAnswer(option, state) for option in spec.options),
            evidence=(OPENED_LINK,),
        )

    best = only(items, [extreme(spec, TOP_LEVEL, "all") for spec in items])
    worst = only(items, [extreme(spec, 0, "none") for spec in items])
    assert (best.score, best.letter, best.status) == (100, "F", "shown")
    assert (worst.score, worst.letter, worst.status) == (0, "N", "shown")


@exact
@given(specs(), st.data())
def test_weights_add_up_to_one_and_questions_weigh_the_same(items: list[ScoringItem], data: st.DataObject) -> None:
    applicable = data.draw(st.sets(st.sampled_from([spec.code for spec in items]), min_size=1))
    found = weights(items, applicable)
    assert sum(found.values()) == 1
    assert found.keys() == applicable
    by_question: dict[str, Fraction] = {}
    for spec in items:
        by_question[spec.question] = by_question.get(spec.question, Fraction(0)) + found.get(spec.code, Fraction(0))
    assert len({weight for weight in by_question.values() if weight}) == 1


@exact
@given(st.lists(st.fractions(0, 100), min_size=1, max_size=7))
def test_index_lies_between_floor_minimum_and_mean(values: list[Fraction]) -> None:
    found = summary_index({f"A{number}": value for number, value in enumerate(values)}, attribute_letter)
    assert found is not None
    tolerance = 1e-6
    floored = [max(value, Fraction(1)) for value in values]
    assert float(min(floored)) - tolerance <= found.geometric
    assert found.geometric <= float(sum(floored) / len(floored)) + tolerance
    assert found.weight_low - tolerance <= found.geometric <= found.weight_high + tolerance
