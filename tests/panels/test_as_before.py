"""A wave is prepared as in the round before, without links and dates; what is left out is said."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assessments.exceptions import NotAllowed
from assessments.models import Assessment, PanelLink, Wave, WaveGroup, WaveMailPlan, WaveMailText
from assessments.panels.services import mails
from assessments.panels.services.as_before import OF_ONE_GROUP, OF_ONE_WAVE, prepare_as_before, wave_before
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


def test_page_offers_it_where_an_earlier_round_has_a_wave(
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


def test_another_wave_of_the_same_round_goes_by_the_one_before_with_its_mails(
    client_for: ClientFor, before: Wave, organiser: User
) -> None:
    WaveMailPlan.objects.create(wave=before, reminders=["end-3"], thanks=True)
    WaveMailText.objects.create(wave=before, kind="reminder", language="en", subject="Again", opening="Please.")
    WaveMailText.objects.create(wave=before, kind="reminder", language="xx", subject="No", opening="No.")
    Assessment.objects.filter(pk=before.assessment_id).update(state="draft")
    client = client_for(organiser)
    page = client.get(reverse("assessments:panel", args=[before.assessment.code])).content.decode()
    assert "Prepare another wave as this time" in page
    client.post(reverse("assessments:panel-prepare", args=[before.assessment.code]), {"as_before": "1"})
    wave = Wave.objects.get(number=2)
    assert told(wave) == told(before)
    assert (wave.mail_plan.reminders, wave.mail_plan.thanks) == (["end-3"], True)
    assert list(wave.mail_texts.values_list("language", "subject")) == [("en", "Again")]


def test_whatever_is_settled_of_a_wave_or_a_group_comes_along(
    before: Wave, second: Assessment, organiser: User
) -> None:
    """Fields that waves and groups get later too: all but those that are named as belonging to one alone."""
    own = {"number", "closes_on", "launched_at", "results_on", "code", "received"}
    assert own <= OF_ONE_WAVE | OF_ONE_GROUP
    assert {field.name for field in Wave._meta.concrete_fields} >= OF_ONE_WAVE
    assert {field.name for field in WaveGroup._meta.concrete_fields} >= OF_ONE_GROUP
    Wave.objects.filter(pk=before.pk).update(form="short", paper_return={"en": "The desk"})
    prepare_as_before(assessment=second, user=organiser)
    wave = Wave.objects.get(assessment=second)
    assert (wave.form, wave.paper_return) == ("short", {"en": "The desk"})


def test_waves_that_are_not_closed_are_nothing_to_go_by(before: Wave, second: Assessment, organiser: User) -> None:
    assert wave_before(Assessment.objects.get(pk=before.assessment_id)) == before
    Wave.objects.filter(pk=before.pk).update(state="open")
    with pytest.raises(NotAllowed, match="There is no wave to go by"):
        prepare_as_before(assessment=second, user=organiser)
    assert not Wave.objects.filter(assessment=second).exists()
