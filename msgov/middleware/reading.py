"""Questions in the language their reader chose, which need not be the language of the page around them."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from attributes.schema_values import LANGUAGE_PATTERN
from attributes.texts import QUESTION_LANGUAGE_COOKIE, read_in, reading
from msgov.middleware import GetResponse

# Pages that show questions to be read or answered. Results and reports stay in the language of the page: what is
# frozen and printed must not depend on who looks.
PAGES = frozenset(
    {
        "attributes:framework",
        "attributes:questions",
        "attributes:method",
        "assessments:assessment-hub",
        "assessments:question",
        "assessments:assessment-check",
        "assessments:assessment-history",
        "assessments:draft-preview-list",
        "assessments:draft-preview",
    }
)
_LANGUAGE = re.compile(LANGUAGE_PATTERN)


class ReadingLanguageMiddleware:
    """The language in the address (?language=fr) or, failing that, the one remembered in a cookie."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading(""):
            response = self.get_response(request)
            if _shows_questions(request):
                patch_vary_headers(response, ["Cookie"])
            return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Only now it is known which page it is."""
        if _shows_questions(request):
            read_in(_chosen(request))


def _shows_questions(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.view_name in PAGES


def _chosen(request: HttpRequest) -> str:
    for language in (request.GET.get("language", ""), request.COOKIES.get(QUESTION_LANGUAGE_COOKIE, "")):
        if len(language) <= 20 and _LANGUAGE.fullmatch(language):
            return language
    return ""
