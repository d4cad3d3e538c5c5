"""What the evidence register says of the documents of an archive comes along; older archives fill a register too."""

from datetime import UTC, date, datetime

import pytest

from assessments.archive.reading import ArchiveError, read_archive
from assessments.archive.services import export_archive, import_archive
from assessments.archive.writing import archive_bytes
from assessments.models import EntryCheck, EvidenceEntry
from assessments.vocabulary import EntrySource
from tests.archive.given import as_json, filled, import_json

pytestmark = pytest.mark.django_db
LIST = "https://example.org/list"
AT = datetime(2025, 3, 1, 10, tzinfo=UTC)


def test_what_the_register_says_comes_along_and_goes_out_again() -> None:
    # Imported once, so that every document has an entry.
    assessment = import_json(as_json(filled(submitted=True)))
    process = assessment.process
    assert sorted(entry.label for entry in process.evidence_entries.all()) == [LIST, "minutes.pdf"]
    process.evidence_entries.filter(kind="link").update(
        title="Those who took part", day=date(2024, 5, 2), source=EntrySource.PARTICIPANT, note="Page 2", added_at=AT
    )
    process.evidence_entries.filter(kind="file").update(archived_at=AT, added_at=AT)
    seen = process.evidence_entries.get(kind="link")
    for standing in ("changed", "true"):
        EntryCheck.objects.create(entry=seen, assessment=assessment, standing=standing, at=AT)
    unused = EvidenceEntry.of_line("https://example.org/other-rounds")
    unused.process, unused.title = process, "Only of another round"
    unused.save()
    first = archive_bytes(export_archive(assessment=assessment))
    assert b"Only of another round" not in first
    archive = read_archive(first)
    assert [entry.title for entry in archive.evidence_register] == ["Those who took part", ""]
    copy = import_archive(archive=archive)
    link, file = copy.process.evidence_entries.order_by("kind").reverse()
    assert (link.title, f"{link.day}", link.source, link.note) == (
        "Those who took part", "2024-05-02", "participant", "Page 2"
    )  # fmt: skip
    assert (link.added_at, link.archived_at, file.archived_at) == (AT, None, AT)
    assert copy.process.evidence_entries.count() == 2
    checks = EntryCheck.objects.filter(entry=link, assessment=copy)
    assert [(check.standing, check.at) for check in checks] == [("changed", AT), ("true", AT)]
    assert archive_bytes(export_archive(assessment=copy)) == first


def test_archive_from_before_there_was_a_register_fills_one() -> None:
    archive = as_json(filled(submitted=True))
    assert "evidence_register" not in archive
    copy = import_json(archive)
    assert {entry.kind for entry in copy.process.evidence_entries.all()} == {"link", "file"}
    assert "evidence_register" not in as_json(copy)


@pytest.mark.parametrize(
    ("documents", "problem"),
    [
        (["https://example.org/nowhere"], r"\$\.evidence_register\[0\]\.document: no answer and no file"),
        ([LIST, "http://example.org/list/"], r"\$\.evidence_register\[1\]\.document: is there twice"),
    ],
)
def test_register_that_does_not_fit_is_refused(documents: list[str], problem: str) -> None:
    archive = as_json(filled(submitted=False))
    archive["evidence_register"] = [
        {"document": name, "title": "A", "day": None, "source": "", "note": "", "added_at": "2025-03-01T10:00:00Z"}
        for name in documents
    ]
    with pytest.raises(ArchiveError, match=problem):
        import_json(archive)
    assert not EvidenceEntry.objects.exists()
