"""The workshop: what the wall shows, when letters appear on it, and that they never follow a single answer."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.documents.panel import PanelDocument
from assessments.exceptions import NotAllowed
from assessments.headlines import panel_sentences
from assessments.models.panel import Wave
from assessments.models.panel_stores import UnfinishedQuestionnaire, WaveGroup
from assessments.panels.services.stopping import close_early
from assessments.paper.services.workshop import choose_workshop, go_on, show_answers
from assessments.vocabulary import Role
from tests import builders
from tests.builders.panels import GROUP_NAMES, open_wave, prepared, put, put_example
from tests.builders.respondents import come_in, fill, hand_in, new_link

pytestmark = pytest.mark.django_db
GROUPS = GROUP_NAMES
FIRST = GROUPS[0]


def workshop(names: tuple[str, ...] = GROUPS, **fields: Any) -> Wave:
    return open_wave(names, is_workshop=True, **fields)


def answered(wave: Wave) -> None:
    """The answers of the published example, of which some attributes have a score and others nothing."""
    put_example(wave)


def wall(wave: Wave, client: Client | None = None, **asked: str) -> str:
    """What the wall shows, as words."""
    client = client or member(wave)
    response = client.get(f"/assessments/{wave.assessment.code}/panel/workshop/screen/", asked)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    return " ".join(response.content.decode().split())


def member(wave: Wave) -> Client:
    client = Client()
    client.force_login(wave.created_by)
    return client


def address(wave: Wave, name: str) -> str:
    return f"/assessments/{wave.assessment.code}/panel/workshop/{name}"


# --- The wall ----------------------------------------------------------------------------------------------------


def test_the_wall_says_where_to_answer_and_counts_that_are_told_anyway() -> None:
    wave = workshop(("Villages", "Business"))
    put(wave, "Villages", [{"IT1a": 2}] * 5)
    put(wave, "Business", [{"IT1a": 2}] * 4)
    page = wall(wave)
    assert "testserver/k" in page
    assert "<dt><bdi>Villages</bdi></dt> <dd> 5 </dd>" in page
    assert "<dt><bdi>Business</bdi></dt> <dd> fewer than 5 </dd>" in page
    assert "Nothing is shown yet." in page
    assert "<table" not in page
    assert 'hx-trigger="every 10s"' in page
    assert 'aria-live="polite"' in page
    assert "hx-trigger" not in wall(wave, still="")


def test_no_single_answer_changes_more_on_the_wall_than_a_count() -> None:
    """Whoever watches a person press the button must not read from the wall what they said."""
    wave = workshop()
    answered(wave)
    show_answers(wave=wave, user=wave.created_by)
    wave.refresh_from_db()
    go_on(wave=wave, user=wave.created_by)
    wave.refresh_from_db()
    client = member(wave)
    before = wall(wave, client)
    put(wave, FIRST, [{"CR1a": 0}])
    after = wall(wave, client)
    number = WaveGroup.objects.get(wave=wave, name=FIRST).received
    assert before.replace(f"<dd> {number - 1} </dd>", f"<dd> {number} </dd>", 1) == after


def test_members_see_the_wall_and_only_organisers_its_buttons() -> None:
    wave = workshop()
    reviewer = builders.user()
    builders.member(wave.assessment.process, reviewer, Role.REVIEWER)
    client = Client()
    client.force_login(reviewer)
    assert "Show what was answered" not in wall(wave, client)
    assert "Show what was answered" in wall(wave)
    for name in ("show/", "go-on/"):
        assert client.post(address(wave, name)).status_code == 403
    stranger = Client()
    assert stranger.get(address(wave, "screen/")).status_code == 302
    stranger.force_login(builders.user())
    assert stranger.get(address(wave, "screen/")).status_code == 404


# --- Showing, and going on ---------------------------------------------------------------------------------------


def test_showing_closes_freezes_and_shows_letters_of_the_public_result() -> None:
    wave = workshop()
    answered(wave)
    begun = come_in(new_link(wave, FIRST))
    fill(begun, "IT1", **{"IT1a": "1"})
    client = member(wave)
    assert "Nobody can take their answers back any more." in client.get(address(wave, "show/")).content.decode()
    assert client.post(address(wave, "show/"))["Location"] == address(wave, "screen/")
    wave.refresh_from_db()
    assert wave.state == "closed"
    assert not UnfinishedQuestionnaire.objects.exists()
    page = wall(wave)
    public = PanelDocument.model_validate(wave.snapshots.get().public)
    letters = {attribute.letter for attribute in public.attributes if attribute.letter}
    assert letters
    for letter in letters:
        assert f"<strong>{letter}</strong>" in page
    assert "testserver/k" not in page


def test_letters_of_single_groups_are_those_of_the_public_document() -> None:
    """Which has them from five confidential groups on: a wall is read by everybody in the room."""
    wave = workshop()
    answered(wave)
    show_answers(wave=wave, user=wave.created_by)
    snapshot = wave.snapshots.get()
    restricted, public = (PanelDocument.model_validate(found) for found in (snapshot.document, snapshot.public))
    page = wall(Wave.objects.get(pk=wave.pk))
    assert any(attribute.groups for attribute in public.attributes)
    assert page.count('<th scope="col">') == 2 + len(public.units)
    assert "Other groups together" in page
    assert "Letters of single groups" not in page

    # The same wave, if too few groups had answered confidentially: only restricted readers are told.
    untold = [attribute.model_copy(update={"groups": []}) for attribute in public.attributes]
    assert any(attribute.groups for attribute in restricted.attributes)
    wave.snapshots.update(public=public.model_copy(update={"attributes": untold}).model_dump(mode="json"))
    page = wall(Wave.objects.get(pk=wave.pk))
    assert page.count('<th scope="col">') == 2
    assert "Letters of single groups are told only where at least 5 groups" in page


def test_going_on_needs_as_many_new_answers_as_any_reopening() -> None:
    wave = workshop()
    answered(wave)
    client = member(wave)
    client.post(address(wave, "show/"))
    assert client.post(address(wave, "go-on/"))["Location"] == address(wave, "screen/")
    wave.refresh_from_db()
    assert wave.is_open
    assert wave.reopen_reason == "The workshop goes on."
    put(wave, FIRST, [{"IT1a": 0}] * 4)
    response = client.post(address(wave, "show/"), follow=True)
    assert "Too few answers are new: what was shown before stays." in response.content.decode()
    assert wave.snapshots.count() == 1
    client.post(address(wave, "go-on/"))
    put(wave, FIRST, [{"IT1a": 0}] * 5)
    client.post(address(wave, "show/"))
    second = wave.snapshots.order_by("-number").first()
    assert second is not None
    assert second.number == 2
    document = PanelDocument.model_validate(second.public)
    assert "was shown in the room" in panel_sentences.workshop(document)


def test_only_a_wave_launched_for_a_workshop_closes_at_once() -> None:
    """Others were promised to be able to take their answers back."""
    wave = open_wave(GROUP_NAMES)
    put_example(wave)
    with pytest.raises(NotAllowed):
        show_answers(wave=wave, user=wave.created_by)
    with pytest.raises(NotAllowed):
        go_on(wave=wave, user=wave.created_by)
    close_early(wave=wave, user=wave.created_by)
    assert not wave.snapshots.exists()
    assert "Show what was answered" not in wall(Wave.objects.get(pk=wave.pk))

    room = workshop()
    close_early(wave=room, user=room.created_by)
    assert room.snapshots.exists()


# --- Being told --------------------------------------------------------------------------------------------------


def test_a_workshop_is_chosen_before_the_launch_and_never_after() -> None:
    wave = prepared()
    client = member(wave)
    assert client.post(address(wave, ""), {"is_workshop": "on"}).status_code == 302
    assert Wave.objects.get(pk=wave.pk).is_workshop
    client.post(address(wave, ""), {})
    assert not Wave.objects.get(pk=wave.pk).is_workshop
    launched = open_wave(GROUPS)
    with pytest.raises(NotAllowed):
        choose_workshop(wave=launched, user=launched.created_by, is_workshop=True)


def test_respondents_are_told_before_the_first_question_and_with_their_receipt() -> None:
    told = "This questionnaire is answered in a workshop."
    for wave, is_told in ((workshop(), True), (open_wave(GROUPS), False)):
        client = come_in(new_link(wave, FIRST))
        assert (told in client.get("/r/").content.decode()) is is_told
        fill(client, "IT1", **{"IT1a": "1"})
        hand_in(client)
        assert (told in client.get("/r/receipt/").content.decode()) is is_told


def test_a_result_says_that_it_comes_from_a_workshop() -> None:
    wave = workshop()
    answered(wave)
    show_answers(wave=wave, user=wave.created_by)
    document = PanelDocument.model_validate(wave.snapshots.get().document)
    assert panel_sentences.workshop(document) == "People answered in a workshop."
    elsewhere = document.wave.model_copy(update={"in_workshop": False})
    assert panel_sentences.workshop(document.model_copy(update={"wave": elsewhere})) == ""


def test_more_groups_take_no_more_queries() -> None:
    """Neither on the wall nor on the page about paper."""
    numbers = []
    for names in (GROUPS[:2], GROUPS):
        wave = workshop(names)
        client = member(wave)
        for page in ("workshop/screen/", "paper/"):
            address = f"/assessments/{wave.assessment.code}/panel/{page}"
            client.get(address)  # what a process remembers after its first page is not counted
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            numbers.append(len(queries))
    assert numbers[:2] == numbers[2:]
