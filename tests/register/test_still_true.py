"""At the beginning of a round, of every document that was there: still true, changed, or gone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.exceptions import NotEditable
from assessments.models import Assessment, EntryCheck, EvidenceEntry
from assessments.register.still_true import check_entry
from assessments.vocabulary import AssessmentState, EntryStanding
from msgov.accounts.models import User
from tests import builders
from tests.builders.question_pages import address

pytestmark = pytest.mark.django_db

WORDS = "Article 2 opens it to everybody."


@pytest.fixture
def second(assessment: Assessment) -> Assessment:
    builders.answer(assessment, "IT1a", 2, evidence_text=WORDS, evidence_links="https://example.org/charter")
    Assessment.objects.filter(pk=assessment.pk).update(state=AssessmentState.SUBMITTED)
    return builders.assessment(assessment.process, round=2)


def entered(assessment: Assessment, line: str, *, before: bool = True) -> EvidenceEntry:
    entry = EvidenceEntry.of_line(line)
    entry.process, entry.title = assessment.process, f"Title of {line}"
    entry.added_at = assessment.created_at + timedelta(days=-30 if before else 1)
    entry.save()
    return entry


def page(assessment: Assessment) -> str:
    return reverse("assessments:register-still-true", args=[assessment.process.code])


def test_every_document_of_before_is_asked_about_and_one_press_answers(
    as_organiser: Client, second: Assessment, organiser: User
) -> None:
    charter = entered(second, "https://example.org/charter")
    entered(second, "Binder 3")
    entered(second, "https://example.org/new", before=False)
    register = reverse("assessments:register", args=[second.process.code])
    assert "2 documents of earlier rounds are not confirmed" in as_organiser.get(register).content.decode()
    html = as_organiser.get(page(second)).content.decode()
    assert "2 documents are left." in html
    assert WORDS in html
    assert "Title of https://example.org/new" not in html
    response = as_organiser.post(page(second), {"entry": charter.code, "says": "true"})
    assert response.headers["Location"] == page(second)
    check = EntryCheck.objects.get()
    assert (check.entry, check.assessment, check.standing, check.user) == (charter, second, "true", organiser)
    html = as_organiser.get(page(second)).content.decode()
    assert "1 document is left." in html
    assert "Title of https://example.org/charter" not in html
    html = as_organiser.get(page(second) + "?show=answered").content.decode()
    assert "Still true: <bdi>Olu Organiser</bdi>" in html


def test_gone_is_no_longer_offered_until_it_is_true_again(as_organiser: Client, second: Assessment) -> None:
    binder = entered(second, "Binder 3")
    as_organiser.post(page(second), {"entry": binder.code, "says": "gone"})
    binder.refresh_from_db()
    assert binder.archived_at is not None
    html = as_organiser.get(page(second)).content.decode()
    assert "You are through: nothing is left." in html
    assert "Title of Binder 3" in html
    response = as_organiser.post(page(second), {"entry": binder.code, "says": "true", "show": "answered"})
    assert response.headers["Location"] == page(second) + "?show=answered"
    binder.refresh_from_db()
    assert binder.archived_at is None


def test_changed_is_said_by_saving_the_entry(as_organiser: Client, second: Assessment) -> None:
    charter = entered(second, "https://example.org/charter")
    where = reverse("assessments:register-entry", args=[second.process.code, charter.code])
    assert f'href="{where}?still-true"' in as_organiser.get(page(second)).content.decode()
    sent = {"title": "The new charter", "address": "https://example.org/charter-2", "day": "", "source": "", "note": ""}
    shown = {"title-shown": charter.title, "address-shown": charter.address, "day-shown": "", "source-shown": ""}
    response = as_organiser.post(where + "?still-true", {**sent, **shown, "note-shown": ""})
    assert response.headers["Location"] == page(second)
    assert EntryCheck.objects.get().standing == EntryStanding.CHANGED
    charter.refresh_from_db()
    assert charter.address == "https://example.org/charter-2"


def test_what_is_confirmed_is_offered_first_under_the_questions(as_organiser: Client, second: Assessment) -> None:
    charter, binder = entered(second, "https://example.org/charter"), entered(second, "Binder 3")
    new = entered(second, "https://example.org/new", before=False)
    as_organiser.post(page(second), {"entry": charter.code, "says": "true"})
    html = as_organiser.get(address(second, "IT1")).content.decode()
    heading = html.index("Of earlier rounds, not confirmed for this one")
    assert html.index(f'value="{charter.address}"') < heading
    assert html.index(f'value="{new.address}"') < heading < html.index(f'value="{binder.address}"')


def test_first_round_asks_nothing_and_offers_all_alike(as_organiser: Client, assessment: Assessment) -> None:
    entered(assessment, "Binder 3")
    html = as_organiser.get(address(assessment, "IT1")).content.decode()
    assert "not confirmed for this one" not in html
    register = reverse("assessments:register", args=[assessment.process.code])
    assert "not confirmed for this one" not in as_organiser.get(register).content.decode()


def test_submitted_round_is_left_as_it_is(second: Assessment, organiser: User) -> None:
    binder = entered(second, "Binder 3")
    Assessment.objects.filter(pk=second.pk).update(state=AssessmentState.SUBMITTED)
    with pytest.raises(NotEditable):
        check_entry(entry=binder, assessment=second, user=organiser, standing=EntryStanding.GONE)
    assert not EntryCheck.objects.exists()
    assert EvidenceEntry.objects.get().archived_at is None


def test_what_is_put_away_is_not_asked_about(as_organiser: Client, second: Assessment) -> None:
    EvidenceEntry.objects.filter(pk=entered(second, "Binder 3").pk).update(archived_at=timezone.now())
    assert "had no documents before this round" in as_organiser.get(page(second)).content.decode()


def test_queries_do_not_grow_with_documents(as_organiser: Client, second: Assessment) -> None:
    counts = []
    as_organiser.get(page(second))
    for number in range(3):
        entered(second, f"Binder {number}")
        with CaptureQueriesContext(connection) as queries:
            as_organiser.get(page(second))
        counts.append(len(queries))
    assert counts[0] == counts[-1]
