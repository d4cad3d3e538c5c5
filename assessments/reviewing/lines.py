"""The lines of a review in words: of each item what was said, what was proposed and what was replied."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.documents.result import ItemResult
from assessments.models import ItemOpinion, ReviewQuestion
from assessments.reviewing.reading import ReviewedItem, ReviewStanding
from assessments.scoring.method import OPTION_NOT_APPLICABLE
from assessments.vocabulary import STATE_LABELS, OpinionKind
from attributes.catalogue.types import CatalogueSet
from attributes.texts import localise


@dataclass(frozen=True)
class ReviewLine:
    """An item with everything a page says of it."""

    entry: ReviewedItem
    number: int
    short: str
    claimed: str
    said: str
    proposed: str

    @property
    def code(self) -> str:
        """The code of the item."""
        return self.entry.item.code

    @property
    def must(self) -> bool:
        """Whether no review goes without it."""
        return self.entry.must


@dataclass(frozen=True)
class ReviewQuestionLine:
    """A question of the reviewer, with the name of the item it is about."""

    row: ReviewQuestion
    short: str


def review_lines(standing: ReviewStanding) -> list[ReviewLine]:
    """The items in the order of what matters."""
    catalogue = standing.answers.catalogue
    return [
        ReviewLine(
            entry=entry,
            number=catalogue.position(catalogue.items[entry.item.code].question_code),
            short=localise(entry.item.short),
            claimed=claimed_words(entry.item),
            said=said_words(entry),
            proposed=proposed_words(entry.item, entry.opinion, catalogue),
        )
        for entry in standing.items
    ]


def question_lines(standing: ReviewStanding) -> list[ReviewQuestionLine]:
    """The reviewer's questions."""
    items = standing.answers.document.items()
    return [
        ReviewQuestionLine(row, localise(items[row.item].short) if row.item in items else "")
        for row in standing.questions
    ]


def claimed_words(item: ItemResult) -> str:
    """What the organiser answered, in short."""
    if item.state == OPTION_NOT_APPLICABLE:
        return _("Does not apply")
    if item.level is not None:
        return localise(item.level_label)
    if item.claimed is None:
        return _("Not known")
    return " · ".join(
        f"{localise(line.label)}: {localise(line.state_label) or STATE_LABELS.get(line.state, '')}".removeprefix(": ")
        for line in item.options
        if line.state
    )


def said_words(entry: ReviewedItem) -> str:
    """What the reviewer said of an item, in a word or two."""
    if entry.opinion is None:
        return _("To be looked at again: the answer was changed") if entry.outdated else _("Not looked at")
    return {
        OpinionKind.AGREES.value: _("Agrees"),
        OpinionKind.PROPOSES.value: _("Proposes another answer"),
        OpinionKind.CANNOT_TELL.value: _("Cannot tell"),
    }[entry.opinion.says]


def proposed_words(item: ItemResult, opinion: ItemOpinion | None, catalogue: CatalogueSet) -> str:
    """The answer that was proposed; empty where none was."""
    if opinion is None or opinion.says != OpinionKind.PROPOSES:
        return ""
    if opinion.level is not None:
        return localise(catalogue.scale[opinion.level].label)
    labels = {state.key: localise(state.label) for state in item.states}
    names = {line.key: localise(line.label) for line in item.options}
    changed = {line.key: opinion.states.get(line.key) for line in item.options}
    return " · ".join(
        f"{names[key]}: {labels.get(state, state)}".removeprefix(": ") for key, state in changed.items() if state
    )
