"""Views that take a file."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from attributes.exchange.reading import MAX_BYTES
from attributes.pages import SizeLimit


def takes_file(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view take a file: `too_large` of its request says whether the one that was sent was dropped.

    Django's check for forged requests reads the whole request, so it runs after the limit is set.
    """

    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limit = SizeLimit(request, MAX_BYTES)
        request.upload_handlers.insert(0, limit)
        return checked(request, *args, limit=limit, **kwargs)

    checked = csrf_protect(view)
    return csrf_exempt(limited)
