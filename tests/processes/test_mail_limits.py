"""How many mails a person and the site may send: everything queued, over all processes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from assessments.exceptions import NotAllowed
from assessments.mail_limits import queue_mails
from assessments.models import MailsQueued
from assessments.processes.services.invitations import invite
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db


def test_a_person_has_one_limit_over_all_processes(settings: Settings) -> None:
    settings.MAILS_A_DAY_NEW_ACCOUNT = 2
    ana = builders.user()
    for number in range(2):
        process = builders.process(organiser=ana)
        invite(process=process, user=ana, email=f"p{number}@example.org", role=Role.REVIEWER)
    with pytest.raises(NotAllowed, match="No more than 2 mails"):
        invite(process=builders.process(organiser=ana), user=ana, email="p3@example.org", role=Role.REVIEWER)
    bea = builders.user()
    invite(process=builders.process(organiser=bea), user=bea, email="p3@example.org", role=Role.REVIEWER)


def test_the_site_has_a_limit_over_all_people(settings: Settings) -> None:
    settings.MAILS_A_DAY = 10
    queue_mails(builders.user(), 7)
    with pytest.raises(NotAllowed, match="This site has sent as many mails"):
        queue_mails(builders.user(), 4)
    queue_mails(builders.user(), 3)


def test_an_account_may_send_more_after_its_first_week(settings: Settings) -> None:
    settings.MAILS_A_DAY_NEW_ACCOUNT, settings.MAILS_A_DAY_PER_PERSON = 1, 5
    old = builders.user(date_joined=timezone.now() - timedelta(days=8))
    queue_mails(old, 5)
    with pytest.raises(NotAllowed, match="No more than 5"):
        queue_mails(old, 1)


def test_a_day_later_there_is_room_again_and_after_a_month_nothing_is_kept(settings: Settings) -> None:
    settings.MAILS_A_DAY_NEW_ACCOUNT = 5
    ana = builders.user()
    queue_mails(ana, 5)
    MailsQueued.objects.update(at=timezone.now() - timedelta(hours=25))
    queue_mails(ana, 5)
    MailsQueued.objects.update(at=timezone.now() - timedelta(days=31))
    queue_mails(ana, 1)
    assert MailsQueued.objects.count() == 1


@pytest.mark.parametrize(
    "name",
    [
        "You won! http://evil.example",
        "Prize at www.evil.example",
        "HTTPS://EVIL.example",
        "https:/evil.example",
        "evil.example/login now",
        "bit.ly/abc",
        "//evil.example",
        "evil.example:8080",
        "evil。example/x",
        "<ceo@bank.example>",
        "ｗｗｗ．evil．example",
    ],
)
def test_a_name_with_a_web_address_does_not_become_the_subject_of_mails(
    client_for: Callable[[User], Client], name: str
) -> None:
    answer = client_for(builders.user()).post("/processes/new/", {"name": name})
    assert answer.status_code == 422
    assert "A name has no web address in it" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["Review 3.2/2026", "Input/output rules", "Forum: stewards of example.org", "IANA/ICANN"]
)
def test_a_name_may_have_stops_and_slashes(client_for: Callable[[User], Client], name: str) -> None:
    answer = client_for(builders.user()).post("/processes/new/", {"name": name})
    assert "A name has no web address in it" not in answer.content.decode()
