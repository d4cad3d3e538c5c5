"""The annual page in the browser, as text, as data, and what the organiser chooses for it."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments.models import AnnualPage, Assessment, Process, Report
from assessments.vocabulary import AssessmentState, Readers, ReportKind, ReportState, Role, Visibility
from msgov.accounts.models import User
from tests import builders
from tests.annual.given import chosen, promise, three_promises, two_rounds

pytestmark = pytest.mark.django_db


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def organiser_of(assessment: Assessment) -> User:
    found = assessment.process.created_by
    assert found is not None
    return found


def address(assessment: Assessment, name: str = "annual") -> str:
    return reverse(f"assessments:{name}", args=[assessment.code])


@pytest.fixture
def rounds() -> tuple[Assessment, Assessment]:
    before, after = two_rounds()
    three_promises(before)
    promise(before, "For members", is_public=False)
    promise(after, "Publish the list", known_by="it is online")
    return before, after


def read(client: Client, assessment: Assessment, user: User | None = None, name: str = "annual") -> str:
    if user:
        client.force_login(user)
    response = client.get(address(assessment, name))
    assert response.status_code == 200
    return words(response.content.decode())


def test_it_says_in_this_order_what_the_paper_says(client: Client, rounds: tuple[Assessment, Assessment]) -> None:
    page = read(client, rounds[1], organiser_of(rounds[1]))
    places = [
        page.index(words)
        for words in (
            "Of 4 promises, 1 is kept",
            "What we promised last time",
            "41 journeys paid",
            "Moved without a promise",
            "What groups say now",
            "What we promise next",
            "it is online",
            "How sure we are",
            "What was decided",
        )
    ]
    assert places == sorted(places)
    assert "For members Not public" in page


def test_visitors_read_it_where_the_result_is_public_without_what_is_not(
    client: Client, rounds: tuple[Assessment, Assessment]
) -> None:
    Process.objects.update(visibility=Visibility.PUBLIC)
    for name in ("annual", "annual-text"):
        page = read(client, rounds[1], name=name)
        assert "Pay travel" in page
        assert "For members" not in page
        assert "Of 3 promises, 1 is kept, 1 late and 1 dropped." in page
    assert "Choose what stands on it" not in read(client, rounds[1])


def test_data_and_text_come_as_files_with_no_more_than_the_reader_may_know(
    client: Client, rounds: tuple[Assessment, Assessment]
) -> None:
    Process.objects.update(visibility=Visibility.PUBLIC)
    response = client.get(address(rounds[1], "annual-data"))
    data = json.loads(response.content)
    assert data["format"] == "msgov-annual/1"
    assert len(data["promised"]["shown"]) == 3
    assert "For members" not in response.content.decode()
    text = client.get(address(rounds[1], "annual-text-file"))
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert 'filename="forum-2-annual-page.txt"' in text["Content-Disposition"]


def test_the_text_stands_whole_in_a_field_to_be_copied(client: Client, rounds: tuple[Assessment, Assessment]) -> None:
    client.force_login(organiser_of(rounds[1]))
    page = client.get(address(rounds[1], "annual-text")).content.decode()
    field = re.search(r"<textarea[^>]*readonly[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)
    assert field is not None
    file = client.get(address(rounds[1], "annual-text-file")).content.decode()
    assert field.group(1).strip() == file.strip()


@pytest.mark.parametrize("many", [1, 6])
def test_reading_costs_the_same_however_much_was_promised(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    before, after = two_rounds()
    for number in range(many):
        promise(before, f"Then {number}")
        promise(after, f"Now {number}")
    client.force_login(organiser_of(after))
    client.get(address(after))
    with django_assert_num_queries(15):
        client.get(address(after))


def test_a_draft_is_marked_and_seen_by_those_who_work_on_it(client: Client) -> None:
    before, after = two_rounds()
    after.results.all().delete()
    Assessment.objects.filter(pk=after.pk).update(state=AssessmentState.DRAFT, submitted_at=None)
    promise(before, item="CR1a")
    page = read(client, after, organiser_of(after))
    assert "DRAFT" in page
    assert "This is a draft" in page
    reader = builders.member(after.process, builders.user(), Role.REVIEWER).user
    client.force_login(reader)
    assert client.get(address(after)).status_code == 403


def test_the_organiser_chooses_title_year_foreword_and_promises(
    client: Client, rounds: tuple[Assessment, Assessment]
) -> None:
    before, after = rounds
    client.force_login(organiser_of(after))
    form = client.get(address(after, "annual-choices")).content.decode()
    assert "Last time: Pay travel" in words(form)
    assert "Now: Publish the list" in words(form)
    shown = list(before.actions.exclude(text="Pay travel").values_list("code", flat=True))
    data = {"version": 0, "title": "", "year": "2025/26", "foreword": "Thank you.", "shown": shown}
    response = client.post(address(after, "annual-choices"), data)
    assert response.status_code == 302
    page = read(client, after)
    assert "Forum: the year 2025/26" in page
    assert "Thank you." in page
    assert "Pay travel" not in page
    assert "1 more promise is not shown here." in page
    assert AnnualPage.objects.get().version == 1


def test_what_is_too_long_is_refused_and_kept(client: Client, rounds: tuple[Assessment, Assessment]) -> None:
    client.force_login(organiser_of(rounds[1]))
    response = client.post(address(rounds[1], "annual-choices"), {"version": 0, "foreword": "x" * 401})
    assert response.status_code == 422
    assert "x" * 401 in response.content.decode()
    assert not AnnualPage.objects.exists()


def test_who_saves_over_somebody_else_is_told_and_may(client: Client, rounds: tuple[Assessment, Assessment]) -> None:
    after = rounds[1]
    chosen(after, foreword="Theirs", version=3)
    client.force_login(organiser_of(after))
    response = client.post(address(after, "annual-choices"), {"version": 2, "foreword": "Mine"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Somebody else saved this page" in page
    assert "Mine" in page
    assert AnnualPage.objects.get().foreword == "Theirs"
    again = re.search(r'name="version" value="(\d+)"', page)
    assert again is not None
    assert again.group(1) == "3"


def test_the_process_and_the_result_lead_to_it(client: Client, rounds: tuple[Assessment, Assessment]) -> None:
    after = rounds[1]
    client.force_login(organiser_of(after))
    for name, code in (
        ("process-detail", after.process.code),
        ("assessment-results", after.code),
        ("assessment-hub", after.code),
    ):
        assert f'href="{address(after)}"' in client.get(reverse(f"assessments:{name}", args=[code])).content.decode()


def test_a_paper_is_asked_for_and_listed(
    client: Client, rounds: tuple[Assessment, Assessment], quick: list[str]
) -> None:
    after = rounds[1]
    client.force_login(organiser_of(after))
    data = {"kind": "annual", "paper": "Letter"}
    response = client.post(reverse("assessments:report-request", args=[after.code]), data)
    report = Report.objects.get()
    assert response["Location"] == reverse("assessments:report-detail", args=[report.code])
    assert (report.kind, report.paper, report.result_number) == (ReportKind.ANNUAL, "Letter", 1)
    page = client.get(address(after)).content.decode()
    assert report.code in page
    word = client.get(reverse("assessments:report-word", args=[report.code]))
    assert word.status_code == 200
    assert "annual-page" in word["Content-Disposition"]


def test_papers_of_a_draft_are_not_listed_and_visitors_see_those_that_are_ready(
    client: Client, rounds: tuple[Assessment, Assessment]
) -> None:
    after = rounds[1]
    Process.objects.update(visibility=Visibility.PUBLIC)
    of_all = {"kind": ReportKind.ANNUAL, "document": {}, "readers": Readers.PUBLIC, "result_number": 1}
    done = Report.objects.create(state=ReportState.READY, pages=2, **of_all)
    waiting = Report.objects.create(state=ReportState.QUEUED, paper="Letter", **of_all)
    before = Report.objects.create(state=ReportState.READY, is_draft=True, **of_all)
    after.reports.set([done, waiting, before])

    def listed() -> set[Report]:
        page = client.get(address(after)).content.decode()
        return {report for report in (done, waiting, before) if report.code in page}

    assert listed() == {done}
    client.force_login(organiser_of(after))
    assert listed() == {done, waiting}
