"""Items in the words for participants."""

from typing import Any

import pytest

from attributes.catalogue.published import catalogue_of, for_participants
from attributes.catalogue.types import CatalogueSet
from attributes.loading import store_spec
from attributes.schema import QuestionSetSpec
from attributes.texts import with_name_apart, with_process

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(small: dict[str, Any]) -> CatalogueSet:
    stored, _new = store_spec(QuestionSetSpec.model_validate(small))
    return catalogue_of(stored)


def test_the_process_is_named_and_the_resource_left_to_the_page(catalogue: CatalogueSet) -> None:
    item = for_participants(catalogue.items["A1a"], catalogue, "Forum")
    assert item.text == {"en": "Does Forum care for {resource}?", "fr": "Et Forum ?"}
    assert item.note == {"en": "As you see it."}
    assert item.anchors == catalogue.items["A1a"].anchors
    # Nobody's words are taken for a placeholder.
    assert for_participants(catalogue.items["A1a"], catalogue, "{process}").text["fr"] == "Et {process} ?"


def test_without_a_process_it_is_this_process_in_the_language_of_each_text(catalogue: CatalogueSet) -> None:
    item = for_participants(catalogue.items["A1a"], catalogue)
    assert item.text == {"en": "Does this process care for {resource}?", "fr": "Et ce processus ?"}


def test_answers_have_words_of_their_own_where_there_are_any(catalogue: CatalogueSet) -> None:
    yes, partly, no = for_participants(catalogue.items["A1b"], catalogue, "Forum").states
    assert (yes.key, yes.label, yes.text) == ("yes", {"en": "yes, here"}, {"en": "I saw it in Forum."})
    assert (partly.label, no.text) == ({"en": "partly"}, {"en": "nowhere"})


def test_an_item_without_words_of_its_own_stays_as_it_is(catalogue: CatalogueSet) -> None:
    assert for_participants(catalogue.items["A2a"], catalogue, "Forum") == catalogue.items["A2a"]


def test_a_name_of_the_other_direction_is_kept_apart() -> None:
    assert with_process({"en": "Is {process} open?"}, "المنتدى") == {"en": "Is \u2068المنتدى\u2069 open?"}
    assert with_process({"ar": "{process}?"}, "المنتدى") == {"ar": "المنتدى?"}


def test_a_name_that_stands_in_a_text_of_a_document_is_kept_apart() -> None:
    assert with_name_apart({"en": "Who cares for النهر?"}, "النهر") == {"en": "Who cares for \u2068النهر\u2069?"}
    assert with_name_apart({"ar": "النهر?"}, "النهر") == {"ar": "النهر?"}
    assert with_name_apart({"en": "Who cares for it?"}, "") == {"en": "Who cares for it?"}
