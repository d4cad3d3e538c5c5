"""Mails that come back: an invitation is marked, and of everything else nothing is left, by mailbox and by address."""

import hmac
import imaplib
import json
import logging
from base64 import b32decode
from collections.abc import Callable
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as stored
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from assessments.bounces import mailbox
from assessments.bounces.services import reason, take_mail
from assessments.models import BounceReading, PanelLink, Wave, WaveGroup
from assessments.panels import mail_marks
from assessments.panels.services import links
from assessments.panels.services import mails as services
from assessments.panels.services.closing import close_and_freeze
from msgov.checks import returned_mails_can_be_told
from msgov.environment import mailbox as mailbox_setting
from msgov.logs import scrub
from tests.bounces import mails
from tests.builders.panels import launched
from tests.panels.test_storage import dump

pytestmark = pytest.mark.django_db
ROOT = "https://msgov.example.org/"
SECRET = "a-secret-of-thirty-two-characters-or-more"
Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def set_up(settings: Settings, wave_key: int) -> None:
    settings.BOUNCE_ADDRESS = "bounces@example.org"
    settings.BOUNCE_WEBHOOK_SECRET = SECRET


@pytest.fixture
def run(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Run:
    def doing(act: Run, **arguments: Any) -> Any:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            return act(**arguments)

    return doing


@pytest.fixture(scope="module")
def wave_key(build_once: Callable[[Callable[[], int]], int]) -> int:
    return build_once(lambda: launched().pk)


@pytest.fixture
def wave(db: None, wave_key: int) -> Wave:
    return Wave.objects.get(pk=wave_key)


@pytest.fixture
def group(wave: Wave, run: Run) -> WaveGroup:
    found: WaveGroup = wave.groups.first()
    run(links.invite_by_mail, group=found, user=wave.created_by, text="ana@example.net", root=ROOT)
    return found


@pytest.fixture
def link(group: WaveGroup) -> PanelLink:
    return group.links.get()


@pytest.fixture
def mark(link: PanelLink) -> str:
    return mail_marks.mark_of(link)


def failure() -> str:
    return PanelLink.objects.get().failure


# --- Marks ----------------------------------------------------------------------------------------------------


def test_an_invitation_carries_a_mark_where_it_comes_back_to_and_in_its_name(group: WaveGroup, mark: str) -> None:
    (sent,) = mail.outbox
    assert sent.from_email == f"bounces+{mark}@example.org"
    assert sent.message()["From"].startswith("Northvale <")
    assert mark in sent.message()["Message-ID"]
    assert len(sent.from_email.partition("@")[0]) <= 64


def test_reminders_and_thanks_carry_none(run: Run, wave: Wave, group: WaveGroup) -> None:
    run(services.remind, group=group, user=wave.created_by, root=ROOT)
    reminder = mail.outbox[0]
    run(close_and_freeze, wave=wave)
    run(services.thank_now, wave=wave, user=wave.created_by, root=ROOT)
    for sent in (reminder, mail.outbox[-1]):
        assert sent.from_email == "bounces@example.org"
        assert mail_marks.marks_in(sent.message().as_string()) == []


def test_without_anything_set_up_mails_are_as_before(run: Run, wave: Wave, settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = settings.BOUNCE_WEBHOOK_SECRET = ""
    run(links.invite_by_mail, group=wave.groups.first(), user=wave.created_by, text="ana@example.net", root=ROOT)
    assert mail.outbox[0].from_email == f"Northvale <{stored.DEFAULT_FROM_EMAIL}>"
    assert mail_marks.marks_in(mail.outbox[0].message().as_string()) == []


def test_a_mark_is_read_by_this_site_alone_and_holds_for_one_address(link: PanelLink, settings: Settings) -> None:
    mark = mail_marks.mark_of(link)
    assert mail_marks.link_marked([mark]) == link
    held = b32decode(mark.removeprefix(mail_marks.PREFIX).upper())
    assert link.pk.to_bytes(mail_marks.NUMBER, "big") not in held  # hidden; a letter for it may well be there by chance
    for forged in (mark[:-1] + ("a" if mark[-1] != "a" else "b"), "inv-" + "a" * 32):
        assert mail_marks.link_marked([forged]) is None
    PanelLink.objects.update(email="corrected@example.net")
    assert mail_marks.link_marked([mark]) is None
    PanelLink.objects.update(email=link.email)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert mail_marks.link_marked([mark]) == link
    settings.SECRET_KEY_FALLBACKS = []
    assert mail_marks.link_marked([mark]) is None


# --- What becomes of them ---------------------------------------------------------------------------------------


def test_an_invitation_that_comes_back_is_marked_in_words_with_its_code(mark: str) -> None:
    take_mail(mails.rfc3464(mark))
    assert failure() == "It came back: there is no such address (5.1.1)"


def test_the_reason_is_said_in_words() -> None:
    assert [reason(code) for code in ("5.2.2", "4.4.1", "554", "5.4.4", "")] == [
        "It came back: the mailbox is full (5.2.2)",
        "It came back: the mail server there could not be reached (4.4.1)",
        "It came back: the mail server there refuses mails of this site (554)",
        "It came back: there is no mail server of this name (5.4.4)",
        "It came back as undeliverable",
    ]


def test_used_and_unused_links_are_marked_alike(mark: str) -> None:
    PanelLink.objects.update(is_used=True)
    take_mail(mails.rfc3464(mark))
    assert failure() == "It came back: there is no such address (5.1.1)"


@pytest.mark.parametrize("made", [mails.vacation, mails.complaint, mails.receipt])
def test_what_is_no_bounce_leaves_no_trace(
    mark: str, made: Callable[[str], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    before = dump()
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        take_mail(made(mark))
    assert (dump(), caplog.records) == (before, [])


def test_a_reminder_that_comes_back_leaves_no_trace_though_it_names_its_address(
    run: Run, wave: Wave, group: WaveGroup, caplog: pytest.LogCaptureFixture
) -> None:
    run(services.remind, group=group, user=wave.created_by, root=ROOT)
    sent = mail.outbox[0].message().as_string()
    returned = mails.rfc3464("", to="bounces@example.org").replace(b"Subject: How", sent.encode() + b"\nSubject: How")
    before = dump()
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        take_mail(returned)
    assert (dump(), caplog.records) == (before, [])


def test_after_the_closing_and_of_a_revoked_link_nothing_is_marked(run: Run, wave: Wave, mark: str) -> None:
    PanelLink.objects.update(is_revoked=True)
    take_mail(mails.rfc3464(mark))
    PanelLink.objects.update(is_revoked=False)
    run(close_and_freeze, wave=wave)
    take_mail(mails.rfc3464(mark))
    assert failure() == ""


# --- The address ------------------------------------------------------------------------------------------------


def send(client: Client, body: Any, kind: str = "application/json", *, path: str = f"{SECRET}/", **headers: str) -> int:
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(f"/mail/bounces/{path}", body, content_type=kind, headers=headers).status_code


def signed(body: bytes) -> str:
    return "sha256=" + hmac.new(SECRET.encode(), body, sha256).hexdigest()


def test_a_mail_server_tells_by_the_secret_in_the_address(client: Client, mark: str) -> None:
    assert send(client, mails.exchange(mark), "message/rfc822") == 204
    assert failure() == "It came back: there is no such address (5.1.10)"


def test_a_service_tells_by_a_signature(client: Client, mark: str) -> None:
    body = json.dumps({"events": [{"event": "bounce", "id": f"<1.{mark}@example.org>", "status": "550"}]}).encode()
    assert send(client, body, path="", **{"X-Msgov-Signature": signed(body + b" ")}) == 404
    assert failure() == ""
    assert send(client, body, path="", **{"X-Msgov-Signature": signed(body)}) == 204
    assert failure() == "It came back: there is no such address (550)"


@pytest.mark.parametrize(
    "sent",
    [
        {"event": "complaint", "id": "{mark}", "status": "5.1.1"},
        {"event": "bounce", "id": "ana@example.net", "status": "5.1.1"},
        {"event": "bounce"},
        [None, 3, "x", []],
        {"events": {"event": "bounce"}},
        17,
    ],
)
def test_what_else_is_told_changes_nothing_and_is_answered_alike(client: Client, mark: str, sent: Any) -> None:
    assert send(client, json.dumps(sent).replace("{mark}", mark).encode()) == 204
    assert failure() == ""


def test_strangers_find_nothing_there(client: Client, mark: str, settings: Settings) -> None:
    event = {"event": "bounce", "id": mark}
    for path in ("", "wrong/", f"{SECRET}x/"):
        assert send(client, event, path=path) == 404
    assert send(client, b"x" * (1024 * 1024 + 1), path="") == 404
    settings.BOUNCE_WEBHOOK_SECRET = ""
    for path in ("", "x/"):
        assert send(client, event, path=path, **{"X-Msgov-Signature": signed(b"")}) == 404
    assert failure() == ""


def test_what_cannot_be_read_is_refused(client: Client) -> None:
    assert send(client, b"{") == 400
    assert send(client, b"[" * 100_000) == 400
    assert send(client, b"<a/>", "text/xml") == 415
    assert send(client, b"x" * (1024 * 1024 + 1)) == 413


def test_the_secret_is_in_no_log() -> None:
    assert scrub("POST /mail/bounces/short-one/ 204") == "POST /mail/bounces/[hidden]/ 204"


# --- The mailbox ------------------------------------------------------------------------------------------------


class FakeServer(imaplib.IMAP4):
    """A mailbox in memory; `refuses`: what it raises at the sign-in."""

    kept: dict[str, bytes] = {}
    refuses: Exception | None = None
    is_encrypted = False

    def __init__(self, *where: Any, **how: Any) -> None:
        self.deleted: list[str] = []

    def starttls(self, *, ssl_context: Any) -> None:
        assert ssl_context.verify_mode == mailbox.ssl.CERT_REQUIRED
        type(self).is_encrypted = True

    def login(self, user: str, password: str) -> None:
        assert (user, password) == ("me@example.org", "p@ss/word")
        if self.refuses:
            raise self.refuses

    def select(self, folder: str) -> tuple[str, list[bytes]]:
        return ("OK", [b"1"]) if folder == '"INBOX"' else ("NO", [b""])

    def uid(self, command: str, *arguments: str) -> tuple[str, list[Any]]:
        if command == "SEARCH":
            return "OK", [" ".join(self.kept).encode()]
        if command == "FETCH":
            return "OK", [(b"1 (BODY[]<0> {9}", self.kept[arguments[0]]), b")"]
        self.deleted.append(arguments[0])
        return "OK", []

    def expunge(self) -> None:
        for number in self.deleted:
            self.kept.pop(number)

    def logout(self) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> type[FakeServer]:
    monkeypatch.setattr(FakeServer, "kept", {})
    monkeypatch.setattr(FakeServer, "refuses", None)
    monkeypatch.setattr(FakeServer, "is_encrypted", False)
    monkeypatch.setattr(mailbox.imaplib, "IMAP4_SSL", FakeServer)
    settings.BOUNCE_MAILBOX = "imaps://me%40example.org:p%40ss%2Fword@mail.example.org"
    return FakeServer


def test_the_mailbox_is_read_and_emptied(server: type[FakeServer], mark: str) -> None:
    server.kept |= {"7": mails.vacation(mark), "8": b"\xff", "9": mails.gmail(mark)}
    assert mailbox.read_mailbox()
    assert (server.kept, failure()) == ({}, "It came back: the mailbox takes no mails (5.2.1)")
    reading = BounceReading.objects.get()
    assert reading.read_at is not None
    assert reading.failure == ""


def test_a_connection_that_begins_in_plain_is_encrypted_before_the_password_is_told(
    server: type[FakeServer], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BOUNCE_MAILBOX = "imap+tls://me%40example.org:p%40ss%2Fword@mail.example.org"
    monkeypatch.setattr(mailbox, "imaplib", SimpleNamespace(IMAP4=FakeServer))
    assert mailbox.read_mailbox()
    assert server.is_encrypted


@pytest.mark.parametrize(
    ("raised", "words"),
    [
        (imaplib.IMAP4.error("LOGIN p@ss/word failed for me@example.org"), "refused the name, the password"),
        (ConnectionRefusedError(), "could not be reached"),
        (TimeoutError(), "could not be reached"),
        (mailbox.ssl.SSLCertVerificationError(), "certificate does not hold"),
    ],
)
def test_what_keeps_it_from_being_read_is_shown_to_administrators_without_secrets(
    server: type[FakeServer], raised: Exception, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.kept["1"] = b"x"
    server.refuses = raised
    with pytest.raises(CommandError):
        call_command("read_bounces")
    found = BounceReading.objects.get()
    assert words in found.failure
    assert "p@ss" not in found.failure + caplog.text
    assert server.kept  # for the next time
    server.refuses = None
    call_command("read_bounces")
    assert (BounceReading.objects.get().failure, server.kept) == ("", {})


def test_half_a_set_up_is_noticed(settings: Settings) -> None:
    settings.BOUNCE_MAILBOX, settings.BOUNCE_ADDRESS, settings.BOUNCE_WEBHOOK_SECRET = "imaps://x", "", "short"
    assert [found.id for found in returned_mails_can_be_told()] == ["msgov.W003", "msgov.E004"]


def test_a_mailbox_without_encryption_is_refused_and_its_password_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOUNCE_MAILBOX", "imap://me:topsecret@mail.example.org")
    with pytest.raises(Exception, match="BOUNCE_MAILBOX begins with imaps") as refused:
        mailbox_setting("BOUNCE_MAILBOX")
    assert "topsecret" not in str(refused.value)
    monkeypatch.setenv("BOUNCE_MAILBOX", "imap+tls://me:p%40ss@mail.example.org:144/Returned")
    found = mailbox.Mailbox.named(mailbox_setting("BOUNCE_MAILBOX"))
    assert (found.password, found.port, found.folder, found.encrypts_later) == ("p@ss", 144, "Returned", True)
