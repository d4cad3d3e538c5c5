"""From rows to the result document: rows → scoring → document. Nothing else computes or rounds a figure.

Here are the rows, read in a constant number of queries, and the parts of a result other than attributes and items.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils import timezone

from assessments.answers.counting import item_answers, item_specs
from assessments.answers.value import DONT_KNOW, NOT_APPLICABLE, UNANSWERED
from assessments.documents.result import (
    FORMAT,
    AssessmentPart,
    AttributeResult,
    CrosswalkItem,
    CrosswalkLine,
    GoalLine,
    IndexPart,
    ItemResult,
    KindLine,
    ProcessPart,
    QuestionSetRef,
    ResultDocument,
    ScreenerLine,
    ScreenerPart,
)
from assessments.documents.values import document_digest, exact, own_words, plain, share
from assessments.models import (
    Answer,
    Assessment,
    EvidenceFile,
    FrozenResult,
    Goal,
    KindChange,
    Process,
    Response,
    ScreenerAnswer,
)
from assessments.results.sections import attribute_result, recommendation_parts
from assessments.scoring import SummaryIndex, one_decimal, score, screener_fit
from assessments.scoring.rules import FULL_EVIDENCE, ZERO
from assessments.vocabulary import Track
from assessments.zones import zone_named
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.texts import TextMap

if TYPE_CHECKING:
    from msgov.accounts.models import User


MAX_LISTED = 5
# F first, then what is largely achieved and openly shown.
STRONG = ("F", "L")
WEAK = ("N", "P")


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


def rows_of(assessment: Assessment) -> StoredRows:
    """Read the rows of an assessment. At most nine queries, whatever was answered."""
    process = assessment.process
    response = Response.objects.filter(assessment=assessment, track=Track.EVIDENCE)
    catalogue = catalogue_of(assessment.question_set)
    items = {item.pk for item in catalogue.items.values()}
    files: dict[int, list[EvidenceFile]] = defaultdict(list)
    for file in EvidenceFile.objects.filter(response__in=response):
        if file.item_id in items:
            files[file.item_id].append(file)
    answers = Answer.objects.filter(response__in=response)
    return StoredRows(
        assessment=assessment,
        process=process,
        catalogue=catalogue,
        groups=list(process.groups.values_list("name", flat=True)),
        kind_changes=list(process.kind_changes.all()),
        screener={line.criterion: line for line in process.screener_answers.all()},
        goals=list(process.goals.all()),
        answers={answer.item_id: answer for answer in answers if answer.item_id in items},
        files=dict(files),
    )


def build_document(assessment: Assessment) -> ResultDocument:
    """Compute the result of an assessment as its answers stand now, as a draft.

    At most eleven queries, whatever the number of answers. What was submitted is read (`frozen`), never rebuilt.
    """
    return _document(rows_of(assessment), number=None, submitted_on=None, submitted_by="")


def freeze(*, assessment: Assessment, number: int, user: "User") -> FrozenResult:
    """Compute the result and store it as the given number of this assessment; `user` submits it.

    For `submit_assessment`, in its transaction. Raises IntegrityError if the number exists already.
    """
    submitted = assessment.submitted_at or timezone.now()
    document = _document(
        rows_of(assessment),
        number=number,
        submitted_on=timezone.localdate(submitted, zone_named(assessment.process.time_zone)).isoformat(),
        # Not the full name: without one given that is the e-mail address, and results may be public.
        submitted_by=user.get_short_name(),
    )
    return FrozenResult.objects.create(
        assessment=assessment,
        number=number,
        method_version=document.method_version,
        document=document.model_dump(mode="json"),
        digest=document_digest(document),
    )


def _document(rows: StoredRows, *, number: int | None, submitted_on: str | None, submitted_by: str) -> ResultDocument:
    catalogue = rows.catalogue
    resource = rows.process.resource
    specs = item_specs(catalogue)
    answers = item_answers(catalogue, rows.answers.values(), rows.files.keys())
    given = {answer.code: answer for answer in answers}
    scorecard = score(specs, answers)
    scores = {entry.code: entry for entry in scorecard.attributes}
    attributes = [
        attribute_result(rows, attribute, scores[attribute.code], specs, given)
        for attribute in catalogue.attributes
        if attribute.code in scores
    ]
    items = {item.code: item for a in attributes for q in a.questions for item in q.items}
    scored = scored_items(attributes)
    return ResultDocument(
        format=FORMAT,
        method_version=scorecard.method_version,
        question_set=question_set_ref(catalogue),
        process=process_part(rows),
        assessment=assessment_part(rows, number=number, submitted_on=submitted_on, submitted_by=submitted_by),
        screener=screener_part(rows),
        goals=goal_lines(rows),
        attributes=attributes,
        weakest=list(scorecard.weakest),
        index=index_part(scorecard.index),
        strengths=strengths(scored),
        concerns=concerns(scored),
        recommendations=recommendation_parts(catalogue, specs, scorecard, resource=resource),
        unknown=in_state(scored, UNANSWERED, DONT_KNOW),
        not_applicable=in_state(items.values(), NOT_APPLICABLE),
        unsupported_items=unsupported(scored),
        crosswalk=crosswalk_lines(catalogue, items),
    )


def question_set_ref(catalogue: CatalogueSet) -> QuestionSetRef:
    """Which version was answered."""
    return QuestionSetRef(
        slug=catalogue.slug,
        version=catalogue.version,
        digest=catalogue.digest,
        title=plain(catalogue.title),
        credit=plain(catalogue.credit),
        experimental=catalogue.experimental,
        top_level=catalogue.top_level,
    )


def process_part(rows: StoredRows) -> ProcessPart:
    """The process as it is described now."""
    process = rows.process
    return ProcessPart(
        code=process.code,
        name=process.name,
        kind=process.kind,
        kind_changes=[
            KindLine(kind=change.kind, since=timezone.localdate(change.at, process.zone).isoformat())
            for change in rows.kind_changes
        ],
        issue=process.issue,
        organisation=process.organisation,
        period=process.period,
        outcome_expected=process.outcome_expected,
        resource=process.resource,
        promise=process.promise,
        country=process.country,
        language=process.language,
        website=process.website,
        groups=rows.groups,
        is_invented=process.is_invented,
        is_example=process.is_example,
        time_zone=process.time_zone,
    )


def assessment_part(
    rows: StoredRows, *, number: int | None, submitted_on: str | None, submitted_by: str
) -> AssessmentPart:
    """Which assessment it is; without a number it is a draft."""
    assessment = rows.assessment
    return AssessmentPart(
        code=assessment.code,
        round=assessment.round,
        title=assessment.title,
        number=number,
        status="draft" if number is None else "final",
        started_on=timezone.localdate(assessment.created_at, zone_named(rows.process.time_zone)).isoformat(),
        submitted_on=submitted_on,
        submitted_by=submitted_by,
        assurance="self_assessed",
        track="evidence",
        show_index=assessment.show_index,
    )


def screener_part(rows: StoredRows) -> ScreenerPart:
    """The criteria in the order of the question set, and what they add up to."""
    lines = []
    for criterion in rows.catalogue.criteria:
        answer = rows.screener.get(criterion.code)
        lines.append(
            ScreenerLine(
                code=criterion.code,
                text=plain(criterion.text),
                choice=answer.choice if answer else "",
                note=answer.note if answer else "",
            )
        )
    fit = screener_fit([line.choice for line in lines])
    return ScreenerPart(verdict=fit.verdict, share=None if fit.share is None else share(fit.share), lines=lines)


def goal_lines(rows: StoredRows) -> list[GoalLine]:
    """The goals register; a goal taken from the paper keeps the paper's words."""
    shared = {goal.code: goal.text for goal in rows.catalogue.goals}
    return [_goal(goal, shared.get(goal.shared_goal)) for goal in rows.goals]


def _goal(goal: Goal, shared: TextMap | None) -> GoalLine:
    return GoalLine(
        shared_goal=goal.shared_goal,
        text=plain(shared) if shared else own_words(goal.text),
        agreed_by=goal.agreed_by,
        agreed_when=goal.agreed_when,
        recorded_in=goal.recorded_in,
        reservations=goal.reservations,
    )


def index_part(index: SummaryIndex | None) -> IndexPart | None:
    """The index with its companions, in points with one decimal."""
    if index is None:
        return None
    return IndexPart(
        geometric=one_decimal(_fraction(index.geometric)),
        arithmetic=one_decimal(index.arithmetic),
        minimum=one_decimal(index.minimum),
        weight_low=one_decimal(_fraction(index.weight_low)),
        weight_high=one_decimal(_fraction(index.weight_high)),
        robust=index.robust,
    )


def crosswalk_lines(catalogue: CatalogueSet, items: dict[str, ItemResult]) -> list[CrosswalkLine]:
    """The items read again under the principles of another framework: letters, no score."""
    return [
        CrosswalkLine(
            framework=plain(principle.framework),
            principle=plain(principle.text),
            items=[
                CrosswalkItem(code=code, short=items[code].short, letter=items[code].letter, state=items[code].state)
                for code in principle.item_codes
                if code in items
            ],
            not_covered=plain(principle.not_covered),
        )
        for principle in catalogue.crosswalk
    ]


def _fraction(number: float) -> Fraction:
    """The decimal number as written: 65.05 is rounded as 65.05, not as the nearest binary number below it."""
    return Fraction(str(number))


# --- What stands out ---------------------------------------------------------------------------------------------


def scored_items(attributes: Iterable[AttributeResult]) -> list[ItemResult]:
    """All scored items in order."""
    return [item for a in attributes for q in a.questions for item in q.items if item.scored]


def strengths(items: Sequence[ItemResult]) -> list[str]:
    """The codes of up to five items that stand best: F, then L with open evidence; the higher value first."""
    strong = [
        item
        for item in items
        if item.letter == STRONG[0] or (item.letter == STRONG[1] and item.evidence_class == FULL_EVIDENCE)
    ]
    strong.sort(key=lambda item: (STRONG.index(item.letter or ""), -(exact(item.supported) or ZERO)))
    return [item.code for item in strong[:MAX_LISTED]]


def concerns(items: Sequence[ItemResult]) -> list[str]:
    """The codes of up to five items at N or P: critical ones first, then N before P, then the largest weight."""
    weak = [item for item in items if item.letter in WEAK]
    weak.sort(key=lambda item: (not item.critical, WEAK.index(item.letter or ""), -(exact(item.weight) or ZERO)))
    return [item.code for item in weak[:MAX_LISTED]]


def unsupported(items: Iterable[ItemResult]) -> list[str]:
    """The codes of items that claim more than their evidence supports."""
    return [item.code for item in items if item.capped]


def in_state(items: Iterable[ItemResult], *states: str) -> list[str]:
    """The codes of items in one of these states."""
    return [item.code for item in items if item.state in states]
