"""Loading and listing question sets from the command line."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from attributes.exporting import plain
from attributes.loading import shipped_files
from attributes.models import Draft, QuestionSet
from attributes.schema import QuestionSetSpec

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_site")]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path, small: dict[str, Any]) -> Path:
    path = tmp_path / "small.json"
    path.write_text(json.dumps(small), encoding="utf-8")
    return path


def test_shipped_sets_are_loaded_once() -> None:
    assert "isoc-multistakeholder-attributes 1.0.0: published (4 attributes, 14 questions, 37 items)" in run(
        "load_question_set"
    )
    assert "already there" in run("load_question_set")
    assert QuestionSet.objects.published().count() == len(shipped_files()) == 2
    assert [row.slug for row in QuestionSet.objects.latest_versions()] == [
        "isoc-multistakeholder-attributes",
        "netmundial-process-principles",
    ]


def test_check_stores_nothing(file: Path) -> None:
    assert "small 1.0.0 is valid" in run("load_question_set", "--check", str(file))
    assert not QuestionSet.objects.exists()


def test_mistakes_name_file_and_place(file: Path, tmp_path: Path, small: dict[str, Any]) -> None:
    small["attributes"][0]["code"] = "not a code"
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(small), encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        run("load_question_set", str(file), str(wrong), str(tmp_path / "none.yaml"))
    assert f"{wrong}: attributes[0].code: " in str(caught.value)
    assert "none.yaml" in str(caught.value)
    assert caught.value.returncode == 1
    assert not QuestionSet.objects.exists()


def test_other_content_under_the_same_version(file: Path, small: dict[str, Any]) -> None:
    run("load_question_set", str(file))
    small["title"]["en"] = "Other"
    file.write_text(json.dumps(small), encoding="utf-8")
    with pytest.raises(CommandError, match=r"small\.json: small 1\.0\.0 is stored already"):
        run("load_question_set", str(file))


def test_list(published: QuestionSet) -> None:
    assert run("list_question_sets").startswith("small 1.0.0 published [en, fr] ")
    (row,) = json.loads(run("list_question_sets", "--json"))
    assert (row["slug"], row["status"], row["digest"]) == ("small", "published", published.digest)


def test_list_shows_drafts_and_what_is_experimental(published: QuestionSet, small: dict[str, Any]) -> None:
    for version, experimental in (("1.10.0", True), ("1.9.0", False)):
        spec = QuestionSetSpec.model_validate({**small, "version": version, "experimental": experimental})
        QuestionSet.objects.publish(plain(spec), digest="0" * 64)
    draft = Draft.objects.create(slug="small", base=published, content={**small, "languages": ["en"]})
    fresh = Draft.objects.create(slug="new", content={}, status="in_review")
    lines = run("list_question_sets").splitlines()
    assert [line.split()[:3] for line in lines[:3]] == [
        ["small", version, "published"] for version in ("1.10.0", "1.9.0", "1.0.0")
    ]
    assert [line.endswith(" experimental") for line in lines] == [True, False, False, False, False]
    assert lines[3:] == [f"new draft {fresh.code} in_review []", f"small draft {draft.code} (from 1.0.0) editing [en]"]
    rows = json.loads(run("list_question_sets", "--json"))
    assert rows[4] == {
        "slug": "small", "version": None, "status": "editing", "experimental": False, "languages": ["en"],
        "digest": None, "published_at": None, "draft": draft.code, "based_on": "1.0.0",
    }  # fmt: skip
    assert (rows[0]["experimental"], rows[0]["draft"]) == (True, None)


def test_list_of_nothing() -> None:
    assert "load_question_set" in run("list_question_sets")
    assert json.loads(run("list_question_sets", "--json")) == []
