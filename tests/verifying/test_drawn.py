"""Reports as they are really drawn, of every kind: what each page says, what the file carries, and the same bytes."""

import hashlib
import io
import json
import os
import subprocess
import sys
from typing import Any

import pypdf
import pytest
from django.utils import timezone

from assessments.documents.manifest import MANIFEST_FILE, REPORT_FILE, spaced
from assessments.documents.report import ReportDocument
from assessments.models import IssuedReport
from assessments.reports.content import report_comparing, report_on, report_over_time
from assessments.verifying.checking import check
from assessments.verifying.verdict import Standing
from assessments.vocabulary import ReportKind
from tests.printed import pages_of, unspaced
from tests.serving import ROOT
from tests.verifying.given import issue_document, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AGAIN = (
    "import hashlib, json, sys, django; django.setup()\n"
    "from assessments.documents.report import ReportDocument\n"
    "from assessments.reports.drawing import draw_report\n"
    "for document, codes in json.load(sys.stdin):\n"
    "    document = ReportDocument.model_validate_json(document)\n"
    "    print(hashlib.sha256(draw_report(document, 'en', assessments=codes).content).hexdigest())"
)

Made = tuple[ReportDocument, list[str]]


def board() -> Made:
    assessment = submitted()
    return report_on(assessment, kind=ReportKind.BOARD), [assessment.code]


def annual() -> Made:
    assessment = submitted()
    return report_on(assessment, kind=ReportKind.ANNUAL), [assessment.code]


def comparison() -> Made:
    found = [submitted("Alpha"), submitted("Beta")]
    return report_comparing(found), [each.code for each in found]


def over_time() -> Made:
    first = submitted()
    return report_over_time_of(first, submitted(process=first.process))


def report_over_time_of(*rounds: Any) -> Made:
    return report_over_time(rounds[0].process), [each.code for each in rounds]


def test_every_kind_says_what_it_is_and_has_the_same_bytes_elsewhere() -> None:
    made = [make() for make in (board, annual, comparison, over_time)]
    drawn = [issue_document(*each, timezone.now()) for each in made]
    for content, issued in drawn:
        _says_what_it_is(content, issued)
    assert drawn_elsewhere(made) == [hashlib.sha256(content).hexdigest() for content, _issued in drawn]


def _says_what_it_is(content: bytes, issued: IssuedReport) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(content))
    for text in map(unspaced, pages_of(content)):
        assert f"Report{spaced(issued.number)}·msgov{issued.product}·data{issued.document_digest[:12]}" in text
    assert issued.document_digest in pdf.metadata["/Keywords"]
    root = pdf.trailer["/Root"]
    assert root["/Names"]["/EmbeddedFiles"]["/Names"][::2] == [MANIFEST_FILE, REPORT_FILE]
    assert [each.get_object()["/UF"] for each in root["/AF"]] == [MANIFEST_FILE, REPORT_FILE]
    assert {each.get_object()["/AFRelationship"] for each in root["/AF"]} == {"/Data"}
    metadata = root["/Metadata"].get_data()
    assert b'pdfaid:part="3"' in metadata
    assert b'pdfuaid:part="1"' in metadata
    assert check(content).standing == Standing.CURRENT


def drawn_elsewhere(made: list[Made]) -> list[str]:
    """The digests of reports that another process draws, with other hashes and in another time zone."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-c", AGAIN],
        cwd=ROOT,
        env=environment,
        input=json.dumps([(document.model_dump_json(), codes) for document, codes in made]),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()[-len(made) :]


def test_changed_words_on_a_page_are_altered() -> None:
    content, _issued = issue_document(*board(), timezone.now())
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    page = writer.pages[0].get_contents()
    assert page is not None
    before = page.get_data()
    page.set_data(before.replace(b" TJ", b"   ", 1))  # the first words are no longer shown
    assert page.get_data() != before
    writer.pages[0].replace_contents(page)
    file = io.BytesIO()
    writer.write(file)
    found = check(file.getvalue())
    assert found.standing == Standing.ALTERED
    assert found.reasons == ["Bytes of the file were changed: of its pages, or of something else in it."]
