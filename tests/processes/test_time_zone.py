"""The time zone of a process: chosen in its form, shown on its page, and the time on all of its pages."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, AssessmentEvent, Invitation, Process, Report
from assessments.processes.services import invitations
from assessments.processes.services.process import edit_process
from assessments.results.build import build_document, freeze
from assessments.vocabulary import AssessmentState, InvitationState, Role, Visibility
from assessments.zones import zone_names
from msgov.accounts.models import AuditEvent, User
from tests import builders
from tests.builders.clock import SetClock
from tests.builders.question_pages import autosave, form_of
from tests.forms_in_pages import ParsedPage

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
DESCRIPTION = {"name": "Forum", "kind": "decides", "visibility": "private"}


@pytest.fixture
def ada() -> User:
    return builders.user(name="Ada")


@pytest.fixture
def process(ada: User) -> Process:
    return builders.process(organiser=ada, name="Forum", kind="decides", time_zone="America/Los_Angeles")


@pytest.fixture
def as_ada(client_for: ClientFor, ada: User) -> Client:
    return client_for(ada)


def words(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def edit(client: Client, process: Process, **sent: str) -> HttpResponse:
    data = {**DESCRIPTION, "version": str(process.version), **sent}
    return client.post(reverse("assessments:process-edit", args=[process.code]), data)


# --- Chosen ---------------------------------------------------------------------------------------------------


def test_new_process_is_offered_every_zone_and_begins_with_that_of_the_site(as_ada: Client) -> None:
    with override_settings(TIME_ZONE="Asia/Kolkata"):
        page = as_ada.get(reverse("assessments:process-create")).content.decode()
    assert ParsedPage(page).forms[-1].fields["time_zone"] == "Asia/Kolkata"
    offered = page[page.index('<select name="time_zone"') :].partition("</select>")[0]
    assert set(re.findall(r'<option value="([^"]+)"', offered)) == zone_names()
    assert re.findall(r'<optgroup label="([^"]+)"', offered)[:3] == ["Universal time", "Africa", "America"]
    as_ada.post(reverse("assessments:process-create"), {**DESCRIPTION, "time_zone": "Africa/Nairobi"})
    assert Process.objects.get().time_zone == "Africa/Nairobi"


def test_choice_is_stored_shown_and_written_down(as_ada: Client, process: Process) -> None:
    assert edit(as_ada, process, time_zone="Africa/Nairobi").status_code == 302
    process.refresh_from_db()
    assert process.time_zone == "Africa/Nairobi"
    assert AuditEvent.objects.get(action="process.edited").details == {"time_zone": "Africa/Nairobi"}
    trail = words(as_ada.get(reverse("process-trail", args=[process.code])))
    assert "changed the description of a process" in trail
    assert "time zone: Africa/Nairobi" in trail
    page = words(as_ada.get(reverse("assessments:process-detail", args=[process.code])))
    assert "Time zone Nairobi (now UTC+3)" in page


def test_other_changes_are_not_written_down_as_one_of_the_zone(as_ada: Client, process: Process) -> None:
    edit(as_ada, process, name="Panel", time_zone=process.time_zone)
    assert AuditEvent.objects.get(action="process.edited").details == {}


@pytest.mark.parametrize("sent", ["Mars/Base", "africa/nairobi", "UTC+3", "localtime"])
def test_zone_that_is_not_in_the_list_is_refused_by_name(as_ada: Client, process: Process, sent: str) -> None:
    response = edit(as_ada, process, time_zone=sent)
    assert response.status_code == 422
    assert "Time zone: Choose a time zone from the list" in words(response)
    process.refresh_from_db()
    assert process.time_zone == "America/Los_Angeles"


def test_form_without_a_zone_leaves_it_as_it_is(as_ada: Client, process: Process) -> None:
    assert edit(as_ada, process, name="Panel").status_code == 302
    process.refresh_from_db()
    assert (process.name, process.time_zone) == ("Panel", "America/Los_Angeles")


def test_zone_that_only_another_computer_knew_stays_until_somebody_changes_it(as_ada: Client, process: Process) -> None:
    Process.objects.update(time_zone="Mars/Base")
    page = as_ada.get(reverse("assessments:process-edit", args=[process.code]))
    assert ParsedPage(page.content.decode()).forms[-1].fields["time_zone"] == "Mars/Base"
    assert edit(as_ada, process, time_zone="Mars/Base", period="2026").status_code == 302
    process.refresh_from_db()
    assert process.time_zone == "Mars/Base"
    # Until then its days end where it says they do.
    assert "Time zone UTC " in words(as_ada.get(reverse("assessments:process-detail", args=[process.code])))


def test_two_people_who_change_it_see_both_places(as_ada: Client, process: Process, ada: User) -> None:
    edit_process(process=process, user=ada, version=process.version, fields={"time_zone": "Asia/Kolkata"})
    response = edit(as_ada, process, time_zone="Africa/Nairobi")
    assert response.status_code == 409
    assert "Time zone Stored now Kolkata Yours Nairobi" in words(response)


# --- Shown ----------------------------------------------------------------------------------------------------


def test_saved_mark_history_and_trail_show_the_same_time(as_ada: Client, process: Process, clock: SetClock) -> None:
    clock("2026-11-29 02:22")
    assessment = builders.assessment(process)
    form = form_of(as_ada, assessment, "IT1")
    form.fields["IT1a-answer"] = "2"
    saved = autosave(as_ada, form)
    assert "Saved 18:22 UTC−8" in words(saved)
    assert '<time datetime="2026-11-28T18:22:00-08:00">' in saved.content.decode()
    history = as_ada.get(reverse("assessments:assessment-history", args=[assessment.code]))
    assert "28 November 2026, 18:22 UTC−8" in words(history)
    edit(as_ada, process, period="2026")
    trail = as_ada.get(reverse("process-trail", args=[process.code]))
    assert "28 November 2026, 18:22 UTC−8" in words(trail)


def test_each_entry_has_the_distance_that_held_then(as_ada: Client, process: Process) -> None:
    assessment = builders.assessment(process)
    for at in ("2026-03-08 09:59", "2026-03-08 10:00"):
        moment = datetime.fromisoformat(f"{at}+00:00")
        AssessmentEvent.objects.create(assessment=assessment, kind="submitted", by_name="Ada", at=moment)
    page = words(as_ada.get(reverse("assessments:assessment-history", args=[assessment.code])))
    assert "8 March 2026, 01:59 UTC−8" in page
    assert "8 March 2026, 03:00 UTC−7" in page


def test_other_pages_show_the_time_of_the_site_again(
    as_ada: Client, process: Process, client_for: ClientFor, clock: SetClock
) -> None:
    clock("2026-11-29 02:22")
    edit(as_ada, process, period="2026")
    admin = client_for(builders.user(is_superuser=True))
    for page in (reverse("process-trail", args=[process.code]), reverse("site:trail")):
        found = words(admin.get(page))
        assert ("29 November 2026, 02:22 UTC" in found) == (page == reverse("site:trail"))
    assert timezone.get_current_timezone() == timezone.get_default_timezone()


def test_zone_of_a_page_ends_with_its_request_even_if_it_fails(process: Process, as_ada: Client) -> None:
    assert as_ada.get(reverse("assessments:process-detail", args=[process.code])).status_code == 200
    assert as_ada.get(reverse("assessments:process-delete", args=[process.code])).status_code == 200
    assert as_ada.post(reverse("assessments:assessment-start", args=["nothing"])).status_code == 404
    assert timezone.get_current_timezone() == timezone.get_default_timezone()


def test_reports_show_when_they_were_asked_for_there(as_ada: Client, process: Process, quick: list[str]) -> None:
    assessment = builders.assessment(process)
    as_ada.post(reverse("assessments:report-request", args=[assessment.code]))
    Report.objects.update(requested_at=datetime.fromisoformat("2026-11-29T02:22:00+00:00"))
    report = Report.objects.get()
    for address in (
        reverse("assessments:report-detail", args=[report.code]),
        reverse("assessments:assessment-results", args=[assessment.code]),
    ):
        assert "28 November 2026, 18:22 UTC−8" in words(as_ada.get(address))


def test_lists_show_days_where_each_process_is(
    as_ada: Client, process: Process, ada: User, client_for: ClientFor
) -> None:
    elsewhere = builders.process(organiser=ada, name="Atoll", time_zone="Pacific/Kiritimati")
    moment = datetime.fromisoformat("2026-11-29T02:22:00+00:00")
    for one in (process, elsewhere):
        Assessment.objects.filter(pk=builders.assessment(one).pk).update(created_at=moment)
    Process.objects.update(visibility=Visibility.PUBLIC)
    dashboard = words(as_ada.get(reverse("home")))
    assert "started on 28 November 2026" in dashboard
    assert "started on 29 November 2026" in dashboard
    moment = datetime.fromisoformat("2026-12-01T11:00:00+00:00")
    Assessment.objects.update(state=AssessmentState.SUBMITTED, submitted_at=moment)
    days = ["1 December 2026", "2 December 2026"]
    for page in (words(Client().get(reverse("home"))), words(as_ada.get(reverse("assessments:compare")))):
        assert [day for day in days if day in page] == days


@pytest.mark.parametrize("view", ["home", "assessments:compare"])
def test_zones_of_several_processes_cost_no_query_each(as_ada: Client, ada: User, view: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert as_ada.get(reverse(view)).status_code == 200
        return len(found)

    counts = []
    for zone in ("Africa/Nairobi", "Asia/Kolkata", "UTC"):
        process = builders.process(organiser=ada, time_zone=zone)
        builders.assessment(process, state=AssessmentState.SUBMITTED, submitted_at=timezone.now())
        builders.assessment(process, round=2)
        queries()  # what is read once
        counts.append(queries())
    assert counts[1:] == [counts[1]] * 2


def test_zones_of_public_processes_cost_no_query_each(client: Client) -> None:
    counts = []
    for zone in ("Africa/Nairobi", "Asia/Kolkata", "UTC"):
        process = builders.process(time_zone=zone, visibility=Visibility.PUBLIC)
        builders.assessment(process, state=AssessmentState.SUBMITTED, submitted_at=timezone.now())
        with CaptureQueriesContext(connection) as found:
            assert "submitted on" in words(client.get(reverse("home")))
        counts.append(len(found))
    assert counts[1:] == [counts[1]] * 2


# --- Invitations ----------------------------------------------------------------------------------------------


def test_invitation_ends_with_a_day_of_the_process_and_says_so(
    as_ada: Client, process: Process, ada: User, clock: SetClock, client_for: ClientFor
) -> None:
    clock("2026-11-29 02:22")  # the day before, there
    until = "until Saturday 12 December 2026, end of day in Los Angeles (UTC−8)"
    members = reverse("assessments:process-members", args=[process.code])
    as_ada.post(members, {"emails": "bo@example.org", "role": Role.CONTRIBUTOR})
    (sent,) = mail.outbox
    assert f"can be used {until}." in " ".join(sent.body.split())
    assert f"valid {until}" in words(as_ada.get(members))
    bo = client_for(builders.user("bo@example.org"))
    assert f"open {until}" in words(bo.get(reverse("home")))
    link = re.search(r"http://testserver(/\S+)", sent.body)
    assert link is not None
    clock("2026-12-13 07:59")
    assert f"open {until}" in words(bo.get(link[1], follow=True))
    clock("2026-12-13 08:00")
    assert "It expired on Saturday 12 December 2026, end of day in Los Angeles (UTC−8)." in words(
        bo.get(link[1], follow=True)
    )
    assert Invitation.objects.get().state == InvitationState.EXPIRED


def test_invitation_of_before_the_zone_was_changed_ends_at_a_time_of_day(process: Process, ada: User) -> None:
    invitation, _token = invitations.invite(process=process, user=ada, email="bo@example.org", role=Role.CONTRIBUTOR)
    before, moment = invitation.until, invitation.expires_at
    assert "end of day in Los Angeles" in before
    Process.objects.update(time_zone="Africa/Nairobi")
    stored = Invitation.objects.get()
    assert stored.expires_at == moment
    assert re.search(r", \d\d:59 in Nairobi \(UTC\+3\)$", stored.until)


def test_earlier_roles_say_until_which_time(as_ada: Client, process: Process, clock: SetClock, ada: User) -> None:
    clock("2026-11-29 02:22")
    bo = builders.member(process, builders.user(name="Bo"), Role.ORGANISER)
    address = reverse("assessments:member-role", args=[process.code, bo.pk])
    as_ada.post(address, {"role": Role.REVIEWER})
    page = words(as_ada.get(reverse("assessments:process-members", args=[process.code])))
    assert "Bo: Organiser until 28 November 2026, 18:22 UTC−8" in page


def test_result_has_the_days_of_the_process(process: Process, ada: User, clock: SetClock) -> None:
    clock("2026-11-29 02:22")
    assessment = builders.assessment(process)
    moment = datetime.fromisoformat("2026-11-29T02:22:00+00:00")
    assessment.created_at, assessment.submitted_at = moment, moment + timedelta(days=1)
    assert build_document(assessment).assessment.started_on == "2026-11-28"
    document = freeze(assessment=assessment, number=1, user=ada).document
    assert document["assessment"]["submitted_on"] == "2026-11-29"
    assert document["process"]["time_zone"] == "America/Los_Angeles"
