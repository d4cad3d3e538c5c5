"""Themes of comments, for the organiser, who replies to each; comments as they were cleared, never as they came."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.comments.forms import ThemeReplyForm
from assessments.comments.reading import lines_for_replies, waiting_in
from assessments.comments.services.replies import save_reply
from assessments.locked_forms import taken_or_asked_again
from assessments.models import CommentTheme, Wave
from assessments.permissions import Right, panel_for, signed_in
from attributes.pages import form_page, sent

PUBLISH = "publish"


@require_safe
def comment_replies(request: HttpRequest, code: str) -> HttpResponse:
    """The themes of the latest closed wave with their cleared comments, and what was replied."""
    assessment = panel_for(request, code, Right.REPLY_TO_COMMENTS)
    wave = Wave.objects.filter(assessment=assessment, snapshots__isnull=False).order_by("-number").first()
    context = {
        "assessment": assessment,
        "process": assessment.process,
        "wave": wave,
        "lines": lines_for_replies(wave) if wave else [],
        "waiting": waiting_in(wave) if wave else 0,
    }
    return render(request, "assessments/comments/replies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_reply(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Reply to a theme: save it for later, or publish it."""
    assessment = panel_for(request, code, Right.REPLY_TO_COMMENTS)
    theme = get_object_or_404(CommentTheme.objects.select_related("wave"), pk=pk, wave__assessment=assessment)
    (line,) = lines_for_replies(theme.wave, only=theme)
    draft = line.theme.draft
    published = line.theme.reply
    text = draft.text if draft else published.text if published else ""
    form = ThemeReplyForm(sent(request), initial={"version": draft.version if draft else 0, "text": text})

    def save() -> HttpResponse:
        publishes = request.POST.get("do") == PUBLISH
        save_reply(theme=theme, user=signed_in(request), publish=publishes, **form.cleaned_data)
        said = _("The reply has been published.") if publishes else _("The reply has been saved. Nobody else reads it.")
        messages.success(request, said)
        return redirect("assessments:comment-replies", code)

    context = {"assessment": assessment, "process": assessment.process, "line": line, "published": published}
    context["is_public"] = theme.wave.tells_of_themes
    return taken_or_asked_again(form, save) or form_page(request, "assessments/comments/reply.html", form, context)
