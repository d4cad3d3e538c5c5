"""All answers of an assessment as they stand: for the pages before it is submitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.answering.page import QuestionPlace
from assessments.answers.counting import kind_of, score_answers, unscored_lines
from assessments.answers.evidence import NO_EVIDENCE, GivenEvidence
from assessments.answers.explaining import BY_KIND, CountingStanding, class_sentence, explain, standing_from
from assessments.answers.reading import evidence_of
from assessments.answers.value import ANSWERED, AnswerContent, is_complete, option_keys
from assessments.answers.wording import answer_lines
from assessments.models import Assessment
from assessments.results.evidence_sentences import in_words, status_of
from assessments.rounds.views.hub import contents_by_item
from assessments.scoring.evidence import Contradiction, CountedAttribute, EvidenceResult
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.texts import Wording


@dataclass(frozen=True)
class CheckedAnswers:
    """What is stored for every item, and what it counts as."""

    assessment: Assessment
    catalogue: CatalogueSet
    contents: Mapping[str, AnswerContent]
    evidence: Mapping[int, GivenEvidence]
    result: EvidenceResult

    @classmethod
    def of(cls, assessment: Assessment) -> "CheckedAnswers":
        """Read and count the answers of an assessment. At most four queries."""
        catalogue = catalogue_of(assessment.question_set)
        contents, evidence = contents_by_item(assessment, catalogue), evidence_of(assessment)
        result = score_answers(catalogue, contents, evidence, kind_of(assessment.process))
        return cls(assessment, catalogue, contents, evidence, result)

    @property
    def say(self) -> Wording:
        """Texts about the process's resource."""
        return Wording(self.assessment.process.resource or self.catalogue.resource_default)

    def sections(self) -> list[dict[str, Any]]:
        """Every answer, by attribute and question."""
        found = []
        for attribute in self.catalogue.attributes:
            questions = []
            for question in attribute.questions:
                place = QuestionPlace(self.assessment, self.catalogue, question)
                items = [self._item(item) for item in question.items]
                verbatim = place.say(question.verbatim)
                questions.append({"place": place, "number": place.position, "verbatim": verbatim, "items": items})
            found.append({"title": self.say(attribute.title), "questions": questions})
        return found

    def _item(self, item: CatalogueItem) -> dict[str, Any]:
        content, evidence = self.contents[item.code], self.evidence.get(item.pk, NO_EVIDENCE)
        return {
            "code": item.code,
            "short": self.say(item.short),
            "critical": item.critical,
            "scored": item.scored,
            "complete": self._is_complete(item),
            "asked": self._is_asked(item),
            "lines": answer_lines(self.catalogue, item, content, self.say),
            "files": evidence.files,
            "class_sentence": class_sentence(item, content, evidence) if content.state == ANSWERED else "",
            "sentence": self._sentence(item),
        }

    def _sentence(self, item: CatalogueItem) -> str:
        if not self._is_asked(item):
            return explain(CountingStanding(BY_KIND))
        if not item.scored:
            return ""
        counted = self.result.items[item.code]
        against = dict.fromkeys(found.a for found in self.result.contradictions if found.b == item.code)
        return explain(standing_from(counted, tuple(against), takes_record=item.stakeholder_primary))

    def summary(self) -> dict[str, Any]:
        """Per attribute what is open and what that means for its score; what contradicts what; reasons missing in
        lists that are not scored."""
        return {
            "missing": [self._missing(found) for found in self.result.attributes],
            "contradictions": [self._contradiction(found) for found in self.result.contradictions],
            "without_reason": self._without_reason(),
        }

    def _missing(self, found: CountedAttribute) -> dict[str, Any]:
        attribute = self.catalogue.attribute(found.code)
        items = [item for question in attribute.questions for item in question.items if item.scored]
        return {
            "title": self.say(attribute.title),
            "in_words": in_words(found),
            "status": found.status.value,
            "meaning": status_of(found),
            "critical": [self._open(code) for code in (*found.critical_open, *found.critical_unshown)],
            "open": [self._open(item.code) for item in items if not self._is_complete(item)],
        }

    def _open(self, code: str) -> dict[str, str]:
        item = self.catalogue.items[code]
        return {"code": code, "short": self.say(item.short), "question": item.question_code}

    def _is_complete(self, item: CatalogueItem) -> bool:
        """Whether nothing more is asked of the answer; what does not apply by kind is asked nothing."""
        return not self._is_asked(item) or is_complete(item, self.contents[item.code])

    def _is_asked(self, item: CatalogueItem) -> bool:
        """Whether it applies to the kind of process."""
        return item.applies_to(self.assessment.process.kind)

    def _without_reason(self) -> list[dict[str, str]]:
        """The lines of lists that are not scored whose reason is missing."""
        return [
            {**self._open(item.code), "line": self._label(item, line.option)}
            for item in self.catalogue.items.values()
            if not item.scored and option_keys(item) and self._is_asked(item)
            for line in unscored_lines(item, self.contents[item.code])
            if line.reason_missing
        ]

    def _label(self, item: CatalogueItem, key: str) -> str:
        return next((self.say(option.label) for option in item.options if option.key == key), "")

    def _contradiction(self, found: Contradiction) -> dict[str, Any]:
        """Two lines that contradict each other, with where they are answered."""
        first, second = self.catalogue.items[found.a], self.catalogue.items[found.b]
        return {
            "sides": [
                {**self._open(found.a), "line": self._label(first, found.a_option)},
                {**self._open(found.b), "line": self._label(second, found.b_option)},
            ],
            "is_unknown": found.is_unknown,
        }
