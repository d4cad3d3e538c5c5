"""The list of changes of a draft, and taking them back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from attributes.documents import documents
from attributes.editor.page import draft_context
from attributes.editor.services import drafts
from attributes.exceptions import DraftNotOpen
from attributes.models import Draft, DraftStep
from attributes.pages import whole_number
from attributes.permissions import draft_for, set_admin


@require_safe
def draft_changes(request: HttpRequest, code: str) -> HttpResponse:
    """Every change that is kept, the last one first; those taken back stand above."""
    draft = draft_for(request, code)
    steps = draft.steps.defer("packed").select_related("by").order_by("-number")
    rows = [(step, _address(draft, step)) for step in steps]
    return render(request, "attributes/editor/changes.html", draft_context(draft) | {"steps": rows})


def _address(draft: Draft, step: DraftStep) -> str:
    """The page of what was changed, where there is one."""
    try:
        where = documents.address(step.target)
    except KeyError:
        return ""
    return reverse("attributes:draft-part", args=[draft.code, str(where)])


@require_POST
def draft_undo(request: HttpRequest, code: str) -> HttpResponse:
    """Take the last change back, if it is still the one that the button named."""
    draft = draft_for(request, code)
    return _went(request, draft, drafts.undo, _("Taken back: %(summary)s"))


@require_POST
def draft_redo(request: HttpRequest, code: str) -> HttpResponse:
    """Make the change again that was taken back last."""
    draft = draft_for(request, code)
    return _went(request, draft, drafts.redo, _("Made again: %(summary)s"))


def _went(request: HttpRequest, draft: Draft, service: object, words: str) -> HttpResponse:
    wanted = whole_number(request.POST.get("number", ""), len("999999999"))
    try:
        step = service(draft=draft, user=set_admin(request), number=wanted)  # type: ignore[operator]
    except DraftNotOpen as refusal:
        messages.error(request, str(refusal))
    else:
        if step is None:
            messages.error(request, _("Nothing was taken back or made again: the draft has changed meanwhile."))
        else:
            messages.success(request, words % {"summary": step.summary})
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, None):
        back = reverse("attributes:draft", args=[draft.code])
    # Not `redirect`, which takes words for the name of a view.
    return HttpResponseRedirect(back)
