"""Question sets from files into versions."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from pydantic import ValidationError

from attributes.documents.documents import Document
from attributes.documents.history import problems_with_history
from attributes.exceptions import QuestionSetConflictError, QuestionSetFileError, QuestionSetHistoryError
from attributes.exporting import document_of, plain
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec
from attributes.strict_parsing import ParseError, parse_json, parse_yaml

SHIPPED_FOLDER = Path(__file__).parent / "question_sets"
# As for uploads (attributes.exchange.reading): what can be exported can be loaded.
MAX_FILE_BYTES = 4 * 1024 * 1024
_PARSERS = {".yaml": parse_yaml, ".yml": parse_yaml, ".json": parse_json}


def shipped_files() -> list[Path]:
    """The question sets that come with the software, the default set first."""
    paths = (path for path in SHIPPED_FOLDER.iterdir() if path.suffix in _PARSERS)
    return sorted(paths, key=lambda path: (not path.name.startswith(settings.DEFAULT_QUESTION_SET), path.name))


def read_spec(path: Path) -> QuestionSetSpec:
    """Read and check a question set file (YAML or JSON)."""
    try:
        with path.open("rb") as file:
            # One byte more than allowed is enough to know; the size a file claims is not.
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise QuestionSetFileError(path, "", error.strerror or "cannot be read") from error
    return parse_spec(data, name=path, max_bytes=MAX_FILE_BYTES)


def parse_spec(data: bytes, *, name: Path | str, max_bytes: int = MAX_FILE_BYTES) -> QuestionSetSpec:
    """Check the content of a question set file. `name` tells YAML from JSON and stands in error messages."""
    parser = _PARSERS.get(Path(name).suffix.lower())
    if parser is None:
        raise QuestionSetFileError(name, "", "is neither .yaml, .yml nor .json")
    if len(data) > max_bytes:
        raise QuestionSetFileError(name, "", f"is larger than {max_bytes // 1024} KB")
    try:
        return QuestionSetSpec.model_validate(parser(data.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise QuestionSetFileError(name, f"byte {error.start}", "is not UTF-8") from error
    except ParseError as error:
        raise QuestionSetFileError(name, error.where, error.reason) from error
    except ValidationError as error:
        first, *others = [(_where(detail["loc"]), detail["msg"]) for detail in error.errors(include_url=False)]
        raise QuestionSetFileError(name, *first, others) from error


def _where(loc: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


def digest(spec: QuestionSetSpec) -> str:
    """A fingerprint of the content: equal for equal content, whatever the file looks like.

    Values equal to their default are left out, so that a field added to the format later does not change the
    fingerprint of the sets that were stored before.
    """
    text = json.dumps(plain(spec), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Provenance:
    """Where a version comes from and who answers for it: the fields of `QuestionSet` that no file has."""

    based_on: str = ""
    changelog: str = ""
    published_by_name: str = ""
    approved_by_name: str = ""
    translated_from: dict[str, Any] = field(default_factory=dict)


def stored_documents(slug: str) -> dict[str, Document]:
    """The versions of a question set as documents, by version."""
    return {row.version: document_of(row) for row in QuestionSet.objects.with_documents().filter(slug=slug)}


def store_spec(
    spec: QuestionSetSpec,
    *,
    provenance: Provenance = Provenance(),
    declared: Mapping[str, str] | None = None,
    born: Collection[str] = (),
) -> tuple[QuestionSet, bool]:
    """Store and publish a version, all or nothing. Returns it, and whether it was new.

    Storing it again does nothing; a stored version with other content raises `QuestionSetConflictError`, and what
    contradicts other versions `QuestionSetHistoryError` (`declared`, `born`: see `problems_with_history`).
    """
    fingerprint = digest(spec)
    stored = _stored(spec, fingerprint)
    if stored is not None:
        return stored, False
    try:
        with transaction.atomic():
            _refuse_contradictions(spec, provenance, declared, born)
            question_set = QuestionSet.objects.publish(plain(spec), digest=fingerprint, **asdict(provenance))
    except IntegrityError:
        # Two processes starting at once both load the shipped sets; the second finds the work done.
        stored = _stored(spec, fingerprint)
        if stored is None:
            raise
        return stored, False
    return question_set, True


def lock_versions(slug: str) -> bool:
    """Until the transaction ends nobody else stores a version of this set that follows on one that is stored.

    Returns whether there are any. They are to be read afterwards: a query that waits for this lock does not see what
    was stored meanwhile.
    """
    return bool(QuestionSet.objects.select_for_update().filter(slug=slug).values_list("pk"))


def _refuse_contradictions(
    spec: QuestionSetSpec,
    provenance: Provenance,
    declared: Mapping[str, str] | None,
    born: Collection[str],
) -> None:
    versions = stored_documents(spec.slug) if lock_versions(spec.slug) else {}
    versions.pop(spec.version, None)  # stored a moment ago by somebody else: found out on inserting
    base = versions.get(provenance.based_on)
    problems = problems_with_history(plain(spec), versions.values(), base=base, declared=declared, born=born)
    if problems:
        raise QuestionSetHistoryError(spec.slug, spec.version, problems)


def _stored(spec: QuestionSetSpec, fingerprint: str) -> QuestionSet | None:
    stored = QuestionSet.objects.filter(slug=spec.slug, version=spec.version).first()
    if stored is not None and stored.digest != fingerprint:
        raise QuestionSetConflictError(spec.slug, spec.version)
    return stored
