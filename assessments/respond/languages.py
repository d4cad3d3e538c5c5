"""In which language a respondent reads: what they chose, else what is known of them, else what their browser likes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from assessments.models import Wave, WordingLanguage
from assessments.wording.shipped import SOURCE, shipped_languages
from attributes.catalogue.types import CatalogueSet

# What the address names where nothing is stored; and the buttons that change it, in a form that keeps what was typed.
LANGUAGE, CHOOSE = "language", "choose"


def asked_for(request: HttpRequest) -> str:
    """The language that was chosen on a page, whether it is one of ours or not."""
    sent, named = readable(request, "POST"), readable(request, "GET")
    return sent.get(CHOOSE) or named.get(LANGUAGE) or sent.get(LANGUAGE) or ""


def readable(request: HttpRequest, part: str) -> Mapping[str, str]:
    """What was sent; nothing where it cannot be read: the page that says so has a language too."""
    try:
        sent: Mapping[str, str] = getattr(request, part)
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return {}
    return sent


def language_for(request: HttpRequest, languages: Sequence[str], *known: str) -> str:
    """One of these languages, of which there is at least one: the first of those `known`, unless another was chosen."""
    for language in (asked_for(request), *known):
        if language in languages:
            return language
    return _liked(request, languages) or languages[0]


def languages_of(wave: Wave, catalogue: CatalogueSet) -> tuple[str, ...]:
    """The languages of a wave that can be chosen, at least one."""
    own = tuple(language for language in wave.languages if language in catalogue.languages)
    return own or catalogue.languages[:1]


def language_without_link(request: HttpRequest) -> str:
    """The language of a page that no link leads to: any that there are words in."""
    shipped = shipped_languages()
    if (asked := asked_for(request)) in shipped:
        return asked
    if not asked and _first_liked(request) in shipped:
        return _first_liked(request)
    written = WordingLanguage.objects.values_list("code", flat=True)
    return language_for(request, (*shipped, *written)) if asked or _likes(request) else SOURCE


def language_as_shipped(request: HttpRequest) -> str:
    """The same without a query, of those that come with this software."""
    return language_for(request, shipped_languages())


def _likes(request: HttpRequest) -> list[str]:
    found: Iterable[tuple[str, float]] = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return [liked for liked, _quality in found]


def _first_liked(request: HttpRequest) -> str:
    return next(iter(_likes(request)), "")


def _liked(request: HttpRequest, languages: Sequence[str]) -> str:
    """The one of these that the browser likes best; a variant for the language and the other way round; or none."""
    for liked in _likes(request):
        for language in languages:
            if language.lower() == liked or language.split("-")[0].lower() == liked.split("-")[0]:
                return language
    return ""


def to_choose_without_link(request: HttpRequest) -> dict[str, object]:
    """For a page that no link leads to: the languages it can be read in. None where something sent would be lost."""
    languages = shipped_languages() if request.method in {"GET", "HEAD"} else ()
    return {"languages": languages, "language": translation.get_language()}


def drawn(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page in the language that is spoken, and say in its header which one that is."""
    response = render(request, template, dict(context), status=status)
    response["Content-Language"] = translation.get_language() or SOURCE
    return response
