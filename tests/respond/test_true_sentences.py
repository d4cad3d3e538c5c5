"""What respondents read is true in the state they are in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assessments.panels.services.closing import close_and_freeze
from tests.builders.panels import open_wave
from tests.builders.respondents import come_in, new_link

pytestmark = pytest.mark.django_db


def test_receipt_on_the_record_is_not_called_confidential(client: Client) -> None:
    wave = open_wave(["A", "B"], on_record=["A"])
    browser = come_in(new_link(wave))
    browser.post("/r/q/IT1/", {"IT1a": "2", "action": "next"})
    filing = {"filed_by": "Ada", "capacity": "chair", "how_agreed": "in a meeting"}
    assert browser.post("/r/finish/", filing).status_code == 302
    page = browser.get("/r/receipt/").content.decode()
    assert "on the record" in page
    assert "confidential" not in page


def test_closed_pages_name_the_day_it_closed(client: Client) -> None:
    wave = open_wave(["A", "B"])
    token = new_link(wave)
    close_and_freeze(wave=wave)
    today = timezone.localdate()
    day, promised = (f"{one.day} {one:%B %Y}" for one in (today, today + timedelta(days=7)))
    for address in (f"/r/{token}/", f"/r/withdraw/{wave.code}/"):
        page = client.get(address).content.decode()
        assert f"until {day}" in " ".join(page.split())
        assert promised not in page


def test_link_opened_again_does_not_say_that_nothing_has_started(client: Client) -> None:
    wave = open_wave(["A", "B"])
    token = new_link(wave)
    assert "Nothing has started yet" in client.get(f"/r/{token}/").content.decode()
    come_in(token).post("/r/q/IT1/", {"IT1a": "2", "action": "next"})
    assert "Nothing has started yet" not in client.get(f"/r/{token}/").content.decode()
