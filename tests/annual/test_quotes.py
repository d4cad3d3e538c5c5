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
PUBLIC = "Whoever reads the comments first may choose some to be quoted there and on the yearly page"


@pytest.mark.parametrize(("told", "chosen"), [(True, True), (False, True), (True, False)])
def test_a_comment_can_be_quoted_only_where_its_author_was_told_and_its_reader_chose_it(
    client: Client, told: bool, chosen: bool
) -> None:
    organiser = builders.user()
    wave = closed_wave(organiser=organiser)
    Wave.objects.update(tells_of_quotes=told)
    group = wave.groups.first()
    PanelComment.objects.create(
        wave=wave,
        group=group,
        attribute="IT",
        text="We hear the result.",
        state=CommentState.SHOWN,
        chosen_for_public=chosen,
    )
    client.force_login(organiser)

    page = client.get(reverse("assessments:annual-choices", args=[wave.assessment.code])).content.decode()

    assert ("We hear the result." in page) is (told and chosen)


def told(client: Client) -> tuple[bool, bool]:
    """Whether a respondent is told of themes and chosen comments, and of one comment on the yearly page."""
    page = client.get("/r/").content.decode()
    return PUBLIC in page, SENTENCE in page


def test_respondents_are_told_from_the_launch_on_what_may_be_quoted() -> None:
    wave = launched(builders.user())
    client = come_in(new_link(wave))
    assert told(client) == (
        True,
        False,
    )

    Wave.objects.update(tells_of_themes=False)  # launched before that was said: one comment, on the yearly page
    assert told(client) == (
        False,
        True,
    )

    Wave.objects.update(tells_of_quotes=False)  # launched before even this was said
    assert SENTENCE not in client.get("/r/").content.decode()
