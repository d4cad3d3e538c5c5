"""The evidence track of a whole assessment (method 3.3 to 3.7), and from where the list of steps is chosen (3.13)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.evidence.attribute import CountedAttribute, count_attribute, index_of, weakest
from assessments.scoring.evidence.items import CountedItem, GivenAnswer, count_item, following_value, unanswered
from assessments.scoring.evidence.lines import (
    Contradiction,
    ContradictionRule,
    States,
    contradictions,
    unknown_lines,
)
from assessments.scoring.evidence.pieces import TransparencyFigures, transparency
from assessments.scoring.evidence.steps import StepBasis
from assessments.scoring.method import FULL_SCORE, METHOD_VERSION, OPTION_NOT_APPLICABLE, UNNAMED_OPTION
from assessments.scoring.model import ItemKind, ItemState, ProcessKind, ScoringError, ScoringItem, applies_to
from assessments.scoring.summary import SummaryIndex


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """What page 1 counts: items and lines that are not known, items that are not shown, items and lines N/A.

    Lines are those of lists, and counted beside their items. `items_not_shown` are answered and nothing shows them.
    Items not applicable by kind are in no count.
    """

    items_not_known: int
    lines_not_known: int
    items_not_shown: int
    items_not_applicable: int
    lines_not_applicable: int


@dataclass(frozen=True, slots=True)
class EvidenceResult:
    """The evidence track of one assessment: profile, weakest attribute, index (the order of method 3.7).

    `items` holds what each answer counts as, by code, for the items that apply to the kind of process. `by_kind` are
    the codes of those that do not, `kept` the ones among them with an answer, which is kept and not counted.
    """

    method_version: str
    items: Mapping[str, CountedItem]
    attributes: tuple[CountedAttribute, ...]
    weakest: tuple[str, ...]
    index: SummaryIndex | None
    contradictions: tuple[Contradiction, ...]
    by_kind: tuple[str, ...]
    kept: tuple[str, ...]
    transparency: TransparencyFigures
    open_counts: OpenCounts

    def item_scores(self) -> dict[str, Fraction]:
        """The points of the items that have a letter, by code."""
        return {
            item.code: FULL_SCORE * item.counted
            for item in self.items.values()
            if item.counted is not None and item.is_known
        }

    def attribute_scores(self) -> dict[str, Fraction]:
        """The points of the attributes that have a score, by code."""
        return {found.code: found.score for found in self.attributes if found.score is not None}


def score_evidence(
    specs: Sequence[ScoringItem],
    answers: Sequence[GivenAnswer],
    *,
    kind: ProcessKind | None = None,
    rules: Sequence[ContradictionRule] = (),
    unscored: States | None = None,
    unscored_said: States | None = None,
) -> EvidenceResult:
    """Return the result of the evidence track; an item without an answer counts as unanswered.

    `specs` are all scored items, `kind` leaves out those that do not apply. `unscored` holds the lists that only the
    `rules` ask for, by item and option, each line as it counts (`read_line`); one that is missing is not answered.
    `unscored_said` holds them as they were answered.
    Raises ScoringError for input the method refuses (method 3.11): an answer to an unknown item, an item specified or
    answered twice, or an answer its item does not permit.
    """
    given = _by_code(specs, answers)
    applicable = applies_to(specs, kind)
    applicable_codes = {spec.code for spec in applicable}
    items = {spec.code: count_item(spec, given[spec.code]) for spec in applicable}
    found = contradictions(rules, {**(unscored or {}), **_states(applicable, given, items)}, unscored_said)
    unknown = unknown_lines(found)
    # What contradicts nothing counts as it did before.
    items |= {s.code: count_item(s, given[s.code], unknown[s.code]) for s in applicable if s.code in unknown}
    attributes = tuple(
        count_attribute(code, applicable, items) for code in dict.fromkeys(spec.attribute for spec in specs)
    )
    by_kind = tuple(spec.code for spec in specs if spec.code not in applicable_codes)
    return EvidenceResult(
        method_version=METHOD_VERSION,
        items=items,
        attributes=attributes,
        weakest=weakest(attributes),
        index=index_of(attributes),
        contradictions=found,
        by_kind=by_kind,
        kept=tuple(code for code in by_kind if given[code].state is not ItemState.UNANSWERED),
        transparency=transparency({code: item.evidence for code, item in items.items() if item.counted is not None}),
        open_counts=_open_counts(items.values()),
    )


def _by_code(specs: Sequence[ScoringItem], answers: Sequence[GivenAnswer]) -> dict[str, GivenAnswer]:
    found = {spec.code: unanswered(spec.code) for spec in specs}
    if len(found) < len(specs):
        raise ScoringError("an item is specified twice")
    given = {answer.code: answer for answer in answers}
    if len(given) < len(answers):
        raise ScoringError("an item is answered twice")
    unknown = given.keys() - found.keys()
    if unknown:
        raise ScoringError(f"{', '.join(sorted(unknown))}: answer to an unknown item")
    return found | given


def _states(
    specs: Iterable[ScoringItem], given: Mapping[str, GivenAnswer], items: Mapping[str, CountedItem]
) -> dict[str, dict[str, str]]:
    """What the answers count as before anything contradicts anything, as the rules want it."""
    states = {}
    for spec in specs:
        item = items[spec.code]
        own = {line.option: line.counts_as for line in item.lines}
        if not own:
            named = spec.options if spec.kind is ItemKind.CHOICE else (UNNAMED_OPTION,)
            own = dict.fromkeys(named, _state(given[spec.code], item))
        states[spec.code] = own
    return states


def _state(answer: GivenAnswer, item: CountedItem) -> str:
    if item.state is ItemState.NOT_APPLICABLE:
        return OPTION_NOT_APPLICABLE
    # The organiser's own level contradicts or not, whatever a reviewer made of it.
    return str(answer.level) if answer.state is ItemState.ANSWERED else ""


def _open_counts(items: Iterable[CountedItem]) -> OpenCounts:
    found = list(items)
    # The one line of a yes/no item is the item itself.
    lines = [line for item in found for line in item.lines if line.option != UNNAMED_OPTION]
    return OpenCounts(
        items_not_known=sum(item.counted is None and item.state is not ItemState.NOT_APPLICABLE for item in found),
        lines_not_known=sum(line.open_because is not None for line in lines),
        items_not_shown=sum(item.counted is not None and not item.shown for item in found),
        items_not_applicable=sum(item.state is ItemState.NOT_APPLICABLE for item in found),
        lines_not_applicable=sum(line.counts_as == OPTION_NOT_APPLICABLE for line in lines),
    )


def step_bases(
    specs: Sequence[ScoringItem],
    result: EvidenceResult,
    *,
    experience: Mapping[str, Fraction] | None = None,
    verdicts: Mapping[str, str] | None = None,
) -> tuple[StepBasis, ...]:
    """Return where every applicable scored item stands, in the order of `specs`.

    `experience` (points) and `verdicts` of the stakeholders' items are by code, as far as they may be told to whoever
    reads the list.
    """
    coverage = {found.code: found.coverage for found in result.attributes}
    weight = {item.code: item.weight for found in result.attributes for item in found.items}
    bases = []
    for spec in specs:
        item = result.items.get(spec.code)
        if item is not None and item.state is not ItemState.NOT_APPLICABLE:
            bases.append(
                StepBasis(
                    code=spec.code,
                    attribute=spec.attribute,
                    claimed=item.highest,
                    counted=item.counted,
                    weight=weight[spec.code],
                    critical=spec.critical,
                    share_known=item.share_known,
                    coverage=coverage[spec.attribute],
                    following=following_value(spec, item),
                    grade=item.evidence.grade,
                    capped_because=item.capped_because,
                    experience=(experience or {}).get(spec.code),
                    verdict=(verdicts or {}).get(spec.code),
                )
            )
    return tuple(bases)
