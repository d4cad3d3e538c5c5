"""What would raise an attribute's score most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from assessments.scoring.items import ItemValue, answers_by_code, option_credits, score_item, score_items
from assessments.scoring.model import (
    ItemAnswer,
    ItemSpec,
    OptionAnswer,
    ScoringError,
    StateCredit,
)
from assessments.scoring.rules import EVIDENCE_CAPS, FULL_EVIDENCE, FULL_SCORE, ONE, ZERO
from assessments.scoring.scorecard import AttributeScore, score_attribute


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


def improvements(attribute_specs: Sequence[ItemSpec], answers: Iterable[ItemAnswer]) -> tuple[Improvement, ...]:
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


def _step(spec: ItemSpec, answer: ItemAnswer, value: ItemValue) -> _Step | None:
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


def _next_option(spec: ItemSpec, answer: ItemAnswer) -> _Step | None:
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
