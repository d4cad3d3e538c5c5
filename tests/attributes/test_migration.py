"""Versions that were stored as rows of thirteen tables are documents after the migration: the same to the byte."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from attributes.catalogue.published import catalogue_of
from attributes.exporting import document_of, plain, to_json, to_yaml
from attributes.loading import digest
from attributes.models import Item, QuestionSet
from attributes.schema import QuestionSetSpec
from tests import builders
from tests.builders.databases import empty_database, older_migrations

ROWS, DOCUMENTS = "0002_drafts_and_provenance", "0005_drop_rows"
AROUND = {"criteria": "Criterion", "goals": "Goal", "components": "Component", "crosswalk": "CrosswalkPrinciple"}
PARTS = {"options": "Option", "states": "OptionState", "recommendations": "Recommendation"}

# What the format got when there were no rows any more.
LATER = frozenset({
    "process_default", "contradictions", "lead_in", "participant_text", "participant_note", "participant_label",
    "not_for", "reading", "why_critical", "derived_from", "evidence_sentence", "show_it", "blind_spot", "quick_check",
    "short_form", "shows", "examples", "basis_case",
})  # fmt: skip


def as_it_was(spec: QuestionSetSpec) -> QuestionSetSpec:
    """The set without what no row could hold."""
    return QuestionSetSpec.model_validate(without_later(plain(spec)))


def without_later(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_later(entry) for name, entry in value.items() if name not in LATER}
    return [without_later(entry) for entry in value] if isinstance(value, list) else value


@pytest.fixture
def old(db: None, tmp_path: Path, settings: Settings) -> Iterator[None]:
    """A database of its own, with the tables as they were when versions were rows."""
    settings.MIGRATION_MODULES = {}  # a quick run makes its own tables without migrations
    with empty_database(tmp_path):
        migrate(ROWS)
        yield


def migrate(to: str) -> None:
    """Bring question sets to a migration."""
    older_migrations(connection).migrate([("attributes", to)])


def tables() -> set[str]:
    with connection.cursor() as cursor:
        return {name for name in connection.introspection.table_names(cursor) if name.startswith("attributes_")}


def store_as_rows(spec: QuestionSetSpec, **fields: Any) -> dict[str, int]:
    """Store a version the way it was stored before; returns its items."""
    apps = older_migrations(connection).loader.project_state([("attributes", ROWS)]).apps

    def create(model: str, rows: list[dict[str, Any]], **parent: Any) -> list[Any]:
        kind = apps.get_model("attributes", model)
        return [kind.objects.create(position=n, **row, **parent) for n, row in enumerate(rows, start=1)]

    head = without_later(spec.model_dump(mode="json", exclude={"format", "attributes", *AROUND}))
    head["source"] = {name: value for name, value in head["source"].items() if value is not None}
    fields = {"digest": digest(spec), "status": "published", "published_at": timezone.now()} | fields
    version = apps.get_model("attributes", "QuestionSet").objects.create(**head, **fields)
    content = without_later(spec.model_dump(mode="json"))
    for name, model in AROUND.items():
        create(model, content[name], question_set=version)
    items = {}
    for attribute in content["attributes"]:
        questions = attribute.pop("questions")
        # Positions counted from 1 under each parent.
        (top,) = create("Attribute", [attribute], question_set=version)
        top.position = apps.get_model("attributes", "Attribute").objects.filter(question_set=version).count()
        top.save()
        below = [question.pop("items") for question in questions]
        for question, rows in zip(create("Question", questions, attribute=top), below, strict=True):
            items |= _store_items(apps, create, question, rows)
    return items


def _store_items(apps: Any, create: Any, question: Any, rows: list[dict[str, Any]]) -> dict[str, int]:
    parts = [{name: row.pop(name) for name in (*PARTS, "anchors", "evidence_prompts")} for row in rows]
    items = create("Item", rows, question=question)
    for item, below in zip(items, parts, strict=True):
        for name, model in PARTS.items():
            create(model, below[name], item=item)
        create("EvidencePrompt", [{"text": text} for text in below["evidence_prompts"]], item=item)
        for anchor in below["anchors"]:
            apps.get_model("attributes", "Anchor").objects.create(item=item, **anchor)
    return {item.code: item.pk for item in items}


def test_versions_stored_as_rows_are_the_same_documents(old: None, small_spec: QuestionSetSpec) -> None:
    store_as_rows(small_spec.model_copy(update={"version": "0.9.0"}), status="draft", digest="")
    small_spec = as_it_was(small_spec)
    shipped = map(as_it_was, (builders.shipped_spec(), builders.netmundial_spec()))
    specs = {spec.slug: spec for spec in (small_spec, *shipped)}
    items = {slug: store_as_rows(spec, changelog=f"Of {slug}") for slug, spec in specs.items()}
    assert len(tables()) == 15
    migrate(DOCUMENTS)
    assert tables() == {"attributes_questionset", "attributes_item", "attributes_draft", "attributes_draftstep"}
    found = {row.slug: row for row in QuestionSet.objects.all()}
    assert set(found) == set(specs)  # what was never published could not be used, and is gone
    for slug, spec in specs.items():
        row = found[slug]
        assert row.document == plain(spec)
        assert (row.digest, row.version, row.status) == (digest(spec), spec.version, "published")
        assert (row.title, row.languages, row.experimental) == (spec.title, list(spec.languages), spec.experimental)
        assert row.changelog == f"Of {slug}"
        for write in (to_yaml, to_json):
            assert write(document_of(row)) == write(plain(spec))
        # Answers point at the same items as before, and these stand in the order of the document.
        asked = catalogue_of(row).items
        assert {code: item.pk for code, item in asked.items()} == items[slug]
        in_order = Item.objects.filter(question_set=row).values_list("code", "position")
        assert list(in_order) == [(code, place) for place, code in enumerate(asked, start=1)]


def test_a_version_that_is_not_what_its_digest_says_stops_the_migration(old: None, small_spec: QuestionSetSpec) -> None:
    store_as_rows(small_spec, digest="0" * 64)
    with pytest.raises(RuntimeError, match=r"small 1\.0\.0 is not what was published"):
        migrate(DOCUMENTS)
    assert len(tables()) == 15
