"""The one byte form of a result document, and its digest."""

import hashlib
import json

from assessments.results.document import ResultDocument


def canonical_json(document: ResultDocument) -> bytes:
    """Return the document as JSON with sorted keys, no spaces, in UTF-8: what the digest is taken over."""
    return json.dumps(
        document.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode("utf-8")


def document_digest(document: ResultDocument) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(document)).hexdigest()
