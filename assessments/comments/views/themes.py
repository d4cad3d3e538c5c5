"""The themes of a wave, for the moderator: titles, what people say, their order, and which to put together."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.comments.forms import ThemesForm
from assessments.comments.reading import themes_of
from assessments.comments.services.themes import save_themes
from assessments.comments.views.moderating import moderation_for
from assessments.exceptions import Conflict
from assessments.permissions import signed_in
from attributes.pages import form_page, sent, taken


@require_http_methods(["GET", "HEAD", "POST"])
def comment_themes(request: HttpRequest, code: str) -> HttpResponse:
    """Change the themes of the latest wave that has some and that the person moderates."""
    here = moderation_for(request, code)
    wave = here.waves[0] if here.waves else None
    themes = themes_of(wave) if wave else []
    form = ThemesForm(sent(request), themes=themes)

    def save() -> HttpResponse:
        if wave is None:
            raise PermissionDenied
        save_themes(wave=wave, changes=form.changes(), user=signed_in(request))
        messages.success(request, _("The themes have been saved."))
        return redirect("assessments:comment-themes", code)

    context = {"assessment": here.assessment, "process": here.assessment.process, "themes": themes}
    try:
        response = taken(form, save, at="__all__")
    except Conflict as conflict:
        form.add_error(None, conflict.message)
        response = None
    return response or form_page(request, "assessments/comments/themes.html", form, context)
