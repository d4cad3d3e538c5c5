"""Pages of errors for respondents: in their language, without a look at who is signed in, and with a way on."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from assessments.respond.access import USABLE, Access, access_of_browser, language_of
from assessments.respond.languages import language_as_shipped, language_without_link, to_choose_without_link
from assessments.respond.pages import words_typed
from assessments.wording import speaking
from assessments.wording.shipped import SOURCE

# By name: what the words of the page are called. Those that only mend by being sent anew lead back to their page.
NOT_FOUND, ODD, TOO_BIG, REFUSED, STALE, LATER = "not_found", "odd", "too_big", "refused", "stale", "later"
BROKEN, AWAY, BUSY = "broken", "away", "busy"
_AGAIN = frozenset({ODD, STALE, LATER, BROKEN, AWAY, BUSY})
# Addresses that take a form and are no page.
_NO_PAGES = frozenset({"respond-receipt-file", "assist-stop"})


def is_of_respondents(request: HttpRequest) -> bool:
    """Whether an address is one of theirs."""
    return request.path.startswith((reverse("assessments:respond"), reverse("assessments:type-code")))


def words_of(name: str) -> tuple[str, str]:
    """The keys of the title and of the text."""
    return f"errors.{LATER if name == BUSY else name}_title", f"errors.{name}"


def failed(request: HttpRequest, name: str, *, status: int) -> HttpResponse:
    """The page about an error, with what was typed."""
    held = access_of_browser(request)
    language = language_of(request, held) if held else language_without_link(request)
    with speaking(language):
        return _page(request, name, status, held)


def broken_down(request: HttpRequest, name: str, *, status: int, request_id: str) -> HttpResponse:
    """The same where nothing can be looked up: by the language of the browser alone."""
    with speaking(language_as_shipped(request), as_shipped=True):
        return _page(request, name, status, None, request_id)


def _page(request: HttpRequest, name: str, status: int, held: Access | None, request_id: str = "") -> HttpResponse:
    title, text = words_of(name)
    context = {
        **to_choose_without_link(request),
        "title": title,
        "text": text,
        "again": request.path if name in _AGAIN and _is_page(request) else "",
        "goes_on": held is not None and held.standing in USABLE and held.questionnaire is not None,
        "texts": words_typed(request),
        "request_id": request_id,
    }
    # Not with the request: what the site puts into its own pages looks at who is signed in.
    body = render_to_string("assessments/respond/error.html", context)
    headers = {
        "Cache-Control": "no-store, private",
        "X-Robots-Tag": "noindex, nofollow",
        "Content-Language": translation.get_language() or SOURCE,
    }
    return HttpResponse(body, status=status, headers=headers)


def _is_page(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).url_name not in _NO_PAGES
    except Resolver404:
        return False
