"""The second sentence of a headline: what is most urgent, or how much is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.documents.both_tracks import DividedLine, JointDocument
from assessments.documents.steps import StepPart, StepsPart
from assessments.headlines.basis import HeadlineBasis
from assessments.headlines.first import FirstSentence
from assessments.headlines.sentence import Name, Sentence
from assessments.headlines.unit_names import unit_slot
from attributes.memory import gettext

SecondKind = Literal[
    "blind_spot", "divided", "ask", "find_out", "show_it", "improve_it", "not_known", "example", "keep"
]


@dataclass(frozen=True)
class SecondSentence:
    """The sentence and its rule. `attribute`: the code of the attribute that its item belongs to, "" without one."""

    kind: SecondKind
    sentence: Sentence
    attribute: str = ""


def second_sentence(basis: HeadlineBasis, joint: JointDocument | None, first: FirstSentence) -> SecondSentence:
    """Return the sentence of the first rule that fits.

    What stakeholders contradict comes first, whatever was praised: then the first sentence praises on paper only. Of
    the steps, one on what was praised is passed over.
    """
    steps = joint.steps if joint else basis.document.steps
    if joint is not None:
        found = _blind_spot(joint) or _divided(joint, is_panel_only=first.kind == "only_panel")
        if found is not None:
            return found
    return _step(basis, steps, first) or _what_is_open(basis)


def blind_spots_in_order(joint: JointDocument) -> list[StepPart]:
    """The possible blind spots on critical items, in the order of the steps."""
    return [step for step in joint.steps.steps if step.item in joint.blind_spots and step.critical]


def contradicted_by_groups(joint: JointDocument) -> set[str]:
    """The codes of the attributes in which stakeholders contradict a critical item, or are divided on a first step."""
    divided = {line.item for line in joint.divided}
    in_head = {step.attribute for step in joint.steps.head if step.item in divided}
    return in_head | {step.attribute for step in blind_spots_in_order(joint)}


def by_weight(lines: Sequence[DividedLine]) -> list[DividedLine]:
    """Divided items, critical ones first, then as the document has them."""
    return sorted(lines, key=lambda line: not line.critical)


def step_sentence(step: StepPart, *, is_first: bool) -> Sentence:
    """Say what a step asks for; `is_first`: it is the first of all."""
    item = Name.of_text(step.short)
    if step.reason in ("blind_spot", "divided"):
        words = gettext("Ask stakeholders why they see this otherwise: %(item)s.")
    elif step.kind == "find_out":
        words = gettext("Most urgent to find out: %(item)s.") if is_first else gettext("To be found out: %(item)s.")
    elif step.kind == "show_it":
        words = gettext("Most urgent to show: %(item)s.") if is_first else gettext("To be shown: %(item)s.")
    else:
        words = gettext("Most urgent to improve: %(item)s.") if is_first else gettext("To be improved: %(item)s.")
    return Sentence(words, item=item)


def _blind_spot(joint: JointDocument) -> SecondSentence | None:
    for step in blind_spots_in_order(joint):
        return SecondSentence("blind_spot", _blind_spot_sentence(step, joint), step.attribute)
    return None


def _blind_spot_sentence(step: StepPart, joint: JointDocument) -> Sentence:
    """Who sees least of what is shown, for those who may read it; of a public document stakeholders as a whole."""
    name = Name.of_text(step.short)
    item = joint.panel.item(step.item)
    if item is None or item.cells is None or not item.cells.lowest:
        return Sentence(gettext("%(item)s is shown, yet stakeholders see less of it: ask them why."), item=name)
    words = gettext("%(item)s is shown, yet least of it is seen by %(lowest)s: ask them why.")
    return Sentence(words, item=name, lowest=unit_slot(joint, item.cells.lowest))


def _divided(joint: JointDocument, *, is_panel_only: bool) -> SecondSentence | None:
    """The first step of the head on which groups are divided; with answers of stakeholders alone, any divided item."""
    lines = {line.item: line for line in joint.divided}
    found = [lines[step.item] for step in joint.steps.head if step.item in lines]
    if is_panel_only:
        found = by_weight(joint.divided)
    if not found:
        return None
    return SecondSentence("divided", _divided_sentence(found[0], joint), found[0].attribute)


def _divided_sentence(line: DividedLine, joint: JointDocument) -> Sentence:
    item = Name.of_text(line.short)
    if not line.highest or not line.lowest:
        return Sentence(gettext("Groups are divided on this: %(item)s. Ask them why."), item=item)
    words = gettext("Groups are divided on this: %(item)s. %(highest)s see most of it, %(lowest)s least.")
    return Sentence(words, item=item, highest=unit_slot(joint, line.highest), lowest=unit_slot(joint, line.lowest))


def _step(basis: HeadlineBasis, steps: StepsPart, first: FirstSentence) -> SecondSentence | None:
    open_to_name = [step for step in steps.head if step.attribute not in first.praised]
    if not open_to_name:
        return None
    step = open_to_name[0]
    if first.kind in ("much_unknown", "withheld") and step.reason == "not_known":
        words = gettext("First find this out: %(item)s. %(unknown)s of %(total)s answers are not known.")
        counts = {"unknown": basis.known.unknown, "total": basis.known.total}
        return SecondSentence("find_out", Sentence(words, item=Name.of_text(step.short), **counts), step.attribute)
    kind: SecondKind = "ask" if step.reason in ("blind_spot", "divided") else step.kind
    return SecondSentence(kind, step_sentence(step, is_first=step is steps.head[0]), step.attribute)


def _what_is_open(basis: HeadlineBasis) -> SecondSentence:
    counted = basis.known
    if counted.unknown:
        words = gettext("Not known: %(unknown)s of %(total)s answers.")
        return SecondSentence("not_known", Sentence(words, unknown=counted.unknown, total=counted.total))
    if basis.document.process.is_example:
        words = gettext("This was coded from one text, and nothing is recommended.")
        return SecondSentence("example", Sentence(words))
    return SecondSentence("keep", Sentence(gettext("Keep the evidence current.")))
