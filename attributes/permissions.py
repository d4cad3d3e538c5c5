"""Who may edit question sets: question set administrators. For everybody else the editor does not exist."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from attributes.models import Draft, QuestionSet

if TYPE_CHECKING:
    from msgov.accounts.models import User


def set_admin(request: HttpRequest) -> "User":
    """Return the question set administrator at the screen, or answer 404."""
    if not request.user.is_authenticated or not request.user.edits_question_sets:
        raise Http404
    return request.user


def draft_for(request: HttpRequest, code: str) -> Draft:
    """Return the draft with its base, or answer 404: to strangers, and where there is none (any more)."""
    set_admin(request)
    return get_object_or_404(Draft.objects.visible_to(request.user).with_base(), code=code)


def version_for(request: HttpRequest, slug: str, version: str) -> QuestionSet:
    """Return a published or retired version, or answer 404."""
    set_admin(request)
    return get_object_or_404(QuestionSet, slug=slug, version=version)
