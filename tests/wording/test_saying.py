"""Saying something: in the language of the reader, in English where there are no words, and marked then."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import mark_safe

from assessments.models import WordingLanguage
from assessments.wording import say, speaking
from assessments.wording.saying import NoSuchWords, say_marked
from attributes.texts import LocalisedText

pytestmark = pytest.mark.django_db
TEXTS = {
    "en": {"x.hello": "Hello {name}", "x.only": "Only <English>", "x.count": "Answers so far: {n}"},
    "ar": {"x.hello": "أهلا {name}", "x.count": "الإجابات حتى الآن: {n}"},
}


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("assessments.wording.saying.shipped", lambda language: TEXTS.get(language, {}))
    return


def drawn(template: str, **values: Any) -> str:
    """What a template shows."""
    return Template("{% load wording %}" + template).render(Context(values))


def test_words_are_in_the_language_that_is_spoken() -> None:
    with speaking("ar"):
        assert say("x.hello", name="أحمد") == "أهلا أحمد"
        assert translation.get_language() == "ar"
    with speaking("en"):
        assert say("x.hello", name="Ana") == "Hello Ana"


def test_a_variant_says_what_its_language_says() -> None:
    with speaking("pt-BR"):
        assert translation.get_language() == "pt-br"
    with speaking("ar-DZ"):
        assert say("x.count", n=3) == "الإجابات حتى الآن: 3"


def test_names_in_plain_text_are_kept_apart_from_words_that_run_the_other_way() -> None:
    with speaking("ar"):
        assert say("x.hello", name="Ana") == "أهلا \u2068Ana\u2069"


def test_a_page_escapes_and_isolates_names_and_says_their_language() -> None:
    with speaking("ar"):
        assert say_marked("x.hello", name="<Ana>") == "أهلا <bdi>&lt;Ana&gt;</bdi>"
        french = LocalisedText("Société", "fr")
        assert say_marked("x.hello", name=french) == 'أهلا <bdi lang="fr" dir="ltr">Société</bdi>'
        assert say_marked("x.hello", name=mark_safe("<b>x</b>")) == "أهلا <b>x</b>"


def test_what_a_language_has_no_words_for_is_said_in_english_and_marked() -> None:
    with speaking("ar"):
        assert drawn('{% say "x.only" %}') == '<span lang="en" dir="ltr">Only &lt;English&gt;</span>'
        assert drawn('{% say_text "x.only" %}') == "Only &lt;English&gt;"
    with speaking("en"):
        assert drawn('{% say "x.only" %}') == "Only &lt;English&gt;"


def test_a_language_with_no_words_at_all_has_english_pages_with_english_dates() -> None:
    """Its questions alone are in it."""
    with speaking("tlh"):
        assert translation.get_language() == "en"
        assert say("x.hello", name="Ana") == "Hello Ana"


def test_words_written_on_this_site_take_the_place_of_those_that_come_with_it() -> None:
    WordingLanguage.objects.create(code="ar", texts={"x.hello": "مرحبا {name}"})
    WordingLanguage.objects.create(code="tlh", texts={"x.hello": "nuqneH {name}"})
    with speaking("ar"):
        assert say("x.hello", name="أحمد") == "مرحبا أحمد"
        assert say("x.count", n=3) == "الإجابات حتى الآن: 3"
    with speaking("tlh"):
        assert translation.get_language() == "tlh"
        assert say("x.hello", name="Worf") == "nuqneH Worf"
        assert say_marked("x.only") == '<span lang="en" dir="ltr">Only &lt;English&gt;</span>'


def test_speaking_once_more_on_the_way_asks_nothing_again(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1), speaking("ar"), translation.override("en"), speaking("ar"):
        assert say("x.count", n=1) == "الإجابات حتى الآن: 1"


def test_dates_follow() -> None:
    with speaking("ar"):
        assert date_format(datetime.date(2026, 12, 6), "DATE_FORMAT") == "6 ديسمبر 2026"


def test_words_that_nobody_wrote_and_slots_that_nobody_fills_are_a_mistake() -> None:
    with pytest.raises(NoSuchWords, match=r"x\.nothing"):
        say("x.nothing")
    with pytest.raises(NoSuchWords, match=r"\{name\}"):
        say("x.hello")
