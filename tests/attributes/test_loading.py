"""From a file to a version: the errors name file and place, and a stored version stays what it is."""

import json
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml
from pytest_django import DjangoAssertNumQueries as Queries

from attributes import loading
from attributes.documents.documents import Address, node
from attributes.exceptions import QuestionSetConflictError, QuestionSetFileError
from attributes.loading import MAX_FILE_BYTES, digest, parse_spec, read_spec, store_spec
from attributes.models import Item, QuestionSet, VersionStatus
from attributes.schema import QuestionSetSpec


def test_yaml_and_json_say_the_same(tmp_path: Path, small: dict[str, Any]) -> None:
    (tmp_path / "set.yaml").write_text(yaml.safe_dump(small), encoding="utf-8")
    (tmp_path / "set.json").write_text(json.dumps(small), encoding="utf-8")
    assert read_spec(tmp_path / "set.yaml") == read_spec(tmp_path / "set.json")


def test_byte_order_mark_is_no_obstacle(small: dict[str, Any]) -> None:
    assert parse_spec(b"\xef\xbb\xbf" + json.dumps(small).encode(), name="set.json").slug == "small"


@pytest.mark.parametrize(
    ("name", "content", "where", "reason"),
    [
        ("set.txt", b"{}", "", "neither"),
        ("set.json", b"[]", "", "valid dictionary"),
        ("set.json", b"\xff", "byte 0", "UTF-8"),
        ("set.yaml", b"a: 1\na: 2", "line 2, column 1", "twice"),
        ("set.yaml", b" " * (MAX_FILE_BYTES + 1), "", "larger than 4096 KB"),
        ("set.json", b"{", "line 1, column 2", "Expecting"),
    ],
)
def test_unreadable_file(tmp_path: Path, name: str, content: bytes, where: str, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(QuestionSetFileError) as caught:
        read_spec(path)
    assert (caught.value.path, caught.value.where) == (path, where)
    assert reason in caught.value.reason


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetFileError, match="No such file"):
        read_spec(tmp_path / "none.yaml")


def test_every_problem_is_named(small: dict[str, Any]) -> None:
    small["attributes"][0]["questions"][0]["items"][0]["anchors"] = []
    small["title"] = {"fr": "Petit"}
    with pytest.raises(QuestionSetFileError) as caught:
        parse_spec(json.dumps(small).encode(), name="set.json")
    places = [place for place, _reason in caught.value.problems]
    assert places == ["title", "attributes[0].questions[0].items[0].anchors"]
    assert str(caught.value).count("set.json: ") == 2


def test_digest_is_about_content(small: dict[str, Any], small_spec: QuestionSetSpec) -> None:
    same = dict(reversed(list(small.items())))
    same["summary"] = {}  # the default, spelled out
    assert digest(QuestionSetSpec.model_validate(same)) == digest(small_spec)
    small["title"]["en"] = "Small!"
    assert digest(QuestionSetSpec.model_validate(small)) != digest(small_spec)


@pytest.mark.usefixtures("empty_site")
def test_storing_publishes_once(small_spec: QuestionSetSpec) -> None:
    first, created = store_spec(small_spec)
    assert created
    assert first.status == VersionStatus.PUBLISHED
    assert first.published_at is not None
    assert first.digest == digest(small_spec)
    again, created_again = store_spec(small_spec)
    assert (again.pk, created_again) == (first.pk, False)
    assert Item.objects.filter(question_set=first).count() == 4


@pytest.mark.django_db
def test_everything_is_stored_in_order(published: QuestionSet) -> None:
    states = node(published.document, Address("item", "A1b"))["states"]
    assert [(state["key"], state["credit"]) for state in states] == [("yes", "1"), ("partly", "1/2"), ("no", "0")]
    assert node(published.document, Address("item", "A1a"))["recommendations"][0]["trigger"] == "NP"
    assert [row["code"] for row in published.document["attributes"]] == ["A", "B"]
    assert list(published.items.values_list("code", "revision", "kind", "position")) == [
        ("A1a", 1, "rating", 1),
        ("A1b", 1, "coverage_checklist", 2),
        ("A2a", 1, "open_text", 3),
        ("B1a", 2, "justified_yes_no", 4),
    ]


def test_lists_need_not_read_the_document(published: QuestionSet, django_assert_num_queries: Queries) -> None:
    with django_assert_num_queries(1):
        row = QuestionSet.objects.get(pk=published.pk)
        assert (row.title, row.languages, row.experimental) == ({"en": "Small", "fr": "Petit"}, ["en", "fr"], False)
    with django_assert_num_queries(1):
        assert row.document == published.document
    with django_assert_num_queries(1):
        (row,) = QuestionSet.objects.with_documents()
        assert row.document == published.document


@pytest.mark.usefixtures("empty_site")
def test_number_of_queries_for_storing(
    shipped_spec: QuestionSetSpec, small: dict[str, Any], django_assert_num_queries: Queries
) -> None:
    """Looked for, savepoint, lock, version, items, end of the savepoint; the earlier versions are one more."""
    with django_assert_num_queries(6):
        store_spec(shipped_spec)
    with django_assert_num_queries(6):
        store_spec(QuestionSetSpec.model_validate(small))
    for version in ("1.0.1", "1.0.2"):
        small["version"] = version
        with django_assert_num_queries(7):
            store_spec(QuestionSetSpec.model_validate(small))
    with django_assert_num_queries(1):
        store_spec(QuestionSetSpec.model_validate(small))


@pytest.mark.django_db
def test_same_version_with_other_content_is_refused(published: QuestionSet, small: dict[str, Any]) -> None:
    small["title"]["en"] = "Other"
    with pytest.raises(QuestionSetConflictError, match=r"small 1\.0\.0"):
        store_spec(QuestionSetSpec.model_validate(small))
    small["version"] = "1.0.1"
    assert store_spec(QuestionSetSpec.model_validate(small))[1]


@pytest.mark.django_db
def test_retired_version_counts_as_stored(published: QuestionSet, small_spec: QuestionSetSpec) -> None:
    published.retire()
    assert store_spec(small_spec) == (published, False)


@pytest.mark.usefixtures("empty_site")
def test_failure_leaves_nothing_behind(small_spec: QuestionSetSpec) -> None:
    with mock.patch("attributes.models.question_sets.Item", side_effect=RuntimeError), pytest.raises(RuntimeError):
        store_spec(small_spec)
    assert not QuestionSet.objects.exists()


@pytest.mark.django_db
def test_losing_a_race_is_no_error(published: QuestionSet, small_spec: QuestionSetSpec) -> None:
    real = loading._stored
    answers = iter([None])
    with mock.patch.object(loading, "_stored", lambda *args: next(answers, published) and real(*args)):
        assert store_spec(small_spec) == (published, False)
