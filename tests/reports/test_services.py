from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from assessments.exceptions import NotAllowed
from assessments.models import Assessment, FrozenResult, Report
from assessments.panels.tasks import mail_panel
from assessments.processes.services.process import delete_process
from assessments.reports import drawing, jobs, services, tasks
from assessments.reports.render import RenderedPdf, RenderError
from assessments.reports.tasks import draw_report
from assessments.signals import assessment_submitted
from assessments.vocabulary import ReportKind, ReportState
from tests import builders
from tests.builders import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Callable[[], AbstractContextManager[Any]]:
    """Run what happens on commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def request(assessment: Assessment, language: str = "en") -> Report:
    return services.request_report(assessment=assessment, user=None, language=language)


def test_report_is_drawn_once_and_then_served(
    submitted: Callable[..., Assessment], quick: list[str], committed: Callable[[], AbstractContextManager[Any]]
) -> None:
    assessment = submitted()
    with committed():
        first = request(assessment)
    with committed():
        second = request(assessment)
    first.refresh_from_db()
    assert second.pk == first.pk
    assert len(quick) == 1
    assert (first.state, first.pages, first.attempts, first.error) == (ReportState.READY, 3, 1, "")
    assert first.file.name == f"reports/{first.code[:2]}/{first.code}.pdf"
    with first.file.open() as stored:
        assert stored.read().startswith(b"%PDF-1.7 sample {")
    assert not first.is_draft


def test_double_request_before_drawing_gives_one_report(submitted: Callable[..., Assessment]) -> None:
    assessment = submitted()
    assert request(assessment).pk == request(assessment).pk
    assert Report.objects.get().state == ReportState.QUEUED


def test_another_result_or_language_is_another_report(submitted: Callable[..., Assessment], settings: Settings) -> None:
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    assessment = submitted()
    english, french, unknown = (request(assessment, language) for language in ("en", "fr", "xx"))
    assert french.pk != english.pk
    assert unknown.pk == english.pk
    samples.frozen(assessment, "Renamed", number=2)
    assert request(assessment).pk not in (english.pk, french.pk)


def test_report_prints_the_digest_of_the_frozen_result(
    submitted: Callable[..., Assessment], quick: list[str], committed: Callable[[], AbstractContextManager[Any]]
) -> None:
    assessment = submitted()
    with committed():
        request(assessment)
    assert assessment.results.get().digest in quick[0]


def test_draft_is_drawn_as_it_stands_and_marked(
    quick: list[str], committed: Callable[[], AbstractContextManager[Any]]
) -> None:
    assessment = builders.assessment(builders.process(organiser=builders.user()))
    with committed():
        report = request(assessment)
    report.refresh_from_db()
    assert report.is_draft
    assert report.state == ReportState.READY
    assert 'data-mark="DRAFT"' in quick[0]


def test_failed_drawing_says_why_and_can_be_repeated(
    submitted: Callable[..., Assessment],
    quick: list[str],
    committed: Callable[[], AbstractContextManager[Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(html: str, **options: object) -> RenderedPdf:
        raise RenderError("The report needs more memory than allowed.", "limit: 1")

    assessment = submitted()
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "render_pdf", fail)
        with committed():
            report = request(assessment)
    report.refresh_from_db()
    assert report.state == ReportState.FAILED
    assert jobs.split_error(report.error) == ("The report needs more memory than allowed.", "limit: 1")
    with committed():
        services.retry_report(report=report)
    report.refresh_from_db()
    assert (report.state, report.error, report.attempts) == (ReportState.READY, "", 1)


def test_asking_again_for_a_failed_report_repeats_it(
    submitted: Callable[..., Assessment], quick: list[str], committed: Callable[[], AbstractContextManager[Any]]
) -> None:
    assessment = submitted()
    report = request(assessment)
    Report.objects.update(state=ReportState.FAILED, error="x", attempts=3)
    with committed():
        assert request(assessment).pk == report.pk
    report.refresh_from_db()
    assert report.state == ReportState.READY


def test_unforeseen_error_is_kept_with_its_traceback(
    submitted: Callable[..., Assessment],
    quick: list[str],
    committed: Callable[[], AbstractContextManager[Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawing, "printable", lambda *args: 1 / 0)
    with committed():
        report = request(submitted())
    report.refresh_from_db()
    reason, detail = jobs.split_error(report.error)
    assert (report.state, reason) == (ReportState.FAILED, "An error that nobody foresaw: ZeroDivisionError.")
    assert "Traceback" in detail


def test_full_disk_fails_with_the_reason_and_leaves_nothing(
    submitted: Callable[..., Assessment],
    quick: list[str],
    committed: Callable[[], AbstractContextManager[Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(self: object, name: str, content: object, max_length: object = None) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.save", full)
    with committed():
        report = request(submitted())
    report.refresh_from_db()
    assert report.state == ReportState.FAILED
    assert report.error.startswith("The disk is full: the report could not be stored.")
    assert not report.file


def test_media_folder_that_cannot_be_made_fails_with_the_reason(
    submitted: Callable[..., Assessment],
    quick: list[str],
    committed: Callable[[], AbstractContextManager[Any]],
    settings: Settings,
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    with committed():
        report = request(submitted())
    report.refresh_from_db()
    assert report.state == ReportState.FAILED
    assert report.error.startswith("The report could not be stored:")
    settings.MEDIA_ROOT = tmp_path / "media"
    with committed():
        services.retry_report(report=report)
    report.refresh_from_db()
    assert report.state == ReportState.READY


def test_lost_file_is_drawn_again_when_asked_for(
    submitted: Callable[..., Assessment], quick: list[str], committed: Callable[[], AbstractContextManager[Any]]
) -> None:
    assessment = submitted()
    with committed():
        report = request(assessment)
    report.refresh_from_db()
    report.file.storage.delete(report.file.name)
    with committed():
        request(assessment)
    report.refresh_from_db()
    assert services.has_file(report)
    assert len(quick) == 2


def test_retry_is_refused_while_drawing_and_when_ready(
    submitted: Callable[..., Assessment], quick: list[str], committed: Callable[[], AbstractContextManager[Any]]
) -> None:
    report = request(submitted())
    with pytest.raises(NotAllowed, match="being drawn"):
        services.retry_report(report=report)
    jobs.run_report(report.pk)
    with pytest.raises(NotAllowed, match="ready"):
        services.retry_report(report=report)


def test_job_delivered_twice_draws_once(submitted: Callable[..., Assessment], quick: list[str]) -> None:
    report = request(submitted())
    jobs.run_report(report.pk)
    jobs.run_report(report.pk)
    assert len(quick) == 1


def test_job_of_a_deleted_report_does_nothing(submitted: Callable[..., Assessment], quick: list[str]) -> None:
    report = request(submitted())
    pk = report.pk
    report.delete()
    jobs.run_report(pk)
    assert quick == []


def test_report_being_drawn_elsewhere_is_left_alone_until_its_heart_stops(
    submitted: Callable[..., Assessment], quick: list[str]
) -> None:
    report = request(submitted())
    Report.objects.update(state=ReportState.RENDERING, heartbeat_at=timezone.now(), attempts=1)
    jobs.run_report(report.pk)
    assert quick == []
    Report.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=61))
    jobs.run_report(report.pk)
    report.refresh_from_db()
    assert (report.state, report.attempts) == (ReportState.READY, 2)


def test_worker_that_was_given_up_does_not_overwrite_the_other_ones_report(
    submitted: Callable[..., Assessment], monkeypatch: pytest.MonkeyPatch, quick: list[str]
) -> None:
    report = request(submitted())

    def overtaken(html: str, **options: object) -> RenderedPdf:
        Report.objects.update(attempts=2, state=ReportState.READY, pages=7)
        raise RenderError("too late")

    monkeypatch.setattr(drawing, "render_pdf", overtaken)
    jobs.run_report(report.pk)
    report.refresh_from_db()
    assert (report.state, report.pages, report.error) == (ReportState.READY, 7, "")


def test_sweep_takes_up_dead_and_lost_reports_only(submitted: Callable[..., Assessment], quick: list[str]) -> None:
    now = timezone.now()
    made = [request(submitted(name=f"P{n}")) for n in range(5)]
    states = [
        {"state": ReportState.RENDERING, "heartbeat_at": now - timedelta(minutes=2), "attempts": 1},
        {"state": ReportState.QUEUED, "heartbeat_at": now - timedelta(minutes=6)},
        {"state": ReportState.RENDERING, "heartbeat_at": now, "attempts": 1},
        {"state": ReportState.QUEUED, "heartbeat_at": now},
        {"state": ReportState.FAILED},
    ]
    for report, values in zip(made, states, strict=True):
        Report.objects.filter(pk=report.pk).update(**values)
    assert tasks.sweep() == 2
    found = [Report.objects.get(pk=report.pk).state for report in made]
    assert found == ["ready", "ready", "rendering", "queued", "failed"]


def test_sweep_gives_up_after_three_attempts(submitted: Callable[..., Assessment], quick: list[str]) -> None:
    report = request(submitted())
    Report.objects.update(
        state=ReportState.RENDERING, heartbeat_at=timezone.now() - timedelta(minutes=2), attempts=jobs.MAX_ATTEMPTS
    )
    assert tasks.sweep() == 0
    report.refresh_from_db()
    assert (report.state, report.error) == (ReportState.FAILED, "Drawing was interrupted 3 times.")


def test_submission_starts_drawing(
    submitted: Callable[..., Assessment], quick: list[str], committed: Callable[[], AbstractContextManager[Any]]
) -> None:
    assessment = submitted()
    with committed():
        assessment_submitted.send(sender=None, assessment=assessment, result=None, user=builders.user())
    drawn = Report.objects.order_by("kind")
    assert [(report.kind, report.state) for report in drawn] == [
        (ReportKind.BOARD, ReportState.READY),
        (ReportKind.FULL, ReportState.READY),
    ]


def test_submission_survives_a_report_that_cannot_be_asked_for() -> None:
    assessment = builders.assessment(builders.process(organiser=builders.user()), state="submitted")
    assessment_submitted.send(sender=None, assessment=assessment, result=None, user=None)
    assert not Report.objects.exists()


def test_comparison_needs_two_that_can_be_compared(submitted: Callable[..., Assessment]) -> None:
    one = submitted(name="A")
    draft = builders.assessment(builders.process(organiser=builders.user()))
    for chosen, message in (([one], "2 to 12"), ([one, one], "2 to 12"), ([one, draft], "Only 1")):
        with pytest.raises(NotAllowed, match=message):
            services.request_comparison(assessments=chosen, user=None, language="en")
    assert not Report.objects.exists()


def test_comparison_is_drawn_once_whatever_the_order(
    submitted: Callable[..., Assessment], quick: list[str], committed: Callable[[], AbstractContextManager[Any]]
) -> None:
    one, two = submitted(name="A"), submitted(name="B")
    with committed():
        first = services.request_comparison(assessments=[one, two], user=None, language="en")
    with committed():
        second = services.request_comparison(assessments=[two, one], user=None, language="en")
    assert first.pk == second.pk
    assert first.assessments.count() == 2
    assert len(quick) == 1


def test_request_takes_the_same_number_of_queries_for_two_and_for_six(
    submitted: Callable[..., Assessment], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = [submitted(name=f"P{n}") for n in range(6)]
    # One of them asks who may read it, which stands on the paper, one how far two ratings of an item differ here.
    for chosen in (made[:2], made):
        with django_assert_max_num_queries(11):
            services.request_comparison(assessments=chosen, user=None, language="en")


def test_same_result_stored_twice_has_a_report_for_each(submitted: Callable[..., Assessment]) -> None:
    first = submitted(name="Forum")
    second = submitted(name="Forum")
    FrozenResult.objects.filter(assessment=second).update(
        **FrozenResult.objects.filter(assessment=first).values("document", "digest").get()
    )
    one, two = request(first), request(second)
    assert one.pk != two.pk
    assert list(two.assessments.all()) == [second]
    assert request(second).pk == two.pk


def test_process_deleted_while_its_report_is_drawn_leaves_no_file(
    submitted: Callable[..., Assessment],
    quick: list[str],
    committed: Callable[[], AbstractContextManager[Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assessment = submitted()
    report = request(assessment)
    store = jobs._store

    def delete_first(report: Report, content: bytes) -> Any:
        with committed():
            delete_process(process=assessment.process, user=builders.user())
        return store(report, content)

    monkeypatch.setattr(jobs, "_store", delete_first)
    jobs.run_report(report.pk)
    assert not Report.objects.exists()
    assert not report.file.storage.exists(report.file.field.generate_filename(report, "report.pdf"))


def test_one_person_cannot_fill_the_queue(submitted: Callable[..., Assessment]) -> None:
    ana, bea = builders.user(), builders.user()
    for _number in range(services.MAX_WAITING):
        services.request_report(assessment=submitted(), user=ana, language="en")
    one_more = submitted()
    with pytest.raises(NotAllowed, match="5 reports you asked for are still being drawn"):
        services.request_report(assessment=one_more, user=ana, language="en")
    services.request_report(assessment=one_more, user=bea, language="en")
    assert services.request_report(assessment=one_more, user=ana, language="en").requested_by == bea
    Report.objects.filter(requested_by=ana).update(state=ReportState.READY)
    services.request_report(assessment=submitted(), user=ana, language="en")


def test_papers_that_are_drawn_by_themselves_wait_in_a_longer_line(submitted: Callable[..., Assessment]) -> None:
    """Who submits three results in a row, as the demonstration does, gets both papers of each."""
    ana = builders.user()
    made = [submitted() for _number in range(services.MAX_BY_ITSELF // 2)]
    for assessment in made:
        assert len(services.start_rendering_on_submit(assessment, ana)) == 2
    with pytest.raises(NotAllowed, match="20 reports"):
        services.start_rendering_on_submit(submitted(), ana)


def test_mails_are_sent_before_reports_are_drawn() -> None:
    assert mail_panel.priority > draw_report.priority


def test_failed_reports_are_not_all_drawn_again_at_once(submitted: Callable[..., Assessment]) -> None:
    ana = builders.user()
    reports = []
    for _number in range(services.MAX_WAITING + 1):
        reports.append(services.request_report(assessment=submitted(), user=ana, language="en"))
        Report.objects.update(state=ReportState.FAILED)
    for report in reports[:-1]:
        services.retry_report(report=report)
    with pytest.raises(NotAllowed, match="5 reports you asked for"):
        services.retry_report(report=reports[-1])
