"""Versions and drafts by the names people give them: slug@1.0.0, draft:<code>."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from attributes.documents.documents import Document
from attributes.exporting import document_of
from attributes.models import Draft, QuestionSet

DRAFT_PREFIX = "draft:"


class UnknownReference(Exception):
    """No version or draft has this name."""


@dataclass(frozen=True)
class Referred:
    """A version or a draft, as a document."""

    reference: str
    slug: str
    # "1.0.0", or "draft".
    label: str
    document: Document


def reference_of(row: QuestionSet | Draft) -> str:
    """The name that `find` takes."""
    return f"{DRAFT_PREFIX}{row.code}" if isinstance(row, Draft) else f"{row.slug}@{row.version}"


def find(reference: str) -> Referred:
    """The version or draft with this name; raises UnknownReference."""
    if reference.startswith(DRAFT_PREFIX):
        draft = Draft.objects.filter(code=reference.removeprefix(DRAFT_PREFIX)).first()
        if draft is not None:
            return Referred(reference, draft.slug, _("draft"), draft.content)
    slug, _sign, version = reference.partition("@")
    row = QuestionSet.objects.filter(slug=slug, version=version).first()
    if row is None:
        raise UnknownReference(_("There is no version or draft “%(name)s”.") % {"name": reference})
    return Referred(reference, row.slug, row.version, document_of(row))
