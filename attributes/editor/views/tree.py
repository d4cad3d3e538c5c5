"""A draft as a whole: its rows, and for one of them the panel with everything that can be done with it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from attributes.documents import documents
from attributes.documents.documents import Address
from attributes.editor.forms.drafts import CodeForm, MergeForm, MoveForm, NewItemForm, SplitForm
from attributes.editor.page import draft_context, name_of
from attributes.editor.tree_rows import Tree, proposals
from attributes.models import Draft
from attributes.permissions import draft_for

# Parts that are pages of their own beside the attributes.
SINGLE_PARTS = ("set", "scale", "criteria", "goals", "components", "crosswalk", "contradictions")
LONGEST_CHOICE = 60
Forms = dict[str, forms.Form]


@require_safe
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The whole set at a glance. `open` names the part whose panel is open, `at` one that has to be in sight."""
    found = draft_for(request, code)
    opened = opened_part(found, request.GET.get("open", ""))
    try:
        at = opened_part(found, request.GET.get("at", ""))
    except Http404:
        at = None  # taken out meanwhile: then there is nothing to show
    return render(request, "attributes/editor/draft.html", tree_context(found, opened, at=at))


def opened_part(draft: Draft, named: str) -> Address | None:
    """The part that is named, or None; 404 for what is not there (any more)."""
    if not named:
        return None
    try:
        where = documents.address(named)
        if where.kind != "set":
            documents.node(draft.content, where)
    except KeyError as error:
        raise Http404 from error
    return where


def tree_context(
    draft: Draft, opened: Address | None, sent: Forms | None = None, *, at: Address | None = None
) -> dict[str, Any]:
    """What the page needs. `sent`: forms of the panel that were sent and refused, by what they do."""
    tree = Tree(draft, opened, at)
    panel: Forms = {}
    if opened is not None and draft.is_open:
        panel = panel_forms(draft, opened) | (sent or {})
    singles = [
        {
            "where": name,
            "name": name_of(Address(name)),
            "missing": tree.missing[Address(name)],
            "change": tree.changes.get(Address(name), ""),
        }
        for name in SINGLE_PARTS
    ]
    return draft_context(draft) | {
        "attributes": tree.attributes(),
        "singles": singles,
        "problem_count": len(tree.problems),
        "change_count": len(tree.changes) + len(tree.taken_out),
        "item_count": tree.items,
        "question_count": tree.questions,
        "opened": opened,
        "panel": panel,
        "refused": [form for form in (sent or {}).values() if form.errors],
    }


def panel_forms(draft: Draft, where: Address, data: Any = None, do: str = "") -> Forms:
    """The forms that change the structure at this place; that of `do` with what was sent."""
    proposed = proposals(draft, where)

    def bound(name: str) -> dict[str, Any]:
        # Ids differ, as several of these forms stand on one page.
        return {"data": data if name == do else None, "auto_id": f"{name}-%s"}

    found: Forms = {}
    if where.kind in {"set", "attribute"}:
        found["add"] = CodeForm(**bound("add"), initial={"code": proposed["code"]})
    elif where.kind == "question":
        found["add"] = NewItemForm(**bound("add"), initial={"code": proposed["code"]})
    if where.kind in {"question", "item"} and (places := _places(draft, where)):
        found["move"] = MoveForm(**bound("move"), places=places)
    if where.kind == "item":
        found["split"] = SplitForm(**bound("split"), initial={"codes": proposed["codes"]})
        siblings, _place = documents.siblings(draft.content, where)
        if len(siblings) > 1:
            choices = [(row["code"], f"{row['code']} {_text(row.get('short'))}") for row in siblings]
            initial = {"code": proposed["code"], "items": [where.code]}
            found["merge"] = MergeForm(**bound("merge"), choices=choices, initial=initial)
    return found


def _text(texts: dict[str, str] | None) -> str:
    return next(iter((texts or {}).values()), "")[:LONGEST_CHOICE]


def _places(draft: Draft, where: Address) -> list[tuple[str, str]]:
    """The other questions of an item, the other attributes of a question."""
    kind = "question" if where.kind == "item" else "attribute"
    now = documents.parent(draft.content, where)
    rows = documents.nodes(draft.content, kind)  # type: ignore[arg-type]
    others = [row for row in rows if now is None or row["code"] != now.code]
    if not others:
        return []
    words = [(row["code"], f"{row['code']} {_text(row.get('verbatim') or row.get('title'))}") for row in others]
    return [("", _("Choose")), *words]
