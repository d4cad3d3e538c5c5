"""When two reports are the same: same document, language, templates, style, fonts and engine give the same bytes."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from assessments.comparing.build import ComparisonDocument
from assessments.documents.both_tracks import JointDocument
from assessments.documents.result import ResultDocument
from assessments.documents.values import canonical_json

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# Everything that has a say in how a document looks on paper.
SOURCES = (
    "templates/assessments/reports/pdf/*.html",
    "static/css/report.css",
    "assessments/**/*.py",
    "assessments/reports/fonts/*",
    "attributes/texts.py",
    "attributes/templatetags/texts.py",
    "locale/**/*.mo",
)
ENGINES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "tinyhtml5", "django")


def cache_key(
    document: ResultDocument | JointDocument | ComparisonDocument, language: str, *, of: Iterable[str] = ()
) -> str:
    """Return the key of the report, as 64 hexadecimal digits; `of` are the codes of the assessments it is about."""
    key = hashlib.sha256(canonical_json(document))
    key.update(f"\0{language}\0{look()}\0{' '.join(sorted(of))}".encode())
    return key.hexdigest()


@cache
def look() -> str:
    """Return a digest of templates, style, fonts and engine. Read once per process: they change with a release."""
    found = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in ENGINES).encode())
    found.update(str(settings.USE_I18N).encode())
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
