"""Late actions: who is told by mail, how often, and what waits for a person."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from assessments.actions.reading import waiting_for
from assessments.actions.services import actions
from assessments.actions.services.late import tell_of_late_actions
from assessments.models import Action, ActionMailing, Assessment, Process
from msgov.accounts.models import User
from tests import builders
from tests.builders.clock import SetClock

pytestmark = pytest.mark.django_db
Tell = Callable[[], list[str]]


@pytest.fixture
def tell(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Tell:
    """Run what the worker runs every minute; who got a mail."""

    def run() -> list[str]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            tell_of_late_actions()
        return [message.to[0] for message in mail.outbox]

    return run


def late(assessment: Assessment, text: str = "Ask the villages", days: int = 3) -> Action:
    return Action.objects.create(
        assessment=assessment, text=text, owner="Ann", due=timezone.localdate() - timedelta(days=days)
    )


def later_on(monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    moment = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_organisers_are_told_what_is_late(round_one: Assessment, tell: Tell, settings: Settings) -> None:
    settings.SITE_ADDRESS = "https://msgov.example.org"
    builders.member(round_one.process, builders.user("rui@example.org"), "reviewer")
    late(round_one)
    late(round_one, text="In time", days=-3)
    assert tell() == ["ada@example.org"]
    (message,) = mail.outbox
    assert message.subject == "[msgov] 1 action is late"
    assert "Ask the villages" in message.body
    assert "Forum: Ann, by" in message.body
    assert "In time" not in message.body
    assert f"Look here:\nhttps://msgov.example.org{reverse('assessments:own-actions')}\n" in message.body
    assert "You can stop these mails" in message.body
    assert f"https://msgov.example.org{reverse('assessments:own-actions')}#mails" in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_one_mail_a_day_and_the_same_action_once_a_week(
    round_one: Assessment, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    late(round_one)
    assert tell() == ["ada@example.org"]
    assert tell() == []
    late(round_one, text="Another")
    assert tell() == []  # one a day
    later_on(monkeypatch, 1.1)
    assert tell() == ["ada@example.org"]
    assert "Another" in mail.outbox[0].body
    assert "Ask the villages" not in mail.outbox[0].body  # nothing new to say of it
    later_on(monkeypatch, 1.1)
    assert tell() == []
    later_on(monkeypatch, 5)
    assert tell() == ["ada@example.org"]
    assert "Ask the villages" in mail.outbox[0].body


def test_actions_of_all_processes_stand_in_one_mail(round_one: Assessment, organiser: User, tell: Tell) -> None:
    other = builders.assessment(builders.process(organiser=organiser, name="Council"), state="submitted")
    late(round_one)
    late(other, text="Elsewhere")
    assert tell() == ["ada@example.org"]
    assert mail.outbox[0].subject == "[msgov] 2 actions are late"
    assert "Council: Ann" in mail.outbox[0].body


def test_whoever_wants_none_gets_none(round_one: Assessment, own: Client, tell: Tell) -> None:
    late(round_one)
    own.post(reverse("assessments:own-actions-mails"), {})
    assert tell() == []
    own.post(reverse("assessments:own-actions-mails"), {"wants_mail": "on"})
    assert tell() == ["ada@example.org"]


@pytest.mark.parametrize("change", [{"is_invented": True}, {"is_example": True}])
def test_nobody_is_told_of_invented_processes(round_one: Assessment, tell: Tell, change: dict[str, bool]) -> None:
    late(round_one)
    Process.objects.update(**change)
    assert tell() == []


def test_nobody_is_told_of_what_is_closed_or_goes_on_elsewhere(
    round_one: Assessment, organiser: User, tell: Tell
) -> None:
    done, carried = late(round_one), late(round_one)
    actions.finish_action(action=done, user=organiser, version=1, happened="Done", closed_on=date(2026, 1, 1))
    builders.assessment(round_one.process)
    actions.carry_over(action=carried, user=organiser, due=None)
    assert tell() == []


def test_where_the_site_may_send_no_more_they_are_told_another_day(
    round_one: Assessment, tell: Tell, settings: Settings
) -> None:
    late(round_one)
    settings.MAILS_A_DAY = 0
    assert tell() == []
    assert not ActionMailing.objects.exclude(mailed_at=None).exists()
    settings.MAILS_A_DAY = 10
    assert tell() == ["ada@example.org"]


def test_days_end_where_the_process_is(round_one: Assessment, organiser: User, clock: SetClock) -> None:
    Action.objects.create(assessment=round_one, text="Today", due=date(2026, 5, 1))
    Process.objects.update(time_zone="America/Los_Angeles")
    clock("2026-05-02 06:59")
    assert not waiting_for(organiser)[0].is_late
    assert tell_of_late_actions() == 0
    clock("2026-05-02 07:01")
    assert waiting_for(organiser)[0].is_late
    assert tell_of_late_actions() == 1


def test_what_waits_is_what_is_late_or_due_soon(round_one: Assessment, organiser: User) -> None:
    late(round_one, text="Late")
    late(round_one, text="Soon", days=-14)
    late(round_one, text="Far", days=-20)
    late(round_one, text="Dropped")
    Action.objects.filter(text="Dropped").update(state="dropped")
    reviewer = builders.user("rui@example.org")
    builders.member(round_one.process, reviewer, "reviewer")
    draft = builders.assessment(round_one.process)
    late(draft, text="Of the draft")
    found = [(one.name, one.is_late) for one in waiting_for(organiser)]
    assert found == [("Late", True), ("Of the draft", True), ("Soon", False)]
    assert [one.name for one in waiting_for(reviewer)] == ["Late", "Soon"]
    assert waiting_for(builders.user("sam@example.org")) == []


@pytest.mark.parametrize("count", [1, 6])
def test_what_waits_takes_one_query(
    count: int, round_one: Assessment, organiser: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(count):
        late(round_one)
    waiting_for(organiser)
    with django_assert_num_queries(1):
        assert len(waiting_for(organiser)) == count
