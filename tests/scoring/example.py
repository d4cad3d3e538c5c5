"""The worked example of the public method page and of docs/method.md, as answers."""

from fractions import Fraction

from assessments.scoring import ItemKind, ItemState, OptionAnswer, ScoringItem
from assessments.scoring.evidence import EvidencePiece, EvidenceResult, GivenAnswer, score_evidence
from tests.scoring.given import DESCRIPTION, LINK
from tests.scoring.instrument import COVERAGE

LINES = ("first", "second", "third", "fourth")
STATES = ("yes", "partly", "dont_know", "dont_know")


def _item(code: str) -> ScoringItem:
    listed = code == "2b"
    return ScoringItem(
        code=code,
        revision=1,
        question=code[0],
        attribute="EX",
        kind=ItemKind.CHOICE if listed else ItemKind.RATING,
        critical=code == "1a",
        na_allowed=False,
        options=LINES if listed else (),
        states=COVERAGE if listed else (),
    )


def worked_example(of_1a: tuple[EvidencePiece, ...] = (LINK,), of_1b: tuple[EvidencePiece, ...] = ()) -> EvidenceResult:
    """What the example comes to, with other evidence of its first two items on request."""
    lines = tuple(OptionAnswer(line, state) for line, state in zip(LINES, STATES, strict=True))
    return score_evidence(
        [_item(code) for code in ("1a", "1b", "2a", "2b")],
        [
            GivenAnswer("1a", ItemState.ANSWERED, level=3, evidence=of_1a),
            GivenAnswer("1b", ItemState.ANSWERED, level=2, evidence=of_1b),
            GivenAnswer("2a", ItemState.ANSWERED, level=2, evidence=(LINK,)),
            GivenAnswer("2b", ItemState.ANSWERED, options=lines, evidence=(DESCRIPTION,)),
        ],
    )


def as_values(result: EvidenceResult) -> dict[str, tuple[Fraction | None, Fraction, Fraction | None, bool]]:
    """What each item claims, how much of it is known, what it counts as, and whether it is shown."""
    return {item.code: (item.claimed, item.share_known, item.counted, item.shown) for item in result.items.values()}
