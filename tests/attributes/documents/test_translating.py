"""Texts under stable keys, and what a translation was made from."""

import copy
from typing import Any

import pytest

from attributes.documents import documents, operations, translating
from attributes.documents.documents import Address, fingerprint
from attributes.documents.translating import Share, texts_of
from tests.attributes.texts import put_text


def _keys(document: dict[str, Any]) -> list[str]:
    return [entry.key for entry in texts_of(document)]


def test_every_text_map_has_one_key(small: dict[str, Any]) -> None:
    def maps(value: Any) -> list[dict[str, str]]:
        if isinstance(value, dict):
            if "en" in value:
                return [value]
            return [found for entry in value.values() for found in maps(entry)]
        return [found for entry in value for found in maps(entry)] if isinstance(value, list) else []

    entries = texts_of(small)
    assert {id(entry.texts) for entry in entries} == {id(found) for found in maps(small)}
    assert len({entry.key for entry in entries}) == len(entries)


def test_keys_name_rows_by_code_key_and_level(small: dict[str, Any]) -> None:
    assert {
        "set/title",
        "scale/0/label",
        "attribute/A/quotations/0",
        "question/A1/verbatim",
        "item/A1a/anchors/1",
        "item/A1a/examples/0",
        "item/A1a/evidence_prompts/0",
        "item/A1a/recommendations/A1a-R1/basis_quote",
        "item/A1b/options/there/help",
        "item/A1b/states/no/text",
        "criteria/S1/help",
        "goals/G1/text",
        "components/C1/note",
        "crosswalk/0/framework",
        "attribute/A/lead_in",
        "set/process_default",
        "item/A1a/participant_text",
        "item/A1a/reading/recommends",
        "item/A1a/why_critical",
        "item/A1a/evidence_sentence",
        "item/A1a/show_it",
        "item/A1a/blind_spot",
        "item/A1b/states/yes/participant_label",
    } <= set(_keys(small))


def test_words_of_the_source_are_quoted_and_no_others(small: dict[str, Any]) -> None:
    quoted = {entry.key for entry in texts_of(small) if entry.quoted}
    assert {"attribute/A/lead_in", "question/A1/verbatim", "attribute/A/quotations/0", "item/A1a/examples/0"} <= quoted
    assert not {"set/process_default", "set/resource_default", "item/A1a/reading/recommends"} & quoted


def test_paths_lead_to_the_map(small: dict[str, Any]) -> None:
    for entry in texts_of(small):
        value: Any = documents.part(small, entry.address)
        for step in entry.path:
            value = value[step]
        assert value == entry.texts, entry.key


def test_keys_survive_moving(small: dict[str, Any]) -> None:
    before = set(_keys(small))
    operations.move(small, Address("item", "A1a"), 1)
    operations.move(small, Address("attribute", "A"), 1)
    assert set(_keys(small)) == before


def test_required_and_quoted_texts_are_told_apart(small: dict[str, Any]) -> None:
    found = {entry.key: (entry.required, entry.quoted) for entry in texts_of(small)}
    assert found["question/A1/verbatim"] == (True, True)
    assert found["item/A1b/na_condition"] == (False, False)
    assert found["attribute/A/quotations/0"] == (True, True)


def test_words_are_set_replaced_and_taken_out(small: dict[str, Any]) -> None:
    put_text(small, "item/A1a/anchors/1", "fr", "oui")
    assert small["attributes"][0]["questions"][0]["items"][0]["anchors"][1]["text"] == {"en": "yes", "fr": "oui"}
    put_text(small, "item/A1a/anchors/1", "fr", "")
    assert small["attributes"][0]["questions"][0]["items"][0]["anchors"][1]["text"] == {"en": "yes"}


def test_shares_count_by_group(small: dict[str, Any]) -> None:
    found = translating.shares(small, {})
    assert list(found) == ["fr"]
    assert list(found["fr"]) == ["", "set", "A", "B"]
    assert found["fr"]["B"] == Share(total=7, missing=6, changed=0)
    assert found["fr"]["B"].percent == 14
    assert found["fr"][""].done == 5


def test_translation_is_changed_once_its_source_is(small: dict[str, Any]) -> None:
    marks = translating.completed_marks(small, {})
    assert marks["fr"]["attribute/B/title"] == fingerprint("Second")
    after = copy.deepcopy(small)
    put_text(after, "attribute/B/title", "en", "Other")
    marks = translating.carried_marks(small, after, marks)
    assert translating.shares(after, marks)["fr"]["B"].changed == 1
    again = copy.deepcopy(after)
    put_text(again, "attribute/B/title", "fr", "Autre")
    marks = translating.carried_marks(after, again, marks)
    assert translating.shares(again, marks)["fr"]["B"].changed == 0


def test_change_of_source_and_translation_at_once_is_current(small: dict[str, Any]) -> None:
    after = copy.deepcopy(small)
    put_text(after, "attribute/B/title", "en", "Other")
    put_text(after, "attribute/B/title", "fr", "Autre")
    assert translating.shares(after, translating.carried_marks(small, after, {}))["fr"]["B"].changed == 0


def test_split_items_keep_what_their_texts_were_made_from(small: dict[str, Any]) -> None:
    put_text(small, "item/A1a/text", "fr", "Soigne-t-on {resource} ?")
    marks = translating.completed_marks(small, {})
    put_text(small, "item/A1a/text", "en", "Is {resource} well cared for?")
    after = copy.deepcopy(small)
    operations.split(after, "A1a", ["A1c", "A1d"])
    marks = translating.carried_marks(small, after, marks)
    changed = [e.key for e in texts_of(after) if translating.state_of(e, "fr", "en", marks) == "changed"]
    assert changed == ["item/A1c/text", "item/A1d/text"]


def test_removed_language_takes_its_texts_along_and_the_source_stays(small: dict[str, Any]) -> None:
    assert translating.remove_language(small, "fr") == 5
    assert small["languages"] == ["en"]
    assert all("fr" not in entry.texts for entry in texts_of(small))
    with pytest.raises(ValueError, match="en"):
        translating.remove_language(small, "en")


def test_incomplete_document_has_the_texts_it_has() -> None:
    document = {"languages": ["en"], "attributes": [{"code": "A", "questions": [{"items": [{"text": {}}]}]}]}
    assert texts_of(document) == []
