"""How each score of a result came about, in words and with the numbers put in. Drawn from the document alone."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from assessments.answers.explaining import explain
from assessments.documents.result import AttributeResult, ItemResult, ResultDocument
from assessments.documents.values import day_words
from assessments.headlines import evidence_sentences, standard
from assessments.vocabulary import EvidenceClass
from assessments.web_addresses import is_web_address
from attributes.memory import gettext as _

LINKS_SHOWN = 3
WHOLE = "1"


@dataclass(frozen=True)
class ItemWorking:
    """One scored item: what it counts as, and what it adds."""

    item: ItemResult

    @cached_property
    def sentence(self) -> str:
        """Why it counts as it does, and of which class the evidence for its value is."""
        counts = explain(evidence_sentences.standing_of(self.item))
        return " ".join(part for part in (counts, self.evidence) if part)

    @property
    def evidence(self) -> str:
        """Of which class the evidence is, and who could check it; empty without a value."""
        item = self.item
        if not item.counted:
            return ""
        if item.opened_on:
            opened = {"class": item.grade, "day": day_words(item.opened_on)}
            return _("Evidence %(class)s, opened by a second person on %(day)s.") % opened
        if item.grade == EvidenceClass.OPEN:
            return _("Evidence %(class)s: public, says the organiser.") % {"class": item.grade}
        return _("Evidence %(class)s.") % {"class": item.grade}

    @property
    def known(self) -> str:
        """The share known where that is less than all, else nothing."""
        known = self.item.share_known
        return known.printed if known and known.exact != WHOLE else ""

    @property
    def term(self) -> str:
        """The item's part of the formula, weight times value; empty where it has no value."""
        if self.item.weight is None or self.item.counted is None:
            return ""
        factors = [self.item.weight.exact, *([self.known] if self.known else []), self.item.counted.printed]
        return " × ".join(factors)

    @property
    def weight(self) -> str:
        """Its share of the attribute; empty where it has none."""
        return self.item.weight.exact if self.item.weight else ""

    @property
    def share_known(self) -> str:
        """Which share of it is known; empty where it has no weight."""
        if self.item.share_known:
            return self.item.share_known.printed
        return "0 %" if self.item.weight else ""

    @property
    def links(self) -> list[tuple[str, SafeString]]:
        """The first web addresses given as evidence, and what each link is called."""
        addresses = [link for link in self.item.evidence_links if is_web_address(link)]
        name, code = (
            _('Link %(n)s<span class="visually-hidden"> for %(code)s</span>'),
            conditional_escape(self.item.code),
        )
        return [
            (address, SafeString(name % {"n": number, "code": code}))
            for number, address in enumerate(addresses[:LINKS_SHOWN], start=1)
        ]


@dataclass(frozen=True)
class AttributeWorking:
    """One attribute opened up."""

    attribute: AttributeResult
    top_level: int

    @cached_property
    def items(self) -> list[ItemWorking]:
        """The scored items in order."""
        return [ItemWorking(item) for question in self.attribute.questions for item in question.items if item.scored]

    @cached_property
    def formula(self) -> str:
        """The rule with the numbers put in; empty without a score."""
        if self.attribute.score is None:
            return ""
        terms = " + ".join(item.term for item in self.items if item.term)
        return f"({terms}) ÷ {self.attribute.coverage.printed} = {self.attribute.score.printed}"

    @property
    def one_question(self) -> str:
        """That the attribute rests on one question, if it does."""
        return standard.one_question(self.attribute, self.top_level)

    @property
    def status_sentence(self) -> str:
        """Why the score is shown, provisional, withheld or missing."""
        return evidence_sentences.status_sentence(self.attribute)

    @property
    def in_words(self) -> str:
        """How many items are answered and shown, with the exact shares."""
        attribute = self.attribute
        return _("%(words)s (%(coverage)s and %(shown)s of the weight).") % {
            "words": evidence_sentences.in_words(attribute),
            "coverage": attribute.coverage.printed,
            "shown": attribute.shown_share.printed,
        }

    @cached_property
    def letter_sentence(self) -> str:
        """Which band the letter comes from, and what lowered it; empty without a letter."""
        attribute = self.attribute
        if attribute.letter is None or attribute.score is None:
            return ""
        values = {
            "score": attribute.score.printed,
            "band": attribute.band_letter or "",
            "letter": attribute.letter,
        }
        if attribute.limited_by:
            text = _("%(score)s lies in band %(band)s, but the letter is %(note)s. The score itself is not changed.")
            return text % {**values, "note": evidence_sentences.letter_note(attribute)}
        return _("%(score)s lies in band %(letter)s.") % values


def workings_of(document: ResultDocument) -> list[AttributeWorking]:
    """Return the workings of every attribute, in order."""
    return [AttributeWorking(attribute, document.question_set.top_level) for attribute in document.attributes]
