"""Sealing a finished PDF: its manifest is given the digest of everything around it, and is then signed.

The manifest lies in the file as it is, neither compressed nor encrypted, and the sealed one is as long as the one it
takes the place of: nothing else in the file moves.
"""

import hashlib

from assessments.documents.manifest import ManifestDocument
from assessments.documents.values import canonical_json
from assessments.reports.signing import signed


class NotSealed(Exception):
    """A file does not hold its manifest exactly once."""


def sealed(content: bytes, manifest: ManifestDocument) -> bytes:
    """Return the PDF with its manifest sealed. Raises NotSealed where the manifest is not in it as it was given."""
    before = canonical_json(manifest)
    after = canonical_json(signed(manifest.model_copy(update={"file": digest_around(content, before)})))
    if len(after) != len(before):
        raise NotSealed("the manifest has grown")
    return content.replace(before, after)


def digest_around(content: bytes, manifest: bytes) -> str:
    """Return the digest of a PDF without the bytes of its manifest. Raises NotSealed unless these are there once."""
    before, found, after = content.partition(manifest)
    if not found or not manifest or manifest in after:
        raise NotSealed("the manifest is not in the file, or more than once")
    return hashlib.sha256(before + after).hexdigest()
