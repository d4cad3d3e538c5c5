"""Links: made, mailed, handed out, revoked. Nothing may tell whose was used."""

import re
import smtplib
from collections.abc import Callable
from email.header import decode_header, make_header
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import Settings

from assessments.address_lists import read_addresses
from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models.mail import MailsQueued
from assessments.models.panel import Wave
from assessments.models.panel_stores import PanelLink, UnfinishedQuestionnaire, WaveGroup
from assessments.panels.services import links, mails, setup
from assessments.respond import services
from tests import builders
from tests.builders.panels import in_days, open_group, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("launched_key")]

ROOT = "https://msgov.example.org/"
Run = Callable[..., Any]


@pytest.fixture
def wave(db: None, launched_key: int) -> Wave:
    return Wave.objects.get(pk=launched_key)


@pytest.fixture
def group(wave: Wave) -> WaveGroup:
    return wave.groups.first()


@pytest.fixture
def run(django_capture_on_commit_callbacks: Run) -> Run:
    """Does something, and the mails that follow once it is stored."""

    def doing(act: Run, **arguments: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return act(**arguments)

    return doing


def invite(run: Run, group: WaveGroup, text: str) -> None:
    run(links.invite_by_mail, group=group, user=group.wave.created_by, text=text, root=ROOT)


def token_in(message: Any) -> str:
    (found,) = re.findall(r"https://msgov\.example\.org/r/([\w-]{43})/", message.body)
    return str(found)


def tokens_to(address: str) -> list[str]:
    return [token_in(message) for message in mail.outbox if message.to == [address] and "/r/" in message.body]


def finish(token: str) -> None:
    link = services.usable_link(token)
    assert link is not None
    questionnaire, _own = services.begin(link=link)
    services.finish(questionnaire=questionnaire)


class Refusing(EmailBackend):
    """A mail server that takes no mail to addresses that begin with “bad”; “down”: none at all."""

    is_down = False

    def send_messages(self, messages: Any) -> int:
        if self.is_down:
            raise smtplib.SMTPServerDisconnected("gone")
        for message in messages:
            if message.to[0].startswith("bad"):
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, message.body.encode())})
        return super().send_messages(messages)


@pytest.fixture
def refusing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> type[Refusing]:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    monkeypatch.setattr(Refusing, "is_down", False)
    return Refusing


# --- Reading addresses ----------------------------------------------------------------------------------------


def test_addresses_are_read_in_the_forms_people_paste() -> None:
    text = "Ana@Example.org\r\n\nBo <bo@example.org>, Cy, the Third <cy@example.org>\nd@x.org; e@x.org f@x.org"
    assert read_addresses(text) == [
        (1, "ana@example.org"),
        (3, "bo@example.org"),
        (3, "cy@example.org"),
        (4, "d@x.org"),
        (4, "e@x.org"),
        (4, "f@x.org"),
    ]


def test_problems_are_named_with_their_line_and_nothing_is_sent(run: Run, wave: Wave, group: WaveGroup) -> None:
    other = wave.groups.last()
    invite(run, other, "known@example.org")
    mail.outbox.clear()
    with pytest.raises(InvalidAnswer) as refused:
        invite(run, group, "ana@example.org\nnobody\nANA@example.org\nknown@example.org")
    assert refused.value.errors["addresses"].splitlines() == [
        "Line 2: “nobody” is not an e-mail address.",
        "Line 3: ana@example.org is in line 1 already.",
        "Line 4: known@example.org has been invited already, in the group Civil society.",
    ]
    assert (mail.outbox, links.personal_links(group).count()) == ([], 0)


def test_long_list_of_problems_is_cut(run: Run, group: WaveGroup) -> None:
    with pytest.raises(InvalidAnswer) as refused:
        invite(run, group, "\n".join(["nobody"] * 25))
    lines = refused.value.errors["addresses"].splitlines()
    assert (len(lines), lines[-1]) == (21, "and 5 more problems")


def test_no_more_people_are_invited_than_was_said(run: Run, group: WaveGroup) -> None:
    with pytest.raises(InvalidAnswer, match="41 addresses, but only 40 of the 40"):
        invite(run, group, "\n".join(f"p{number}@example.org" for number in range(41)))


def test_mails_are_limited_when_they_are_queued_not_when_they_are_sent(group: WaveGroup, settings: Settings) -> None:
    settings.MAILS_A_DAY_NEW_ACCOUNT = 2
    user = builders.user()
    links.invite_by_mail(group=group, user=user, text="a@example.org", root="http://testserver/")
    assert mail.outbox == []
    with pytest.raises(InvalidAnswer, match=r"No more than 2 mails .* in the first week"):
        links.invite_by_mail(group=group, user=user, text="b@example.org\nc@example.org", root="http://testserver/")
    links.send_again(group=group, user=user, link=None, root="http://testserver/")
    with pytest.raises(NotAllowed, match="No more than 2"):
        links.send_again(group=group, user=user, link=None, root="http://testserver/")


def test_a_reminder_counts_as_many_mails_as_people_were_invited(run: Run, group: WaveGroup, settings: Settings) -> None:
    invite(run, group, "a@example.org\nb@example.org")
    PanelLink.objects.filter(email="a@example.org").update(is_used=True)
    user = builders.user()
    settings.MAILS_A_DAY_NEW_ACCOUNT = 1
    with pytest.raises(NotAllowed, match="No more than 1 mails"):
        mails.remind(group=group, user=user, root="http://testserver/")
    settings.MAILS_A_DAY_NEW_ACCOUNT = 2
    mails.remind(group=group, user=user, root="http://testserver/")


# --- Mails ----------------------------------------------------------------------------------------------------


def test_invitation_says_who_asks_what_happens_and_has_a_link_that_works(run: Run, group: WaveGroup) -> None:
    invite(run, group, "ana@example.org")
    (message,) = mail.outbox
    assert message.subject == "How was it for you? Northvale"
    assert message.to == ["ana@example.org"]
    assert message.extra_headers == {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    for words in (
        "The secretariat asks, to do better.",
        "member of: Government",
        "confidential",
        "17 to 25 minutes",
        "ask@example.org",
    ):
        assert words in message.body
    assert "anonymous" not in message.body
    assert "\n\n\n" not in message.body
    link = services.usable_link(token_in(message))
    assert link is not None
    assert (link.email, link.sent_on, link.failure) == ("ana@example.org", in_days(0), "")


def test_mail_to_a_group_on_the_record_says_so(run: Run) -> None:
    wave = prepared()
    first = wave.groups.first()
    setup.save_group(
        wave=wave,
        group=first,
        fields={"name": "Union", "mode": "on_record", "link_kind": "personal", "invited": 1, "cap": None},
    )
    setup.launch_prepared(wave=wave, user=wave.created_by)
    invite(run, wave.groups.first(), "ana@example.org")
    assert "gives one response, on the record" in mail.outbox[0].body
    assert "confidential" not in mail.outbox[0].body


def test_token_is_nowhere_but_in_the_mail(
    run: Run, group: WaveGroup, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    monkeypatch.setattr(links, "enqueue_panel_mails", lambda *args, **options: started.append((args, options)))
    invite(run, group, "ana@example.org")
    assert started == [((group.pk, ROOT), {})]
    monkeypatch.undo()
    with caplog.at_level("DEBUG"):
        run(links.send_again, group=group, user=group.wave.created_by, link=None, root=ROOT)
    token = token_in(mail.outbox[0])
    assert token not in caplog.text
    assert token not in repr(list(PanelLink.objects.values()))


def test_refused_address_is_named_and_can_be_sent_again(run: Run, group: WaveGroup, refusing: type[Refusing]) -> None:
    invite(run, group, "bad@example.org\ngood@example.org")
    assert list(links.personal_links(group).values_list("email", "sent_on", "failure")) == [
        ("bad@example.org", None, "The mail server refused the mail (550)."),
        ("good@example.org", in_days(0), ""),
    ]
    bad = links.personal_links(group).get(email="bad@example.org")
    run(links.send_again, group=group, user=group.wave.created_by, link=bad, root=ROOT)
    bad.refresh_from_db()
    assert bad.failure == "The mail server refused the mail (550)."
    assert len(mail.outbox) == 1


def test_silent_mail_server_is_not_asked_a_thousand_times(
    run: Run, group: WaveGroup, refusing: type[Refusing], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(refusing, "is_down", True)
    monkeypatch.setattr(refusing, "open", lambda self: asked.append(1))
    invite(run, group, "\n".join(f"p{number}@example.org" for number in range(30)))
    assert len(asked) == 3
    assert set(links.personal_links(group).values_list("failure", flat=True)) == {
        "The mail server could not be reached."
    }
    monkeypatch.setattr(refusing, "is_down", False)
    run(links.send_again, group=group, user=group.wave.created_by, link=None, root=ROOT)
    assert len(mail.outbox) == 30


def test_sending_again_brings_a_new_link(run: Run, group: WaveGroup) -> None:
    invite(run, group, "ana@example.org")
    link = links.personal_links(group).get()
    run(links.send_again, group=group, user=group.wave.created_by, link=link, root=ROOT)
    first, second = tokens_to("ana@example.org")
    assert services.usable_link(first) is None
    assert services.usable_link(second) == link


def test_sending_again_to_somebody_who_answered_looks_the_same(run: Run, group: WaveGroup) -> None:
    invite(run, group, "ana@example.org\nbo@example.org")
    finish(tokens_to("ana@example.org")[0])
    shown = []
    for link in links.personal_links(group):
        run(links.send_again, group=group, user=group.wave.created_by, link=link, root=ROOT)
        link.refresh_from_db()
        shown.append((link.sent_on, link.failure, link.is_revoked))
    assert shown[0] == shown[1] == (in_days(0), "", False)
    assert [message.to[0] for message in mail.outbox[2:]] == ["ana@example.org", "bo@example.org"]
    assert "has been finished" in mail.outbox[2].body
    assert "/r/" not in mail.outbox[2].body


# --- Reminders ------------------------------------------------------------------------------------------------


def remind(run: Run, group: WaveGroup) -> list[str]:
    """The addresses that a reminder went to."""
    before = len(mail.outbox)
    run(mails.remind, group=group, user=group.wave.created_by, root=ROOT)
    return [message.to[0] for message in mail.outbox[before:]]


def next_day(group: WaveGroup) -> None:
    WaveGroup.objects.filter(pk=group.pk).update(reminded_on=in_days(-1))
    PanelLink.objects.filter(group=group).update(reminded_on=in_days(-1))


def test_reminder_goes_once_a_day_to_links_that_were_not_used(run: Run, group: WaveGroup) -> None:
    invite(run, group, "ana@example.org\nbo@example.org\ncy@example.org\nde@example.org")
    finish(tokens_to("ana@example.org")[0])
    known = {link.email: link for link in links.personal_links(group)}
    links.revoke(group=group, user=group.wave.created_by, link=known["cy@example.org"])
    links.mark_undeliverable(group=group, link=known["de@example.org"])
    assert remind(run, group) == ["bo@example.org"]
    assert mail.outbox[-1].subject == "Reminder: how was it for you? Northvale"
    with pytest.raises(NotAllowed):
        remind(run, group)
    next_day(group)
    assert remind(run, group) == ["bo@example.org"]


def test_reminder_voids_the_link_before(run: Run, group: WaveGroup) -> None:
    invite(run, group, "ana@example.org")
    remind(run, group)
    first, second = tokens_to("ana@example.org")
    assert services.usable_link(first) is None
    assert services.usable_link(second) is not None


def test_reminder_to_somebody_who_is_answering_keeps_both_ways_in(run: Run, group: WaveGroup) -> None:
    invite(run, group, "ana@example.org")
    (first,) = tokens_to("ana@example.org")
    link = services.usable_link(first)
    assert link is not None
    questionnaire, _own = services.begin(link=link)
    services.save_questionnaire(
        questionnaire=questionnaire, answers={"IT1a": {"state": "answered", "level": 2}}, comments={}
    )
    remind(run, group)
    second = tokens_to("ana@example.org")[1]
    for token in (first, second):
        found = services.usable_link(token)
        assert found is not None
        assert found.questionnaire.answers == {"IT1a": {"state": "answered", "level": 2}}
    services.finish(questionnaire=questionnaire)
    assert [services.usable_link(token) for token in (first, second)] == [None, None]


def test_reminder_that_fails_leaves_the_link_and_shows_nothing(
    run: Run, group: WaveGroup, refusing: type[Refusing]
) -> None:
    invite(run, group, "ana@example.org")
    PanelLink.objects.update(email="bad@example.org")
    assert remind(run, group) == []
    link = links.personal_links(group).get()
    assert link.failure == ""
    assert services.usable_link(tokens_to("ana@example.org")[0]) == link


def test_mails_stop_when_the_wave_is_over(run: Run, group: WaveGroup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "enqueue_panel_mails", lambda *args, **options: None)
    invite(run, group, "ana@example.org")
    monkeypatch.undo()
    Wave.objects.update(closes_on=in_days(-1))
    from assessments.panels.mailing import mail_links  # noqa: PLC0415 - beside what it replaces here

    mail_links(group.pk, ROOT, is_reminder=False)
    assert mail.outbox == []


# --- Handed out, open, revoked --------------------------------------------------------------------------------


def test_links_handed_out_work_and_only_their_hashes_are_kept(group: WaveGroup) -> None:
    made = links.hand_out(group=group, user=group.wave.created_by, number=3, made=0)
    assert [link.number for link in made] == [1, 2, 3]
    assert {len(link.token) for link in made} == {43}
    rows = repr(list(PanelLink.objects.values()))
    for link in made:
        assert link.token not in rows
        assert services.usable_link(link.token) is not None


def test_form_sent_twice_makes_links_once(group: WaveGroup) -> None:
    links.hand_out(group=group, user=group.wave.created_by, number=3, made=0)
    with pytest.raises(NotAllowed):
        links.hand_out(group=group, user=group.wave.created_by, number=3, made=0)
    assert links.personal_links(group).count() == 3


@pytest.mark.parametrize("number", [0, 41, -1])
def test_number_handed_out_is_limited_to_those_invited(group: WaveGroup, number: int) -> None:
    with pytest.raises(NotAllowed):
        links.hand_out(group=group, user=group.wave.created_by, number=number, made=0)


def test_revoked_link_does_not_tell_whether_it_was_used(group: WaveGroup) -> None:
    user = group.wave.created_by
    made = links.hand_out(group=group, user=user, number=40, made=0)
    finish(made[0].token)
    for link in links.personal_links(group)[:2]:
        links.revoke(group=group, user=user, link=link)
        assert links.left_to_invite(group) == 0
    assert services.usable_link(made[1].token) is None
    links.revoke(group=group, user=user)
    assert links.left_to_invite(group) == 0
    assert [services.usable_link(link.token) for link in made] == [None] * 40


def test_link_whose_mail_came_back_makes_room_when_it_is_revoked(group: WaveGroup) -> None:
    user = group.wave.created_by
    links.hand_out(group=group, user=user, number=40, made=0)
    link = links.personal_links(group)[0]
    PanelLink.objects.filter(pk=link.pk).update(failure="Mailbox unknown")
    assert links.left_to_invite(group) == 0
    links.revoke(group=group, user=user, link=link)
    assert links.left_to_invite(group) == 1


def test_open_link_is_replaced_and_revoked() -> None:
    wave = prepared()
    group = open_group(wave)
    setup.launch_prepared(wave=wave, user=wave.created_by)
    first = links.make_open_link(group=group, user=wave.created_by).token
    second = links.make_open_link(group=group, user=wave.created_by).token
    assert services.usable_link(first) is None
    link = services.usable_link(second)
    assert link is not None
    _questionnaire, token = services.begin(link=link)
    assert token is not None
    assert services.usable_link(token) is not None
    links.revoke(group=group, user=wave.created_by)
    assert [services.usable_link(one) for one in (second, token)] == [None, None]


def test_questionnaire_under_way_by_a_revoked_link_is_deleted(group: WaveGroup) -> None:
    """It can never be handed in, and would tie answers to an address until the wave closes."""
    made = links.hand_out(group=group, user=group.wave.created_by, number=3, made=0)
    for link in map(services.usable_link, (one.token for one in made)):
        assert link is not None
        services.begin(link=link)
    first = links.personal_links(group)[0]
    links.revoke(group=group, user=group.wave.created_by, link=first)
    assert UnfinishedQuestionnaire.objects.count() == 2
    assert not UnfinishedQuestionnaire.objects.filter(link=first).exists()
    links.revoke(group=group, user=group.wave.created_by)
    assert UnfinishedQuestionnaire.objects.count() == 0


def test_kinds_of_links_are_not_mixed() -> None:
    wave = prepared()
    group = open_group(wave)
    setup.launch_prepared(wave=wave, user=wave.created_by)
    with pytest.raises(NotAllowed):
        links.hand_out(group=group, user=wave.created_by, number=1, made=0)
    with pytest.raises(NotAllowed):
        links.make_open_link(group=wave.groups.first(), user=wave.created_by)


def test_no_link_is_made_before_the_launch() -> None:
    wave = prepared()
    with pytest.raises(NotAllowed):
        links.hand_out(group=wave.groups.first(), user=wave.created_by, number=1, made=0)
    assert PanelLink.objects.count() == 0


# --- What a mail looks like ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("contact", ["ask@example.org", ""])
def test_invitations_come_from_the_process_and_are_answered_to_whoever_answers_questions(
    contact: str, run: Run, group: WaveGroup
) -> None:
    """Waves from before an address was asked for have that of the organiser who prepared them."""
    process = group.wave.assessment.process
    process.name = "Água e Voz"
    process.save()
    Wave.objects.filter(pk=group.wave.pk).update(contact=contact)
    invite(run, group, "ann@example.org")
    run(mails.remind, group=group, user=group.wave.created_by, root=ROOT)

    invitation, reminder = mail.outbox
    asked = contact or group.wave.created_by.email
    assert str(make_header(decode_header(invitation.from_email))) == "Água e Voz <msgov@localhost>"
    assert invitation.reply_to == [asked]
    # An automatic reply to a reminder would tell the organiser who has not answered.
    assert reminder.reply_to == []
    for message in mail.outbox:
        assert message.extra_headers["X-Auto-Response-Suppress"] == "All"
        assert f"If you have a question, write to {asked}." in message.body


def test_organiser_reads_the_mail_before_anybody_gets_it_and_has_a_test_sent(
    client_for: Callable[[Any], Client], run: Run
) -> None:
    wave = prepared(notice="The secretariat wants to know.")
    group, organiser = wave.groups.first(), wave.created_by
    where = reverse("assessments:panel-mail-text", args=[wave.assessment.code, "invitation", "en"])

    page = client_for(organiser).get(where, {"group": group.pk}).content.decode()
    run(client_for(organiser).post, path=where, data={"do": "test"})

    (message,) = mail.outbox
    assert message.to == [organiser.email]
    assert "/r/" not in message.body
    for line in filter(None, str(message.body).splitlines()):
        assert escape(line) in page
    assert escape(message.subject) in page
    assert MailsQueued.objects.get().number == 1


def test_list_with_a_double_and_a_bad_line_sends_the_rest_once_that_was_seen(
    client_for: Callable[[Any], Client], group: WaveGroup
) -> None:
    client = client_for(group.wave.created_by)
    where = reverse("assessments:panel-send", args=[group.wave.assessment.code, group.pk])
    typed = {"addresses": "ann@example.org\nann@example.org\nno address\nben@example.org"}

    refused = client.post(where, typed)

    assert refused.status_code == 422
    assert "Line 2: ann@example.org is in line 1 already." in refused.content.decode()
    assert "Leave out the rest and send to 2 addresses" in refused.content.decode()
    assert not PanelLink.objects.exclude(email="").exists()
    client.post(where, {**typed, "only": "good"})
    assert set(PanelLink.objects.exclude(email="").values_list("email", flat=True)) == {
        "ann@example.org", "ben@example.org",
    }  # fmt: skip
