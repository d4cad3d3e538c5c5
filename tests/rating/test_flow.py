"""Ask, rate, finish, reveal, agree: on the pages, and who is refused what until both have finished."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from assessments.exceptions import NotAllowed, NotEditable
from assessments.models import Answer, AnswerVersion, Assessment, Invitation, RatedAnswer, SecondRating
from assessments.processes.services.invitations import accept_invitation
from assessments.processes.services.members import change_role, remove_member
from assessments.rating.candidates import candidates_for
from assessments.rating.services.asking import accept, ask_second_rater, decline, withdraw
from assessments.rating.services.rating import finish_first, finish_second
from assessments.results.build import build_document
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import RatingSide, Role, SecondRatingState
from msgov.accounts.erasure import erase
from msgov.accounts.models import User
from tests import builders
from tests.builders import ratings
from tests.forms_in_pages import ParsedPage
from tests.rating.conftest import SECRET

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def page(assessment: Assessment, name: str = "second-rating", *more: str) -> str:
    return reverse(f"assessments:{name}", args=[assessment.code, *more])


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def chosen(response: Any) -> dict[str, str]:
    """What the form of the page would send."""
    forms = ParsedPage(response.content.decode()).forms
    return next(dict(form.fields) for form in forms if any(name.endswith("-version") for name in form.fields))


def code_of(item: str, assessment: Assessment) -> Answer:
    return Answer.objects.get(response__assessment=assessment, item__code=item)


# --- From asking to agreeing, as a browser without scripts does it -----------------------------------------------


def test_two_people_rate_the_same_and_agree_on_what_differs(
    as_organiser: Client, assessment: Assessment, client_for: ClientFor
) -> None:
    rita = ratings.rater_of(assessment)
    as_rita = client_for(rita.user)
    sent = as_organiser.post(page(assessment, "second-rating-ask"), {"member": rita.pk})
    assert sent.status_code == 302
    assert "Rita Rater" in text_of(as_organiser.get(page(assessment)))

    assert as_rita.get(page(assessment)).url == page(assessment, "second-rating-begin")
    assert "Your name, both ratings" in text_of(as_rita.get(page(assessment, "second-rating-begin")))
    assert as_rita.post(page(assessment, "second-rating-begin"), {}).status_code == 422
    assert as_rita.post(page(assessment, "second-rating-begin"), {"seen": "blind"}).status_code == 302

    question = page(assessment, "second-rating-question", "CR1")
    shown = as_rita.get(question)
    assert "The minutes say it on page 2" in text_of(shown)
    assert "https://example.org/minutes" in shown.content.decode()
    assert SECRET not in shown.content.decode()
    assert " checked" not in shown.content.decode()
    data = {"set": assessment.question_set.version, "page": "abcdefgh", "action": "continue"}
    data |= {"CR1a-answer": "1", "CR1a-version": "0", "CR1a-comment": "Only half of it", "CR1b-answer": "1"}
    assert as_rita.post(question, {**data, "CR1b-version": "0"}).status_code == 302
    assert chosen(as_rita.get(question))["CR1a-answer"] == "1"

    check = page(assessment, "second-rating-check")
    assert "cannot be changed any more" in text_of(as_rita.get(check))
    assert as_rita.post(check).status_code == 302
    assert "not finished yet" in text_of(as_rita.get(page(assessment)))
    assert as_rita.post(question, data).url == page(assessment)

    before = text_of(as_organiser.get(page(assessment)))
    assert "The second rating was finished" in before
    assert "Only half of it" not in before
    assert as_organiser.get(page(assessment, "second-rating-first")).status_code == 200
    assert as_organiser.post(page(assessment, "second-rating-first")).status_code == 302

    for client in (as_organiser, as_rita):
        revealed = text_of(client.get(page(assessment)))
        assert "Both give the same level on 1 of 2 items; 1 are within one level." in revealed
        assert "two levels or more apart on 1" in revealed
        assert "Only half of it" in revealed
        assert SECRET in revealed
    assert page(assessment, "second-rating-agree", "CR1a") in as_organiser.get(page(assessment)).content.decode()

    agree = page(assessment, "second-rating-agree", "CR1a")
    both = text_of(as_organiser.get(agree))
    assert "Only half of it" in both
    assert SECRET in both
    data = {"set": assessment.question_set.version, "CR1a-answer": "2", "CR1a-version": "1"}
    refused = as_organiser.post(agree, data)
    assert refused.status_code == 422
    assert "Say why" in text_of(refused)
    assert chosen(refused)["CR1a-answer"] == "2"
    assert as_organiser.post(agree, {**data, "why": "Only in the north"}).status_code == 302
    answer = code_of("CR1a", assessment)
    assert (answer.value, answer.comment) == ({"level": 2}, SECRET)
    assert answer.history.first() is not None
    assert answer.history.order_by("-pk")[0].reason == AnswerVersion.Reason.CONSENSUS
    assert "Only in the north" in text_of(as_organiser.get(page(assessment)))

    part = build_document(assessment).second_rating
    assert part is not None
    rated = part.item("CR1a")
    assert rated is not None
    assert rated.consensus is not None
    assert (rated.first.level, rated.second.level, rated.consensus.level, rated.apart) == (3, 1, 2, 2)
    assert part.to_agree == []


def test_a_page_saves_by_itself_and_evidence_cannot_be_sent_along(
    assessment: Assessment, organiser: User, client_for: ClientFor
) -> None:
    rating = ratings.begun(assessment, organiser)
    assert rating.rater is not None
    as_rita = client_for(rating.rater)
    data = {"set": assessment.question_set.version, "page": "abcdefgh", "CR1a-version": "0", "CR1a-answer": "dont_know"}
    data |= {"CR1a-evidence": "My own evidence", "CR1a-links": "https://example.org/mine"}
    answer = as_rita.post(page(assessment, "second-rating-question", "CR1"), data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert 'id="CR1a-version"' in answer.content.decode()
    row = RatedAnswer.objects.get(second_rating=rating)
    assert (row.item, row.state, row.evidence_text, row.evidence_links) == ("CR1a", "dont_know", "", "")
    assert code_of("CR1a", assessment).evidence_text == "The minutes say it on page 2"
    forged = {**data, "CR1a-answer": "9"}
    assert as_rita.post(page(assessment, "second-rating-question", "CR1"), forged).status_code == 400


# --- Nobody sees a rating before both have finished -----------------------------------------------------------------

CLOSED = (
    "assessment-hub",
    "assessment-check",
    "assessment-history",
    "assessment-results",
    "assessment-archive",
)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
def test_whoever_rates_blind_reads_nothing_of_the_draft_until_both_have_finished(
    assessment: Assessment, organiser: User, client_for: ClientFor, role: str
) -> None:
    rating = ratings.begun(assessment, organiser, ratings.rater_of(assessment, role))
    assert rating.rater is not None
    client = client_for(rating.rater)
    pages = [page(assessment, name) for name in CLOSED]
    pages += [page(assessment, "question", "CR1"), page(assessment, "assessment-table", "items", "csv")]
    pages += [page(assessment, "assessment-picture", "profile", "svg"), page(assessment, "disagreement")]

    def statuses() -> dict[str, int]:
        found = {}
        for address in pages:
            response = client.get(address)
            found[address] = response.status_code
            assert SECRET not in response.content.decode()
            if response.status_code == 403:
                assert "Until both of you have finished" in text_of(response), address
        return found

    assert set(statuses().values()) == {403}
    assert client.post(page(assessment, "question", "CR1"), {"CR1a-answer": "0"}).status_code == 403
    ratings.rate(rating, {"CR1a": 1})
    finish_second(rating=rating, user=rating.rater)
    assert set(statuses().values()) == {403}
    # The evidence stays open to whoever may open it: the page has no levels.
    assert client.get(page(assessment, "evidence-opened")).status_code == 200
    finish_first(rating=rating, user=organiser)
    opened = client.get(page(assessment, "assessment-hub")).status_code
    assert opened == (200 if role == Role.CONTRIBUTOR else 403)


def test_before_both_have_finished_no_page_of_the_organiser_has_what_the_second_said(
    as_organiser: Client, assessment: Assessment, organiser: User
) -> None:
    rating = ratings.begun(assessment, organiser)
    assert rating.rater is not None
    ratings.rate(rating, {"CR1a": 1}, reason="Told to nobody yet")
    finish_second(rating=rating, user=rating.rater)
    for name in ("second-rating", *CLOSED):
        response = as_organiser.get(page(assessment, name))
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        assert b"Told to nobody yet" not in body, name
    assert build_document(assessment).second_rating is None
    agree = as_organiser.get(page(assessment, "second-rating-agree", "CR1a"))
    assert agree.status_code == 302


def test_others_see_that_somebody_rates_and_no_rating(
    assessment: Assessment, organiser: User, client_for: ClientFor
) -> None:
    rating = ratings.begun(assessment, organiser)
    ratings.rate(rating, {"CR1a": 1}, reason="Told to nobody yet")
    other = builders.member(assessment.process, builders.user(), Role.CONTRIBUTOR).user
    client = client_for(other)
    assert "The second rating is going on" in text_of(client.get(page(assessment)))
    assert client.get(page(assessment, "second-rating-question", "CR1")).status_code == 403
    assert client.post(page(assessment, "second-rating-withdraw")).status_code == 403
    assert client.post(page(assessment, "second-rating-first")).status_code == 403
    reader = builders.member(assessment.process, builders.user(), Role.REVIEWER).user
    assert client_for(reader).get(page(assessment)).status_code == 403
    assert client_for(builders.user()).get(page(assessment)).status_code == 404


# --- Who can be asked ----------------------------------------------------------------------------------------------


def test_who_answered_administers_or_organises_cannot_be_asked(assessment: Assessment, organiser: User) -> None:
    writer = builders.member(assessment.process, builders.user(name="Wanda"), Role.CONTRIBUTOR)
    AnswerVersion.record([code_of("CR1a", assessment)], user=writer.user)
    admin = builders.member(assessment.process, builders.user(is_superuser=True, name="Adam"), Role.REVIEWER)
    rita = ratings.rater_of(assessment)
    reasons = {found.member.user.name: found.reason for found in candidates_for(assessment)}
    assert reasons["Rita Rater"] == ""
    assert "answered" in reasons["Wanda"]
    assert "administers" in reasons["Adam"]
    mine = assessment.process.memberships.get(user=organiser)
    for member in (writer, admin, mine):
        with pytest.raises(NotAllowed):
            ask_second_rater(assessment=assessment, user=organiser, member=member)
    rating = ask_second_rater(assessment=assessment, user=organiser, member=rita)
    with pytest.raises(NotAllowed, match="already"):
        ask_second_rater(assessment=assessment, user=organiser, member=rita)
    # Who answers after being asked cannot begin any more.
    AnswerVersion.record([code_of("CR1a", assessment)], user=rita.user)
    with pytest.raises(NotAllowed, match="answered"):
        accept(rating=rating, user=rita.user, is_blind=True)


def test_what_was_submitted_before_cannot_be_rated_blind(assessment: Assessment, organiser: User) -> None:
    from assessments.rounds.services.submission import reopen_assessment  # noqa: PLC0415

    submit_assessment(assessment=assessment, user=organiser)
    with pytest.raises(NotEditable):
        ratings.asked(assessment, organiser)
    reopen_assessment(assessment=assessment, user=organiser, reason="A mistake")
    with pytest.raises(NotAllowed, match="submitted before"):
        ratings.asked(assessment, organiser)


def test_who_has_seen_answers_is_not_blind_and_the_result_says_so(assessment: Assessment, organiser: User) -> None:
    ratings.revealed(assessment, organiser, {"CR1a": 3}, is_blind=False)
    part = build_document(assessment).second_rating
    assert part is not None
    assert not part.is_blind


def test_somebody_invited_by_mail_is_asked_once_they_have_joined(
    as_organiser: Client, assessment: Assessment, client_for: ClientFor
) -> None:
    invite = page(assessment, "second-rating-invite")
    assert as_organiser.get(invite).status_code == 200
    assert as_organiser.post(invite, {"email": "nobody"}).status_code == 422
    assert as_organiser.post(invite, {"email": "new@example.org"}).status_code == 302
    assert "new@example.org was asked" in text_of(as_organiser.get(page(assessment)))
    assert as_organiser.get(page(assessment, "second-rating-ask")).status_code == 302
    assert re.search(r"/invitations/\S+/", str(mail.outbox[-1].body))
    new = builders.user("new@example.org", name="Nuri New")
    accept_invitation(invitation=Invitation.objects.get(), user=new)
    rating = SecondRating.objects.get()
    assert (rating.rater, rating.rater_name, rating.state) == (new, "Nuri New", SecondRatingState.ASKED)
    assert client_for(new).get(page(assessment)).url == page(assessment, "second-rating-begin")


# --- Ends ----------------------------------------------------------------------------------------------------------


def test_declining_and_taking_back_delete_what_was_rated_and_another_can_be_asked(
    assessment: Assessment, organiser: User
) -> None:
    for end in (decline, withdraw):
        rating = ratings.begun(assessment, organiser)
        assert rating.rater is not None
        ratings.rate(rating, {"CR1a": 1})
        finish_first(rating=rating, user=organiser)
        end(rating=rating, user=rating.rater if end is decline else organiser)
        assert not RatedAnswer.objects.exists()
    assert SecondRating.objects.live().count() == 0
    revealed = ratings.revealed(assessment, organiser, {"CR1a": 1})
    for end in (decline, withdraw):
        with pytest.raises(NotAllowed):
            end(rating=revealed, user=organiser)


def test_submitting_ends_a_rating_that_is_not_finished(assessment: Assessment, organiser: User) -> None:
    rating = ratings.begun(assessment, organiser)
    ratings.rate(rating, {"CR1a": 1})
    result = submit_assessment(assessment=assessment, user=organiser)
    rating.refresh_from_db()
    assert rating.state == SecondRatingState.ENDED
    assert "second_rating" not in result.document


@pytest.mark.parametrize("how", ["removed", "organiser", "erased"])
def test_a_rater_who_goes_ends_what_is_unfinished_and_keeps_what_is_finished(
    assessment: Assessment, organiser: User, how: str
) -> None:
    other = builders.assessment(assessment.process)
    builders.answer(other, "CR1a", 2)
    rita = ratings.rater_of(assessment)
    done = ratings.revealed(assessment, organiser, {"CR1a": 1}, rita)
    open_one = ratings.begun(other, organiser, rita)
    if how == "removed":
        remove_member(membership=rita, user=organiser)
    elif how == "organiser":
        change_role(membership=rita, role=Role.ORGANISER, user=organiser)
    else:
        erase(user=rita.user, by=organiser)
    open_one.refresh_from_db()
    done.refresh_from_db()
    assert open_one.state == SecondRatingState.ENDED
    assert (done.state, done.rater_name) == (SecondRatingState.REVEALED, "Rita Rater")
    part = build_document(assessment).second_rating
    assert part is not None
    assert part.rater == "Rita Rater"


# --- What is written down ------------------------------------------------------------------------------------------


def test_the_first_ratings_are_those_of_the_day_they_were_finished(assessment: Assessment, organiser: User) -> None:
    rating = ratings.begun(assessment, organiser)
    assert rating.rater is not None
    finish_first(rating=rating, user=organiser)
    first = {row.item: (row.value, row.user_name) for row in rating.answers.filter(side=RatingSide.FIRST)}
    assert first["CR1a"] == ({"level": 3}, "Olu Organiser")
    Answer.objects.filter(pk=code_of("CR1a", assessment).pk).update(value={"level": 0})
    ratings.rate(rating, {"CR1a": 3})
    finish_second(rating=rating, user=rating.rater)
    part = build_document(assessment).second_rating
    assert part is not None
    rated = part.item("CR1a")
    assert rated is not None
    assert (rated.first.level, rated.apart, rated.changed_since) == (3, 0, True)


def test_members_are_told_by_mail(
    assessment: Assessment, organiser: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    rita = ratings.rater_of(assessment)

    def told() -> list[tuple[list[str], str]]:
        found = [(message.to, message.subject) for message in mail.outbox]
        mail.outbox.clear()
        return found

    with django_capture_on_commit_callbacks(execute=True):
        rating = ratings.begun(assessment, organiser, rita)
    assert [to for to, _subject in told()] == [[rita.user.email]]
    ratings.rate(rating, {"CR1a": 1})
    with django_capture_on_commit_callbacks(execute=True):
        finish_second(rating=rating, user=rita.user)
    assert [to for to, _subject in told()] == [[organiser.email]]
    with django_capture_on_commit_callbacks(execute=True):
        finish_first(rating=rating, user=organiser)
    assert [to for to, _subject in told()] == [[rita.user.email]]
