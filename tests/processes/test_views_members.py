"""Members and invitations in the browser."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Invitation, Process
from assessments.processes.services import invitations as services
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
ACCEPT = "/invitations/accept/"


@pytest.fixture
def process() -> Process:
    return builders.process(organiser=builders.user(name="Ada"), name="Forum")


@pytest.fixture
def own(process: Process, client_for: ClientFor) -> Client:
    return client_for(process.created_by)


def url(name: str, process: Process, *more: int) -> str:
    return reverse(f"assessments:{name}", args=[process.code, *more])


def invite(own: Client, process: Process, email: str = "bob@example.org", role: str = "reviewer") -> str:
    """Invite through the page, and return the link in the mail."""
    own.post(url("process-members", process), {"emails": email, "role": role})
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def roles(process: Process) -> dict[str, str]:
    return dict(process.memberships.values_list("user__email", "role"))


def text(response: Any) -> str:
    return str(response.content.decode())


# --- Members --------------------------------------------------------------------------------------------------


def test_an_organiser_changes_a_role(own: Client, process: Process) -> None:
    membership = builders.member(process, builders.user("bob@example.org"), Role.REVIEWER)

    own.post(url("member-role", process, membership.pk), {"role": "contributor"})

    assert roles(process)["bob@example.org"] == "contributor"


def test_the_last_organiser_is_told_why_the_role_stays(own: Client, process: Process) -> None:
    membership = process.memberships.get()

    response = own.post(url("member-role", process, membership.pk), {"role": "reviewer"}, follow=True)

    assert "Ada is the only organiser. Make somebody else an organiser first." in text(response)
    response = own.post(url("process-leave", process), follow=True)
    assert "Ada is the only organiser. Make somebody else an organiser first." in text(response)
    assert list(roles(process).values()) == ["organiser"]


def test_a_member_is_removed_after_asking(own: Client, process: Process) -> None:
    membership = builders.member(process, builders.user("bob@example.org"), Role.REVIEWER)
    page = url("member-remove", process, membership.pk)

    assert "Remove bob@example.org?" in text(own.get(page))
    assert "bob@example.org" in roles(process)
    own.post(page)
    assert "bob@example.org" not in roles(process)


def test_a_member_leaves(client_for: ClientFor, process: Process) -> None:
    bob = builders.user("bob@example.org")
    builders.member(process, bob, Role.CONTRIBUTOR)

    response = client_for(bob).post(url("process-leave", process), follow=True)

    assert "You have left “Forum”." in text(response)
    assert "bob@example.org" not in roles(process)


def test_a_member_of_another_process_is_not_found(own: Client, process: Process) -> None:
    foreign = builders.member(builders.process(), builders.user(), Role.REVIEWER)

    assert own.post(url("member-remove", process, foreign.pk)).status_code == 404
    assert own.post(url("member-role", process, foreign.pk), {"role": "organiser"}).status_code == 404


def test_members_without_the_right_see_no_addresses_and_no_invitations(
    own: Client, client_for: ClientFor, process: Process
) -> None:
    bob = builders.user("bob@example.org", name="Bob")
    builders.member(process, bob, Role.CONTRIBUTOR)
    invite(own, process, "carol@example.org")

    html = text(client_for(bob).get(url("process-members", process)))

    assert "Ada" in html
    assert "Bob" in html
    assert "@example.org" not in html


# --- Inviting -------------------------------------------------------------------------------------------------


def test_an_invitation_is_mailed(own: Client, process: Process) -> None:
    invite(own, process)

    html = text(own.get(url("process-members", process)))
    assert mail.outbox[0].to == ["bob@example.org"]
    assert "An invitation has been sent to bob@example.org." in html
    assert "Sent on" in html


def test_an_invitation_needs_a_role(own: Client, process: Process) -> None:
    response = own.post(url("process-members", process), {"emails": "bob@", "role": "king"})

    assert (response.status_code, Invitation.objects.count()) == (422, 0)
    assert response.context["form"].errors == {
        "role": ["Select a valid choice. king is not one of the available choices."],
    }
    assert 'href="#id_role_0"' in text(response)


def test_a_refused_invitation_is_explained_at_the_field(own: Client, process: Process) -> None:
    email = process.created_by.email

    response = own.post(url("process-members", process), {"emails": email, "role": "reviewer"})

    assert response.status_code == 422
    assert f"Line 1: {email} is a member already. Change the role in the list." in text(response)


def test_several_are_invited_at_once_and_only_what_is_wrong_stays_in_the_form(own: Client, process: Process) -> None:
    member = process.created_by.email
    lines = f"bob@example.org\nno address\n\nEVE@example.org;\nbob@example.org\n{member}"

    response = own.post(url("process-members", process), {"emails": lines, "role": "contributor"})

    assert response.status_code == 422
    assert [sent.to for sent in mail.outbox] == [["bob@example.org"], ["eve@example.org"]]
    assert [line.role for line in Invitation.objects.all()] == ["contributor"] * 2
    assert response.context["form"]["emails"].value() == f"no address\nbob@example.org\n{member}"
    assert response.context["form"].errors["emails"] == [
        "Line 1: “no address” is not an e-mail address.",
        "Line 2: bob@example.org stands in the list twice.",
        f"Line 3: {member} is a member already. Change the role in the list.",
    ]


def test_an_invitation_whose_mail_failed_is_kept_and_can_be_sent_again(
    own: Client, process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", fail)
        own.post(url("process-members", process), {"emails": "bob@example.org", "role": "reviewer"})
    html = text(own.get(url("process-members", process)))
    assert "The mail to bob@example.org could not be sent. The invitation is kept: send it again later." in html
    assert "The mail could not be sent." in html

    own.post(url("invitation-resend", process, Invitation.objects.get().pk))

    assert [sent.to for sent in mail.outbox] == [["bob@example.org"]]
    assert Invitation.objects.open().get().sent_at is not None


def test_an_invitation_is_withdrawn(own: Client, client: Client, process: Process) -> None:
    link = invite(own, process)
    own.post(url("invitation-revoke", process, Invitation.objects.get().pk))

    response = client.get(link, follow=True)

    assert response.status_code == 410
    assert "It was withdrawn, or whoever sent it no longer looks after" in text(response)


# --- Accepting ------------------------------------------------------------------------------------------------


def test_opening_the_link_starts_nothing_and_leaves_a_clean_address(
    own: Client, client: Client, process: Process
) -> None:
    link = invite(own, process)
    before = list(Invitation.objects.values())

    response = client.get(link)

    assert (response.status_code, response.headers["Location"]) == (302, ACCEPT)
    assert client.get(f"{link}),/").headers["Location"] == ACCEPT, "with what stood behind it in a sentence"
    assert response.headers["X-Robots-Tag"] == "noindex"
    html = text(client.get(ACCEPT))
    assert "<bdi>Ada</bdi> invites you to this process as: Reader and comment moderator." in html
    assert f"{reverse('account_login')}?next={ACCEPT}" in html
    assert list(Invitation.objects.values()) == before
    assert len(roles(process)) == 1


def test_an_invitation_survives_signing_in(own: Client, client: Client, process: Process) -> None:
    builders.user("bob@example.org")
    client.get(invite(own, process))
    assert client.post(ACCEPT).headers["Location"] == f"{reverse('account_login')}?next={ACCEPT}"

    client.force_login(User.objects.get(email="bob@example.org"))
    response = client.post(ACCEPT)

    assert response.headers["Location"] == url("process-detail", process)
    assert roles(process)["bob@example.org"] == "reviewer"
    assert client.get(ACCEPT).status_code == 404  # used up, and forgotten


def test_an_invitation_to_another_address_asks_first(own: Client, client_for: ClientFor, process: Process) -> None:
    carol = client_for(builders.user("carol@example.org"))
    page = carol.get(invite(own, process), follow=True)
    assert "The invitation was sent to bob@example.org. You are signed in as carol@example.org." in text(page)

    refused = carol.post(ACCEPT)
    assert (refused.status_code, len(roles(process))) == (422, 1)
    carol.post(ACCEPT, {"other_address": "on"})

    assert roles(process)["carol@example.org"] == "reviewer"


def test_a_link_works_once(own: Client, client_for: ClientFor, process: Process) -> None:
    link = invite(own, process)
    bob = client_for(builders.user("bob@example.org"))
    bob.get(link)
    bob.post(ACCEPT)

    response = bob.get(link, follow=True)

    assert response.status_code == 410
    assert "It has been used: an invitation can be accepted once." in text(response)
    assert url("process-detail", process) in text(response)


def test_an_expired_link_says_when(own: Client, client: Client, process: Process) -> None:
    link = invite(own, process)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))

    response = client.get(link, follow=True)

    assert response.status_code == 410
    assert "It expired on" in text(response)


def test_a_replaced_link_says_so(own: Client, client: Client, process: Process) -> None:
    link = invite(own, process)
    invite(own, process)

    response = client.get(link, follow=True)

    assert response.status_code == 410
    assert "It was replaced by a newer one." in text(response)


def test_an_unknown_link_is_not_found(client: Client) -> None:
    assert client.get("/invitations/abc/").status_code == 404
    assert client.get("/invitations/abc/)/").status_code == 404
    assert client.get(ACCEPT).status_code == 404


def test_an_invitation_withdrawn_while_it_is_read(own: Client, client_for: ClientFor, process: Process) -> None:
    bob = client_for(builders.user("bob@example.org"))
    bob.get(invite(own, process))
    Invitation.objects.update(revoked_at=timezone.now())

    assert bob.post(ACCEPT).status_code == 410
    assert len(roles(process)) == 1


def test_the_first_page_leads_to_own_invitations_only(own: Client, client_for: ClientFor, process: Process) -> None:
    invite(own, process, "Bob@Example.org")
    invitation = Invitation.objects.get()
    page = reverse("assessments:invitation-open", args=[invitation.pk])
    bob, carol = (client_for(builders.user(f"{name}@example.org")) for name in ("bob", "carol"))

    assert page in text(bob.get("/"))
    assert page not in text(carol.get("/"))
    assert carol.post(page).status_code == 404
    bob.post(page)
    bob.post(ACCEPT)

    assert list(roles(process).values()) == ["organiser", "reviewer"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_six_queries(
    count: int, own: Client, process: Process, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        builders.member(process, builders.user(), Role.REVIEWER)
        services.invite(process=process, user=process.created_by, email=f"p{number}@example.org", role="reviewer")

    with django_assert_num_queries(6):
        own.get(url("process-members", process))


def test_role_is_called_what_it_can_do(client: Client) -> None:
    process = builders.process(organiser=builders.user())
    client.force_login(process.created_by)
    html = client.get(reverse("assessments:process-members", args=[process.code])).content.decode()
    assert "Reader and comment moderator: reads submitted assessments and reports, decides on comments" in html
    assert ">Reviewer" not in html
