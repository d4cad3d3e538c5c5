"""Published question sets do not change, whichever way one tries: both models, every way to write."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from attributes.exceptions import PublishedQuestionSetError
from attributes.exporting import plain
from attributes.loading import store_spec
from attributes.models import Draft, DraftNote, DraftStep, Item, QuestionSet, VersionStatus
from attributes.models.base import WrittenOnce, WrittenOnceQuerySet
from attributes.schema import QuestionSetSpec

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_site")]

# Of each model a field that decides what people read, and another value for it.
CHANGES: dict[type[Any], dict[str, Any]] = {QuestionSet: {"document": {"format": 2}}, Item: {"revision": 9}}

Way = Callable[[Any, Any, dict[str, Any]], Any]
WAYS: dict[str, Way] = {
    "save": lambda model, row, change: row.save(),
    "save with update_fields": lambda model, row, change: row.save(update_fields=list(change)),
    "save as something new": lambda model, row, change: copy_of(row).save(),
    "delete": lambda model, row, change: row.delete(),
    "update": lambda model, row, change: model.objects.filter(pk=row.pk).update(**change),
    "update of all": lambda model, row, change: model.objects.update(**change),
    "update through the base manager": lambda model, row, change: model._base_manager.update(**change),
    "delete of a queryset": lambda model, row, change: model.objects.filter(pk=row.pk).delete(),
    "delete of all": lambda model, row, change: model.objects.all().delete(),
    "delete through the base manager": lambda model, row, change: model._base_manager.filter(pk=row.pk).delete(),
    "raw delete": lambda model, row, change: model.objects.filter(pk=row.pk)._raw_delete("default"),
    "create": lambda model, row, change: model.objects.create(**fields_of(copy_of(row))),
    "update_or_create": lambda model, row, change: model.objects.update_or_create(pk=row.pk, defaults=change),
    "bulk_create": lambda model, row, change: model.objects.bulk_create([copy_of(row)]),
    "overwriting bulk_create": lambda model, row, change: model.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["pk"], update_fields=list(change)
    ),
    "bulk_update": lambda model, row, change: model.objects.bulk_update([row], list(change)),
}


def copy_of(row: Any) -> Any:
    """The same as a new row; what has to be unique is free, or the database would refuse it before we do."""
    row.pk, row._state.adding = None, True
    for name, free in {"version": "9.9.9", "code": "X9"}.items():
        if hasattr(row, name):
            setattr(row, name, free)
    return row


def fields_of(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def stored(model: Any) -> list[dict[str, Any]]:
    return list(model.objects.order_by("pk").values())


def test_every_model_is_covered() -> None:
    written_once = set(apps.get_app_config("attributes").get_models()) - {Draft, DraftNote, DraftStep}
    assert written_once == set(CHANGES)
    for model in CHANGES:
        assert issubclass(model, WrittenOnce)
        for manager in (model._default_manager, model._base_manager):
            assert isinstance(manager.all(), WrittenOnceQuerySet)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", CHANGES)
def test_published_and_retired_rows_are_refused(model: Any, way: str, published: QuestionSet) -> None:
    for status in (VersionStatus.PUBLISHED, VersionStatus.RETIRED):
        if status == VersionStatus.RETIRED:
            published.retire()
        before = stored(model)
        row = model.objects.order_by("pk")[0]
        for name, value in CHANGES[model].items():
            setattr(row, name, value)
        with pytest.raises(PublishedQuestionSetError):
            WAYS[way](model, row, CHANGES[model])
        assert stored(model) == before
        assert QuestionSet.objects.get().status == status


def test_related_managers_refuse_as_well(published: QuestionSet, small: dict[str, Any]) -> None:
    other = store_spec(QuestionSetSpec.model_validate({**small, "version": "1.0.1"}))[0]
    before = stored(Item)
    ways: list[Callable[[], Any]] = [
        lambda: published.items.add(Item(code="X9", kind="rating", position=9), bulk=False),
        lambda: published.items.add(*other.items.all()),
        lambda: published.items.set(other.items.all()),
        lambda: published.items.create(code="X9", kind="rating", position=9),
        lambda: published.items.bulk_create([Item(question_set=published, code="X9", kind="rating", position=9)]),
        lambda: published.items.update(revision=9),
        lambda: published.items.all().delete(),
    ]
    for way in ways:
        with pytest.raises(PublishedQuestionSetError), transaction.atomic():
            way()
    assert stored(Item) == before


def test_nothing_is_moved_into_another_version(published: QuestionSet, small: dict[str, Any]) -> None:
    other = store_spec(QuestionSetSpec.model_validate({**small, "version": "1.0.1"}))[0]
    item = other.items.get(code="A1a")
    for target in ({"question_set": published}, {"question_set_id": published.pk}):
        with pytest.raises(PublishedQuestionSetError):
            Item.objects.filter(pk=item.pk).update(**target)
    item.question_set = published
    with pytest.raises(PublishedQuestionSetError):
        item.save()
    with pytest.raises(PublishedQuestionSetError):
        Item.objects.bulk_update([item], ["question_set"])
    item.refresh_from_db()
    assert item.question_set == other


def test_publishing_overwrites_nothing(published: QuestionSet, small_spec: QuestionSetSpec) -> None:
    sets, items = stored(QuestionSet), stored(Item)
    document = plain(small_spec)
    for again in (document, {**document, "version": "1.0.1"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            QuestionSet.objects.publish(again, pk=published.pk, digest="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionSet.objects.publish(document, digest="0" * 64)
    assert (stored(QuestionSet), stored(Item)) == (sets, items)


def test_a_published_set_can_only_be_retired(published: QuestionSet) -> None:
    for change in (
        {"status": "draft"},
        {"status": VersionStatus.RETIRED, "version": "9.9.9"},
        {"status": VersionStatus.PUBLISHED},
    ):
        with pytest.raises(PublishedQuestionSetError):
            QuestionSet.objects.update(**change)
    published.version = "9.9.9"
    published.retire()
    assert published.status == VersionStatus.RETIRED
    published.status = VersionStatus.PUBLISHED
    with pytest.raises(PublishedQuestionSetError):
        published.save()
    with pytest.raises(PublishedQuestionSetError):
        QuestionSet.objects.update(status=VersionStatus.PUBLISHED)
    published.refresh_from_db()
    assert (published.status, published.version) == (VersionStatus.RETIRED, "1.0.0")


def test_many_are_retired_at_once(published: QuestionSet, small: dict[str, Any]) -> None:
    other = store_spec(QuestionSetSpec.model_validate({**small, "version": "1.0.1"}))[0]
    other.retire()
    assert QuestionSet.objects.update(status=VersionStatus.RETIRED) == 1
    assert set(QuestionSet.objects.values_list("status", flat=True)) == {"retired"}


def test_latest_versions(published: QuestionSet, small: dict[str, Any]) -> None:
    newer = store_spec(QuestionSetSpec.model_validate({**small, "version": "1.1.0"}))[0]
    other = store_spec(QuestionSetSpec.model_validate({**small, "slug": "another"}))[0]
    assert QuestionSet.objects.latest_versions() == [other, newer]
    newer.retire()
    assert QuestionSet.objects.latest_versions() == [other, published]
    assert QuestionSet.objects.newest_first() == [other, newer, published]


def test_the_highest_version_is_the_latest_whenever_it_was_published(
    published: QuestionSet, small_spec: QuestionSetSpec
) -> None:
    stored = {
        version: QuestionSet.objects.publish({**plain(small_spec), "version": version}, digest="0" * 64)
        for version in ("2.0.0", "1.10.0", "1.9.0", "1.0.1")
    }
    assert QuestionSet.objects.latest_versions() == [stored["2.0.0"]]
    assert [row.version for row in QuestionSet.objects.newest_first()] == ["2.0.0", "1.10.0", "1.9.0", "1.0.1", "1.0.0"]
    stored["2.0.0"].retire()
    assert QuestionSet.objects.latest_versions() == [stored["1.10.0"]]


def test_the_default_set_comes_first_and_experimental_ones_last(
    published: QuestionSet, small: dict[str, Any], settings: Any
) -> None:
    for slug, experimental in (("aaa", True), ("bbb", False), ("zzz", False)):
        store_spec(QuestionSetSpec.model_validate({**small, "slug": slug, "experimental": experimental}))
    assert [row.slug for row in QuestionSet.objects.latest_versions()] == ["bbb", "small", "zzz", "aaa"]
    settings.DEFAULT_QUESTION_SET = "zzz"
    assert [row.slug for row in QuestionSet.objects.latest_versions()] == ["zzz", "bbb", "small", "aaa"]
