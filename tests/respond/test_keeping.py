"""The page keeps what is entered while somebody types."""

from collections.abc import Callable

import pytest

from assessments.models import UnfinishedQuestionnaire, Wave
from assessments.panels.services.closing import close_and_freeze
from tests.builders.panels import open_wave
from tests.builders.respondents import come_in, fill, form_of, new_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wave_key")]
PAGE = "/r/q/IT5/"


@pytest.fixture(scope="module")
def wave_key(build_once: Callable[[Callable[[], int]], int]) -> int:
    return build_once(lambda: open_wave(["A", "B"]).pk)


@pytest.fixture
def wave(db: None, wave_key: int) -> Wave:
    return Wave.objects.get(pk=wave_key)


def test_is_stored_and_nobody_is_led_away(wave: Wave) -> None:
    client = come_in(new_link(wave))
    seen = form_of(client.get(PAGE)).fields["seen"]
    kept = client.post(PAGE, {"IT-words": "No", "IT5a": "2", "seen": seen, "action": "keep"})
    assert (kept.status_code, kept.content) == (204, b"")
    stored = UnfinishedQuestionnaire.objects.get()
    assert stored.comments == {"IT": "No"}
    assert stored.answers == {"IT5a": {"state": "answered", "level": 2}}
    assert kept["X-Seen"] == form_of(client.get(PAGE)).fields["seen"]


def test_page_that_kept_its_words_may_change_them(wave: Wave) -> None:
    client = come_in(new_link(wave))
    seen = form_of(client.get(PAGE)).fields["seen"]
    kept = client.post(PAGE, {"IT-words": "No", "seen": seen, "action": "keep"})
    client.post(PAGE, {"IT-words": "Yes", "seen": kept["X-Seen"], "action": "next"})
    assert UnfinishedQuestionnaire.objects.get().comments == {"IT": "Yes"}


def test_words_are_changed_on_a_page_with_an_item_left_out(wave: Wave) -> None:
    client = come_in(new_link(wave))
    for words in ("No", "Yes"):
        seen = form_of(client.get(PAGE)).fields["seen"]
        client.post(PAGE, {"IT-words": words, "IT5a": "2", "seen": seen, "action": "next"})
    assert UnfinishedQuestionnaire.objects.get().comments == {"IT": "Yes"}


@pytest.mark.parametrize(("action", "stored"), [("keep", "No"), ("leave", "Yes\n\nNo"), ("next", "Yes\n\nNo")])
def test_words_of_another_tab_are_never_lost(wave: Wave, action: str, stored: str) -> None:
    """While somebody types nothing is stored over them; a button, or leaving, keeps both."""
    client = come_in(new_link(wave))
    seen = form_of(client.get(PAGE)).fields["seen"]
    client.post(PAGE, {"IT-words": "No", "seen": seen, "action": "keep"})
    for _again in range(2):
        answer = client.post(PAGE, {"IT-words": "Yes", "seen": seen, "action": action})
        assert answer.status_code == {"keep": 409, "leave": 204, "next": 302}[action]
        assert "X-Seen" not in answer
    assert UnfinishedQuestionnaire.objects.get().comments == {"IT": stored}


def test_what_is_typed_while_the_last_save_is_under_way_is_kept_when_the_page_is_left(wave: Wave) -> None:
    client = come_in(new_link(wave))
    seen = form_of(client.get(PAGE)).fields["seen"]
    client.post(PAGE, {"IT-words": "begin", "seen": seen, "action": "keep"})
    client.post(PAGE, {"IT-words": "begin and end", "seen": seen, "action": "leave"})
    assert UnfinishedQuestionnaire.objects.get().comments == {"IT": "begin and end"}


def test_too_long_or_too_late_is_not_stored(wave: Wave) -> None:
    client = come_in(new_link(wave))
    assert client.post(PAGE, {"IT-words": "a" * 2001, "action": "keep"}).status_code == 422
    close_and_freeze(wave=wave)
    assert client.post(PAGE, {"IT-words": "a", "action": "keep"}).status_code == 410
    assert not UnfinishedQuestionnaire.objects.exists()


@pytest.mark.parametrize("action", ["keep", "leave", "next"])
def test_page_of_one_link_is_never_saved_under_another(wave: Wave, action: str) -> None:
    """Somebody opens another link in another tab of the same browser, or comes after somebody else at this device."""
    client = come_in(new_link(wave))
    form = form_of(client.get(PAGE)).fields
    come_in(new_link(wave), client)
    answer = client.post(PAGE, {**form, "IT-words": "of the one before", "IT5a": "2", "action": action})
    assert answer.status_code == 403
    assert "of the one before</textarea>" in answer.content.decode()
    assert all(not found.comments and not found.answers for found in UnfinishedQuestionnaire.objects.all())


def test_page_that_hands_in_hands_in_the_questionnaire_it_shows(wave: Wave) -> None:
    client = come_in(new_link(wave))
    fill(client, "IT5")
    form = form_of(client.get("/r/check/")).fields
    come_in(new_link(wave), client)
    fill(client, "IT5")
    assert client.post("/r/finish/", form).status_code == 403
    assert UnfinishedQuestionnaire.objects.count() == 2
    assert sum(wave.groups.values_list("received", flat=True)) == 0
