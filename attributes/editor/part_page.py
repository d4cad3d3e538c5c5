"""The page with the form of one part of a draft."""

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from attributes.documents import documents
from attributes.documents.documents import Address, Part
from attributes.editor.forms.part import PartForm
from attributes.editor.page import draft_context, name_of
from attributes.editor.services.drafts import base_document, problems_of
from attributes.kinds import Kind
from attributes.labels import KIND_LABELS
from attributes.models import Draft

if TYPE_CHECKING:
    from msgov.accounts.models import User

Named = list[tuple[str, str, str]]


@dataclass
class SentPart:
    """What came with a request: who, for which part, and the form that reads it."""

    request: HttpRequest
    user: "User"
    draft: Draft
    where: Address
    form: PartForm

    @property
    def page(self) -> str:
        """The token of the page it was sent from."""
        return self.request.POST.get("page", "")[:32]

    @property
    def started_from(self) -> str:
        """The fingerprint of the part that the page last knew of."""
        return self.request.POST.get("version", "")[:32]


def new_page() -> str:
    """A token that tells one opened page from another."""
    return secrets.token_hex(8)


def part_page(request: HttpRequest, draft: Draft, where: Address) -> HttpResponse:
    """The part as stored."""
    form = PartForm(draft.content, where, base=base_document(draft), spent=draft.spent_codes)
    return render(request, "attributes/editor/part.html", page_context(draft, where, form))


def page_context(
    draft: Draft,
    where: Address,
    form: PartForm,
    *,
    value: Part = None,
    errors: Named | None = None,
    version: str = "",
    page: str = "",
    message: str = "",
) -> dict[str, Any]:
    """What the page needs. `value`, `errors`, `version` and `page` are those of a form that was refused."""
    stored = form.stored if value is None else value
    everything = problems_of(draft.content)
    context = draft_context(draft) | {
        "where": where,
        "name": name_of(where),
        "fields": form.show(stored),
        "version": version or documents.fingerprint(form.stored),
        "page": page or new_page(),
        "errors": errors or [],
        "message": message,
        "missing": [] if errors else form.named([problem for problem in everything if problem.address == where]),
        "parts_address": f"{where}#{where.kind}-{where.code}",
        "parent": documents.parent(draft.content, where) if where.code else None,
    }
    if where.kind == "item":
        kind = Kind(form.stored["kind"])
        context |= {
            "kind": KIND_LABELS[kind],
            "kinds": [(other.value, KIND_LABELS[other]) for other in Kind if other is not kind],
            "question": documents.parent(draft.content, where),
        }
    return context | _around(draft, where)


def _around(draft: Draft, where: Address) -> dict[str, Any]:
    """The parts before and after it."""
    rows = documents.addresses(draft.content)
    place = rows.index(where)
    around = {
        "before": rows[place - 1] if place else None,
        "after": rows[place + 1] if place + 1 < len(rows) else None,
    }
    return {key: (other, name_of(other)) if other is not None else None for key, other in around.items()}
