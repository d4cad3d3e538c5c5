"""What stakeholders are asked: a question set without what only the organiser can know (method 3.8, 5.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.answers.value import ANSWERED
from attributes.catalogue.types import CatalogueItem, CatalogueQuestion, CatalogueSet
from attributes.kinds import Audience, Kind

# Of the Internet Society's questions in words, the method asks stakeholders these two; of other sets, all.
ASKED_IN_WORDS: Mapping[str, frozenset[str]] = {"isoc-multistakeholder-attributes": frozenset({"CR1d", "ED3b"})}

# Straight-lining (method 6, no. 8).
FLAT_ITEMS = 10
FLAT_SECONDS = 120


@dataclass(frozen=True)
class AskedQuestion:
    """A question of the paper with those of its items that stakeholders are asked.

    `number` is 1 for the first. `ends_attribute`: no question of the same attribute follows.
    """

    number: int
    question: CatalogueQuestion
    items: tuple[CatalogueItem, ...]
    ends_attribute: bool

    @property
    def code(self) -> str:
        """The code of the question."""
        return self.question.code

    @property
    def rated(self) -> tuple[CatalogueItem, ...]:
        """The items that are answered by choosing."""
        return tuple(item for item in self.items if item.kind is not Kind.OPEN_TEXT)

    @property
    def comment_keys(self) -> tuple[str, ...]:
        """Under what the words of the page are stored: codes of items, and of the attribute where it ends here."""
        own = tuple(item.code for item in self.items if item.kind is Kind.OPEN_TEXT)
        return (*own, self.question.attribute_code) if self.ends_attribute else own


def is_asked(question_set: CatalogueSet, item: CatalogueItem) -> bool:
    """Whether stakeholders are asked the item: the scored ones not for the organiser alone, and some in words."""
    if item.audience is not Audience.BOTH:
        return False
    if item.scored or item.kind is not Kind.OPEN_TEXT:
        return item.scored
    named = ASKED_IN_WORDS.get(question_set.slug)
    return named is None or item.code in named


def asked_questions(question_set: CatalogueSet) -> tuple[AskedQuestion, ...]:
    """Return the questions of the questionnaire, in the order of the set; those without an item asked are left out."""
    found = [
        (question, items)
        for question in question_set.questions
        if (items := tuple(item for item in question.items if is_asked(question_set, item)))
    ]
    last = {question.attribute_code: question.code for question, _items in found}
    return tuple(
        AskedQuestion(number, question, items, last[question.attribute_code] == question.code)
        for number, (question, items) in enumerate(found, 1)
    )


def is_flat(question_set: CatalogueSet, answers: Mapping[str, Mapping[str, Any]], seconds: int | None) -> bool:
    """Whether at least ten ratings are all alike and the questionnaire took less than two minutes.

    `seconds` is None where nobody knows: it is then not flat.
    """
    if seconds is None or not 0 <= seconds < FLAT_SECONDS:
        return False
    levels = [
        entry["level"]
        for code, entry in answers.items()
        if entry.get("state") == ANSWERED and "level" in entry and code in question_set.items
    ]
    return len(levels) >= FLAT_ITEMS and len(set(levels)) == 1
