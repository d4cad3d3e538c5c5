"""Devices on which somebody has signed in before: guesses made elsewhere do not keep the owner out on them.

A device is known by a signed cookie, which lets nobody in. It only counts wrong passwords and codes of this device by
themselves, where those of everybody else are counted together for each account.
"""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

SALT = "msgov.accounts.devices"
LASTS = 60 * 60 * 24 * 365  # seconds
PEOPLE = 5  # who share a device


def known(request: HttpRequest, user: Any) -> str:
    """The name of this device if the person has signed in on it before, else nothing."""
    return _people(request).get(str(user.pk), "")


def known_for(request: HttpRequest, email: str) -> str:
    """The same, for an address typed into a form."""
    if not _people(request):
        return ""
    user = get_user_model().objects.filter(email__iexact=email).only("pk").first()
    return known(request, user) if user else ""


def _people(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return {str(pk): str(name) for pk, name in found.items()}


def remember(sender: object, request: HttpRequest | None, user: Any, **kwargs: object) -> None:
    """Note on the request who has signed in, for `set_cookie`."""
    if request is not None:
        request.new_on_device = user  # type: ignore[attr-defined]


def set_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Let the device be known from now on, if somebody has just signed in."""
    user = getattr(request, "new_on_device", None)
    if user is None:
        return
    others = {pk: name for pk, name in _people(request).items() if pk != str(user.pk)}
    people = dict(list(others.items())[-PEOPLE + 1 :])
    people[str(user.pk)] = known(request, user) or secrets.token_urlsafe(9)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(people, salt=SALT),
        max_age=LASTS,
        path=reverse("account"),  # no other page has to know
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


user_logged_in.connect(remember, dispatch_uid="msgov.devices")
