"""What a result says besides what was answered: process, round, how well the approach fits, goals, other frameworks."""

from typing import TYPE_CHECKING

from django.utils import timezone

from assessments.documents.about import (
    AssessmentPart,
    CrosswalkItem,
    CrosswalkLine,
    GoalLine,
    KindLine,
    ProcessPart,
    ScreenerLine,
    ScreenerPart,
)
from assessments.documents.result import ItemResult
from assessments.documents.values import own_words, plain, share
from assessments.models import Goal
from assessments.scoring import NOT_ENOUGH, screener_fit
from assessments.zones import zone_named
from attributes.catalogue.types import CatalogueSet
from attributes.texts import TextMap

if TYPE_CHECKING:
    from assessments.results.build import StoredRows


def process_part(rows: "StoredRows") -> ProcessPart:
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
    rows: "StoredRows", *, number: int | None, submitted_on: str | None, submitted_by: str
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


def screener_part(rows: "StoredRows") -> ScreenerPart:
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
    fit = screener_fit([line.choice for line in lines]) if rows.screener else NOT_ENOUGH
    return ScreenerPart(verdict=fit.verdict, share=None if fit.share is None else share(fit.share), lines=lines)


def goal_lines(rows: "StoredRows") -> list[GoalLine]:
    """The goals register; a goal taken from the question set keeps its words, one of another set is in words alone."""
    shared = {goal.code: goal.text for goal in rows.catalogue.goals}
    return [_goal(goal, shared.get(goal.shared_goal)) for goal in rows.goals]


def _goal(goal: Goal, shared: TextMap | None) -> GoalLine:
    return GoalLine(
        # A code of another set names nothing here, and an archive could not bring it back.
        shared_goal=goal.shared_goal if shared else "",
        text=plain(shared) if shared else own_words(goal.text),
        agreed_by=goal.agreed_by,
        agreed_when=goal.agreed_when,
        recorded_in=goal.recorded_in,
        reservations=goal.reservations,
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
