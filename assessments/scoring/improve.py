"""What would raise an attribute's score most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from assessments.scoring.attribute import AttributeScore, score_attribute
from assessments.scoring.items import (
    ItemValue,
    answers_by_code,
    option_credits,
    score_item,
)
from assessments.scoring.model import (
    AnswerState,
    ItemAnswer,
    ItemKind,
    ItemSpec,
    OptionAnswer,
    ScoringError,
    StateCredit,
)
from assessments.scoring.rules import EVIDENCE_CAPS, FULL_EVIDENCE, ONE, TOP_LEVEL, ZERO


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


def improvements(
    attribute_specs: Sequence[ItemSpec], answers: Iterable[ItemAnswer]
) -> tuple[Improvement, ...]:
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
    values = {spec.code: score_item(spec, given[spec.code]) for spec in attribute_specs}
    baseline = _Baseline(tuple(attribute_specs), values, attributes.pop())
    found = [
        action for spec in attribute_specs for action in _item_actions(spec, given[spec.code], baseline)
    ]
    return tuple(sorted(found, key=_sort_key))


@dataclass(frozen=True, slots=True)
class _Baseline:
    specs: tuple[ItemSpec, ...]
    values: dict[str, ItemValue]
    attribute: str

    def score(self, changed: ItemValue | None = None) -> AttributeScore:
        values = self.values if changed is None else self.values | {changed.code: changed}
        return score_attribute(self.attribute, self.specs, values)


def _sort_key(action: Improvement) -> tuple[bool, Fraction]:
    if action.gain is None:
        return True, -action.range_gain
    return False, -action.gain


def _item_actions(spec: ItemSpec, answer: ItemAnswer, baseline: _Baseline) -> list[Improvement]:
    value = baseline.values[spec.code]
    if value.state is AnswerState.NOT_APPLICABLE:
        return []
    actions = []
    if value.capped:
        changed = score_item(spec, replace(answer, evidence_class=FULL_EVIDENCE))
        actions.append(_raised(Improvement(spec.code, "add_evidence", None, None, ZERO), changed, baseline))
    elif value.supported is not None and value.supported < ONE:
        actions.append(_next_level(spec, answer, value.supported, baseline))
    if value.share_known < ONE:
        weights = {item.code: item.weight for item in baseline.score().items}
        known = replace(value, share_known=ONE, supported=ZERO, claimed=ZERO, state=AnswerState.ANSWERED)
        actions.append(Improvement(spec.code, "answer", None, None, ZERO))
        del weights, known
    return actions


def _next_level(
    spec: ItemSpec, answer: ItemAnswer, supported: Fraction, baseline: _Baseline
) -> Improvement:
    raise NotImplementedError


def _raised(action: Improvement, changed: ItemValue, baseline: _Baseline) -> Improvement:
    raise NotImplementedError
