"""Giving questions to members: one member for a question, with a day if wanted, a mail, and at most one reminder."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.answering.services.answers import editable_response
from assessments.exceptions import NotAllowed
from assessments.models import Assessment, Membership, QuestionAssignment
from assessments.permissions import RIGHTS, Right
from assessments.retrying import retrying
from assessments.rounds.given import still_open
from assessments.signals import process_event
from assessments.vocabulary import AssessmentState

if TYPE_CHECKING:
    from msgov.accounts.models import User

# The reminder goes out so long before the day.
REMINDED_BEFORE = timedelta(days=2)
# In how many days somebody has to have answered where no other day is chosen, as the form proposes it.
USUAL_TIME = timedelta(days=14)
ANSWERING = frozenset(role for role, rights in RIGHTS.items() if Right.EDIT_ANSWERS in rights)


@retrying
@transaction.atomic
def give_question(
    *, assessment: Assessment, user: "User", question: str, member: Membership, due: date | None = None
) -> QuestionAssignment:
    """Give a question to a member, instead of whoever had it; the member gets a mail unless it is the user.

    Raises NotEditable unless the assessment is a draft, and NotAllowed where the member may not answer.
    """
    editable_response(assessment)
    if member.process_id != assessment.process_id or member.role not in ANSWERING:
        raise NotAllowed(_("%(member)s cannot answer questions of this process.") % {"member": member.user})
    before = QuestionAssignment.objects.filter(assessment=assessment, question=question).first()
    if before is not None and (before.member_id, before.due) == (member.pk, due):
        return before  # a double click
    given, _created = QuestionAssignment.objects.update_or_create(
        assessment=assessment,
        question=question,
        defaults={"member": member, "due": due, "by": user, "at": timezone.now(), "reminded_at": None},
    )
    _tell(given, "question.given", user)
    return given


@transaction.atomic
def take_question_back(*, assessment: Assessment, user: "User", question: str) -> bool:
    """Let a question be everybody's again. Returns whether somebody had it. Raises NotEditable unless it is a draft."""
    editable_response(assessment)
    given = QuestionAssignment.objects.filter(assessment=assessment, question=question).first()
    if given is None:
        return False
    _tell(given, "question.taken_back", user)
    given.delete()
    return True


def remind_of_questions() -> int:
    """Remind members of questions whose day is near and that are not answered, once. Returns how many were told.

    Not after the day, which the member will have noticed.
    """
    today, around = timezone.now().date(), timedelta(days=1)  # in whatever zone the process is
    near = (today - around, today + around + REMINDED_BEFORE)
    waiting = QuestionAssignment.objects.in_drafts().filter(reminded_at=None, due__range=near)
    return sum(_remind(given) for given in still_open(waiting) if _is_near(given))


def _is_near(given: QuestionAssignment) -> bool:
    return given.due is not None and given.today <= given.due <= given.today + REMINDED_BEFORE


@transaction.atomic
def _remind(given: QuestionAssignment) -> bool:
    """Tell the member, unless somebody else has just done so."""
    now = timezone.now()
    waiting = QuestionAssignment.objects.filter(pk=given.pk, reminded_at=None)
    if not waiting.filter(assessment__state=AssessmentState.DRAFT).exists() or not waiting.update(reminded_at=now):
        return False
    _tell(given, "question.due", None)
    return True


def _tell(given: QuestionAssignment, action: str, user: "User | None") -> None:
    details = {
        "member": given.member.user_id,
        "question": given.question,
        "due": given.due.isoformat() if given.due else "",
    }
    process_event.send(sender=_tell, action=action, user=user, obj=given.assessment, details=details)
