"""The account page, and leaving: what one answered stays, and nobody is left without an organiser."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from assessments.models import Answer, Membership, Process
from assessments.processes.services.members import only_organiser_of
from assessments.vocabulary import Role
from msgov.accounts.models import AuditEvent, User
from tests import builders
from tests.builders.accounts import PASSWORD, confirm_identity, confirmed, mailed_code, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client: Client) -> User:
    """Somebody who has just signed in."""
    user = confirmed("ana@example.org", name="Ana")
    sign_in(client)
    return user


def test_account_page_leads_everywhere(client: Client, ana: User) -> None:
    page = client.get("/account/").content.decode()
    for path in ("name/", "email/", "password/change/", "2fa/", "2fa/webauthn/", "sessions/", "delete/"):
        assert f'href="/account/{path}"' in page
    assert "/admin/" not in page
    assert "Language of this site" not in page


def test_account_page_sends_visitors_to_sign_in(client: Client) -> None:
    assert client.get("/account/")["Location"] == "/account/login/?next=/account/"


def test_name_is_changed(client: Client, ana: User) -> None:
    assert client.post("/account/name/", {"name": "Ana María"})["Location"] == "/account/"
    ana.refresh_from_db()
    assert ana.name == "Ana María"


def test_too_long_name_is_refused_and_kept(client: Client, ana: User) -> None:
    page = client.post("/account/name/", {"name": "x" * 151}).content.decode()
    assert "x" * 151 in page
    assert "Ensure this value has at most 150 characters" in page


def test_address_changes_with_the_code_sent_to_the_new_one(client: Client, ana: User) -> None:
    client.post("/account/email/", {"email": "new@example.org", "action_add": ""})
    assert mail.outbox[-1].to == ["new@example.org"]
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"
    client.post("/account/confirm-email/", {"code": mailed_code()})
    ana.refresh_from_db()
    assert ana.email == "new@example.org"
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (
        ["ana@example.org"],
        "[msgov] Your e-mail address was changed",
    )
    assert AuditEvent.objects.filter(action="email.changed", actor=ana).count() == 1


def test_other_sessions_can_be_ended(client: Client, ana: User) -> None:
    elsewhere = Client(headers={"user-agent": "Library computer"})
    sign_in(elsewhere)
    assert "Library computer" in client.get("/account/sessions/").content.decode()
    client.post("/account/sessions/")
    assert elsewhere.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


def test_deleting_asks_first(client: Client, ana: User) -> None:
    confirm_identity(client)
    assert "It cannot be undone." in client.get("/account/delete/").content.decode()
    assert User.objects.filter(pk=ana.pk).exists()


def test_deleting_removes_the_person_and_keeps_the_answers(client: Client, ana: User) -> None:
    confirm_identity(client)
    process = builders.process(organiser=builders.user())
    builders.member(process, ana, Role.CONTRIBUTOR)
    answer = builders.answer(builders.assessment(process), "IT1a", updated_by=ana)
    reply = client.post("/account/delete/")
    assert (reply.status_code, reply["Location"]) == (302, "/")
    assert not User.objects.filter(pk=ana.pk).exists()
    assert not Membership.objects.filter(user=ana.pk).exists()
    assert Answer.objects.get(pk=answer.pk).updated_by is None
    assert client.get("/account/").status_code == 302
    event = AuditEvent.objects.get(action="account.deleted")
    assert (event.actor, event.actor_number) == (None, ana.pk)


def test_deleting_is_refused_to_an_only_organiser(client: Client, ana: User) -> None:
    confirm_identity(client)
    process = builders.process(organiser=ana, name="Forum on domains")
    page = client.get("/account/delete/").content.decode()
    assert "<li>Forum on domains</li>" in page
    assert '<button type="submit" class="btn btn-danger">' not in page
    assert client.post("/account/delete/").status_code == 409
    assert User.objects.filter(pk=ana.pk).exists()
    builders.member(process, builders.user(), Role.ORGANISER)
    client.post("/account/delete/")
    assert not User.objects.filter(pk=ana.pk).exists()


def test_deleting_needs_a_fresh_password(client: Client) -> None:
    user = confirmed("ana@example.org")
    client.force_login(user)
    answer = client.post("/account/delete/")
    assert str(answer["Location"]).startswith("/account/reauthenticate/")
    assert User.objects.filter(pk=user.pk).exists()
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/account/delete/")
    assert not User.objects.filter(pk=user.pk).exists()


def test_two_organisers_who_delete_their_accounts_leave_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second asks when the first is gone: it looks for orphans within the transaction that deletes."""
    ana, bea = confirmed("ana@example.org"), confirmed("bea@example.org")
    process = builders.process(organiser=ana)
    builders.member(process, bea, Role.ORGANISER)
    seen: list[bool] = []

    def look(user: User) -> list[Process]:
        seen.append(bool(connection.savepoint_ids))  # the test itself is a transaction already
        return only_organiser_of(user)

    monkeypatch.setattr("assessments.processes.services.members.only_organiser_of", look)
    for email, status in (("ana@example.org", 302), ("bea@example.org", 409)):
        client = Client()
        sign_in(client, email)
        confirm_identity(client)
        assert client.post("/account/delete/").status_code == status
    assert process.memberships.get().user == bea
    assert all(seen)
