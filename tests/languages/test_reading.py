"""Questions in the language their reader chose, in pages that stay in their own."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.reports.html import render_html
from assessments.results.frozen import document_of
from assessments.rounds.services.submission import submit_assessment
from attributes.documents import translating, versioning
from attributes.loading import store_spec
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec
from attributes.texts import QUESTION_LANGUAGE_COOKIE, direction, language_name, language_read, own_name, reading
from msgov.accounts.models import User
from tests import builders
from tests.attributes.texts import put_text
from tests.builders.papers import paper
from tests.languages.marking import words_by_language

pytestmark = pytest.mark.django_db
FRENCH = {
    "item/IT1a/short": "Groupes de parties prenantes recensés",
    "item/IT1a/anchors/0": "Personne ne s’est demandé qui est concerné.",
    "attribute/IT/title": "Inclusion et transparence",
    "scale/0/label": "Non atteint",
}
ARABIC = {
    "item/IT1a/short": "تحديد مجموعات أصحاب المصلحة",
    "item/IT1a/anchors/0": "لم يسأل أحد عمّن يعنيه الأمر.",
    "attribute/IT/title": "الشمول والشفافية",
    "scale/0/label": "غير متحقق",
}


def _translated() -> dict[str, Any]:
    document = builders.shipped_spec().model_dump(mode="json", exclude_defaults=True)
    for language, texts in (("fr", FRENCH), ("ar", ARABIC)):
        translating.add_language(document, language)
        for key, words in texts.items():
            put_text(document, key, language, words)
    return document


@pytest.fixture
def translated() -> QuestionSet:
    """The shipped set as a later version, with a handful of texts in French and Arabic."""
    return store_spec(QuestionSetSpec.model_validate(_translated() | {"version": "1.0.1"}))[0]


@pytest.fixture
def organiser() -> User:
    return builders.user()


@pytest.fixture
def assessment(translated: QuestionSet, organiser: User) -> Assessment:
    return builders.assessment(builders.process(organiser=organiser), question_set=translated)


@pytest.fixture
def as_organiser(organiser: User) -> Client:
    """The organiser's."""
    client = Client()
    client.force_login(organiser)
    return client


def _choose(client: Client, language: str, goal: str = "/framework/questions/") -> Any:
    return client.post(reverse("attributes:question-language"), {"language": language, "next": goal})


def _question(client: Client, assessment: Assessment, query: str = "") -> str:
    return client.get(reverse("assessments:question", args=[assessment.code, "IT1"]) + query).content.decode()


def test_chosen_language_is_remembered_and_leads_back(as_organiser: Client, assessment: Assessment) -> None:
    page = reverse("assessments:question", args=[assessment.code, "IT1"])
    html = as_organiser.get(page + "?language=ar&x=1").content.decode()
    assert f'<input type="hidden" name="next" value="{page}?x=1">' in html
    answer = _choose(as_organiser, "fr", page)
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert answer.cookies[QUESTION_LANGUAGE_COOKIE]["httponly"]
    words = words_by_language(as_organiser.get(page).content.decode())
    assert ("fr", FRENCH["item/IT1a/short"]) in words
    assert ("fr", FRENCH["item/IT1a/anchors/0"]) in words
    assert ("en", "Save and continue") in words
    _choose(as_organiser, "en", page)
    assert FRENCH["item/IT1a/short"] not in as_organiser.get(page).content.decode()


@pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example/x", "javascript:alert(1)", ""])
def test_nobody_is_sent_elsewhere(as_organiser: Client, translated: QuestionSet, goal: str) -> None:
    assert _choose(as_organiser, "fr", goal)["Location"] == reverse("attributes:questions")


@pytest.mark.parametrize(
    ("language", "cookie"),
    [("", ""), ("no language", '"no language"'), ("x" * 30, "x" * 30), ("fr\x00", '"fr\\000"')],
)
def test_what_is_no_language_is_not_remembered(
    as_organiser: Client, translated: QuestionSet, language: str, cookie: str
) -> None:
    assert QUESTION_LANGUAGE_COOKIE not in _choose(as_organiser, language).cookies
    # As a header, since newer versions of Python refuse to make such a cookie; whoever attacks does not ask them.
    cookies = [f"{name}={morsel.coded_value}" for name, morsel in as_organiser.cookies.items()]
    header = "; ".join([*cookies, f"{QUESTION_LANGUAGE_COOKIE}={cookie}"])
    assert as_organiser.get(reverse("attributes:questions"), headers={"cookie": header}).status_code == 200


def test_texts_that_are_not_translated_stay_in_english_without_a_mark(
    as_organiser: Client, assessment: Assessment
) -> None:
    html = _question(as_organiser, assessment, "?language=fr")
    items = {item.code: item for item in builders.items().items.values()}
    assert ("en", items["IT1a"].text["en"].replace("{resource}", "the Internet")) in words_by_language(html)
    assert 'lang="en"' not in html[html.index("<main") :].replace('<span lang="en" dir="ltr">English</span>', "")


def test_right_to_left_texts_have_their_direction(as_organiser: Client, assessment: Assessment) -> None:
    html = _question(as_organiser, assessment, "?language=ar")
    assert f'<span lang="ar" dir="rtl">{ARABIC["item/IT1a/short"]}</span>' in html
    assert re.match(r'\s*<!doctype html>\s*<html lang="en" dir="ltr">', html, re.IGNORECASE)
    assert re.search(r"<title>[^<]*الشمول والشفافية[^<]*</title>", html)


@pytest.mark.parametrize("page", ["attributes:framework", "attributes:questions"])
def test_public_pages_offer_the_languages_to_everybody(translated: QuestionSet, page: str) -> None:
    answer = Client().get(reverse(page) + "?language=ar")
    html = answer.content.decode()
    assert "Cookie" in answer["Vary"]
    assert f'<span lang="ar" dir="rtl">{ARABIC["attribute/IT/title"]}</span>' in html
    assert '<button type="submit" name="language" value="fr"' in html
    assert '<strong><span lang="ar" dir="rtl">العربيّة</span></strong>' in html


def test_set_in_one_language_offers_none(as_organiser: Client, organiser: User) -> None:
    assessment = builders.assessment(builders.process(organiser=organiser))
    for address in ("assessments:assessment-hub",):
        assert "Show questions in" not in as_organiser.get(reverse(address, args=[assessment.code])).content.decode()


def test_hub_is_in_the_chosen_language(as_organiser: Client, assessment: Assessment) -> None:
    _choose(as_organiser, "fr")
    html = as_organiser.get(reverse("assessments:assessment-hub", args=[assessment.code])).content.decode()
    assert f'<span lang="fr" dir="ltr">{FRENCH["attribute/IT/title"]}</span>' in html


def test_answers_are_saved_whatever_language_one_reads(as_organiser: Client, assessment: Assessment) -> None:
    _choose(as_organiser, "ar")
    page = reverse("assessments:question", args=[assessment.code, "IT1"])
    answer = as_organiser.post(page, {"IT1a-version": "0", "IT1a-answer": "2", "page": "a" * 16, "action": "list"})
    assert answer.status_code == 302
    assert assessment.responses.get().answers.get().value == {"level": 2}


def test_results_and_reports_stay_in_the_language_of_the_page(
    as_organiser: Client, assessment: Assessment, organiser: User
) -> None:
    builders.answer(assessment, "IT1a", 0)
    submit_assessment(assessment=assessment, user=organiser)
    document = document_of(assessment.results.get())
    before = render_html(paper(document), "en")
    results = reverse("assessments:assessment-results", args=[assessment.code])
    plain = as_organiser.get(results).content.decode()
    _choose(as_organiser, "fr")
    chosen = as_organiser.get(results + "?language=fr").content.decode()
    for words in FRENCH.values():
        assert words not in chosen
    assert len(plain) == len(chosen)
    with reading("fr"):
        assert render_html(paper(document), "en") == before


def test_frozen_results_hold_every_language(assessment: Assessment, organiser: User) -> None:
    builders.answer(assessment, "IT1a", 0)
    submit_assessment(assessment=assessment, user=organiser)
    head = document_of(assessment.results.get()).attributes[0]
    assert set(head.title) == {"en", "fr", "ar"}


def test_reports_mark_what_falls_back(assessment: Assessment, organiser: User) -> None:
    builders.answer(assessment, "IT1a", 0)
    submit_assessment(assessment=assessment, user=organiser)
    html = render_html(paper(document_of(assessment.results.get())), "fr")
    words = words_by_language(html)
    assert ("fr", FRENCH["attribute/IT/title"]) in words
    assert any(language == "en" and "Effective decision-making" in text for language, text in words)


def test_names_and_directions_of_languages() -> None:
    assert [own_name(code) for code in ("fr", "pt-BR", "fr-CA", "zh-Hans", "xx")] == [
        "français",
        "Português Brasileiro",
        "français (fr-CA)",
        "简体中文",
        "xx",
    ]
    assert language_name("fr-CA") == "French (fr-CA)"
    assert [direction(code) for code in ("en", "ar", "fa-IR", "uz-Arab", "xx")] == ["ltr", "rtl", "rtl", "rtl", "auto"]


def test_language_read_is_one_of_those_there_are() -> None:
    assert language_read(["en", "fr"]) == "en"
    with reading("fr-CA"):
        assert language_read(["en", "fr"]) == "fr"
        assert language_read(["en"]) == "en"
    with reading("pt-br"):
        assert language_read(["en", "pt-BR"]) == "pt-BR"


def test_language_added_later_is_a_patch_version() -> None:
    base = builders.shipped_spec().model_dump(mode="json", exclude_defaults=True)
    assert versioning.assess(base, _translated()).level is versioning.Level.PATCH
