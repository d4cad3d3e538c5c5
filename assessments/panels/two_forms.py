"""The full and the short form of a questionnaire side by side: what an organiser weighs before choosing one."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from assessments.models import Wave
from assessments.panels.counting import asked_specs
from assessments.panels.minutes import QuestionnaireSize, size_of
from assessments.scoring import whole
from assessments.scoring.experience import share_asked
from assessments.scoring.method import FULL_SCORE, SHARE_SHOWN
from assessments.vocabulary import QuestionnaireForm
from attributes.catalogue.published import catalogue_of, for_participants
from attributes.catalogue.types import CatalogueItem, CatalogueQuestion, CatalogueSet
from attributes.texts import TextMap, language_name

SHORT = QuestionnaireForm.SHORT


@dataclass(frozen=True)
class FormSize:
    """How much a form asks; about how long that takes, in words, for each language in which it takes another time."""

    size: QuestionnaireSize
    takes: tuple[str, ...]


@dataclass(frozen=True)
class AttributeInShort:
    """How much of an attribute the short form asks: items, and their weight in per cent."""

    title: TextMap
    asked: int
    of: int
    share: Fraction

    @property
    def percent(self) -> str:
        """The weight of what is asked."""
        return whole(self.share * FULL_SCORE)

    @property
    def is_provisional(self) -> bool:
        """Whether its score can only be provisional."""
        return self.share < SHARE_SHOWN


@dataclass(frozen=True)
class QuestionInBoth:
    """A question with the items of the full form; `short` are the codes of those that the short form asks."""

    question: CatalogueQuestion
    items: tuple[CatalogueItem, ...]
    short: frozenset[str]


@dataclass(frozen=True)
class TwoForms:
    """Both forms of the questionnaire of a wave, and what the short one cannot say."""

    full: FormSize
    short: FormSize
    attributes: tuple[AttributeInShort, ...]
    questions: tuple[QuestionInBoth, ...]

    @property
    def provisional(self) -> list[AttributeInShort]:
        """The attributes whose score can only be provisional in the short form."""
        return [entry for entry in self.attributes if entry.is_provisional]

    @property
    def single(self) -> list[AttributeInShort]:
        """The attributes of which the short form asks a single item, and the full form more."""
        return [entry for entry in self.attributes if entry.asked == 1 < entry.of]

    @property
    def is_shorter(self) -> bool:
        """Whether the short form asks less at all."""
        return self.short.size.items < self.full.size.items


def two_forms(wave: Wave) -> TwoForms:
    """Return both forms of what a wave asks. `wave` comes with its assessment, process and question set."""
    catalogue, process = catalogue_of(wave.assessment.question_set), wave.assessment.process
    full, short = (asked_specs(catalogue, process.kind, form) for form in QuestionnaireForm)
    attributes = tuple(
        AttributeInShort(
            title=catalogue.attribute(code).title,
            asked=sum(spec.attribute == code for spec in short),
            of=sum(spec.attribute == code for spec in full),
            share=share_asked(code, short, full),
        )
        for code in dict.fromkeys(spec.attribute for spec in full)
    )
    each = (_question(catalogue, question, process.kind, process.name) for question in catalogue.questions)
    return TwoForms(
        full=_size(catalogue, process.kind, QuestionnaireForm.FULL, wave.languages),
        short=_size(catalogue, process.kind, SHORT, wave.languages),
        attributes=attributes,
        questions=tuple(found for found in each if found.items),
    )


def _question(catalogue: CatalogueSet, question: CatalogueQuestion, kind: str, process: str) -> QuestionInBoth:
    short = question.asked_of_participants(kind, is_short=True)
    return QuestionInBoth(
        question=question,
        items=tuple(for_participants(item, catalogue, process) for item in question.asked_of_participants(kind)),
        short=frozenset(item.code for item in short),
    )


def _size(catalogue: CatalogueSet, kind: str, form: str, languages: Sequence[str]) -> FormSize:
    own = [code for code in languages if code in catalogue.languages] or list(catalogue.languages[:1])
    sizes = {code: size_of(catalogue, kind=kind, form=form, language=code) for code in own}
    by_minutes: dict[tuple[int, int], list[str]] = {}
    for code, size in sizes.items():
        by_minutes.setdefault(size.said, []).append(language_name(code))
    takes = []
    for (least, most), names in by_minutes.items():
        values = {"least": least, "most": most, "languages": ", ".join(map(str, names))}
        takes.append(
            _("about %(least)s to %(most)s minutes") % values
            if len(by_minutes) == 1
            else _("%(languages)s: about %(least)s to %(most)s minutes") % values
        )
    return FormSize(sizes[own[0]], tuple(takes))
