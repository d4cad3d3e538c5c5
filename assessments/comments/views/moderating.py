"""Comments of stakeholders, for the reviewer who reads them before they are shown."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.comments.forms import ModerationForm
from assessments.comments.services.moderation import moderate_all
from assessments.models import Assessment, PanelComment
from assessments.pages import page_number, paged
from assessments.permissions import Right, may_moderate, moderated_waves, panel_for, signed_in
from assessments.results.frozen import comment_heads
from assessments.vocabulary import CommentState
from attributes.catalogue.published import catalogue_of
from attributes.pages import OK, UNPROCESSABLE, whole_number

PAGE_LENGTH = 10
ALL = "all"


@require_http_methods(["GET", "HEAD", "POST"])
def panel_comments(request: HttpRequest, code: str) -> HttpResponse:
    """The comments that wait, or all of them, a page at a time, each with a form to decide on it."""
    assessment = panel_for(request, code, Right.MODERATE)
    waves = list(moderated_waves(request.user).filter(assessment=assessment).values_list("pk", flat=True))
    if not waves and not may_moderate(assessment, request.user):
        raise PermissionDenied
    if request.method == "POST":
        return _decide(request, assessment, waves)
    return _listed(request, assessment, waves)


def _decide(request: HttpRequest, assessment: Assessment, waves: Sequence[int]) -> HttpResponse:
    """Save every decision of a page, or none if one of them cannot be taken. What has none stays undecided."""
    pks = [whole_number(pk) for pk in request.POST.getlist("comment")]
    found = PanelComment.objects.filter(pk__in=[pk for pk in pks if pk], wave__in=waves)
    comments = list(found.select_related("wave"))
    if len(comments) < len(pks):
        raise Http404
    decided = [comment for comment in comments if request.POST.get(f"c{comment.pk}-state")]
    forms = [ModerationForm(request.POST, comment=one, is_open=bool(decided)) for one in comments]
    if not forms:
        messages.error(request, _("No comment was chosen."))
        return redirect(_address(request, assessment))
    if not all(form.is_valid() for form in forms):
        return _listed(request, assessment, waves, refused=forms)
    decisions = [form.decision for form in forms if form.decision]
    moderate_all(decisions=decisions, user=signed_in(request))
    shown = sum(decision.state == CommentState.SHOWN for decision in decisions)
    hidden = len(decisions) - shown
    texts = (
        (shown, ngettext("The comment will be shown.", "%(n)s comments will be shown.", shown)),
        (hidden, ngettext("The comment will not be shown.", "%(n)s comments will not be shown.", hidden)),
    )
    messages.success(request, " ".join(text % {"n": number} for number, text in texts if number))
    return redirect(_address(request, assessment))


def _address(request: HttpRequest, assessment: Assessment) -> str:
    address = reverse("assessments:panel-comments", args=[assessment.code])
    return f"{address}?show={ALL}&page={page_number(request)}" if _wants_all(request) else address


def _wants_all(request: HttpRequest) -> bool:
    return request.GET.get("show") == ALL


def _listed(
    request: HttpRequest, assessment: Assessment, waves: Sequence[int], refused: Sequence[ModerationForm] = ()
) -> HttpResponse:
    wants_all = _wants_all(request)
    everything = PanelComment.objects.filter(wave__in=waves)
    chosen = everything if wants_all else everything.filter(state=CommentState.WAITING)
    rows = chosen.select_related("group").order_by("-wave__number", "attribute", "pk")
    page = paged(request, rows, PAGE_LENGTH, {"show": ALL} if wants_all else {})
    catalogue = catalogue_of(assessment.question_set)
    heads = comment_heads(catalogue.attributes, catalogue.items.values())
    sent = {form.comment.pk: form for form in refused}
    context: dict[str, Any] = {
        "assessment": assessment,
        "process": assessment.process,
        "entries": [(sent.get(row.pk) or ModerationForm(comment=row), heads.get(row.attribute)) for row in page.rows],
        "refused": next((form for form in refused if form.errors), None),
        "wants_all": wants_all,
        "waiting": everything.filter(state=CommentState.WAITING).count(),
        "total": everything.count(),
        **page.context,
    }
    return render(request, "assessments/comments/comments.html", context, status=UNPROCESSABLE if refused else OK)
