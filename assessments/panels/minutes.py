"""How long a questionnaire takes, from what is read and chosen: an estimate, said as one, because nobody is timed.

Reading: an adult reads 238 words of English a minute in silence, most between 175 and 300 (Brysbaert 2019, from 190
studies); in another language about as many as carry the same text, and so in the proportion in which the same texts
were read aloud in 17 languages (Trauzettel-Klosinski and Dietz 2012). Choosing: an ordinary question of an online
survey takes about ten seconds, of which its words take some (Pew Research Center 2022). Whoever reads slowly, or a
second language, is given half as much time again. What people write is not in it: that is theirs to leave out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.models import Wave
from assessments.vocabulary import QuestionnaireForm
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem, CatalogueQuestion, CatalogueSet
from attributes.texts import TextMap, localise

SILENT_ENGLISH = 238  # words a minute
# Words a minute, aloud; of languages without spaces, signs a minute.
ALOUD = {
    "ar": 138,
    "de": 179,
    "en": 228,
    "es": 218,
    "fi": 161,
    "fr": 195,
    "he": 187,
    "it": 188,
    "ja": 357,
    "nl": 202,
    "pl": 166,
    "pt": 181,
    "ru": 184,
    "sl": 180,
    "sv": 199,
    "tr": 166,
    "zh": 255,
}
# Of any other language: the mean of these; without spaces, five signs are taken for a word.
MEAN_ALOUD, SIGNS_A_WORD = 184, 5
UNSPACED = frozenset({"bo", "ja", "km", "lo", "my", "th", "zh"})
SECONDS_A_CHOICE = 8
SLOWER = 1.5
# What is read before, between and after the questions, in English; in other languages it takes as long
# (tests/respond/test_minutes.py counts it on the pages).
WORDS_AROUND = 620
STEP = 5  # minutes; below four steps whole minutes are said


@dataclass(frozen=True)
class QuestionnaireSize:
    """How much people are asked: pages, items, single choices, words of the questions, and how long that takes.

    `minutes` are those of a fluent reader, not rounded.
    """

    questions: int
    items: int
    choices: int
    words: int
    minutes: float

    @property
    def said(self) -> tuple[int, int]:
        """Minutes as they are said: of a fluent reader, and of one who reads slowly or in a second language."""
        return _said(self.minutes), _said(self.minutes * SLOWER)


def size_of(
    catalogue: CatalogueSet, *, kind: str = "", form: str = QuestionnaireForm.FULL, language: str = ""
) -> QuestionnaireSize:
    """Return how much a form of a questionnaire asks, and how long it takes, in a language (default: the reader's)."""
    is_short = form == QuestionnaireForm.SHORT
    each = ((question, question.asked_of_participants(kind, is_short=is_short)) for question in catalogue.questions)
    asked = [(question, items) for question, items in each if items]
    texts = [text for question, items in asked for text in _texts(question, items)]
    choices = sum(len(item.options) or 1 for _question, items in asked for item in items)
    minutes = WORDS_AROUND / SILENT_ENGLISH + _reading(texts, language) + choices * SECONDS_A_CHOICE / 60
    return QuestionnaireSize(
        questions=len(asked),
        items=sum(len(items) for _question, items in asked),
        choices=choices,
        words=sum(_length(text, language)[0] for text in texts),
        minutes=minutes,
    )


def size_for(wave: Wave, language: str = "") -> QuestionnaireSize:
    """Return how much a wave asks. `wave` comes with its assessment, process and question set."""
    assessment = wave.assessment
    return size_of(
        catalogue_of(assessment.question_set), kind=assessment.process.kind, form=wave.form, language=language
    )


def short_form_of(wave: Wave) -> tuple[int, int] | None:
    """Return how many items of how many a wave asks; None where it asks the full form."""
    if not wave.is_short:
        return None
    catalogue, kind = catalogue_of(wave.assessment.question_set), wave.assessment.process.kind
    asked, full = (size_of(catalogue, kind=kind, form=form).items for form in (wave.form, QuestionnaireForm.FULL))
    return asked, full


def _texts(question: CatalogueQuestion, items: Sequence[CatalogueItem]) -> Iterable[TextMap]:
    """What is read of a question: its words too where several items take it apart, else they are folded away."""
    if len(items) > 1:
        yield question.verbatim
    for item in items:
        yield from ({**item.text, **item.participant_text}, {**item.note, **item.participant_note}, *item.anchors)
        for state in item.states:
            yield from (state.participant_label or state.label, state.participant_text or state.text)
        for option in item.options:
            yield from (option.label, option.help)


def _reading(texts: Iterable[TextMap], language: str) -> float:
    """How many minutes it takes to read texts in silence, each in the language it comes in."""
    found = 0.0
    for text in texts:
        length, aloud = _length(text, language)
        found += length / (aloud * SILENT_ENGLISH / ALOUD["en"])
    return found


def _length(text: TextMap, language: str) -> tuple[int, int]:
    """How long a text is, and how much of it is read aloud in a minute: in words, or in signs where none are parted."""
    words = localise(text, language or None)
    code = words.lang.split("-")[0].lower()
    if code not in UNSPACED:
        return len(words.split()), ALOUD.get(code, MEAN_ALOUD)
    return sum(sign.isalnum() for sign in words), ALOUD.get(code, MEAN_ALOUD * SIGNS_A_WORD)


def _said(minutes: float) -> int:
    """Minutes as they are said of an estimate: the nearest whole one, and from twenty on every fifth."""
    return round(minutes) if minutes < 4 * STEP else round(minutes / STEP) * STEP
