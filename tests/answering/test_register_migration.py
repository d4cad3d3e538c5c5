"""What answers named before there was a register is in it: each document once for a process, nothing lost."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from assessments.answers.register import uses_in, uses_of
from assessments.models import AnswerVersion, EvidenceEntry, EvidenceFile, document_key
from assessments.web_addresses import is_web_address
from tests import builders

migration = import_module("assessments.migrations.0018_evidence_register")
CHARTER = "https://example.org/charter"


def run() -> None:
    EvidenceEntry.objects.all().delete()
    # Not entered: SQLite's editor refuses to work inside of a transaction.
    migration.enter_documents(apps, connection.schema_editor(collect_sql=True))


@pytest.mark.django_db
def test_every_document_is_entered_once_and_found_from_every_answer() -> None:
    ada, bob = builders.user(), builders.user()
    process = builders.process(organiser=ada)
    first, second = builders.assessment(process), builders.assessment(process)
    one = builders.answer(first, "IT1a", 2, evidence_links=f"{CHARTER}\nBinder 3")
    two = builders.answer(second, "IT5a", 2, evidence_links="http://example.org/charter/")
    gone = builders.answer(second, "IT1a", 2, evidence_links="")
    elsewhere = builders.answer(builders.assessment(builders.process(organiser=bob)), "IT1a", 2, evidence_links=CHARTER)
    AnswerVersion.objects.all().delete()
    for answer, links, user, day in (
        (gone, "https://example.org/gone", ada, 1),  # named by no answer any more
        (two, "http://example.org/charter/", bob, 2),
        (one, one.evidence_links, ada, 3),
    ):
        at = datetime(2025, 3, day, tzinfo=UTC)
        AnswerVersion.objects.create(answer=answer, evidence_links=links, user=user, at=at)
    for answer, name, sha in ((one, "a.pdf", "1" * 64), (two, "b.pdf", "1" * 64), (two, "c.pdf", "2" * 64)):
        EvidenceFile.objects.create(
            response=answer.response, item=answer.item, name=name, file=name, size=1, sha256=sha, uploaded_by=bob
        )
    EvidenceFile.objects.filter(name="c.pdf").update(removed_at=datetime(2025, 4, 1, tzinfo=UTC))

    run()

    found = [(e.kind, e.reference, e.label, e.added_by) for e in EvidenceEntry.objects.filter(process=process)]
    assert sorted(found, key=str) == sorted(
        [
            ("link", "http://example.org/charter/", "http://example.org/charter/", bob),
            ("inside", "Binder 3", "Binder 3", ada),
            ("file", f"sha256:{'1' * 64}", "a.pdf", bob),
            ("file", f"sha256:{'2' * 64}", "c.pdf", bob),
        ],
        key=str,
    )
    assert EvidenceEntry.objects.get(address=CHARTER).process == elsewhere.response.assessment.process
    uses = uses_in(process, [first, second])
    charter = EvidenceEntry.objects.get(process=process, key=document_key(CHARTER))
    assert [(use.assessment, use.item.code) for use in uses_of(charter, uses)] == [(first, "IT1a"), (second, "IT5a")]
    assert {entry.key for entry in EvidenceEntry.objects.filter(process=process)} >= uses.keys()


@pytest.mark.parametrize(
    "line",
    [
        CHARTER,
        "HTTP://Example.org:80/a/?b=1#c",
        "http://[::1]:8080/x",
        "mailto:a@b.c",
        "Binder 3",
        "http://a:b/",
        "//x/y",
    ],
)
def test_the_migration_names_documents_as_the_register_does(line: str) -> None:
    assert migration.key_of(line) == document_key(line)
    assert migration.is_web_address(line) == is_web_address(line)
