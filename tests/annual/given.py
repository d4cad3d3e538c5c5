"""Annual pages in any state: two rounds of one process, with promises on either."""

import datetime
from typing import Any

from assessments.annual.build import annual_document
from assessments.documents.annual import AnnualDocument
from assessments.models import Action, AnnualPage, Assessment, Process
from assessments.results.build import freeze
from assessments.results.frozen import document_of
from assessments.vocabulary import AssessmentState
from tests import builders
from tests.comparing.given import answered

TODAY = datetime.date(2026, 11, 30)
# Two of the three items of responsibility, and one of collaboration.
BETTER = {"CR1a": 3, "CR1b": 3, "CR1c": 3, "CO4b": 2}


def round_of(process: Process, levels: dict[str, Any], number: int, **fields: Any) -> Assessment:
    """A submitted round whose items are all answered, some at other levels."""
    assessment = builders.assessment(process, round=number, state=AssessmentState.SUBMITTED, **fields)
    answered(assessment, levels)
    freeze(assessment=assessment, number=1, user=process.created_by)
    return assessment


def two_rounds(process: Process | None = None, levels: dict[str, Any] | None = None) -> tuple[Assessment, Assessment]:
    """A round and the next, in which responsibility stands better."""
    process = process or builders.process(organiser=builders.user(), name="Forum")
    return round_of(process, {}, 1), round_of(process, BETTER if levels is None else levels, 2)


def promise(assessment: Assessment, text: str = "Ask the villages", **fields: Any) -> Action:
    """A promise on the result of a round; public, and due in 2026 unless told otherwise."""
    given = {"due": datetime.date(2026, 12, 31), "is_public": True, "owner": "A. Berg", **fields}
    return Action.objects.create(assessment=assessment, text=text, **given)


def three_promises(assessment: Assessment) -> None:
    """One kept, one late, one dropped."""
    promise(
        assessment,
        "Pay travel",
        item="CR1b",
        state="done",
        happened="41 journeys paid",
        closed_on=datetime.date(2026, 6, 2),
    )
    promise(assessment, "Explain the way of deciding", item="ED3a", due=datetime.date(2026, 7, 31))
    promise(
        assessment,
        "Translate all minutes",
        state="dropped",
        reason="Summaries were asked for",
        closed_on=datetime.date(2026, 3, 1),
    )


def page_of(assessment: Assessment, *, public_only: bool = False, today: datetime.date = TODAY) -> AnnualDocument:
    """The document of the annual page of a submitted round."""
    result = document_of(assessment.results.get())
    return annual_document(assessment, result, public_only=public_only, today=today)


def chosen(assessment: Assessment, **fields: Any) -> AnnualPage:
    """What the organiser chose."""
    return AnnualPage.objects.create(assessment=assessment, **fields)
