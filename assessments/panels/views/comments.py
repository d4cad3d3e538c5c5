"""Comments of stakeholders, for the reviewer who reads them before they are shown."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.models import Assessment, PanelComment
from assessments.pages import page_number, paged
from assessments.panels.forms import ModerationForm
from assessments.panels.services.moderation import moderate
from assessments.permissions import Right, may_moderate, panel_for, signed_in
from assessments.results.frozen import comment_heads
from assessments.vocabulary import CommentState
from attributes.catalogue.published import catalogue_of
from attributes.pages import OK, UNPROCESSABLE, taken, whole_number

PAGE_LENGTH = 10
ALL = "all"


@require_http_methods(["GET", "HEAD", "POST"])
def panel_comments(request: HttpRequest, code: str) -> HttpResponse:
    """The comments that wait, or all of them, a page at a time, each with a form to decide on it."""
    assessment = panel_for(request, code, Right.MODERATE)
    if not may_moderate(assessment, request.user):
        raise PermissionDenied
    if request.method == "POST":
        return _decide(request, assessment)
    return _listed(request, assessment)


def _decide(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    pk = whole_number(request.POST.get("comment", ""))
    if not pk:
        messages.error(request, _("No comment was chosen."))
        return redirect(_address(request, assessment))
    comment = get_object_or_404(PanelComment, pk=pk, wave__assessment=assessment)
    form = ModerationForm(request.POST, comment=comment)

    def decide() -> HttpResponse:
        state = CommentState(form.cleaned_data["state"])
        moderate(comment=comment, user=signed_in(request), state=state, edited=form.cleaned_data["edited"])
        shown = state == CommentState.SHOWN
        messages.success(request, _("The comment will be shown.") if shown else _("The comment will not be shown."))
        return redirect(_address(request, assessment))

    return taken(form, decide) or _listed(request, assessment, refused=form)


def _address(request: HttpRequest, assessment: Assessment) -> str:
    address = reverse("assessments:panel-comments", args=[assessment.code])
    return f"{address}?show={ALL}&page={page_number(request)}" if _wants_all(request) else address


def _wants_all(request: HttpRequest) -> bool:
    return request.GET.get("show") == ALL


def _listed(request: HttpRequest, assessment: Assessment, refused: ModerationForm | None = None) -> HttpResponse:
    wants_all = _wants_all(request)
    everything = PanelComment.objects.filter(wave__assessment=assessment)
    chosen = everything if wants_all else everything.filter(state=CommentState.WAITING)
    rows = chosen.select_related("group").order_by("-wave__number", "attribute", "pk")
    page = paged(request, rows, PAGE_LENGTH, {"show": ALL} if wants_all else {})
    catalogue = catalogue_of(assessment.question_set)
    heads = comment_heads(catalogue.attributes, catalogue.items.values())
    context: dict[str, Any] = {
        "assessment": assessment,
        "process": assessment.process,
        "entries": [
            (
                refused if refused and refused.comment.pk == row.pk else ModerationForm(comment=row),
                heads.get(row.attribute),
            )
            for row in page.rows
        ],
        "refused": refused,
        "wants_all": wants_all,
        "waiting": everything.filter(state=CommentState.WAITING).count(),
        "total": everything.count(),
        **page.context,
    }
    return render(request, "assessments/panels/comments.html", context, status=UNPROCESSABLE if refused else OK)
