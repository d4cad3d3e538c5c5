"""Closed before its closing date: no more answers, and what was promised until that date is kept."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.exceptions import NotAllowed
from assessments.models import BallotBox, UnfinishedQuestionnaire, Wave
from assessments.panels.services import links, waves
from assessments.panels.services.closing import close_due_waves
from assessments.panels.services.stopping import close_early
from assessments.vocabulary import WaveState
from msgov.accounts.models import User
from tests.builders.panels import open_wave, put
from tests.builders.respondents import come_in, fill, hand_in, new_link

pytestmark = pytest.mark.django_db

PROMISED = 7  # days from now, as `open_wave` sets it


def whole(day: date | None) -> str:
    """A day to its end, as pages say it."""
    assert day is not None
    return f"{day:%A} {day.day} {day:%B %Y}, end of day (UTC)"


def words(response: Any) -> str:
    """What a page says, in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


@pytest.fixture
def wave() -> Wave:
    return open_wave(["A", "B"])


@pytest.fixture
def stopped(wave: Wave) -> Wave:
    close_early(wave=wave, user=wave.created_by)
    return wave


def test_takes_no_answers_and_has_no_result_yet(wave: Wave) -> None:
    begun, new = come_in(new_link(wave)), new_link(wave)
    close_early(wave=wave, user=wave.created_by)
    stored = Wave.objects.get()
    assert (stored.state, stored.stopped_on, stored.closed_on) == (WaveState.OPEN, timezone.localdate(), None)
    assert (stored.is_open, stored.takes_new, stored.gives_back) == (False, False, True)
    assert (stored.snapshots.count(), UnfinishedQuestionnaire.objects.count()) == (0, 0)
    for page in (begun.get("/r/q/IT1/"), begun.post("/r/finish/")):
        assert page.status_code == 410
        assert f"can be deleted until {whole(stored.closes_on)}" in words(page)
    page = Client().get(f"/r/{new}/", follow=True)
    assert f"can be deleted by its author until {whole(stored.closes_on)}" in words(page)


def test_answers_can_be_taken_back_until_the_day_that_was_promised(wave: Wave) -> None:
    client = come_in(new_link(wave))
    fill(client, "CR1")
    hand_in(client)
    receipt = re.search(r'class="code"[^>]*>([^<]+)<', client.get("/r/receipt/").content.decode())
    assert receipt is not None
    wave.refresh_from_db()
    put(wave, "A", [{"CR1a": 2}] * 5)
    close_early(wave=wave, user=wave.created_by)
    answer = Client().post(f"/r/withdraw/{wave.code}/", {"receipt_code": receipt[1]})
    assert answer.status_code == 200
    kept = [entry for box in BallotBox.objects.filter(holds="answers") for entry in box.content]
    assert len(kept) == 5


def test_result_is_made_after_that_day(wave: Wave) -> None:
    put(wave, "A", [{"CR1a": 2}] * 5)
    put(wave, "B", [{"CR1a": 1}] * 5)
    close_early(wave=wave, user=wave.created_by)
    assert close_due_waves() == 0
    last_day = timezone.localdate() - timedelta(days=2)  # in the hour after midnight yesterday is not over
    Wave.objects.update(closes_on=last_day, stopped_on=last_day - timedelta(days=3))
    assert close_due_waves() == 1
    stored = Wave.objects.get()
    assert stored.state == WaveState.CLOSED
    asked = stored.snapshots.get().document["wave"]
    assert asked["closed_on"] == str(last_day - timedelta(days=3))
    page = words(Client().get(f"/r/withdraw/{wave.code}/"))
    assert f"possible until {whole(last_day)}" in page


def test_whether_anybody_handed_in_makes_no_difference(stopped: Wave) -> None:
    assert stopped.groups.filter(received__gt=0).count() == 0
    assert Wave.objects.get().state == WaveState.OPEN


def test_on_the_record_nobody_was_promised_anything() -> None:
    wave = open_wave(["A", "B"], on_record=["A", "B"])
    close_early(wave=wave, user=wave.created_by)
    assert Wave.objects.get().state == WaveState.CLOSED


def test_is_not_extended_and_nobody_is_invited(stopped: Wave) -> None:
    with pytest.raises(NotAllowed, match="reopen the wave first"):
        waves.extend_wave(wave=stopped, user=stopped.created_by, closes_on=timezone.localdate() + timedelta(20))
    with pytest.raises(NotAllowed):
        links.hand_out(group=stopped.groups.first(), user=stopped.created_by, number=1, made=0)


def test_is_reopened_but_not_for_shorter_than_promised(stopped: Wave) -> None:
    today = timezone.localdate()
    with pytest.raises(NotAllowed, match="promised"):
        waves.reopen_wave(wave=stopped, user=stopped.created_by, reason="Too soon", closes_on=today + timedelta(3))
    later = today + timedelta(PROMISED)
    waves.reopen_wave(wave=stopped, user=stopped.created_by, reason="Too soon", closes_on=later)
    stored = Wave.objects.get()
    assert (stored.stopped_on, stored.closes_on, stored.is_open) == (None, later, True)


def test_organiser_is_told_before_and_after(client_for: Callable[[User], Client], wave: Wave) -> None:
    client = client_for(wave.created_by)
    code, end = wave.assessment.code, whole(wave.closes_on)
    at = {name: reverse(f"assessments:panel{name}", args=[code]) for name in ("", "-close", "-reopen", "-extend")}
    asked = words(client.get(at["-close"]))
    assert f"can take their answers back until {end}, and still can" in asked
    assert "the result is computed after that day" in asked
    client.post(at["-close"])
    client.post(at["-close"])  # a second click
    page = words(client.get(at[""]))
    assert f"People can take theirs back until {end}" in page
    assert "Invite and remind" not in page
    assert "Close now" not in page
    assert client.get(at["-extend"]).status_code == 302
    assert f"until {end} or a later day" in words(client.get(at["-reopen"]))
    early = {"closes_on": str(timezone.localdate() + timedelta(1)), "reason": "Too soon"}
    refused = client.post(at["-reopen"], early)
    assert refused.status_code == 422
    assert "Too soon" in words(refused)
    client.post(at["-reopen"], {**early, "closes_on": str(wave.closes_on)})
    assert Wave.objects.get().is_open
