"""Whoever is answering is told on the last two days until when, with the place and in the hour after with the time."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import PanelLink, Wave
from attributes.codes import new_token, token_hash
from tests.builders.clock import SetClock
from tests.builders.panels import launched

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(clock: SetClock) -> Wave:
    """Open since 1 December until the 15th."""
    clock("2026-12-01 10:00")
    return launched()


def pages(wave: Wave) -> list[str]:
    """A question and the check page, of somebody who is answering."""
    token, client = new_token(), Client()
    PanelLink.objects.create(group=wave.groups.first(), token_hash=token_hash(token))
    client.post(reverse("assessments:respond-link", args=[token]))
    client.post(reverse("assessments:respond"))
    names = [reverse("assessments:respond-question", args=["IT1"]), reverse("assessments:respond-check")]
    found = [client.get(name) for name in names]
    assert [response.status_code for response in found] == [200, 200]
    return [" ".join(response.content.decode().split()) for response in found]


@pytest.mark.parametrize(("now", "end"), [
    ("2026-12-13 23:59", ""),
    ("2026-12-14 00:01", "Tuesday 15 December 2026"),
    ("2026-12-15 23:59", "Tuesday 15 December 2026"),
])  # fmt: skip
def test_the_end_is_told_on_the_day_before_and_on_the_last(wave: Wave, clock: SetClock, now: str, end: str) -> None:
    clock(now)
    for page in pages(wave):
        assert ("What has not been submitted by then is deleted." in page) is bool(end)
        assert end in page


def test_in_the_hour_after_the_last_day_the_time_is_told(wave: Wave, clock: SetClock) -> None:
    clock("2026-12-15 23:50")
    token, client = new_token(), Client()
    PanelLink.objects.create(group=wave.groups.first(), token_hash=token_hash(token))
    client.post(reverse("assessments:respond-link", args=[token]))
    client.post(reverse("assessments:respond"))
    clock("2026-12-16 00:10")
    page = client.get(reverse("assessments:respond-check")).content.decode()
    assert "What has not been submitted by then is deleted." in page
    assert "1 a.m." in page or "01:00" in page
