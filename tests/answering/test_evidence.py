"""Files as evidence: what is accepted, who can read them, and that a frozen result keeps its files."""

import io
import zipfile
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from assessments.answering.file_types import SHOWN_TYPES
from assessments.models import Answer, Assessment, EvidenceEntry, EvidenceFile, FrozenResult
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders
from tests.builders.question_pages import address, form_of, send

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%rest"


def zipped(**entries: str | bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return content.getvalue()


def office(kind: str, main: str, part: str = "") -> bytes:
    """The least of an office document: the list of its parts, and its main part."""
    content_type = f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    override = f'<Override PartName="/{main}" ContentType="{content_type}"/>'
    return zipped(**{"[Content_Types].xml": f"<Types>{override}</Types>", part or main: "x"})


DOCX = office("wordprocessingml.document", "word/document.xml")
XLSX = office("spreadsheetml.sheet", "xl/workbook.xml")
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L"
MAIL = b"Received: from a\r\n by b\r\nFrom: A <a@b.c>\r\nSubject: Minutes\r\n\r\n<p>Text"
OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "__properties_version1.0".encode("utf-16-le")
ODT = zipped(mimetype="application/vnd.oasis.opendocument.text")


def upload(client: Client, assessment: Assessment, name: str, content: bytes, **fields: str) -> HttpResponse:
    form = form_of(client, assessment, "IT1")
    form.fields |= fields
    return send(client, form, "upload IT1a", **{"IT1a-file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.PDF", PDF),
        ("a.png", b"\x89PNG\r\n\x1a\n..."),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.pdf", b"\xef\xbb\xbf" + PDF),
        ("a.pdf", b"\r\n\r\n" + PDF),
        ("a.jfif", b"\xff\xd8\xff\xe0"),
        ("a.heic", HEIC),
        ("a.webp", WEBP),
        ("a.tif", b"II*\0"),
        ("a.docx", DOCX),
        ("a.docx", office("wordprocessingml.document", "word/document2.xml")),
        ("a.xlsx", XLSX),
        ("a.pptx", office("presentationml.presentation", "ppt/presentation.xml")),
        ("a.odt", ODT),
        ("a.odp", zipped(mimetype="application/vnd.oasis.opendocument.presentation")),
        ("a.eml", MAIL),
        ("a.eml", b"From a Mon\nFrom: a@b.c\nDate: today\n\ntext"),
        ("a.msg", OUTLOOK),
        ("a.csv", "a;b\nä;ö".encode()),
        ("a.csv", "a;b".encode("utf-16")),
        ("a.txt", "Grüße".encode("latin-1")),
        ("a.md", b"# Title"),
    ],
)
def test_allowed_types_are_stored(as_organiser: Client, assessment: Assessment, name: str, content: bytes) -> None:
    response = upload(as_organiser, assessment, name, content)
    assert response.status_code == 302
    assert response.url == address(assessment, "IT1") + "#IT1a"
    file = EvidenceFile.objects.get()
    with file.file.open("rb") as opened:
        assert (file.name, file.size, opened.read()) == (name, len(content), content)
    assert name not in file.file.name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.html", b"<html>"),
        ("a", b"text"),
        ("a.docx", zipped(word__document_xml="x")),  # any archive can have a file of this name
        ("a.docx", office("wordprocessingml.document", "word/document.xml", part="word/other.xml")),
        ("a.docx", zipped(**{"[Content_Types].xml": "macroEnabled.main+xml", "word/document.xml": "x"})),
        ("a.docx", b"PK\x03\x04broken"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.heic", b"\0\0\0\x18ftypmp42\0\0\0\0"),
        ("a.webp", b"RIFF\x1a\0\0\0WAVEfmt "),
        ("a.txt", b"\x00\x01binary"),
    ],
)
def test_other_types_are_refused_and_the_rest_is_saved(
    as_organiser: Client, assessment: Assessment, name: str, content: bytes
) -> None:
    response = upload(as_organiser, assessment, name, content, **{"IT1a-evidence": "Typed"})
    assert response.status_code == 422
    message = f"“{name}” was not stored: the file has to be one of {SHOWN_TYPES}"
    assert message in response.content.decode()
    assert not EvidenceFile.objects.exists()
    assert Answer.objects.get().evidence_text == "Typed"


@pytest.mark.alike
@pytest.mark.parametrize(
    ("name", "content", "actual"),
    [
        ("a.pdf", b"<html>", "TXT"),
        ("a.pdf", b"<script>" + PDF, "TXT"),
        ("a.png", PDF, "PDF"),
        ("a.jpg", HEIC, "HEIC"),
        ("a.docx", XLSX, "XLSX"),
        ("a.ods", ODT, "ODT"),
        ("a.csv", PDF, "PDF"),
        ("a.eml", b"Dear all: this is a letter", "TXT"),
    ],
)
def test_name_that_says_something_else_is_refused_with_what_the_file_is(
    as_organiser: Client, assessment: Assessment, name: str, content: bytes, actual: str
) -> None:
    response = upload(as_organiser, assessment, name, content)
    assert response.status_code == 422
    assert f"“{name}” was not stored: its content is {actual}, which its name" in response.content.decode()
    assert not EvidenceFile.objects.exists()


@pytest.mark.parametrize("length", [1001, 200_000])
def test_too_large_file_names_the_limit_and_the_rest_is_saved(
    as_organiser: Client, assessment: Assessment, settings: Settings, length: int
) -> None:
    settings.EVIDENCE_MAX_BYTES = 1000
    response = upload(
        as_organiser, assessment, "big.txt", b"x" * length, **{"IT1a-evidence": "Typed", "IT1a-answer": "2"}
    )
    assert response.status_code == 422
    assert "“big.txt” was not stored: a file may have at most 1000\xa0bytes." in response.content.decode()
    assert not EvidenceFile.objects.exists()
    assert (Answer.objects.get().evidence_text, Answer.objects.get().value) == ("Typed", {"level": 2})


def test_empty_file_is_refused(as_organiser: Client, assessment: Assessment) -> None:
    upload(as_organiser, assessment, "a.txt", b"")
    assert not EvidenceFile.objects.exists()


def test_request_over_the_limit_says_so(as_organiser: Client, assessment: Assessment, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 5000
    form = form_of(as_organiser, assessment, "IT1")
    form.fields["IT1a-evidence"] = "x" * 6000
    response = send(as_organiser, form)
    assert response.status_code == 413
    assert "may have at most 4.9\xa0KB together" in response.content.decode()
    response = as_organiser.post(form.address, form.fields, headers={"HX-Request": "true"})
    assert response.status_code == 413
    assert "<html" not in response.content.decode()


def test_full_disk_loses_nothing_else(
    as_organiser: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", refuse)
    response = upload(as_organiser, assessment, "a.pdf", PDF, **{"IT1a-evidence": "Typed"})
    assert response.status_code == 422
    assert "could not be stored on this server. Everything else was saved" in response.content.decode()
    assert Answer.objects.get().evidence_text == "Typed"
    assert not EvidenceFile.objects.exists()


def test_disk_that_fills_up_while_a_file_is_stored_keeps_no_half_of_it(
    as_organiser: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    once = SimpleUploadedFile.chunks
    calls = []

    def half(self: object, *args: object, **kwargs: object) -> Iterator[bytes]:
        calls.append(self)
        if len(calls) == 1:
            yield from once(self)  # to take the digest
            return
        yield b"%PDF"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadedfile.InMemoryUploadedFile.chunks", half)
    response = upload(as_organiser, assessment, "a.pdf", PDF)
    assert response.status_code == 422
    assert len(calls) == 2
    assert not EvidenceFile.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_counts_and_is_in_the_history(as_organiser: Client, assessment: Assessment) -> None:
    upload(as_organiser, assessment, "minutes.pdf", PDF, **{"IT1a-answer": "3", "IT1a-evidence": "Page 2 names all."})
    html = as_organiser.get(address(assessment, "IT1")).content.decode()
    assert "counts as L (67 of 100) until a second person has opened the evidence." in html
    assert "Evidence: E2, public, says the organiser; nobody else has opened it yet." in html
    assert "minutes.pdf" in html
    last = Answer.objects.get().history.latest("version")
    assert (last.reason, last.detail) == ("file_added", "minutes.pdf")


def test_file_with_a_path_as_its_name_is_stored_under_the_last_part(
    as_organiser: Client, assessment: Assessment
) -> None:
    upload(as_organiser, assessment, "..\\..\\evil\u202e.pdf", PDF)
    assert EvidenceFile.objects.get().name == "evil.pdf"


@pytest.fixture
def stored(as_organiser: Client, assessment: Assessment) -> EvidenceFile:
    upload(as_organiser, assessment, "minutes.pdf", PDF)
    return EvidenceFile.objects.get()


def download(assessment: Assessment, file: EvidenceFile) -> str:
    return reverse("assessments:evidence-file", args=[assessment.code, file.code])


def test_download_is_never_shown_in_the_page(
    as_organiser: Client, assessment: Assessment, stored: EvidenceFile
) -> None:
    response = as_organiser.get(download(assessment, stored))
    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"] == 'attachment; filename="minutes.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    ("given", "served"),
    [
        ("प्रतिवेदन.pdf", "प्रतिवेदन.pdf"),
        ("அறிக்கை.pdf", "அறிக்கை.pdf"),
        ("การประชุม.pdf", "การประชุม.pdf"),
        ("e\u0301tude (1).pdf", "étude (1).pdf"),  # decomposed, as some systems send it
        ("می\u200cخواهم.pdf", "می\u200cخواهم.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),  # a mark that turns letters round
        ("a<b>: “c”?.pdf", "a_b__ “c”_.pdf"),
        ("aux.pdf", "_aux.pdf"),
        ("../../x\x00.pdf", "x.pdf"),
    ],
)
def test_name_keeps_every_sign_of_its_script(
    as_organiser: Client, assessment: Assessment, given: str, served: str
) -> None:
    upload(as_organiser, assessment, given, PDF)
    response = as_organiser.get(download(assessment, EvidenceFile.objects.get()))
    response.close()
    # As RFC 6266 has it: plain in quotation marks, or percent-encoded UTF-8.
    header = Message()
    header["Content-Disposition"] = response.headers["Content-Disposition"]
    assert header.get_filename() == served


# A reviewer too: a second person is to open it before it is submitted.
@pytest.mark.parametrize(("role", "status"), [(Role.CONTRIBUTOR, 200), (Role.REVIEWER, 200), (None, 404)])
def test_who_may_read_a_file_of_a_draft(
    client_for: Callable[[User], Client], assessment: Assessment, stored: EvidenceFile, role: Role | None, status: int
) -> None:
    person = builders.user()
    if role:
        builders.member(assessment.process, person, role)
    response = client_for(person).get(download(assessment, stored))
    response.close()
    assert response.status_code == status


def test_file_of_another_assessment_is_404(as_organiser: Client, organiser: User, stored: EvidenceFile) -> None:
    other = builders.assessment(builders.process(organiser=organiser))
    assert as_organiser.get(download(other, stored)).status_code == 404


def test_lost_file_is_404(as_organiser: Client, assessment: Assessment, stored: EvidenceFile) -> None:
    stored.file.delete(save=False)
    stored.file.name = "gone"
    EvidenceFile.objects.update(file="evidence/gone")
    assert as_organiser.get(download(assessment, stored)).status_code == 404


def test_removing_asks_first_and_leaves_it_in_the_register(
    as_organiser: Client,
    assessment: Assessment,
    stored: EvidenceFile,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    where = reverse("assessments:evidence-file-delete", args=[assessment.code, stored.code])
    page = as_organiser.get(where).content.decode()
    assert "Remove “<bdi>minutes.pdf</bdi>”?" in page
    assert "It stays in the evidence register" in page
    assert EvidenceFile.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert as_organiser.post(where).url == address(assessment, "IT1")
    assert not EvidenceFile.everything.exists()
    assert EvidenceEntry.objects.get().file.name == stored.file.name
    assert stored.file.storage.exists(stored.file.name)
    assert as_organiser.post(where).status_code == 404


def test_removing_keeps_what_a_frozen_result_names(
    as_organiser: Client, assessment: Assessment, stored: EvidenceFile
) -> None:
    FrozenResult.objects.create(assessment=assessment, number=1, method_version="1", document={}, digest="x")
    as_organiser.post(reverse("assessments:evidence-file-delete", args=[assessment.code, stored.code]))
    assert not EvidenceFile.objects.exists()
    response = as_organiser.get(download(assessment, stored))
    assert b"".join(response.streaming_content) == PDF
