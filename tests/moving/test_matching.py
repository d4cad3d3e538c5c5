"""Which item comes from which."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from assessments.moving.matching import ItemChange, match
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueAttribute
from attributes.models import QuestionSet
from tests import builders
from tests.builders import versions

pytestmark = pytest.mark.django_db


def matched(old: QuestionSet, new: QuestionSet, *between: QuestionSet) -> dict[str, tuple[Any, list[str]]]:
    found = match(catalogue_of(old), catalogue_of(new), [catalogue_of(one) for one in between])
    return {one.code: (one.change, [item.code for item in one.olds]) for one in found}


def test_every_kind_of_change_is_found() -> None:
    first, second = builders.question_set(), versions.second()
    found = matched(first, second)
    by_change = {change: {code for code, (kind, _) in found.items() if kind is change} for change in ItemChange}
    assert by_change[ItemChange.REWORDED] == versions.REWORDED
    assert by_change[ItemChange.SPLIT] == versions.SPLIT
    assert by_change[ItemChange.MERGED] == versions.MERGED
    assert by_change[ItemChange.NEW] == versions.NEW
    assert by_change[ItemChange.GONE] == versions.GONE
    assert len(by_change[ItemChange.SAME]) == 37 - 4 - 1 - 4 - 1
    assert found["ED2b"] == (ItemChange.SPLIT, ["ED2a"])
    assert found["CO4c"] == (ItemChange.MERGED, ["CO4a", "CO4b"])


def test_spelling_alone_is_the_same_item() -> None:
    found = matched(builders.question_set(), versions.second())
    assert found[versions.SPELLING] == (ItemChange.SAME, [versions.SPELLING])


def test_changes_are_followed_through_the_versions_between() -> None:
    first, second, third = builders.question_set(), versions.second(), versions.third()
    found = matched(first, third, second)
    assert found["ED2b"] == (ItemChange.SPLIT, ["ED2a"])
    # Merged in 1.1.0 and split in 1.2.0: both parts come from both.
    assert found["CO4d"] == found["CO4e"] == (ItemChange.MERGED, ["CO4a", "CO4b"])
    assert found["CR1d"] == (ItemChange.GONE, ["CR1d"])


def test_what_an_item_once_replaced_no_longer_counts_between_later_versions() -> None:
    found = matched(versions.second(), versions.third())
    assert found["ED2b"] == (ItemChange.REWORDED, ["ED2b"])
    assert found["ED2c"] == (ItemChange.SAME, ["ED2c"])
    assert found["CO4d"] == (ItemChange.SPLIT, ["CO4c"])


def test_an_item_that_takes_in_another_is_merged() -> None:
    first = builders.question_set()
    old = catalogue_of(first)
    taken = {"CO1a": ("CO1b",)}
    new = replace(old, version="1.0.9", attributes=tuple(_with(a, taken, gone={"CO1b"}) for a in old.attributes))
    found = {one.code: one for one in match(old, new)}
    assert found["CO1a"].change is ItemChange.MERGED
    assert [item.code for item in found["CO1a"].olds] == ["CO1a", "CO1b"]
    assert "CO1b" not in found


def test_one_item_in_the_place_of_one_is_replaced_not_split() -> None:
    old = catalogue_of(builders.question_set())
    renamed = replace(old.items["CO1b"], code="CO1x", replaces=("CO1b",))
    attributes = tuple(
        replace(
            attribute,
            questions=tuple(
                replace(question, items=tuple(renamed if item.code == "CO1b" else item for item in question.items))
                for question in attribute.questions
            ),
        )
        for attribute in old.attributes
    )
    new = replace(old, version="1.1.0", attributes=attributes)
    found = {one.code: one for one in match(old, new)}
    assert found["CO1x"].change is ItemChange.REPLACED
    assert [item.code for item in found["CO1x"].olds] == ["CO1b"]
    assert "CO1b" not in found


def test_another_scale_makes_ratings_reworded_and_leaves_the_rest() -> None:
    old = catalogue_of(builders.question_set())
    new = replace(old, version="2.0.0", scale=old.scale[:-1])
    found = {one.code: one.change for one in match(old, new)}
    assert found["IT1a"] is ItemChange.REWORDED
    assert found["IT2b"] is ItemChange.SAME


def _with(
    attribute: CatalogueAttribute, replaces: Mapping[str, tuple[str, ...]], *, gone: set[str]
) -> CatalogueAttribute:
    questions = []
    for question in attribute.questions:
        items = tuple(
            replace(item, replaces=replaces.get(item.code, ())) for item in question.items if item.code not in gone
        )
        questions.append(replace(question, items=items))
    return replace(attribute, questions=tuple(questions))
