"""A document is opened from its entry in the register, for every answer that rests on it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment, EvidenceEntry, EvidenceOpening
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders
from tests.builders.question_pages import form_of, send
from tests.forms_in_pages import ParsedPage

pytestmark = pytest.mark.django_db

LINK = "https://example.org/charter"
SENTENCES = {"IT1a": "Article 2 opens it to everybody.", "IT5a": "Article 7 says what is public."}


@pytest.fixture
def entry(as_organiser: Client, assessment: Assessment) -> EvidenceEntry:
    """A document that two answers rest on, entered by the organiser."""
    for question, code in (("IT1", "IT1a"), ("IT5", "IT5a")):
        form = form_of(as_organiser, assessment, question)
        form.fields |= {f"{code}-answer": "3", f"{code}-evidence": SENTENCES[code], f"{code}-links": LINK}
        send(as_organiser, form)
    return EvidenceEntry.objects.get()


@pytest.fixture
def reviewer(assessment: Assessment) -> User:
    user = builders.user(name="Rea Reviewer")
    builders.member(assessment.process, user, Role.REVIEWER)
    return user


def page(entry: EvidenceEntry) -> str:
    return reverse("assessments:register-opened", args=[entry.process.code, entry.code])


def test_page_lists_the_sentence_of_each_answer_and_takes_what_was_found(
    client: Client, entry: EvidenceEntry, assessment: Assessment, reviewer: User
) -> None:
    builders.answer(assessment, "IT5b", 2, evidence_text="Another one.", evidence_links="https://example.org/other")
    client.force_login(reviewer)
    register = reverse("assessments:register", args=[entry.process.code])
    assert f'href="{page(entry)}"' in client.get(register).content.decode()
    html = client.get(page(entry)).content.decode()
    assert all(sentence in html for sentence in SENTENCES.values())
    assert "Another one." not in html
    forms = [form for form in ParsedPage(html).forms if "made_for" in form.fields]
    assert [form.fields["item"] for form in forms] == ["IT1a", "IT5a"]
    for form, says in zip(forms, ("shows", "cannot"), strict=True):
        response = client.post(page(entry), {**form.fields, "says": says})
        assert response.headers["Location"] == page(entry)
    found = EvidenceOpening.objects.order_by("pk").values_list("item__code", "outcome", "user")
    assert list(found) == [("IT1a", "shows", reviewer.pk), ("IT5a", "cannot", reviewer.pk)]
    html = client.get(page(entry)).content.decode()
    assert "opened it, it shows this." in html
    assert "could not open it." in html
    html = client.get(register).content.decode()
    assert "opened by a second person for 1 answer" in html
    assert "a second person could not open it for 1 answer" in html


def test_who_gave_it_cannot_say_so(as_organiser: Client, entry: EvidenceEntry) -> None:
    html = as_organiser.get(page(entry)).content.decode()
    assert html.count("You entered it: somebody else has to open it.") == 2
    assert 'name="says"' not in html


def test_what_is_frozen_is_not_looked_at_again(
    client: Client, entry: EvidenceEntry, assessment: Assessment, organiser: User, reviewer: User
) -> None:
    submit_assessment(assessment=assessment, user=organiser)
    client.force_login(reviewer)
    assert f'href="{page(entry)}"' not in client.get(page(entry)).content.decode()
    assert "No round is being answered" in client.get(page(entry)).content.decode()
    client.post(page(entry), {"item": "IT1a", "made_for": "0" * 64, "says": "shows"})
    assert not EvidenceOpening.objects.exists()


def test_queries_do_not_grow_with_what_rests_on_it(
    client: Client, entry: EvidenceEntry, assessment: Assessment, reviewer: User
) -> None:
    client.force_login(reviewer)
    counts = []
    client.get(page(entry))
    for code in (None, "IT5b", "ED1a"):
        if code:
            builders.answer(assessment, code, 2, evidence_text="It says so there.", evidence_links=LINK)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page(entry))
        counts.append(len(queries))
    assert counts[0] == counts[-1]
