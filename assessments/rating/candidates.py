"""Who can be asked to rate a second time, and why somebody cannot."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from assessments.models import AnswerVersion, Assessment, Membership, SecondRating
from assessments.vocabulary import Role


@dataclass(frozen=True)
class RaterCandidate:
    """A member, and why they cannot be asked; "" where they can."""

    member: Membership
    reason: str


def candidates_for(assessment: Assessment) -> list[RaterCandidate]:
    """Return the members who are no organisers, those who can be asked first. One query."""
    members = _with_answers(assessment).filter(process=assessment.process_id).exclude(role=Role.ORGANISER)
    found = [RaterCandidate(member, _reason(member)) for member in members.select_related("user").order_by("pk")]
    return sorted(found, key=lambda candidate: bool(candidate.reason))


def why_not(assessment: Assessment, member: Membership) -> str:
    """Return why a member cannot rate the assessment a second time; "" where they can. One query."""
    if member.process_id != assessment.process_id:
        return _("Choose a member of the process.")
    found = _with_answers(assessment).filter(pk=member.pk).select_related("user").first()
    return _reason(found) if found else _("Choose a member of the process.")


def why_no_rating(assessment: Assessment) -> str:
    """Return why an assessment cannot be rated a second time; "" where it can. At most two queries."""
    if SecondRating.objects.live().filter(assessment=assessment).exists():
        return _("Somebody has been asked already. Take that back first.")
    if assessment.results.exists():
        return _("This round has been submitted before: its result can be read, so that nobody can rate it blind.")
    return ""


def _with_answers(assessment: Assessment) -> "QuerySet[Any]":
    """Memberships with whether the person wrote answers of the assessment."""
    wrote = AnswerVersion.objects.filter(answer__response__assessment=assessment, user=OuterRef("user"))
    return Membership.objects.annotate(wrote=Exists(wrote))


def _reason(member: Membership) -> str:
    if member.role == Role.ORGANISER:
        return _("Organisers see every answer. Somebody in another role can rate blind.")
    if member.user.is_site_admin:
        return _("Who administers this site can read every draft.")
    if getattr(member, "wrote", False):
        return _("Has answered questions of this round.")
    return ""
