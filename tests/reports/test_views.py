import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from assessments.models import Assessment, Report
from assessments.vocabulary import Readers, ReportKind, ReportState, Role, Visibility
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser() -> User:
    return builders.user("organiser@example.org")


@pytest.fixture
def forum(submitted: Callable[..., Assessment], organiser: User) -> Assessment:
    """A submitted assessment of a process that only its members see."""
    return submitted(builders.process(organiser=organiser, name="Forum on rural access"))


def make(*assessments: Assessment, **fields: Any) -> Report:
    """A report as it stands in the database."""
    fields = {"kind": ReportKind.FULL, "document": {}, "cache_key": "0" * 64, **fields}
    report = Report.objects.create(**fields)
    report.assessments.set(assessments)
    return report


def ready(*assessments: Assessment, **fields: Any) -> Report:
    """A finished report with a file."""
    report = make(*assessments, state=ReportState.READY, pages=3, **fields)
    name = report.file.storage.save(f"reports/x/{report.code}.pdf", io.BytesIO(b"%PDF-1.7 stored"))
    Report.objects.filter(pk=report.pk).update(file=name)
    report.refresh_from_db()
    return report


def address(name: str, thing: Any) -> str:
    return reverse(f"assessments:{name}", args=[thing.code])


def content(response: Any) -> bytes:
    """The body. Reading a file to its end closes it, and the request with it."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_asking_leads_to_the_report_and_the_report_to_the_file(
    forum: Assessment,
    organiser: User,
    client_for: Callable[[User], Client],
    quick: list[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client = client_for(organiser)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address("report-request", forum))
    report = Report.objects.get()
    assert response.url == address("report-detail", report)
    assert report.requested_by == organiser
    page = client.get(response.url)
    assert "Your report is ready" in page.text
    assert "3 pages" in page.text
    assert f'href="{address("report-file", report)}"' in page.text
    assert "Refresh" not in page.headers


def test_file_is_sent_as_a_download_with_a_good_name(
    forum: Assessment, organiser: User, client_for: Callable[[User], Client]
) -> None:
    report = ready(forum)
    response = client_for(organiser).get(address("report-file", report))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="forum-on-rural-access-1-full-report-{report.code}.pdf"'
    )
    assert content(response) == b"%PDF-1.7 stored"


def test_file_of_a_chinese_process_keeps_its_name(
    submitted: Callable[..., Assessment], organiser: User, client_for: Callable[[User], Client]
) -> None:
    report = ready(submitted(builders.process(organiser=organiser, name="多利益相关方")))
    response = client_for(organiser).get(address("report-file", report))
    content(response)
    assert "filename*=utf-8''%E5%A4%9A" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("state", [ReportState.QUEUED, ReportState.RENDERING])
def test_waiting_page_goes_on_by_itself(
    forum: Assessment, organiser: User, client_for: Callable[[User], Client], state: ReportState
) -> None:
    report = make(forum, state=state, progress="Drawing the pages")
    client = client_for(organiser)
    page = client.get(address("report-detail", report))
    assert page.headers["Refresh"] == "10"
    assert "Drawing the pages" in page.text
    assert 'role="status"' in page.text
    part = client.get(address("report-detail", report), headers={"HX-Request": "true"})
    assert part.text.startswith('<div id="report-state"')
    assert "Refresh" not in part.headers
    assert "<h1" not in part.text


def test_page_says_if_nobody_begins_to_draw(
    forum: Assessment, organiser: User, client_for: Callable[[User], Client]
) -> None:
    report = make(forum, state=ReportState.QUEUED, heartbeat_at=timezone.now())
    client = client_for(organiser)

    def says_so() -> bool:
        return "the program that draws them is not running" in " ".join(
            client.get(address("report-detail", report)).text.split()
        )

    assert not says_so()
    Report.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=1))
    assert says_so()
    Report.objects.update(state=ReportState.RENDERING)
    assert not says_so()


@pytest.mark.parametrize("state", [ReportState.READY, ReportState.FAILED])
def test_polling_ends_with_a_fresh_page(
    forum: Assessment, organiser: User, client_for: Callable[[User], Client], state: ReportState
) -> None:
    report = make(forum, state=state)
    part = client_for(organiser).get(address("report-detail", report), headers={"HX-Request": "true"})
    assert part.headers["HX-Refresh"] == "true"


def test_file_that_is_not_ready_leads_to_the_page(
    forum: Assessment, organiser: User, client_for: Callable[[User], Client]
) -> None:
    report = make(forum, state=ReportState.QUEUED)
    assert client_for(organiser).get(address("report-file", report)).url == address("report-detail", report)


def test_failed_report_says_why_and_can_be_repeated(
    forum: Assessment,
    organiser: User,
    client_for: Callable[[User], Client],
    quick: list[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client = client_for(organiser)
    with django_capture_on_commit_callbacks():
        client.post(address("report-request", forum))
    report = Report.objects.get()
    Report.objects.update(state=ReportState.FAILED, error="The disk is full.\nTraceback secret-path")
    page = client.get(address("report-detail", report))
    assert "The report could not be made" in page.text
    assert "The disk is full." in page.text
    assert "secret-path" not in page.text
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address("report-retry", report))
    assert response.url == address("report-detail", report)
    report.refresh_from_db()
    assert report.state == ReportState.READY


def test_site_admin_sees_the_technical_part(forum: Assessment, client_for: Callable[[User], Client]) -> None:
    report = make(forum, state=ReportState.FAILED, error="The disk is full.\nTraceback secret-path")
    page = client_for(builders.user(is_superuser=True)).get(address("report-detail", report))
    assert "secret-path" in page.text


def test_lost_file_is_said_and_can_be_drawn_again(
    forum: Assessment, organiser: User, client_for: Callable[[User], Client]
) -> None:
    report = ready(forum)
    report.file.storage.delete(report.file.name)
    client = client_for(organiser)
    assert client.get(address("report-file", report)).url == address("report-detail", report)
    page = client.get(address("report-detail", report))
    assert "no longer where it was stored" in page.text
    assert address("report-retry", report) in page.text


@pytest.mark.parametrize("name", ["report-detail", "report-file"])
def test_strangers_learn_nothing(forum: Assessment, client_for: Callable[[User], Client], name: str) -> None:
    report = ready(forum)
    assert client_for(builders.user()).get(address(name, report)).status_code == 404
    assert Client().get(address(name, report)).status_code == 302


def test_strangers_can_neither_ask_nor_repeat(forum: Assessment, client_for: Callable[[User], Client]) -> None:
    report = make(forum, state=ReportState.FAILED)
    client = client_for(builders.user())
    assert client.post(address("report-request", forum)).status_code == 404
    assert client.post(address("report-retry", report)).status_code == 404
    assert Report.objects.get().state == ReportState.FAILED


@pytest.mark.parametrize(
    ("role", "final", "draft"), [(Role.ORGANISER, 200, 200), (Role.CONTRIBUTOR, 200, 200), (Role.REVIEWER, 200, 403)]
)
def test_members_read_reports_by_their_role(
    forum: Assessment, client_for: Callable[[User], Client], role: Role, final: int, draft: int
) -> None:
    member = builders.user()
    builders.member(forum.process, member, role)
    client = client_for(member)
    for is_draft, status in ((False, final), (True, draft)):
        report = ready(forum, is_draft=is_draft)
        response = client.get(address("report-file", report))
        assert response.status_code == status
        content(response)


def test_reader_of_a_shared_process_gets_the_report_but_not_the_draft(
    forum: Assessment, client_for: Callable[[User], Client]
) -> None:
    type(forum.process).objects.update(visibility=Visibility.SIGNED_IN)
    client = client_for(builders.user())
    report, draft = ready(forum, readers=Readers.ACCOUNTS), ready(forum, is_draft=True)
    response = client.get(address("report-file", report))
    assert content(response) == b"%PDF-1.7 stored"
    assert client.get(address("report-file", draft)).status_code == 403


def test_what_was_drawn_for_members_stays_theirs_when_the_process_is_shared(
    forum: Assessment, organiser: User, client_for: Callable[[User], Client]
) -> None:
    for_members, for_all = ready(forum, readers=Readers.MEMBERS), ready(forum, readers=Readers.PUBLIC)
    forum.process.visibility = Visibility.PUBLIC
    forum.process.save()
    visitor = client_for(builders.user())
    for name in ("report-detail", "report-file"):
        assert visitor.get(address(name, for_members)).status_code == 403
        for client, report in [(visitor, for_all), (client_for(organiser), for_members)]:
            response = client.get(address(name, report))
            assert response.status_code == 200
            content(response)


def test_comparison_is_hidden_from_who_may_not_see_one_of_its_processes(
    forum: Assessment, submitted: Callable[..., Assessment], organiser: User, client_for: Callable[[User], Client]
) -> None:
    other = submitted(name="Other")
    report = ready(forum, other, kind=ReportKind.COMPARISON)
    assert client_for(organiser).get(address("report-detail", report)).status_code == 404
    builders.member(other.process, organiser, Role.REVIEWER)
    page = client_for(organiser).get(address("report-detail", report))
    assert "Other" in page.text
    response = client_for(organiser).get(address("report-file", report))
    content(response)
    assert response.headers["Content-Disposition"] == f'attachment; filename="comparison-{report.code}.pdf"'


def test_comparison_of_chosen_assessments(
    forum: Assessment,
    submitted: Callable[..., Assessment],
    organiser: User,
    client_for: Callable[[User], Client],
    quick: list[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    second = submitted(builders.process(organiser=organiser, name="Second"))
    with django_capture_on_commit_callbacks(execute=True):
        response = client_for(organiser).post(
            reverse("assessments:comparison-request"), {"code": [forum.code, second.code, forum.code]}
        )
    report = Report.objects.get()
    assert response.url == address("report-detail", report)
    assert (report.kind, report.state, report.assessments.count()) == (ReportKind.COMPARISON, ReportState.READY, 2)


def test_comparison_of_one_says_how_many_are_needed(
    forum: Assessment, organiser: User, client_for: Callable[[User], Client]
) -> None:
    response = client_for(organiser).post(
        reverse("assessments:comparison-request"), {"code": [forum.code]}, follow=True
    )
    assert "Choose 2 to 12 assessments." in response.text
    assert response.request["QUERY_STRING"] == f"code={forum.code}"


def test_comparison_with_an_unknown_code_is_not_found(
    forum: Assessment, organiser: User, client_for: Callable[[User], Client]
) -> None:
    response = client_for(organiser).post(
        reverse("assessments:comparison-request"), {"code": [forum.code, "nosuchcode"]}
    )
    assert response.status_code == 404


@pytest.mark.parametrize("name", ["report-request", "report-retry"])
def test_reading_changes_nothing(
    forum: Assessment, organiser: User, client_for: Callable[[User], Client], name: str
) -> None:
    thing = forum if name == "report-request" else make(forum, state=ReportState.FAILED)
    assert client_for(organiser).get(address(name, thing)).status_code == 405


def test_download_takes_the_same_few_queries_for_two_and_four_processes(
    submitted: Callable[..., Assessment],
    organiser: User,
    client_for: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_for(organiser)
    made = [submitted(builders.process(organiser=organiser)) for _ in range(4)]
    counts = []
    for chosen in (made[:2], made):
        report = ready(*chosen, kind=ReportKind.COMPARISON)
        with django_assert_max_num_queries(6) as captured:
            content(client.get(address("report-file", report)))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_pages_have_one_heading_and_a_title(
    forum: Assessment, organiser: User, client_for: Callable[[User], Client]
) -> None:
    client = client_for(organiser)
    titles = set()
    for state in ReportState.values:
        page = client.get(address("report-detail", make(forum, state=state, error="x" if state == "failed" else "")))
        assert len(re.findall("<h1", page.text)) == 1
        titles.add(re.search("<title>(.*?)</title>", page.text)[1])
    assert titles == {
        "Report is being made – msgov",
        "Report is missing – msgov",
        "Report could not be made – msgov",
    }


def test_results_list_what_was_drawn_of_them_and_to_visitors_what_is_ready(
    forum: Assessment, organiser: User, client_for: Callable[[User], Client]
) -> None:
    type(forum.process).objects.update(visibility=Visibility.PUBLIC)
    of_all = {"readers": Readers.PUBLIC, "result_number": 1}
    done = ready(forum, **of_all)
    waiting = make(forum, state=ReportState.QUEUED, paper="Letter", **of_all)
    before = ready(forum, is_draft=True, **of_all)
    for client, shown in ((client_for(organiser), {done, waiting}), (Client(), {done})):
        page = client.get(address("assessment-results", forum)).text
        assert {report for report in (done, waiting, before) if report.code in page} == shown
