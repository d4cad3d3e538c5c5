"""Which recommendations to print, and in which order (method 3.13)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assessments.scoring.model import AnswerState, ItemSpec, ScoringError
from assessments.scoring.rules import (
    LETTERS,
    PRIORITY_BLIND_SPOT,
    PRIORITY_BY_LETTER,
    PRIORITY_CRITICAL,
    PRIORITY_DIVIDED,
    SUMMARY_ACTIONS,
    SUMMARY_ACTIONS_PER_ATTRIBUTE,
    TRIGGER_BY_LETTER,
)
from assessments.scoring.scorecard import Scorecard

IMPROVE = "improve"
KEEP = "keep"
FIND_OUT = "find_out"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one item stands: the letter of its supported value (None if not known) and what adds urgency."""

    item: str
    attribute: str
    state: AnswerState
    letter: str | None
    critical: bool
    divided: bool = False
    blind_spot: bool = False
    experience_letter: str | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation by its code, the item it belongs to, and the trigger: "NP" or "L"."""

    code: str
    item: str
    trigger: str


@dataclass(frozen=True, slots=True)
class Selected:
    """What to say about one item.

    `kind` is "improve" (with the codes of its recommendations, which may be none), "find_out" (no value,
    or less than half known) or "keep" (priority 0). `letter` is the one that decided.
    """

    item: str
    attribute: str
    recommendations: tuple[str, ...]
    kind: str
    priority: int
    letter: str | None


def priority(letter: str | None, critical: bool, divided: bool = False, blind_spot: bool = False) -> int:
    """Return how urgent an item is, 0 to 7 (method 3.13).

    A letter without points of its own (F, or None when not known) adds nothing.
    """
    return (
        PRIORITY_BY_LETTER.get(letter or "", 0)
        + PRIORITY_CRITICAL * critical
        + PRIORITY_DIVIDED * divided
        + PRIORITY_BLIND_SPOT * blind_spot
    )


def standings(
    specs: Sequence[ItemSpec],
    scorecard: Scorecard,
    divided: Collection[str] = (),
    blind_spots: Collection[str] = (),
    experience_letters: Mapping[str, str] | None = None,
) -> tuple[Standing, ...]:
    """Return the standing of every item of a scorecard in the order of `specs`.

    `divided` and `blind_spots` are item codes, `experience_letters` maps item codes to letters.
    Raises ScoringError when an item of `specs` is not in the scorecard.
    """
    values = {item.code: item.value for result in scorecard.attributes for item in result.items}
    missing = [spec.code for spec in specs if spec.code not in values]
    if missing:
        raise ScoringError(f"{', '.join(missing)}: not in this scorecard")
    return tuple(
        Standing(
            item=spec.code,
            attribute=spec.attribute,
            state=values[spec.code].state,
            letter=values[spec.code].letter,
            critical=spec.critical,
            divided=spec.code in divided,
            blind_spot=spec.code in blind_spots,
            experience_letter=(experience_letters or {}).get(spec.code),
        )
        for spec in specs
    )


def select(standing: Sequence[Standing], recommendations: Sequence[Recommendation]) -> tuple[Selected, ...]:
    """Return what to say about each applicable item, most urgent first (method 3.13).

    `standing` is in instrument order, which breaks ties. Where stakeholders put an item a letter or more
    below the evidence, their letter decides. Items to keep come last. Raises ScoringError for a letter
    that does not exist.
    """
    chosen = [_choose(entry, recommendations) for entry in standing if entry.state is not AnswerState.NOT_APPLICABLE]
    return tuple(sorted(chosen, key=lambda entry: (entry.kind == KEEP, -entry.priority)))


def summary_actions(selected: Sequence[Selected]) -> tuple[Selected, ...]:
    """Return the actions of the executive summary: the first few, few per attribute (method 3.13).

    Takes the result of `select`. Items to keep, and items to improve without a recommendation, are no
    actions.
    """
    actions: list[Selected] = []
    taken: Counter[str] = Counter()
    for entry in selected:
        is_action = entry.kind == FIND_OUT or (entry.kind == IMPROVE and bool(entry.recommendations))
        if is_action and taken[entry.attribute] < SUMMARY_ACTIONS_PER_ATTRIBUTE:
            taken[entry.attribute] += 1
            actions.append(entry)
    return tuple(actions[:SUMMARY_ACTIONS])


def _choose(entry: Standing, recommendations: Sequence[Recommendation]) -> Selected:
    letter = _deciding_letter(entry)
    trigger = TRIGGER_BY_LETTER.get(letter or "")
    urgency = priority(letter, entry.critical, entry.divided, entry.blind_spot)
    if letter is None:
        return Selected(entry.item, entry.attribute, (), FIND_OUT, urgency, None)
    if trigger is None:
        return Selected(entry.item, entry.attribute, (), KEEP, 0, letter)
    codes = tuple(r.code for r in recommendations if r.item == entry.item and r.trigger == trigger)
    return Selected(entry.item, entry.attribute, codes, IMPROVE, urgency, letter)


def _deciding_letter(entry: Standing) -> str | None:
    for letter in (entry.letter, entry.experience_letter):
        if letter is not None and letter not in LETTERS:
            raise ScoringError(f"{entry.item}: unknown letter {letter!r}")
    if entry.letter is None or entry.experience_letter is None:
        return entry.letter
    return min(entry.letter, entry.experience_letter, key=LETTERS.index)
