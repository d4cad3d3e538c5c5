"""Question sets from files into rows."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from pydantic import ValidationError

from attributes.exceptions import QuestionSetConflictError, QuestionSetFileError
from attributes.models import QuestionSet
from attributes.rows import create_rows
from attributes.schema import QuestionSetSpec
from attributes.strict_parsing import ParseError, parse_json, parse_yaml

SHIPPED_FOLDER = Path(__file__).parent / "question_sets"
MAX_FILE_BYTES = 1024 * 1024
_PARSERS = {".yaml": parse_yaml, ".yml": parse_yaml, ".json": parse_json}


def shipped_files() -> list[Path]:
    """The question sets that come with the software."""
    return sorted(path for path in SHIPPED_FOLDER.iterdir() if path.suffix in _PARSERS)


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
    content: dict[str, Any] = spec.model_dump(mode="json", exclude_defaults=True)
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def store_spec(spec: QuestionSetSpec) -> tuple[QuestionSet, bool]:
    """Store and publish a version, all or nothing. Returns it, and whether it was new.

    Storing it again does nothing; a stored version with other content raises `QuestionSetConflictError`.
    """
    fingerprint = digest(spec)
    stored = _stored(spec, fingerprint)
    if stored is not None:
        return stored, False
    try:
        with transaction.atomic():
            question_set = create_rows(spec, fingerprint)
            question_set.publish()
    except IntegrityError:
        # Two processes starting at once both load the shipped sets; the second finds the work done.
        stored = _stored(spec, fingerprint)
        if stored is None:
            raise
        return stored, False
    return question_set, True


def _stored(spec: QuestionSetSpec, fingerprint: str) -> QuestionSet | None:
    stored = QuestionSet.objects.filter(slug=spec.slug, version=spec.version).first()
    if stored is not None and (stored.digest != fingerprint or not stored.is_frozen):
        raise QuestionSetConflictError(spec.slug, spec.version)
    return stored
