"""Strengths and concerns of a result in words: three of each for a board, all from the one list of steps."""

from dataclasses import dataclass

from django.utils.translation import gettext

from assessments.documents.result import ItemResult, ResultDocument
from assessments.documents.steps import StepPart, StepsPart
from assessments.headlines.names import in_sentence
from assessments.headlines.sentence import Sentence, Slot
from attributes.texts import localise


@dataclass(frozen=True)
class Strength:
    """An item that stands well: `text` is what was said of it, in the words of the level answered."""

    item: ItemResult
    text: str


@dataclass(frozen=True)
class Concern:
    """The head of a step: `state` says where the item stands, `kind` what kind of step it is, `why` why it is one,
    `step` what to do and `change` what that would change. All are words; `kind` is the key of the document.
    """

    item: ItemResult
    state: str
    kind: str
    step: str
    why: Sentence
    change: Sentence


def strengths(document: ResultDocument, steps: StepsPart, limit: int = 3) -> list[Strength]:
    """Return what stands best, best first; never something that is a step."""
    items = document.items()
    return [Strength(items[code], _said(items[code])) for code in steps.strengths[:limit]]


def concerns(document: ResultDocument, steps: StepsPart, limit: int = 3) -> list[Concern]:
    """Return what to do first, in the order of the steps."""
    items = document.items()
    return [_concern(step, items[step.item], document) for step in steps.head[:limit]]


def _concern(step: StepPart, item: ItemResult, document: ResultDocument) -> Concern:
    return Concern(
        item=item,
        state=_state(item),
        kind=step.kind,
        step=_to_do(step),
        why=_why(step),
        change=_change(step, document),
    )


def _said(item: ItemResult) -> str:
    return str(localise(item.anchor) or localise(item.level_label) or "")


def _state(item: ItemResult) -> str:
    if item.counted is None:
        return gettext("Not known")
    return str(localise(item.level_label)) if item.level_label and not item.capped else ""


def _to_do(step: StepPart) -> str:
    texts = [localise(text.text) for text in step.texts[:1]] or [localise(step.hint), localise(step.settle_by)]
    return str(next(filter(None, texts), ""))


def _why(step: StepPart) -> Sentence:
    return Sentence(
        {
            "not_known": gettext("Nobody has said whether it is so."),
            "claimed_above": gettext("More is claimed than is shown."),
            "blind_spot": gettext("It exists, and stakeholders do not see it."),
            "divided": gettext("Stakeholder groups see it differently."),
            "below_top": gettext("It is not fully in place."),
        }[step.reason]
    )


def _change(step: StepPart, document: ResultDocument) -> Sentence:
    points = int(step.at_stake.whole)
    slots: dict[str, Slot] = {"points": points, "name": in_sentence(document.attribute(step.attribute))}
    if not points:
        return Sentence(gettext("No figure would change."))
    if step.kind == "find_out":
        return Sentence(gettext("It would settle up to %(points)s points of 100 of %(name)s."), **slots)
    return Sentence(gettext("It would add up to %(points)s points of 100 to %(name)s."), **slots)
