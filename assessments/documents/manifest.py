"""What every report carries beside its pages: the document they were drawn from, and a manifest that says which it is.

The number of a report follows from its document and its language: the same report has the same number, wherever and
however often it is drawn. Both files lie in the PDF as attachments (docs/verifying.md).
"""

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from assessments.documents.report import ReportDocument
from assessments.documents.values import DocumentPart, canonical_json, document_digest
from assessments.scoring.method import METHOD_VERSION

FORMAT: Literal["msgov-manifest/1"] = "msgov-manifest/1"
REPORT_FILE, MANIFEST_FILE = "msgov-report.json", "msgov-manifest.json"

# Digits and letters that are not taken for each other when they are read aloud or typed (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_LENGTH = 12
BITS = 5  # of each sign of a number
GROUP = 4
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})

UNKNOWN_DAY = "2000-01-01"  # where a document names no day at all
# What says in a document on which day something of it came to be.
DAYS = frozenset({"submitted_on", "closed_on", "decided_on", "signed_on"})
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
NOT_SEALED = "0" * 64


class ManifestDocument(DocumentPart):
    """Which report it is. `document` is the digest of its data, `file` that of the PDF around this manifest.

    `as_of` is the last day that the data names. `key` and `signature` are "" where the report is not signed.
    """

    format: Literal["msgov-manifest/1"] = FORMAT
    number: Annotated[str, Field(pattern=f"^[{ALPHABET}]{{{NUMBER_LENGTH}}}$")]
    product: Annotated[str, Field(max_length=40)]
    method: Annotated[str, Field(max_length=40)]
    kind: Annotated[str, Field(max_length=12)]
    language: Annotated[str, Field(max_length=12)]
    assessments: Annotated[list[Annotated[str, Field(max_length=16)]], Field(max_length=20)]
    as_of: Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
    document: Sha256
    file: Sha256 = NOT_SEALED
    site: Annotated[str, Field(max_length=250)] = ""
    key: Annotated[str, Field(pattern=r"^([0-9a-f]{16})?$")] = ""
    signature: Annotated[str, Field(pattern=r"^([A-Za-z0-9+/=]{88})?$")] = ""


def number_of(document_digest: str, language: str) -> str:
    """Return the number of the report with this document in this language."""
    found = int.from_bytes(hashlib.sha256(f"{document_digest} {language}".encode()).digest())
    return "".join(ALPHABET[(found >> (BITS * place)) % len(ALPHABET)] for place in range(NUMBER_LENGTH))


def spaced(number: str) -> str:
    """Return a number as it is printed: in groups."""
    return "-".join(number[start : start + GROUP] for start in range(0, len(number), GROUP))


def read_number(text: str) -> str | None:
    """Return the number that somebody typed, or None if it is none."""
    found = re.sub(r"[\s‐-–-]", "", text).upper().translate(MISREAD)
    return found if len(found) == NUMBER_LENGTH and set(found) <= set(ALPHABET) else None


def manifest_of(
    document: ReportDocument, language: str, *, assessments: Sequence[str], product: str, site: str = ""
) -> ManifestDocument:
    """Return the manifest of a report that is not drawn yet: neither sealed nor signed."""
    digest = document_digest(document)
    content = document.model_dump(mode="json")
    return ManifestDocument(
        number=number_of(digest, language),
        product=product,
        method=next(_found(content, {"method_version"}), METHOD_VERSION),
        kind=document.kind,
        language=language,
        assessments=sorted(assessments),
        as_of=_last_day(content),
        document=digest,
        site=site,
    )


def _last_day(content: Any) -> str:
    """The last day on which something of it came to be, as far as it says so."""
    return max((text for text in _found(content, DAYS) if DAY.fullmatch(text)), default="")


def _found(content: Any, names: Collection[str]) -> Iterator[str]:
    """All texts that stand under one of these names, however deep."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key in names and isinstance(value, str):
                yield value
            else:
                yield from _found(value, names)
    elif isinstance(content, list):
        for value in content:
            yield from _found(value, names)


def signed_part(manifest: ManifestDocument) -> bytes:
    """Return what is signed of a manifest: all of it but the signature."""
    return canonical_json(manifest.model_copy(update={"signature": ""}))
