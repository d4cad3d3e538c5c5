"""What the answers on a question page count as, and what they contradict, there or on another page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.answers.counting import kind_of, related_items, score_answers
from assessments.answers.evidence import NO_EVIDENCE, GivenEvidence
from assessments.answers.explaining import NOT_SCORED, CountingStanding, class_sentence, explain, standing_from
from assessments.answers.value import AnswerContent
from assessments.models import Assessment
from assessments.scoring.evidence import EvidenceResult
from attributes.catalogue.types import CatalogueItem, CatalogueQuestion, CatalogueSet
from attributes.texts import Wording


def items_read_with(catalogue: CatalogueSet, question: CatalogueQuestion) -> list[CatalogueItem]:
    """The items of a question, and those elsewhere whose answers may contradict theirs."""
    own = [item.code for item in question.items]
    related = related_items(catalogue, own)
    return [item for code, item in catalogue.items.items() if code in related or code in own]


@dataclass(frozen=True)
class PageStanding:
    """The answers on a page with what they count as. `say` puts texts of the question set into words."""

    catalogue: CatalogueSet
    contents: Mapping[str, AnswerContent]
    evidence: Mapping[int, GivenEvidence]
    result: EvidenceResult
    say: Wording

    @classmethod
    def of(
        cls,
        assessment: Assessment,
        catalogue: CatalogueSet,
        contents: Mapping[str, AnswerContent],
        evidence: Mapping[int, GivenEvidence],
        say: Wording,
    ) -> "PageStanding":
        """Count these answers. No query."""
        result = score_answers(catalogue, contents, evidence, kind_of(assessment.process))
        return cls(catalogue, contents, evidence, result, say)

    def sentence(self, item: CatalogueItem) -> str:
        """What the answer to an item that is asked counts as."""
        if not item.scored:
            return explain(CountingStanding(NOT_SCORED))
        counted = self.result.items[item.code]
        against = dict.fromkeys(found.a for found in self.result.contradictions if found.b == item.code)
        return explain(standing_from(counted, tuple(against), takes_record=item.stakeholder_primary))

    def class_sentence(self, item: CatalogueItem) -> str:
        """Which class the evidence for an item has."""
        return class_sentence(item, self.contents[item.code], self.evidence.get(item.pk, NO_EVIDENCE))

    def contradictions(self, item: CatalogueItem) -> dict[str, str]:
        """What to say beside each line of an item that contradicts another answer, by option ("" the item itself)."""
        found = {}
        for entry in reversed(self.result.contradictions):
            if entry.b == item.code:
                other = self.catalogue.items[entry.a]
                names = {"other": f"{other.code} {self.say(other.short)}", "line": self._label(other, entry.a_option)}
                text = _("Contradicts %(other)s (%(line)s).") if names["line"] else _("Contradicts %(other)s.")
                treated = (
                    _("Counts as unknown until one of the two is changed.")
                    if entry.is_unknown
                    else _("It counts as answered.")
                )
                found[entry.b_option] = f"{text % names} {treated}"
        return found

    def _label(self, item: CatalogueItem, key: str) -> str:
        return next((self.say(option.label) for option in item.options if option.key == key), "")
