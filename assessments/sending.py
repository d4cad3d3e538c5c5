"""What views with forms share."""

from django.http import HttpRequest, QueryDict


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to. Sent empty is sent: `request.POST or None` would show a form without its errors."""
    return request.POST if request.method == "POST" else None
