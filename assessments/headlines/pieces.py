"""Strengths and concerns of a result in words, from the one list of steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.utils.translation import ngettext

from assessments.documents.result import AttributeResult, ItemResult, OptionLine, ResultDocument
from assessments.documents.steps import StepPart, StepsPart
from assessments.headlines.levels import LETTER_LABELS
from assessments.headlines.names import in_sentence
from assessments.headlines.sentence import Name, Sentence
from assessments.headlines.why import why_step
from assessments.scoring import parse_fraction
from assessments.scoring.method import ONE
from attributes.memory import gettext


@dataclass(frozen=True)
class Strength:
    """An item that stands well: `text` is what was said of it, in the words of the level answered."""

    item: ItemResult
    text: Sentence


@dataclass(frozen=True)
class Concern:
    """One of the steps to take first, in words, each put together when it is asked for: of most steps a page says
    two of them.
    """

    part: StepPart
    item: ItemResult
    attribute: AttributeResult

    @property
    def kind(self) -> str:
        """The key of the document: "find_out", "show_it" or "improve_it"."""
        return self.part.kind

    @cached_property
    def state(self) -> str:
        """Where the item stands: the level that counts; the answer itself stands behind "how we know"."""
        return str(LETTER_LABELS[self.item.letter]) if self.item.letter else gettext("Not known")

    @cached_property
    def why(self) -> Sentence:
        """Why that is a step."""
        return why_step(self.part, self.item)

    @cached_property
    def step(self) -> Sentence:
        """What to do; empty where the question set gives no advice."""
        texts = [text.text for text in self.part.texts[:1]] or [self.part.hint, self.part.settle_by]
        found = next(filter(None, texts), None)
        return Sentence("%(step)s", step=Name.of_text(found)) if found else Sentence("")

    @cached_property
    def change(self) -> Sentence:
        """What that would change."""
        return _change(self.part, self.attribute)


def strengths(document: ResultDocument, steps: StepsPart, limit: int = 3) -> list[Strength]:
    """Return what stands best, best first; never something that is a step."""
    items = document.items()
    return [Strength(items[code], said_of(items[code])) for code in steps.strengths[:limit]]


def concerns(document: ResultDocument, steps: StepsPart, limit: int = 3) -> list[Concern]:
    """Return what to do first, in the order of the steps."""
    return concerns_of(steps.head[:limit], document)


def concerns_of(steps: Iterable[StepPart], document: ResultDocument) -> list[Concern]:
    """Put steps into words."""
    items = document.items()
    return [Concern(step, items[step.item], document.attribute(step.attribute)) for step in steps]


def said_of(item: ItemResult) -> Sentence:
    """What was answered, in the words of the question set; of a list, how much of it holds in full."""
    named = [line for line in item.options if line.key]
    if named:
        known = [line for line in named if line.known]
        full = [line for line in known if _holds(line)]
        if full:
            words = gettext("In full: %(lines)s (%(full)s of %(n)s).")
            return Sentence(words, lines=Name.of_texts(line.label for line in full), full=len(full), n=len(known))
        return Sentence(gettext("In part; nothing of it in full."))
    answer = next((line.state_label for line in item.options if line.state_label), None)
    words_of_level = item.anchor or answer or item.level_label
    return Sentence("%(answer)s", answer=Name.of_text(words_of_level))


def _holds(line: OptionLine) -> bool:
    return line.credit is not None and parse_fraction(line.credit) == ONE


def _change(step: StepPart, attribute: AttributeResult) -> Sentence:
    if step.reason in ("blind_spot", "divided"):
        return Sentence(gettext("Whether what is shown reaches stakeholders would be known."))
    if step.at_stake.value < Fraction(1, 2):
        return Sentence(gettext("On the figure of %(name)s it has hardly any effect."), name=in_sentence(attribute))
    points = int(step.at_stake.whole)
    if step.kind == "find_out":
        words = ngettext(
            "The range of %(name)s would be about %(points)s point narrower.",
            "The range of %(name)s would be about %(points)s points narrower.",
            points,
        )
    elif step.kind == "show_it":
        words = ngettext(
            "Shown, it adds about %(points)s point to %(name)s.",
            "Shown, it adds about %(points)s points to %(name)s.",
            points,
        )
    else:
        words = ngettext(
            "The next level adds about %(points)s point to %(name)s.",
            "The next level adds about %(points)s points to %(name)s.",
            points,
        )
    return Sentence(words, points=points, name=in_sentence(attribute))
