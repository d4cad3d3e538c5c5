"""Short ways to answer the thirty scored items, with evidence."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

from assessments.scoring import ItemKind, ItemState, OptionAnswer, ScoringItem
from assessments.scoring.evidence import (
    ContradictionRule,
    CountedAttribute,
    EvidenceGrade,
    EvidencePiece,
    GivenAnswer,
    OpeningMark,
    PieceKind,
    PieceSource,
    score_evidence,
)
from assessments.scoring.model import ProcessKind
from tests.scoring.instrument import BY_CODE, SPECS

NOT_FOR_DIALOGUES = {"ED2a", "ED4a", "ED4c", "ED4d"}
ITEMS = tuple(replace(s, not_for=frozenset({"dialogues"})) if s.code in NOT_FOR_DIALOGUES else s for s in SPECS)
SENTENCE = "Item 4 records the decision"
OPENED = OpeningMark("Ben", "2026-05-02", shows=True)
DESCRIPTION = EvidencePiece(PieceKind.TEXT, "We ask each group every spring", "Ada")
LINK = EvidencePiece(PieceKind.LINK, SENTENCE, "Ada", "https://forum.example/minutes", is_open=True)
OPENED_LINK = replace(LINK, marks=(OPENED,))
PIECES = {"E0": (), "E1": (DESCRIPTION,), "E2": (LINK,)}

# The contradictions of the Internet Society set (method 3.3).
RULES = (
    ContradictionRule(
        "X1",
        "IT2a",
        frozenset({"absent"}),
        "IT2b",
        frozenset({"partly", "mitigated"}),
        frozenset({"unmitigated"}),
    ),
    ContradictionRule("X2", "IT2a", frozenset({"exists"}), "IT2b", frozenset({"absent", "not_applicable"})),
    ContradictionRule("X3", "IT3a", frozenset({"absent"}), "IT3b", frozenset({"yes"}), frozenset({"no"})),
    ContradictionRule("X4", "IT3a", frozenset({"exists"}), "IT3b", frozenset({"absent", "not_applicable"})),
    ContradictionRule("X5", "IT3a", frozenset({"exists", "dont_know", ""}), "IT3c", frozenset({"not_applicable"})),
    ContradictionRule("X6", "IT5a", frozenset({"0"}), "IT5c", frozenset({"not_applicable"})),
)


def items_of(attribute: str) -> tuple[ScoringItem, ...]:
    return tuple(spec for spec in ITEMS if spec.attribute == attribute)


def rated_at(code: str, level: int | None, evidence: tuple[EvidencePiece, ...] = (OPENED_LINK,)) -> GivenAnswer:
    """A rating; None is "don't know"."""
    state = ItemState.DONT_KNOW if level is None else ItemState.ANSWERED
    return GivenAnswer(code, state, level=level, evidence=evidence)


def listed(
    code: str,
    states: Iterable[str],
    evidence: tuple[EvidencePiece, ...] = (OPENED_LINK,),
    spec: ScoringItem | None = None,
) -> GivenAnswer:
    """A list, one state per line in order, with words wherever they are needed."""
    options = (spec or BY_CODE[code]).options
    lines = tuple(OptionAnswer(option, state, True) for option, state in zip(options, states, strict=True))
    return GivenAnswer(code, ItemState.ANSWERED, options=lines, evidence=evidence)


def not_for_us(code: str) -> GivenAnswer:
    return GivenAnswer(code, ItemState.NOT_APPLICABLE, has_reason=True)


def valued(code: str, value: Fraction, evidence: tuple[EvidencePiece, ...] = (OPENED_LINK,)) -> GivenAnswer:
    """An answer to `code` whose claimed value is `value`."""
    spec = BY_CODE[code]
    if spec.kind is ItemKind.RATING:
        return rated_at(code, int(value * 3), evidence)
    for states in product(spec.states, repeat=len(spec.options)):
        if sum(state.credit for state in states) == value * len(spec.options):
            return listed(code, [state.key for state in states], evidence)
    raise AssertionError(f"{code} cannot be worth {value}")


def all_valued(values: Mapping[str, str]) -> list[GivenAnswer]:
    return [valued(code, Fraction(value)) for code, value in values.items()]


def piece_of(entry: Mapping[str, Any]) -> EvidencePiece:
    """A piece of evidence as the vectors write it."""
    return EvidencePiece(
        kind=PieceKind(entry["kind"]),
        sentence=entry["says"],
        entered_by=entry["by"],
        reference=entry.get("ref", ""),
        is_open=entry.get("public", False),
        source=PieceSource(entry.get("source", "organiser")),
        marks=tuple(
            OpeningMark(mark["by"], mark["date"], shows=mark["found"] == "shows") for mark in entry.get("checks", [])
        ),
    )


def evidence_of(grade: str, *, opened: bool = False) -> tuple[EvidencePiece, ...]:
    return (OPENED_LINK,) if opened and grade == EvidenceGrade.OPEN else PIECES[grade]


def counted(attribute: str, answers: list[GivenAnswer], kind: ProcessKind | None = None) -> CountedAttribute:
    (found,) = score_evidence(items_of(attribute), answers, kind=kind).attributes
    return found
