"""The organiser says for which day results are planned; those who were asked read it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Wave
from msgov.accounts.models import AuditEvent, User
from tests.builders.panels import closed_wave, in_days, launched, prepared
from tests.feedback.reading import address, shown

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def test_day_is_settled_with_the_rest_and_comes_after_the_closing(client_for: ClientFor) -> None:
    wave = prepared()
    client, page = client_for(wave.created_by), reverse("assessments:panel-setup", args=[wave.assessment.code])
    form = {"closes_on": in_days(14).isoformat(), "languages": "en", "threshold": "5", "notice": "Why"}
    early = client.post(page, {**form, "results_on": in_days(14).isoformat()})
    assert (early.status_code, "Choose a day after the closing date" in early.text) == (422, True)
    assert client.post(page, {**form, "results_on": in_days(30).isoformat()}).status_code == 302
    assert Wave.objects.get().results_on == in_days(30)


def test_day_can_be_changed_at_any_time_and_taken_back(client_for: ClientFor) -> None:
    wave = closed_wave()
    client = client_for(wave.created_by)
    page = reverse("assessments:panel-results-day", args=[wave.assessment.code])
    assert address(wave) in client.get(page).text
    for wrong, words in ((in_days(0).isoformat(), "Choose a day after today"), ("soon", "Enter the date as year")):
        answer = client.post(page, {"results_on": wrong})
        assert (answer.status_code, words in answer.text) == (422, True)
    assert client.post(page, {"results_on": in_days(9).isoformat()}).status_code == 302
    assert "Results are planned for" in shown(wave)
    found = AuditEvent.objects.get(action="wave.results_planned")
    assert found.details == {"from": "", "to": in_days(9).isoformat()}
    client.post(page, {"results_on": ""})
    assert "planned" not in shown(wave)


@pytest.mark.parametrize(("later", "still_named"), [(20, True), (30, False)])
def test_day_that_the_closing_overtakes_is_named_no_more(client_for: ClientFor, later: int, still_named: bool) -> None:
    wave = launched(results_on=in_days(30))
    page = reverse("assessments:panel-extend", args=[wave.assessment.code])
    answer = client_for(wave.created_by).post(
        page, {"closes_on": in_days(later).isoformat(), "reason": "More time"}, follow=True
    )
    assert ("Name another one" in answer.text) is not still_named
    assert ("Results are planned for" in shown(wave)) is still_named


def test_day_before_the_closing_of_an_open_wave_is_refused(client_for: ClientFor) -> None:
    wave = launched()
    page = reverse("assessments:panel-results-day", args=[wave.assessment.code])
    answer = client_for(wave.created_by).post(page, {"results_on": in_days(3).isoformat()})
    assert "Choose a day after the closing date" in answer.text
