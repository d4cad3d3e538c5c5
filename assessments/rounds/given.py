"""The questions that somebody was given and has not answered in full, for their first page and for reminders."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString

from assessments.models import QuestionAssignment, QuestionAssignmentQuerySet
from assessments.rounds.progress import contents_of_many, open_questions
from attributes.catalogue.published import catalogue_of
from attributes.texts import Wording

if TYPE_CHECKING:
    from msgov.accounts.models import User

SHOWN = 20


@dataclass(frozen=True)
class GivenLine:
    """A question on the first page of whom it was given to."""

    given: QuestionAssignment
    number: int
    short: SafeString
    address: str


def given_to(user: "User") -> list[GivenLine]:
    """Return what the user was given and is still open, the most urgent first. At most two queries."""
    rows = QuestionAssignment.objects.in_drafts().filter(member__user=user)
    found = []
    for given in still_open(rows.order_by("due", "pk")[:SHOWN]):
        assessment = given.assessment
        catalogue = catalogue_of(assessment.question_set)
        say = Wording(assessment.process.resource or catalogue.resource_default)
        address = reverse("assessments:question", args=[assessment.code, given.question])
        short = say(catalogue.question(given.question).short)
        found.append(GivenLine(given, catalogue.position(given.question), short, address))
    return sorted(found, key=lambda line: (line.given.due is None, line.given.due or line.given.today))


def still_open(rows: QuestionAssignmentQuerySet) -> list[QuestionAssignment]:
    """Return those whose question is not answered in full, with their assessments. At most two queries."""
    read: Iterable[QuestionAssignment] = rows.select_related(
        "member", "assessment__process", "assessment__question_set"
    ).defer("assessment__question_set__document")
    given = list(read)
    assessments = {one.assessment_id: one.assessment for one in given}
    contents = contents_of_many(assessments.values())
    unfinished = {
        pk: open_questions(catalogue_of(assessment.question_set), contents[pk], assessment.process.kind)
        for pk, assessment in assessments.items()
    }
    return [one for one in given if one.question in unfinished[one.assessment_id]]
