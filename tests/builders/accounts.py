"""People: who can sign in, whose address is confirmed, and the codes they are sent."""

import re
import time
from itertools import count
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from msgov.accounts.models import User

_numbers = count(1)
PASSWORD = "correct horse battery staple"


def user(email: str = "", **fields: Any) -> User:
    """A person who can sign in."""
    return User.objects.create_user(email or f"person{next(_numbers)}@example.org", PASSWORD, **fields)


def confirmed(email: str = "ana@example.org", **fields: object) -> User:
    """A person whose address is confirmed, so that signing in needs no code."""
    found = user(email, **fields)
    EmailAddress.objects.create(user=found, email=found.email, verified=True, primary=True)
    return found


def sign_in(client: Client, email: str = "ana@example.org", password: str = PASSWORD, **extra: str) -> HttpResponse:
    """Send the sign-in form."""
    return client.post("/account/login/", {"login": email, "password": password}, **extra)


def confirm_identity(client: Client) -> None:
    """Type the password once more, as before every change of how the account is protected."""
    answer = client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()


def is_signed_in(client: Client) -> bool:
    """Whether the client's session belongs to somebody."""
    return "_auth_user_id" in client.session


def mailed_code() -> str:
    """The code in the newest mail."""
    found = re.search(r"^([A-Z0-9]{3,4}-[A-Z0-9]{3,4})$", str(mail.outbox[-1].body), re.M)
    assert found is not None, mail.outbox[-1].body
    return found.group(1)


def app_code(secret: str) -> str:
    """What an authenticator app shows now."""
    earlier_to_later = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, earlier_to_later[len(earlier_to_later) // 2]))


def set_up_app(client: Client) -> str:
    """Switch on the authenticator app of a signed-in client; return its secret."""
    confirm_identity(client)
    page = client.get("/account/2fa/totp/activate/")
    secret = str(page.context["form"].secret)
    answer = client.post("/account/2fa/totp/activate/", {"code": app_code(secret)})
    assert answer.status_code == 302, answer.context["form"].errors
    return secret


def wait_for_another_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let half a minute pass: a code works once."""
    later = time.time() + 61
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: later)
