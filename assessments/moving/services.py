"""Moving an assessment to a newer version of its question set, and back.

Answers belong to the items of one version. A move leaves those of the earlier version as they are and makes answers
to the items of the newer one, so moving back is nothing but pointing to the earlier version again.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.answering.services.answers import editable_response
from assessments.exceptions import Conflict, NotAllowed
from assessments.models import Assessment, AssessmentEvent, FrozenResult, Move, QuestionAssignment, Wave
from assessments.moving.plan import Plan, propose
from assessments.moving.proposals import MoveChoice
from assessments.moving.writing import carry
from assessments.retrying import retrying
from assessments.signals import process_event
from assessments.vocabulary import WaveState
from attributes.catalogue.published import catalogue_of
from attributes.models import QuestionSet

if TYPE_CHECKING:
    from msgov.accounts.models import User

__all__ = ["Plan", "active_move", "may_undo", "move_assessment", "newer_versions", "propose", "undo_move"]


def newer_versions(assessment: Assessment) -> list[QuestionSet]:
    """Return the published versions after that of the assessment, the newest first. One query."""
    current = assessment.question_set
    found = [
        row
        for row in QuestionSet.objects.published().filter(slug=current.slug)
        if row.version_key > current.version_key
    ]
    return sorted(found, key=lambda row: row.version_key, reverse=True)


def newest_version(assessment: Assessment) -> str:
    """Return the number of the newest published version if it is newer than that of the assessment, else ""."""
    current = assessment.question_set
    rows = QuestionSet.objects.published().filter(slug=current.slug).only("version")
    newest = max(rows, key=lambda row: row.version_key, default=None)
    return newest.version if newest and newest.version_key > current.version_key else ""


# What a page says of a version, and what the catalogue finds it by.
READ_OF_SETS = ("slug", "version", "status", "digest", "created_at")


def active_move(assessment: Assessment) -> Move | None:
    """Return the move that brought the assessment to its version, unless it started with that. One query."""
    versions = [f"{side}__{name}" for side in ("from_set", "to_set") for name in READ_OF_SETS]
    moves = assessment.moves.filter(undone_at=None).select_related("from_set", "to_set")
    found: Move | None = moves.only("assessment", "at", "by_name", *versions).last()
    return found if found and found.to_set_id == assessment.question_set_id else None


def may_undo(assessment: Assessment, move: Move) -> bool:
    """Whether a move can be undone: until the assessment is submitted. One query."""
    if not assessment.is_draft:
        return False
    return not FrozenResult.objects.filter(assessment=assessment, created_at__gte=move.at).exists()


@retrying
@transaction.atomic
def move_assessment(
    *,
    assessment: Assessment,
    user: "User | None",
    to: QuestionSet,
    decisions: Mapping[str, MoveChoice] | None = None,
    drawn_from: str = "",
) -> Move:
    """Move an assessment to a newer published version of its set; `user` is None for the command line.

    `decisions` by codes of the newer version; where there is none the recommendation holds. `drawn_from` is the
    fingerprint of the plan they were made from. Raises NotEditable unless the assessment is a draft (MovedMeanwhile
    if it is at another version than the instance says), NotAllowed for a version it cannot move to, and Conflict,
    with the plan as it is now, if answers have changed since.
    """
    response_id = editable_response(assessment)
    _refuse_while_asking(assessment)
    if to.pk not in {row.pk for row in newer_versions(assessment)}:
        raise NotAllowed(
            _("The assessment cannot be moved to version %(version)s: it is not a newer published one.")
            % {"version": to.version}
        )
    plan = propose(assessment, to)
    if drawn_from and drawn_from != plan.fingerprint:
        raise Conflict(_("Answers have been changed since this page was opened. Look at them again, then move."), plan)
    earlier = assessment.question_set
    made = carry(plan, decisions or {}, response_id=response_id, user=user)
    move = Move.objects.create(
        assessment=assessment, from_set=earlier, to_set=to, decisions=made, by=user, by_name=_name(user)
    )
    _point_to(assessment, to)
    details = {"from": earlier.version, "to": to.version, "question_set": to.slug}
    _tell(assessment, user, AssessmentEvent.Kind.MOVED, "assessment.moved", details)
    return move


@retrying
@transaction.atomic
def undo_move(*, assessment: Assessment, user: "User | None", back_to: str = "") -> Move:
    """Point the assessment back to the version it was moved from, with every answer as it was there.

    `back_to` is the number of that version as the page said it: a second click does not undo the move before, too.
    Raises NotEditable unless the assessment is a draft, and NotAllowed where there is no move to undo.
    """
    editable_response(assessment)
    _refuse_while_asking(assessment)
    move = active_move(assessment)
    if move is None or (back_to and back_to != move.from_set.version):
        raise NotAllowed(_("There is no move to undo: the assessment is at the version you started from."))
    if not may_undo(assessment, move):
        raise NotAllowed(_("The assessment has been submitted since it was moved: it stays at its version."))
    Move.objects.filter(pk=move.pk).update(undone_at=timezone.now(), undone_by=user, undone_by_name=_name(user))
    details = {"from": move.to_set.version, "to": move.from_set.version, "question_set": move.to_set.slug}
    _point_to(assessment, move.from_set)
    _tell(assessment, user, AssessmentEvent.Kind.MOVED_BACK, "assessment.moved_back", details)
    return move


def _refuse_while_asking(assessment: Assessment) -> None:
    """Stakeholders answer the questions they were shown, to the last one."""
    if Wave.objects.filter(assessment=assessment, state=WaveState.OPEN).exists():
        raise NotAllowed(_("Stakeholders are answering: close the wave before the questions change."))


def _point_to(assessment: Assessment, question_set: QuestionSet) -> None:
    Assessment.objects.filter(pk=assessment.pk).update(question_set=question_set)
    assessment.question_set = question_set
    # Questions that members were given go along by their codes; what this version does not ask, nobody has.
    known = [question.code for question in catalogue_of(question_set).questions]
    QuestionAssignment.objects.filter(assessment=assessment).exclude(question__in=known).delete()


def _tell(
    assessment: Assessment, user: "User | None", kind: AssessmentEvent.Kind, action: str, details: dict[str, str]
) -> None:
    AssessmentEvent.objects.create(
        assessment=assessment, kind=kind, reason=f"{details['from']} → {details['to']}", by=user, by_name=_name(user)
    )
    process_event.send(sender=move_assessment, action=action, user=user, obj=assessment, details=details)


def _name(user: "User | None") -> str:
    return user.get_short_name()[:150] if user else ""
