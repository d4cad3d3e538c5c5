"""In which language a respondent reads: what they chose, else what is known of them, else what their browser likes."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from assessments.models import WordingLanguage
from assessments.wording.shipped import SOURCE, shipped_languages

# What the address names where nothing is stored; and the buttons that change it, in a form that keeps what was typed.
LANGUAGE, CHOOSE = "language", "choose"


def asked_for(request: HttpRequest) -> str:
    """The language that was chosen on a page, whether it is one of ours or not."""
    return request.POST.get(CHOOSE) or request.GET.get(LANGUAGE) or request.POST.get(LANGUAGE) or ""


def language_for(request: HttpRequest, languages: Sequence[str], *known: str) -> str:
    """One of these languages, of which there is at least one: the first of those `known`, unless another was chosen."""
    for language in (asked_for(request), *known):
        if language in languages:
            return language
    return _liked(request, languages) or languages[0]


def language_without_link(request: HttpRequest) -> str:
    """The language of a page that no link leads to: any that there are words in."""
    shipped = shipped_languages()
    if (asked := asked_for(request)) in shipped:
        return asked
    if not asked and _first_liked(request) in shipped:
        return _first_liked(request)
    written = WordingLanguage.objects.values_list("code", flat=True)
    return language_for(request, (*shipped, *written)) if asked or _likes(request) else SOURCE


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
