"""Why something is a step, in one sentence."""

from collections.abc import Callable

from assessments.documents.result import ItemResult
from assessments.documents.steps import StepPart
from assessments.headlines.sentence import Sentence
from assessments.scoring.evidence import CapReason
from attributes.memory import gettext


def why_step(step: StepPart, item: ItemResult) -> Sentence:
    """Say why this item is one of the steps."""
    if step.reason == "claimed_above":
        return Sentence(_claimed_above(step, item))
    if step.reason == "not_known":
        return Sentence(_not_known(step))
    if step.reason == "blind_spot":
        return Sentence(gettext("It is shown, and stakeholders do not see it."))
    if step.reason == "divided":
        return Sentence(gettext("It is fully shown, and groups are divided on it."))
    return Sentence(_below_top(step))


def _claimed_above(step: StepPart, item: ItemResult) -> str:
    reason = CapReason(step.capped_because)
    if reason is CapReason.ONLY_DESCRIBED and item.stakeholder_primary:
        return gettext("More is claimed than counts: no record of the groups, and no survey of them, shows it.")
    return _CAPPED[reason]()


_CAPPED: dict[CapReason, Callable[[], str]] = {
    CapReason.NOTHING_GIVEN: lambda: gettext("More is claimed than counts: nothing is given to show it."),
    CapReason.ONLY_DESCRIBED: lambda: gettext(
        "More is claimed than counts: it is only described, or others cannot open it."
    ),
    CapReason.NOT_OPENED: lambda: gettext("More is claimed than counts: nobody else has opened the evidence."),
    CapReason.DISPUTED: lambda: gettext("More is claimed than counts: the reviewer disputes it."),
}


def _not_known(step: StepPart) -> str:
    if step.flagged:
        return gettext("It is not known, and groups are divided on it.")
    if step.critical:
        return gettext("It is not known, and much rests on it.")
    return gettext("It is not known.")


def _below_top(step: StepPart) -> str:
    if step.letter is not None and step.standing != step.letter:
        return gettext("Stakeholders put it lower than the organiser.")
    if step.flagged:
        return gettext("It is not fully achieved, and stakeholders see it differently.")
    if step.letter == "N":
        return gettext("It is not achieved.")
    return gettext("It is achieved in part.") if step.letter == "P" else gettext("It is not fully achieved.")
