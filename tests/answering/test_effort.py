"""Answering takes little time: how much there is to read and to click (see `visible` for what counts)."""

from pathlib import Path

import pytest
from django.test import Client

from assessments.models import Assessment
from tests import builders
from tests.answering.visible import WHEN_NEEDED, Seen
from tests.builders.question_pages import address

pytestmark = pytest.mark.django_db

WORDS, CONTROLS = 3500, 350


def test_fourteen_pages_take_few_words_and_controls(as_organiser: Client, assessment: Assessment) -> None:
    pages = {
        question.code: Seen(as_organiser.get(address(assessment, question.code)).content.decode())
        for question in builders.items().questions
    }
    assert len(pages) == 14
    words = {code: seen.words for code, seen in pages.items()}
    controls = {code: seen.controls for code, seen in pages.items()}
    assert sum(words.values()) <= WORDS, words
    assert sum(controls.values()) <= CONTROLS, controls
    # It is not by leaving out what is asked that they are few.
    assert sum(words.values()) > 2800


def test_what_appears_when_it_is_needed_is_hidden_until_then_and_only_where_a_browser_can_tell() -> None:
    """Without `:has()` every field is there from the start."""
    css = (Path(__file__).parents[2] / "static" / "css" / "answering.css").read_text(encoding="utf-8")
    before, _at, rest = css.partition("@supports selector(:has(a)) {")
    rule = rest[: rest.index("\n}")]
    assert rule.rstrip().endswith("{ display: none; }")
    for name in WHEN_NEEDED:
        assert f".{name}" in rule, name
    assert "display: none" not in before.replace(".contradiction:empty, .counts:empty { display: none; }", "")
