"""What to do: what would raise an attribute's score most, and which recommendations to print (method 3.13); and, for
advice only, whether the issue is of the kind the approach works on (2.1)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from assessments.scoring.items import ItemValue, answers_by_code, option_credits, score_item, score_items
from assessments.scoring.model import (
    ItemAnswer,
    ItemState,
    OptionAnswer,
    ScoringError,
    ScoringItem,
    StateCredit,
)
from assessments.scoring.rules import (
    EVIDENCE_CAPS,
    FULL_EVIDENCE,
    FULL_SCORE,
    LETTERS,
    ONE,
    PRIORITY_BLIND_SPOT,
    PRIORITY_BY_LETTER,
    PRIORITY_CRITICAL,
    PRIORITY_DIVIDED,
    SCREENER_LEFT_OUT,
    SCREENER_MIN_ANSWERS,
    SCREENER_MODERATE,
    SCREENER_POINTS,
    SCREENER_STRONG,
    SCREENER_TOP_POINTS,
    SUMMARY_ACTIONS,
    SUMMARY_ACTIONS_PER_ATTRIBUTE,
    TRIGGER_BY_LETTER,
    ZERO,
)
from assessments.scoring.scorecard import AttributeScore, Scorecard, score_attribute


@dataclass(frozen=True, slots=True)
class Improvement:
    """One action on one item and what it would do to the attribute, all else unchanged.

    `action` is "add_evidence", "next_level" or "answer". `gain` is in points of the supported score, None
    when unknown (an open answer, or an attribute that has no score). `new_score` (0 to 100) and
    `new_letter` are those after the action, None for "answer". `range_gain` is by how many points the
    range low to high gets narrower. `evidence_class` is the weakest class that supports the new value.
    A next level names its target: `level`, or `option` and the `state` that option would reach.
    """

    item: str
    action: str
    gain: Fraction | None
    new_score: Fraction | None
    range_gain: Fraction
    new_letter: str | None = None
    evidence_class: str | None = None
    level: int | None = None
    option: str | None = None
    state: str | None = None


def improvements(attribute_specs: Sequence[ScoringItem], answers: Iterable[ItemAnswer]) -> tuple[Improvement, ...]:
    """Return what would raise the supported score of one attribute, largest gain first.

    Each action is recomputed exactly by method 3.5. An item gets, in this order of precedence:

    - "add_evidence" where its evidence caps the claim: enough evidence for what is claimed already;
    - "next_level" where the claim is supported but below the top: a rating goes up one level, a checklist
      moves the one option that gains most to its next higher credit (the first of several equal ones),
      a reviewer's value goes up to the next level of the scale; enough evidence is assumed;
    - besides, "answer" where anything is open or not known: its gain cannot be known, its range_gain can.

    Actions without a known gain come last, by range_gain; ties keep instrument order. Items at the top
    and items not applicable have no action. Answers to other items are passed over. Raises ScoringError
    unless the specs belong to exactly one attribute, and as `score_item` does.
    """
    attributes = {spec.attribute for spec in attribute_specs}
    if len(attributes) != 1:
        raise ScoringError(f"improvements need the items of one attribute, not of {len(attributes)}")
    given = answers_by_code(attribute_specs, answers)
    values = score_items(attribute_specs, given.values())
    today = score_attribute(attributes.pop(), attribute_specs, values)
    found: list[Improvement] = []
    for spec, item in zip(attribute_specs, today.items, strict=True):
        step = _step(spec, given[spec.code], item.value)
        if step is not None:
            changed = score_item(spec, step.answer)
            after = score_attribute(today.code, attribute_specs, values | {spec.code: changed})
            found.append(_raised(step, changed, today, after))
        if item.weight and item.value.share_known < ONE:
            range_gain = FULL_SCORE * item.weight * (ONE - item.value.share_known)
            found.append(Improvement(spec.code, "answer", None, None, range_gain))
    return tuple(sorted(found, key=_sort_key))


@dataclass(frozen=True, slots=True)
class _Step:
    """An answer one action away from today's, always with full evidence."""

    action: str
    answer: ItemAnswer
    level: int | None = None
    option: str | None = None
    state: str | None = None


def _sort_key(action: Improvement) -> tuple[bool, Fraction]:
    if action.gain is None:
        return True, -action.range_gain
    return False, -action.gain


def _raised(step: _Step, changed: ItemValue, today: AttributeScore, after: AttributeScore) -> Improvement:
    return Improvement(
        item=changed.code,
        action=step.action,
        gain=after.score - today.score if today.score is not None and after.score is not None else None,
        new_score=after.score,
        range_gain=ZERO,
        new_letter=after.letter,
        evidence_class=_weakest_class(changed),
        level=step.level,
        option=step.option,
        state=step.state,
    )


def _weakest_class(value: ItemValue) -> str | None:
    if value.cap is None or value.supported is None:
        return None
    return min((cap, key) for key, cap in EVIDENCE_CAPS.items() if cap >= value.supported)[1]


def _step(spec: ScoringItem, answer: ItemAnswer, value: ItemValue) -> _Step | None:
    if value.supported is None or value.supported == ONE:
        return None
    supported = replace(answer, evidence_class=FULL_EVIDENCE)
    if value.capped:
        return _Step("add_evidence", supported)
    if answer.moderated is not None:
        level = floor(answer.moderated * spec.top_level) + 1
        return _Step("next_level", replace(supported, moderated=Fraction(level, spec.top_level)), level=level)
    if answer.level is not None:
        level = answer.level + 1
        return _Step("next_level", replace(supported, level=level), level=level)
    return _next_option(spec, supported)


def _next_option(spec: ScoringItem, answer: ItemAnswer) -> _Step | None:
    """Return the step for the option that gains most, or None when every known option is at its best."""
    best: tuple[Fraction, str, StateCredit] | None = None
    for option, credit in option_credits(spec, answer).items():
        higher = [state for state in spec.states if credit is not None and state.credit > credit]
        if credit is None or not higher:
            continue
        target = min(higher, key=lambda state: state.credit)
        if best is None or target.credit - credit > best[0]:
            best = (target.credit - credit, option, target)
    if best is None:
        return None
    _, option, target = best
    raised = OptionAnswer(option, target.key, has_text=True)
    options = tuple(raised if entry.option == option else entry for entry in answer.options)
    return _Step("next_level", replace(answer, options=options), option=option, state=target.key)


IMPROVE = "improve"
KEEP = "keep"
FIND_OUT = "find_out"


@dataclass(frozen=True, slots=True)
class PriorityBasis:
    """Where one item stands: the letter of its supported value (None if not known) and what adds urgency."""

    item: str
    attribute: str
    state: ItemState
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
    specs: Sequence[ScoringItem],
    scorecard: Scorecard,
    divided: Collection[str] = (),
    blind_spots: Collection[str] = (),
    experience_letters: Mapping[str, str] | None = None,
) -> tuple[PriorityBasis, ...]:
    """Return the standing of every item of a scorecard in the order of `specs`.

    `divided` and `blind_spots` are item codes, `experience_letters` maps item codes to letters.
    Raises ScoringError when an item of `specs` is not in the scorecard.
    """
    values = {item.code: item.value for result in scorecard.attributes for item in result.items}
    missing = [spec.code for spec in specs if spec.code not in values]
    if missing:
        raise ScoringError(f"{', '.join(missing)}: not in this scorecard")
    return tuple(
        PriorityBasis(
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


def select(standing: Sequence[PriorityBasis], recommendations: Sequence[Recommendation]) -> tuple[Selected, ...]:
    """Return what to say about each applicable item, most urgent first (method 3.13).

    `standing` is in instrument order, which breaks ties. Where stakeholders put an item a letter or more
    below the evidence, their letter decides. Items to keep come last. Raises ScoringError for a letter
    that does not exist.
    """
    chosen = [_choose(entry, recommendations) for entry in standing if entry.state is not ItemState.NOT_APPLICABLE]
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


def _choose(entry: PriorityBasis, recommendations: Sequence[Recommendation]) -> Selected:
    letter = _deciding_letter(entry)
    trigger = TRIGGER_BY_LETTER.get(letter or "")
    urgency = priority(letter, entry.critical, entry.divided, entry.blind_spot)
    if letter is None:
        return Selected(entry.item, entry.attribute, (), FIND_OUT, urgency, None)
    if trigger is None:
        return Selected(entry.item, entry.attribute, (), KEEP, 0, letter)
    codes = tuple(r.code for r in recommendations if r.item == entry.item and r.trigger == trigger)
    return Selected(entry.item, entry.attribute, codes, IMPROVE, urgency, letter)


def _deciding_letter(entry: PriorityBasis) -> str | None:
    for letter in (entry.letter, entry.experience_letter):
        if letter is not None and letter not in LETTERS:
            raise ScoringError(f"{entry.item}: unknown letter {letter!r}")
    if entry.letter is None or entry.experience_letter is None:
        return entry.letter
    return min(entry.letter, entry.experience_letter, key=LETTERS.index)


@dataclass(frozen=True, slots=True)
class Fit:
    """`verdict` is "strong_fit", "moderate_fit", "weak_fit" or "not_enough_answers" (then no share)."""

    verdict: str
    share: Fraction | None


def screener_fit(answers: Sequence[str]) -> Fit:
    """Return how well an issue fits, from "yes", "partly", "no", "unsure" or "" (not answered) per criterion.

    Method 2.1: the share (0 to 1) of the points that the answered criteria could earn. Raises
    ScoringError for any other answer.
    """
    unknown = set(answers) - SCREENER_POINTS.keys() - SCREENER_LEFT_OUT
    if unknown:
        raise ScoringError(f"screener: unknown answer {sorted(unknown)[0]!r}")
    points = [SCREENER_POINTS[answer] for answer in answers if answer in SCREENER_POINTS]
    if len(points) < SCREENER_MIN_ANSWERS:
        return Fit("not_enough_answers", None)
    share = Fraction(sum(points), SCREENER_TOP_POINTS * len(points))
    if share >= SCREENER_STRONG:
        return Fit("strong_fit", share)
    return Fit("moderate_fit" if share >= SCREENER_MODERATE else "weak_fit", share)
