"""Which group of a wave is which of another: by its first name, or, in another first language, by any it has."""

from functools import cache

import pytest

from assessments.documents.panel import PanelDocument
from assessments.over_time.groups import groups_then_and_now
from assessments.over_time.same_groups import units_of_both
from tests.builders import panels

pytestmark = pytest.mark.django_db


@cache
def example() -> PanelDocument:
    return panels.tv10_public()


def called(first: str, *names: dict[str, str]) -> PanelDocument:
    """The example, whose groups have these names by language; `first` is the first language of the wave."""
    document = example()
    every = [*names, *({first: f"{first} {group.code}"} for group in document.groups[len(names) :])]
    groups = [
        group.model_copy(update={"name": by_language[first], "names": by_language})
        for group, by_language in zip(document.groups, every, strict=True)
    ]
    wave = document.wave.model_copy(update={"languages": [first, *({"en", "fr", "ar"} - {first})]})
    return document.model_copy(update={"groups": groups, "wave": wave})


def in_both(earlier: PanelDocument, later: PanelDocument) -> list[frozenset[str]]:
    then, now = units_of_both(earlier, later)
    return [names for _is_pool, names in now if (_is_pool, names) in then]


YOUTH, BUSINESS = {"en": "Youth", "fr": "Jeunes"}, {"en": "Business", "fr": "Entreprises"}


def test_another_first_language_finds_the_same_groups_by_a_name_in_common() -> None:
    then, now = called("en", YOUTH, BUSINESS), called("fr", BUSINESS, YOUTH)
    assert in_both(then, now) == [frozenset({"Business"}), frozenset({"Youth"})]
    assert [group.asked for group in groups_then_and_now(then, now)][:2] == ["both", "both"]


def test_a_name_that_another_language_denies_is_another_group() -> None:
    assert in_both(called("en", YOUTH), called("fr", {"en": "Young people", "fr": "Jeunes"})) == []


def test_a_name_that_may_mean_two_groups_joins_none() -> None:
    """Two groups had no name in the language that both waves have."""
    then = called("en", {"en": "Cities", "ar": "مدن"}, {"en": "Towns", "ar": "مدن"})
    assert in_both(then, called("ar", {"ar": "مدن"})) == []


def test_the_same_first_language_goes_by_the_first_name_alone() -> None:
    renamed = {"en": "Young people", "fr": "Jeunes"}
    found = in_both(called("en", YOUTH, BUSINESS), called("en", renamed, BUSINESS))
    assert frozenset({"Business"}) in found
    assert not {frozenset({"Youth"}), frozenset({"Young people"})} & set(found)


def test_documents_without_names_by_language_go_by_the_one_name_there_is() -> None:
    plain = [group.model_copy(update={"names": {}}) for group in called("en", YOUTH).groups]
    then = called("en", YOUTH).model_copy(update={"groups": plain})
    assert in_both(then, called("fr", YOUTH)) == [frozenset({"Youth"})]
    assert in_both(then, called("fr", {"fr": "Youth"})) == [frozenset({"Youth"})]


def test_a_group_of_one_wave_only_is_never_taken_for_one_that_is_called_like_it() -> None:
    then = called("en", {"en": "Art", "fr": "Arts"})
    assert in_both(then, called("fr", {"en": "Species", "fr": "Art"})) == []
