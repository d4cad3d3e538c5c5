"""One part of a draft: its form, saved by itself while one types, or with a button."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from attributes.documents import documents
from attributes.documents.documents import Address
from attributes.editor.forms.item_definitions import names_of
from attributes.editor.forms.part import PartForm
from attributes.editor.part_page import SentPart, part_page
from attributes.editor.saving import autosave, save_page
from attributes.editor.services import structure
from attributes.editor.services.drafts import base_document
from attributes.exceptions import DraftNotOpen
from attributes.kinds import Kind
from attributes.labels import KIND_LABELS
from attributes.models import Draft
from attributes.pages import CONFLICT, from_htmx, give_back, token_is_wrong, too_much
from attributes.permissions import draft_for, set_admin


@csrf_exempt  # checked below: what was typed must not be lost with an outdated token
@login_not_required  # checked below: nor with the session
@require_http_methods(["GET", "HEAD", "POST"])
def draft_part(request: HttpRequest, code: str, where: str) -> HttpResponseBase:
    """Show the form of a part, or store what was sent."""
    if request.method == "POST":
        return _receive(request, code, where)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    draft = draft_for(request, code)
    part = _part(draft, where)
    if part.kind == "item" and "kind" in request.GET:
        return _kind_page(request, draft, part)
    return part_page(request, draft, part)


def _part(draft: Draft, named: str) -> Address:
    try:
        where = documents.address(named)
        documents.part(draft.content, where)
    except KeyError as error:
        raise Http404 from error
    return where


def _receive(request: HttpRequest, code: str, named: str) -> HttpResponse:
    try:
        request.POST  # noqa: B018 - reads the request, which may be too large
    except RequestDataTooBig:
        return too_much(request, filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
    if not request.user.is_authenticated:
        return give_back(request, signed_out=True)
    if token_is_wrong(request):
        return give_back(request, signed_out=False)
    draft = draft_for(request, code)
    where = _part(draft, named)
    user = set_admin(request)
    if request.POST.get("action") == "kind" and where.kind == "item":
        return _change_kind(request, draft, where)
    form = PartForm(draft.content, where, base=base_document(draft), spent=draft.spent_codes)
    sent = SentPart(request, user, draft, where, form)
    return autosave(sent) if from_htmx(request) else save_page(sent)


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError as error:
        raise Http404 from error


def _kind_page(request: HttpRequest, draft: Draft, where: Address, *, message: str = "") -> HttpResponse:
    """Say what an item loses when it is answered in another way, and ask."""
    stored = documents.part(draft.content, where)
    kind = _kind(request.POST.get("kind", "") or request.GET["kind"])
    form = PartForm(draft.content, where, base=None)
    gone = [entry.label for entry in form.fields if stored.get(entry.name) and entry.name not in names_of(kind)]
    context = {
        "draft": draft,
        "where": where,
        "now": KIND_LABELS[Kind(stored["kind"])],
        "kind": kind.value,
        "label": KIND_LABELS[kind],
        "gone": gone,
        "message": message,
    }
    return render(request, "attributes/editor/kind.html", context, status=CONFLICT if message else 200)


def _change_kind(request: HttpRequest, draft: Draft, where: Address) -> HttpResponse:
    kind = _kind(request.POST.get("kind", ""))
    try:
        structure.change_kind(draft=draft, user=set_admin(request), code=where.code, kind=kind, kept=names_of(kind))
    except DraftNotOpen as refusal:
        return _kind_page(request, draft, where, message=str(refusal))
    return redirect("attributes:draft-part", draft.code, str(where))
