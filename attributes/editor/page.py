"""What all pages about a draft share."""

from typing import Any

from django.utils.translation import gettext as _

from attributes.documents.documents import Address, Document
from attributes.editor.forms.part import language_of
from attributes.editor.services.drafts import neighbours
from attributes.models import Draft


def title_of(document: Document) -> str:
    """What the set is called, in the language it is written in."""
    return str((document.get("title") or {}).get(language_of(document)) or document.get("slug", ""))


def name_of(where: Address) -> str:
    """What a part is called, for headings and for the list of changes."""
    names = {
        "set": _("About the set"),
        "scale": _("Scale"),
        "criteria": _("Conditions for the approach"),
        "goals": _("Shared goals"),
        "components": _("Parts of the model"),
        "crosswalk": _("Other frameworks"),
        "contradictions": _("Contradictions"),
        "attribute": _("Attribute %(code)s"),
        "question": _("Question %(code)s"),
        "item": _("Item %(code)s"),
    }
    return names[where.kind] % {"code": where.code} if where.code else names[where.kind]


def draft_context(draft: Draft) -> dict[str, Any]:
    """For every page about a draft: what it is called, and what undo and redo would do. One query."""
    undo, redo = neighbours(draft)
    return {
        "draft": draft,
        "set_title": title_of(draft.content),
        "set_language": language_of(draft.content),
        "undo_step": undo,
        "redo_step": redo,
    }
