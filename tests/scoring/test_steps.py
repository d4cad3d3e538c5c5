"""One list of steps and the strengths, from whole results (method 3.13)."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.evidence import (
    CapReason,
    EvidenceGrade,
    GivenAnswer,
    ReviewOpinion,
    ReviewReply,
    StepBasis,
    StepKind,
    StepReason,
    choose_steps,
    count_item,
    following_value,
    score_evidence,
    step_bases,
)
from tests.examples import examples
from tests.scoring.given import DESCRIPTION, ITEMS, LINK, items_of, listed, not_for_us, rated_at
from tests.scoring.instrument import BY_CODE

THIRD = Fraction(1, 3)


def steps_of(answers: list[GivenAnswer], **panel: dict[str, object]) -> dict[str, tuple[str, str]]:
    result = score_evidence(ITEMS, answers)
    found = choose_steps(step_bases(ITEMS, result, **panel))  # type: ignore[arg-type]
    return {step.code: (step.kind.value, step.level) for step in found.steps}


def test_every_applicable_item_stands_somewhere() -> None:
    result = score_evidence(ITEMS, [not_for_us("ED2a"), rated_at("CR1a", 2)])
    bases = step_bases(ITEMS, result, experience={"CR1a": Fraction(10)}, verdicts={"CR1a": "aligned"})
    assert len(bases) == 29
    (basis,) = [basis for basis in bases if basis.code == "CR1a"]
    assert (basis.following, basis.weight, basis.coverage) == (1, THIRD, THIRD)
    assert (basis.blind_spot, basis.verdict, basis.is_known) == (True, "aligned", True)


def test_why_a_claim_does_not_count_is_told() -> None:
    result = score_evidence(
        items_of("CR"),
        [rated_at("CR1a", 3, (LINK,)), rated_at("CR1b", 3, (DESCRIPTION,)), rated_at("CR1c", 3, ())],
    )
    found = choose_steps(step_bases(items_of("CR"), result))
    assert {step.code: (step.kind, step.capped_because) for step in found.steps} == {
        "CR1a": (StepKind.SHOW_IT, CapReason.NOT_OPENED),
        "CR1b": (StepKind.SHOW_IT, CapReason.ONLY_DESCRIBED),
        "CR1c": (StepKind.SHOW_IT, CapReason.NOTHING_GIVEN),
    }


def test_what_both_agreed_on_is_no_claim_to_be_shown() -> None:
    agreed = replace(rated_at("CR1b", 3), review=ReviewOpinion(THIRD, seen=True, reply=ReviewReply.AGREES))
    assert steps_of([agreed])["CR1b"] == ("improve_it", "P")


def test_a_list_gains_by_the_option_that_gains_most() -> None:
    item = count_item(BY_CODE["IT2b"], listed("IT2b", ["partly", "unmitigated", "mitigated", "dont_know"]))
    assert item.counted == Fraction(1, 2)
    assert following_value(BY_CODE["IT2b"], item) == Fraction(1, 2) + Fraction(1, 6)
    justified = count_item(BY_CODE["IT3b"], listed("IT3b", ["no", "yes"]))
    assert following_value(BY_CODE["IT3b"], justified) == 1


def test_the_top_and_the_unknown_have_nothing_above_them() -> None:
    assert following_value(BY_CODE["CR1b"], count_item(BY_CODE["CR1b"], rated_at("CR1b", 3))) is None
    assert following_value(BY_CODE["CR1b"], count_item(BY_CODE["CR1b"], rated_at("CR1b", None))) is None


def test_a_capped_list_at_its_best_has_no_better_line() -> None:
    item = count_item(BY_CODE["IT3b"], listed("IT3b", ["yes", "yes"], (DESCRIPTION,)))
    assert following_value(BY_CODE["IT3b"], item) == item.counted


def test_a_list_known_to_less_than_half_is_to_be_found_out() -> None:
    answer = listed("IT2b", ["mitigated", "dont_know", "dont_know", "dont_know"])
    assert steps_of([answer])["IT2b"] == ("find_out", "?")


def test_an_item_at_the_top_is_a_step_only_if_groups_speak_against_it() -> None:
    top = [rated_at("CR1a", 3)]
    assert "CR1a" not in steps_of(top)
    assert steps_of(top, experience={"CR1a": Fraction(60)})["CR1a"] == ("find_out", "L")
    assert steps_of(top, verdicts={"CR1a": "divided"})["CR1a"] == ("find_out", "L")
    assert "CR1a" not in steps_of(top, verdicts={"CR1a": "may_be_divided"})


def basis(code: str, counted: Fraction | None, **more: object) -> StepBasis:
    known = Fraction(counted is not None)
    return StepBasis(code, code[:2], counted, counted, THIRD, share_known=known, **more)  # type: ignore[arg-type]


def test_the_head_takes_two_of_an_attribute_and_two_unknown_and_fills_up_with_nothing() -> None:
    bases = [basis(f"{name}{number}", None) for name in ("AA", "BB") for number in (1, 2)]
    bases += [basis(f"CC{number}", THIRD) for number in (1, 2, 3)]
    bases += [basis("AA3", THIRD)]
    found = choose_steps(bases)
    # The third and fourth unknown are passed over, and so is the third of CC.
    assert [step.code for step in found.head] == ["AA1", "AA2", "CC1", "CC2"]


def test_strengths_are_filled_up_to_three_only() -> None:
    quiet = {"grade": EvidenceGrade.OPEN}
    bases = [basis(f"A{number}x", Fraction(2, 3), **quiet) for number in range(6)]
    tops = [basis(f"B{number}x", Fraction(1), **quiet) for number in range(6)]
    assert choose_steps(bases).strengths == ("A5x",)  # the others are in the head
    assert choose_steps([*bases, *tops]).strengths == tuple(f"B{number}x" for number in range(5))
    one = [replace(entry, attribute=str(place // 2)) for place, entry in enumerate([*bases, tops[0]])]
    assert choose_steps(one).strengths == ("B0x", "A5x")
    assert [step.code for step in choose_steps(one).steps] == ["A0x", "A1x", "A2x", "A3x", "A4x"]


@pytest.mark.parametrize(
    "change",
    [{"critical": True}, {"verdict": "may_be_divided"}, {"verdict": "divided"}, {"grade": EvidenceGrade.DESCRIBED}],
)
def test_what_speaks_against_a_strength_at_l(change: dict[str, object]) -> None:
    unknown = [basis(f"{name}{number}", Fraction(0)) for name in ("A", "B", "C") for number in (1, 2)]
    quiet = basis("ZZ", Fraction(2, 3), grade=EvidenceGrade.OPEN)
    assert choose_steps([*unknown, quiet]).strengths == ("ZZ",)
    assert choose_steps([*unknown, replace(quiet, **change)]).strengths == ()  # type: ignore[arg-type]


def test_nothing_to_say_of_no_item() -> None:
    found = choose_steps([])
    assert (found.steps, found.head, found.strengths, found.all_full, found.nowhere_apart) == ((), (), (), False, False)


values = st.sampled_from([None, Fraction(0), THIRD, Fraction(2, 3), Fraction(7, 8), Fraction(1)])


@st.composite
def standing(draw: st.DrawFn, number: int) -> StepBasis:
    claimed = draw(values)
    counted = None if claimed is None else min(claimed, draw(values.filter(lambda value: value is not None)))
    return StepBasis(
        code=f"i{number:02}",
        attribute=draw(st.sampled_from(["A", "B", "C"])),
        claimed=claimed,
        counted=counted,
        weight=Fraction(1, draw(st.integers(1, 9))),
        critical=draw(st.booleans()),
        share_known=draw(st.sampled_from([Fraction(1, 4), Fraction(1)])) if counted is not None else Fraction(0),
        following=None if counted is None else min(Fraction(1), counted + THIRD),
        grade=draw(st.sampled_from(list(EvidenceGrade))),
        experience=draw(st.one_of(st.none(), st.fractions(0, 100))),
        verdict=draw(st.sampled_from([None, "aligned", "differing", "may_be_divided", "divided"])),
    )


@settings(database=None, max_examples=examples(80))
@given(st.data())
def test_nothing_is_ever_step_and_strength(data: st.DataObject) -> None:
    bases = [data.draw(standing(number)) for number in range(data.draw(st.integers(0, 12)))]
    found = choose_steps(bases)
    steps = [step.code for step in found.steps]
    assert not set(steps) & set(found.strengths)
    assert [step for step in found.steps if step in found.head] == list(found.head)
    assert len(found.head) <= 5
    assert all(step.at_stake >= 0 for step in found.steps)
    assert all(step.reason is StepReason.NOT_KNOWN for step in found.steps if step.level == "?")
    if found.all_full:
        assert all(step.kind is StepKind.FIND_OUT or step.reason is StepReason.CLAIMED_ABOVE for step in found.steps)
