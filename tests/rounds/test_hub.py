"""The hub: the steps of the year, what comes next, short names, and what is left to do."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import (
    Action,
    AnswerVersion,
    Assessment,
    Decision,
    EvidenceEntry,
    Process,
    Review,
    SecondRating,
)
from assessments.panels.services.waves import prepare_wave
from assessments.register.still_true import check_entry
from assessments.rounds.estimates import hours_for_set, minutes_for
from assessments.rounds.services.assignments import give_question
from assessments.rounds.services.start import start_assessment
from assessments.rounds.services.submission import submit_assessment
from assessments.rounds.year import time_left
from assessments.vocabulary import EntryStanding, Role
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def shown(client: Client, assessment: Assessment) -> Any:
    return client.get(reverse("assessments:assessment-hub", args=[assessment.code]))


def states(client: Client, assessment: Assessment) -> list[str]:
    return [step.state for step in shown(client, assessment).context["steps"]]


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def answer_all(assessment: Assessment) -> None:
    for code, item in builders.items().items.items():
        if item.scored and item.anchors:
            builders.answer(assessment, code, 1)
        elif item.scored:
            # The first state that needs no reason.
            state = next(state.key for state in item.states if not state.needs_text)
            builders.answer(assessment, code, dict.fromkeys([option.key for option in item.options] or [""], state))


def test_the_steps_follow_what_has_been_done(as_organiser: Client, assessment: Assessment, organiser: User) -> None:
    Process.objects.update(kind="", issue="")
    assert states(as_organiser, assessment) == ["now", *["later"] * 8]
    Process.objects.update(kind="decides", issue="Roads")
    builders.answer(assessment, "IT1a", 2)
    assert states(as_organiser, assessment) == ["done", "now", *["later"] * 7]
    prepare_wave(assessment=assessment, user=organiser)
    # A second rating stands between answering and asking the groups.
    assert states(as_organiser, assessment) == ["done", "now", "later", "now", *["later"] * 5]
    submit_assessment(assessment=assessment, user=organiser)
    # After the result: a review, decision and actions, the annual page, the next round.
    after = ["done", "done", "later", "now", "done"]
    assert states(as_organiser, assessment) == [*after, "later", "now", "now", "later"]
    assert "Nothing is planned yet." in text_of(shown(as_organiser, assessment))
    action = Action.objects.create(assessment=assessment, text="Write it down")
    assert "1 action is planned; open: 1." in text_of(shown(as_organiser, assessment))
    Decision.objects.create(assessment=assessment, body="Board", decided_on="2026-03-01", decision="Agreed")
    Action.objects.filter(pk=action.pk).update(state="done")
    assert states(as_organiser, assessment) == [*after, "later", "done", "now", "later"]


def test_second_rating_and_review_are_said_as_they_stand(
    as_organiser: Client, assessment: Assessment, organiser: User
) -> None:
    def notes() -> dict[str, tuple[str, str]]:
        return {step.name: (step.state, step.note) for step in shown(as_organiser, assessment).context["steps"]}

    rating = SecondRating.objects.create(assessment=assessment, state="asked")
    assert notes()["Have it rated a second time"][0] == "now"
    SecondRating.objects.filter(pk=rating.pk).update(state="revealed")
    assert notes()["Have it rated a second time"][0] == "done"
    SecondRating.objects.filter(pk=rating.pk).update(state="withdrawn")
    assert notes()["Have it rated a second time"][0] == "later"
    review = Review.objects.create(assessment=assessment, state="changes_asked")
    assert notes()["Have it reviewed"] == ("now", "Changes asked for.")
    Review.objects.filter(pk=review.pk).update(state="signed")
    assert notes()["Have it reviewed"][0] == "done"
    Review.objects.filter(pk=review.pk).update(state="declined")
    assert notes()["Have it reviewed"][0] == "later"


def test_later_round_confirms_its_documents_first_and_the_one_before_leads_on(
    as_organiser: Client, assessment: Assessment, organiser: User
) -> None:
    builders.answer(assessment, "IT1a", 2)
    submit_assessment(assessment=assessment, user=organiser)
    assert shown(as_organiser, assessment).context["steps"][-1].href == reverse(
        "assessments:assessment-start", args=[assessment.process.code]
    )
    entry = EvidenceEntry.of_line("Binder 3")
    entry.process = assessment.process
    entry.save()
    second = start_assessment(process=assessment.process, user=organiser)
    step = shown(as_organiser, second).context["steps"][1]
    where = reverse("assessments:register-still-true", args=[second.process.code])
    assert (step.name, step.state, step.href) == ("Confirm the documents", "now", where)
    assert step.note == "1 document of earlier rounds: is it still true?"
    check_entry(entry=entry, assessment=second, user=organiser, standing=EntryStanding.STILL_TRUE)
    assert shown(as_organiser, second).context["steps"][1].state == "done"
    following = shown(as_organiser, assessment).context["steps"][-1]
    assert (following.state, following.href) == ("done", reverse("assessments:assessment-hub", args=[second.code]))


def test_continue_leads_to_the_next_thing(as_organiser: Client, assessment: Assessment, organiser: User) -> None:
    def following() -> tuple[str, str]:
        found = shown(as_organiser, assessment).context["next"]
        return found.words, found.href

    question = reverse("assessments:question", args=[assessment.code, "IT1"])
    assert following() == ("Continue: 1. Affected people can take part", question)
    builders.answer(assessment, "IT1a", 2)
    assert following()[0] == "Continue: 2. Practical barriers mitigated"
    # What was given to the reader comes first.
    own = assessment.process.memberships.get(user=organiser)
    give_question(assessment=assessment, user=organiser, question="CO4", member=own)
    assert following()[0] == "Continue: 14. Findings shared"


def test_when_all_is_answered_the_groups_come_next_and_then_the_check(
    as_organiser: Client, assessment: Assessment, client_for: ClientFor
) -> None:
    answer_all(assessment)
    response = shown(as_organiser, assessment)
    assert response.context["next"].href == reverse("assessments:panel", args=[assessment.code])
    assert "30 of 30 items that count are answered." in text_of(response)
    contributor = builders.member(assessment.process, builders.user(), Role.CONTRIBUTOR).user
    found = shown(client_for(contributor), assessment).context["next"]
    assert found.href == reverse("assessments:assessment-check", args=[assessment.code])


def test_once_submitted_the_result_comes_next(as_organiser: Client, assessment: Assessment, organiser: User) -> None:
    builders.answer(assessment, "IT1a", 2)
    submit_assessment(assessment=assessment, user=organiser)
    found = shown(as_organiser, assessment).context["next"]
    assert found.href == reverse("assessments:assessment-results", args=[assessment.code])


def test_questions_have_short_names_with_their_words_below(as_organiser: Client, assessment: Assessment) -> None:
    html = shown(as_organiser, assessment).content.decode()
    name = r">\s*3\. Alternative ways in\s*</a>\s*"
    assert re.search(name + r'<p class="hub-verbatim">What formal barriers to entry', html)


def test_time_left_is_said_as_an_estimate(as_organiser: Client, assessment: Assessment) -> None:
    assert [minutes_for(items) for items in (0, 1, 4, 15, 16, 30)] == [0, 15, 30, 60, 75, 120]
    assert [time_left(items) for items in (1, 15, 16, 30)] == [
        "about 15 minutes", "about 60 minutes", "about 2 hours", "about 2 hours",
    ]  # fmt: skip
    assert hours_for_set(builders.items()) == 2
    builders.answer(assessment, "IT1a", 2)
    assert "1 of 30 items that count are answered; about 2 hours left, as an estimate." in text_of(
        shown(as_organiser, assessment)
    )


def test_claims_of_a_quick_check_are_named_until_somebody_has_changed_them(
    as_organiser: Client, assessment: Assessment
) -> None:
    for code in ("IT1a", "CR1a"):
        builders.answer(assessment, code, 2)
    assert "quick check" not in text_of(shown(as_organiser, assessment))
    AnswerVersion.objects.update(reason=AnswerVersion.Reason.CLAIMED)
    assert "2 answers are as a quick check claimed them." in text_of(shown(as_organiser, assessment))
    row = assessment.responses.get().answers.get(item__code="IT1a")
    row.version = 2
    row.save()
    assert "1 answer is as a quick check claimed it." in text_of(shown(as_organiser, assessment))
