"""A result that was frozen before the assessment was reopened stays readable, with its reports."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, Report
from assessments.reports.services import request_report
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from assessments.vocabulary import Role, Visibility
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def reopened(quick: list[str]) -> Assessment:
    """Submitted with N, reopened, and now at F."""
    organiser = builders.user()
    assessment = builders.assessment(builders.process(organiser=organiser))
    builders.answer(assessment, "CR1a", 0)
    submit_assessment(assessment=assessment, user=organiser)
    assessment.refresh_from_db()
    request_report(assessment=assessment, user=organiser, language="en")
    reopen_assessment(assessment=assessment, user=organiser, reason="A mistake")
    assessment.refresh_from_db()
    return assessment


@pytest.fixture
def resubmitted(reopened: Assessment) -> Assessment:
    row = reopened.responses.get().answers.get(item__code="CR1a")
    row.value, row.evidence_class, row.evidence_links = {"level": 3}, "E2", "https://example.org/minutes"
    row.save()
    submit_assessment(assessment=reopened, user=organiser_of(reopened))
    reopened.refresh_from_db()
    request_report(assessment=reopened, user=organiser_of(reopened), language="en")
    return reopened


def organiser_of(assessment: Assessment) -> User:
    found = assessment.process.created_by
    assert found is not None
    return found


def page(client: Client, assessment: Assessment, query: str = "", status: int = 200) -> str:
    client.force_login(organiser_of(assessment))
    response = client.get(reverse("assessments:assessment-results", args=[assessment.code]) + query)
    assert response.status_code == status
    return words(response.content.decode())


def test_result_of_a_reopened_assessment_can_be_opened(client: Client, reopened: Assessment) -> None:
    assert "Result no. 1, " in page(client, reopened)
    text = page(client, reopened, "?result=1")
    assert "The assessment was reopened after this result, which no longer holds." in text
    assert f"{reopened.code} no. 1, fingerprint" in text
    assert "Result no. 1 · " in text


def test_readers_go_on_reading_the_result_of_a_reopened_assessment_and_not_the_draft(
    client: Client, reopened: Assessment
) -> None:
    reader = builders.user()
    builders.member(reopened.process, reader, Role.REVIEWER)
    client.force_login(reader)
    address = reverse("assessments:assessment-results", args=[reopened.code])
    process = words(client.get(reverse("assessments:process-detail", args=[reopened.process.code])).content.decode())
    assert "It was reopened. The result before that" in process
    for query in ("", "?result=1"):
        text = words(client.get(address + query).content.decode())
        assert "The assessment was reopened after this result, which no longer holds." in text
        assert f"{reopened.code} no. 1, fingerprint" in text
        assert "What holds now" not in text
    assert client.get(reverse("assessments:assessment-hub", args=[reopened.code])).status_code == 403


def test_readers_see_no_draft_that_was_never_submitted(client: Client) -> None:
    draft = builders.assessment(builders.process())
    reader = builders.user()
    builders.member(draft.process, reader, Role.REVIEWER)
    client.force_login(reader)
    assert client.get(reverse("assessments:assessment-results", args=[draft.code])).status_code == 403


def test_replaced_result_and_its_report_can_be_opened(client: Client, resubmitted: Assessment) -> None:
    now, before = page(client, resubmitted), page(client, resubmitted, "?result=1")
    assert f"{resubmitted.code} no. 2, fingerprint" in now
    assert "has been replaced" not in now
    assert f"{resubmitted.code} no. 1, fingerprint" in before
    assert "this result has been replaced" in before
    assert "Result no. 1 · " in before
    assert "Result no. 2 · " not in before
    assert "Make another paper" not in before
    assert "Make another paper" in now
    assert "Result no. 2 · " in now


def test_result_that_holds_is_not_called_replaced_by_its_address(client: Client, resubmitted: Assessment) -> None:
    assert "has been replaced" not in page(client, resubmitted, "?result=2")


@pytest.mark.parametrize("number", ["3", "0", "x", ""])
def test_result_that_never_was_is_not_found(client: Client, resubmitted: Assessment, number: str) -> None:
    page(client, resubmitted, f"?result={number}", status=404)


def test_report_says_which_result_it_shows_and_that_it_was_replaced(client: Client, resubmitted: Assessment) -> None:
    client.force_login(organiser_of(resubmitted))
    found = {}
    for report in Report.objects.filter(is_draft=False):
        html = client.get(reverse("assessments:report-detail", args=[report.code])).content.decode()
        number = (report.document["result"] or report.document["joint"]["result"])["assessment"]["number"]
        found[number] = words(html)
    assert set(found) == {1, 2}
    assert "It shows result no. 1 , which was replaced by no. 2 ." in found[1]
    assert "It shows result no. 2 ." in found[2]
    assert "replaced" not in found[2]


def test_earlier_result_is_for_those_who_may_read_the_assessment(client: Client, resubmitted: Assessment) -> None:
    address = reverse("assessments:assessment-results", args=[resubmitted.code]) + "?result=1"
    assert client.get(address).status_code == 302
    client.force_login(builders.user())
    assert client.get(address).status_code == 404
    resubmitted.process.visibility = Visibility.PUBLIC
    resubmitted.process.save()
    assert client.get(address).status_code == 200


def test_documents_of_before_are_not_touched_by_reading(client: Client, resubmitted: Assessment) -> None:
    before = list(resubmitted.results.values_list("digest", "document"))
    page(client, resubmitted, "?result=1")
    assert list(resubmitted.results.values_list("digest", "document")) == before
