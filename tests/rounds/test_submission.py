"""Check, submit, reopen."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import Answer, Assessment, FrozenResult
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from assessments.signals import assessment_submitted, process_event
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db


def go(client: Client, assessment: Assessment, name: str, data: dict[str, Any] | None = None) -> HttpResponse:
    where = reverse(f"assessments:assessment-{name}", args=[assessment.code])
    return client.get(where) if data is None else client.post(where, data)


@pytest.fixture
def answered(assessment: Assessment) -> Assessment:
    builders.answer(assessment, "CR1a", 2, evidence_text="The charter, section 3")
    builders.answer(assessment, "CR1b", 3)
    return assessment


def test_check_says_what_is_missing_and_what_that_means(as_organiser: Client, answered: Assessment) -> None:
    html = go(as_organiser, answered, "check").content.decode()
    assert "2 of 3 answered, 1 of 3 shown. Withheld: less than half of this attribute is shown by any evidence." in html
    assert "0 of 9 answered, 0 of 9 shown. Withheld: less than half of this attribute was answered." in html
    assert "L – Largely achieved: Most groups say they share the responsibility" in html
    assert 'Change<span class="visually-hidden"> CR1c Shared stewardship goals</span>' in html


def test_check_names_an_open_critical_item(as_organiser: Client, assessment: Assessment) -> None:
    for code in ("CR1b", "CR1c"):
        builders.answer(assessment, code, 3, evidence_text="Said in every meeting.")
    html = go(as_organiser, assessment, "check").content.decode()
    assert "2 of 3 answered, 2 of 3 shown. Provisional: not known although much rests on it: CR1a." in html


def places(html: str, title: str) -> list[str]:
    """Where the check page sends people for one kind of need."""
    found = re.search(rf"<h3>{re.escape(title)}.*?</ul>", html, re.DOTALL)
    return re.findall(r"#(\w+)\"", found[0]) if found else []


def test_check_names_first_what_needs_somebody_and_each_item_once(as_organiser: Client, assessment: Assessment) -> None:
    builders.answer(assessment, "CR1a", 2, evidence_text="The charter, section 3")
    builders.answer(assessment, "CR1b", 3)
    builders.answer(assessment, "CR1c", state="dont_know")
    builders.answer(assessment, "ED2a", state="not_applicable")
    builders.answer(assessment, "IT5a", 0)
    builders.answer(assessment, "IT5c", state="not_applicable", not_applicable_reason="Nothing was closed.")
    builders.answer(assessment, "IT2a", {"language": "does_not_exist"})
    html = go(as_organiser, assessment, "check").content.decode()
    assert places(html, "Contradict each other") == ["IT5a", "IT5c"]
    assert places(html, "Reason missing") == ["IT2a", "ED2a"]
    assert places(html, "Much rests on it, and it is open or not shown")[:2] == ["IT1a", "ED1a"]
    assert places(html, "Claimed, with nothing to show it") == ["CR1b"]
    assert places(html, "Answered “don&#x27;t know”") == ["CR1c"]
    unanswered = places(html, "Not answered")
    assert {"IT1a", "ED2a", "CR1b", "CR1c"}.isdisjoint(unanswered)
    assert {"IT2b", "CO4b"} <= set(unanswered)
    # Everything that was answered is there, folded.
    assert html.count('<details class="answers-fold"') == 4
    assert html.index("Answered “don&#x27;t know”") < html.index(">Submit the assessment<") < html.index("answers-fold")


def test_check_says_so_where_nothing_needs_anybody(as_organiser: Client, assessment: Assessment) -> None:
    for code, item in builders.items().items.items():
        if item.kind == "rating":
            builders.answer(assessment, code, 0)
        elif item.options:
            lines = {option.key: item.states[0].key for option in item.options}
            builders.answer(assessment, code, lines)
        elif item.states:
            builders.answer(assessment, code, {"": "no"})
    html = go(as_organiser, assessment, "check").content.decode()
    assert "Nothing: every item is answered, shown, and without contradiction." in html


def test_submitting_asks_first_then_freezes_once(as_organiser: Client, answered: Assessment, organiser: User) -> None:
    check = reverse("assessments:assessment-check", args=[answered.code])
    assert go(as_organiser, answered, "submit").url == f"{check}#submit"
    html = go(as_organiser, answered, "check").content.decode()
    assert html.index("Nothing is submitted before you press the button") < html.index(">Submit the assessment<")
    assert not FrozenResult.objects.exists()
    results = reverse("assessments:assessment-results", args=[answered.code])
    for _click in range(2):
        assert go(as_organiser, answered, "submit", {}).url == results
    result = FrozenResult.objects.get()
    answered.refresh_from_db()
    assert (answered.state, answered.submitted_by, answered.submitted_by_name) == (
        "submitted",
        organiser,
        "Olu Organiser",
    )
    assert result.number == 1
    assert result.document["assessment"]["status"] == "final"
    assert list(answered.events.values_list("kind", "by_name")) == [("submitted", "Olu Organiser")]
    assert go(as_organiser, answered, "submit").url == results


def test_submitting_twice_answers_with_the_same_result(answered: Assessment, organiser: User) -> None:
    assert submit_assessment(assessment=answered, user=organiser) == submit_assessment(
        assessment=Assessment.objects.get(), user=organiser
    )


def test_nothing_answered_is_nothing_to_submit(as_organiser: Client, assessment: Assessment) -> None:
    response = as_organiser.post(reverse("assessments:assessment-submit", args=[assessment.code]), follow=True)
    assert "Answer at least one item before you submit" in response.content.decode()
    assert not FrozenResult.objects.exists()


def test_later_round_supersedes_the_earlier(answered: Assessment, organiser: User) -> None:
    submit_assessment(assessment=answered, user=organiser)
    second = builders.assessment(answered.process)
    builders.answer(second, "CR1a", 3)
    submit_assessment(assessment=second, user=organiser)
    answered.refresh_from_db()
    assert answered.state == "superseded"
    assert [event.kind for event in answered.events.all()] == ["submitted", "superseded"]
    assert second.state == "submitted"


def test_listeners_hear_after_the_commit(
    answered: Assessment,
    organiser: User,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    # The project's own listener draws a report, which is not what this is about.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    heard = []

    def listen(sender: object, **kwargs: Any) -> None:
        heard.append((kwargs.get("action"), kwargs.get("result")))

    process_event.connect(listen)
    assessment_submitted.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            result = submit_assessment(assessment=answered, user=organiser)
            assert heard == [("assessment.submitted", None)]
        assert heard[-1] == (None, result)
    finally:
        process_event.disconnect(listen)
        assessment_submitted.disconnect(listen)


def test_reopening_needs_a_reason_and_keeps_the_result(
    as_organiser: Client, answered: Assessment, organiser: User
) -> None:
    submit_assessment(assessment=answered, user=organiser)
    response = go(as_organiser, answered, "reopen", {"reason": "  "})
    assert response.status_code == 422
    assert "Say why you reopen it" in response.content.decode()
    go(as_organiser, answered, "reopen", {"reason": "New minutes were found"})
    answered.refresh_from_db()
    assert answered.state == "draft"
    assert FrozenResult.objects.count() == 1
    event = answered.events.last()
    assert (event.kind, event.reason, event.by) == ("reopened", "New minutes were found", organiser)
    assert "New minutes were found" in go(as_organiser, answered, "hub").content.decode()
    assert submit_assessment(assessment=answered, user=organiser).number == 2


def test_only_the_latest_round_can_be_reopened(answered: Assessment, organiser: User) -> None:
    submit_assessment(assessment=answered, user=organiser)
    builders.assessment(answered.process)
    with pytest.raises(NotAllowed, match="Only the latest round"):
        reopen_assessment(assessment=answered, user=organiser, reason="x")


def test_a_draft_cannot_be_reopened(assessment: Assessment, organiser: User) -> None:
    with pytest.raises(NotAllowed):
        reopen_assessment(assessment=assessment, user=organiser, reason="x")
    with pytest.raises(InvalidAnswer):
        reopen_assessment(assessment=assessment, user=organiser, reason="")


@pytest.mark.parametrize("name", ["submit", "reopen"])
@pytest.mark.parametrize(("role", "status"), [(Role.CONTRIBUTOR, 403), (Role.REVIEWER, 403), (None, 404)])
def test_only_organisers_change_the_state(
    client_for: Callable[[User], Client], answered: Assessment, name: str, role: Role | None, status: int
) -> None:
    person = builders.user()
    if role:
        builders.member(answered.process, person, role)
    assert go(client_for(person), answered, name, {"reason": "x"}).status_code == status
    answered.refresh_from_db()
    assert answered.state == "draft"


def test_hub_counts_what_is_complete(as_organiser: Client, assessment: Assessment) -> None:
    builders.answer(assessment, "CR1a", 2)
    builders.answer(assessment, "IT1a", state="dont_know")
    builders.answer(assessment, "IT5c", {"options": {"": {"state": "yes"}}})
    html = go(as_organiser, assessment, "hub").content.decode()
    assert "2 of 30 items that count are answered." in html
    assert html.count("Not yet started") == 11
    assert html.count("In progress") == 2
    assert html.count("Completed") == 1


def test_hub_names_who_else_works_on_it(as_organiser: Client, assessment: Assessment) -> None:
    builders.member(assessment.process, builders.user(name="Chi Contributor"), Role.CONTRIBUTOR)
    builders.member(assessment.process, builders.user(name="Rui Reviewer"), Role.REVIEWER)
    html = go(as_organiser, assessment, "hub").content.decode()
    assert "Chi Contributor, Contributor" in html
    assert "Rui Reviewer" not in html


def test_submitted_pages_can_be_read_not_changed(as_organiser: Client, answered: Assessment, organiser: User) -> None:
    submit_assessment(assessment=answered, user=organiser)
    html = as_organiser.get(reverse("assessments:question", args=[answered.code, "CR1"])).content.decode()
    assert "This assessment has been submitted, so its answers cannot be changed." in html
    assert "autosave.js" not in html
    assert "Save and continue" not in html
    assert "The answers are frozen." in go(as_organiser, answered, "hub").content.decode()
    assert Answer.objects.count() == 2
