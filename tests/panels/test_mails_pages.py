"""Pages about the mails of a wave: plan, texts in each language, tests, reminding all, thanking, texts to forward."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.exceptions import InvalidAnswer
from assessments.models import MailsQueued, PanelLink, Wave, WaveGroup, WaveMailText
from assessments.panels.services import links
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.services.mail_texts import save_mail_text
from assessments.vocabulary import MailKind
from msgov.accounts.models import User
from tests.builders.clock import SetClock
from tests.builders.panels import open_group, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december_key")]
ROOT = "http://testserver/"
Run = Callable[..., Any]


@pytest.fixture
def run(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Run:
    def doing(act: Run, *given: Any, **arguments: Any) -> Any:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            return act(*given, **arguments)

    return doing


@pytest.fixture
def ada(db: None, december_key: int) -> User:
    return User.objects.get(email="ada@example.org")


@pytest.fixture
def wave(db: None, clock: SetClock, december_key: int) -> Wave:
    """Open since 1 December until the 15th, in English and Arabic."""
    clock("2026-12-01 10:00")
    found = Wave.objects.get(pk=december_key)
    found.languages = ["en", "ar"]
    found.save()
    return found


@pytest.fixture
def organising(client_for: Callable[[User], Client], ada: User) -> Client:
    return client_for(ada)


def at(name: str, wave: Wave, *more: object) -> str:
    return reverse(f"assessments:{name}", args=[wave.assessment.code, *more])


def invite(run: Run, wave: Wave, *addresses: str, group: WaveGroup | None = None) -> None:
    group = group or wave.groups.first()
    run(links.invite_by_mail, group=group, user=wave.created_by, text=" ".join(addresses), root=ROOT)


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_reminders_are_planned_with_the_days_they_fall_on_and_shown_on_the_panel(
    organising: Client, wave: Wave
) -> None:
    page = words(organising.get(at("panel-mails", wave)))
    assert "a week after the launch (8 December 2026)" in page
    assert "3 days before the closing date (12 December 2026)" in page
    organising.post(at("panel-mails", wave), {"reminders": ["start+7", "end-3"], "thanks": "on"})
    panel = words(organising.get(at("panel", wave)))
    assert "Reminders are planned: a week after the launch (8 December 2026)" in panel
    assert "Everybody who is invited by e-mail is thanked on the day after the closing." in panel
    organising.post(at("panel-mails", wave), {})
    assert "No reminder is planned." in words(organising.get(at("panel", wave)))


def test_before_the_launch_times_have_no_days_yet_where_they_depend_on_it(
    client_for: Callable[[User], Client], ada: User
) -> None:
    wave = prepared(ada)
    page = words(client_for(ada).get(at("panel-mails", wave)))
    assert re.search(r"a week after the launch (?!\()", page)
    assert "the day before the closing date (" in page


def test_a_time_that_is_over_is_not_offered_and_one_that_was_made_up_is_refused(
    client_for: Callable[[User], Client], ada: User, wave: Wave, clock: SetClock
) -> None:
    clock("2026-12-09 10:00")
    organising = client_for(ada)
    assert "a week after the launch" not in words(organising.get(at("panel-mails", wave)))
    assert organising.post(at("panel-mails", wave), {"reminders": ["start+7"]}).status_code == 422


def test_one_button_reminds_all_after_saying_how_many_were_invited_never_who_answered(
    run: Run, organising: Client, wave: Wave
) -> None:
    invite(run, wave, "a@example.org", "b@example.org", "c@example.org")
    before = organising.get(at("panel-remind-all", wave)).content
    PanelLink.objects.filter(email__in=["a@example.org", "b@example.org"]).update(is_used=True)
    after = organising.get(at("panel-remind-all", wave))
    assert re.sub(rb'value="\w{64}"', b"", after.content) == re.sub(rb'value="\w{64}"', b"", before)
    assert "3 people invited by e-mail" in words(after)
    queued = MailsQueued.objects.count()
    response = run(organising.post, at("panel-remind-all", wave), follow=True)
    assert [message.to for message in mail.outbox] == [["c@example.org"]]
    assert "Reminders were sent on: 1 December 2026" in words(response)
    assert MailsQueued.objects.count() == queued + 1
    again = words(organising.get(at("panel-remind-all", wave)))
    assert "has been reminded today, and gets nothing now" in again
    assert "Send the reminders" not in again


@pytest.mark.parametrize("kind", MailKind.values)
def test_every_mail_can_be_read_in_every_language_before_it_goes_out(organising: Client, wave: Wave, kind: str) -> None:
    english = words(organising.get(at("panel-mail-text", wave, kind, "en")))
    assert "From Northvale" in english
    arabic = organising.get(at("panel-mail-text", wave, kind, "ar")).content.decode()
    shown = re.search(r'<pre class="mail-text"[^>]*dir="rtl">(.*?)</pre>', arabic, re.DOTALL)
    assert shown
    assert re.search(r"[\u0600-\u06ff]{3}", shown[1])
    assert organising.get(at("panel-mail-text", wave, kind, "fr")).status_code == 404
    assert organising.get(at("panel-mail-text", wave, "spam", "en")).status_code == 404


def test_answers_go_to_the_address_for_questions_but_those_to_reminders(organising: Client, wave: Wave) -> None:
    for kind, goes_to in (("invitation", "ask@example.org"), ("thanks", "ask@example.org"), ("reminder", "nobody")):
        assert f"Answers go to {goes_to}" in words(organising.get(at("panel-mail-text", wave, kind, "en")))


def test_a_test_goes_to_oneself_in_the_language_that_is_shown_without_a_link(
    run: Run, organising: Client, wave: Wave
) -> None:
    run(organising.post, at("panel-mail-text", wave, "reminder", "ar"), {"do": "test"})
    (message,) = mail.outbox
    assert message.to == ["ada@example.org"]
    assert message.reply_to == []
    assert "/r/" not in message.body
    assert re.search(r"[\u0600-\u06ff]{3}", message.subject)


def test_an_own_beginning_is_mailed_and_what_is_promised_stays(run: Run, organising: Client, wave: Wave) -> None:
    where = at("panel-mail-text", wave, "invitation", "en")
    organising.post(where, {"subject": "The water forum asks you", "opening": "Dear delegates,\r\n\r\nplease help."})
    assert "(your text)" in words(organising.get(at("panel-mails", wave)))
    invite(run, wave, "a@example.org")
    (message,) = mail.outbox
    assert message.subject == "The water forum asks you"
    assert message.body.startswith(
        "Dear delegates,\n\nplease help.\n\nThe secretariat asks, to do better.\n\nYour link:"
    )
    for kept in (
        "neither the organiser nor anyone else is shown",
        "until Tuesday 15 December 2026",
        "is deleted two weeks",
    ):
        assert kept in message.body
    organising.post(where, {"do": "reset"})
    assert not WaveMailText.objects.exists()
    assert words(organising.get(where)).count("How was it for you? Northvale") == 1


def test_an_own_beginning_of_one_language_is_not_used_in_another(run: Run, organising: Client, wave: Wave) -> None:
    organising.post(at("panel-mail-text", wave, "invitation", "ar"), {"subject": "X", "opening": ""})
    invite(run, wave, "a@example.org")
    assert mail.outbox[0].subject == "How was it for you? Northvale"


def test_a_mail_is_in_the_language_of_its_link(run: Run, wave: Wave) -> None:
    invite(run, wave, "a@example.org")
    PanelLink.objects.update(language="ar", sent_on=None)
    run(links.send_again, group=wave.groups.first(), user=wave.created_by, link=None, root=ROOT)
    assert re.search(r"[\u0600-\u06ff]{3}", mail.outbox[0].subject)


def test_texts_have_limits_and_headers_cannot_be_forged(run: Run, organising: Client, wave: Wave) -> None:
    where = at("panel-mail-text", wave, "invitation", "en")
    assert organising.post(where, {"subject": "x" * 121}).status_code == 422
    assert organising.post(where, {"opening": "x" * 1001}).status_code == 422
    with pytest.raises(InvalidAnswer):
        save_mail_text(
            wave=wave, user=wave.created_by, kind=MailKind.REMINDER, language="en", subject="", opening="x" * 1001
        )
    save_mail_text(
        wave=wave, user=wave.created_by, kind=MailKind.INVITATION, language="en", subject="A\nBcc: b@x.org", opening=""
    )
    invite(run, wave, "a@example.org")
    assert mail.outbox[0].subject == "A Bcc: b@x.org"


def test_the_thank_you_can_be_sent_by_hand_once_and_says_where_to_read(
    run: Run, organising: Client, wave: Wave
) -> None:
    invite(run, wave, "a@example.org", "b@example.org")
    PanelLink.objects.filter(email="a@example.org").update(is_used=True)
    assert "Send the thank-you now" not in words(organising.get(at("panel-mails", wave)))
    run(close_and_freeze, wave=wave)
    assert "can be thanked until 14 December 2026" in words(organising.get(at("panel-mails", wave)))
    response = run(organising.post, at("panel-thank", wave), follow=True)
    assert len(mail.outbox) == 2
    assert f"http://testserver/r/results/{wave.code}/?language=en" in mail.outbox[0].body
    assert "Everybody who was invited by e-mail was thanked on 1 December 2026." in words(response)
    response = run(organising.post, at("panel-thank", wave), follow=True)
    assert "There is nobody to thank" in words(response)
    assert mail.outbox == []


def test_texts_to_forward_are_there_in_each_language_for_handed_out_and_for_open_links(
    organising: Client, wave: Wave
) -> None:
    handed = organising.get(at("panel-forward", wave, wave.groups.first().pk)).content.decode()
    assert handed.count("<textarea") == 4
    assert "Everyone who is asked has a link of their own" in handed
    assert 'dir="rtl"' in handed
    group = open_group(wave)
    assert "(put the link here)" in organising.get(at("panel-forward", wave, group.pk)).content.decode()
    made = organising.post(at("panel-open-link", wave, group.pk)).content.decode()
    (token,) = set(re.findall(r"http://testserver/r/([\w-]{43})/", made))
    assert made.count(token) >= 5  # the card, and two texts in two languages


def test_a_group_on_the_record_has_no_text_to_forward_that_would_promise_confidentiality(
    organising: Client, wave: Wave
) -> None:
    group = wave.groups.first()
    group.mode, group.invited = "on_record", 1
    group.save()
    assert organising.get(at("panel-forward", wave, group.pk)).status_code == 404
    assert at("panel-forward", wave, group.pk) not in organising.get(at("panel-links", wave, group.pk)).content.decode()
    mail_page = words(organising.get(at("panel-mail-text", wave, "invitation", "en")))
    assert "confidential" not in mail_page


def test_pages_ask_as_often_for_many_as_for_one(
    run: Run, organising: Client, wave: Wave, django_assert_max_num_queries: Any
) -> None:
    for number, group in enumerate(wave.groups.all()):
        invite(run, wave, f"p{number}@example.org", group=group)
    for name in ("panel-mails", "panel-remind-all"):
        with django_assert_max_num_queries(16):
            organising.get(at(name, wave))
