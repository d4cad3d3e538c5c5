"""Lists a page at a time."""

from django.http import HttpRequest

LAST_PAGE = 10_000


def page_number(request: HttpRequest) -> int:
    """Return the page asked for in the address, from 1 to LAST_PAGE; 1 if that is no number."""
    asked = request.GET.get("page", "1")
    return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
