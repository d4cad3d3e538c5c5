"""All answers of an assessment as they stand: for the pages before it is submitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.answering.page import QuestionPlace
from assessments.answers.counting import evidence_given, kind_of, score_answers
from assessments.answers.evidence import NO_EVIDENCE, GivenEvidence, evidence_of
from assessments.answers.explaining import BY_KIND, CountingStanding, class_sentence, explain, standing_from
from assessments.answers.value import (
    ANSWERED,
    DONT_KNOW,
    NOT_APPLICABLE,
    AnswerContent,
    is_complete,
    lines_without_reason,
)
from assessments.answers.wording import answer_lines
from assessments.headlines.evidence_sentences import in_words, status_of
from assessments.models import Assessment
from assessments.rounds.progress import contents_by_item
from assessments.scoring.evidence import Contradiction, CountedAttribute, EvidenceResult
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.texts import Wording, filled


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
            counted = next(one for one in self.result.attributes if one.code == attribute.code)
            found.append({"title": self.say(attribute.title), "in_words": in_words(counted), "questions": questions})
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
        """What needs somebody, worst first; and per attribute what is known and what that means for its score."""
        return {
            "needs": [need for need in self._needs() if need["places"]],
            "standing": [self._standing(found) for found in self.result.attributes],
        }

    def _needs(self) -> list[dict[str, Any]]:
        """What has to be looked at, with the places where it is put right. Each item stands once, by what is most
        urgent; contradictions are between two."""
        found = [
            {
                "title": _("Contradict each other"),
                "places": [self._sides(found) for found in self.result.contradictions],
            }
        ]
        named: set[str] = set()
        for title, meaning, places in (
            (_("Reason missing"), _("Until it is given, these are treated as open."), self._without_reason()),
            (
                _("Much rests on it, and it is open or not shown"),
                _("Without these an attribute stays provisional."),
                [self._place(code) for code in self._critical()],
            ),
            (_("Not answered"), _("They lower how much is known."), self._unanswered()),
            (
                _("Claimed, with nothing to show it"),
                _("They count for a third at most."),
                [self._place(code) for code in self.result.items if self._is_bare(code)],
            ),
            (_("Answered “don't know”"), _("Somebody else may know; otherwise leave it so."), self._unknown()),
        ):
            own = [place for place in places if place["code"] not in named]
            named |= {place["code"] for place in own}
            found.append({"title": title, "meaning": meaning, "places": own})
        return found

    def _critical(self) -> list[str]:
        """Critical items that are open, or claimed and not shown."""
        return [code for found in self.result.attributes for code in (*found.critical_open, *found.critical_unshown)]

    def _unanswered(self) -> list[dict[str, Any]]:
        return [self._place(item.code) for item in self._asked if item.scored and not self._is_complete(item)]

    def _unknown(self) -> list[dict[str, Any]]:
        return [self._place(item.code) for item in self._asked if self.contents[item.code].state == DONT_KNOW]

    @property
    def _asked(self) -> list[CatalogueItem]:
        return [item for item in self.catalogue.items.values() if self._is_asked(item)]

    def _is_bare(self, code: str) -> bool:
        """Whether an answer claims something and has no evidence at all."""
        item, counted = self.catalogue.items[code], self.result.items[code]
        given = evidence_given(self.contents[code], has_files=bool(self.evidence.get(item.pk, NO_EVIDENCE).files))
        return bool(counted.claimed) and not given

    def _standing(self, found: CountedAttribute) -> dict[str, Any]:
        return {
            "code": found.code,
            "title": self.say(self.catalogue.attribute(found.code).title),
            "in_words": in_words(found),
            "meaning": status_of(found),
        }

    def _place(self, code: str, key: str = "") -> dict[str, Any]:
        """An item, or one line of it, by name and where it is answered."""
        item = self.catalogue.items[code]
        line = self._label(item, key)
        name = filled(_("%(item)s (%(line)s)"), {"item": self.say(item.short), "line": line}) if line else None
        return {"code": code, "name": name or self.say(item.short), "question": item.question_code}

    def _sides(self, found: Contradiction) -> dict[str, Any]:
        """The two lines that contradict each other, and what becomes of the second."""
        unknown = _("the second counts as unknown until one of the two is changed")
        note = unknown if found.is_unknown else _("the second counts as answered")
        other = self._place(found.b, found.b_option)
        return {**self._place(found.a, found.a_option), "other": other, "note": note}

    def _is_complete(self, item: CatalogueItem) -> bool:
        """Whether nothing more is asked of the answer; what does not apply by kind is asked nothing."""
        return not self._is_asked(item) or is_complete(item, self.contents[item.code])

    def _is_asked(self, item: CatalogueItem) -> bool:
        """Whether it applies to the kind of process."""
        return item.applies_to(self.assessment.process.kind)

    def _without_reason(self) -> list[dict[str, Any]]:
        """Lines and items whose answer takes words that are not there."""
        found = []
        for item in self._asked:
            content = self.contents[item.code]
            if content.state == NOT_APPLICABLE and not content.not_applicable_reason.strip():
                found.append(self._place(item.code))
            found += [self._place(item.code, key) for key in lines_without_reason(item, content)]
        return found

    def _label(self, item: CatalogueItem, key: str) -> str:
        return next((self.say(option.label) for option in item.options if option.key == key), "")
