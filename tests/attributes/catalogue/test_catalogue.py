"""The catalogue gives what was stored, in order, from a constant number of queries, and caches what cannot change."""

from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from attributes.catalogue import published as catalogue
from attributes.kinds import Audience, Kind, Trigger
from attributes.loading import store_spec
from attributes.models import Item, QuestionSet
from attributes.rows import create_rows
from attributes.schema import QuestionSetSpec

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_site")]


@pytest.fixture(autouse=True)
def _empty_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_cache", {})


def test_content_is_that_of_the_file(published: QuestionSet, small: dict[str, Any]) -> None:
    found = catalogue.get(published.pk)
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
    items = catalogue.get(published.pk).items
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
    found = catalogue.get(published.pk)
    assert found.neighbours("A1") == (None, found.question("A2"))
    assert found.neighbours("A2") == (found.question("A1"), found.question("B1"))
    assert found.neighbours("B1") == (found.question("A2"), None)


def test_unknown_codes_and_ids(published: QuestionSet) -> None:
    found = catalogue.get(published.pk)
    for look_up in (found.question, found.attribute, found.neighbours):
        with pytest.raises(KeyError):
            look_up("Z9")
    with pytest.raises(QuestionSet.DoesNotExist):
        catalogue.get(published.pk + 1)


def test_number_of_queries_does_not_depend_on_the_size(published: QuestionSet, shipped: QuestionSet) -> None:
    counts = []
    for question_set in (published, shipped):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            catalogue.get(question_set.pk)
        counts.append(len(queries))
    assert counts == [13, 13]


def test_published_sets_are_cached(published: QuestionSet, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = catalogue.get(published.pk)
    with django_assert_num_queries(1):
        assert catalogue.get(published.pk) is first
    with django_assert_num_queries(0):
        assert catalogue.of(published) is first


def test_drafts_are_read_every_time(small_spec: QuestionSetSpec) -> None:
    draft = create_rows(small_spec, "")
    assert catalogue.get(draft.pk).items["A1a"].critical
    Item.objects.filter(code="A1a").update(critical=False)
    assert not catalogue.get(draft.pk).items["A1a"].critical


def test_retiring_shows(published: QuestionSet) -> None:
    assert catalogue.get(published.pk).status == "published"
    published.retire()
    assert catalogue.get(published.pk).status == "retired"


def test_the_cache_stays_small(published: QuestionSet, shipped: QuestionSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "MAX_CACHED", 1)
    catalogue.of(published)
    catalogue.of(shipped)
    assert len(catalogue._cache) == 1


def test_latest(published: QuestionSet, small: dict[str, Any]) -> None:
    newer = store_spec(QuestionSetSpec.model_validate({**small, "version": "1.1.0"}))[0]
    store_spec(QuestionSetSpec.model_validate({**small, "slug": "zebra"}))
    for found in (catalogue.latest(), catalogue.latest("small")):
        assert found is not None
        assert found.id == newer.pk
    assert catalogue.latest("none") is None
