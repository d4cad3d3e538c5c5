"""Invitations: sent, refused, withdrawn, accepted."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from assessments.exceptions import NotAllowed
from assessments.models import Invitation, Process
from assessments.processes.services import invitations as services
from assessments.vocabulary import InvitationState, Role
from assessments.zones import end_of, today_in
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return builders.user(name="Ada")


@pytest.fixture
def process(ada: User) -> Process:
    return builders.process(organiser=ada, name="Forum")


def invite(process: Process, by: User, email: str = "Bob@Example.org", role: str = Role.CONTRIBUTOR) -> Invitation:
    return services.invite(process=process, user=by, email=email, role=role)[0]


def test_invite_stores_only_the_hash_of_a_long_token(process: Process, ada: User) -> None:
    invitation, token = services.invite(process=process, user=ada, email=" Bob@Example.org", role=Role.REVIEWER)

    assert len(token) == 43  # 256 bits
    assert invitation.token_hash == services.token_hash(token)
    assert token not in str(Invitation.objects.values().get())
    assert (invitation.email, invitation.role, invitation.state) == ("bob@example.org", "reviewer", "pending")
    assert invitation.expires_at == end_of(today_in(process.zone) + timedelta(days=14), process.zone)


def test_invite_again_replaces_the_open_invitation(process: Process, ada: User) -> None:
    old, new = invite(process, ada), invite(process, ada, "BOB@example.org", Role.REVIEWER)

    old.refresh_from_db()
    assert (old.state, new.state) == (InvitationState.REVOKED, InvitationState.PENDING)


def test_invite_refuses_a_member(process: Process, ada: User) -> None:
    with pytest.raises(NotAllowed, match="is a member already"):
        invite(process, ada, ada.email.upper())


def test_invite_counts_the_last_day_of_a_process(process: Process, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MAX_PER_PROCESS", 2)
    first = invite(process, ada)
    invite(process, ada)

    with pytest.raises(NotAllowed, match="No more than 2 invitations can be sent in 24 hours"):
        invite(process, ada)

    Invitation.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(hours=25))
    assert invite(process, ada).state == InvitationState.PENDING


def test_invite_counts_the_last_day_of_a_person(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MAX_PER_PERSON", 1)
    invite(builders.process(organiser=ada), ada)

    with pytest.raises(NotAllowed, match="No more than 1 invitation can be sent"):
        invite(builders.process(organiser=ada), ada)


def test_send_invitation_mails_the_link(process: Process, ada: User) -> None:
    process.name = "Forum & <friends>\r\nBcc: all@example.org"
    process.save()
    invitation = invite(process, ada)

    assert services.send_invitation(invitation=invitation, link="https://example.org/i/abc/") is True

    (sent,) = mail.outbox
    assert sent.to == ["bob@example.org"]
    assert sent.from_email.startswith('"Forum & <friends> Bcc: all@example.org" <')
    assert sent.reply_to == [ada.email]
    assert sent.subject == "[msgov] Invitation to Forum & <friends> Bcc: all@example.org"
    assert "\nhttps://example.org/i/abc/\n" in sent.body
    assert "Ada invites you to work on the assessment of “Forum & <friends>" in sent.body
    invitation.refresh_from_db()
    assert invitation.sent_at is not None


@pytest.mark.parametrize("error", [SMTPServerDisconnected(), ConnectionRefusedError(), TimeoutError()])
def test_send_invitation_says_when_the_mail_did_not_go(
    process: Process, ada: User, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr(EmailMessage, "send", fail)
    invitation = invite(process, ada)

    assert services.send_invitation(invitation=invitation, link="https://example.org/") is False

    invitation.refresh_from_db()
    assert (invitation.sent_at, invitation.state) == (None, InvitationState.PENDING)


def test_accept_invitation_makes_a_member_once(process: Process, ada: User) -> None:
    bob, invitation = builders.user("bob@example.org"), invite(process, ada)

    services.accept_invitation(invitation=invitation, user=bob)

    assert process.memberships.get(user=bob).role == Role.CONTRIBUTOR
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by) == (InvitationState.ACCEPTED, bob)
    with pytest.raises(NotAllowed, match="no longer"):
        services.accept_invitation(invitation=invitation, user=builders.user(), other_address=True)


def test_accept_invitation_with_another_account_needs_to_be_meant(process: Process, ada: User) -> None:
    carol, invitation = builders.user("carol@example.org"), invite(process, ada)

    with pytest.raises(NotAllowed, match="Confirm"):
        services.accept_invitation(invitation=invitation, user=carol)
    services.accept_invitation(invitation=invitation, user=carol, other_address=True)

    assert process.memberships.filter(user=carol).exists()


@pytest.mark.parametrize("change", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}])
def test_accept_invitation_withdrawn_or_expired(process: Process, ada: User, change: dict[str, Any]) -> None:
    bob, invitation = builders.user("bob@example.org"), invite(process, ada)
    Invitation.objects.filter(pk=invitation.pk).update(**change)

    with pytest.raises(NotAllowed, match="no longer"):
        services.accept_invitation(invitation=invitation, user=bob)

    assert not process.memberships.filter(user=bob).exists()


def test_revoke_invitation_accepted_is_refused(process: Process, ada: User) -> None:
    invitation = invite(process, ada)
    services.accept_invitation(invitation=invitation, user=builders.user("bob@example.org"))

    with pytest.raises(NotAllowed, match="has been accepted"):
        services.revoke_invitation(invitation=invitation, user=ada)


def test_addresses_are_taken_as_mail_programs_and_pages_give_them(process: Process, ada: User) -> None:
    pasted = "\u200bjoy@example.org\n“Bo, Li” <bo@example.org>; Cy <CY@example.org>\n\ufeffdee@example.org, nobody"
    found = services.invite_several(process=process, user=ada, lines=pasted, role=Role.CONTRIBUTOR)
    addresses = [invitation.email for invitation, _token in found.invited]
    assert addresses == ["joy@example.org", "bo@example.org", "cy@example.org", "dee@example.org"]
    assert found.left == ["nobody"]
