"""Changing how a draft is built: add, move, take out, split, merge."""

from typing import TYPE_CHECKING, Any, Literal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from attributes.documents import documents, operations
from attributes.documents.documents import Address
from attributes.editor.forms.drafts import CodeForm, MergeForm, MoveForm, NewItemForm, SplitForm
from attributes.editor.page import draft_context, name_of
from attributes.editor.services import structure
from attributes.editor.services.drafts import base_document
from attributes.editor.views.tree import opened_part, panel_forms, tree_context
from attributes.exceptions import DraftNotOpen
from attributes.kinds import Kind
from attributes.models import Draft
from attributes.pages import UNPROCESSABLE, taken
from attributes.permissions import draft_for, set_admin

if TYPE_CHECKING:
    from msgov.accounts.models import User

MOVES: dict[str, Literal[-1, 1]] = {"up": -1, "down": 1}


@require_POST
def draft_structure(request: HttpRequest, code: str) -> HttpResponse:
    """Do what the button says, `do` = "verb address", and lead back to the part it was done with."""
    draft = draft_for(request, code)
    user = set_admin(request)
    verb, _space, named = request.POST.get("do", "").partition(" ")
    try:
        where = documents.address(named)
        if where.kind != "set":
            documents.node(draft.content, where)
    except KeyError:
        words = _("Nothing was changed: this part is no longer in the draft.")
        return _page_again(request, draft, words, UNPROCESSABLE)
    if verb in MOVES and where.code:
        try:
            structure.move_part(draft=draft, user=user, where=where, by=MOVES[verb])
        except (DraftNotOpen, KeyError) as refusal:
            return _page_again(request, draft, _sentence(refusal), UNPROCESSABLE)
        return _back(draft, where)
    return _from_panel(request, draft, user, verb, where)


def _from_panel(request: HttpRequest, draft: Draft, user: "User", verb: str, where: Address) -> HttpResponse:
    forms = panel_forms(draft, where, request.POST, verb)
    form = forms.get(verb)
    if form is None or not form.is_bound:
        return _page_again(request, draft, _("Nothing was changed: choose what to do."), UNPROCESSABLE)
    try:
        if done := taken(form, lambda: _done(request, draft, user, form, where)):
            return done
    except (DraftNotOpen, KeyError) as refusal:
        return _page_again(request, draft, _sentence(refusal), UNPROCESSABLE)
    context = tree_context(draft, where, {verb: form})
    return render(request, "attributes/editor/draft.html", context, status=UNPROCESSABLE)


def _done(request: HttpRequest, draft: Draft, user: "User", form: Any, where: Address) -> HttpResponse:
    """One service for each form; afterwards to what came of it."""
    found = form.cleaned_data
    if isinstance(form, MoveForm):
        structure.move_part_under(draft=draft, user=user, where=where, under=found["to"])
        words = _("%(code)s was moved to %(under)s.") % {"code": where.code, "under": found["to"]}
        messages.success(request, words)
        return _back(draft, where)
    if isinstance(form, SplitForm):
        structure.split_item(draft=draft, user=user, code=where.code, into=found["codes"])
        words = _("%(code)s was split into %(into)s. All have its words still: open each and say what it asks.")
        messages.success(request, words % {"code": where.code, "into": ", ".join(found["codes"])})
        return _back(draft, Address("item", found["codes"][0]))
    if isinstance(form, MergeForm):
        structure.merge_items(draft=draft, user=user, codes=found["items"], into=found["code"])
        words = _("%(codes)s were merged into %(into)s. It has the words of %(first)s: open it and say what it asks.")
        codes = {"codes": ", ".join(found["items"]), "into": found["code"], "first": found["items"][0]}
        messages.success(request, words % codes)
        return _back(draft, Address("item", found["code"]))
    assert isinstance(form, CodeForm)  # noqa: S101 - there is no other
    kind = Kind(found["kind"]) if isinstance(form, NewItemForm) else None
    levels: dict[str, Literal["attribute", "question", "item"]] = {"attribute": "question", "question": "item"}
    level = levels.get(where.kind, "attribute")
    new = structure.add_part(draft=draft, user=user, level=level, under=where.code, code=found["code"], kind=kind)
    return redirect("attributes:draft-part", draft.code, str(new))


def _sentence(refusal: Exception) -> str:
    if isinstance(refusal, KeyError):
        return _("Nothing was changed: this part is no longer in the draft.")
    return str(refusal)


def _page_again(request: HttpRequest, draft: Draft, words: str, status: int) -> HttpResponse:
    try:
        draft.refresh_from_db()
    except Draft.DoesNotExist:
        messages.error(request, words)
        return redirect("attributes:sets")
    context = tree_context(draft, None) | {"message": words}
    return render(request, "attributes/editor/draft.html", context, status=status)


def _back(draft: Draft, where: Address) -> HttpResponse:
    """To the row, which then has the focus; `at` keeps its attribute unfolded where the set is large."""
    address = reverse("attributes:draft", args=[draft.code])
    return redirect(f"{address}?at={where}#{where.kind}-{where.code}")


@require_http_methods(["GET", "HEAD", "POST"])
def draft_remove(request: HttpRequest, code: str, where: str) -> HttpResponse:
    """Say what goes with a part, and take it out."""
    draft = draft_for(request, code)
    part = opened_part(draft, where)
    if part is None or not part.code:
        raise Http404
    above = documents.parent(draft.content, part)
    status, message = 200, ""
    if request.method == "POST":
        try:
            structure.remove_part(draft=draft, user=set_admin(request), where=part)
        except (DraftNotOpen, KeyError) as refusal:
            status, message = UNPROCESSABLE, _sentence(refusal)
        else:
            words = _("%(what)s was taken out. “Undo” brings it back.") % {"what": name_of(part)}
            messages.success(request, words)
            return _back(draft, above) if above is not None else redirect("attributes:draft", draft.code)
    base = base_document(draft)
    context = draft_context(draft) | {
        "where": part,
        "name": name_of(part),
        "above": above,
        "message": message,
        "codes": sorted(_codes(draft, part)),
        "in_base": base is not None and bool(operations.codes_of(base) & {part.code}),
        "row": documents.node(draft.content, part),
    }
    return render(request, "attributes/editor/remove.html", context, status=status)


def _codes(draft: Draft, part: Address) -> set[str]:
    row = documents.node(draft.content, part)
    wrapped = {
        "item": {"attributes": [{"questions": [{"items": [row]}]}]},
        "question": {"attributes": [{"questions": [row]}]},
        "attribute": {"attributes": [row]},
    }[part.kind]
    return operations.codes_of(wrapped) - {""}
