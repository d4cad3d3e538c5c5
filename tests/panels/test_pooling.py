"""What would be pooled if a wave closed now is told from counts that are told anyway, and tells nothing beyond."""

from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Wave
from assessments.panels.pooling import if_closed_now
from msgov.accounts.models import User
from tests.builders.panels import launched

pytestmark = pytest.mark.django_db

NAMES = ("Government", "Academia", "Youth")


def page_with(client: Client, wave: Wave, received: tuple[int, ...]) -> str:
    for name, number in zip(NAMES, received, strict=True):
        wave.groups.filter(name=name).update(received=number)
    html = client.get(reverse("assessments:panel", args=[wave.assessment.code])).content.decode()
    return " ".join(html.split("If the wave closed now")[1].split("<h2>")[0].split())


def test_page_is_the_same_whatever_small_groups_have_between_them(as_organiser: Client, organiser: User) -> None:
    """Nobody learns whether two small groups reach the threshold together, nor whether anybody answered in one."""
    wave = launched(organiser, names=NAMES)
    pages = {page_with(as_organiser, wave, (9, *small)) for small in product((0, 1, 4), repeat=2)}
    assert len(pages) == 1
    (page,) = pages
    assert "Shown by themselves: <bdi>Government</bdi>" in page
    assert "Put together: <bdi>Academia</bdi>, <bdi>Youth</bdi>." in page
    assert "There would be scores only if the groups that are put together count" in page


def test_one_small_group_is_in_no_figure_whether_anybody_answered_in_it_or_not(
    as_organiser: Client, organiser: User
) -> None:
    wave = launched(organiser, names=NAMES)
    pages = {page_with(as_organiser, wave, (9, 5, small)) for small in (0, 4)}
    (page,) = pages
    assert "<bdi>Youth</bdi> has fewer than 5 answers, and there is no other such group" in page
    assert "With fewer than three groups the scores would stay provisional." in page


def test_named_answers_count_as_groups_once_they_are_filed() -> None:
    wave = launched(names=NAMES)
    wave.groups.filter(name="Youth").update(mode="on_record", invited=1)
    wave.groups.filter(name="Government").update(received=5)
    now = if_closed_now(wave, wave.groups.all())
    assert ([group.name for group in now.not_filed], now.no_scores) == (["Youth"], True)
    wave.groups.filter(name="Youth").update(received=1)
    now = if_closed_now(wave, wave.groups.all())
    assert ([group.name for group in now.by_themselves], now.no_scores) == (["Government", "Youth"], False)
