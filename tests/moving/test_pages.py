"""The page that shows what would change, the one that moves back, and what the list of questions says."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments.models import Answer, AnswerVersion, Assessment
from assessments.moving.services import move_assessment, undo_move
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from assessments.vocabulary import Role
from attributes.loading import store_spec
from attributes.models import QuestionSet
from msgov.accounts.models import User
from tests import builders
from tests.builders import versions
from tests.builders.question_sets import synthetic
from tests.forms_in_pages import PageForm, ParsedPage
from tests.moving import snapshots

pytestmark = pytest.mark.django_db


def address(assessment: Assessment, name: str = "assessment-move") -> str:
    return reverse(f"assessments:{name}", args=[assessment.code])


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def form_on(response: HttpResponse, field: str = "drawn_from") -> PageForm:
    return next(form for form in ParsedPage(response.content.decode()).forms if field in form.fields)


def test_page_shows_old_and_new_side_by_side_with_the_proposals_chosen(
    as_organiser: Client, filled: Assessment, newer: QuestionSet
) -> None:
    response = as_organiser.get(address(filled))
    html = text_of(response)
    assert response.status_code == 200
    assert "<title>Move to version 1.1.0" in html
    for words in (
        "Are those who are affected identified, and by whom?",
        "It takes the place of CO4a, CO4b.",
        "It is no longer asked. Its answer stays with version 1.0.0.",
        "It was not asked before.",
        "Why it was not applicable: No formal rule",
        "minutes.txt",
    ):
        assert words in html, words
    fields = form_on(response).fields
    decisions = {name: value for name, value in fields.items() if name.startswith("decide-")}
    assert decisions == {
        "decide-ED2b": "words",
        "decide-ED2c": "words",
        "decide-CO4c": "take",
        "decide-CR1e": "take",
        "decide-IT1a": "take",
        "decide-IT2a": "take",
        "decide-IT3c": "take",
        "decide-IT4a": "take",
    }
    # The corrected spelling is in the part that is folded away.
    assert "In 1.1.0:" in html.split("<details")[1]
    assert Answer.objects.count() == 11


def test_choices_are_made_item_by_item(as_organiser: Client, filled: Assessment, newer: QuestionSet) -> None:
    form = form_on(as_organiser.get(address(filled)))
    form.fields |= {"decide-ED2b": "take", "decide-IT1a": "start", "action": "decide"}
    response = as_organiser.post(address(filled), form.fields, follow=True)
    assert response.redirect_chain == [(address(filled, "assessment-hub"), 302)]
    html = text_of(response)
    assert "The assessment was moved to version 1.1.0. The answers to version 1.0.0 are kept." in html
    assert "Moved from 1.0.0 to 1.1.0 of the questions on" in html
    assert "by Olu Organiser" in html
    found = snapshots.contents(filled, newer)
    assert found["ED2b"] == ("answered", {"level": 1}, "")
    assert found["ED2c"] == ("unanswered", {}, "")
    assert "IT1a" not in found


def test_all_proposals_are_accepted_whatever_was_chosen(
    as_organiser: Client, filled: Assessment, newer: QuestionSet
) -> None:
    form = form_on(as_organiser.get(address(filled)))
    as_organiser.post(address(filled), {**form.fields, "decide-IT1a": "start", "action": "accept"})
    assert snapshots.contents(filled, newer)["IT1a"] == ("answered", {"level": 2}, "As known")


def test_a_second_click_leads_to_the_same_place(as_organiser: Client, filled: Assessment, newer: QuestionSet) -> None:
    form = form_on(as_organiser.get(address(filled)))
    for _ in range(2):
        response = as_organiser.post(address(filled), {**form.fields, "action": "accept"})
        assert response.url == address(filled, "assessment-hub")
    assert filled.moves.count() == 1


def test_changed_answers_show_the_page_again_with_the_decisions_kept(
    as_organiser: Client, filled: Assessment, newer: QuestionSet
) -> None:
    form = form_on(as_organiser.get(address(filled)))
    Answer.objects.filter(response__assessment=filled, item__code="IT1a").update(value={"level": 0}, version=2)
    response = as_organiser.post(address(filled), {**form.fields, "decide-ED2b": "start", "action": "decide"})
    html = text_of(response)
    assert response.status_code == 409
    assert "<title>Error: Move to version 1.1.0" in html
    assert "Answers have been changed since this page was opened." in html
    again = form_on(response)
    assert again.fields["decide-ED2b"] == "start"
    assert again.fields["drawn_from"] != form.fields["drawn_from"]
    assert as_organiser.post(address(filled), {**again.fields, "action": "decide"}).status_code == 302
    assert "ED2b" not in snapshots.contents(filled, newer)


@pytest.mark.parametrize("sent", [{}, {"to": "9.9.9", "drawn_from": "x"}, {"to": "1.1.0"}])
def test_what_the_page_cannot_have_sent_moves_nothing(
    as_organiser: Client, filled: Assessment, newer: QuestionSet, sent: dict[Any, Any]
) -> None:
    response = as_organiser.post(address(filled), sent)
    assert response.status_code == 422
    assert "Nothing was moved" in text_of(response)
    assert filled.moves.count() == 0


def test_forged_choices_are_left_to_the_proposal(as_organiser: Client, filled: Assessment, newer: QuestionSet) -> None:
    form = form_on(as_organiser.get(address(filled)))
    forged = {"decide-IT1a": "<script>", "decide-XX": "take", "decide-CO4c": "words", "action": "decide"}
    assert as_organiser.post(address(filled), {**form.fields, **forged}).status_code == 302
    assert snapshots.contents(filled, newer)["IT1a"] == ("answered", {"level": 2}, "As known")
    assert snapshots.contents(filled, newer)["CO4c"][0] == "answered"


def test_of_several_versions_one_is_chosen(as_organiser: Client, filled: Assessment, newer: QuestionSet) -> None:
    versions.third()
    assert "Move to version 1.2.0 of the questions?" in text_of(as_organiser.get(address(filled)))
    html = text_of(as_organiser.get(address(filled), {"to": "1.1.0"}))
    assert "Move to version 1.1.0 of the questions?" in html
    assert '<a href="?to=1.2.0">1.2.0</a>' in html


def test_without_a_newer_version_there_is_nothing_to_move_to(
    as_organiser: Client, organiser: User, stored_newer: QuestionSet
) -> None:
    assessment = builders.assessment(builders.process(organiser=organiser), question_set=stored_newer)
    html = text_of(as_organiser.get(address(assessment)))
    assert "There is nothing to move to: version 1.1.0 is the newest one" in html
    assert "See what would change" not in text_of(as_organiser.get(address(assessment, "assessment-hub")))


def test_what_is_submitted_has_to_be_reopened_first(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    submit_assessment(assessment=filled, user=organiser)
    html = text_of(as_organiser.get(address(filled)))
    assert "To move it, reopen it first" in html
    assert as_organiser.post(address(filled), {"to": "1.1.0", "drawn_from": "x"}).status_code == 409
    assert "See what would change" not in text_of(as_organiser.get(address(filled, "assessment-hub")))


def test_contributors_see_that_it_was_moved_and_are_offered_nothing(
    client_for: Callable[[User], Client], filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    contributor = builders.user()
    builders.member(filled.process, contributor, Role.CONTRIBUTOR)
    client = client_for(contributor)
    assert "See what would change" not in text_of(client.get(address(filled, "assessment-hub")))
    move_assessment(assessment=filled, user=organiser, to=newer)
    html = text_of(client.get(address(filled, "assessment-hub")))
    assert "Moved from 1.0.0 to 1.1.0" in html
    assert "Move back" not in html


def test_moving_back_asks_first(as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet) -> None:
    before = snapshots.rows(filled, filled.question_set)
    move_assessment(assessment=filled, user=organiser, to=newer)
    hub = text_of(as_organiser.get(address(filled, "assessment-hub")))
    assert f'<a href="{address(filled, "assessment-move-undo")}">Move back</a>' in hub
    page = as_organiser.get(address(filled, "assessment-move-undo"))
    assert "Move back to version 1.0.0?" in text_of(page)
    assert "When you move there again it is offered to you." in text_of(page)
    form = form_on(page, "back_to")
    response = as_organiser.post(address(filled, "assessment-move-undo"), form.fields, follow=True)
    assert "The assessment is back at version 1.0.0, with its answers as they were." in text_of(response)
    filled.refresh_from_db()
    assert snapshots.rows(filled, filled.question_set) == before
    again = as_organiser.post(address(filled, "assessment-move-undo"), form.fields, follow=True)
    assert "There is no move to undo" in text_of(again)
    html = text_of(as_organiser.get(address(filled)))
    assert "This assessment has been at version 1.1.0 before." in html


def test_there_is_no_way_back_after_it_was_submitted(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    move_assessment(assessment=filled, user=organiser, to=newer)
    submit_assessment(assessment=filled, user=organiser)
    reopen_assessment(assessment=filled, user=organiser, reason="A typing error")
    hub = text_of(as_organiser.get(address(filled, "assessment-hub")))
    assert "Moved from 1.0.0 to 1.1.0" in hub
    assert "Move back" not in hub
    assert "A typing error" in hub
    assert as_organiser.get(address(filled, "assessment-move-undo")).status_code == 302


def test_moved_and_moved_back_do_not_hide_why_it_was_reopened(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    submit_assessment(assessment=filled, user=organiser)
    reopen_assessment(assessment=filled, user=organiser, reason="The minutes were found")
    move_assessment(assessment=filled, user=organiser, to=newer)
    undo_move(assessment=filled, user=organiser)
    assert "The minutes were found" in text_of(as_organiser.get(address(filled, "assessment-hub")))


@pytest.mark.parametrize("name", ["assessment-history", "assessment-check", "assessment-results", "assessment-hub"])
def test_every_page_works_after_a_move(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet, name: str
) -> None:
    move_assessment(assessment=filled, user=organiser, to=newer)
    assert as_organiser.get(address(filled, name)).status_code == 200


def test_history_says_which_version_was_answered(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    record = Answer.objects.get(item__code="CR1d")
    record.comment = "Written in 1.0.0"
    record.save()
    AnswerVersion.record([record], user=organiser)
    move_assessment(assessment=filled, user=organiser, to=newer)
    html = text_of(as_organiser.get(address(filled, "assessment-history")))
    assert "Taken over from version 1.0.0" in html
    assert "Moved to a newer version of the questions" in html
    only = text_of(as_organiser.get(address(filled, "assessment-history"), {"item": "CR1d"}))
    assert "Written in 1.0.0" in only
    assert '<span class="tag">Version 1.0.0</span>' in only


def large_move(size: int) -> tuple[User, Assessment, QuestionSet]:
    """A draft with everything answered, and a version in which every second item is reworded."""
    spec = synthetic(size)
    first = store_spec(spec)[0]
    document = spec.model_dump(mode="json", exclude_defaults=True)
    document["version"] = "1.1.0"
    rows = [item for part in document["attributes"] for question in part["questions"] for item in question["items"]]
    for row in rows[::2]:
        row.update(revision=2, text={"en": "Asked in other words now."})
    newer = versions.store_next(document)
    organiser = builders.user()
    assessment = builders.assessment(builders.process(organiser=organiser), question_set=first)
    levels = {row["code"]: 2 if row["kind"] == "rating" else None for row in rows}
    words = {"comment": "A few words on it"}
    builders.answers(assessment, {code: {"value": level, **words} for code, level in levels.items()})
    return organiser, assessment, newer


@pytest.mark.parametrize("size", [8, pytest.param(500, marks=pytest.mark.slow)])
def test_page_stays_small_and_quick_for_many_items(
    client_for: Callable[[User], Client], size: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    organiser, assessment, newer = large_move(size)
    client = client_for(organiser)
    response = client.get(address(assessment))
    with django_assert_max_num_queries(10):
        response = client.get(address(assessment))
    assert len(response.content) < 700_000
    assert len(gzip.compress(response.content, 6)) < 60_000
    fields = form_on(response).fields
    assert sum(name.startswith("decide-") for name in fields) == size / 2
    # SQLite takes rows in batches of a few dozen.
    with django_assert_max_num_queries(25 + size // 50):
        assert client.post(address(assessment), {**fields, "action": "decide"}).status_code == 302
    assert len(snapshots.contents(assessment, newer)) == size
