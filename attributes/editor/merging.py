"""Two people changed the same part: what each wrote side by side, and a choice field by field."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from attributes.documents import documents
from attributes.documents.documents import Part
from attributes.editor.forms.fields import PartField
from attributes.editor.forms.part import LIST_FIELD, PartForm
from attributes.editor.page import draft_context, name_of
from attributes.editor.part_page import SentPart, new_page
from attributes.models import Draft
from attributes.pages import CONFLICT, UNPROCESSABLE

MINE, THEIRS = "mine", "theirs"
# So many steps back the part is looked for as the page had it.
LOOKED_AT = 20


def start_of(sent: SentPart) -> Part:
    """The part as it was when the page was drawn, or None where no step holds it any more."""
    for step in sent.draft.steps.filter(number__lte=sent.draft.step).order_by("-number")[:LOOKED_AT]:
        try:
            found = documents.part(step.content, sent.where)
        except KeyError:
            continue
        if documents.fingerprint(found) == sent.started_from:
            return found
    return None


def _inside(sent: SentPart, value: Part) -> dict[str, Any]:
    return {LIST_FIELD: value} if sent.form.is_list else dict(value)


def _outside(sent: SentPart, value: dict[str, Any]) -> Part:
    return value.get(LIST_FIELD, []) if sent.form.is_list else value


def _differing(sent: SentPart, mine: Part, theirs: Part) -> list[PartField]:
    one, other = _inside(sent, mine), _inside(sent, theirs)
    return [entry for entry in sent.form.fields if one.get(entry.name) != other.get(entry.name)]


def merged_by_itself(sent: SentPart, mine: Part, theirs: Part, start: Part) -> Part:
    """Both changes in one, where no field was changed by both; else None."""
    before, own, other = _inside(sent, start), _inside(sent, mine), _inside(sent, theirs)
    for entry in _differing(sent, mine, theirs):
        name = entry.name
        if other.get(name) == before.get(name):
            continue  # only mine changed
        if own.get(name) != before.get(name):
            return None
        _take(own, other, name)
    # What the form does not show is as it is stored now.
    shown = {entry.name for entry in sent.form.fields}
    return _outside(
        sent,
        {
            **{name: value for name, value in other.items() if name not in shown},
            **{name: value for name, value in own.items() if name in shown},
        },
    )


def _take(own: dict[str, Any], other: dict[str, Any], name: str) -> None:
    own.pop(name, None)
    if name in other:
        own[name] = other[name]


def read_choices(sent: SentPart, mine: Part) -> tuple[Part, list[str]]:
    """Mine with the stored fields where those were chosen, and the names of fields without a choice."""
    own, other = _inside(sent, mine), _inside(sent, sent.form.stored)
    missing = []
    for entry in _differing(sent, mine, sent.form.stored):
        choice = sent.request.POST.get(f"keep-{entry.name}", "")
        if choice == THEIRS:
            _take(own, other, entry.name)
        elif choice != MINE:
            missing.append(entry.name)
    return _outside(sent, own), missing


def merge_page(sent: SentPart, stored: Part, missing: list[str], *, start: Part = None) -> HttpResponse:
    """Both versions, and a choice for each field that differs. `missing`: fields a choice is missing for."""
    form = PartForm(Draft.objects.get(pk=sent.draft.pk).content, sent.where, base=None)
    mine = sent.form.value(sent.request.POST, is_final=True, stored=stored)
    before = _inside(sent, start) if start is not None else None
    one, other = _inside(sent, mine), _inside(sent, stored)
    rows = []
    for entry in _differing(sent, mine, stored):
        proposed = sent.request.POST.get(f"keep-{entry.name}", "")
        if not proposed and before is not None:
            if one.get(entry.name) == before.get(entry.name):
                proposed = THEIRS
            elif other.get(entry.name) == before.get(entry.name):
                proposed = MINE
        rows.append(
            {
                "name": f"keep-{entry.name}",
                "label": entry.label,
                "theirs": entry.words(other.get(entry.name), form.reading),
                "mine": entry.words(one.get(entry.name), form.reading),
                "chosen": proposed,
                "missing": entry.name in missing,
            }
        )
    left_out = {"csrfmiddlewaretoken", "version", "page", "action"}
    hidden = [
        (name, value)
        for name, value in sent.request.POST.items()
        if name not in left_out and not name.startswith("keep-")
    ]
    context = draft_context(sent.draft) | {
        "where": sent.where,
        "name": name_of(sent.where),
        "rows": rows,
        "hidden": hidden,
        "version": documents.fingerprint(stored),
        "page": new_page(),
        "missing": missing,
    }
    status = UNPROCESSABLE if missing else CONFLICT
    return render(sent.request, "attributes/editor/merge.html", context, status=status)
