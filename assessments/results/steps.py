"""The one list of steps as a document carries it (method 3.13). Pure: what was chosen and the items in, parts out."""

from collections.abc import Mapping, Sequence

from assessments.documents.result import ItemResult
from assessments.documents.steps import AdviceText, StepPart, StepsPart
from assessments.documents.values import Text, points
from assessments.scoring.evidence import ActionStep, StepBasis, StepKind, StepList, StepReason, choose_steps
from attributes.kinds import Trigger

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
