"""A second person opens evidence: who may, what counts, and until when."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.answering.services.openings import record_opening
from assessments.answers.evidence import file_reference, piece_digest
from assessments.exceptions import InvalidAnswer, NotEditable
from assessments.models import Answer, Assessment, EvidenceOpening
from assessments.results.build import build_document
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import OpeningOutcome, Role
from msgov.accounts.erasure import erase
from msgov.accounts.models import User
from tests import builders
from tests.builders.processes import add_file
from tests.builders.question_pages import address, autosave, form_of, send

pytestmark = pytest.mark.django_db

LINK = "https://example.org/minutes"
WORDS = "The minutes say who took part."
MADE_FOR = piece_digest(WORDS, LINK)


@pytest.fixture
def reviewer(assessment: Assessment) -> User:
    user = builders.user(name="Rea Reviewer")
    builders.member(assessment.process, user, Role.REVIEWER)
    return user


@pytest.fixture
def claimed(as_organiser: Client, assessment: Assessment) -> Assessment:
    """A critical item claimed fully achieved, with a link entered by the organiser on the page."""
    form = form_of(as_organiser, assessment, "IT1")
    form.fields |= {"IT1a-answer": "3", "IT1a-evidence": WORDS, "IT1a-links": LINK}
    send(as_organiser, form)
    return assessment


def page(assessment: Assessment) -> str:
    return reverse("assessments:evidence-opened", args=[assessment.code])


def letter(assessment: Assessment) -> str | None:
    return build_document(assessment).items()["IT1a"].letter


def opened(assessment: Assessment, user: User, *, outcome: OpeningOutcome = OpeningOutcome.SHOWS) -> None:
    item = builders.items().items["IT1a"]
    record_opening(assessment=assessment, user=user, item=item, made_for=MADE_FOR, outcome=outcome)


def test_reviewer_opens_it_on_the_page_and_the_claim_counts(
    client: Client, claimed: Assessment, reviewer: User
) -> None:
    assert letter(claimed) == "L"
    client.force_login(reviewer)
    html = client.get(page(claimed)).content.decode()
    assert WORDS in html
    assert f'href="{LINK}"' in html
    sent = {"item": "IT1a", "made_for": MADE_FOR, "says": "shows"}
    assert client.post(page(claimed), sent).headers["Location"] == page(claimed)
    assert letter(claimed) == "F"
    row = EvidenceOpening.objects.get()
    assert (row.user, row.user_name, row.reference, row.shows) == (reviewer, "Rea Reviewer", LINK, True)
    assert "opened it, it shows this." in client.get(page(claimed)).content.decode()
    client.post(page(claimed), {**sent, "says": "shows_not"})
    assert letter(claimed) == "L"
    assert build_document(claimed).items()["IT1a"].grade == "E1"
    assert EvidenceOpening.objects.count() == 2


def test_question_page_and_autosave_say_that_somebody_opened_it(
    as_organiser: Client, claimed: Assessment, reviewer: User
) -> None:
    form = form_of(as_organiser, claimed, "IT1")
    form.fields["IT1a-comment"] = "Asked for twice."
    assert "nobody else has opened it yet" in as_organiser.get(address(claimed, "IT1")).content.decode()
    opened(claimed, reviewer)
    for answer in (as_organiser.get(address(claimed, "IT1")), autosave(as_organiser, form)):
        assert "Evidence: E2, opened by a second person on" in answer.content.decode()


def test_reviewer_finds_it_on_the_page_of_the_process(client: Client, claimed: Assessment, reviewer: User) -> None:
    client.force_login(reviewer)
    where = reverse("assessments:process-detail", args=[claimed.process.code])
    assert f'href="{page(claimed)}"' in client.get(where).content.decode()
    submit_assessment(assessment=claimed, user=claimed.process.created_by)
    assert f'href="{page(claimed)}"' not in client.get(where).content.decode()


def test_who_entered_it_cannot_open_it(as_organiser: Client, claimed: Assessment, organiser: User) -> None:
    html = as_organiser.get(page(claimed)).content.decode()
    assert "You entered it: somebody else has to open it." in html
    assert 'name="says"' not in html
    with pytest.raises(InvalidAnswer, match="somebody else"):
        opened(claimed, organiser)
    assert letter(claimed) == "L"


def test_who_wrote_the_sentence_or_brought_the_link_is_an_author(
    claimed: Assessment, as_organiser: Client, reviewer: User, client: Client
) -> None:
    contributor = builders.user()
    builders.member(claimed.process, contributor, Role.CONTRIBUTOR)
    client.force_login(contributor)
    form = form_of(client, claimed, "IT1")
    form.fields["IT1a-evidence"] = "Page 3 of the minutes names them."
    send(client, form)
    item = builders.items().items["IT1a"]
    digest = piece_digest("Page 3 of the minutes names them.", LINK)
    for author in (contributor, claimed.process.created_by):
        with pytest.raises(InvalidAnswer, match="somebody else"):
            record_opening(assessment=claimed, user=author, item=item, made_for=digest, outcome=OpeningOutcome.SHOWS)
    record_opening(assessment=claimed, user=reviewer, item=item, made_for=digest, outcome=OpeningOutcome.SHOWS)
    assert letter(claimed) == "F"


def test_mark_no_longer_counts_once_its_maker_brings_the_link_anew(
    claimed: Assessment, as_organiser: Client, client: Client
) -> None:
    contributor = builders.user()
    builders.member(claimed.process, contributor, Role.CONTRIBUTOR)
    opened(claimed, contributor)
    assert letter(claimed) == "F"
    form = form_of(as_organiser, claimed, "IT1")
    del form.fields["IT1a-use"]
    send(as_organiser, form)
    assert letter(claimed) == "L"
    client.force_login(contributor)
    form = form_of(client, claimed, "IT1")
    form.fields["IT1a-links"] = LINK
    send(client, form)
    assert letter(claimed) == "L"


def test_what_was_changed_since_cannot_be_opened(as_organiser: Client, claimed: Assessment, reviewer: User) -> None:
    form = form_of(as_organiser, claimed, "IT1")
    form.fields["IT1a-evidence"] = "Something else is in it."
    send(as_organiser, form)
    with pytest.raises(InvalidAnswer, match="has been changed"):
        opened(claimed, reviewer)
    assert not EvidenceOpening.objects.exists()


def test_nothing_is_opened_once_it_is_submitted(claimed: Assessment, reviewer: User, organiser: User) -> None:
    submit_assessment(assessment=claimed, user=organiser)
    with pytest.raises(NotEditable):
        opened(claimed, reviewer)


def test_a_file_is_opened_by_its_content(claimed: Assessment, reviewer: User, client: Client) -> None:
    answer = Answer.objects.get()
    Answer.objects.update(evidence_links="")
    file = add_file(answer)
    client.force_login(reviewer)
    assert file.name in client.get(page(claimed)).content.decode()
    made_for = piece_digest(WORDS, file_reference(file.sha256))
    client.post(page(claimed), {"item": "IT1a", "made_for": made_for, "says": "shows"})
    assert letter(claimed) == "F"


def test_opening_outlives_the_account_without_the_name(
    as_organiser: Client, claimed: Assessment, reviewer: User
) -> None:
    opened(claimed, reviewer)
    erase(user=reviewer, by=reviewer)
    row = EvidenceOpening.objects.get()
    assert (row.user, row.user_name) == (None, "")
    assert letter(claimed) == "F"
    html = as_organiser.get(page(claimed)).content.decode()
    assert "Rea Reviewer" not in html
    assert "a second person," in html


@pytest.mark.parametrize("sent", [{}, {"item": "IT1a"}, {"item": "XX", "says": "shows"}, {"item": "IT1a", "says": "x"}])
def test_what_does_not_fit_stores_nothing(
    client: Client, claimed: Assessment, reviewer: User, sent: dict[str, str]
) -> None:
    client.force_login(reviewer)
    assert client.post(page(claimed), {"made_for": MADE_FOR, **sent}).status_code == 302
    assert not EvidenceOpening.objects.exists()


def test_page_costs_the_same_whatever_is_given(client: Client, claimed: Assessment, reviewer: User) -> None:
    client.force_login(reviewer)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(page(claimed))
        return len(queries)

    count()
    opened(claimed, reviewer)
    before = count()
    for code in ("IT3c", "IT5a", "CR1a", "CO4a"):
        answer = builders.answer(claimed, code, 2, evidence_text=WORDS, evidence_links=LINK)
        EvidenceOpening.objects.create(
            response=answer.response, item=answer.item, reference=LINK, made_for=MADE_FOR, outcome="shows",
            user=reviewer, day="2026-03-09",
        )  # fmt: skip
    assert count() == before
    assert before <= 9
