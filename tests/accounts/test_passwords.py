"""Passwords: stored with Argon2id, changed with the old one, reset without telling who has an account."""

import re

import pytest
from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from msgov.accounts.models import AuditEvent
from tests.builders.accounts import PASSWORD, confirmed, is_signed_in, set_up_app, sign_in

pytestmark = pytest.mark.django_db
NEW = {"password1": "a brand new phrase", "password2": "a brand new phrase"}


def reset_link(email: str) -> str:
    """Ask for a reset and return the path in the mail."""
    Client().post("/account/password/reset/", {"email": email})
    found = re.search(r"http://testserver(/account/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found.group(1)


def test_password_is_stored_with_argon2id_of_46_mebibytes(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["msgov.accounts.hashers.Argon2idHasher"]
    user = confirmed()
    assert user.password.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    assert identify_hasher(user.password) is not None
    assert user.check_password(PASSWORD)
    assert not get_hasher().must_update(user.password)


def test_password_reset_says_the_same_for_known_and_unknown_addresses(client: Client) -> None:
    confirmed("ana@example.org")
    answers = [
        client.post("/account/password/reset/", {"email": email}) for email in ("ana@example.org", "nobody@example.org")
    ]
    assert [answer["Location"] for answer in answers] == ["/account/password/reset/done/"] * 2
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["ana@example.org"], "[msgov] Choose a new password"),
        (["nobody@example.org"], "[msgov] There is no account with this address"),
    ]


def test_password_reset_is_limited_by_address_and_keeps_what_was_typed() -> None:
    for _attempt in range(6):
        answer = Client().post("/account/password/reset/", {"email": "ana@example.org"})
    assert "Too many attempts." in answer.content.decode()
    assert 'value="ana@example.org"' in answer.content.decode()
    assert len(mail.outbox) == 5
    assert Client().post("/account/password/reset/", {"email": "bea@example.org"}).status_code == 302


def test_password_reset_link_leaves_the_address_and_works_once(client: Client) -> None:
    user = confirmed("ana@example.org")
    link = reset_link("ana@example.org")
    form = client.get(link)["Location"]
    assert form.endswith("-set-password/")
    assert client.post(form, NEW)["Location"] == "/account/password/reset/key/done/"
    user.refresh_from_db()
    assert user.check_password("a brand new phrase")
    assert not is_signed_in(client)
    assert "This link no longer works" in Client().get(link).content.decode()
    assert mail.outbox[-1].subject == "[msgov] Your password was changed"
    assert AuditEvent.objects.filter(action="password.reset", actor=user).count() == 1


def test_password_reset_does_not_get_around_the_second_factor(client: Client) -> None:
    user = confirmed("ana@example.org")
    sign_in(client)
    set_up_app(client)
    visitor = Client()
    form = visitor.get(reset_link("ana@example.org"))["Location"]
    visitor.post(form, NEW)
    answer = sign_in(visitor, password="a brand new phrase")
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert not is_signed_in(visitor)
    user.refresh_from_db()


def test_password_change_needs_the_old_one_and_ends_other_sessions(client: Client) -> None:
    confirmed("ana@example.org")
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    wrong = client.post("/account/password/change/", {"oldpassword": "wrong", **NEW})
    assert "Please type your current password." in wrong.content.decode()
    answer = client.post("/account/password/change/", {"oldpassword": PASSWORD, **NEW})
    assert answer["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert AuditEvent.objects.filter(action="password.changed").count() == 1
