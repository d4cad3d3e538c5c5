"""Pages that were opened before a move: nothing of them is stored anywhere, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from assessments.answering import views
from assessments.models import Assessment, EvidenceFile
from assessments.moving.services import move_assessment, undo_move
from attributes.models import QuestionSet
from msgov.accounts.models import User
from tests.builders.question_pages import address, autosave, form_of, send
from tests.forms_in_pages import ParsedPage
from tests.moving import snapshots

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(filled: Assessment, newer: QuestionSet) -> Callable[[], list[Any]]:
    """What is stored in both versions."""
    first = filled.question_set
    return lambda: [snapshots.rows(filled, version) for version in (first, newer)]


def test_autosave_from_the_old_page_says_so(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet, stored: Callable[[], list[Any]]
) -> None:
    form = form_of(as_organiser, filled, "IT1")
    move_assessment(assessment=filled, user=organiser, to=newer)
    before = stored()
    form.fields["IT1a-comment"] = "Typed meanwhile"
    response = autosave(as_organiser, form)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Not saved: the assessment has been moved to version 1.1.0 of its questions." in html
    assert "Show what is not saved" in html
    assert stored() == before


def test_the_old_page_gives_back_what_was_typed(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet, stored: Callable[[], list[Any]]
) -> None:
    form = form_of(as_organiser, filled, "IT2")
    move_assessment(assessment=filled, user=organiser, to=newer)
    before = stored()
    form.fields |= {"IT2a-language-pair": "exists/mitigated", "IT2c-answer": "Typed <with> care"}
    response = send(as_organiser, form)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Error: Not saved: the questions have changed" in html
    assert "Typed &lt;with&gt; care" in html
    assert 'id="IT2b-title"' in html
    # This one was not touched.
    assert 'id="IT2a-title"' not in html
    assert f'href="{address(filled, "IT2")}#IT2c"' in html
    assert stored() == before


def test_an_untouched_old_page_says_that_nothing_is_lost(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    form = form_of(as_organiser, filled, "IT1")
    move_assessment(assessment=filled, user=organiser, to=newer)
    response = send(as_organiser, form)
    assert response.status_code == 409
    assert "You had written nothing that is not saved." in response.content.decode()


def test_a_file_sent_from_the_old_page_is_not_stored(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet, stored: Callable[[], list[Any]]
) -> None:
    form = form_of(as_organiser, filled, "IT1")
    move_assessment(assessment=filled, user=organiser, to=newer)
    before = stored()
    upload = SimpleUploadedFile("late.txt", b"late", "text/plain")
    response = send(as_organiser, form, **{"IT1a-file": upload})
    assert response.status_code == 409
    assert "Files were not stored either: choose them again." in response.content.decode()
    assert stored() == before


def test_what_is_no_longer_asked_is_given_back_too(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    form = form_of(as_organiser, filled, "CR1")
    move_assessment(assessment=filled, user=organiser, to=newer)
    form.fields["CR1d-answer"] = "Of an item that is gone"
    html = send(as_organiser, form).content.decode()
    assert "Of an item that is gone" in html
    assert "This is no longer asked under this code." in html


def test_a_question_that_is_gone_still_gives_back_what_was_typed(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    form = form_of(as_organiser, filled, "IT1")
    move_assessment(assessment=filled, user=organiser, to=newer)
    fields = {"set": "1.0.0", "Gone1-version": "0", "Gone1-comment": "Typed"}
    response = as_organiser.post(address(filled, "GONE"), fields)
    assert response.status_code == 409
    assert form.fields["set"] == "1.0.0"


def test_a_page_that_does_not_name_its_version_is_not_believed_after_a_move(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet, stored: Callable[[], list[Any]]
) -> None:
    form = form_of(as_organiser, filled, "IT1")
    del form.fields["set"]
    form.fields["IT1a-comment"] = "From before the upgrade"
    assert autosave(as_organiser, form).status_code == 200
    move_assessment(assessment=filled, user=organiser, to=newer)
    before = stored()
    form.fields["IT1a-comment"] = "From before the move"
    assert autosave(as_organiser, form).status_code == 409
    assert send(as_organiser, form).status_code == 409
    assert stored() == before


def test_pages_of_the_newer_version_are_stale_after_moving_back(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet, stored: Callable[[], list[Any]]
) -> None:
    move_assessment(assessment=filled, user=organiser, to=newer)
    form = form_of(as_organiser, filled, "ED2")
    undo_move(assessment=filled, user=organiser)
    before = stored()
    form.fields["ED2b-comment"] = "Typed in 1.1.0"
    response = send(as_organiser, form)
    assert response.status_code == 409
    assert "Typed in 1.1.0" in response.content.decode()
    assert stored() == before


@pytest.mark.parametrize("how", ["autosave", "page"])
def test_a_move_between_loading_and_saving_is_noticed_too(
    as_organiser: Client,
    filled: Assessment,
    organiser: User,
    newer: QuestionSet,
    stored: Callable[[], list[Any]],
    how: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = form_of(as_organiser, filled, "IT1")
    form.fields["IT1a-comment"] = "Typed meanwhile"
    check, kept = views.is_of_another_version, []

    def moved_just_now(request: HttpRequest, assessment: Assessment) -> Any:
        found = check(request, assessment)
        move_assessment(assessment=filled, user=organiser, to=newer)
        kept.extend(stored())
        return found

    monkeypatch.setattr(views, "is_of_another_version", moved_just_now)
    response = autosave(as_organiser, form) if how == "autosave" else send(as_organiser, form)
    assert response.status_code == 409
    assert "version 1.1.0" in response.content.decode()
    assert ("Typed meanwhile" in response.content.decode()) == (how == "page")
    assert stored() == kept


def test_a_file_of_the_old_version_is_not_taken_away(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet, stored: Callable[[], list[Any]]
) -> None:
    file = EvidenceFile.objects.get(name="minutes.txt")
    move_assessment(assessment=filled, user=organiser, to=newer)
    before = stored()
    where = reverse("assessments:evidence-file-delete", args=[filled.code, file.code])
    for response in (as_organiser.get(where, follow=True), as_organiser.post(where, follow=True)):
        assert "belongs to another version of the questions and stays there" in response.content.decode()
    assert stored() == before
    # It can still be read: earlier results name it.
    response = as_organiser.get(reverse("assessments:evidence-file", args=[filled.code, file.code]))
    assert b"".join(response) == b"minutes"


def test_what_was_not_seen_is_not_submitted(
    as_organiser: Client, filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    where = reverse("assessments:assessment-submit", args=[filled.code])
    page = as_organiser.get(where, follow=True).content.decode()
    form = next(form for form in ParsedPage(page).forms if "set" in form.fields)
    move_assessment(assessment=filled, user=organiser, to=newer)
    response = as_organiser.post(where, form.fields, follow=True)
    assert "Nothing was submitted: the assessment has been moved to version 1.1.0." in response.content.decode()
    filled.refresh_from_db()
    assert filled.is_draft
