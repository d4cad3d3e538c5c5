"""The thirty scored items of the first question set."""

from fractions import Fraction

from assessments.scoring import ItemKind, ScoringItem, StateCredit

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


def fractions(values: dict[str, str | None]) -> dict[str, Fraction | None]:
    return {code: None if value is None else Fraction(value) for code, value in values.items()}
