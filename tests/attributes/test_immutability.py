"""Published question sets do not change, whichever way one tries. Every model, every way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from attributes.exceptions import PublishedQuestionSetError
from attributes.loading import store_spec
from attributes.models import Attribute, Draft, DraftStep, Goal, Item, Question, QuestionSet, Status
from attributes.models.base import FrozenWhenPublished
from attributes.rows import create_rows
from attributes.schema import QuestionSetSpec

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_site")]

# Drafts are what is not frozen yet.
MODELS = [model for model in apps.get_app_config("attributes").get_models() if model not in (Draft, DraftStep)]
ROWS = [model for model in MODELS if model is not QuestionSet]


@pytest.fixture
def draft(small: dict[str, Any]) -> QuestionSet:
    small["version"] = "2.0.0"
    return create_rows(QuestionSetSpec.model_validate(small), "")


def parent_name(model: type[Any]) -> str:
    return str(model.set_path[0])


def first_of(model: type[Any], question_set: QuestionSet) -> Any:
    """A row of the model that belongs to this set."""
    path = "__".join(model.set_path)
    rows = model.objects.filter(**{path: question_set}) if path else model.objects.filter(pk=question_set.pk)
    return rows.order_by("pk")[0]


def copy_of(row: Any) -> Any:
    row.pk = None
    row._state.adding = True
    return row


def some_field(model: type[models.Model]) -> models.Field[Any, Any]:
    """A JSON field, which every model has: changing it means changing what people read."""
    return next(field for field in model._meta.concrete_fields if isinstance(field, models.JSONField))


WAYS: dict[str, Callable[[Any, Any], Any]] = {
    "save": lambda model, row: row.save(),
    "save with update_fields": lambda model, row: row.save(update_fields=[some_field(model).name]),
    "delete": lambda model, row: row.delete(),
    "update": lambda model, row: model.objects.filter(pk=row.pk).update(**{some_field(model).name: {"en": "x"}}),
    "update of all": lambda model, row: model.objects.update(**{some_field(model).name: {"en": "x"}}),
    "delete of a queryset": lambda model, row: model.objects.filter(pk=row.pk).delete(),
    "delete of all": lambda model, row: model.objects.all().delete(),
    "raw delete": lambda model, row: model.objects.filter(pk=row.pk)._raw_delete("default"),
    "bulk_update": lambda model, row: model.objects.bulk_update([row], [some_field(model).name]),
    "base manager": lambda model, row: model._base_manager.filter(pk=row.pk).delete(),
    "update_or_create": lambda model, row: model.objects.update_or_create(
        pk=row.pk, defaults={some_field(model).name: {"en": "x"}}
    ),
    "overwriting bulk_create": lambda model, row: model.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["pk"], update_fields=[some_field(model).name]
    ),
}


def test_every_model_is_covered() -> None:
    assert len(MODELS) == 13
    assert all(issubclass(model, FrozenWhenPublished) for model in MODELS)
    assert all(model._meta.base_manager_name == "objects" for model in MODELS)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.RETIRED])
@pytest.mark.parametrize("model", MODELS)
def test_published_rows_are_refused(model: Any, status: Status, way: str, published: QuestionSet) -> None:
    if status == Status.RETIRED:
        published.retire()
    row = first_of(model, published)
    setattr(row, some_field(model).name, {"en": "changed"})
    with pytest.raises(PublishedQuestionSetError):
        WAYS[way](model, row)
    assert getattr(first_of(model, published), some_field(model).name) != {"en": "changed"}


@pytest.mark.parametrize("model", ROWS)
def test_nothing_is_added_to_a_published_set(model: Any, published: QuestionSet) -> None:
    count = model.objects.count()
    row = first_of(model, published)
    with pytest.raises(PublishedQuestionSetError):
        copy_of(row).save()
    with pytest.raises(PublishedQuestionSetError):
        model.objects.bulk_create([copy_of(row)])
    assert model.objects.count() == count


@pytest.mark.parametrize("model", ROWS)
def test_nothing_is_moved_into_a_published_set(model: Any, published: QuestionSet, draft: QuestionSet) -> None:
    row, target = first_of(model, draft), getattr(first_of(model, published), parent_name(model))
    for name, free in {"code": "X9", "slug": "x9", "key": "x9", "level": 9}.items():
        if hasattr(row, name):  # or the database would refuse the move before we do
            model.objects.filter(pk=row.pk).update(**{name: free})
    row.refresh_from_db()
    with pytest.raises(PublishedQuestionSetError):
        model.objects.filter(pk=row.pk).update(**{parent_name(model): target})
    with pytest.raises(PublishedQuestionSetError):
        model.objects.filter(pk=row.pk).update(**{f"{parent_name(model)}_id": target.pk})
    setattr(row, parent_name(model), target)
    with pytest.raises(PublishedQuestionSetError):
        row.save()
    with pytest.raises(PublishedQuestionSetError):
        model.objects.bulk_update([row], [parent_name(model)])
    assert first_of(model, draft).pk == row.pk


def test_related_managers_refuse_as_well(published: QuestionSet, draft: QuestionSet) -> None:
    with pytest.raises(PublishedQuestionSetError):
        published.goals.add(Goal.objects.create(question_set=draft, code="G9", position=9, text={}))
    with pytest.raises(PublishedQuestionSetError):
        published.attributes.create(code="Z", slug="z", position=9, title={}, summary={})
    with pytest.raises(PublishedQuestionSetError):
        first_of(Question, published).items.all().delete()
    with pytest.raises(PublishedQuestionSetError):
        draft.attributes.add(first_of(Attribute, published))


@pytest.mark.parametrize("model", MODELS)
def test_drafts_can_be_written(model: Any, draft: QuestionSet) -> None:
    row, field = first_of(model, draft), some_field(model).name
    setattr(row, field, {"en": "one"})
    row.save()
    model.objects.filter(pk=row.pk).update(**{field: {"en": "two"}})
    assert getattr(first_of(model, draft), field) == {"en": "two"}
    setattr(row, field, {"en": "three"})
    model.objects.bulk_update([row], [field])
    assert getattr(model.objects.get(pk=row.pk), field) == {"en": "three"}
    row.delete()
    assert not model.objects.filter(pk=row.pk).exists()


def test_deleting_a_draft_leaves_published_sets_alone(published: QuestionSet, draft: QuestionSet) -> None:
    items = Item.objects.filter(question__attribute__question_set=published).count()
    draft.delete()
    assert Item.objects.count() == items == 4


def test_rows_move_between_drafts(draft: QuestionSet, small: dict[str, Any]) -> None:
    small["version"] = "3.0.0"
    other = create_rows(QuestionSetSpec.model_validate(small), "")
    goal = other.goals.get()
    goal.code = "G2"
    goal.save()
    draft.goals.add(goal)
    assert draft.goals.count() == 2


def test_a_published_set_can_only_be_retired(published: QuestionSet) -> None:
    published.status = Status.DRAFT
    with pytest.raises(PublishedQuestionSetError):
        published.save()
    published.status, published.version = Status.RETIRED, "9.9.9"
    with pytest.raises(PublishedQuestionSetError):
        published.save()
    published.refresh_from_db()
    published.retire()
    published.status = Status.PUBLISHED
    with pytest.raises(PublishedQuestionSetError):
        published.save()
    published.refresh_from_db()
    assert published.status == Status.RETIRED


def test_many_are_retired_at_once(published: QuestionSet, draft: QuestionSet) -> None:
    assert QuestionSet.objects.update(status=Status.RETIRED) == 1
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    with pytest.raises(PublishedQuestionSetError):
        QuestionSet.objects.update(status=Status.PUBLISHED)


def test_latest_versions(published: QuestionSet, draft: QuestionSet, small: dict[str, Any]) -> None:
    newer = store_spec(QuestionSetSpec.model_validate({**small, "version": "1.1.0"}))[0]
    other = store_spec(QuestionSetSpec.model_validate({**small, "slug": "another"}))[0]
    assert QuestionSet.objects.latest_versions() == [other, newer]
    newer.retire()
    assert QuestionSet.objects.latest_versions() == [other, published]
    assert QuestionSet.objects.newest_first() == [other, draft, newer, published]


def test_the_highest_version_is_the_latest_whenever_it_was_published(
    published: QuestionSet, small: dict[str, Any]
) -> None:
    stored = {}
    for version in ("2.0.0", "1.10.0", "1.9.0", "1.0.1"):
        stored[version] = create_rows(QuestionSetSpec.model_validate({**small, "version": version}), "")
        stored[version].publish()
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
