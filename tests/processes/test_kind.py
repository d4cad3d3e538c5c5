"""What a process does, where and in which language: asked, shown, and each change kept with its date."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.documents.result import ResultDocument
from assessments.models import KindChange, Process
from assessments.processes.forms.process import ProcessForm
from assessments.processes.services.process import create_process, edit_process
from assessments.reports.html import render_html
from assessments.results.build import build_document
from assessments.vocabulary import KIND_HELP, KIND_LABELS
from assessments.working_languages import called, working_languages
from attributes.kinds import KindOfProcess
from msgov.accounts.models import AuditEvent, User
from tests import builders
from tests.builders.clock import SetClock
from tests.builders.papers import paper

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
DESCRIPTION = {"name": "Forum", "visibility": "private"}
CHOICES = [f"{label}: {KIND_HELP[kind]}" for kind, label in KIND_LABELS.items()]


@pytest.fixture
def ada() -> User:
    return builders.user(name="Ada")


@pytest.fixture
def as_ada(client_for: ClientFor, ada: User) -> Client:
    return client_for(ada)


def words(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def report(document: ResultDocument) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", render_html(paper(document), "en")).split())


def kinds(process: Process) -> list[str]:
    return [change.kind for change in process.kind_changes.all()]


def edit(client: Client, process: Process, **sent: str) -> HttpResponse:
    process.refresh_from_db()
    data = {**DESCRIPTION, "version": str(process.version), **sent}
    return client.post(reverse("assessments:process-edit", args=[process.code]), data)


def test_form_says_what_each_kind_means_and_chooses_none(as_ada: Client) -> None:
    response = as_ada.get(reverse("assessments:process-create"))
    page = words(response)
    assert [line for line in CHOICES if line in page] == CHOICES
    assert not re.search(r'name="kind"[^>]*checked', response.content.decode())


def test_new_process_needs_a_kind_and_keeps_it_with_the_day(as_ada: Client, clock: SetClock) -> None:
    clock("2026-03-04 12:00")
    create = reverse("assessments:process-create")
    refused = as_ada.post(create, DESCRIPTION)
    assert (refused.status_code, Process.objects.count()) == (422, 0)
    assert "Choose what the process does" in words(refused)
    sent = {**DESCRIPTION, "kind": "dialogues", "country": "East Africa", "language": "sw"}
    assert as_ada.post(create, sent).status_code == 302
    process = Process.objects.get()
    assert (process.kind, process.country, process.language) == ("dialogues", "East Africa", "sw")
    change = process.kind_changes.get()
    assert (change.kind, change.at) == ("dialogues", datetime(2026, 3, 4, 12, tzinfo=UTC))
    page = words(as_ada.get(reverse("assessments:process-detail", args=[process.code])))
    assert "What it does Holds a dialogue: It ends in messages or reports" in page
    assert "Country or region East Africa Working language Swahili" in page
    assert "since" not in page  # nothing has been changed


def test_change_is_written_down_and_shown_with_its_date(as_ada: Client, ada: User, clock: SetClock) -> None:
    clock("2026-03-04 12:00")
    process = create_process(user=ada, fields={"name": "Forum", "kind": "dialogues"})
    assessment = builders.assessment(process)
    clock("2026-05-06 12:00")
    assert edit(as_ada, process, kind="recommends").status_code == 302
    assert edit(as_ada, process, kind="recommends", issue="Another").status_code == 302
    assert kinds(process) == ["dialogues", "recommends"]
    first, second = AuditEvent.objects.filter(action="process.edited").order_by("pk")
    assert (first.details, second.details) == ({"kind": "recommends"}, {})
    page = words(as_ada.get(reverse("assessments:process-detail", args=[process.code])))
    assert "Holds a dialogue since 4 March 2026 Recommends since 6 May 2026" in page
    history = words(as_ada.get(reverse("assessments:assessment-history", args=[assessment.code])))
    assert re.search(r"What the process does Recommends since .*6 May.* Holds a dialogue since .*4 March", history)
    trail = words(as_ada.get(reverse("process-trail", args=[process.code])))
    assert "what it does: Recommends" in trail
    process.refresh_from_db()
    part = build_document(assessment).process
    assert (part.kind, [line.since for line in part.kind_changes]) == ("recommends", ["2026-03-04", "2026-05-06"])


def test_lost_race_changes_no_kind(as_ada: Client, ada: User) -> None:
    process = create_process(user=ada, fields={"name": "Forum", "kind": "decides"})
    edit_process(process=process, user=ada, version=1, fields={"name": "Theirs"})
    response = as_ada.post(
        reverse("assessments:process-edit", args=[process.code]), {**DESCRIPTION, "kind": "dialogues", "version": "1"}
    )
    assert (response.status_code, kinds(process)) == (409, ["decides"])
    assert {"label": "What it does", "theirs": CHOICES[0], "ours": CHOICES[3]} in response.context["clashes"]


def test_who_chose_cannot_take_it_back_and_who_never_chose_need_not(as_ada: Client, ada: User) -> None:
    chosen = builders.process(organiser=ada, kind="decides")
    assert edit(as_ada, chosen).status_code == 422
    never = builders.process(organiser=ada)
    assert edit(as_ada, never).status_code == 302
    assert (kinds(chosen), kinds(never)) == (["decides"], [])


def test_kinds_are_those_of_question_sets() -> None:
    assert KindChange._meta.get_field("kind").choices == Process._meta.get_field("kind").choices
    assert [kind for kind, _label in Process._meta.get_field("kind").choices or ()] == list(KindOfProcess)


# --- Languages ------------------------------------------------------------------------------------------------


def test_languages_are_offered_once_each_with_two_that_are_none() -> None:
    codes = [code for code, _label in working_languages()]
    assert len(codes) == len(set(codes))
    assert {"en", "fr", "ar", "sw", "zh-hans"} < set(codes)
    assert codes[-2:] == ["mul", "mis"]
    assert [called(code) for code in ("fr", "mul", "am", "")] == ["French", "Several", "am", ""]


def test_language_that_is_not_listed_stays(as_ada: Client, ada: User) -> None:
    process = builders.process(organiser=ada, language="am")
    assert ProcessForm(process=process)["language"].value() == "am"
    assert edit(as_ada, process, language="am").status_code == 302
    process.refresh_from_db()
    assert process.language == "am"
    assert edit(as_ada, process, language="").status_code == 302
    page = words(as_ada.get(reverse("assessments:process-detail", args=[process.code])))
    assert "Working language" not in page


# --- In results -----------------------------------------------------------------------------------------------


def test_results_and_reports_say_each_change_with_its_day(as_ada: Client, ada: User, clock: SetClock) -> None:
    clock("2026-03-04 12:00")
    fields = {"name": "Forum", "kind": "dialogues", "country": "East Africa", "language": "sw"}
    process = create_process(user=ada, fields=fields)
    assessment = builders.assessment(process)
    before = build_document(assessment)
    clock("2026-05-06 12:00")
    process = edit_process(process=process, user=ada, version=1, fields={"kind": "recommends"})
    page = words(as_ada.get(reverse("assessments:assessment-results", args=[assessment.code])))
    changes = "What it does Recommends Holds a dialogue since 4 March 2026 Recommends since 6 May 2026"
    assert f"{changes} Country or region East Africa Working language Swahili" in page
    assessment.process = process
    printed = report(build_document(assessment))
    assert f"{changes} " in printed
    assert "Country or region East Africa Working language Swahili" in printed
    assert "since 4 March 2026" not in report(before)
