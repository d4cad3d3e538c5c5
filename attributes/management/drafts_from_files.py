"""What `load_question_set --draft` does."""

from collections.abc import Sequence
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from attributes.documents.documents import Document
from attributes.exceptions import DraftRefused
from attributes.exchange.reading import MAX_BYTES, FileRefused, printable, read_document
from attributes.exchange.services.importing import start_from_document
from attributes.models import Draft, QuestionSet


def read_documents(files: Sequence[Path]) -> list[tuple[Path, Document]]:
    """All files as documents, or CommandError with everything that is wrong with any of them."""
    found, problems = [], []
    for path in files:
        try:
            with path.open("rb") as file:
                found.append((path, read_document(file.read(MAX_BYTES + 1))))
        except OSError as error:
            problems.append(f"{path}: {error.strerror or 'cannot be read'}")
        except FileRefused as refused:
            problems += [f"{path}: {trouble}" for trouble in refused.troubles]
            if refused.more:
                problems.append(f"{path}: and {refused.more} more")
    if problems:
        raise CommandError("\n".join(problems))
    return found


def start_from_file(document: Document, *, name: str, owner: str, base: str | None) -> Draft:
    """Start a draft; `base` is a version of the set, by default the newest published one. Raises DraftRefused."""
    person = get_user_model().objects.filter(email__iexact=owner, is_question_set_admin=True, is_active=True).first()
    if person is None:
        raise CommandError(f"There is no question set administrator with the address {owner}.")
    versions = QuestionSet.objects.filter(slug=document["slug"]).newest_first()
    published = [row for row in versions if row.status == "published"]
    chosen = next((row for row in versions if row.version == base), None) if base else next(iter(published), None)
    if base and chosen is None:
        raise DraftRefused(f"{document['slug']} has no version {base}.")
    if chosen is None and versions:
        raise DraftRefused(f"{document['slug']} has retired versions only: name one with --base.")
    summary = f"Loaded “{printable(name, most=100)}”"
    return start_from_document(user=person, document=document, base=chosen, summary=summary)
