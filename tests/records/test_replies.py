"""The right of reply: one of each group, as it was written, answered once, and tied to nobody's answers."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments import visitor_limits
from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import Assessment, GroupReply, PanelLink, PublicRecord, ReplyInvitation
from assessments.records.services.publishing import withdraw
from assessments.records.services.replies import (
    answer_reply,
    decide_on_reply,
    enter_reply,
    file_reply,
    invite_group,
)
from assessments.vocabulary import ReplyState, Role
from msgov.accounts.models import User
from tests import builders
from tests.builders import panels

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
GROUPS = ["Government", "Business"]
TYPED = {"text": "We see it otherwise.", "filed_by": "B. Person", "capacity": "Chair", "agreed": "on"}


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def address(name: str, *values: Any) -> str:
    return reverse(f"assessments:{name}", args=values)


@pytest.fixture
def link(record: PublicRecord, organiser: User, client_for: ClientFor) -> str:
    """The personal link that a group was sent."""
    response = client_for(organiser).post(
        address("record-reply-ask", record.number), {"group": "Business", "email": "contact@example.org"}
    )
    assert response.status_code == 302
    (message,) = mail.outbox
    assert message.to == ["contact@example.org"]
    found = re.search(r"http://testserver(/records/reply/\S+)", str(message.body))
    assert found
    return found[1]


@pytest.fixture
def reply(record: PublicRecord) -> GroupReply:
    return GroupReply.objects.create(record=record, group="Business", text="Their own words", filed_by="B")


@pytest.fixture
def reader(record: PublicRecord) -> User:
    """Who may read comments of the panel before they are shown."""
    assert record.assessment is not None
    user = builders.user(name="Rita")
    builders.member(record.assessment.process, user, Role.REVIEWER)
    return user


def test_a_group_replies_once_by_its_link_and_the_address_goes(link: str, record: PublicRecord, client: Client) -> None:
    assert "Business" in words(client.get(link).content.decode())
    refused = client.post(link, {**TYPED, "filed_by": ""})
    assert refused.status_code == 422
    assert "We see it otherwise." in refused.content.decode()
    assert client.post(link, {**TYPED, "text": "x" * 2001}).status_code == 422
    done = client.post(link, TYPED)
    assert done["Location"] == f"/records/{record.number}/#replies"
    said = words(client.get(address("record", record.number)).content.decode())
    assert "We see it otherwise." in said
    assert "Filed by B. Person on" in said
    invitation = ReplyInvitation.objects.get()
    assert (invitation.email, invitation.used_at is None) == ("", False)
    assert client.post(link, TYPED).status_code == 410
    assert "A group replies once." in client.get(link).content.decode()
    assert GroupReply.objects.count() == 1


def test_only_the_fingerprint_of_a_link_is_stored(link: str) -> None:
    token = link.rstrip("/").rpartition("/")[2]
    assert token not in str(ReplyInvitation.objects.values())


def test_a_link_that_nobody_made_is_answered_so_often_and_no_more(
    link: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor_limits.forget()
    monkeypatch.setitem(visitor_limits.AMOUNTS, visitor_limits.UNKNOWN_LINKS, 1)
    unknown = address("record-reply-link", "a" * 43)
    assert [client.get(unknown).status_code for _ in range(2)] == [404, 429]
    # Whoever has one is never held up.
    assert client.get(link).status_code == 200


def test_asking_again_makes_the_link_before_void(
    link: str, record: PublicRecord, organiser: User, client: Client
) -> None:
    invite_group(record=record, user=organiser, group="Business", email="other@example.org", groups=GROUPS)
    assert client.get(link).status_code == 404


def test_a_link_holds_thirty_days(link: str, client: Client) -> None:
    ReplyInvitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    response = client.get(link)
    assert response.status_code == 410
    assert "The time to reply by this link has passed." in response.content.decode()


def test_no_reply_to_what_was_withdrawn(
    link: str, record: PublicRecord, organiser: User, client: Client, reply: GroupReply
) -> None:
    invitation = ReplyInvitation.objects.get()
    withdraw(record=record, user=organiser, reason="A mistake")
    assert client.get(link).status_code == 404
    with pytest.raises(NotAllowed, match="withdrawn"):
        file_reply(invitation=invitation, text="T", filed_by="F", capacity="")
    with pytest.raises(NotAllowed, match="withdrawn"):
        answer_reply(reply=reply, user=organiser, text="No")


def test_only_groups_that_are_named_are_asked_and_each_replies_once(
    record: PublicRecord, organiser: User, reply: GroupReply, client_for: ClientFor
) -> None:
    with pytest.raises(InvalidAnswer):
        invite_group(record=record, user=organiser, group="Nobody", email="a@example.org", groups=GROUPS)
    with pytest.raises(NotAllowed, match="once"):
        invite_group(record=record, user=organiser, group="Business", email="a@example.org", groups=GROUPS)
    form = client_for(organiser).get(address("record-replies", record.number)).content.decode()
    assert re.findall(r'<option value="(\w+)"', form) == ["Government"]
    refused = client_for(organiser).post(
        address("record-reply-ask", record.number), {"group": "Business", "email": "a@example.org"}
    )
    assert refused.status_code == 422
    assert not mail.outbox


def test_who_reads_comments_enters_what_came_another_way(
    record: PublicRecord, reader: User, organiser: User, client_for: ClientFor, client: Client
) -> None:
    page = address("record-reply-enter", record.number)
    assert client_for(organiser).get(page).status_code == 403
    done = client_for(reader).post(page, {**TYPED, "group": "Government"})
    assert done.status_code == 302
    said = words(client.get(address("record", record.number)).content.decode())
    assert "It came another way and was typed in by Rita ." in said
    with pytest.raises(NotAllowed):
        enter_reply(record=record, user=reader, group="Government", text="T", filed_by="F", capacity="", groups=GROUPS)


def test_the_organiser_answers_once_and_edits_nothing(
    record: PublicRecord, reply: GroupReply, organiser: User, client_for: ClientFor, client: Client
) -> None:
    page = address("record-reply-answer", record.number, reply.code)
    own = client_for(organiser)
    assert own.post(page, {"answer": ""}).status_code == 422
    assert own.post(page, {"answer": "We looked again."}).status_code == 302
    assert "We looked again." in client.get(address("record", record.number)).content.decode()
    own.post(page, {"answer": "Something else"})
    reply.refresh_from_db()
    assert (reply.answer, reply.text) == ("We looked again.", "Their own words")
    assert own.get(address("record-reply-decide", record.number, reply.code)).status_code == 403


def test_a_reply_is_taken_off_for_two_reasons_with_a_note(
    record: PublicRecord, reply: GroupReply, reader: User, client_for: ClientFor, client: Client
) -> None:
    page = address("record-reply-decide", record.number, reply.code)
    own = client_for(reader)
    assert own.post(page, {"state": "personal", "note": " "}).status_code == 422
    assert own.post(page, {"state": "critical", "note": "We do not like it"}).status_code == 422
    assert own.post(page, {"state": "personal", "note": "Names a guest"}).status_code == 302
    shown = client.get(address("record", record.number)).content.decode()
    assert "Their own words" not in shown
    assert "Decided by Rita on" in words(shown)
    assert "Names a guest" in shown
    data = client.get(address("record-file", record.number, 1, "data.json")).json()
    assert data["replies"] == [
        {
            "group": "Business",
            "filed_on": reply.filed_at.date().isoformat(),
            "to_version": 1,
            "state": "personal",
            "note": "Names a guest",
        }
    ]
    with pytest.raises(NotAllowed, match="not shown"):
        answer_reply(reply=reply, user=reader, text="No")
    decide_on_reply(reply=reply, user=reader, state=ReplyState.SHOWN, note="")
    assert "Their own words" in client.get(address("record", record.number)).content.decode()


def test_who_wrote_in_the_process_during_the_panel_does_not_read_along(
    with_panel: Assessment, publishing: Any, client_for: ClientFor
) -> None:
    record = publishing(with_panel).record
    late = builders.user()
    builders.member(with_panel.process, late, Role.REVIEWER)
    assert client_for(late).get(address("record-reply-enter", record.number)).status_code == 403
    early = panels.reader_of(with_panel.waves.get())
    assert client_for(early).get(address("record-reply-enter", record.number)).status_code == 200


def test_nothing_of_a_reply_leads_to_a_link_of_the_panel() -> None:
    """No field of invitation or reply refers to links, groups or waves of a panel."""
    for model in (ReplyInvitation, GroupReply):
        related = {field.related_model for field in model._meta.get_fields() if field.is_relation}
        assert related == {PublicRecord}
    assert not {field.name for field in PanelLink._meta.get_fields() if field.is_relation and "repl" in field.name}


def test_replies_are_asked_for_within_the_limits_on_mails(record: PublicRecord, organiser: User, settings: Any) -> None:
    settings.MAILS_A_DAY_NEW_ACCOUNT = 0
    with pytest.raises(NotAllowed, match="mails"):
        invite_group(record=record, user=organiser, group="Business", email="a@example.org", groups=GROUPS)
    assert not ReplyInvitation.objects.exists()
