"""Notice and names by language: written in the setup, read by respondents, marked where they fall back."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Wave, WaveGroup
from assessments.panels.wave_texts import spoken_texts, unsaid
from assessments.vocabulary import WaveState
from msgov.accounts.models import User
from tests.builders.panels import open_wave
from tests.builders.respondents import new_link

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]


@pytest.fixture
def wave() -> Wave:
    """In English and Arabic. The question set has English alone: its languages do not matter here."""
    found = open_wave(["Government", "Civil society"], notice="The council asks.")
    Wave.objects.filter(pk=found.pk).update(languages=["en", "ar"], state=WaveState.PREPARING)
    found.refresh_from_db()
    return found


@pytest.fixture
def at_browser(wave: Wave, client_for: ClientFor) -> Client:
    """Of the organiser."""
    return client_for(wave.assessment.process.memberships.get(role="organiser").user)


def address(wave: Wave) -> str:
    """Of the page."""
    return reverse("assessments:panel-texts", args=[wave.assessment.code])


def name_of(wave: Wave, group: str = "Government") -> str:
    """The input for the name of a group in Arabic."""
    return f"group-{wave.groups.get(name=group).pk}-ar"


def test_texts_are_kept_by_language(wave: Wave, at_browser: Client) -> None:
    page = at_browser.get(address(wave)).content.decode()
    assert "So far: The council asks." in page
    assert 'lang="ar" dir="rtl"' in page
    sent = {"notice-ar": " يسأل المجلس. ", "process-ar": "المنتدى", name_of(wave): "الحكومة"}
    assert at_browser.post(address(wave), sent).status_code == 302
    wave.refresh_from_db()
    assert wave.notice_in("ar") == "يسأل المجلس."
    assert wave.process_in("ar") == "المنتدى"
    assert wave.groups.get(name="Government").name_in("ar") == "الحكومة"
    fallen_back = wave.groups.get(name="Civil society").name_in("ar")
    assert (fallen_back, fallen_back.lang) == ("Civil society", "en")
    assert wave.notice_in("en") == "The council asks."


def test_an_empty_text_falls_back_again(wave: Wave, at_browser: Client) -> None:
    Wave.objects.filter(pk=wave.pk).update(texts={"ar": {"notice": "يسأل المجلس."}})
    at_browser.post(address(wave), {"notice-ar": ""})
    wave.refresh_from_db()
    assert wave.texts == {}


def test_too_long_a_text_is_given_back(wave: Wave, at_browser: Client) -> None:
    answer = at_browser.post(address(wave), {"notice-ar": "يسأل", "process-ar": "م" * 201})
    assert answer.status_code == 422
    assert "يسأل" in answer.content.decode()


def test_what_people_may_have_read_stays_and_gaps_are_filled(wave: Wave, at_browser: Client) -> None:
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.OPEN, texts={"ar": {"notice": "يسأل المجلس."}})
    at_browser.post(address(wave), {"notice-ar": "شيء آخر", "process-ar": "المنتدى"})
    wave.refresh_from_db()
    assert wave.texts == {"ar": {"notice": "يسأل المجلس.", "process": "المنتدى"}}


def test_launching_says_what_is_not_said_in_which_language(wave: Wave, at_browser: Client) -> None:
    wave.texts = {"ar": {"notice": "يسأل المجلس.", "process": "المنتدى"}}
    WaveGroup.objects.filter(name="Government").update(names={"ar": "الحكومة"})
    wave.save()
    sentences = unsaid(wave, list(wave.groups.all()))
    assert len(sentences) == 1
    assert sentences[0].startswith("Not said in this language: Arabic.")
    assert "Group “Civil society”" in sentences[0]
    assert "Who asks, and why" not in sentences[0]
    page = at_browser.get(reverse("assessments:panel", args=[wave.assessment.code])).content.decode()
    assert "Not said in this language: Arabic." in page


def test_a_process_in_another_language_is_named_in_the_first_of_the_wave(wave: Wave) -> None:
    """A wave in English of a process that works in French: its name is asked for in English too."""
    wave.assessment.process.language = "fr"
    called = wave.process_in("en")
    assert called.lang == "fr"
    wave.texts = {"en": {"process": "The forum"}}
    assert wave.process_in("en") == "The forum"


def test_respondents_read_a_text_of_another_language_marked(wave: Wave) -> None:
    """In a wave that is Arabic first, on a page in English."""
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.OPEN, languages=["ar", "en"], notice="يسأل المجلس.")
    page = Client().get(f"/r/{new_link(wave)}/").content.decode()
    assert '<html lang="en"' in page
    assert '<dd lang="ar" dir="auto"><p>يسأل المجلس.</p></dd>' in page


def test_of_many_texts_the_first_are_named_and_the_others_counted(wave: Wave) -> None:
    wave.texts = {}
    for name in ("Youth", "Elders"):
        wave.groups.create(name=name)
    (sentence,) = unsaid(wave, list(wave.groups.all()))
    number = len([text for text in spoken_texts(wave, list(wave.groups.all())) if not text.own])
    assert number > 4
    assert sentence.count(";") == 3
    assert sentence.endswith(f"; and {number - 3} other texts.")
