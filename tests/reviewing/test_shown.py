"""What results, papers and mails say of a review, and that an archive brings it back."""

import html
import json
import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.archive.reading import ArchiveError, read_archive
from assessments.archive.services import export_archive, import_archive
from assessments.documents.result import ResultDocument
from assessments.documents.values import document_digest
from assessments.models import Assessment, FrozenResult, Review
from assessments.processes.waiting import waiting_for_person
from assessments.reports.board import board_paper
from assessments.results.frozen import document_of
from assessments.results.rechecking import recheck
from assessments.reviewing.services.inviting import invite_reviewer
from assessments.reviewing.services.opinions import send_opinions
from assessments.reviewing.services.replies import reply_to_proposal
from assessments.reviewing.services.signing import sign_review
from msgov.accounts.models import User
from tests import builders
from tests.builders.papers import paper
from tests.reviewing.conftest import Say

pytestmark = pytest.mark.django_db

LOWER = {"says": "proposes", "level": 1, "seen": True, "reason": "The log says otherwise."}


@pytest.fixture
def signed(review: Review, reviewer: User, organiser: User, say: Say) -> FrozenResult:
    """One proposal agreed, one disputed, one item of which the reviewer cannot tell."""
    say(CR1b=LOWER, CO2b=LOWER, CO4b={"says": "cannot_tell", "reason": "I could not open it."})
    send_opinions(review=review, user=reviewer)
    reply_to_proposal(review=review, user=organiser, item="CR1b", agrees=True)
    reply_to_proposal(review=review, user=organiser, item="CO2b", agrees=False, reason="It is so.")
    return sign_review(review=review, user=reviewer, name="Rea Reviewer", confirmed=True)


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_results_page_shows_both_answers_the_reasons_and_which_counts(
    signed: FrozenResult, as_organiser: Client
) -> None:
    address = reverse("assessments:assessment-results", args=[signed.assessment.code])
    page = words(as_organiser.get(address).content.decode())
    assert "REVIEWED BY Rea Reviewer" in page
    assert "The organiser: Largely achieved. The reviewer: Partially achieved. Agreed: this counts." in page
    assert "Disputed: the organiser's answer counts. The log says otherwise. The organiser disagrees. It is so." in page
    assert "1 item is disputed." in page
    assert "I could not open it." in page
    assert "Interests declared: None." in page
    assert "Nobody independent has checked" not in page
    assert "NOT REVIEWED" not in page


def test_board_paper_says_in_one_line_who_reviewed(signed: FrozenResult) -> None:
    content = board_paper(paper(document_of(signed)))
    assert content.marks[0] == "REVIEWED BY Rea Reviewer"
    assert content.reviewed is not None
    assert re.fullmatch(r"Reviewed by Rea Reviewer, who signed on .+\. 1 item is disputed\.", str(content.reviewed))
    assert "nobody yet" not in content.behind
    assert any("a reviewer looked at it" in sentence for sentence in content.sure)


def test_results_without_a_review_keep_their_digest(signed: FrozenResult) -> None:
    first = FrozenResult.objects.get(assessment=signed.assessment, number=1)
    assert "review" not in first.document
    assert document_digest(ResultDocument.model_validate(first.document)) == first.digest


def test_an_archive_brings_the_review_back(signed: FrozenResult, organiser: User) -> None:
    archive = export_archive(assessment=Assessment.objects.get(pk=signed.assessment_id))
    back = import_archive(archive=read_archive(archive.model_dump_json().encode()), owner=organiser)
    review = Review.objects.get(assessment=back)
    assert (review.reviewer, review.reviewer_name, review.state) == (None, "Rea Reviewer", "signed")
    assert [recheck(result) for result in back.results.all()] == [[], []]
    again = export_archive(assessment=back)
    assert again.reviews == archive.reviews


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda a: a["reviews"][0]["opinions"][0].update(reason="Else"), 'reason: stored "", now "Else"'),
        (lambda a: a["reviews"][0].update(interests="Many"), "review.interests: stored"),
        (lambda a: a.pop("reviews"), "a signed review stands in the last result"),
        (lambda a: a["results"][1]["document"]["review"].update(disputed=[]), "review.disputed"),
        (lambda a: a["results"][1]["document"]["review"]["opinions"][0].update(says="cannot_tell"), "opinions[0]"),
    ],
)
def test_an_archive_that_says_otherwise_is_refused(
    signed: FrozenResult, change: Callable[[dict[str, object]], object], problem: str
) -> None:
    archive = export_archive(assessment=Assessment.objects.get(pk=signed.assessment_id)).model_dump(mode="json")
    change(archive)
    with pytest.raises(ArchiveError) as refused:
        import_archive(archive=read_archive(json.dumps(archive).encode()))
    assert problem in str(refused.value)


def test_drafts_of_a_reviewer_are_in_no_archive(review: Review, say: Say) -> None:
    say(CR1b=LOWER)
    archive = export_archive(assessment=Assessment.objects.get(pk=review.assessment_id))
    assert (archive.reviews[0].opinions, archive.reviews[0].solid) == ([], "")


def test_mails_say_what_happened(
    assessment: Assessment,
    organiser: User,
    reviewer: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invite_reviewer(assessment=assessment, user=organiser, reviewer=reviewer)
    assert [(message.to, "asks you to review" in str(message.body)) for message in mail.outbox] == [
        ([reviewer.email], True)
    ]


def test_what_waits_is_on_the_first_page(review: Review, reviewer: User, organiser: User, say: Say) -> None:
    assert [task.what for task in waiting_for_person(reviewer)] == ["Go on with your review"]
    assert waiting_for_person(organiser) == []
    say(CR1b=LOWER)
    send_opinions(review=review, user=reviewer)
    assert [task.what for task in waiting_for_person(organiser)] == ["Reply to what the reviewer proposes"]
    assert waiting_for_person(builders.user("else@example.org")) == []
