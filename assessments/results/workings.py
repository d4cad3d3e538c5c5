"""How each score of a result came about, in words and with the numbers put in. Drawn from the document alone."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.answers.counting import explain
from assessments.answers.value import is_web_address
from assessments.documents.result import AttributeResult, ImprovementPart, ItemResult, ResultDocument
from assessments.results import sentences
from attributes.texts import filled, text

MOST = 3
LINKS_SHOWN = 3
WHOLE = "1"


@dataclass(frozen=True)
class ItemWorking:
    """One scored item: what it counts as, and what it adds."""

    item: ItemResult

    @property
    def sentence(self) -> str:
        """Why it counts as it does, and of which class the evidence for its value is."""
        counts = explain(sentences.standing_of(self.item))
        if not (self.item.evidence_class and self.item.supported):
            return counts
        return f"{counts} {_('Evidence %(class)s.') % {'class': self.item.evidence_class}}"

    @property
    def known(self) -> str:
        """The share known where that is less than all, else nothing."""
        known = self.item.share_known
        return known.printed if known and known.exact != WHOLE else ""

    @property
    def term(self) -> str:
        """The item's part of the formula, weight times value; empty where it has no value."""
        if self.item.weight is None or self.item.supported is None:
            return ""
        factors = [self.item.weight.exact, *([self.known] if self.known else []), self.item.supported.printed]
        return " × ".join(factors)

    @property
    def claimed(self) -> str:
        """What it would be worth with evidence; empty where its value is not limited."""
        item = self.item
        return _("(claimed %(claimed)s)") % {"claimed": item.claimed.printed} if item.capped and item.claimed else ""

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
    def withheld(self) -> str:
        """Between which points the score could lie."""
        return sentences.withheld(self.attribute)

    @property
    def one_question(self) -> str:
        """That the attribute rests on one question, if it does."""
        return sentences.one_question(self.attribute)

    @property
    def status_sentence(self) -> str:
        """Why the score is shown, provisional, withheld or missing."""
        coverage = self.attribute.coverage.printed
        if self.attribute.status == "not_applicable":
            return _("No item of this attribute applies, so there is no score.")
        if self.attribute.status == "withheld":
            return _(
                "%(coverage)s of the weight is known. Below half no score is given, only the range it must lie in."
            ) % {"coverage": coverage}
        if self.attribute.status == "shown":
            return _(
                "%(coverage)s of the weight is known, at least two thirds, and every critical item is answered."
            ) % {"coverage": coverage}
        return " ".join(self._provisional(coverage))

    def _provisional(self, coverage: str) -> list[str]:
        reasons = [_("Provisional:")]
        if "coverage" in self.attribute.provisional_because:
            reasons.append(_("%(coverage)s of the weight is known, less than two thirds.") % {"coverage": coverage})
        if self.attribute.critical_open:
            items = ", ".join(self.attribute.critical_open)
            reasons.append(_("Not known although everything rests on it: %(items)s.") % {"items": items})
        return reasons

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
            "items": ", ".join(attribute.limited_by),
        }
        if attribute.limited_by:
            return (
                _(
                    "%(score)s lies in band %(band)s, but the letter is %(letter)s (limited by %(items)s): a "
                    "critical item is not achieved at all. The score itself is not changed."
                )
                % values
            )
        return _("%(score)s lies in band %(letter)s.") % values

    @cached_property
    def raises(self) -> list[str]:
        """What would raise the score most, one sentence each; without a score, what would narrow the range."""
        known = [entry for entry in self.attribute.improvements if entry.gain is not None]
        opened = [entry for entry in self.attribute.improvements if entry.action == "answer"]
        return [improvement_sentence(entry) for entry in [*known[:MOST], *opened[: MOST if not known else 1]]]


def workings_of(document: ResultDocument) -> list[AttributeWorking]:
    """Return the workings of every attribute, in order."""
    return [AttributeWorking(attribute) for attribute in document.attributes]


def improvement_sentence(entry: ImprovementPart) -> SafeString:
    """Say what to do about an item and what it would change. Texts of the set are marked with their language."""
    values = {"item": entry.item, "short": text(entry.short), "evidence": entry.evidence_class or ""}
    if entry.action == "answer":
        narrower = entry.range_gain.printed if entry.range_gain else ""
        sentence = _("%(item)s %(short)s: find out. That narrows the range by %(points)s points.")
        return filled(sentence, {**values, "points": narrower})
    if entry.action == "add_evidence":
        sentence = _("%(item)s %(short)s: support what is claimed with evidence of class %(evidence)s.")
    elif entry.option_label or entry.state_label:
        sentence = _("%(item)s %(short)s: bring %(option)s to “%(state)s”, with evidence of class %(evidence)s.")
    else:
        sentence = _("%(item)s %(short)s: reach “%(level)s”, with evidence of class %(evidence)s.")
    values["option"] = format_html("“{}”", text(entry.option_label)) if entry.option_label else _("the answer")
    values["state"] = text(entry.state_label)
    values["level"] = text(entry.level_label)
    effect = _effect(entry)
    return format_html("{} {}", filled(sentence, values), effect) if effect else filled(sentence, values)


def _effect(entry: ImprovementPart) -> str:
    if entry.gain is None or entry.new_score is None:
        return ""
    values = {"gain": entry.gain.printed, "score": entry.new_score.printed, "letter": entry.new_letter or ""}
    if entry.new_letter:
        return _("%(gain)s points more: %(score)s, letter %(letter)s.") % values
    return _("%(gain)s points more: %(score)s.") % values
