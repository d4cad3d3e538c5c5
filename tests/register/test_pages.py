"""The page of the register: where documents are used, what rests on one, and who may change it."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.answering.services.evidence import add_evidence_file
from assessments.models import Answer, Assessment, EvidenceEntry, EvidenceFile, document_key
from assessments.rounds.services.start import start_assessment
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders
from tests.builders.processes import opening
from tests.forms_in_pages import ParsedPage

pytestmark = pytest.mark.django_db
CHARTER, MINUTES = "https://example.org/charter", "https://example.org/minutes"
PDF = b"%PDF-1.7\n%rest"


def words(html: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


def entered(assessment: Assessment, line: str, **fields: object) -> EvidenceEntry:
    entry = EvidenceEntry.of_line(line)
    entry.process = assessment.process
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save()
    return entry


@pytest.fixture
def used(assessment: Assessment) -> Assessment:
    """A charter under two answers, one of which has minutes too; and a document that nothing rests on."""
    entered(assessment, CHARTER, title="Charter", source="participant", note="Who belongs to it.")
    entered(assessment, MINUTES)
    entered(assessment, "Binder 3, shelf 2", title="Letters")
    answer = builders.answer(assessment, "IT1a", 2, evidence_links=CHARTER, evidence_text="Article 4 names all.")
    opening(answer, builders.user())
    builders.answer(assessment, "IT5a", 2, evidence_links=f"{CHARTER}\n{MINUTES}")
    return assessment


def at(assessment: Assessment, name: str = "register", *args: str) -> str:
    return reverse(f"assessments:{name}", args=[assessment.process.code, *args])


def test_list_says_what_rests_on_what(as_organiser: Client, used: Assessment) -> None:
    response = as_organiser.get(at(used))
    page = words(response.content)
    assert "2 answers rest on one document: Charter" in page
    assert "2 answers rest on it" in page
    assert "1 answer rests on nothing else" in page
    assert "opened by a second person for 1 answer" in page
    assert "Article 4 names all." in page
    assert "opened it, it shows this." in page
    assert "Made by participants" in page
    assert "No answer rests on it." in page
    assert f"{reverse('assessments:question', args=[used.code, 'IT1'])}#IT1a" in response.content.decode()


@pytest.mark.parametrize(
    ("show", "listed"),
    [
        ("", ["Charter", MINUTES, "Letters"]),
        ("unused", ["Letters"]),
        ("alone", ["Charter"]),
        ("not_opened", ["Charter", MINUTES]),
        ("away", []),
        ("nonsense", ["Charter", MINUTES, "Letters"]),
    ],
)
def test_filters(as_organiser: Client, used: Assessment, show: str, listed: list[str]) -> None:
    html = as_organiser.get(at(used), {"show": show}).content.decode()
    found = [words(head.encode()) for head in re.findall(r'<h2 class="h5".*?</h2>', html, re.DOTALL)]
    assert found == listed


def test_a_round_just_begun_leaves_the_numbers_of_the_one_before(
    as_organiser: Client, used: Assessment, organiser: User
) -> None:
    submit_assessment(assessment=used, user=organiser)
    start_assessment(process=used.process, user=organiser, question_set=used.question_set)
    page = words(as_organiser.get(at(used)).content)
    assert "2 answers rest on one document: Charter" in page
    assert "is told of the round “ Round 1 ”" in page


def test_empty_register_says_how_documents_come_in(as_organiser: Client, assessment: Assessment) -> None:
    assert "The register is empty. Documents also come into it by themselves" in words(
        as_organiser.get(at(assessment)).content
    )


def test_reviewer_reads_and_is_led_to_where_evidence_is_opened(
    used: Assessment, client_for: Callable[[User], Client]
) -> None:
    reviewer = builders.user()
    builders.member(used.process, reviewer, Role.REVIEWER)
    html = client_for(reviewer).get(at(used)).content.decode()
    assert f"{reverse('assessments:evidence-opened', args=[used.code])}#IT1a" in html
    assert reverse("assessments:question", args=[used.code, "IT1"]) not in html
    assert at(used, "register-add") not in html


@pytest.mark.parametrize("rows", [1, 30])
def test_list_costs_a_constant_number_of_queries(
    as_organiser: Client, assessment: Assessment, organiser: User, rows: int
) -> None:
    for number in range(rows):
        entered(assessment, f"https://example.org/{number}", added_by=organiser)
    links = "\n".join(f"https://example.org/{number}" for number in range(rows))
    for code in list(builders.items().items)[:rows]:
        answer = builders.answer(assessment, code, evidence_links=links)
        opening(answer, builders.user())
    as_organiser.get(at(assessment))
    with CaptureQueriesContext(connection) as sent:
        page = as_organiser.get(at(assessment)).content.decode()
    assert len(sent.captured_queries) <= 12, [entry["sql"] for entry in sent.captured_queries]
    assert ("Next page" in page) == (rows > 25)


def fields_of(client: Client, where: str) -> dict[str, object]:
    form = next(form for form in ParsedPage(client.get(where).content.decode()).forms if "note" in form.fields)
    return dict(form.fields)


def test_document_is_entered_by_its_address(as_organiser: Client, assessment: Assessment, organiser: User) -> None:
    where = at(assessment, "register-add")
    fields = fields_of(as_organiser, where) | {
        "title": "Charter", "address": "forum.example/charter", "day": "2024-03-01", "source": "own", "note": "All",
    }  # fmt: skip
    assert as_organiser.post(where, fields).url == at(assessment)
    entry = EvidenceEntry.objects.get()
    assert (entry.kind, entry.address, entry.label) == ("link", "https://forum.example/charter", "Charter")
    assert (f"{entry.day}", entry.source, entry.note, entry.added_by) == ("2024-03-01", "own", "All", organiser)
    again = as_organiser.post(where, fields)
    assert again.status_code == 422
    assert "This document is in the register already, as “Charter”." in again.content.decode()
    assert 'value="2024-03-01"' in again.content.decode()


def test_file_is_entered_and_downloaded(as_organiser: Client, assessment: Assessment) -> None:
    where = at(assessment, "register-add")
    sent = {"title": "Scan", "file": SimpleUploadedFile("scan.pdf", PDF)}
    assert as_organiser.post(where, sent).status_code == 302
    entry = EvidenceEntry.objects.get()
    response = as_organiser.get(at(assessment, "register-file", entry.code))
    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"] == 'attachment; filename="scan.pdf"'
    assert response.headers["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({}, "Give an address or a file"),
        ({"address": CHARTER, "file": SimpleUploadedFile("a.pdf", PDF)}, "Give either an address or a file"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ")}, "“a.exe” was not stored: the file has to be one of"),
    ],
)
def test_what_cannot_be_entered_is_given_back(
    as_organiser: Client, assessment: Assessment, sent: dict[str, object], problem: str
) -> None:
    response = as_organiser.post(at(assessment, "register-add"), {"note": "Typed with care", **sent})
    assert response.status_code == 422
    assert problem in response.content.decode()
    assert "Typed with care" in response.content.decode()
    assert not EvidenceEntry.objects.exists()


def test_new_address_goes_into_drafts_and_openings_lapse(
    as_organiser: Client, used: Assessment, organiser: User
) -> None:
    entry = EvidenceEntry.objects.get(title="Charter")
    where = at(used, "register-entry", entry.code)
    fields = fields_of(as_organiser, where)
    assert fields["address"] == CHARTER
    as_organiser.post(where, fields | {"address": "https://example.org/charter-2"})
    entry.refresh_from_db()
    assert entry.key == document_key("https://example.org/charter-2")
    assert entry.former_keys == [document_key(CHARTER)]
    rows = Answer.objects.filter(item__code__in=["IT1a", "IT5a"]).order_by("item__code")
    assert [row.evidence_links for row in rows] == [
        "https://example.org/charter-2",
        f"https://example.org/charter-2\n{MINUTES}",
    ]
    last = rows[0].history.latest("version")
    assert (last.reason, last.user, last.version) == ("register", organiser, rows[0].version)
    page = words(as_organiser.get(at(used), {"show": "alone"}).content)
    assert "nobody else has opened it yet" in page
    assert EvidenceEntry.objects.count() == 3


def test_what_was_frozen_keeps_its_address_and_counts_as_a_use(
    as_organiser: Client, used: Assessment, organiser: User
) -> None:
    submit_assessment(assessment=used, user=organiser)
    entry = EvidenceEntry.objects.get(title="Charter")
    where = at(used, "register-entry", entry.code)
    as_organiser.post(where, fields_of(as_organiser, where) | {"address": "https://example.org/charter-2"})
    assert Answer.objects.get(item__code="IT1a").evidence_links == CHARTER
    assert "2 answers rest on it" in words(as_organiser.get(at(used)).content)


def test_new_file_takes_the_place_of_the_old_one(
    as_organiser: Client, assessment: Assessment, organiser: User, django_capture_on_commit_callbacks: Callable
) -> None:
    item = builders.items().items["IT1a"]
    upload = SimpleUploadedFile("old.pdf", PDF)
    old = add_evidence_file(assessment=assessment, user=organiser, item=item, upload=upload)
    entry = EvidenceEntry.objects.get()
    where = at(assessment, "register-entry", entry.code)
    fields = fields_of(as_organiser, where)
    same = as_organiser.post(where, fields | {"file": SimpleUploadedFile("old.pdf", PDF)})
    assert "This is the file that the entry has already." in same.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        sent = fields | {"title": "Scan", "file": SimpleUploadedFile("new.pdf", PDF + b"2")}
        assert as_organiser.post(where, sent).status_code == 302
    entry.refresh_from_db()
    given = EvidenceFile.objects.get()
    assert (given.name, given.sha256, given.file.name) == ("new.pdf", entry.sha256, entry.file.name)
    assert not old.file.storage.exists(old.file.name)
    with given.file.open("rb") as stream:
        assert stream.read() == PDF + b"2"
    reasons = [entry.reason for entry in Answer.objects.get().history.order_by("version")]
    assert reasons == ["file_added", "file_removed", "file_added"]


def test_two_people_change_one_entry(as_organiser: Client, used: Assessment) -> None:
    entry = EvidenceEntry.objects.get(title="Charter")
    where = at(used, "register-entry", entry.code)
    mine, theirs = fields_of(as_organiser, where), fields_of(as_organiser, where)
    as_organiser.post(where, theirs | {"title": "Founding charter", "note": "Theirs"})
    other = as_organiser.post(where, mine | {"title": "The charter"})
    assert other.status_code == 422
    assert "Somebody else has changed this to “Founding charter” meanwhile." in other.content.decode()
    # What only one of them changed is no conflict.
    assert as_organiser.post(where, mine | {"source": "own"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.title, entry.note, entry.source) == ("Founding charter", "Theirs", "own")


def test_unused_is_removed_after_asking_and_used_is_only_put_away(as_organiser: Client, used: Assessment) -> None:
    letters = EvidenceEntry.objects.get(title="Letters")
    where = at(used, "register-remove", letters.code)
    assert "Nothing rests on it. The entry is erased." in words(as_organiser.get(where).content)
    assert as_organiser.post(where).status_code == 302
    assert not EvidenceEntry.objects.filter(pk=letters.pk).exists()
    charter = EvidenceEntry.objects.get(title="Charter")
    where = at(used, "register-remove", charter.code)
    page = words(as_organiser.get(where).content)
    assert "2 answers rest on it" in page
    assert "Answers that rest on it keep it" in page
    as_organiser.post(where)
    charter.refresh_from_db()
    assert charter.archived_at
    assert Answer.objects.get(item__code="IT1a").evidence_links == CHARTER
    question = as_organiser.get(reverse("assessments:question", args=[used.code, "CR1"])).content.decode()
    assert f'value="{CHARTER}"' not in question
    assert f'value="{MINUTES}"' in question
    assert "Charter" in words(as_organiser.get(at(used), {"show": "away"}).content)
    as_organiser.post(at(used, "register-offer", charter.code))
    charter.refresh_from_db()
    assert charter.archived_at is None


def test_entry_of_another_process_is_404(as_organiser: Client, used: Assessment, organiser: User) -> None:
    other = builders.assessment(builders.process(organiser=organiser))
    code = EvidenceEntry.objects.get(title="Charter").code
    for name in ("register-entry", "register-file", "register-remove"):
        assert as_organiser.get(at(other, name, code)).status_code == 404
    assert as_organiser.post(at(other, "register-offer", code)).status_code == 404
