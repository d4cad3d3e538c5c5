"""Before anything is public, the page says how things stand, and nothing of what was answered."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import Wave
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.services.stopping import close_early
from tests.builders.panels import closed_wave, in_days, open_wave, prepared, put_example
from tests.builders.respondents import come_in, fill, new_link
from tests.feedback.reading import address, shown, text_of

pytestmark = pytest.mark.django_db
NOT_PUBLIC = "The results are not public."


def test_who_decides_and_when_is_told_until_it_is_public() -> None:
    wave = closed_wave(responsible="The secretariat", results_on=in_days(30))
    page = shown(wave)
    assert "Answers were taken until" in page
    assert "What was handed in by then counts. What was not has been deleted." in page
    assert f"{NOT_PUBLIC} The secretariat decides whether and when" in page
    day = f"{in_days(30).day} "
    assert f"Results are planned for {day}" in page
    assert f"http://testserver{address(wave)}" in page
    Wave.objects.filter(pk=wave.pk).update(results_on=in_days(-1))
    assert "nothing has been published so far" in shown(wave)
    Wave.objects.filter(pk=wave.pk).update(results_on=None, responsible="")
    page = shown(wave)
    assert "planned" not in page
    assert "The organiser of the process decides" in page


def test_open_and_stopped_waves_tell_nothing_and_leave_the_way_to_delete() -> None:
    wave = open_wave()
    put_example(wave)
    assert "Answers are still being taken, until" in shown(wave)
    close_early(wave=wave, user=wave.created_by)
    wave.refresh_from_db()
    assert wave.stopped_on is not None
    page = Client().get(address(wave)).content.decode()
    assert "can be deleted by its author until" in text_of(page)
    assert f"/r/withdraw/{wave.code}/" in page
    Wave.objects.filter(pk=wave.pk).update(closes_on=timezone.localdate() - timedelta(days=2))
    assert "The results are being computed" in shown(wave)


def test_who_was_answering_when_it_closed_is_led_there_with_what_they_typed() -> None:
    wave = open_wave(["A", "B"])
    token = new_link(wave)
    client = come_in(token)
    fill(client, "IT1")
    close_and_freeze(wave=wave)
    answer = client.post("/r/q/IT5/", {"IT-words": "typed in vain", "action": "next"})
    assert answer.status_code == 410
    assert "typed in vain</textarea>" in answer.content.decode()
    assert client.get(f"/r/{token}/")["Location"] == address(wave)


def test_preparing_wave_has_no_page_and_its_links_say_so() -> None:
    wave = prepared()
    assert Client().get(address(wave)).status_code == 404
    assert Client().get(f"/r/{new_link(wave)}/").status_code == 410


def test_group_on_the_record_reads_the_same_page() -> None:
    wave = open_wave(["A", "B"], on_record=["B"])
    token = new_link(wave, "B")
    assert Client().get(f"/r/{token}/").status_code == 200
    close_and_freeze(wave=wave)
    assert Client().get(f"/r/{token}/")["Location"] == address(wave)
