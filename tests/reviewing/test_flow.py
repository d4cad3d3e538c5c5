"""From asking a reviewer to the signature: who may what when, and what counts in the end."""

from datetime import timedelta

import pytest

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.headlines.standard import stamps, who_says
from assessments.models import Answer, Assessment, FrozenResult, Membership, Review, ReviewEvent
from assessments.permissions import RIGHTS, Right
from assessments.results.frozen import document_of, latest
from assessments.results.rechecking import recheck
from assessments.reviewing.answers import reviewed_answers
from assessments.reviewing.services.inviting import (
    accept_review,
    decline_review,
    invite_reviewer,
    why_not,
    withdraw_review,
)
from assessments.reviewing.services.opinions import (
    OpinionEntered,
    ask_for_changes,
    ask_organiser,
    save_opinions,
    send_opinions,
    standing_of,
)
from assessments.reviewing.services.replies import answer_question, reply_to_proposal
from assessments.reviewing.services.signing import sign_review
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from assessments.vocabulary import ReviewState, Role
from msgov.accounts.models import User
from tests import builders
from tests.reviewing.conftest import Say

pytestmark = pytest.mark.django_db

LOWER = {"says": "proposes", "level": 1, "seen": True, "reason": "The log says otherwise."}


def signed(review: Review, reviewer: User) -> FrozenResult:
    return sign_review(review=review, user=reviewer, name="Rea Reviewer", confirmed=True)


def test_nobody_reviews_their_own_answers(assessment: Assessment, organiser: User, reviewer: User) -> None:
    writer = builders.user("writer@example.org", name="Will Writer")
    membership = Membership.objects.create(process=assessment.process, user=writer, role=Role.REVIEWER)
    answer = assessment.responses.get().answers.all()[0]
    answer.history.create(state=answer.state, value=answer.value, user=writer)
    assert "nobody reviews their own work" in why_not(assessment, writer)
    with pytest.raises(NotAllowed, match="own work"):
        invite_reviewer(assessment=assessment, user=organiser, reviewer=writer)
    membership.delete()
    assert "role of a reviewer" in why_not(assessment, builders.user())
    assert why_not(assessment, reviewer) == ""


def test_the_second_rater_does_not_review(assessment: Assessment, reviewer: User) -> None:
    assessment.second_ratings.create(rater=reviewer)
    assert "second rater" in why_not(assessment, reviewer)


def test_interests_come_first_and_only_until_then_one_may_decline(
    assessment: Assessment, organiser: User, reviewer: User
) -> None:
    review = invite_reviewer(assessment=assessment, user=organiser, reviewer=reviewer)
    with pytest.raises(NotAllowed):
        save_opinions(review=review, user=reviewer, entries=[])
    with pytest.raises(InvalidAnswer, match="None"):
        accept_review(review=review, user=reviewer, interests="  ")
    with pytest.raises(NotAllowed, match="already"):
        invite_reviewer(assessment=assessment, user=organiser, reviewer=reviewer)
    accept_review(review=review, user=reviewer, interests="None")
    with pytest.raises(NotAllowed):
        decline_review(review=review, user=reviewer)
    with pytest.raises(InvalidAnswer, match="why"):
        withdraw_review(review=review, user=organiser)
    withdraw_review(review=review, user=organiser, reason="Found a tie.")
    again = invite_reviewer(assessment=assessment, user=organiser, reviewer=reviewer)
    decline_review(review=again, user=reviewer, reason="No time")
    assert list(Review.objects.values_list("state", flat=True)) == ["withdrawn", "declined"]


def test_a_draft_is_not_reviewed(organiser: User, reviewer: User) -> None:
    draft = builders.assessment(builders.process(organiser=organiser))
    with pytest.raises(NotAllowed, match="Submit"):
        invite_reviewer(assessment=draft, user=organiser, reviewer=reviewer)


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        ({"says": "proposes", "level": 1}, "reason"),
        ({"says": "proposes", "reason": "So."}, "level"),
        ({"says": "proposes", "level": 2, "reason": "So."}, "level"),
        ({"says": "else"}, "says"),
    ],
)
def test_a_proposal_needs_another_level_and_a_reason(
    review: Review, reviewer: User, says: dict[str, object], problem: str
) -> None:
    made_for = reviewed_answers(review.assessment).fingerprint("CR1a")
    with pytest.raises(InvalidAnswer) as refused:
        save_opinions(review=review, user=reviewer, entries=[OpinionEntered("CR1a", made_for, **says)])  # type: ignore[arg-type]
    assert problem in refused.value.errors


def test_nothing_unseen_is_agreed_with(review: Review, reviewer: User) -> None:
    made_for = reviewed_answers(review.assessment).fingerprint("ED1b")
    with pytest.raises(InvalidAnswer, match="no answer to agree with"):
        save_opinions(review=review, user=reviewer, entries=[OpinionEntered("ED1b", made_for, "agrees")])
    with pytest.raises(InvalidAnswer, match="has been changed"):
        save_opinions(review=review, user=reviewer, entries=[OpinionEntered("CR1a", "0" * 64, "agrees")])


def test_drafts_are_the_reviewers_alone_until_they_are_sent(review: Review, reviewer: User, say: Say) -> None:
    say(CR1b=LOWER)
    assert len(standing_of(review, for_reviewer=True).drafts) > 20
    assert [entry for entry in standing_of(review, for_reviewer=False).items if entry.opinion] == []
    send_opinions(review=review, user=reviewer)
    assert [entry.item.code for entry in standing_of(review, for_reviewer=False).waiting] == ["CR1b"]


def test_critical_items_and_full_marks_come_first(review: Review) -> None:
    standing = standing_of(review, for_reviewer=True)
    codes = [entry.item.code for entry in standing.items]
    assert set(codes[:6]) == {"IT1a", "IT5a", "CR1a", "ED1a", "ED3a", "CO1a"}
    must = [entry.item.code for entry in standing.items if entry.must]
    full = [entry.item.code for entry in standing.items if entry.item.claimed_letter == "F"]
    assert set(must) == {*codes[:6], *full}
    weights = [entry.weight for entry in standing.items if not entry.must]
    assert weights == sorted(weights, reverse=True)


def test_what_was_agreed_counts_and_what_is_disputed_does_not(
    review: Review, reviewer: User, organiser: User, say: Say
) -> None:
    say(CR1b=LOWER, CO2b=LOWER, ED3a=LOWER)
    send_opinions(review=review, user=reviewer)
    with pytest.raises(NotAllowed, match="can still reply"):
        signed(review, reviewer)
    with pytest.raises(InvalidAnswer, match="why you disagree"):
        reply_to_proposal(review=review, user=organiser, item="CO2b", agrees=False)
    reply_to_proposal(review=review, user=organiser, item="CR1b", agrees=True)
    reply_to_proposal(review=review, user=organiser, item="CO2b", agrees=False, reason="It does.")
    reply_to_proposal(review=review, user=organiser, item="ED3a", agrees=False, reason="It does.")
    result = signed(review, reviewer)
    document = document_of(result)
    items = document.items()
    counted = {code: str(items[code].counted.value) for code in ("CR1b", "CO2b", "ED3a") if items[code].counted}
    # Agreed: the proposal. Disputed: the organiser's own, but the lower one where it is critical.
    assert counted == {"CR1b": "1/3", "CO2b": "2/3", "ED3a": "1/3"}
    assert items["ED3a"].capped_because == "disputed"
    part = document.review
    assert part is not None
    assert part.disputed == ["ED3a", "CO2b"]
    assert (part.is_reviewed, document.assessment.assurance, result.number) == (True, "reviewed", 2)
    opinion = part.opinion("CO2b")
    assert opinion is not None
    assert opinion.reviewer is not None
    assert (opinion.reviewer.exact, opinion.basis, opinion.reply, opinion.reply_reason) == (
        "1/3",
        "organiser",
        "disagrees",
        "It does.",
    )
    assert recheck(result) == []
    assert stamps(document)[0] == "REVIEWED BY Rea Reviewer"
    assert "2 items are disputed" in who_says(document)
    assert document.assessment.submitted_by == "Ona Organiser"


def test_without_a_reply_by_the_day_it_is_disputed(review: Review, reviewer: User, organiser: User, say: Say) -> None:
    say(CO2b=LOWER)
    send_opinions(review=review, user=reviewer)
    review.refresh_from_db()
    assert review.reply_by is not None
    Review.objects.filter(pk=review.pk).update(reply_by=review.reply_by - timedelta(days=15))
    with pytest.raises(NotAllowed, match="day for replies is over"):
        reply_to_proposal(review=review, user=organiser, item="CO2b", agrees=True)
    part = document_of(signed(review, reviewer)).review
    assert part is not None
    opinion = part.opinion("CO2b")
    assert opinion is not None
    assert (part.disputed, opinion.reply) == (["CO2b"], "none")


def test_signing_needs_everything_that_must_be_looked_at(review: Review, reviewer: User, say: Say) -> None:
    with pytest.raises(NotAllowed, match=r"Look at these items first: .*IT1a"):
        signed(review, reviewer)
    say()
    with pytest.raises(InvalidAnswer) as refused:
        sign_review(review=review, user=reviewer, name=" ", confirmed=False)
    assert set(refused.value.errors) == {"name", "confirmed"}


def test_too_little_weight_is_partly_reviewed_and_compared_as_not(review: Review, reviewer: User, say: Say) -> None:
    others = {f"CO{code}": {"says": "cannot_tell"} for code in ("1a", "1b", "1c", "1d", "2a", "2b")}
    say(**others)
    document = document_of(signed(review, reviewer))
    part = document.review
    assert part is not None
    collaboration = part.attribute("CO")
    assert collaboration is not None
    # Two of four questions.
    assert (collaboration.share.exact, collaboration.is_reviewed, part.is_reviewed) == ("1/2", False, False)
    assert document.assessment.assurance == "self_assessed"
    assert stamps(document)[0].startswith("PARTLY REVIEWED: ")
    assert "Partly reviewed" in who_says(document)


def test_changes_asked_for_are_made_and_only_these_are_looked_at_again(
    review: Review, reviewer: User, organiser: User, say: Say
) -> None:
    say(CR1b=LOWER)
    ask_for_changes(review=review, user=reviewer, summary="CR1b is too high.")
    with pytest.raises(NotAllowed):
        save_opinions(review=review, user=reviewer, entries=[])
    assessment = Assessment.objects.get(pk=review.assessment_id)
    reopen_assessment(assessment=assessment, user=organiser, reason="The reviewer asks for it.")
    Answer.objects.filter(response__assessment=assessment, item__code="CR1b").update(value={"level": 1})
    submit_assessment(assessment=assessment, user=organiser)
    review.refresh_from_db()
    assert (review.state, review.number) == (ReviewState.IN_REVIEW, 2)
    standing = standing_of(review, for_reviewer=True)
    assert [entry.item.code for entry in standing.items if entry.outdated] == ["CR1b"]
    assert standing.to_do == []
    kinds = list(review.events.values_list("kind", flat=True))
    assert kinds == ["invited", "accepted", "changes", "resubmitted"]
    part = document_of(signed(review, reviewer)).review
    assert part is not None
    # What was said of the answer as it was is not said of the one it is now.
    assert part.opinion("CR1b") is None


def test_a_proposal_for_an_unchanged_answer_waits_for_a_reply_after_the_changes(
    review: Review, reviewer: User, organiser: User, say: Say
) -> None:
    say(CR1b=LOWER)
    ask_for_changes(review=review, user=reviewer, summary="Look at CR1b.")
    assessment = Assessment.objects.get(pk=review.assessment_id)
    reopen_assessment(assessment=assessment, user=organiser, reason="Asked for.")
    submit_assessment(assessment=assessment, user=organiser)
    review.refresh_from_db()
    assert (review.state, review.reply_by is not None) == (ReviewState.REPLIES, True)
    reply_to_proposal(review=review, user=organiser, item="CR1b", agrees=True)
    assert document_of(signed(review, reviewer)).items()["CR1b"].letter == "P"


def test_reopening_takes_the_signature_from_what_comes_after(
    review: Review, reviewer: User, organiser: User, say: Say
) -> None:
    say()
    signed(review, reviewer)
    assessment = Assessment.objects.get(pk=review.assessment_id)
    reopen_assessment(assessment=assessment, user=organiser, reason="One more thing.")
    submit_assessment(assessment=assessment, user=organiser)
    review.refresh_from_db()
    assert (review.state, review.signed_at) == (ReviewState.IN_REVIEW, None)
    now = latest(assessment)
    assert now is not None
    assert document_of(now).review is None
    assert [document_of(row).review is not None for row in assessment.results.order_by("number")] == [
        False,
        True,
        False,
    ]
    assert signed(review, reviewer).number == 4


def test_questions_are_answered_once_and_printed(review: Review, reviewer: User, organiser: User, say: Say) -> None:
    question = ask_organiser(review=review, user=reviewer, text="Who keeps it?", item="CR1b")
    answer_question(review=review, user=organiser, question=question, text="The secretariat.")
    with pytest.raises(NotAllowed, match="has been answered"):
        answer_question(review=review, user=organiser, question=question, text="Somebody else.")
    say()
    part = document_of(signed(review, reviewer)).review
    assert part is not None
    assert [(entry.item, entry.asked, entry.answer) for entry in part.questions] == [
        ("CR1b", "Who keeps it?", "The secretariat.")
    ]


def test_nothing_is_overwritten(review: Review, reviewer: User, organiser: User, say: Say) -> None:
    say(CO2b=LOWER)
    send_opinions(review=review, user=reviewer)
    reply_to_proposal(review=review, user=organiser, item="CO2b", agrees=False, reason="No.")
    reply_to_proposal(review=review, user=organiser, item="CO2b", agrees=True)
    say(CO2b={**LOWER, "level": 0})
    opinions = review.opinions.filter(item="CO2b")
    assert [opinion.level for opinion in opinions] == [1, 0]
    assert [reply.agrees for reply in opinions[0].replies.all()] == [False, True]
    # Saying the same again is nothing new.
    count = review.opinions.count()
    say(CO2b={**LOWER, "level": 0})
    assert review.opinions.count() == count
    with pytest.raises(NotAllowed, match="Send what you propose"):
        signed(review, reviewer)


def test_a_review_outlives_the_account(review: Review, reviewer: User, say: Say) -> None:
    say()
    signed(review, reviewer)
    reviewer.delete()
    review.refresh_from_db()
    assert (review.reviewer, review.reviewer_name, review.signed_as) == (None, "Rea Reviewer", "Rea Reviewer")
    assert set(ReviewEvent.objects.values_list("by_name", flat=True)) == {"Ona Organiser", "Rea Reviewer"}


@pytest.mark.usefixtures("submitted_once")
def test_who_answers_for_the_process_does_not_review() -> None:
    assert [role for role, rights in RIGHTS.items() if Right.REVIEW in rights] == [Role.REVIEWER]
    assert [role for role, rights in RIGHTS.items() if Right.MANAGE_REVIEW in rights] == [Role.ORGANISER]
