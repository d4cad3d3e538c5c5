"""Answers that contradict each other: named beside the line at once, and on the check page with both lines."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from attributes.catalogue import published
from tests import builders
from tests.builders.question_pages import address, autosave, form_of

pytestmark = pytest.mark.django_db

SHOWN = {"evidence_text": "The review names it.", "evidence_links": "https://example.org/review"}


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.fixture
def contradictory(assessment: Assessment) -> Assessment:
    builders.answer(assessment, "IT2a", {"options": {"language": {"state": "does_not_exist", "text": "We asked."}}})
    builders.answer(assessment, "IT2b", {"options": {"language": {"state": "mitigated"}}}, **SHOWN)
    return assessment


def name_of(code: str) -> str:
    return f"{code} {builders.items().items[code].short['en']}"


def test_line_says_which_answer_it_contradicts(as_organiser: Client, contradictory: Assessment) -> None:
    html = as_organiser.get(address(contradictory, "IT2")).content.decode()
    [said] = re.findall(r'<p class="contradiction" id="IT2b-language-contradicts">(.*?)</p>', html, re.DOTALL)
    assert words(said).strip() == (
        f"Contradicts {name_of('IT2a')} ({label('IT2a', 'language')}). "
        "Counts as unknown until one of the two is changed."
    )


def label(code: str, key: str) -> str:
    return next(option.label["en"] for option in builders.items().items[code].options if option.key == key)


def test_autosave_of_one_answer_says_what_the_other_counts_as(as_organiser: Client, contradictory: Assessment) -> None:
    form = form_of(as_organiser, contradictory, "IT2")
    form.fields["IT2b-cultural_norms-state"] = "mitigated"
    html = autosave(as_organiser, form).content.decode()
    assert 'id="IT2b-counts"' in html
    assert "1 line contradicts the answer to IT2a and counts as unknown until one of the two is changed." in html
    # Put right in the other answer, it counts again.
    assert 'id="IT2b-language-contradicts" hx-swap-oob="true">Contradicts' in html  # beside the line, at once
    form.fields["IT2a-language-pair"] = "exists/mitigated"
    html = autosave(as_organiser, form).content.decode()
    assert 'id="IT2b-counts"' in html
    assert "ontradicts " not in html
    assert 'id="IT2b-language-contradicts" hx-swap-oob="true"></p>' in html


def test_answer_on_another_page_contradicts_too(as_organiser: Client, assessment: Assessment) -> None:
    builders.answer(assessment, "IT5a", 0)
    builders.answer(assessment, "IT5c", state="not_applicable", not_applicable_reason="Nothing was closed.")
    html = words(as_organiser.get(address(assessment, "IT5")).content.decode())
    assert "Contradicts the answer to IT5a: counts as unknown until one of the two is changed." in html


def test_an_admission_is_named_and_counts(as_organiser: Client, assessment: Assessment) -> None:
    builders.answer(assessment, "IT2a", {"options": {"language": {"state": "does_not_exist", "text": "We asked."}}})
    builders.answer(assessment, "IT2b", {"options": {"language": {"state": "unmitigated"}}})
    html = words(as_organiser.get(address(assessment, "IT2")).content.decode())
    assert f"Contradicts {name_of('IT2a')} ({label('IT2a', 'language')}). It counts as answered." in html


def test_check_page_names_both_lines(as_organiser: Client, contradictory: Assessment) -> None:
    html = as_organiser.get(reverse("assessments:assessment-check", args=[contradictory.code])).content.decode()
    sides = [f"{short_of(code)} ({label(code, 'language')})" for code in ("IT2a", "IT2b")]
    said = f"{' – '.join(sides)} : the second counts as unknown until one of the two is changed"
    assert said in words(html)
    assert f'href="{address(contradictory, "IT2")}#IT2a"' in html


def short_of(code: str) -> str:
    return builders.items().items[code].short["en"]


def test_check_page_names_unscored_lines_without_their_reason(as_organiser: Client, assessment: Assessment) -> None:
    builders.answer(assessment, "IT2a", {"options": {"language": {"state": "does_not_exist"}}})
    text = words(as_organiser.get(reverse("assessments:assessment-check", args=[assessment.code])).content.decode())
    named = f"{short_of('IT2a')} ({label('IT2a', 'language')})"
    assert f"Reason missing 1 Until it is given, these are treated as open. {named}" in text


def test_what_does_not_apply_by_kind_is_asked_nothing_more(as_organiser: Client, assessment: Assessment) -> None:
    assessment.process.kind = "dialogues"
    assessment.process.save()
    html = words(as_organiser.get(address(assessment, "ED2")).content.decode())
    assert "Does not apply to this kind of process" in html
    assert "Counts as" not in html
    text = words(as_organiser.get(reverse("assessments:assessment-check", args=[assessment.code])).content.decode())
    assert text.count("Left out of the score: it does not apply to this kind of process.") == 4


def test_autosave_knows_the_answer_on_another_page(
    as_organiser: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = builders.items()
    (rule,) = [rule for rule in asked.contradictions if rule.a == "IT5a"]
    other = asked.items["ED4a"]
    across = replace(asked, contradictions=(replace(rule, b=other.code),))
    monkeypatch.setattr(published._cache, "get_or_make", lambda key, make: across)
    builders.answer(assessment, "IT5a", 0)
    form = form_of(as_organiser, assessment, other.question_code)
    form.fields |= {f"{other.code}-answer": "not_applicable", f"{other.code}-reason": "Nothing was closed."}
    html = words(autosave(as_organiser, form).content.decode())
    assert "Contradicts the answer to IT5a: counts as unknown until one of the two is changed." in html
