"""The pages of a review: what each person sees and may send, and the whole way through them."""

import html
import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments.models import Assessment, Invitation, Membership, Review
from assessments.processes.services.invitations import accept_invitation, invite
from assessments.results.frozen import document_of, latest
from assessments.reviewing.services.opinions import send_opinions
from assessments.vocabulary import ReviewState, Role
from msgov.accounts.models import User
from tests import builders
from tests.reviewing.conftest import Say

pytestmark = pytest.mark.django_db

LOWER = {"says": "proposes", "level": 1, "seen": True, "reason": "The log says otherwise."}


def address(name: str, assessment: Assessment, *more: str) -> str:
    return reverse(f"assessments:{name}", args=[assessment.code, *more])


def words(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def hidden(response: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', response.content.decode())
    assert found
    return found[1]


@pytest.fixture
def as_contributor(client_for: Callable[[User], Client], assessment: Assessment) -> Client:
    somebody = builders.user("contributor@example.org", name="Con Contributor")
    Membership.objects.create(process=assessment.process, user=somebody, role=Role.CONTRIBUTOR)
    return client_for(somebody)


def test_the_whole_way_without_scripts(
    as_organiser: Client, as_reviewer: Client, assessment: Assessment, reviewer: User
) -> None:
    here = address("review", assessment)
    assert "Ask a reviewer" in words(as_organiser.get(here))
    member = Membership.objects.get(user=reviewer)
    assert as_organiser.post(address("review-ask", assessment), {"reviewer": member.pk}).status_code == 302
    assert "You are asked to review" in words(as_reviewer.get(here))
    refused = as_reviewer.post(address("review-accept", assessment), {"interests": ""})
    assert (refused.status_code, "“None” is an answer" in words(refused)) == (422, True)
    as_reviewer.post(address("review-accept", assessment), {"interests": "None.", "affiliation": "Eastmarch"})
    left = re.search(r"Every critical item and every full mark: (\d+) of (\d+) left.", words(as_reviewer.get(here)))
    assert left
    assert left[1] == left[2]
    # From item to item, the ones that have to be looked at first.
    where, seen = address("review-item", assessment, "IT1a"), []
    while where != here:
        shown = as_reviewer.get(where)
        code = where.rstrip("/").rpartition("/")[2]
        seen.append(code)
        says = "agrees" if 'value="agrees"' in shown.content.decode() else "cannot_tell"
        said = {"says": says, "seen": "on", "made_for": hidden(shown, "made_for")}
        if code == "CR1b":
            said |= {"says": "proposes", "level": "1", "reason": "The log says otherwise."}
        answered = as_reviewer.post(where, said)
        assert answered.status_code == 302, words(answered)
        where = answered["Location"]
    assert len(seen) == len(set(seen)) == 30
    assert {"IT1a", "IT5a", "CR1a", "ED1a", "ED3a", "CO1a"} <= set(seen[: int(left[1])])
    as_reviewer.post(address("review-question", assessment), {"question": "Who keeps it?", "item": "CR1b"})
    question = hidden(as_organiser.get(here), "question")
    assert "Not answered yet" in words(as_reviewer.get(here))
    as_organiser.post(address("review-answer", assessment), {"question": question, "answer": "The secretariat."})
    assert "The secretariat." in words(as_reviewer.get(address("review-item", assessment, "CR1b")))
    assert "wait" not in words(as_organiser.get(here))
    send = address("review-send", assessment)
    assert as_reviewer.post(send, {"reply_by": "2001-01-01"}).status_code == 422
    day = hidden(as_reviewer.get(send), "reply_by")
    assert as_reviewer.post(send, {"reply_by": day}).status_code == 302
    page = words(as_organiser.get(here))
    assert "1 proposal waits for a reply" in page
    reply = address("review-reply", assessment, "CR1b")
    assert "If you disagree, your answer counts, and both are printed." in words(as_organiser.get(reply))
    assert as_organiser.post(reply, {"agrees": "no", "reason": ""}).status_code == 422
    assert as_organiser.post(reply, {"agrees": "yes", "reason": "Fair."}).status_code == 302
    sign = address("review-sign", assessment)
    text = {"solid": "The list.", "not_solid": "The log.", "ask_1": "When?"}
    assert as_reviewer.post(sign, text).status_code == 302
    assert as_reviewer.post(sign, {**text, "sign": "1", "name": ""}).status_code == 422
    as_reviewer.post(sign, {**text, "sign": "1", "name": "Rea Reviewer", "confirmed": "on"})
    assert Review.objects.get().state == ReviewState.SIGNED
    result = latest(assessment)
    assert result is not None
    assert (result.number, document_of(result).items()["CR1b"].letter) == (2, "P")
    page = words(as_organiser.get(here))
    assert "Signed by Rea Reviewer" in page
    assert "The organiser agrees." in page


def test_drafts_show_on_no_page_of_others(
    as_organiser: Client, as_contributor: Client, as_reviewer: Client, review: Review, reviewer: User, say: Say
) -> None:
    say(CR1b=LOWER)
    here = address("review", review.assessment)
    assert "Proposes another answer not sent" in words(as_reviewer.get(here))
    for client in (as_organiser, as_contributor):
        page = words(client.get(here))
        assert "Not looked at" in page
        assert "Proposes" not in page
        assert "The log says otherwise" not in page
    send_opinions(review=review, user=reviewer)
    for client in (as_organiser, as_contributor):
        assert "The log says otherwise" in words(client.get(here))


def test_only_the_reviewer_works_and_only_organisers_reply(
    as_organiser: Client, as_contributor: Client, review: Review, client_for: Callable[[User], Client]
) -> None:
    other = builders.user("other@example.org", name="Oda Other")
    Membership.objects.create(process=review.assessment.process, user=other, role=Role.REVIEWER)
    for client in (as_organiser, as_contributor, client_for(other)):
        for name in ("review-accept", "review-decline", "review-send", "review-changes", "review-sign"):
            assert client.get(address(name, review.assessment)).status_code == 403
        assert client.get(address("review-item", review.assessment, "CR1a")).status_code == 403
    for client in (as_contributor, client_for(other)):
        for name in ("review-ask", "review-end"):
            assert client.get(address(name, review.assessment)).status_code == 403
        assert client.get(address("review-reply", review.assessment, "CR1a")).status_code == 403
        assert client.post(address("review-answer", review.assessment), {"question": "1"}).status_code == 403


def test_what_was_typed_stays_where_it_cannot_be_taken(as_reviewer: Client, review: Review) -> None:
    where = address("review-item", review.assessment, "IT2b")
    shown = as_reviewer.get(where)
    said = {"says": "proposes", "made_for": hidden(shown, "made_for"), "reason": "Seen in the survey."}
    refused = as_reviewer.post(where, said)
    assert refused.status_code == 422
    assert "Choose a state for every line." in words(refused)
    assert "Seen in the survey." in refused.content.decode()
    stale = as_reviewer.post(where, {"says": "agrees", "made_for": "0" * 64})
    assert stale.status_code == 302
    assert review.opinions.count() == 0


def test_somebody_is_invited_by_mail_to_review(
    as_organiser: Client, client_for: Callable[[User], Client], assessment: Assessment, organiser: User
) -> None:
    here = f"{reverse('assessments:process-members', args=[assessment.process.code])}?review={assessment.code}"
    assert "asked to review round 1" in words(as_organiser.get(here))
    as_organiser.post(here, {"emails": "new@example.org", "role": Role.REVIEWER})
    assert len(mail.outbox) == 1
    review = Review.objects.get()
    assert (review.state, review.reviewer) == (ReviewState.INVITED, None)
    assert "invited by e-mail" in words(as_organiser.get(address("review", assessment)))
    # Sent again: the review follows.
    again, _token = invite(process=assessment.process, user=organiser, email="new@example.org", role=Role.REVIEWER)
    somebody = builders.user("new@example.org", name="Nea New")
    accept_invitation(invitation=again, user=somebody)
    review.refresh_from_db()
    assert (review.reviewer, review.reviewer_name) == (somebody, "Nea New")
    assert "You are asked to review" in words(client_for(somebody).get(address("review", assessment)))


def test_an_invitation_in_another_role_asks_nobody_to_review(as_organiser: Client, assessment: Assessment) -> None:
    here = f"{reverse('assessments:process-members', args=[assessment.process.code])}?review={assessment.code}"
    page = words(as_organiser.post(here, {"emails": "new@example.org", "role": Role.CONTRIBUTOR}, follow=True))
    assert "Only somebody invited as a reviewer" in page
    assert (Invitation.objects.count(), Review.objects.count()) == (1, 0)


@pytest.mark.parametrize("sent", [False, True])
def test_pages_take_few_queries_whatever_was_said(
    as_organiser: Client,
    review: Review,
    reviewer: User,
    say: Say,
    sent: bool,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    if sent:
        say(CR1b=LOWER, CO2b=LOWER)
        send_opinions(review=review, user=reviewer)
    here = address("review", review.assessment)
    as_organiser.get(here)
    with django_assert_max_num_queries(14):
        as_organiser.get(here)
