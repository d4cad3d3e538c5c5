"""What somebody has answered so far, in words: for the page that checks it, and for the copy they keep."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from assessments.answers.value import DONT_KNOW, NOT_APPLICABLE
from assessments.models import UnfinishedQuestionnaire
from assessments.respond.access import Access
from assessments.respond.forms import chosen_in, lines_of, words_name
from assessments.respond.questionnaire import AskedQuestion
from assessments.wording.saying import say_marked
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import Kind
from attributes.texts import Wording, direction, localise


@dataclass(frozen=True)
class ShownLine:
    """What was chosen on one line: of a list of options each, else the item itself, without a label."""

    label: SafeString
    said: SafeString
    is_given: bool


@dataclass(frozen=True)
class ShownItem:
    """An item with what was chosen; `is_given`: on any of its lines."""

    label: SafeString
    lines: list[ShownLine]

    @property
    def is_given(self) -> bool:
        """Whether anything of it was answered."""
        return any(line.is_given for line in self.lines)


@dataclass(frozen=True)
class ShownWords:
    """What was written, and about what; `name` is that of its input."""

    label: SafeString
    text: str
    name: str


@dataclass(frozen=True)
class ShownQuestion:
    """A page of the questionnaire as it is answered so far."""

    asked: AskedQuestion
    verbatim: SafeString
    direction: str
    items: list[ShownItem]
    words: list[ShownWords]

    @property
    def skipped(self) -> int:
        """How many of its items were left out. Words are welcome, not missed."""
        return sum(not item.is_given for item in self.items)

    @property
    def is_left_out(self) -> bool:
        """Whether nothing of the page was answered."""
        return not self.words and bool(self.items) and self.skipped == len(self.items)


def shown_answers(held: Access, questionnaire: UnfinishedQuestionnaire) -> list[ShownQuestion]:
    """Return every page of the questionnaire with what was answered on it, in the language being spoken."""
    return [_question(held, asked, questionnaire) for asked in held.questions]


def _question(held: Access, asked: AskedQuestion, questionnaire: UnfinishedQuestionnaire) -> ShownQuestion:
    say = held.say
    return ShownQuestion(
        asked=asked,
        verbatim=say(asked.question.verbatim),
        direction=direction(localise(asked.question.verbatim).lang),
        items=[_item(held.catalogue, item, questionnaire.answers.get(item.code), say) for item in asked.rated],
        words=list(_words(held, asked, questionnaire)),
    )


def _item(catalogue: CatalogueSet, item: CatalogueItem, entry: dict[str, Any] | None, say: Wording) -> ShownItem:
    chosen, labels = chosen_in(item, entry), _labels(catalogue, item, say)
    options = {option.key: say(option.label) for option in item.options}
    lines = [
        ShownLine(
            label=options.get(line.key, SafeString("")),
            said=labels[chosen[line.key]] if chosen[line.key] else say_marked("check.not_answered"),
            is_given=bool(chosen[line.key]),
        )
        for line in lines_of(item)
    ]
    return ShownItem(say(item.short), lines)


def _labels(catalogue: CatalogueSet, item: CatalogueItem, say: Wording) -> dict[str, SafeString]:
    """What each choice of an item is called, on its scale and off it."""
    off = {DONT_KNOW: say_marked("question.dont_know"), NOT_APPLICABLE: say_marked("question.not_applicable")}
    if item.kind is Kind.RATING:
        return off | {str(level): say(entry.label) for level, entry in enumerate(catalogue.scale)}
    return off | {state.key: say(state.label) for state in item.states}


def _words(held: Access, asked: AskedQuestion, questionnaire: UnfinishedQuestionnaire) -> Iterator[ShownWords]:
    labels = {item.code: held.say(item.short) for item in asked.items if item.kind is Kind.OPEN_TEXT}
    for key in asked.comment_keys:
        if text := questionnaire.comments.get(key):
            yield ShownWords(labels.get(key) or say_marked("check.comment"), text, words_name(key))


def plain(marked_up: str) -> str:
    """Words of a page as they stand in a file of text."""
    return html.unescape(strip_tags(marked_up))
