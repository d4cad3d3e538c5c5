"""What the second rater sees: the questions, and for each item what it asks and what is given as evidence, no level."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString

from assessments.answering.form import AnswersForm
from assessments.answering.page import QuestionPlace, asked_context, item_block
from assessments.answering.standing import PageStanding, Register
from assessments.answers.evidence import NO_EVIDENCE, GivenEvidence, file_reference, openings_of
from assessments.answers.value import AnswerContent, content_of, is_complete, link_lines
from assessments.models import Answer, Assessment, RatedAnswer, SecondRating, document_key
from assessments.vocabulary import Progress, RatingSide, Track
from assessments.web_addresses import is_web_address
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem, CatalogueQuestion, CatalogueSet
from attributes.texts import Wording

NO_REGISTER = Register({})


class RatingLine(NamedTuple):
    """A question in the rater's list."""

    number: int
    code: str
    address: str
    short: SafeString
    verbatim: SafeString
    state: str
    standing: str


def rated_questions(catalogue: CatalogueSet, kind: str) -> list[CatalogueQuestion]:
    """The questions with their items that are scored and apply to the kind of process: what is rated."""
    found = [
        replace(question, items=tuple(item for item in question.items if item.scored and item.applies_to(kind)))
        for question in catalogue.questions
    ]
    return [question for question in found if question.items]


def rated_rows(rating: SecondRating) -> dict[str, RatedAnswer]:
    """What the second rater has said so far, by code of the item. One query."""
    return {row.item: row for row in rating.answers.filter(side=RatingSide.SECOND)}


@dataclass(frozen=True)
class RatingSoFar:
    """How far the second rater is."""

    assessment: Assessment
    catalogue: CatalogueSet
    contents: Mapping[str, AnswerContent]

    @classmethod
    def of(cls, assessment: Assessment, rating: SecondRating) -> "RatingSoFar":
        """Read what was rated. One query."""
        catalogue, rows = catalogue_of(assessment.question_set), rated_rows(rating)
        return cls(assessment, catalogue, {code: _said(item, rows) for code, item in catalogue.items.items()})

    @property
    def questions(self) -> list[CatalogueQuestion]:
        """What there is to rate."""
        return rated_questions(self.catalogue, self.assessment.process.kind)

    @property
    def open_items(self) -> list[CatalogueItem]:
        """What has not been rated yet."""
        items = [item for question in self.questions for item in question.items]
        return [item for item in items if not is_complete(item, self.contents[item.code])]

    @property
    def total(self) -> int:
        """How many items there are to rate."""
        return sum(len(question.items) for question in self.questions)

    @property
    def done(self) -> int:
        """How many of them are rated."""
        return self.total - len(self.open_items)

    @property
    def _say(self) -> Wording:
        return Wording(self.assessment.process.resource or self.catalogue.resource_default)

    def sections(self) -> list[dict[str, Any]]:
        """The questions by attribute, each with how far it is."""
        say = self._say
        found: dict[str, dict[str, Any]] = {}
        for question in self.questions:
            attribute = self.catalogue.attribute(question.attribute_code)
            section = found.setdefault(attribute.code, {"code": attribute.code, "title": say(attribute.title)})
            section.setdefault("lines", []).append(self.line(question))
        return list(found.values())

    def line(self, question: CatalogueQuestion) -> RatingLine:
        """A question in a list of them."""
        say = self._say
        done = sum(is_complete(item, self.contents[item.code]) for item in question.items)
        some = any(self.contents[item.code] != AnswerContent() for item in question.items)
        state = Progress.IN_PROGRESS if some else Progress.NOT_STARTED
        state = Progress.COMPLETED if done == len(question.items) else state
        return RatingLine(
            number=self.catalogue.position(question.code),
            code=question.code,
            address=question_address(self.assessment, question.code),
            short=say(question.short),
            verbatim=say(question.verbatim),
            state=state.value,
            standing=str(state.label),
        )

    def next_question(self) -> str:
        """Where the rater goes on; the first question where everything is rated."""
        open_codes = {item.code for item in self.open_items}
        ordered = [q for q in self.questions if open_codes & {item.code for item in q.items}] or self.questions
        return ordered[0].code if ordered else ""


def _said(item: CatalogueItem, rows: Mapping[str, RatedAnswer]) -> AnswerContent:
    row = rows.get(item.code)
    return content_of(item, row if row is not None and row.revision == item.revision else None)


def question_address(assessment: Assessment, question: str) -> str:
    """Where the second rater rates a question."""
    return reverse("assessments:second-rating-question", args=[assessment.code, question])


@dataclass(frozen=True)
class RatedPlace(QuestionPlace):
    """A question as the second rater is asked it: of its items only those that are rated."""

    @cached_property
    def address(self) -> str:
        """Where the page is."""
        return question_address(self.assessment, self.question.code)

    @property
    def neighbours(self) -> tuple[CatalogueQuestion | None, CatalogueQuestion | None]:
        """The questions before and after it that are rated."""
        every = rated_questions(self.catalogue, self.kind)
        at = [question.code for question in every].index(self.question.code)
        return (every[at - 1] if at else None, every[at + 1] if at + 1 < len(every) else None)

    def rated_form(self, rows: Mapping[str, RatedAnswer]) -> AnswersForm:
        """The form of the items, with what was rated so far."""
        stored: Any = {
            item.pk: rows[item.code]
            for item in self.question.items
            if item.code in rows and rows[item.code].revision == item.revision
        }
        return self.form(stored)


def rated_place(assessment: Assessment, question: str) -> RatedPlace | None:
    """The question with this code, if there is anything of it to rate."""
    catalogue = catalogue_of(assessment.question_set)
    found = next((q for q in rated_questions(catalogue, assessment.process.kind) if q.code == question), None)
    return RatedPlace(assessment, catalogue, found, says_scores=False) if found else None


def rating_context(place: RatedPlace, form: AnswersForm) -> dict[str, Any]:
    """Everything the rater's page of a question needs. At most seven queries."""
    # Without the organiser's answers: nothing on the page is made from them but the evidence.
    standing = PageStanding.of(place.assessment, place.catalogue, form.contents, {}, place.say, says_scores=False)
    blocks = [item_block(place, form, form.fields[item.code], standing, NO_REGISTER) for item in place.question.items]
    given = given_evidence(place)
    for block in blocks:
        block["given"] = given[block["code"]]
        block["comment_name"], block["comment"] = f"{block['code']}-comment", form.contents[block["code"]].comment
        block["comment_error"] = form.errors.get(block["comment_name"], "")
    return {**asked_context(place, form, blocks), "errors": form.messages(), "may_edit": True}


def given_evidence(place: RatedPlace) -> dict[str, dict[str, Any]]:
    """What is given as evidence for each item, by code: the sentence, links and files, and who has opened them.

    Of the answers only what they rest on is read. Five queries at most.
    """
    items = {item.pk: item for item in place.question.items}
    answers = Answer.objects.filter(
        response__assessment=place.assessment, response__track=Track.EVIDENCE, item__in=items
    ).only("item_id", "evidence_text", "evidence_links", "evidence_class", "evidence_source")
    rows = {row.item_id: row for row in answers}
    evidence, register = place.evidence(), place.register()
    return {
        item.code: _given(rows.get(pk), evidence.get(pk, NO_EVIDENCE), register, [place.say(p) for p in prompts])
        for pk, item in items.items()
        for prompts in [item.evidence_prompts]
    }


def _given(row: Answer | None, evidence: GivenEvidence, register: Register, prompts: list[Any]) -> dict[str, Any]:
    sentence, links = (row.evidence_text, row.evidence_links) if row else ("", "")
    about = AnswerContent(evidence_text=sentence, evidence_links=links)
    documents: list[dict[str, Any]] = []
    for line in dict.fromkeys(link_lines(links)):
        entry = register.entries.get(document_key(line))
        documents.append(
            {
                "words": entry.title if entry and entry.title else line,
                "address": line if is_web_address(line) else "",
                "openings": openings_of(line, about, evidence.openings),
            }
        )
    for file in evidence.files:
        reference = file_reference(file.sha256)
        documents.append({"file": file, "openings": openings_of(reference, about, evidence.openings)})
    return {"sentence": sentence, "documents": documents, "prompts": prompts}
