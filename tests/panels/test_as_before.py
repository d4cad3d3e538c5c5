"""A wave is prepared as in the round before, without links and dates; what is left out is said."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assessments.exceptions import NotAllowed
from assessments.models import Assessment, PanelLink, Wave, WaveMailPlan, WaveMailText
from assessments.panels.services import mails
from assessments.panels.services.as_before import prepare_as_before, wave_before
from msgov.accounts.models import User
from tests import builders
from tests.builders.panels import in_days, prepared

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
TEXTS = {
    "form": "short",
    "notice": "The secretariat asks.",
    "responsible": "The secretariat",
    "contact": "office@example.org",
}


@pytest.fixture
def organiser() -> User:
    return builders.user()


@pytest.fixture
def before(organiser: User) -> Wave:
    """A closed wave of three groups: one by an open link, one on the record."""
    wave = prepared(organiser, names=("Operators", "Users", "Government"), threshold=7, **TEXTS)
    wave.groups.filter(name="Operators").update(invited=40, everybody=True, sector="technical")
    wave.groups.filter(name="Users").update(link_kind="open", invited=90, cap=50)
    wave.groups.filter(name="Government").update(mode="on_record", invited=1)
    Wave.objects.filter(pk=wave.pk).update(state="closed", languages=["en", "xx"], closes_on=in_days(-3))
    Assessment.objects.filter(pk=wave.assessment_id).update(state="submitted", round=1)
    wave.refresh_from_db()
    return wave


@pytest.fixture
def second(before: Wave) -> Assessment:
    return builders.assessment(before.assessment.process, round=2)


def told(wave: Wave) -> list[tuple[object, ...]]:
    return list(wave.groups.values_list("name", "sector", "mode", "link_kind", "invited", "everybody", "cap"))


def test_groups_numbers_and_texts_come_along_and_links_and_dates_do_not(
    before: Wave, second: Assessment, organiser: User
) -> None:
    second.process.groups.create(name="Academia")
    left_out = prepare_as_before(assessment=second, user=organiser)
    wave = Wave.objects.get(assessment=second)
    assert told(wave) == told(before)
    assert {name: getattr(wave, name) for name in TEXTS} == TEXTS
    assert (wave.threshold, wave.threshold_fixed, wave.threshold_chosen_by) == (7, True, organiser)
    assert (wave.languages, wave.asks_comments) == (["en"], before.asks_comments)
    assert (wave.state, wave.closes_on, wave.opened_on) == ("preparing", None, None)
    assert not PanelLink.objects.filter(group__wave=wave).exists()
    assert not wave.groups.exclude(received=0).exists()
    assert len(left_out) == 2
    assert left_out[0].startswith("Left out, because the questions are not in these languages:")
    assert left_out[1] == "Not asked last time, and so not in this wave: Academia."


def test_the_plan_and_the_texts_of_mails_come_along_in_the_languages_that_are_left(
    before: Wave, second: Assessment, organiser: User
) -> None:
    mails.save_plan(wave=before, user=organiser, reminders=[], thanks=True, root="https://msgov.example.org/")
    WaveMailPlan.objects.update(reminders=["end-3"])
    for language in ("en", "xx"):
        WaveMailText.objects.create(wave=before, kind="invitation", language=language, subject=f"Ours in {language}")
    prepare_as_before(assessment=second, user=organiser)
    wave = Wave.objects.get(assessment=second)
    assert (mails.plan_of(wave).reminders, mails.plan_of(wave).thanks) == (["end-3"], True)
    assert list(wave.mail_texts.values_list("subject", flat=True)) == ["Ours in en"]
    assert not wave.mailings.exists()


def test_smallest_group_that_is_no_longer_offered_is_replaced_and_said(
    before: Wave, second: Assessment, organiser: User
) -> None:
    Wave.objects.filter(pk=before.pk).update(threshold=3)
    left_out = prepare_as_before(assessment=second, user=organiser)
    assert Wave.objects.get(assessment=second).threshold == 5
    assert "The smallest group shown was 3, which is no longer offered; now it is 5." in left_out


def test_page_offers_it_only_where_an_earlier_round_has_a_wave(
    client_for: ClientFor, before: Wave, second: Assessment, organiser: User
) -> None:
    client = client_for(organiser)
    where = reverse("assessments:panel", args=[second.code])
    assert 'name="as_before"' in client.get(where).content.decode()
    response = client.post(reverse("assessments:panel-prepare", args=[second.code]), {"as_before": "1"}, follow=True)
    html = response.content.decode()
    assert "Prepared as last time, without links and dates." in html
    assert "40 people invited" in html
    assert "Set a closing date in the future." in html
    # A second click finds what the first has made.
    client.post(reverse("assessments:panel-prepare", args=[second.code]), {"as_before": "1"})
    assert Wave.objects.filter(assessment=second).count() == 1


def test_first_round_and_waves_that_are_not_closed_are_nothing_to_go_by(
    before: Wave, second: Assessment, organiser: User
) -> None:
    assert wave_before(Assessment.objects.get(pk=before.assessment_id)) is None
    Wave.objects.filter(pk=before.pk).update(state="open")
    with pytest.raises(NotAllowed, match="No earlier round has a wave"):
        prepare_as_before(assessment=second, user=organiser)
    assert not Wave.objects.filter(assessment=second).exists()
