"""Creating an account: a code by mail, the same answer for known addresses, and a door that can be closed."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from assessments.processes.services.invitations import invite
from assessments.vocabulary import Role
from msgov.accounts.models import AuditEvent, User
from tests import builders
from tests.builders.accounts import confirmed, is_signed_in, mailed_code

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Bea",
    "email": "Bea@Example.org",
    "password1": "a long enough phrase",
    "password2": "a long enough phrase",
}


def test_signup_with_the_mailed_code_ends_signed_in_at_home(client: Client) -> None:
    answer = client.post("/account/signup/", NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/account/confirm-email/")
    assert not is_signed_in(client)
    answer = client.post("/account/confirm-email/", {"code": mailed_code()})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_signed_in(client)
    user = User.objects.get()
    assert (user.email, user.name) == ("bea@example.org", "Bea")
    assert EmailAddress.objects.get(user=user).verified
    assert set(AuditEvent.objects.values_list("action", flat=True)) == {"account.created", "login.succeeded"}


def test_signup_needs_no_name(client: Client) -> None:
    assert client.post("/account/signup/", {**NEW, "name": ""}).status_code == 302
    assert str(User.objects.get()) == "bea@example.org"


def test_signup_with_a_wrong_code_says_so_and_signs_nobody_in(client: Client) -> None:
    client.post("/account/signup/", NEW)
    answer = client.post("/account/confirm-email/", {"code": "AAAA-AAAA"})
    assert "This is not the code we sent, or it is too old." in answer.content.decode()
    assert "<title>Error: Confirm your e-mail address" in answer.content.decode()
    assert not is_signed_in(client)


def test_signup_code_can_be_tried_three_times_only(client: Client) -> None:
    client.post("/account/signup/", NEW)
    code = mailed_code()
    for _attempt in range(3):
        client.post("/account/confirm-email/", {"code": "AAAA-AAAA"})
    client.post("/account/confirm-email/", {"code": code})
    assert not is_signed_in(client)


def test_signup_with_a_known_address_looks_the_same_and_tells_its_owner(client: Client) -> None:
    confirmed("bea@example.org")
    answer = client.post("/account/signup/", NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/account/confirm-email/")
    assert User.objects.count() == 1
    assert mail.outbox[0].subject == "[msgov] You already have an account"
    assert "/account/password/reset/" in str(mail.outbox[0].body)
    assert mail.outbox[0].alternatives == []
    known = client.get("/account/confirm-email/").content.decode()
    other = Client()
    other.post("/account/signup/", {**NEW, "email": "new@example.org"})
    new = other.get("/account/confirm-email/").content.decode()
    assert "We have sent a code to <strong>bea@example.org</strong>" in known
    assert "We have sent a code to <strong>new@example.org</strong>" in new


def test_signup_mail_is_plain_text_from_the_configured_sender(client: Client, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "office@msgov.example"
    client.post("/account/signup/", NEW)
    sent = mail.outbox[0]
    assert (sent.from_email, sent.to) == ("office@msgov.example", ["bea@example.org"])
    assert sent.subject == f"[msgov] Your code: {mailed_code()}"
    assert str(sent.body).startswith("Hello,\n\nTo confirm your e-mail address")
    assert sent.alternatives == []


def test_signup_with_errors_keeps_what_was_typed_and_names_the_fields(client: Client) -> None:
    page = client.post("/account/signup/", {**NEW, "password2": "something else!"}).content.decode()
    assert 'value="Bea"' in page
    assert '<a href="#id_password2">Password again: You must type the same password each time.</a>' in page


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("eleven char", "at least 12 characters"),
        ("password1234", "too common"),
        ("bea@example.org", "too similar to the e-mail address"),
    ],
)
def test_signup_refuses_weak_passwords(client: Client, password: str, complaint: str) -> None:
    page = client.post("/account/signup/", {**NEW, "password1": password, "password2": password}).content.decode()
    assert complaint in page
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["ünïcödé ✓ phräse", "x" * 100 + " 7 words", "  spaces around it  "])
def test_signup_takes_any_characters_and_long_passwords_as_typed(client: Client, password: str) -> None:
    assert client.post("/account/signup/", {**NEW, "password1": password, "password2": password}).status_code == 302
    assert User.objects.get().check_password(password)


def test_a_class_signs_up_behind_one_address() -> None:
    for number in range(40):
        answer = Client().post("/account/signup/", {**NEW, "email": f"person{number}@example.org"})
        assert answer.status_code == 302
    assert User.objects.count() == 40


@pytest.mark.parametrize("known", [False, True])
def test_one_address_is_not_mailed_for_ever_and_the_form_keeps_what_was_typed(client: Client, known: bool) -> None:
    if known:
        confirmed("bea@example.org")
    for _attempt in range(4):
        answer = Client().post("/account/signup/", NEW)
    page = answer.content.decode()
    assert "Too many attempts." in page
    assert 'value="Bea"' in page
    assert 'value="Bea@Example.org"' in page
    assert "a long enough phrase" not in page
    assert len(mail.outbox) == 1  # and not one for each attempt


def test_signup_hashes_a_password_whether_or_not_the_address_is_known(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the answer comes ten times as fast for a known one."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def count(hasher: MD5PasswordHasher, password: str, salt: str, *more: object) -> str:
        hashed.append(password)
        return encode(hasher, password, salt)

    confirmed("bea@example.org")
    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    numbers = []
    for email in ("bea@example.org", "new@example.org"):
        hashed.clear()
        Client().post("/account/signup/", {**NEW, "email": email})
        numbers.append(len(hashed))
    assert numbers == [1, 1]


def test_signup_closed_says_how_to_get_in(client: Client, settings: Settings) -> None:
    settings.SIGNUP_OPEN = False
    assert "Accounts are by invitation" in client.get("/account/signup/").content.decode()
    client.post("/account/signup/", NEW)
    assert not User.objects.exists()


def test_signup_closed_opens_for_a_standing_invitation_only(client: Client, settings: Settings) -> None:
    settings.SIGNUP_OPEN = False
    organiser = builders.user()
    process = builders.process(organiser=organiser)
    invitation, token = invite(process=process, user=organiser, email="bea@example.org", role=Role.CONTRIBUTOR)
    client.get(f"/invitations/{token}/")
    assert "<h1>Create an account</h1>" in client.get("/account/signup/").content.decode()
    type(invitation).objects.update(revoked_at=invitation.created_at)
    assert "Accounts are by invitation" in client.get("/account/signup/").content.decode()
