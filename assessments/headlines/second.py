"""The second sentence of a headline: what is most urgent, or how much is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext

from assessments.documents.both_tracks import DividedLine, JointDocument
from assessments.documents.steps import StepPart, StepsPart
from assessments.headlines.first import FirstSentence
from assessments.headlines.sentence import Name, Sentence
from assessments.headlines.standing import HeadlineBasis
from assessments.headlines.unit_names import unit_slot

SecondKind = Literal[
    "blind_spot", "divided", "find_out", "show_it", "improve_it", "ask", "not_known", "example", "keep"
]


@dataclass(frozen=True)
class SecondSentence:
    """The sentence and its rule. `attribute`: the code of the attribute that its item belongs to, "" without one."""

    kind: SecondKind
    sentence: Sentence
    attribute: str = ""


def second_sentence(standing: HeadlineBasis, joint: JointDocument | None, first: FirstSentence) -> SecondSentence:
    """Return the sentence of the first rule that fits.

    What stakeholders contradict comes first, whatever was praised: then the first sentence praises on paper only. Of
    the steps, one on what was praised is passed over.
    """
    steps = joint.steps if joint else standing.document.steps
    if joint is not None:
        found = _blind_spot(standing, joint, steps) or _divided(joint, steps, is_panel_only=first.kind == "only_panel")
        if found is not None:
            return found
    return _step(standing, steps, first) or _what_is_open(standing)


def _blind_spot(standing: HeadlineBasis, joint: JointDocument, steps: StepsPart) -> SecondSentence | None:
    """The first possible blind spot on a critical item, in the order of the steps."""
    items = standing.document.items()
    for step in steps.steps:
        if step.item in joint.blind_spots and items[step.item].critical:
            words = gettext("Stakeholders see less of this than is shown: %(item)s. Ask them why.")
            return SecondSentence("blind_spot", Sentence(words, item=Name.of_text(step.short)), step.attribute)
    return None


def _divided(joint: JointDocument, steps: StepsPart, *, is_panel_only: bool) -> SecondSentence | None:
    """The first step of the head on which groups are divided; with answers of stakeholders alone, any divided item."""
    lines = {line.item: line for line in joint.divided}
    found = [lines[step.item] for step in steps.head if step.item in lines]
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


def _step(standing: HeadlineBasis, steps: StepsPart, first: FirstSentence) -> SecondSentence | None:
    head = steps.head
    open_to_name = [step for step in head if step.attribute not in first.praised]
    if not open_to_name:
        return None
    step = open_to_name[0]
    if first.kind in ("much_unknown", "withheld") and step.reason == "not_known":
        words = gettext("First find this out: %(item)s. %(unknown)s of %(total)s answers are not known.")
        counts = {"unknown": standing.known.unknown, "total": standing.known.total}
        return SecondSentence("find_out", Sentence(words, item=Name.of_text(step.short), **counts), step.attribute)
    return _step_sentence(step, is_first=step is head[0])


def _step_sentence(step: StepPart, *, is_first: bool) -> SecondSentence:
    kind: SecondKind
    if step.reason in ("blind_spot", "divided"):
        kind = "ask"
        words = gettext("Ask stakeholders why they see this otherwise: %(item)s.")
    elif step.kind == "find_out":
        kind = "find_out"
        words = gettext("Most urgent to find out: %(item)s.") if is_first else gettext("To be found out: %(item)s.")
    elif step.kind == "show_it":
        kind = "show_it"
        words = gettext("Most urgent to show: %(item)s.") if is_first else gettext("To be shown: %(item)s.")
    else:
        kind = "improve_it"
        words = gettext("Most urgent to improve: %(item)s.") if is_first else gettext("To be improved: %(item)s.")
    return SecondSentence(kind, Sentence(words, item=Name.of_text(step.short)), step.attribute)


def _what_is_open(standing: HeadlineBasis) -> SecondSentence:
    counted = standing.known
    if counted.unknown:
        words = gettext("Not known: %(unknown)s of %(total)s answers.")
        return SecondSentence("not_known", Sentence(words, unknown=counted.unknown, total=counted.total))
    if standing.document.process.is_example:
        words = gettext("This was coded from one text, and nothing is recommended.")
        return SecondSentence("example", Sentence(words))
    return SecondSentence("keep", Sentence(gettext("Keep the evidence current.")))


def by_weight(lines: Sequence[DividedLine]) -> list[DividedLine]:
    """Divided items in the order of what matters: critical ones first, then as the document has them."""
    return sorted(lines, key=lambda line: not line.critical)
