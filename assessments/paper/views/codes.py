"""Typing the code of a card: the way to a questionnaire for whoever has neither the link nor a camera."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from assessments import visitor_limits
from assessments.models import PanelLink
from assessments.panels.short_codes import has_short_code
from assessments.paper.forms import TypedCodeForm
from assessments.respond.access import confidential
from assessments.respond.languages import drawn, language_for
from assessments.respond.pages import too_many
from assessments.wording import say, speaking
from assessments.wording.shipped import shipped_languages
from attributes.pages import OK, UNPROCESSABLE, sent
from attributes.texts import direction


@confidential
@require_safe
def short_address(request: HttpRequest) -> HttpResponse:
    """What stands on cards, as short as it can be: leads to where the code is typed."""
    return redirect("assessments:respond-code")


@confidential
@require_http_methods(["GET", "HEAD", "POST"])
def type_code(request: HttpRequest) -> HttpResponse:
    """Type a code. What it opens is not known before, so the page is in the reader's language, or the one they choose.

    A right code leads where the link leads, whatever became of that link: nothing is told here of what exists.
    """
    language = language_for(request, shipped_languages())
    with speaking(language):
        if request.method == "POST" and visitor_limits.exceeded(request, visitor_limits.TYPED_CODES):
            return too_many(request)
        form = TypedCodeForm(sent(request))
        if form.is_valid():
            code = form.cleaned_data["card_code"]
            if PanelLink.objects.filter(has_short_code(code) or Q(pk=None)).exists():
                return redirect("assessments:respond-link", code)
            visitor_limits.count(request, visitor_limits.TYPED_CODES)
            form.add_error("card_code", say("paper.code_unknown"))
        context = {
            "form": form,
            "language": language,
            "languages": shipped_languages(),
            "text_direction": direction(language),
        }
        status = UNPROCESSABLE if form.is_bound else OK
        return drawn(request, "assessments/paper/type_code.html", context, status=status)
