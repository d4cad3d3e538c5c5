"""Reports that were given out, and what may be done to their files."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pypdf
from django.utils import timezone

from assessments.documents.manifest import REPORT_FILE, ManifestDocument, number_of
from assessments.documents.report import ReportDocument
from assessments.documents.values import canonical_json, stored_digest
from assessments.models import Assessment, IssuedReport, Process
from assessments.reports.content import report_on
from assessments.reports.drawing import draw_report
from assessments.reports.issuing import record_issue
from assessments.reports.render import RenderedPdf
from assessments.reports.seal import digest_around
from assessments.rounds.services.submission import submit_assessment
from assessments.verifying.opening import open_pdf
from assessments.vocabulary import ReportKind
from tests import builders
from tests.builders import worked


def submitted(name: str = "Forum", process: Process | None = None, **fields: Any) -> Assessment:
    """A submitted assessment of a process of its own, or of this one."""
    process = process or builders.process(organiser=builders.user(), name=name, **fields)
    assessment = builders.assessment(process)
    worked.inclusiveness(assessment, worked.EVIDENCE)
    submit_assessment(assessment=assessment, user=process.created_by)
    assessment.refresh_from_db()
    return assessment


def issue(assessment: Assessment, kind: ReportKind = ReportKind.BOARD, **how: Any) -> tuple[bytes, IssuedReport]:
    """Draw a report and note that it was given out."""
    as_of = timezone.now()
    return issue_document(report_on(assessment, kind=kind, **how), [assessment.code], as_of)


def issue_document(document: ReportDocument, codes: list[str], as_of: datetime) -> tuple[bytes, IssuedReport]:
    """The same of a document."""
    drawn = draw_report(document, "en", assessments=codes)
    return drawn.content, record_issue(drawn=drawn, document=document, as_of=as_of)


def small_pdf(html: str, *, carried: Any, **how: Any) -> RenderedPdf:
    """A PDF that carries what it should on one empty page: for tests that look at nothing else."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    for each in carried:
        writer.add_attachment(each.name, each.content)
    file = io.BytesIO()
    writer.write(file)
    return RenderedPdf(file.getvalue(), 1)


def with_files(*files: tuple[str, bytes]) -> bytes:
    """A PDF of somebody else that carries these files."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    for name, content in files:
        writer.add_attachment(name, content)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def with_data(content: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The PDF with its data changed, and everything else in it left as it was."""
    before = open_pdf(content).report
    data = json.loads(before)
    change(data)
    return _with(content, lambda files: files | {REPORT_FILE: _canonical(data)})


def forged(content: bytes, change: Callable[[dict[str, Any]], None], *, number: str = "") -> bytes:
    """The same by somebody who knows how it is made: digests, number and seal fit again, as far as they can."""
    opened = open_pdf(content)
    data = json.loads(opened.report)
    change(data)
    manifest = ManifestDocument.model_validate_json(opened.manifest)
    digest = stored_digest(data)
    manifest = manifest.model_copy(
        update={"document": digest, "number": number or number_of(digest, manifest.language)}
    )
    return resealed(content.replace(opened.report, _canonical(data)), opened.manifest, manifest)


def resealed(content: bytes, before: bytes, manifest: ManifestDocument) -> bytes:
    """The PDF with another manifest, which has the digest of what is around it."""
    digest = digest_around(content, before)
    return content.replace(before, canonical_json(manifest.model_copy(update={"file": digest})))


def _with(content: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    names = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]
    files = {str(names[place]): names[place + 1].get_object() for place in range(0, len(names), 2)}
    streams = {name: entry["/EF"]["/F"].get_object() for name, entry in files.items()}
    for name, data in change({name: stream.get_data() for name, stream in streams.items()}).items():
        streams[name].set_data(data)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _canonical(data: Any) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
