"""Texts in the language of the reader, marked where they fall back to another one."""

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import SafeString

from attributes.texts import LocalisedText, localise, reading, telling, text

MAP = {"fr": "Bonjour", "en": "Hello"}


@pytest.mark.parametrize(
    ("text_map", "language", "expected"),
    [
        (MAP, "fr", ("Bonjour", "fr")),
        (MAP, "fr-ca", ("Bonjour", "fr")),
        (MAP, "ar", ("Hello", "en")),
        ({"es": "Hola", "de": "Hallo"}, "fr", ("Hola", "es")),
        ({"pt-br": "Oi", "pt": "Olá"}, "pt-br", ("Oi", "pt-br")),
        ({}, "fr", ("", "fr")),
        (None, "fr", ("", "fr")),
    ],
)
def test_best_language(text_map: dict[str, str] | None, language: str, expected: tuple[str, str]) -> None:
    found = localise(text_map, language)
    assert isinstance(found, LocalisedText)
    assert (found, found.lang) == expected


def test_active_language_is_the_default() -> None:
    with translation.override("fr"):
        assert localise(MAP) == "Bonjour"
    with translation.override(None):
        assert localise(MAP) == "Hello"


def test_resource() -> None:
    text = {"en": "Care for {resource} and {resource.__class__}", "fr": "Soigner {resource}"}
    assert localise(text, "en", "forests") == "Care for forests and {resource.__class__}"
    assert localise(text, "fr", {"en": "the Internet", "fr": "l’Internet"}) == "Soigner l’Internet"
    assert localise(text, "fr") == "Soigner {resource}"


def render(source: str, **context: object) -> str:
    return Template("{% load texts %}" + source).render(Context(context))


def test_tag_escapes() -> None:
    with translation.override("en"):
        assert render("{% text map resource %}", map={"en": "<b>{resource}"}, resource="<i>") == "&lt;b&gt;&lt;i&gt;"
        assert render("{{ map|localised }}", map={"en": "<b>"}) == "&lt;b&gt;"
        assert render("{{ map|localised:'x' }}", map={"en": "{resource}"}) == "x"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_tag_escapes_what_claims_to_be_safe(language: str) -> None:
    with translation.override(language):
        assert "&lt;b&gt;" in render("{% text map %}", map={"en": SafeString("<b>")})


def test_tag_marks_another_language() -> None:
    with translation.override("fr"):
        assert render("{% text map %}", map={"en": "<Hello>"}) == '<span lang="en" dir="ltr">&lt;Hello&gt;</span>'
        assert render("{% text map %}", map={"ar": "مرحبا"}) == '<span lang="ar" dir="rtl">مرحبا</span>'
        assert render("{% text map %}", map={"xx": "?"}) == '<span lang="xx" dir="auto">?</span>'
        assert render("{% text map %}", map=MAP) == "Bonjour"
        assert render("{% text map %}", map={}) == ""


def test_tag_does_not_mark_variants_of_the_language() -> None:
    with translation.override("en-gb"):
        assert render("{% text map %}", map={"en": "Hello"}) == "Hello"


@pytest.mark.parametrize("page", ["en", "ar", "fr"])
@pytest.mark.parametrize("read", ["", "en", "de"])
def test_telling_says_what_text_says(page: str, read: str) -> None:
    texts: list[dict[str, str] | None] = [{"en": "Tom & <i>Jerry</i>"}, {"ar": "نص", "en": "text"}, {"de": "Wort"}]
    texts += [{"en": "", "de": "Wort"}, {}, None]
    with translation.override(page), reading(read):
        told = telling()
        assert [told(each) for each in texts] == [text(each) for each in texts]
