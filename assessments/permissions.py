"""Who may do what. Three layers: login is the default, `visible_to` decides what exists (404), a right decides
what may be done (403). This table is the only place where roles get rights."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from assessments.models import Assessment, Membership, Process, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from msgov.accounts.models import User


class Right(StrEnum):
    """Something a person may do with a process or one of its assessments."""

    VIEW_PROCESS = "view_process"
    EDIT_PROCESS = "edit_process"
    DELETE_PROCESS = "delete_process"
    MANAGE_MEMBERS = "manage_members"
    START_ASSESSMENT = "start_assessment"
    VIEW_DRAFT = "view_draft"
    EDIT_ANSWERS = "edit_answers"
    VIEW_HISTORY = "view_history"
    SUBMIT = "submit"
    REOPEN = "reopen"
    VIEW_RESULTS = "view_results"
    DOWNLOAD = "download"
    EXPORT = "export"


VISITOR = "visitor"  # not a member; sees what the process shares
SITE_ADMIN = "site_admin"

RIGHTS: dict[str, frozenset[Right]] = {
    Role.ORGANISER: frozenset(Right),
    Role.CONTRIBUTOR: frozenset(
        {
            Right.VIEW_PROCESS,
            Right.VIEW_DRAFT,
            Right.EDIT_ANSWERS,
            Right.VIEW_HISTORY,
            Right.VIEW_RESULTS,
            Right.DOWNLOAD,
            Right.EXPORT,
        }
    ),
    Role.REVIEWER: frozenset(
        {Right.VIEW_PROCESS, Right.VIEW_HISTORY, Right.VIEW_RESULTS, Right.DOWNLOAD, Right.EXPORT}
    ),
    # Looks after the site and can hand an orphaned process to somebody, but does not write its answers.
    SITE_ADMIN: frozenset(
        {
            Right.VIEW_PROCESS,
            Right.MANAGE_MEMBERS,
            Right.VIEW_DRAFT,
            Right.VIEW_HISTORY,
            Right.VIEW_RESULTS,
            Right.DOWNLOAD,
            Right.EXPORT,
            Right.DELETE_PROCESS,
        }
    ),
    VISITOR: frozenset({Right.VIEW_PROCESS, Right.VIEW_RESULTS, Right.DOWNLOAD}),
}


def rights_in(process: Process, user: "User | AnonymousUser") -> frozenset[Right]:
    """Return the user's rights in a process that is visible to them. One query, kept on the instance."""
    cached: tuple[int | None, frozenset[Right]] | None = getattr(process, "_rights", None)
    if cached and cached[0] == user.pk:
        return cached[1]
    role = (
        Membership.objects.filter(process=process, user=user).values_list("role", flat=True).first()
        if user.is_authenticated
        else None
    )
    rights = RIGHTS[role] if role else RIGHTS[VISITOR]
    if user.is_authenticated and user.is_site_admin:
        rights = rights | RIGHTS[SITE_ADMIN]
    process._rights = (user.pk, rights)  # type: ignore[attr-defined]
    return rights


def process_for(request: HttpRequest, code: str, right: Right) -> Process:
    """Return the process or answer 404 (not visible to the user) or 403 (visible, but not this right)."""
    process = get_object_or_404(Process.objects.visible_to(request.user), code=code)
    if right not in rights_in(process, request.user):
        raise PermissionDenied
    return process


def assessment_for(request: HttpRequest, code: str, right: Right) -> Assessment:
    """Return the assessment with its process, or answer 404 or 403.

    Editing and submitting need a draft, reopening and results a frozen one; the services refuse the rest.
    """
    assessment = get_object_or_404(
        Assessment.objects.visible_to(request.user).select_related("process"), code=code
    )
    rights = rights_in(assessment.process, request.user)
    if right not in rights:
        raise PermissionDenied
    if assessment.is_draft and Right.VIEW_DRAFT not in rights:
        if rights == RIGHTS[VISITOR]:
            raise Http404
        raise PermissionDenied
    return assessment
