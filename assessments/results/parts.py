"""The parts of a result other than attributes and items."""

from fractions import Fraction

from assessments.documents.result import (
    AssessmentPart,
    CrosswalkItem,
    CrosswalkLine,
    GoalLine,
    IndexPart,
    ItemResult,
    ProcessPart,
    QuestionSetRef,
    ScreenerLine,
    ScreenerPart,
)
from assessments.documents.values import own_words, plain, share
from assessments.models import Goal
from assessments.results.rows import Rows
from assessments.scoring import SummaryIndex, one_decimal, screener_fit
from attributes.catalogue.types import CatalogueSet
from attributes.texts import TextMap


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


def process_part(rows: Rows) -> ProcessPart:
    """The process as it is described now."""
    process = rows.process
    return ProcessPart(
        code=process.code,
        name=process.name,
        issue=process.issue,
        organisation=process.organisation,
        period=process.period,
        outcome_expected=process.outcome_expected,
        resource=process.resource,
        promise=process.promise,
        website=process.website,
        groups=rows.groups,
        is_invented=process.is_invented,
        is_example=process.is_example,
    )


def assessment_part(rows: Rows, *, number: int | None, submitted_on: str | None, submitted_by: str) -> AssessmentPart:
    """Which assessment it is; without a number it is a draft."""
    assessment = rows.assessment
    return AssessmentPart(
        code=assessment.code,
        round=assessment.round,
        title=assessment.title,
        number=number,
        status="draft" if number is None else "final",
        started_on=assessment.created_at.date().isoformat(),
        submitted_on=submitted_on,
        submitted_by=submitted_by,
        assurance="self_assessed",
        track="evidence",
        show_index=assessment.show_index,
    )


def screener_part(rows: Rows) -> ScreenerPart:
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


def goal_lines(rows: Rows) -> list[GoalLine]:
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
