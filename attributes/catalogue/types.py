"""The values a catalogue is made of. Text maps stay maps: the language is chosen when a page is drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from attributes.catalogue.framework_types import (
    CatalogueComponent,
    CatalogueCriterion,
    CatalogueGoal,
    CataloguePrinciple,
    CatalogueQuotation,
)
from attributes.kinds import CHECKLIST_KINDS, UNANSWERED, UNNAMED_OPTION, Audience, Kind, Trigger
from attributes.texts import TextMap


@dataclass(frozen=True)
class CatalogueLevel:
    """A level of the rating scale."""

    value: int
    letter: str
    label: TextMap
    meaning: TextMap


@dataclass(frozen=True)
class CatalogueOption:
    """A line of a checklist."""

    key: str
    label: TextMap
    help: TextMap


@dataclass(frozen=True)
class CatalogueState:
    """What can be said of a line. `credit` is None where the item is not scored."""

    key: str
    credit: Fraction | None
    needs_text: bool
    label: TextMap
    text: TextMap
    # What participants read instead; empty where it is the same.
    participant_label: TextMap = field(default_factory=dict)
    participant_text: TextMap = field(default_factory=dict)


@dataclass(frozen=True)
class CatalogueDerived:
    """A list that follows another: a line that is `when` in `item` is `then` here."""

    item: str
    when: str
    then: str


@dataclass(frozen=True)
class CatalogueContradiction:
    """What two answers cannot both be; the field names of the method's rule. "" stands for no answer yet."""

    code: str
    a: str
    a_states: tuple[str, ...]
    b: str
    b_states: tuple[str, ...]
    named_states: tuple[str, ...] = ()

    def as_row(self) -> dict[str, Any]:
        """As a document has it."""
        names = ("a_states", "b_states", "named_states")
        states = {name: [word or UNANSWERED for word in getattr(self, name)] for name in names}
        return {"code": self.code, "a": self.a, "b": self.b, **states}


@dataclass(frozen=True)
class CatalogueExample:
    """What was done elsewhere and stands at a level, as published."""

    letter: str
    text: TextMap
    source: str
    source_lines: str


@dataclass(frozen=True)
class CatalogueRecommendation:
    """What to do when the item stands low, and the passage it rests on, with the case that this tells of."""

    code: str
    trigger: Trigger
    text: TextMap
    basis_quote: TextMap
    basis_lines: str
    basis_case: TextMap


@dataclass(frozen=True)
class CatalogueItem:
    """One thing that is answered."""

    pk: int
    code: str
    revision: int
    question_code: str
    attribute_code: str
    kind: Kind
    short: TextMap
    text: TextMap
    note: TextMap
    scored: bool
    critical: bool
    na_allowed: bool
    na_condition: TextMap
    stakeholder_primary: bool
    audience: Audience
    other_allowed: bool
    anchors: tuple[TextMap, ...]
    options: tuple[CatalogueOption, ...]
    states: tuple[CatalogueState, ...]
    evidence_prompts: tuple[TextMap, ...]
    recommendations: tuple[CatalogueRecommendation, ...]
    replaces: tuple[str, ...] = ()
    # The highest level of the set's scale, which all its items share; the lowest is 0.
    top_level: int = 3
    # Kinds of process it is not asked of, and its reading for others, by kind.
    not_for: tuple[str, ...] = ()
    reading: Mapping[str, TextMap] = field(default_factory=dict)
    # What participants read instead of text and note, with {process} in it; empty where it is the same.
    participant_text: TextMap = field(default_factory=dict)
    participant_note: TextMap = field(default_factory=dict)
    why_critical: TextMap = field(default_factory=dict)
    evidence_sentence: TextMap = field(default_factory=dict)
    show_it: TextMap = field(default_factory=dict)
    blind_spot: TextMap = field(default_factory=dict)
    derived_from: CatalogueDerived | None = None
    # Asked in the quick check too.
    quick_check: bool = False
    # Stands for its question in the short form.
    short_form: bool = False
    # What of the process stands beside it (`attributes.kinds.Beside`), and answers from published cases.
    shows: tuple[str, ...] = ()
    examples: tuple[CatalogueExample, ...] = ()

    def applies_to(self, kind: str) -> bool:
        """Whether a process of this kind is asked the item; "" where no kind was chosen: every item applies."""
        return kind not in self.not_for

    @cached_property
    def option_keys(self) -> tuple[str, ...]:
        """The keys of its options; one unnamed option for a yes/no item without any."""
        if self.kind not in CHECKLIST_KINDS:
            return ()
        return tuple(option.key for option in self.options) or (UNNAMED_OPTION,)

    @property
    def has_named_options(self) -> bool:
        """Whether it is answered line by line."""
        return bool(self.options)


@dataclass(frozen=True)
class CatalogueQuestion:
    """A question in the words of the source, and its items."""

    code: str
    attribute_code: str
    verbatim: TextMap
    source_lines: str
    items: tuple[CatalogueItem, ...]

    @cached_property
    def short(self) -> TextMap:
        """Its short name, as sources give none: that of its item in the quick check, else of the first that counts."""
        speaks = [item for item in self.items if item.quick_check] or [item for item in self.items if item.scored]
        return (speaks or list(self.items))[0].short

    @property
    def has_followers(self) -> bool:
        """Whether a list of it follows another one, and may be asked in the same grid."""
        return any(item.derived_from for item in self.items)

    def asked_of_participants(self, kind: str = "", *, is_short: bool = False) -> tuple[CatalogueItem, ...]:
        """The items that count and that participants of a kind of process are asked, in the full or the short form
        (method 3.8)."""
        asked = [
            item for item in self.items if item.scored and item.audience is Audience.BOTH and item.applies_to(kind)
        ]
        return tuple(_standing_for(asked) if is_short else asked)


def _standing_for(asked: list[CatalogueItem]) -> list[CatalogueItem]:
    """Those that stand for their question in the short form: the one the set names, and every critical one.

    Where the set names none that applies: the critical ones; else the first rating, which takes one choice; else the
    first. All items of a question weigh the same, so none stands for it by its weight (method 3.5).
    """
    named = [item for item in asked if item.short_form or item.critical]
    return named or [item for item in asked if item.kind is Kind.RATING][:1] or asked[:1]


@dataclass(frozen=True)
class CatalogueAttribute:
    """A quality a process should have, and the questions that ask for it."""

    code: str
    slug: str
    title: TextMap
    summary: TextMap
    source_lines: str
    quotations: tuple[CatalogueQuotation, ...]
    questions: tuple[CatalogueQuestion, ...]
    # The words by which the source leads to its questions.
    lead_in: TextMap = field(default_factory=dict)


@dataclass(frozen=True)
class CatalogueSet:
    """One version of a question set."""

    id: int
    slug: str
    version: str
    status: str
    digest: str
    title: TextMap
    summary: TextMap
    credit: TextMap
    resource_default: TextMap
    languages: tuple[str, ...]
    source: dict[str, Any]
    scale: tuple[CatalogueLevel, ...]
    attributes: tuple[CatalogueAttribute, ...]
    criteria: tuple[CatalogueCriterion, ...]
    goals: tuple[CatalogueGoal, ...]
    components: tuple[CatalogueComponent, ...]
    crosswalk: tuple[CataloguePrinciple, ...]
    experimental: bool = False
    process_default: TextMap = field(default_factory=dict)
    contradictions: tuple[CatalogueContradiction, ...] = ()

    @property
    def top_level(self) -> int:
        """The highest level of the scale; the lowest is 0."""
        return self.scale[-1].value

    @cached_property
    def questions(self) -> tuple[CatalogueQuestion, ...]:
        """Every question, in order."""
        return tuple(question for attribute in self.attributes for question in attribute.questions)

    @cached_property
    def items(self) -> dict[str, CatalogueItem]:
        """Every item by its code, in order."""
        return {item.code: item for question in self.questions for item in question.items}

    @cached_property
    def _item_places(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.items)}

    def in_order(self, codes: Iterable[str]) -> list[CatalogueItem]:
        """The items with these codes, in the order of the set; codes that it does not have are left out."""
        return [self.items[code] for code in sorted(self.items.keys() & codes, key=self._item_places.__getitem__)]

    @cached_property
    def following(self) -> dict[str, CatalogueItem]:
        """The list that a list follows line by line, by the code of the one that follows, in order."""
        items = self.items
        return {code: items[item.derived_from.item] for code, item in items.items() if item.derived_from}

    @cached_property
    def _attributes_by_code(self) -> dict[str, CatalogueAttribute]:
        return {attribute.code: attribute for attribute in self.attributes}

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {question.code: position for position, question in enumerate(self.questions)}

    def attribute(self, code: str) -> CatalogueAttribute:
        """The attribute with this code; KeyError where there is none."""
        return self._attributes_by_code[code]

    def question(self, code: str) -> CatalogueQuestion:
        """The question with this code; KeyError where there is none."""
        return self.questions[self._positions[code]]

    def position(self, question_code: str) -> int:
        """The number of a question, 1 for the first."""
        return self._positions[question_code] + 1

    def neighbours(self, question_code: str) -> tuple[CatalogueQuestion | None, CatalogueQuestion | None]:
        """The questions before and after this one."""
        position = self._positions[question_code]
        before = self.questions[position - 1] if position else None
        after = self.questions[position + 1] if position + 1 < len(self.questions) else None
        return before, after
