"""What stands out of a result: how much is open, how far others can check it, what contradicts what, what is not known;
and the one list of steps (method 3.13). First into the document, then as page and PDF take it out again. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assessments.answers.evidence import file_reference
from assessments.answers.value import DONT_KNOW, NOT_APPLICABLE, UNANSWERED
from assessments.documents.result import ItemResult, ResultDocument
from assessments.documents.standouts import ContradictionPart, LineRef, OpenCountsPart, RulePart, TransparencyPart
from assessments.documents.steps import AdviceText, StepPart, StepsPart
from assessments.documents.values import Text, points, share
from assessments.headlines import evidence_sentences
from assessments.results.sections import reserved_label
from assessments.scoring.evidence import (
    ActionStep,
    Contradiction,
    ContradictionRule,
    OpenCounts,
    StepBasis,
    StepKind,
    StepList,
    StepReason,
    TransparencyFigures,
    choose_steps,
)
from attributes.kinds import Trigger


def open_counts_part(counts: OpenCounts) -> OpenCountsPart:
    """What page 1 counts."""
    return OpenCountsPart(**asdict(counts))


def transparency_part(figures: TransparencyFigures, items: Iterable[ItemResult]) -> TransparencyPart:
    """How far others can check the evidence; files under the names they were given."""
    names = {file_reference(file.sha256): file.name for item in items for file in item.evidence_files}
    return TransparencyPart(
        full=figures.full,
        opened=figures.opened,
        opened_share=None if figures.opened_share is None else share(figures.opened_share),
        only_described=figures.only_described,
        most_on_one=figures.most_on_one,
        documents=[names.get(name, name) for name in figures.documents],
    )


def rule_part(rule: ContradictionRule) -> RulePart:
    """A rule as the document carries it."""
    return RulePart(
        code=rule.code,
        a=rule.a,
        a_states=sorted(rule.a_states),
        b=rule.b,
        b_states=sorted(rule.b_states),
        named_states=sorted(rule.named),
    )


def contradiction_part(found: Contradiction) -> ContradictionPart:
    """Two lines that contradict each other, as the document carries them."""
    return ContradictionPart(
        rule=found.rule,
        a=LineRef(item=found.a, option=found.a_option),
        b=LineRef(item=found.b, option=found.b_option),
        is_unknown=found.is_unknown,
    )


def not_known(items: Iterable[ItemResult]) -> list[str]:
    """The codes of scored items that are not known."""
    return [item.code for item in items if item.scored and item.state in (UNANSWERED, DONT_KNOW)]


def does_not_apply(items: Iterable[ItemResult]) -> list[str]:
    """The codes of items that do not apply, those by kind of process aside."""
    return [item.code for item in items if item.state == NOT_APPLICABLE and not item.by_kind]


# Which recommendations are for an item at this level; for one that is not known there are none.
TRIGGER_OF_LEVEL = {"N": Trigger.NOT_OR_PARTIALLY, "P": Trigger.NOT_OR_PARTIALLY, "L": Trigger.LARGELY}


def steps_part(items: Mapping[str, ItemResult], chosen: StepList) -> StepsPart:
    """Return steps and strengths in words; `items` are those of the document, by code."""
    head = {step.code for step in chosen.head}
    return StepsPart(
        steps=[_step(items[step.code], step, in_head=step.code in head) for step in chosen.steps],
        strengths=list(chosen.strengths),
        all_full=chosen.all_full,
    )


def chosen_for(bases: Sequence[StepBasis], *, is_example: bool) -> StepList:
    """Return the steps; of an example none, since those who could take them have asked for none."""
    return choose_steps([] if is_example else bases)


def _step(item: ItemResult, step: ActionStep, *, in_head: bool) -> StepPart:
    return StepPart(
        item=step.code,
        attribute=step.attribute,
        short=item.short,
        kind=step.kind.value,
        reason=step.reason.value,
        level=step.level,
        letter=item.letter,
        claimed_letter=item.claimed_letter,
        critical=step.critical,
        flagged=step.flagged,
        at_stake=points(step.at_stake),
        in_head=in_head,
        capped_because=step.capped_because or "",
        texts=_texts(item, step),
        # What to improve is said in the texts, not by evidence.
        settle_by={} if step.kind is StepKind.IMPROVE_IT else item.settle_by,
        hint=_hint(item, step),
    )


def _hint(item: ItemResult, step: ActionStep) -> Text:
    if step.kind is StepKind.SHOW_IT:
        return item.show_it
    return item.blind_spot if step.reason is StepReason.BLIND_SPOT else {}


def _texts(item: ItemResult, step: ActionStep) -> list[AdviceText]:
    if step.kind is not StepKind.IMPROVE_IT:
        return []
    trigger = TRIGGER_OF_LEVEL.get(step.level)
    return [text for text in item.advice if text.trigger == trigger]


# --- As page and PDF look it up: items for codes, lines for contradictions --------------------------------------------


@dataclass(frozen=True)
class NamedLine:
    """One side of a contradiction: the item, its line where it is a list, and what was answered there."""

    item: ItemResult
    label: Text
    said: Text


@dataclass(frozen=True)
class NamedContradiction:
    """Two lines that contradict each other, in words; `is_unknown`: the second counts as unknown."""

    first: NamedLine
    second: NamedLine
    is_unknown: bool


def evidence_context(document: ResultDocument, steps: StepsPart) -> dict[str, Any]:
    """Return what the templates of page and PDF share of the evidence track."""
    items = document.items()
    capped = [item for item in items.values() if item.capped]
    return {
        "head": steps.head,
        "other_steps": steps.others,
        "nothing_to_do": evidence_sentences.nothing_to_do(steps, is_example=document.process.is_example),
        "no_strength": evidence_sentences.no_strength(is_example=document.process.is_example),
        "unknown": [items[code] for code in document.unknown],
        "not_applicable": [items[code] for code in document.not_applicable],
        "lines_not_applicable": [
            (item, line) for item in items.values() for line in item.options if _is_left_out(item, line.counts_as)
        ],
        "by_kind": [items[code] for code in document.by_kind],
        "claims_above": evidence_sentences.claims_above(capped),
        "capped": [(item, evidence_sentences.claimed_and_counted(item)) for item in capped],
        "open_sentence": evidence_sentences.open_sentence(document),
        "transparency": evidence_sentences.transparency_sentences(document),
        "contradictions": [_named(items, found) for found in document.contradictions],
        # Of lists many lines may contradict each other: where space is short, the items are named once.
        "contradicted": list(dict.fromkeys(f"{found.a.item} / {found.b.item}" for found in document.contradictions)),
        "letter_notes": [
            (attribute, note)
            for attribute in document.attributes
            if (note := evidence_sentences.letter_note(attribute))
        ],
    }


def _is_left_out(item: ItemResult, counts_as: str) -> bool:
    return item.scored and item.state == "answered" and counts_as == "not_applicable"


def _named(items: dict[str, ItemResult], found: ContradictionPart) -> NamedContradiction:
    return NamedContradiction(_line(items, found.a), _line(items, found.b), found.is_unknown)


def _line(items: dict[str, ItemResult], ref: LineRef) -> NamedLine:
    item = items[ref.item]
    line = next((line for line in item.options if line.key == ref.option), None)
    return NamedLine(
        item, line.label if line else {}, line.state_label or reserved_label(line.state) if line else item.level_label
    )
