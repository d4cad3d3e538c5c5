"""The register keeps up with the answers: every document once for a process, and nothing that was half typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.answering.services.evidence import add_evidence_file, use_file_entry
from assessments.answers.register import uses_in, uses_of
from assessments.models import Answer, Assessment, EvidenceEntry, EvidenceFile, document_key
from assessments.rounds.services.start import start_assessment
from assessments.rounds.services.submission import submit_assessment
from msgov.accounts.models import User
from tests import builders
from tests.builders.question_pages import autosave, form_of, send

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%rest"
CHARTER, MINUTES = "https://example.org/charter", "https://example.org/minutes"


def entries() -> list[tuple[str, str]]:
    return [(entry.kind, entry.reference) for entry in EvidenceEntry.objects.all()]


def upload(assessment: Assessment, user: User, code: str, name: str = "a.pdf", content: bytes = PDF) -> EvidenceFile:
    return add_evidence_file(
        assessment=assessment, user=user, item=builders.items().items[code], upload=SimpleUploadedFile(name, content)
    )


def test_what_answers_name_is_entered_once(as_organiser: Client, assessment: Assessment, organiser: User) -> None:
    for question, code in (("IT1", "IT1a"), ("IT5", "IT5a")):
        form = form_of(as_organiser, assessment, question)
        form.fields[f"{code}-links"] = (
            f"{CHARTER}\nBinder 3, shelf 2" if code == "IT1a" else "http://EXAMPLE.org/charter/"
        )
        send(as_organiser, form)
    # The spelling of whoever was first; the other address is the same document by the method.
    assert entries() == [("link", CHARTER), ("inside", "Binder 3, shelf 2")]
    assert {entry.added_by for entry in EvidenceEntry.objects.all()} == {organiser}
    other = builders.assessment(builders.process(organiser=organiser))
    form = form_of(as_organiser, other, "IT1")
    form.fields["IT1a-links"] = CHARTER
    send(as_organiser, form)
    assert EvidenceEntry.objects.filter(process=other.process).count() == 1


def test_half_typed_addresses_leave_nothing_behind(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT1")
    for typed in ("https://exam", "https://example.org", MINUTES):
        form.fields["IT1a-links"] = typed
        autosave(as_organiser, form)
    assert entries() == [("link", MINUTES)]
    # On a page that was opened later it is no half address any more: whoever takes it off finds it in the register.
    form = form_of(as_organiser, assessment, "IT1")
    form.fields.pop("IT1a-use", None)
    form.fields["IT1a-links"] = ""
    autosave(as_organiser, form)
    assert Answer.objects.get().evidence_links == ""
    assert entries() == [("link", MINUTES)]


def test_half_typed_address_that_another_answer_has_stays(as_organiser: Client, assessment: Assessment) -> None:
    builders.answer(assessment, "IT5a", 2, evidence_links=CHARTER)
    form = form_of(as_organiser, assessment, "IT1")
    for typed in (CHARTER, MINUTES):
        form.fields["IT1a-links"] = typed
        autosave(as_organiser, form)
    assert entries() == [("link", CHARTER), ("link", MINUTES)]


def test_same_content_is_stored_once(
    assessment: Assessment, organiser: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first, second = upload(assessment, organiser, "IT1a"), upload(assessment, organiser, "IT5a", "b.pdf")
    entry = EvidenceEntry.objects.get()
    assert {first.file.name, second.file.name} == {entry.file.name}
    assert (entry.kind, entry.name, entry.sha256, entry.size) == ("file", "a.pdf", first.sha256, len(PDF))
    folder = entry.file.storage.listdir(entry.file.name.rpartition("/")[0])
    assert entry.file.storage.exists(entry.file.name)
    assert entry.file.name.rpartition("/")[2] in folder[1]


def test_an_answer_takes_a_file_of_the_register_once(assessment: Assessment, organiser: User) -> None:
    given = upload(assessment, organiser, "IT1a")
    entry, item = EvidenceEntry.objects.get(), builders.items().items["IT5a"]
    version = use_file_entry(assessment=assessment, user=organiser, item=item, code=entry.code)
    assert version == 1
    used = EvidenceFile.objects.get(item=item.pk)
    assert (used.file.name, used.sha256, used.uploaded_by) == (given.file.name, given.sha256, organiser)
    last = Answer.objects.get(item=item.pk).history.latest("version")
    assert (last.reason, last.detail) == ("file_added", "a.pdf")
    assert use_file_entry(assessment=assessment, user=organiser, item=item, code=entry.code) is None
    assert EvidenceFile.objects.filter(item=item.pk).count() == 1


def test_no_file_of_another_process_is_taken(assessment: Assessment, organiser: User) -> None:
    other = builders.assessment(builders.process(organiser=organiser))
    upload(other, organiser, "IT1a")
    code = EvidenceEntry.objects.get().code
    assert use_file_entry(assessment=assessment, user=organiser, item=builders.items().items["IT1a"], code=code) is None
    assert not EvidenceFile.objects.filter(response__assessment=assessment).exists()


def test_where_documents_are_used_is_told_of_every_round(
    assessment: Assessment, organiser: User, django_assert_num_queries: object
) -> None:
    builders.answer(assessment, "IT1a", 2, evidence_links=CHARTER, evidence_text="Article 4 names all.")
    builders.answer(assessment, "IT5a", 2, evidence_links=f"{CHARTER}/\n{MINUTES}")
    upload(assessment, organiser, "CR1a")
    submit_assessment(assessment=assessment, user=organiser)
    process = assessment.process
    later = start_assessment(process=process, user=organiser, question_set=assessment.question_set)
    builders.answer(later, "IT1a", 3, evidence_links=CHARTER)
    rounds = [assessment, later]
    with django_assert_num_queries(3):  # type: ignore[operator]
        uses = uses_in(process, rounds)
    found = [(use.assessment, use.item.code, use.alone) for use in uses[document_key(CHARTER)]]
    assert found == [(assessment, "IT1a", True), (assessment, "IT5a", False), (later, "IT1a", True)]
    assert uses[document_key(CHARTER)][0].sentence == "Article 4 names all."
    entry = EvidenceEntry.objects.get()
    assert [use.item.code for use in uses_of(entry, uses)] == ["CR1a"]
    entry.former_keys = [document_key(MINUTES)]
    assert [use.item.code for use in uses_of(entry, uses)] == ["CR1a", "IT5a"]
