"""Question sets of any shape and answers of every kind, for what holds of all of them."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from assessments.scoring import ItemKind, ItemState, OptionAnswer, ScoringItem, StateCredit
from assessments.scoring.evidence import CountedAttribute, GivenAnswer, score_evidence
from assessments.scoring.method import TOP_LEVEL
from tests.scoring.given import DESCRIPTION, LINK, OPENED_LINK

STATES = (
    StateCredit("none", Fraction(0), False),
    StateCredit("some", Fraction(1, 2), False),
    StateCredit("all", Fraction(1), False),
)
KNOWN = [state.key for state in STATES]
PIECES = [DESCRIPTION, LINK, OPENED_LINK, replace(LINK, sentence=""), replace(DESCRIPTION, sentence="yes")]

Round = tuple[list[ScoringItem], list[GivenAnswer]]


@st.composite
def specs(draw: st.DrawFn, attributes: int = 1) -> list[ScoringItem]:
    """One to six items per attribute in up to four questions, ratings and lists."""
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
def answer_to(draw: st.DrawFn, spec: ScoringItem) -> GivenAnswer:
    """An answer in any state, with up to two pieces of evidence and with or without reasons."""
    state = draw(st.sampled_from([*ItemState, ItemState.ANSWERED, ItemState.ANSWERED]))
    pieces = st.lists(st.sampled_from(PIECES), max_size=2).map(tuple)
    answer = GivenAnswer(spec.code, state, has_reason=draw(st.booleans()), evidence=draw(pieces))
    if state is not ItemState.ANSWERED:
        return answer
    if spec.kind is ItemKind.RATING:
        return replace(answer, level=draw(st.integers(0, TOP_LEVEL)))
    states = st.sampled_from([*KNOWN, "dont_know", "not_applicable", ""])
    lines = tuple(OptionAnswer(option, draw(states), draw(st.booleans())) for option in spec.options)
    return replace(answer, options=lines)


@st.composite
def rounds(draw: st.DrawFn, attributes: int = 1) -> Round:
    """A question set and an answer to every item of it."""
    items = draw(specs(attributes))
    return items, [draw(answer_to(spec)) for spec in items]


def only(items: list[ScoringItem], answers: list[GivenAnswer]) -> CountedAttribute:
    """The result of the only attribute."""
    (found,) = score_evidence(items, answers).attributes
    return found
