"""From a report's document to its PDF: the pages, and with them what the file carries to be checked by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings

from assessments.documents.manifest import (
    MANIFEST_FILE,
    REPORT_FILE,
    UNKNOWN_DAY,
    ManifestDocument,
    manifest_of,
)
from assessments.documents.report import ReportDocument
from assessments.documents.values import canonical_json
from assessments.reports.child import Carried
from assessments.reports.html import printable
from assessments.reports.render import render_pdf
from assessments.reports.seal import sealed
from assessments.reports.signing import to_be_signed


@dataclass(frozen=True)
class DrawnReport:
    """A finished PDF, its number of pages, and the manifest it was drawn with (which is sealed in the file)."""

    content: bytes
    pages: int
    manifest: ManifestDocument


def draw_report(
    document: ReportDocument,
    language: str,
    *,
    assessments: Sequence[str],
    on_text: Callable[[], None] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> DrawnReport:
    """Draw a report on these assessments, by their codes. The same of everything gives the same bytes.

    `on_text` is called when the text is written, `on_wait` every few seconds from then on. Raises RenderError.
    """
    manifest = to_be_signed(manifest_for(document, language, assessments))
    ready = printable(document, language, manifest)
    if on_text:
        on_text()
    pdf = render_pdf(
        ready.html, fonts=ready.fonts.files, style=ready.style, carried=carried(document, manifest), on_wait=on_wait
    )
    return DrawnReport(sealed(pdf.content, manifest), pdf.pages, manifest)


def manifest_for(document: ReportDocument, language: str, assessments: Sequence[str]) -> ManifestDocument:
    """Return the manifest of a report that this site draws."""
    return manifest_of(
        document, language, assessments=assessments, product=settings.VERSION, site=settings.SITE_ADDRESS
    )


def carried(document: ReportDocument, manifest: ManifestDocument) -> list[Carried]:
    """Return the files that lie in the PDF of a report, by name: readers look for them by halving."""
    day = manifest.as_of or UNKNOWN_DAY
    return [
        Carried(MANIFEST_FILE, "Which report this is, to check it by", day, canonical_json(manifest), as_it_is=True),
        Carried(REPORT_FILE, "What this report was drawn from, as data", day, canonical_json(document)),
    ]
