"""A document is entered once and ticked where it applies; what is typed, ticked and chosen is what is stored."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessments.answering.services.evidence import add_evidence_file
from assessments.models import Answer, Assessment, EvidenceEntry, EvidenceFile
from assessments.web_addresses import with_scheme
from msgov.accounts.models import User
from tests import builders
from tests.builders.question_pages import address, autosave, form_of, send

pytestmark = pytest.mark.django_db
CHARTER, MINUTES = "https://example.org/charter", "https://example.org/minutes"


@pytest.fixture
def charter(as_organiser: Client, assessment: Assessment) -> EvidenceEntry:
    """The charter, given for another question and described since."""
    form = form_of(as_organiser, assessment, "IT5")
    form.fields["IT5a-links"] = CHARTER
    send(as_organiser, form)
    EvidenceEntry.objects.update(title="Charter of the <forum>", day="2024-03-01")
    return EvidenceEntry.objects.get()


@pytest.fixture
def scan(assessment: Assessment, organiser: User) -> EvidenceEntry:
    """A file, given for another question."""
    upload = SimpleUploadedFile("scan.pdf", b"%PDF-1.7\n%rest")
    add_evidence_file(assessment=assessment, user=organiser, item=builders.items().items["IT5a"], upload=upload)
    return EvidenceEntry.objects.get(name="scan.pdf")


def links(code: str) -> list[str]:
    return Answer.objects.get(item__code=code).evidence_links.split("\n")


def test_document_of_the_register_is_chosen_by_its_title(
    as_organiser: Client, assessment: Assessment, charter: EvidenceEntry
) -> None:
    html = as_organiser.get(address(assessment, "IT1")).content.decode()
    assert re.search(rf'<option value="{CHARTER}"\s*>\s*Charter of the &lt;forum&gt; \(2024-03-01\)', html)
    form = form_of(as_organiser, assessment, "IT1")
    form.fields |= {"IT1a-answer": "2", "IT1a-entry": CHARTER, "IT1a-links": MINUTES}
    send(as_organiser, form)
    assert links("IT1a") == [CHARTER, MINUTES]
    form = form_of(as_organiser, assessment, "IT1")
    assert form.fields["IT1a-use"] == [CHARTER, MINUTES]
    assert form.fields["IT1a-links"] == ""
    html = as_organiser.get(address(assessment, "IT1")).content.decode()
    assert "Charter of the &lt;forum&gt;</bdi></label>" in html
    # Nothing is left that could be added.
    assert "IT1a-entry" not in html


def test_what_is_not_ticked_any_more_is_taken_off(
    as_organiser: Client, assessment: Assessment, charter: EvidenceEntry
) -> None:
    form = form_of(as_organiser, assessment, "IT5")
    form.fields["IT5a-links"] = MINUTES
    send(as_organiser, form)
    form = form_of(as_organiser, assessment, "IT5")
    before = Answer.objects.get().version
    autosave(as_organiser, form)
    assert Answer.objects.get().version == before  # nothing was changed
    form.fields["IT5a-use"] = MINUTES
    autosave(as_organiser, form)
    assert links("IT5a") == [MINUTES]
    form.fields["IT5a-use"] = [CHARTER, MINUTES]  # ticked again on the same page
    autosave(as_organiser, form)
    assert set(links("IT5a")) == {CHARTER, MINUTES}


def test_choice_on_an_open_page_is_stored_and_may_be_changed(
    as_organiser: Client, assessment: Assessment, charter: EvidenceEntry, scan: EvidenceEntry
) -> None:
    form = form_of(as_organiser, assessment, "IT1")
    form.fields |= {"IT1a-answer": "3", "IT1a-evidence": "Article 4 names everybody.", "IT1a-entry": CHARTER}
    autosave(as_organiser, form)
    autosave(as_organiser, form)
    assert links("IT1a") == [CHARTER]
    form.fields["IT1a-entry"] = f"file:{scan.code}"
    saved = autosave(as_organiser, form).content.decode()
    answer = Answer.objects.get(item__code="IT1a")
    assert answer.evidence_links == ""
    given = EvidenceFile.objects.get(item=answer.item)
    assert (given.file.name, given.name) == (scan.file.name, "scan.pdf")
    assert form.fields["IT1a-version"] == str(answer.version)
    assert "counts as L (67 of 100) until a second person has opened the evidence." in saved
    autosave(as_organiser, form)
    assert EvidenceFile.objects.filter(item=answer.item).count() == 1
    last = answer.history.latest("version")
    assert (last.reason, last.detail) == ("file_added", "scan.pdf")


def test_file_of_another_process_cannot_be_chosen(
    as_organiser: Client, assessment: Assessment, organiser: User, scan: EvidenceEntry
) -> None:
    other = builders.assessment(builders.process(organiser=organiser))
    form = form_of(as_organiser, other, "IT1")
    form.fields |= {"IT1a-answer": "2", "IT1a-entry": f"file:{scan.code}"}
    assert send(as_organiser, form).status_code == 302
    assert not EvidenceFile.objects.filter(response__assessment=other).exists()


def test_choosing_between_two_versions_keeps_every_tick(
    as_organiser: Client, client: Client, assessment: Assessment, charter: EvidenceEntry
) -> None:
    form = form_of(as_organiser, assessment, "IT1")
    form.fields |= {"IT1a-answer": "2", "IT1a-entry": CHARTER, "IT1a-links": MINUTES}
    send(as_organiser, form)
    mine, theirs = form_of(as_organiser, assessment, "IT1"), form_of(as_organiser, assessment, "IT1")
    theirs.fields |= {"IT1a-answer": "1", "page": "0" * 16}
    send(as_organiser, theirs)
    mine.fields["IT1a-answer"] = "3"
    clash = send(as_organiser, mine)
    assert clash.status_code == 409
    carried = re.findall(r'<textarea name="IT1a-use"[^>]*>\s*([^<]*?)\s*</textarea>', clash.content.decode())
    assert carried == [CHARTER, MINUTES]


def test_lines_that_were_typed_are_ticked_and_those_of_no_address_taken_away_by_their_tick(
    as_organiser: Client, assessment: Assessment
) -> None:
    form = form_of(as_organiser, assessment, "IT1")
    form.fields |= {"IT1a-links": f"binder 3\n{MINUTES}\nforum.example/minutes"}
    send(as_organiser, form)
    again = form_of(as_organiser, assessment, "IT1")
    assert again.fields["IT1a-links"] == ""
    assert again.fields["IT1a-use"] == ["binder 3", MINUTES, "https://forum.example/minutes"]
    again.fields |= {"IT1a-use": [MINUTES, "https://forum.example/minutes"], "IT1a-links": CHARTER}
    send(as_organiser, again)
    assert set(links("IT1a")) == {MINUTES, "https://forum.example/minutes", CHARTER}


@pytest.mark.alike
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("forum.example/minutes", "https://forum.example/minutes"),
        ("www.example.org", "https://www.example.org"),
        ("example.org:8000/", "https://example.org:8000/"),
        ("minutes.pdf", "minutes.pdf"),
        ("Binder 3, p. 4/5", "Binder 3, p. 4/5"),
        ("http://example.org/", "http://example.org/"),
        ("ftp://example.org/a", "ftp://example.org/a"),
        ("mailto:a@example.org/x", "mailto:a@example.org/x"),
    ],
)
def test_https_is_put_before_what_an_address_bar_shows(typed: str, meant: str) -> None:
    assert with_scheme(typed) == meant


def test_class_is_asked_for_where_something_is_given(
    as_organiser: Client, assessment: Assessment, charter: EvidenceEntry
) -> None:
    assert "IT1a-class" not in form_of(as_organiser, assessment, "IT1").fields
    form = form_of(as_organiser, assessment, "IT5")
    form.fields["IT5a-class"] = "E1"
    send(as_organiser, form)
    assert Answer.objects.get().evidence_class == "E1"
    assert "IT5b-class" not in form_of(as_organiser, assessment, "IT5").fields


def test_no_page_has_more_controls_for_evidence_than_it_needs(as_organiser: Client, assessment: Assessment) -> None:
    """Sentence, links, file and comment; who made it only where stakeholders have the first word."""
    names = set(form_of(as_organiser, assessment, "IT5").fields)
    assert {name for name in names if name.startswith("IT5a-")} - {"IT5a-answer", "IT5a-version"} == {
        "IT5a-evidence",
        "IT5a-links",
        "IT5a-comment",
    }
