"""The hub of an assessment: every question with how far it is, and everything else there is to do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from assessments.answering.page import question_addresses
from assessments.answers.value import STORED, AnswerContent, content_of, is_complete, is_empty
from assessments.models import Answer, Assessment, AssessmentEvent, Membership
from assessments.moving.views import move_context
from assessments.permissions import Right, assessment_for, rights_in, signed_in
from assessments.vocabulary import Progress, Role, Track
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueQuestion, CatalogueSet
from attributes.texts import Wording

if TYPE_CHECKING:
    from msgov.accounts.models import User

SHOWN_MEMBERS = 20
# Said on their own; a reason for reopening stays to be read.
MOVES = (AssessmentEvent.Kind.MOVED, AssessmentEvent.Kind.MOVED_BACK)


class QuestionLine(NamedTuple):
    """A question in the list: where it is, and how far."""

    number: int
    address: str
    verbatim: SafeString
    state: str
    standing: str


@require_safe
def assessment_hub(request: HttpRequest, code: str) -> HttpResponse:
    """The task list: every question with its status, and everything else there is to do."""
    assessment = assessment_for(request, code, Right.VIEW_DRAFT)
    catalogue = catalogue_of(assessment.question_set)
    rights = rights_in(assessment.process, request.user)
    contents = contents_by_item(assessment, catalogue)
    sections = hub_sections(assessment, catalogue, contents)
    last_event = assessment.events.exclude(kind__in=MOVES).order_by("-at", "-pk").first()
    was_submitted = last_event is not None and last_event.kind == AssessmentEvent.Kind.REOPENED
    context = {
        "assessment": assessment,
        "process": assessment.process,
        "sections": sections,
        "question_set": catalogue,
        "kind_matters": not assessment.process.kind and any(item.not_for for item in catalogue.items.values()),
        "may_describe": Right.EDIT_PROCESS in rights,
        "done": sum(section["done"] for section in sections),
        "total": sum(section["total"] for section in sections),
        "others": _others(assessment, signed_in(request)),
        "last_event": last_event,
        "reopened": AssessmentEvent.Kind.REOPENED,
        **move_context(assessment, rights),
        "may_edit": assessment.is_draft and Right.EDIT_ANSWERS in rights,
        "may_submit": assessment.is_draft and Right.SUBMIT in rights,
        # What else stands against it costs queries; its page says it.
        "may_discard": Right.DISCARD in rights and assessment.is_draft and not was_submitted,
        "may_reopen": assessment.is_submitted and Right.REOPEN in rights,
    }
    return render(request, "assessments/rounds/hub.html", context)


def contents_by_item(assessment: Assessment, catalogue: CatalogueSet) -> dict[str, AnswerContent]:
    """What is stored for every item, by its code. One query, and no instance for each of hundreds of rows."""
    answers = Answer.objects.filter(response__assessment=assessment, response__track=Track.EVIDENCE).order_by()
    rows: dict[int, Any] = {row.item_id: row for row in answers.values_list("item_id", *STORED, named=True)}
    return {code: content_of(item, rows.get(item.pk)) for code, item in catalogue.items.items()}


def _others(assessment: Assessment, user: "User") -> list[Membership]:
    """Who else may answer."""
    editors = Membership.objects.filter(process=assessment.process_id, role__in=[Role.ORGANISER, Role.CONTRIBUTOR])
    return list(editors.exclude(user=user).select_related("user").order_by("role", "pk")[: SHOWN_MEMBERS + 1])


def hub_sections(
    assessment: Assessment, catalogue: CatalogueSet, contents: Mapping[str, AnswerContent]
) -> list[dict[str, Any]]:
    """The questions by attribute, with how far each is. Items that are not scored are welcome, not asked for."""
    say, kind = Wording(assessment.process.resource or catalogue.resource_default), assessment.process.kind
    addresses = question_addresses(assessment, catalogue)
    standings = {progress: str(progress.label) for progress in Progress}
    sections = []
    for attribute in catalogue.attributes:
        lines, done, total = [], 0, 0
        for question in attribute.questions:
            finished, asked = items_done(question, contents, kind)
            progress = progress_of(question, contents, finished, asked)
            lines.append(
                QuestionLine(
                    catalogue.position(question.code),
                    addresses[question.code],
                    say(question.verbatim),
                    progress.value,
                    standings[progress],
                )
            )
            done, total = done + finished, total + asked
        sections.append(
            {"code": attribute.code, "title": say(attribute.title), "lines": lines, "done": done, "total": total}
        )
    return sections


def items_done(question: CatalogueQuestion, contents: Mapping[str, AnswerContent], kind: str) -> tuple[int, int]:
    """Return how many of the items that have to be answered are, and how many there are: of those that apply to the
    kind of process."""
    apply = [item for item in question.items if item.applies_to(kind)]
    asked = [item for item in apply if item.scored] or apply
    return sum(is_complete(item, contents[item.code]) for item in asked), len(asked)


def progress_of(question: CatalogueQuestion, contents: Mapping[str, AnswerContent], done: int, total: int) -> Progress:
    """Return how far a question is, with so many of its items done."""
    if not total:
        return Progress.NOT_ASKED
    if done == total:
        return Progress.COMPLETED
    untouched = all(is_empty(contents[item.code]) for item in question.items)
    return Progress.NOT_STARTED if untouched else Progress.IN_PROGRESS
