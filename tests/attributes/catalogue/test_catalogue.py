"""The catalogue gives what was stored, in order, from a constant number of queries, and caches what cannot change."""

import copy
from fractions import Fraction
from typing import Any
from unittest import mock

import pytest
from pydantic import BaseModel
from pytest_django import DjangoAssertNumQueries

from attributes.catalogue import published as catalogues
from attributes.catalogue.published import catalogue_of, latest_catalogue
from attributes.exporting import document_of
from attributes.kinds import Audience, Kind, Trigger
from attributes.loading import store_spec
from attributes.memory import MemoryCache
from attributes.models import Item, QuestionSet
from attributes.schema import QuestionSetSpec

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_site")]


@pytest.fixture(autouse=True)
def _empty_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "_cache", MemoryCache(catalogues.MAX_CACHED))


def test_content_is_that_of_the_file(published: QuestionSet, small: dict[str, Any]) -> None:
    found = catalogue_of(published)
    assert (found.id, found.slug, found.version, found.digest) == (published.pk, "small", "1.0.0", published.digest)
    assert found.title == small["title"]
    assert found.resource_default == small["resource_default"]
    assert found.languages == ("en", "fr")
    assert found.source["publisher"] == "Press"
    assert [level.letter for level in found.scale] == ["N", "F"]
    assert [attribute.code for attribute in found.attributes] == ["A", "B"]
    assert [question.code for question in found.questions] == ["A1", "A2", "B1"]
    assert list(found.items) == ["A1a", "A1b", "A2a", "B1a"]
    assert found.attribute("A").quotations[0].text == {"en": "Quoted"}
    assert found.question("B1").attribute_code == "B"
    assert found.criteria[0].help == {"en": "Think"}
    assert found.goals[0].code == "G1"
    assert found.components[0].note == {"en": "Note"}
    assert found.crosswalk[0].item_codes == ("A1a", "B1a")


def test_items(published: QuestionSet) -> None:
    items = catalogue_of(published).items
    rating, checklist, yes_no = items["A1a"], items["A1b"], items["B1a"]
    assert rating.pk == Item.objects.get(code="A1a").pk
    assert (rating.kind, rating.critical, rating.audience) == (Kind.RATING, True, Audience.BOTH)
    assert rating.anchors == ({"en": "no"}, {"en": "yes"})
    assert rating.evidence_prompts == ({"en": "A list"},)
    assert rating.recommendations[0].trigger is Trigger.NOT_OR_PARTIALLY
    assert [option.key for option in checklist.options] == ["here", "there"]
    assert [(state.key, state.credit) for state in checklist.states] == [
        ("yes", Fraction(1)),
        ("partly", Fraction(1, 2)),
        ("no", Fraction(0)),
    ]
    assert (checklist.question_code, checklist.attribute_code, checklist.other_allowed) == ("A1", "A", True)
    assert (yes_no.revision, yes_no.audience, yes_no.options) == (2, Audience.ORGANISER, ())


def test_neighbours(published: QuestionSet) -> None:
    found = catalogue_of(published)
    assert found.neighbours("A1") == (None, found.question("A2"))
    assert found.neighbours("A2") == (found.question("A1"), found.question("B1"))
    assert found.neighbours("B1") == (found.question("A2"), None)


def test_unknown_codes(published: QuestionSet) -> None:
    found = catalogue_of(published)
    for look_up in (found.question, found.attribute, found.neighbours):
        with pytest.raises(KeyError):
            look_up("Z9")


def test_number_of_queries_does_not_depend_on_the_size(
    published: QuestionSet, shipped: QuestionSet, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for question_set in (published, shipped):
        row = QuestionSet.objects.get(pk=question_set.pk)
        with django_assert_num_queries(2):
            catalogue_of(row)


def test_published_sets_are_cached(published: QuestionSet, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = catalogue_of(published)
    again = QuestionSet.objects.get(pk=published.pk)
    with django_assert_num_queries(0):
        assert catalogue_of(published) is first
        assert catalogue_of(again) is first


def test_what_was_checked_when_it_was_stored_is_not_checked_on_reading(published: QuestionSet) -> None:
    with (
        mock.patch.object(BaseModel, "__init__", side_effect=AssertionError),
        mock.patch.object(BaseModel, "model_validate", side_effect=AssertionError),
    ):
        assert list(catalogue_of(QuestionSet.objects.get(pk=published.pk)).items) == ["A1a", "A1b", "A2a", "B1a"]
        assert document_of(published)["slug"] == "small"


def test_a_document_taken_to_be_changed_leaves_the_version_alone(published: QuestionSet) -> None:
    def spoil(value: object) -> None:
        for entry in list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []:
            spoil(entry)
        if isinstance(value, dict | list):
            value.clear()

    before = copy.deepcopy(published.document)
    found = catalogue_of(published)
    spoil(document_of(published))
    assert published.document == before
    assert found.items["A1a"].anchors == ({"en": "no"}, {"en": "yes"})


def test_retiring_shows(published: QuestionSet) -> None:
    assert catalogue_of(published).status == "published"
    published.retire()
    assert catalogue_of(published).status == "retired"


def test_the_cache_stays_small(published: QuestionSet, shipped: QuestionSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "_cache", MemoryCache(1))
    catalogue_of(published)
    catalogue_of(shipped)
    assert len(catalogues._cache) == 1


def test_latest(published: QuestionSet, small: dict[str, Any]) -> None:
    newer = store_spec(QuestionSetSpec.model_validate({**small, "version": "1.1.0"}))[0]
    store_spec(QuestionSetSpec.model_validate({**small, "slug": "zebra"}))
    for found in (latest_catalogue(), latest_catalogue("small")):
        assert found is not None
        assert found.id == newer.pk
    assert latest_catalogue("none") is None
