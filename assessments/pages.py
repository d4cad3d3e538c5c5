"""What views of all rooms share: the form that was sent, and lists a page at a time."""

from django.http import HttpRequest, QueryDict

LAST_PAGE = 10_000


def page_number(request: HttpRequest) -> int:
    """Return the page asked for in the address, from 1 to LAST_PAGE; 1 if that is no number."""
    asked = request.GET.get("page", "1")
    return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to. Sent empty is sent: `request.POST or None` would show a form without its errors."""
    return request.POST if request.method == "POST" else None
