"""The thirty scored items of the first question set, and short ways to answer them."""

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

from assessments.scoring import ItemAnswer, ItemKind, ItemState, OptionAnswer, ScoringItem, StateCredit

VECTORS: dict[str, dict[str, Any]] = {
    vector["id"]: vector
    for vector in json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))["vectors"]
}

HALF = Fraction(1, 2)
COVERAGE = (
    StateCredit("no", Fraction(0), False),
    StateCredit("partly", HALF, False),
    StateCredit("yes", Fraction(1), False),
)
BARRIERS = (
    StateCredit("unmitigated", Fraction(0), False),
    StateCredit("partly", HALF, False),
    StateCredit("mitigated", Fraction(1), False),
    StateCredit("absent", Fraction(1), True),
)
JUSTIFIED = (StateCredit("no", Fraction(0), False), StateCredit("yes", Fraction(1), True))
JUSTIFIED_BARRIERS = (*JUSTIFIED, StateCredit("absent", Fraction(1), True))

CHOICES: dict[str, tuple[tuple[str, ...], tuple[StateCredit, ...]]] = {
    "IT2b": (("language", "cost", "knowledge", "norms"), BARRIERS),
    "IT3b": (("membership", "restrictions"), JUSTIFIED_BARRIERS),
    "IT4b": (("inclusion", "legitimacy", "participation", "quality"), COVERAGE),
    "IT5b": (("inputs", "process", "outputs"), COVERAGE),
    "IT5c": (("",), JUSTIFIED),
}
# fmt: off
CODES = [
    "IT1a", "IT2b", "IT3b", "IT3c", "IT4a", "IT4b", "IT5a", "IT5b", "IT5c", "CR1a", "CR1b", "CR1c",
    "ED1a", "ED1b", "ED2a", "ED3a", "ED4a", "ED4b", "ED4c", "ED4d",
    "CO1a", "CO1b", "CO1c", "CO1d", "CO2a", "CO2b", "CO3a", "CO3b", "CO4a", "CO4b",
]
# fmt: on
CRITICAL = {"IT1a", "IT5a", "CR1a", "ED1a", "ED3a", "CO1a"}
NA_ALLOWED = {"IT3c", "IT5c", "ED2a", "ED4a", "ED4c", "ED4d"}


def _spec(code: str) -> ScoringItem:
    options, states = CHOICES.get(code, ((), ()))
    return ScoringItem(
        code=code,
        revision=1,
        question=code[:3],
        attribute=code[:2],
        kind=ItemKind.CHOICE if options else ItemKind.RATING,
        critical=code in CRITICAL,
        na_allowed=code in NA_ALLOWED,
        options=options,
        states=states,
    )


SPECS = tuple(_spec(code) for code in CODES)
BY_CODE = {spec.code: spec for spec in SPECS}


def specs_of(attribute: str) -> tuple[ScoringItem, ...]:
    return tuple(spec for spec in SPECS if spec.attribute == attribute)


def rating(code: str, level: int | None, evidence: str = "E2") -> ItemAnswer:
    """A rating; None is "don't know"."""
    state = ItemState.DONT_KNOW if level is None else ItemState.ANSWERED
    return ItemAnswer(code, state, level=level, evidence_class=evidence)


def choice(code: str, states: Iterable[str], evidence: str = "E2", spec: ScoringItem | None = None) -> ItemAnswer:
    """A choice item, one state per option in order; words are given wherever they are needed."""
    options = (spec or BY_CODE[code]).options
    answered = tuple(OptionAnswer(o, s, True) for o, s in zip(options, states, strict=True))
    return ItemAnswer(code, ItemState.ANSWERED, options=answered, evidence_class=evidence)


def not_applicable(code: str) -> ItemAnswer:
    return ItemAnswer(code, ItemState.NOT_APPLICABLE, has_na_reason=True)


def worth(code: str, value: Fraction, evidence: str = "E2") -> ItemAnswer:
    """An answer to `code` whose item value is `value`."""
    spec = BY_CODE[code]
    if spec.kind is ItemKind.RATING:
        return rating(code, int(value * 3), evidence)
    for states in product(spec.states, repeat=len(spec.options)):
        if sum(state.credit for state in states) == value * len(spec.options):
            return choice(code, [state.key for state in states], evidence)
    raise AssertionError(f"{code} cannot be worth {value}")


def answers_worth(values: Mapping[str, str]) -> list[ItemAnswer]:
    return [worth(code, Fraction(value)) for code, value in values.items()]


def fractions(values: dict[str, str | None]) -> dict[str, Fraction | None]:
    return {code: None if value is None else Fraction(value) for code, value in values.items()}
