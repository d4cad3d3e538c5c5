"""The hub of an assessment: the steps of its year, every question with how far it is, and what comes next."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from assessments.answers.value import AnswerContent
from assessments.models import AnswerVersion, Assessment, AssessmentEvent, Membership, QuestionAssignment
from assessments.models.panel import current_wave
from assessments.moving.views import move_context
from assessments.permissions import Right, assessment_for, rights_in, signed_in
from assessments.rounds.progress import contents_by_item, items_done, progress_of
from assessments.rounds.so_far import year_so_far
from assessments.rounds.year import next_thing, year_steps
from assessments.vocabulary import Progress, Role
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.memory import Statement
from attributes.texts import Wording

if TYPE_CHECKING:
    from msgov.accounts.models import User

SHOWN_MEMBERS = 20
# Said on their own; a reason for reopening stays to be read.
MOVES = (AssessmentEvent.Kind.MOVED, AssessmentEvent.Kind.MOVED_BACK)


class QuestionLine(NamedTuple):
    """A question in the list: where it is, what it is called and asks, how far it is, and who is asked to answer."""

    number: int
    code: str
    address: str
    short: SafeString
    verbatim: SafeString
    state: str
    standing: str
    given: QuestionAssignment | None
    give: str  # where it can be given to a member; "" where it cannot

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to be answered."""
        return self.state not in (Progress.COMPLETED, Progress.NOT_ASKED)


@require_safe
def assessment_hub(request: HttpRequest, code: str) -> HttpResponse:
    """The task list: every question with its status, and everything else there is to do."""
    assessment = assessment_for(request, code, Right.VIEW_DRAFT)
    catalogue = catalogue_of(assessment.question_set)
    rights = rights_in(assessment.process, request.user)
    user = signed_in(request)
    given = given_questions(assessment)
    may_edit = assessment.is_draft and Right.EDIT_ANSWERS in rights
    give = question_addresses(assessment, catalogue, "assessments:question-give") if may_edit else {}
    sections = hub_sections(assessment, catalogue, contents_by_item(assessment, catalogue), given, give)
    last_event = _last_event.first(assessment.pk)
    was_submitted = last_event is not None and last_event.kind == AssessmentEvent.Kind.REOPENED
    so_far = year_so_far(
        assessment,
        done=sum(section["done"] for section in sections),
        total=sum(section["total"] for section in sections),
        wave=current_wave(assessment),
    )
    lines = [line for section in sections for line in section["lines"] if line.is_open]
    mine = [line.address for line in lines if line.given is not None and line.given.member.user_id == user.pk]
    context = {
        "assessment": assessment,
        "process": assessment.process,
        "sections": sections,
        "question_set": catalogue,
        "kind_matters": not assessment.process.kind and any(item.not_for for item in catalogue.items.values()),
        "may_describe": Right.EDIT_PROCESS in rights,
        "steps": year_steps(so_far, rights),
        "next": next_thing(so_far, rights, [(line.address, _name_of(line)) for line in lines], mine),
        "so_far": so_far,
        "claims": claims_of_quick_check(assessment) if assessment.is_draft else 0,
        "others": _others(assessment, user),
        "last_event": last_event,
        "reopened": AssessmentEvent.Kind.REOPENED,
        **move_context(assessment, rights),
        "may_edit": may_edit,
        "may_submit": assessment.is_draft and Right.SUBMIT in rights,
        # What else stands against it costs queries; its page says it.
        "may_discard": Right.DISCARD in rights and assessment.is_draft and not was_submitted,
        "may_rename": assessment.is_draft and Right.START_ASSESSMENT in rights,
        "may_reopen": assessment.is_submitted and Right.REOPEN in rights,
    }
    return render(request, "assessments/rounds/hub.html", context)


def _name_of(line: QuestionLine) -> SafeString:
    return format_html("{}. {}", line.number, line.short)


def given_questions(assessment: Assessment) -> dict[str, QuestionAssignment]:
    """Who was asked to answer what, by the code of the question; nobody once it is submitted. At most one query."""
    if not assessment.is_draft:
        return {}
    found = {row.question: row for row in _given(assessment.pk)}
    for row in found.values():
        row.assessment = assessment
    return found


def claims_of_quick_check(assessment: Assessment) -> int:
    """Return how many answers are still as a quick check claimed them. One query."""
    return len(_claims(assessment.pk))  # one for each item at most


def _others(assessment: Assessment, user: "User") -> list[Membership]:
    """Who else may answer."""
    return _editors(assessment.process_id, user.pk)


def _read_claims(assessment: int) -> Any:
    return (
        AnswerVersion.objects.filter(
            answer__response__assessment=assessment,
            answer__item__question_set=F("answer__response__assessment__question_set"),
            reason=AnswerVersion.Reason.CLAIMED,
            version=F("answer__version"),
        )
        .order_by()
        .values_list("pk")
    )


def _read_editors(process: int, user: int) -> Any:
    editors = Membership.objects.filter(process=process, role__in=[Role.ORGANISER, Role.CONTRIBUTOR])
    return editors.exclude(user=user).select_related("user").order_by("role", "pk")[: SHOWN_MEMBERS + 1]


_claims: Statement[Any] = Statement(_read_claims)
_editors: Statement[Membership] = Statement(_read_editors)
_given = Statement(lambda pk: QuestionAssignment.objects.filter(assessment=pk).select_related("member__user"))
_last_event = Statement(
    lambda pk: AssessmentEvent.objects.filter(assessment=pk).exclude(kind__in=MOVES).order_by("-at", "-pk")[:1]
)


def hub_sections(
    assessment: Assessment,
    catalogue: CatalogueSet,
    contents: Mapping[str, AnswerContent],
    given: Mapping[str, QuestionAssignment],
    give: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The questions by attribute, with how far each is. Items that are not scored are welcome, not asked for."""
    say, kind = Wording(assessment.process.resource or catalogue.resource_default), assessment.process.kind
    addresses = question_addresses(assessment, catalogue)
    standings = {progress: str(progress.label) for progress in Progress}
    sections = []
    for attribute in catalogue.attributes:
        lines, done, total = [], 0, 0
        shorts = say.each(question.short for question in attribute.questions)
        verbatims = say.each(question.verbatim for question in attribute.questions)
        for question, short, verbatim in zip(attribute.questions, shorts, verbatims, strict=True):
            finished, asked = items_done(question, contents, kind)
            progress = progress_of(question, contents, finished, asked)
            lines.append(
                QuestionLine(
                    catalogue.position(question.code),
                    question.code,
                    addresses[question.code],
                    short,
                    verbatim,
                    progress.value,
                    standings[progress],
                    given.get(question.code),
                    give.get(question.code, ""),
                )
            )
            done, total = done + finished, total + asked
        sections.append(
            {"code": attribute.code, "title": say(attribute.title), "lines": lines, "done": done, "total": total}
        )
    return sections


def question_addresses(
    assessment: Assessment, catalogue: CatalogueSet, page: str = "assessments:question"
) -> dict[str, str]:
    """Where every question is answered, or what else is done about it by a `page`, by its code.

    Looked up once: they differ in the code alone, which is letters, digits and hyphens.
    """
    codes = [question.code for question in catalogue.questions]
    if not codes:
        return {}
    folder = "/questions/"
    before, _code, after = reverse(page, args=[assessment.code, codes[0]]).rpartition(f"{folder}{codes[0]}/")
    return {code: f"{before}{folder}{code}/{after}" for code in codes}
