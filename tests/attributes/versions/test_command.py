"""diff_question_sets on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from attributes.models import Draft, QuestionSet


def test_text_of_a_version_and_a_draft(draft: Draft, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("diff_question_sets", "small@1.0.0", f"draft:{draft.code}")
    assert "- text (en): Is {resource} [-cared for?-]{+looked after?+}\n" in capsys.readouterr().out


def test_json_of_a_version_and_a_file(
    published: QuestionSet, small: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "small.json"
    file.write_text(json.dumps({**small, "title": {"en": "Tiny"}}))
    call_command("diff_question_sets", "small@1.0.0", str(file), "--json")
    (part,) = json.loads(capsys.readouterr().out)["parts"]
    assert [(field["language"], field["old"], field["new"]) for field in part["fields"]] == [
        ("en", "Small", "Tiny"),
        ("fr", "Petit", None),
    ]


def test_equal_versions(published: QuestionSet, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("diff_question_sets", "small@1.0.0", "small@1.0.0")
    assert capsys.readouterr().out == "# Differences from small@1.0.0 to small@1.0.0\n\nNothing differs.\n"


@pytest.mark.parametrize("name", ["small@9.9.9", "small", "draft:nothing", "missing.yaml"])
def test_what_does_not_exist_is_named(published: QuestionSet, name: str) -> None:
    with pytest.raises(CommandError, match=name):
        call_command("diff_question_sets", "small@1.0.0", name)
