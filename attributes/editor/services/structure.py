"""Changes of how a draft is built. Each is one step; a code that was ever given is refused, with where it was used."""

from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import gettext as _

from attributes.documents import documents, operations
from attributes.documents.documents import Address, Document
from attributes.editor.services import drafts
from attributes.exceptions import DraftRefused
from attributes.exporting import document_of
from attributes.kinds import Kind
from attributes.models import Draft, QuestionSet

if TYPE_CHECKING:
    from msgov.accounts.models import User

STRUCTURE = "structure"


def where_used(draft: Draft, code: str) -> str:
    """A sentence that says what bears or bore this code, compared without case; empty for a code that is free."""
    wanted = code.casefold()
    if found := _bearer(draft.content, wanted):
        return _("%(code)s is the code of %(what)s") % {"code": code, "what": found}
    if wanted not in {spent.casefold() for spent in draft.spent_codes}:
        return ""
    for version in QuestionSet.objects.with_documents().filter(slug=draft.slug).newest_first():
        if found := _bearer(document_of(version), wanted):
            words = {"code": code, "what": found, "version": version.version}
            return _("%(code)s was the code of %(what)s in version %(version)s, and is not used again") % words
    return _("%(code)s was used earlier in this draft, and is not used again") % {"code": code}


def _bearer(document: Document, wanted: str) -> str:
    for kind, words in (
        ("attribute", _("an attribute")),
        ("question", _("a question")),
        ("item", _("an item")),
    ):
        for row in documents.nodes(document, kind):  # type: ignore[arg-type]
            if str(row.get("code", "")).casefold() == wanted:
                texts = row.get("short") or row.get("title") or row.get("verbatim") or {}
                text = next(iter(texts.values()), "")
                return f"{words} (“{text[:80]}”)" if text else words
    for item in documents.nodes(document, "item"):
        if any(str(advice.get("code", "")).casefold() == wanted for advice in item.get("recommendations", [])):
            return _("a recommendation of item %(item)s") % {"item": item.get("code", "")}
    return ""


def _refuse_taken(draft: Draft, codes: list[str], field: str) -> None:
    for code in codes:
        if used := where_used(draft, code):
            raise DraftRefused(used, field)


def add_part(
    *,
    draft: Draft,
    user: "User",
    level: Literal["attribute", "question", "item"],
    under: str,
    code: str,
    kind: Kind | None = None,
) -> Address:
    """Add an attribute, a question under an attribute, or an item of a kind under a question. Returns its address.

    Raises DraftRefused (field "code"), KeyError where there is nothing to add it under, DraftNotOpen.
    """
    _refuse_taken(draft, [code], "code")
    language = (draft.content.get("languages") or ["en"])[0]
    fields: dict[str, Any] = operations.new_item(kind, language) if kind is not None else {}

    def edit(content: Document) -> None:
        operations.add(content, level, under, code, **fields)

    words = {
        "attribute": _("Attribute %(code)s added"),
        "question": _("Question %(code)s added"),
        "item": _("Item %(code)s added"),
    }
    drafts.change(draft=draft, user=user, edit=edit, target=STRUCTURE, summary=words[level] % {"code": code})
    return Address(level, code)


def move_part(*, draft: Draft, user: "User", where: Address, by: Literal[-1, 1]) -> None:
    """Move a part up or down among its siblings; at the end of the list nothing happens. KeyError, DraftNotOpen."""
    words = _("%(code)s moved up") if by < 0 else _("%(code)s moved down")
    drafts.change(
        draft=draft,
        user=user,
        edit=lambda content: operations.move(content, where, by),
        target=STRUCTURE,
        summary=words % {"code": where.code},
    )


def move_part_under(*, draft: Draft, user: "User", where: Address, under: str) -> None:
    """Move an item to another question, or a question to another attribute. Raises KeyError, DraftNotOpen."""
    drafts.change(
        draft=draft,
        user=user,
        edit=lambda content: operations.move_under(content, where, under),
        target=STRUCTURE,
        summary=_("%(code)s moved to %(under)s") % {"code": where.code, "under": under},
    )


def remove_part(*, draft: Draft, user: "User", where: Address) -> None:
    """Take a part out with what is below it. Its codes stay spent. Raises KeyError, DraftNotOpen."""
    drafts.change(
        draft=draft,
        user=user,
        edit=lambda content: operations.remove(content, where),
        target=STRUCTURE,
        summary=_("%(code)s taken out") % {"code": where.code},
    )


def _published(draft: Draft) -> set[str]:
    base = drafts.base_document(draft)
    return operations.codes_of(base) if base is not None else set()


def split_item(*, draft: Draft, user: "User", code: str, into: list[str]) -> None:
    """Put several items in the place of one. Raises DraftRefused (field "codes"), KeyError, DraftNotOpen."""
    _refuse_taken(draft, into, "codes")
    drafts.change(
        draft=draft,
        user=user,
        edit=lambda content: operations.split(content, code, into, _published(draft)),
        target=STRUCTURE,
        summary=_("%(code)s split into %(into)s") % {"code": code, "into": ", ".join(into)},
    )


def merge_items(*, draft: Draft, user: "User", codes: list[str], into: str) -> None:
    """Put one item in the place of several of one question. Raises DraftRefused, KeyError, DraftNotOpen."""
    _refuse_taken(draft, [into], "code")

    def edit(content: Document) -> None:
        try:
            operations.merge(content, codes, into, _published(draft))
        except operations.StructureError as error:
            raise DraftRefused(_("Choose at least two items of one question"), "items") from error

    summary = _("%(codes)s merged into %(into)s") % {"codes": ", ".join(codes), "into": into}
    drafts.change(draft=draft, user=user, edit=edit, target=STRUCTURE, summary=summary)


def change_kind(*, draft: Draft, user: "User", code: str, kind: Kind, kept: frozenset[str]) -> None:
    """Let an item be answered in another way; `kept` names what the new kind knows. Raises KeyError, DraftNotOpen."""
    language = (draft.content.get("languages") or ["en"])[0]
    drafts.change(
        draft=draft,
        user=user,
        edit=lambda content: operations.change_kind(content, code, kind, kept, language),
        target=f"item/{code}",
        summary=_("Item %(code)s: answered in another way") % {"code": code},
    )
