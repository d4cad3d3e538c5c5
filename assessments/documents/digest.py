"""The one byte form of a result document, and its digest."""

import hashlib
import json
from typing import Any

from pydantic import BaseModel


def canonical_json(document: BaseModel) -> bytes:
    """Return the document as JSON with sorted keys, no spaces, in UTF-8: what the digest is taken over."""
    return _canonical(document.model_dump(mode="json"))


def document_digest(document: BaseModel) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(document)).hexdigest()


def stored_digest(content: Any) -> str:
    """Return the digest of a document as it is stored, whatever fields the document has gained since."""
    return hashlib.sha256(_canonical(content)).hexdigest()


def _canonical(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
