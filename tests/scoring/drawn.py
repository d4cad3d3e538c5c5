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


# Made once: to make a strategy takes longer than to draw from it.
_COUNTS = st.integers(1, 6)
_SIZES = st.integers(0, 4)
_QUESTIONS = st.integers(1, 4)
_BOOLEANS = st.booleans()
_STATES = st.sampled_from([*ItemState, ItemState.ANSWERED, ItemState.ANSWERED])
_PIECES = st.lists(st.sampled_from(PIECES), max_size=2).map(tuple)
_LEVELS = st.integers(0, TOP_LEVEL)
_LINES = st.sampled_from([*KNOWN, "dont_know", "not_applicable", ""])


@st.composite
def specs(draw: st.DrawFn, attributes: int = 1) -> list[ScoringItem]:
    """One to six items per attribute in up to four questions, ratings and lists."""
    found = []
    for attribute in range(attributes):
        for number in range(draw(_COUNTS)):
            size = draw(_SIZES)
            found.append(
                ScoringItem(
                    code=f"A{attribute}-{number}",
                    revision=1,
                    question=f"A{attribute}Q{draw(_QUESTIONS)}",
                    attribute=f"A{attribute}",
                    kind=ItemKind.CHOICE if size else ItemKind.RATING,
                    critical=draw(_BOOLEANS),
                    na_allowed=True,
                    options=tuple(f"o{option}" for option in range(size)),
                    states=STATES if size else (),
                )
            )
    return found


def answer_to(draw: st.DrawFn, spec: ScoringItem) -> GivenAnswer:
    """An answer in any state, with up to two pieces of evidence and with or without reasons."""
    state = draw(_STATES)
    answer = GivenAnswer(spec.code, state, has_reason=draw(_BOOLEANS), evidence=draw(_PIECES))
    if state is not ItemState.ANSWERED:
        return answer
    if spec.kind is ItemKind.RATING:
        return replace(answer, level=draw(_LEVELS))
    lines = tuple(OptionAnswer(option, draw(_LINES), draw(_BOOLEANS)) for option in spec.options)
    return replace(answer, options=lines)


@st.composite
def rounds(draw: st.DrawFn, attributes: int = 1) -> Round:
    """A question set and an answer to every item of it."""
    items = draw(specs(attributes))
    return items, [answer_to(draw, spec) for spec in items]


def only(items: list[ScoringItem], answers: list[GivenAnswer]) -> CountedAttribute:
    """The result of the only attribute."""
    (found,) = score_evidence(items, answers).attributes
    return found
