"""Laws that hold for every assessment, whatever the question set looks like."""

from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessments.scoring import (
    AttributeScore,
    ItemAnswer,
    ItemKind,
    ItemState,
    OptionAnswer,
    ScoreStatus,
    ScoringItem,
    StateCredit,
    improvements,
    score,
)
from assessments.scoring.rules import EVIDENCE_CAPS, TOP_LEVEL
from assessments.scoring.weights import weights
from assessments.scoring.summary import summary_index
from tests.examples import examples
from tests.scoring.instrument import SPECS

# Nothing found needs to be stored between runs.
exact = settings(database=None, max_examples=examples(120))

Assessment = tuple[list[ScoringItem], list[ItemAnswer]]
STATES = (
    StateCredit("none", Fraction(0), False),
    StateCredit("some", Fraction(1, 2), False),
    StateCredit("all", Fraction(1), False),
)
KNOWN = [state.key for state in STATES]


@st.composite
def specs(draw: st.DrawFn, attributes: int = 1) -> list[ScoringItem]:
    """One to six items per attribute in up to four questions, ratings and checklists."""
    found = []
    for attribute in range(attributes):
        for number in range(draw(st.integers(1, 6))):
            size = draw(st.integers(0, 4))
            found.append(
                ScoringItem(
                    code=f"A{attribute}-{number}",
                    revision=1,
                    question=f"A{attribute}Q{draw(st.integers(1, 4))}",
                    attribute=f"A{attribute}",
                    kind=ItemKind.CHOICE if size else ItemKind.RATING,
                    critical=draw(st.booleans()),
                    na_allowed=True,
                    options=tuple(f"o{option}" for option in range(size)),
                    states=STATES if size else (),
                )
            )
    return found


@st.composite
def answer_to(draw: st.DrawFn, spec: ScoringItem) -> ItemAnswer:
    state = draw(st.sampled_from([*ItemState, ItemState.ANSWERED, ItemState.ANSWERED]))
    evidence = draw(st.sampled_from(sorted(EVIDENCE_CAPS)))
    if state is not ItemState.ANSWERED:
        return ItemAnswer(spec.code, state, evidence_class=evidence, has_na_reason=True)
    if spec.kind is ItemKind.RATING:
        return ItemAnswer(spec.code, state, level=draw(st.integers(0, TOP_LEVEL)), evidence_class=evidence)
    option_state = st.sampled_from([*KNOWN, "dont_know", "not_applicable", ""])
    options = tuple(OptionAnswer(option, draw(option_state)) for option in spec.options)
    return ItemAnswer(spec.code, state, options=options, evidence_class=evidence)


@st.composite
def assessments(draw: st.DrawFn, attributes: int = 1) -> Assessment:
    items = draw(specs(attributes))
    return items, [draw(answer_to(spec)) for spec in items]


def only(items: list[ScoringItem], answers: list[ItemAnswer]) -> AttributeScore:
    (found,) = score(items, answers).attributes
    return found


def swap(answers: list[ItemAnswer], new: ItemAnswer) -> list[ItemAnswer]:
    return [new if answer.code == new.code else answer for answer in answers]


def not_lower(after: AttributeScore, before: AttributeScore) -> bool:
    assert after.status is before.status
    if before.low is None or after.low is None:
        return after.low is before.low
    if before.score is None or after.score is None:
        return after.low >= before.low
    return after.score >= before.score and after.low >= before.low


@exact
@given(assessments(), st.data())
def test_score_never_falls_when_an_answer_gets_better(given_: Assessment, data: st.DataObject) -> None:
    items, answers = given_
    answered = [a for a in answers if a.state is ItemState.ANSWERED]
    assume(answered)
    chosen = data.draw(st.sampled_from(answered))
    if chosen.level is not None:
        better = replace(chosen, level=data.draw(st.integers(chosen.level, TOP_LEVEL)))
    else:
        better = replace(
            chosen,
            options=tuple(
                OptionAnswer(o.option, data.draw(st.sampled_from(KNOWN[KNOWN.index(o.state) :])))
                if o.state in KNOWN
                else o
                for o in chosen.options
            ),
        )
    assert not_lower(only(items, swap(answers, better)), only(items, answers))


@exact
@given(assessments(), st.data())
def test_score_never_falls_when_evidence_is_added(given_: Assessment, data: st.DataObject) -> None:
    items, answers = given_
    chosen = data.draw(st.sampled_from(answers))
    stronger = [key for key in EVIDENCE_CAPS if EVIDENCE_CAPS[key] >= EVIDENCE_CAPS[chosen.evidence_class]]
    better = replace(chosen, evidence_class=data.draw(st.sampled_from(stronger)))
    before, after = only(items, answers), only(items, swap(answers, better))
    assert not_lower(after, before)
    assert after.claimed == before.claimed


@exact
@given(assessments(), st.data())
def test_range_never_widens_when_an_unknown_is_answered(given_: Assessment, data: st.DataObject) -> None:
    items, answers = given_
    position = data.draw(st.integers(0, len(items) - 1))
    spec, chosen = items[position], answers[position]
    assume(chosen.state is not ItemState.NOT_APPLICABLE)
    if spec.kind is ItemKind.RATING:
        level = chosen.level if chosen.level is not None else data.draw(st.integers(0, TOP_LEVEL))
        answered = replace(chosen, state=ItemState.ANSWERED, level=level)
    else:
        open_options = chosen.options or tuple(OptionAnswer(option, "") for option in spec.options)
        options = tuple(
            OptionAnswer(o.option, data.draw(st.sampled_from(KNOWN))) if o.state in ("", "dont_know") else o
            for o in open_options
        )
        answered = replace(chosen, state=ItemState.ANSWERED, options=options)
    before, after = only(items, answers), only(items, swap(answers, answered))
    if before.low is None or before.high is None:
        assert after.low is before.low
        return
    assert after.low is not None
    assert after.high is not None
    assert before.low <= after.low <= after.high <= before.high
    assert after.coverage >= before.coverage


@exact
@given(assessments(attributes=3), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(given_: Assessment, shuffle: Random) -> None:
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
    before, after = score(items, answers), score(renamed, reanswered)

    def figures(result: AttributeScore) -> tuple[object, ...]:
        return (
            result.status,
            result.score,
            result.claimed,
            result.low,
            result.high,
            result.coverage,
            result.scope,
            result.letter,
            result.step,
            {f"renamed {item.code.removeprefix('renamed ')}": item.contribution for item in result.items},
        )

    assert {r.code: figures(r) for r in before.attributes} == {r.code: figures(r) for r in after.attributes}
    assert set(before.weakest) == set(after.weakest)
    assert (before.index is None) is (after.index is None)


@exact
@given(assessments())
def test_score_lies_in_its_range_and_contributions_add_up(given_: Assessment) -> None:
    items, answers = given_
    found = only(items, answers)
    assert 0 <= found.coverage <= 1
    assert 0 <= found.scope <= 1
    if found.low is None or found.high is None:
        assert found.status is ScoreStatus.NOT_APPLICABLE
        return
    assert 0 <= found.low <= found.high <= 100
    assert found.high - found.low == 100 * (1 - found.coverage)
    total = sum(item.contribution for item in found.items)
    if found.score is None or found.claimed is None:
        assert found.status is ScoreStatus.WITHHELD
        assert total == 0
        return
    assert found.low <= found.score <= found.high
    assert found.score <= found.claimed <= 100
    assert total == found.score


@exact
@given(specs())
def test_both_ends_of_the_scale_can_be_reached(items: list[ScoringItem]) -> None:
    def extreme(spec: ScoringItem, level: int, state: str) -> ItemAnswer:
        rated = spec.kind is ItemKind.RATING
        return ItemAnswer(
            spec.code,
            ItemState.ANSWERED,
            level=level if rated else None,
            options=tuple(OptionAnswer(option, state) for option in spec.options),
            evidence_class="E2",
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
@given(assessments())
def test_improvements_never_promise_a_loss_and_come_best_first(given_: Assessment) -> None:
    items, answers = given_
    found = improvements(items, answers)
    gains = [action.gain for action in found if action.gain is not None]
    assert all(gain > 0 for gain in gains)
    assert gains == sorted(gains, reverse=True)
    result = only(items, answers)
    if result.low is not None and result.high is not None:
        assert sum(action.range_gain for action in found) == result.high - result.low


@exact
@given(st.lists(st.fractions(0, 100), min_size=1, max_size=7))
def test_index_lies_between_floor_minimum_and_mean(values: list[Fraction]) -> None:
    found = summary_index({f"A{number}": value for number, value in enumerate(values)})
    assert found is not None
    tolerance = 1e-6
    floored = [max(value, Fraction(1)) for value in values]
    assert float(min(floored)) - tolerance <= found.geometric
    assert found.geometric <= float(sum(floored) / len(floored)) + tolerance
    assert found.weight_low - tolerance <= found.geometric <= found.weight_high + tolerance


def test_shipped_items_have_weights_that_add_up_to_one() -> None:
    for attribute in ("IT", "CR", "ED", "CO"):
        own = [spec for spec in SPECS if spec.attribute == attribute]
        assert sum(weights(own, {spec.code for spec in own}).values()) == 1
