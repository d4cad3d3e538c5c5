"""Out and in again: the same content is the same file, to the byte, whatever is in it and whichever way it went."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attributes.documents.canonical import canonical
from attributes.documents.documents import checked
from attributes.editor.services import drafts
from attributes.exchange.reading import read_document
from attributes.exporting import document_of, to_json, to_yaml
from attributes.loading import digest, store_spec
from attributes.models import Draft
from attributes.schema import QuestionSetSpec
from tests import builders
from tests.attributes.exchange import generated
from tests.examples import examples


def shuffled(value: Any) -> Any:
    """The same content with the keys of every map the other way round, as a database may give them back."""
    if isinstance(value, dict):
        return {key: shuffled(entry) for key, entry in reversed(value.items())}
    return [shuffled(one) for one in value] if isinstance(value, list) else value


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(generated.question_sets())
def test_made_up_set_survives_both_formats(document: dict[str, Any]) -> None:
    spec = QuestionSetSpec.model_validate(document)
    for write in (to_yaml, to_json):
        file = write(document)
        read = read_document(file.encode())
        assert digest(QuestionSetSpec.model_validate(read)) == digest(spec)
        assert write(read) == file
        assert write(shuffled(document)) == file
    assert read_document(to_yaml(document).encode()) == read_document(to_json(document).encode())


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(generated.drafts())
def test_incomplete_draft_survives_both_formats(document: dict[str, Any]) -> None:
    for write in (to_yaml, to_json):
        file = write(document)
        read = read_document(file.encode())
        assert read == canonical(document)
        assert write(read) == file


@settings(max_examples=examples(200))
@given(generated.WORDS)
def test_any_text_means_the_same_to_every_reader_of_yaml(words: str) -> None:
    file = to_yaml({"slug": "s", "languages": ["en"], "title": {"en": words}})
    assert yaml.safe_load(file)["title"] == {"en": words}
    assert read_document(file.encode())["title"] == {"en": words}
    assert all(len(line) <= 120 or " " not in line.strip()[5:] for line in file.splitlines())


@pytest.mark.django_db
@settings(
    max_examples=examples(8),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(document=generated.question_sets(), number=st.uuids())
def test_made_up_set_survives_the_database(document: dict[str, Any], number: Any) -> None:
    document["slug"] = f"made-up-{number.hex}"
    file = to_yaml(document)
    stored, _created = store_spec(QuestionSetSpec.model_validate(document))
    stored.refresh_from_db()
    assert to_yaml(document_of(stored)) == file
    draft = drafts.start_draft(user=builders.user(), base=stored)
    assert to_yaml(Draft.objects.get(pk=draft.pk).content) == file
    assert to_json(Draft.objects.get(pk=draft.pk).content) == to_json(document)


@pytest.mark.django_db
def test_shipped_set_survives() -> None:
    stored = builders.question_set()
    for file in (to_yaml(document_of(stored)), to_json(document_of(stored))):
        assert digest(QuestionSetSpec.model_validate(read_document(file.encode()))) == stored.digest
    assert digest(checked(document_of(stored))) == stored.digest


def test_what_is_at_its_default_is_left_out_and_texts_follow_the_languages(small: dict[str, Any]) -> None:
    small["languages"] = ["fr", "en"]
    small["experimental"] = False
    small["goals"] = []
    small["summary"] = {"fr": ""}
    item = small["attributes"][0]["questions"][0]["items"][0]
    item |= {"revision": 1, "audience": "both", "note": {}}
    found = json.loads(to_json(shuffled(small)))
    assert list(found) == [
        "format", "slug", "version", "languages", "title", "credit", "resource_default", "process_default",
        "source", "scale", "attributes", "criteria", "components", "crosswalk", "contradictions",
    ]  # fmt: skip
    assert list(found["title"]) == ["fr", "en"]
    assert list(found["attributes"][0]["questions"][0]["items"][0]) == [
        "code", "kind", "short", "text", "participant_text", "participant_note", "reading", "shows", "scored",
        "critical", "why_critical", "anchors", "examples", "evidence_prompts", "evidence_sentence",
        "show_it", "blind_spot",
        "recommendations",
    ]  # fmt: skip


def test_yaml_is_written_for_people_to_read() -> None:
    document = {
        "format": 1,
        "slug": "s",
        "languages": ["en", "no"],
        "title": {"no": "Nei", "en": "word " * 40 + "end"},
        "scale": [{"value": 0, "letter": "N", "label": {"en": 'a "b"\n# c'}}],
        "attributes": [],
    }
    assert to_yaml(document).partition("\n\n")[2] == (
        "format: 1\n"
        'slug: "s"\n'
        'languages: ["en", "no"]\n'
        "title:\n"
        f'  en: "{("word " * 20).strip()}\n'
        f'    {"word " * 20}end"\n'
        '  "no": "Nei"\n'
        "scale:\n"
        "  - value: 0\n"
        '    letter: "N"\n'
        "    label:\n"
        '      en: "a \\"b\\"\\n# c"\n'
        "attributes: []\n"
    )
