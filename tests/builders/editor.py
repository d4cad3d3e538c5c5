"""Drafts of question sets: changed as the editor does, and their pages as a browser would send them."""

from typing import Any

from django.template.loader import render_to_string
from django.test import Client

from attributes.documents import documents
from attributes.documents.documents import Address, Document, node
from attributes.documents.operations import codes_of
from attributes.editor.forms.part import PartForm
from attributes.editor.services import drafts
from attributes.models import Draft
from attributes.versions.services import publishing
from msgov.accounts.models import User
from tests.forms_in_pages import ParsedPage

LINK = "https://msgov.example/review/"
A1A = Address("item", "A1a")


def address(draft: Draft, where: str) -> str:
    return f"/question-sets/drafts/{draft.code}/parts/{where}/"


def controls(html: str, form: str = "part") -> dict[str, str]:
    """What pressing a button of this form would send, without the button."""
    found = next(each for each in ParsedPage(html).forms if each.attributes.get("id") == form)
    # Browsers send the line ends of a text area as CR LF.
    return {name: value.replace("\n", "\r\n") if name in found.texts else value for name, value in found.fields.items()}


def opened(client: Client, draft: Draft, where: str) -> dict[str, str]:
    """The form of a part, as its page has it."""
    response = client.get(address(draft, where))
    assert response.status_code == 200, where
    return controls(response.content.decode())


def sent_unchanged(document: Document, where: Address) -> dict[str, str]:
    """What the fields of a part send where nobody types, without the page around them; the set is its own base."""
    form = PartForm(document, where, base=document, spent=codes_of(document))
    fields = [render_to_string(f["template"], {"f": f, "is_open": True}) for f in form.show(form.stored)]
    return controls(f'<form id="part">{"".join(fields)}</form>')


def autosaved(client: Client, draft: Draft, where: str, data: dict[str, str]) -> Any:
    return client.post(address(draft, where), data, headers={"HX-Request": "true"})


def reword(draft: Draft, user: User, text: str = "Is {resource} looked after?") -> Draft:
    def edit(document: Document) -> None:
        node(document, A1A)["text"] = {"en": text}

    return drafts.change(draft=draft, user=user, edit=edit, target=str(A1A), summary="Item")


def note(draft: Draft, user: User, changelog: str = "- Reworded A1a.", **declared: str) -> Draft:
    draft.refresh_from_db()
    return publishing.save_notes(
        draft=draft,
        user=user,
        changelog=changelog,
        started_from=draft.changelog,
        declared={f"item/{code}": said for code, said in declared.items()},
        of=documents.fingerprint(draft.content),
    )
