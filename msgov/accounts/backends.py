"""Who is let in with a password."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from assessments.demo.people import DEMO_PASSWORD


class PasswordBackend(AuthenticationBackend):  # type: ignore[misc]
    """As allauth does it; but the published password of the demonstration opens nothing without DEBUG."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """Return the user, or None. Who has that password is answered like anybody with a wrong one, as slowly."""
        user = super().authenticate(request, **credentials)
        is_published = credentials.get("password") == DEMO_PASSWORD
        return None if is_published and not settings.DEBUG else user
