"""Once the result is public, everybody who was asked reads the public part of it on one page, and no more."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import (
    Action,
    Assessment,
    CommentTheme,
    Decision,
    PanelComment,
    Process,
    PublicRecord,
    ThemeReply,
    Wave,
    WaveSnapshot,
)
from assessments.models.panel_stores import PanelLink
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.services.waves import prepare_wave, reopen_wave
from assessments.records.services.publishing import publish
from assessments.respond import services
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import CommentState, Visibility
from tests import builders
from tests.builders.panels import closed_wave, in_days
from tests.feedback.reading import address, shown, text_of
from tests.languages.marking import words_by_language

pytestmark = pytest.mark.django_db
Make = Callable[[Callable[[], Wave]], Wave]
TOKENS = ("unused", "used", "revoked", "revoked-used", "open", "test")
NOT_PUBLIC = "The results are not public."


def links_of_every_kind(wave: Wave) -> None:
    """One of each, with these words as tokens."""
    group = wave.groups.first()
    for token in TOKENS:
        PanelLink.objects.create(
            group=group,
            token_hash=services.token_hash(token),
            is_used=token.endswith("used") and token != "unused",
            is_revoked="revoked" in token,
            is_open_link=token == "open",
            is_test=token == "test",
        )


def published() -> Wave:
    """A closed wave whose public process has submitted its own answers, decided and promised."""
    wave = closed_wave(contact="ask@example.org")
    links_of_every_kind(wave)
    assessment = wave.assessment
    for item, level in (("CR1a", 3), ("CR1b", 2), ("CR1c", 0)):
        builders.answer(assessment, item, level)
    submit_assessment(assessment=assessment, user=wave.created_by)
    Process.objects.filter(pk=assessment.process_id).update(visibility=Visibility.PUBLIC)
    Action.objects.create(
        assessment=assessment, text="Ask the villages", owner="The board", due=date(2026, 1, 31), is_public=True
    )
    Action.objects.create(
        assessment=assessment, item="CR1c", state="done", happened="Written.", closed_on="2026-03-01", is_public=True
    )
    Action.objects.create(assessment=assessment, text="Among ourselves", is_public=False)
    Decision.objects.create(
        assessment=assessment, body="The council", decided_on=date(2026, 2, 3), decision="Agreed to all."
    )
    return Wave.objects.select_related("assessment__process").get(pk=wave.pk)


@pytest.fixture(scope="module")
def wave(build_once: Make) -> Wave:
    return build_once(published)


def test_says_what_groups_say_what_will_be_done_and_where_to_read_on(wave: Wave) -> None:
    page = shown(wave)
    assert "the groups together see 1 of 1 as largely or fully in place" in page
    assert "groups are divided on 2 of 3." in page
    assert "Collective responsibility The groups say Largely The organiser can show" in page
    assert "Ask the villages Late Who: The board By: 31 January 2026" in page
    assert "Done · On 1 March 2026 Written." in page
    assert "Agreed to all. Decided by The council , 3 February 2026" in page
    assert "The whole public result" in page
    assert "write to ask@example.org" in page
    assert "Among ourselves" not in page
    assert "–" not in page.replace("– msgov", "")


def test_every_link_leads_to_the_same_page(wave: Wave) -> None:
    found = set()
    for token in TOKENS:
        for method in ("get", "post"):
            response = getattr(Client(), method)(f"/r/{token}/", REMOTE_ADDR="10.0.0.1")
            found.add((response.status_code, response["Location"], tuple(sorted(response.cookies))))
    assert found == {(302, address(wave), ())}
    assert Client().get("/r/used/?language=fr")["Location"] == address(wave) + "?language=fr"
    assert Client().get("/r/no-such/").status_code == 404


def test_is_for_nobody_but_those_who_have_the_address(wave: Wave) -> None:
    response = Client().get(address(wave))
    assert (response["X-Robots-Tag"], response["Cache-Control"]) == ("noindex, nofollow", "no-store, private")
    for code in ("nosuchcode", "%00", wave.code[:-1], wave.assessment.code):
        assert Client().get(f"/r/results/{code}/").status_code == 404
    other = prepare_wave(assessment=builders.assessment(builders.process()), user=wave.created_by)
    assert Client().get(address(other)).status_code == 404


def test_is_the_same_for_members_of_the_process(wave: Wave) -> None:
    client = Client()
    client.force_login(wave.created_by)
    assert text_of(client.get(address(wave)).content.decode()) == shown(wave)


def test_reads_nothing_of_the_restricted_document(wave: Wave) -> None:
    before = shown(wave)
    WaveSnapshot.objects.filter(wave=wave).update(document={}, tallies={})
    assert shown(wave) == before


def test_nothing_that_a_visitor_may_not_open_is_shown(wave: Wave) -> None:
    process = Process.objects.filter(pk=wave.assessment.process_id)
    assessment = Assessment.objects.filter(pk=wave.assessment_id)
    for visibility in (Visibility.PRIVATE, Visibility.SIGNED_IN):
        process.update(visibility=visibility)
        assert says_nothing(wave)
    process.update(visibility=Visibility.PUBLIC)
    assert not says_nothing(wave)
    assessment.update(state="draft")
    assert says_nothing(wave)


def says_nothing(wave: Wave) -> bool:
    page = shown(wave)
    told = ("The groups say", "divided", "Ask the villages", "Agreed", "The whole public result", "Collective")
    return NOT_PUBLIC in page and not any(words in page for words in told)


def test_reopened_wave_shows_nothing_of_the_result_it_had(wave: Wave) -> None:
    reopen_wave(wave=wave, user=wave.created_by, reason="Late", closes_on=in_days(7))
    page = shown(wave)
    assert "Answers are still being taken, until" in page
    assert "divided" not in page
    assert Client().get("/r/unused/").status_code == 200
    assert Client().get("/r/used/").status_code == 410


def test_later_wave_is_what_the_public_pages_show_too(wave: Wave) -> None:
    again = prepare_wave(assessment=wave.assessment, user=wave.created_by)
    assert "once more" not in shown(wave)
    again.groups.update(invited=50)
    Wave.objects.filter(pk=again.pk).update(closes_on=in_days(3), state="open", opened_on=timezone.localdate())
    again.refresh_from_db()
    close_and_freeze(wave=again, user=wave.created_by)
    page = shown(wave)
    assert "The groups were asked once more later." in page
    assert "Every group is too small to be shown" in page


def test_public_record_is_enough(wave: Wave) -> None:
    """What was published for good is public whoever may open the process."""
    publish(assessment=wave.assessment, user=wave.created_by, on_behalf_of="The board", result_number=1, language="en")
    Process.objects.filter(pk=wave.assessment.process_id).update(visibility=Visibility.PRIVATE)
    Action.objects.filter(text="Ask the villages").update(text="Changed since")
    page = shown(wave)
    assert "groups are divided on 2 of 3" in page
    assert "Ask the villages" in page
    assert "Changed since" not in page
    assert "The entry in the public record: " in page
    assert "The whole public result" not in page
    assert "What the organiser replies" not in page
    PublicRecord.objects.update(withdrawn_at=timezone.now())
    assert says_nothing(wave)


def test_replies_and_chosen_comments_stand_there(wave: Wave) -> None:
    Wave.objects.filter(pk=wave.pk).update(tells_of_themes=True)
    theme = CommentTheme.objects.create(wave=wave, title="Travel", summary="It costs too much.")
    ThemeReply.objects.create(
        theme=theme, number=1, text="We pay it.", replied_on=date(2026, 4, 1), published_on=date(2026, 4, 2)
    )
    CommentTheme.objects.create(wave=wave, title="Rooms", position=1)
    for text, state, chosen in (("Shown words", "shown", True), ("Not chosen", "shown", False)):
        PanelComment.objects.create(
            wave=wave, attribute="IT", text=text, state=CommentState(state), theme=theme, chosen_for_public=chosen
        )
    Wave.objects.filter(pk=wave.pk).update(tells_of_themes=False)
    # Where respondents were not told that replies are public, there may be one that everybody is not told of.
    assert "What the organiser replies" not in shown(wave)
    Wave.objects.filter(pk=wave.pk).update(tells_of_themes=True)
    page = shown(wave)
    assert "Travel It costs too much." in page
    assert "Shown words" in page
    assert "Not chosen" not in page
    assert "Reply of 2 April 2026 We pay it." in page
    assert "Rooms There is no reply yet." in page


@pytest.mark.parametrize("more", [0, 6])
def test_number_of_queries_is_fixed(wave: Wave, more: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Wave.objects.filter(pk=wave.pk).update(tells_of_themes=True)
    for number in range(more):
        Action.objects.create(assessment=wave.assessment, text=f"Action {number}", is_public=True)
        CommentTheme.objects.create(wave=wave, title=f"Theme {number}")
    CommentTheme.objects.create(wave=wave, title="One")
    with django_assert_num_queries(QUERIES):
        Client().get(address(wave))


QUERIES = 15


def test_page_in_arabic_has_no_word_of_english_that_is_not_marked(wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.respond.views.results.languages_of", lambda *_: ("en", "ar"))
    page = Client().get(address(wave), {"language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    arabic = " ".join(words for language, words in words_by_language(page) if language == "ar")
    assert re.findall(r"[A-Za-z]{3,}", arabic) == []


def test_says_in_which_language_the_organiser_writes_or_that_nobody_knows(wave: Wave) -> None:
    def page() -> str:
        return Client().get(address(wave)).content.decode()

    assert '<bdi lang="" dir="auto">Ask the villages</bdi>' in page()
    assert '<bdi lang="" dir="auto">The council</bdi>' in page()
    Process.objects.update(language="fr")
    assert '<bdi lang="fr" dir="ltr">Ask the villages</bdi>' in page()
    assert ("fr", "Written.") in words_by_language(page())
    Process.objects.update(language="en")
    assert "<bdi>Ask the villages</bdi>" in page()
