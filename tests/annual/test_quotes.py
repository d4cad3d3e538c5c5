"""Which comments of stakeholders may be quoted: those of people who were told so before they wrote."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import PanelComment, Wave
from assessments.vocabulary import CommentState
from tests import builders
from tests.builders.panels import closed_wave, launched
from tests.builders.respondents import come_in, new_link

pytestmark = pytest.mark.django_db
SENTENCE = "One such comment may be quoted on the yearly page of the process"


@pytest.mark.parametrize("told", [True, False])
def test_a_comment_can_be_chosen_only_where_its_author_was_told(client: Client, told: bool) -> None:
    organiser = builders.user()
    wave = closed_wave(organiser=organiser)
    Wave.objects.update(tells_of_quotes=told)
    group = wave.groups.first()
    PanelComment.objects.create(
        wave=wave, group=group, attribute="IT", text="We hear the result.", state=CommentState.SHOWN
    )
    client.force_login(organiser)

    page = client.get(reverse("assessments:annual-choices", args=[wave.assessment.code])).content.decode()

    assert ("We hear the result." in page) is told


def test_respondents_are_told_from_the_launch_on() -> None:
    organiser = builders.user()
    wave = launched(organiser)
    assert SENTENCE in come_in(new_link(wave)).get("/r/").content.decode()

    Wave.objects.update(tells_of_quotes=False)  # launched before it was said
    assert SENTENCE not in come_in(new_link(wave)).get("/r/").content.decode()
