"""From rows to the result document: rows → scoring → document. Nothing else computes or rounds a figure.

Here are the rows, read in a constant number of queries, and what is frozen of them; `sections` puts together attributes
and items, `about` everything else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from assessments.answers.counting import contents_of, contradiction_rules, item_specs, kind_of, score_answers
from assessments.answers.evidence import GivenEvidence, evidence_of
from assessments.answers.reviews import GivenOpinion, GivenReview, holding
from assessments.answers.value import AnswerContent
from assessments.documents.about import IndexPart
from assessments.documents.result import FORMAT, ResultDocument
from assessments.documents.standouts import LineRef
from assessments.documents.values import QuestionSetRef, Text, stored_digest, with_resource
from assessments.models import (
    Answer,
    Assessment,
    EvidenceFile,
    FrozenResult,
    Goal,
    KindChange,
    Process,
    RatedAnswer,
    Response,
    ScreenerAnswer,
    StakeholderGroup,
)
from assessments.results.about import assessment_part, crosswalk_lines, goal_lines, process_part, screener_part
from assessments.results.review import review_part
from assessments.results.second_rating import RatingRows, second_rating_part
from assessments.results.sections import attribute_result
from assessments.results.standouts import (
    chosen_for,
    contradiction_part,
    does_not_apply,
    not_known,
    open_counts_part,
    rule_part,
    steps_part,
    transparency_part,
)
from assessments.scoring.evidence import EvidenceResult, step_bases
from assessments.vocabulary import SecondRatingState, Track
from assessments.zones import zone_named
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.memory import Statement
from attributes.texts import TextMap

if TYPE_CHECKING:
    from msgov.accounts.models import User


@dataclass(frozen=True)
class StoredRows:
    """Everything stored about one assessment. Answers and files are by the primary key of their item.

    Those to another version of the question set, which the assessment was moved from, are left out.
    """

    assessment: Assessment
    process: Process
    catalogue: CatalogueSet
    groups: list[str]
    kind_changes: list[KindChange]
    screener: dict[str, ScreenerAnswer]
    goals: list[Goal]
    answers: dict[int, Answer]
    files: dict[int, list[EvidenceFile]]
    evidence: dict[int, GivenEvidence]
    # That of a submitted assessment, once it is signed.
    review: GivenReview | None = None
    # The second rating, once both have finished.
    rating: RatingRows | None = None


def rows_of(assessment: Assessment, review: GivenReview | None = None) -> StoredRows:
    """Read the rows of an assessment, with the signed `review` if there is one. At most eleven queries, whatever was
    answered."""
    process = assessment.process
    catalogue = catalogue_of(assessment.question_set)
    items = {item.pk for item in catalogue.items.values()}
    evidence = {pk: given for pk, given in evidence_of(assessment).items() if pk in items}
    both = _rated(assessment.pk)
    return StoredRows(
        assessment=assessment,
        process=process,
        catalogue=catalogue,
        groups=_groups(process.pk),
        kind_changes=_kind_changes(process.pk),
        screener={line.criterion: line for line in _screener_answers(process.pk)},
        goals=_goals(process.pk),
        answers={answer.item_id: answer for answer in _answers(assessment.pk) if answer.item_id in items},
        files={pk: list(given.files) for pk, given in evidence.items()},
        evidence=evidence,
        review=review,
        rating=RatingRows.of(both[0].second_rating, both) if both else None,
    )


_answers = Statement(
    lambda pk: Answer.objects.filter(response__in=Response.objects.filter(assessment=pk, track=Track.EVIDENCE))
)
_rated = Statement(
    lambda pk: RatedAnswer.objects.filter(
        second_rating__assessment=pk, second_rating__state=SecondRatingState.REVEALED
    ).select_related("second_rating")
)
_groups: Statement[str] = Statement(
    lambda pk: StakeholderGroup.objects.filter(process=pk).values_list("name", flat=True)
)
_kind_changes = Statement(lambda pk: KindChange.objects.filter(process=pk))
_screener_answers = Statement(lambda pk: ScreenerAnswer.objects.filter(process=pk))
_goals = Statement(lambda pk: Goal.objects.filter(process=pk))


def build_document(assessment: Assessment) -> ResultDocument:
    """Compute the result of an assessment as its answers stand now, as a draft.

    At most fourteen queries, whatever the number of answers. What was submitted is read (`frozen`), never rebuilt.
    """
    return document_of_rows(rows_of(assessment), number=None, submitted_on=None, submitted_by="")


def freeze(
    *, assessment: Assessment, number: int, user: "User | None", review: GivenReview | None = None
) -> FrozenResult:
    """Compute the result and store it as the given number of this assessment; `user` submitted it, if anybody.

    Only a signature comes with a `review`: whoever opens answers again takes it back.

    For services, in their transaction. Raises IntegrityError if the number exists already.
    """
    submitted = assessment.submitted_at or timezone.now()
    found = document_of_rows(
        rows_of(assessment, review),
        number=number,
        submitted_on=timezone.localdate(submitted, zone_named(assessment.process.time_zone)).isoformat(),
        # Not the full name: without one given that is the e-mail address, and results may be public.
        submitted_by=user.get_short_name()[:150] if user else assessment.submitted_by_name,
    )
    document = at_origin(found, assessment)
    content = document.model_dump(mode="json")
    return FrozenResult.objects.create(
        assessment=assessment,
        number=number,
        method_version=document.method_version,
        document=content,
        digest=stored_digest(content),
    )


def at_origin(document: ResultDocument, assessment: Assessment) -> ResultDocument:
    """The document with the codes that process and assessment had where they were first made.

    What is frozen or leaves the installation carries these: so all results of an assessment are of the same one,
    wherever they were frozen. Pages show the codes it has here (`frozen`).
    """
    process = assessment.process
    return with_codes(
        document,
        assessment=assessment.origin_code or assessment.code,
        process=process.origin_code or process.code,
    )


def with_codes(document: ResultDocument, *, assessment: str, process: str) -> ResultDocument:
    """The document under these codes of its assessment and its process."""
    return document.model_copy(
        update={
            "process": document.process.model_copy(update={"code": process}),
            "assessment": document.assessment.model_copy(update={"code": assessment}),
        }
    )


@dataclass(frozen=True)
class CountedRows:
    """The rows of an assessment with what the answers say and what they count as."""

    rows: StoredRows
    contents: Mapping[str, AnswerContent]
    result: EvidenceResult
    opinions: tuple[GivenOpinion, ...] = ()

    def words(self, text: TextMap | None) -> Text:
        """A text of the question set with the process's own resource put in."""
        return with_resource(text, self.rows.process.resource, self.rows.catalogue.resource_default)

    def against(self, item: str, option: str) -> LineRef | None:
        """What a line of an item contradicts, "" standing for the item itself."""
        return next(
            (
                LineRef(item=found.a, option=found.a_option)
                for found in self.result.contradictions
                if (found.b, found.b_option) == (item, option)
            ),
            None,
        )


def counted_rows(rows: StoredRows) -> CountedRows:
    """Return what the rows count as."""
    contents = contents_of(rows.catalogue, rows.answers.values())
    opinions: tuple[GivenOpinion, ...] = ()
    if rows.review is not None:
        codes = {item.pk: code for code, item in rows.catalogue.items.items()}
        files = {codes[pk]: [file.sha256 for file in found] for pk, found in rows.files.items()}
        opinions = holding(rows.review.opinions, contents, files)
    result = score_answers(rows.catalogue, contents, rows.evidence, kind_of(rows.process), opinions)
    return CountedRows(rows, contents, result, opinions)


def document_of_rows(
    rows: StoredRows, *, number: int | None, submitted_on: str | None, submitted_by: str
) -> ResultDocument:
    """Compute the result of rows that were read; without a number it is a draft. No query."""
    catalogue = rows.catalogue
    counted = counted_rows(rows)
    result = counted.result
    scores = {entry.code: entry for entry in result.attributes}
    attributes = [
        attribute_result(counted, attribute, scores[attribute.code])
        for attribute in catalogue.attributes
        if attribute.code in scores
    ]
    items = {item.code: item for a in attributes for q in a.questions for item in q.items}
    specs = item_specs(catalogue)
    review = None if rows.review is None else review_part(rows.review, counted.opinions, specs, result)
    about = assessment_part(rows, number=number, submitted_on=submitted_on, submitted_by=submitted_by)
    if review is not None and review.is_reviewed:
        about = about.model_copy(update={"assurance": "reviewed"})
    return ResultDocument(
        format=FORMAT,
        method_version=result.method_version,
        question_set=QuestionSetRef.of(catalogue),
        process=process_part(rows),
        assessment=about,
        screener=screener_part(rows),
        goals=goal_lines(rows),
        attributes=attributes,
        weakest=list(result.weakest),
        index=None if result.index is None else IndexPart.of(result.index),
        open_counts=open_counts_part(result.open_counts),
        transparency=transparency_part(result.transparency, items.values()),
        rules=[rule_part(rule) for rule in contradiction_rules(catalogue)],
        contradictions=[contradiction_part(found) for found in result.contradictions],
        by_kind=list(result.by_kind),
        kept=list(result.kept),
        steps=steps_part(items, chosen_for(step_bases(specs, result), is_example=rows.process.is_example)),
        unknown=not_known(items.values()),
        not_applicable=does_not_apply(items.values()),
        crosswalk=crosswalk_lines(catalogue, items),
        review=review,
        second_rating=second_rating_part(counted) if rows.rating else None,
    )
