"""Results in any state, made from one that is stored: figures and items are put in as a rule needs them."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from assessments.documents.both_tracks import JointDocument
from assessments.documents.last_time import AttributeThen, LastTimePart
from assessments.documents.panel import PanelDocument
from assessments.documents.result import AttributeResult, ItemResult, ResultDocument
from assessments.documents.steps import StepPart, StepsPart
from assessments.documents.values import Figure, item_value, points
from assessments.results.both_tracks import read_together
from assessments.scoring.model import attribute_letter
from tests.builders import panels
from tests.comparing.given import PLAIN
from tests.results.test_both_tracks import result_of

ALL = ("IT", "CR", "ED", "CO")
# The score of each attribute, with its range; None is withheld.
Scores = Mapping[str, tuple[int, int, int] | None]
SQUARES = "1/8"  # threshold 17
ALIKE: Scores = {"IT": (60, 58, 62), "CR": (58, 55, 60), "ED": (56, 54, 58), "CO": (62, 60, 63)}


@cache
def stored() -> ResultDocument:
    """A result with most answered and shown. Needs the database once."""
    return result_of({**PLAIN, "CR1a": 2, "CR1b": 2, "CR1c": 2, "CO1a": 2, "CO2a": 2, "IT1a": 2, "IT4a": 2, "IT5a": 2})


def profile(scores: Scores = ALIKE, *, early: Sequence[str] = (), **changes: Any) -> ResultDocument:
    """The result with these scores, nothing claimed above what counts, and no steps unless they are given."""
    document = stored().model_copy(update={"steps": no_steps(), **changes})
    shown = with_items(document, lambda item: {"capped_because": ""})
    return shown.model_copy(
        update={"attributes": [_scored(entry, scores, early) for entry in shown.attributes if entry.code in scores]}
    )


def _scored(entry: AttributeResult, scores: Scores, early: Sequence[str]) -> AttributeResult:
    given = scores[entry.code]
    score, low, high = (None, 0, 100) if given is None else given
    status = "withheld" if score is None else "provisional" if entry.code in early else "shown"
    letter = None if score is None else attribute_letter(Fraction(score))
    return entry.model_copy(
        update={
            "status": status,
            "score": _points(score),
            "low": _points(low),
            "high": _points(high),
            "letter": letter,
            "squares": SQUARES,
        }
    )


def _points(value: int | None) -> Figure | None:
    return None if value is None else points(Fraction(value))


def with_items(document: ResultDocument, change: Callable[[ItemResult], Mapping[str, Any]]) -> ResultDocument:
    """The result with something changed of each scored item."""

    def changed(item: ItemResult) -> ItemResult:
        return item.model_copy(update=change(item)) if item.scored else item

    attributes = [
        entry.model_copy(
            update={
                "questions": [
                    question.model_copy(update={"items": [changed(item) for item in question.items]})
                    for question in entry.questions
                ]
            }
        )
        for entry in document.attributes
    ]
    return document.model_copy(update={"attributes": attributes})


def claimed(value: int, **more: Any) -> dict[str, Any]:
    """An item that is known, and claimed at this share of what can be achieved."""
    return {"claimed": item_value(Fraction(value)), "counted": item_value(Fraction(value)), "state": "answered", **more}


def unknown() -> dict[str, Any]:
    """An item that is not known."""
    return {"claimed": None, "counted": None, "state": "dont_know", "letter": None, "capped_because": ""}


def counts(document: ResultDocument, answered: int, shown: int, applicable: int = 5) -> ResultDocument:
    """The result with these numbers of items in each attribute."""
    numbers = {"answered": answered, "shown": shown, "applicable": applicable}
    return document.model_copy(
        update={"attributes": [entry.model_copy(update=numbers) for entry in document.attributes]}
    )


def no_steps() -> StepsPart:
    """Nothing to do."""
    return StepsPart(steps=[], strengths=[], all_full=False)


def step(item: str = "ED3a", kind: str = "improve_it", reason: str = "below_top", **changes: Any) -> StepPart:
    """A step of the head on an item of the stored result."""
    found = stored().items()[item]
    values: dict[str, Any] = {
        "item": item,
        "attribute": item[:2],
        "short": found.short,
        "kind": kind,
        "reason": reason,
        "level": "P",
        "letter": "P",
        "claimed_letter": "P",
        "critical": found.critical,
        "flagged": False,
        "at_stake": points(Fraction(8)),
        "in_head": True,
        "capped_because": "",
        "texts": [],
        "settle_by": {},
        "hint": {},
    }
    return StepPart(**{**values, **changes})


def steps(*found: StepPart) -> StepsPart:
    """A list of steps without strengths."""
    return StepsPart(steps=list(found), strengths=[], all_full=False)


def joint(document: ResultDocument, panel: PanelDocument | None = None, **changes: Any) -> JointDocument:
    """The result beside the panel of TV10: CR1a and CR1b are divided. `changes` are of the joint document."""
    found = read_together(document, panel or panels.tv10_document())
    assert found is not None
    return found.model_copy(update=changes)


def since(**verdicts: str) -> LastTimePart:
    """A round before, with what the rule over time says of each attribute."""
    return LastTimePart(
        code="before",
        title="",
        round=1,
        submitted_on="2025-06-01",
        attributes=[
            AttributeThen(
                code=code,
                letter="P+",
                score=points(Fraction(45)),
                verdict=verdicts.get(code, "within_re_rating"),  # type: ignore[arg-type]  # a key of the vocabulary
                why=None,
                moved=[],
            )
            for code in ALL
        ],
    )
