"""The pages of a process: list, description, edit, delete, start."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments.models import Assessment, Process
from assessments.panels.services.waves import prepare_wave
from assessments.vocabulary import AssessmentState, Role, Visibility
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

DESCRIPTION = {"name": "Forum", "kind": "decides", "visibility": "private"}


@pytest.fixture
def ada() -> User:
    return builders.user(name="Ada")


def url(name: str, process: Process) -> str:
    return reverse(f"assessments:{name}", args=[process.code])


def listed(client: Client, query: str = "") -> list[str]:
    response = client.get(reverse("assessments:process-list") + query)
    return [row.process.name for row in response.context["rows"]]


# --- List -----------------------------------------------------------------------------------------------------


def test_list_shows_own_and_shared_processes(client_for: ClientFor, ada: User) -> None:
    builders.process(organiser=ada, name="Own")
    builders.process(name="Foreign")
    for visibility in ("signed_in", "public"):
        builders.assessment(
            builders.process(name=f"Shared {visibility}", visibility=visibility), state=AssessmentState.SUBMITTED
        )
    builders.assessment(builders.process(name="Draft only", visibility="public"))

    assert listed(client_for(ada)) == ["Own", "Shared public", "Shared signed_in"]


def test_list_is_filtered(client_for: ClientFor, ada: User) -> None:
    builders.process(organiser=ada, name="Alpha", organisation="Forum")
    draft = builders.process(name="Beta")
    builders.member(draft, ada, Role.CONTRIBUTOR)
    builders.assessment(draft)
    done = builders.process(name="Gamma", visibility="signed_in")
    builders.assessment(done, state=AssessmentState.SUBMITTED)
    builders.assessment(done)
    client = client_for(ada)

    assert listed(client, "?q=ALPH") == ["Alpha"]
    assert listed(client, "?q=forum") == ["Alpha"]
    assert listed(client, "?role=contributor") == ["Beta"]
    assert listed(client, "?role=visitor") == ["Gamma"]
    assert listed(client, "?state=none") == ["Alpha"]
    assert listed(client, "?state=draft") == ["Beta"]  # that Gamma has a draft is not for visitors to know
    assert listed(client, "?state=submitted") == ["Gamma"]
    assert listed(client, "?state=nonsense") == ["Alpha", "Beta", "Gamma"]


def test_tags_are_for_members(client_for: ClientFor, ada: User) -> None:
    builders.process(organiser=ada, name="Own", tags="harbour, water")
    builders.process(organiser=ada, name="Other", tags="harbourside")
    shared = builders.process(name="Shared", tags="harbour", visibility="signed_in")
    builders.assessment(shared, state=AssessmentState.SUBMITTED)
    client = client_for(ada)

    assert listed(client, "?tag=harbour") == ["Own"]
    assert listed(client, "?tag=nonsense") == ["Other", "Own", "Shared"]
    response = client.get(reverse("assessments:process-list"))
    tags = [row.tags for row in response.context["rows"]]
    assert tags == [["harbourside"], ["harbour", "water"], []]
    assert [value for value, _ in response.context["form"].fields["tag"].choices] == [
        "",
        "harbour",
        "harbourside",
        "water",
    ]


def test_list_shows_visitors_the_last_round_submitted(client_for: ClientFor, ada: User) -> None:
    shared = builders.process(visibility="signed_in")
    submitted = builders.assessment(shared, state=AssessmentState.SUBMITTED)
    builders.assessment(shared)

    (row,) = client_for(ada).get(reverse("assessments:process-list")).context["rows"]

    assert (row.assessment, row.role, row.step) == (submitted, "", "Read the results")


def test_list_has_pages_of_twenty(client_for: ClientFor, ada: User) -> None:
    for number in range(41):
        builders.process(organiser=ada, name=f"P{number:02}")
    client = client_for(ada)

    assert listed(client) == [f"P{number:02}" for number in range(20)]
    assert listed(client, "?page=3") == ["P40"]
    assert listed(client, "?page=4") == []
    assert listed(client, "?page=-1") == listed(client, "?page=x") == listed(client, "?page=0") == listed(client)
    response = client.get(reverse("assessments:process-list") + "?q=P&page=2")
    assert (response.context["previous"], response.context["next"]) == ("?q=P&page=1", "?q=P&page=3")


@pytest.mark.parametrize("count", [1, 3, 21])
def test_list_needs_six_queries(
    count: int, client_for: ClientFor, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        builders.assessment(builders.process(organiser=ada), round=number + 1)
    client = client_for(ada)

    with django_assert_num_queries(6):
        client.get(reverse("assessments:process-list"))


# --- Create and edit ------------------------------------------------------------------------------------------


def test_create_leads_to_the_new_process(client_for: ClientFor, ada: User) -> None:
    response = client_for(ada).post(
        reverse("assessments:process-create"), {**DESCRIPTION, "issue": "one\r\ntwo", "website": "example.org"}
    )

    process = Process.objects.get()
    assert response.headers["Location"] == url("process-detail", process)
    assert (process.name, process.issue, process.website, process.created_by) == (
        "Forum",
        "one\ntwo",
        "https://example.org",
        ada,
    )


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", "  ", "Enter the name of the process"),
        ("kind", "", "Choose what the process does"),
        ("kind", "rules", "Select a valid choice. rules is not one of the available choices."),
        ("language", "Klingon", "Select a valid choice. Klingon is not one of the available choices."),
        ("website", "javascript:alert(1)", "Enter a web address that begins with https:// or http://"),
        ("website", "ftp://example.org/", "Enter a web address that begins with https:// or http://"),
        ("visibility", "everybody", "Select a valid choice. everybody is not one of the available choices."),
        ("promise", "gold", "Select a valid choice. gold is not one of the available choices."),
        ("issue", "x" * 2001, "Ensure this value has at most 2000 characters (it has 2001)."),
    ],
)
def test_create_keeps_what_was_typed(field: str, value: str, error: str, client_for: ClientFor, ada: User) -> None:
    data = {**DESCRIPTION, "organisation": "What was typed", field: value}

    response = client_for(ada).post(reverse("assessments:process-create"), data)

    html = response.content.decode()
    assert (response.status_code, Process.objects.count()) == (422, 0)
    assert response.context["form"].errors == {field: [error]}
    assert "<title>Error: Describe a process – msgov</title>" in html
    assert 'value="What was typed"' in html


def test_tags_are_kept_each_once_by_alphabet(client_for: ClientFor, ada: User) -> None:
    process = builders.process(organiser=ada)
    form = {**DESCRIPTION, "version": "1", "tags": " Water,  harbour , water,, Ångström work"}
    client_for(ada).post(url("process-edit", process), form)
    process.refresh_from_db()
    assert process.tags == "harbour, Water, Ångström work"

    form = {**DESCRIPTION, "version": "2", "tags": "a" * 31}
    response = client_for(ada).post(url("process-edit", process), form)
    assert response.status_code == 422
    assert "is longer than 30 letters" in response.content.decode()


def test_edit_saves(client_for: ClientFor, ada: User) -> None:
    process = builders.process(organiser=ada)

    response = client_for(ada).post(url("process-edit", process), {**DESCRIPTION, "visibility": "public", "version": 1})

    process.refresh_from_db()
    assert response.status_code == 302
    assert (process.name, process.visibility, process.version) == ("Forum", Visibility.PUBLIC, 2)


def test_edit_without_its_version_is_refused(client_for: ClientFor, ada: User) -> None:
    process = builders.process(organiser=ada, name="Old")

    response = client_for(ada).post(url("process-edit", process), DESCRIPTION)

    process.refresh_from_db()
    assert (response.status_code, process.name) == (422, "Old")


def test_edit_conflict_shows_both_versions_and_can_be_resolved(client_for: ClientFor, ada: User) -> None:
    process = builders.process(organiser=ada, name="Old")
    client = client_for(ada)
    client.post(url("process-edit", process), {**DESCRIPTION, "name": "Theirs", "version": 1})

    response = client.post(url("process-edit", process), {**DESCRIPTION, "name": "Mine", "version": 1})

    assert response.status_code == 409
    assert response.context["clashes"] == [{"label": "Name of the process", "theirs": "Theirs", "ours": "Mine"}]
    assert response.context["form"]["name"].value() == "Mine"
    assert response.context["form"]["version"].value() == "2"
    client.post(url("process-edit", process), {**DESCRIPTION, "name": "Mine", "version": 2})
    process.refresh_from_db()
    assert (process.name, process.version) == ("Mine", 3)


# --- Detail ---------------------------------------------------------------------------------------------------


def test_detail_offers_a_new_process_its_next_steps(client_for: ClientFor, ada: User) -> None:
    builders.question_set()
    process = builders.process(organiser=ada)

    html = client_for(ada).get(url("process-detail", process)).content.decode()

    assert "What next" in html
    for name in ("process-groups", "process-screener", "process-goals", "process-members", "assessment-start"):
        assert url(name, process) in html


def test_detail_shows_a_visitor_neither_drafts_nor_members(client: Client, ada: User) -> None:
    process = builders.process(organiser=ada, visibility="public", name="Forum")
    done = builders.assessment(process, state=AssessmentState.SUBMITTED)
    draft = builders.assessment(process)

    html = client.get(url("process-detail", process)).content.decode()

    assert reverse("assessments:assessment-results", args=[done.code]) in html
    assert f'href="{reverse("assessments:assessment-hub", args=(draft.code,))}"' not in html
    assert ada.name not in html
    assert "Edit the description" not in html


def test_detail_shows_a_reviewer_that_there_is_a_draft(client_for: ClientFor, ada: User) -> None:
    process, bob = builders.process(organiser=ada), builders.user()
    builders.member(process, bob, Role.REVIEWER)
    draft = builders.assessment(process)

    html = client_for(bob).get(url("process-detail", process)).content.decode()

    assert "You can read it once it is submitted." in html
    assert f'href="{reverse("assessments:assessment-hub", args=(draft.code,))}"' not in html


def test_detail_does_not_link_to_what_is_no_web_address(client_for: ClientFor, ada: User) -> None:
    process = builders.process(organiser=ada, website="javascript:alert(1)")

    assert "javascript:" not in client_for(ada).get(url("process-detail", process)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_detail_needs_ten_queries(
    count: int, client_for: ClientFor, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    process = builders.process(organiser=ada)
    for _number in range(count):
        builders.assessment(process, state=AssessmentState.SUBMITTED)
        builders.member(process, builders.user(), Role.REVIEWER)
        process.groups.create(name=f"Group {_number}")
        process.goals.create(text="Goal")
    client = client_for(ada)
    client.get(url("process-detail", process))  # fills the catalogue

    with django_assert_num_queries(10):
        client.get(url("process-detail", process))


# --- Delete and start -----------------------------------------------------------------------------------------


def test_delete_asks_for_the_name(client_for: ClientFor, ada: User) -> None:
    process = builders.process(organiser=ada, name="My  forum")
    client = client_for(ada)

    assert client.post(url("process-delete", process), {"confirmation": "my forum"}).status_code == 422
    assert client.post(url("process-delete", process)).status_code == 422
    assert Process.objects.count() == 1
    response = client.post(url("process-delete", process), {"confirmation": " My forum"})

    assert (response.headers["Location"], Process.objects.count()) == (reverse("home"), 0)


def test_delete_lists_what_is_lost(client_for: ClientFor, ada: User) -> None:
    process = builders.process(organiser=ada)
    builders.answer(builders.assessment(process), "IT1a", 2)

    html = client_for(ada).get(url("process-delete", process)).content.decode()

    assert "1 assessment, with 1 answer and its history" in html
    assert re.search(r"the access of 1 member\s*<", html)


def test_start_leads_to_the_questions(client_for: ClientFor, ada: User) -> None:
    builders.question_set()
    process = builders.process(organiser=ada)

    response = client_for(ada).post(url("assessment-start", process))

    assessment = Assessment.objects.get()
    assert response.headers["Location"] == reverse("assessments:assessment-hub", args=[assessment.code])


def test_start_twice_makes_one_draft(client_for: ClientFor, ada: User) -> None:
    builders.question_set()
    process = builders.process(organiser=ada)
    client = client_for(ada)
    client.post(url("assessment-start", process))

    response = client.post(url("assessment-start", process), follow=True)

    assert Assessment.objects.count() == 1
    assert "There is a draft already." in response.content.decode()


def test_detail_leads_reviewers_to_a_panel_once_there_is_a_wave(client_for: ClientFor, ada: User) -> None:
    process, bob = builders.process(organiser=ada), builders.user()
    builders.member(process, bob, Role.REVIEWER)
    draft = builders.assessment(process)
    link = reverse("assessments:panel", args=[draft.code])

    def sees(person: User) -> bool:
        return link in client_for(person).get(url("process-detail", process)).content.decode()

    assert (sees(ada), sees(bob)) == (True, False)
    prepare_wave(assessment=draft, user=ada)
    assert (sees(ada), sees(bob)) == (True, True)


def test_page_does_not_say_what_is_governed_before_questions_were_chosen(client: Client) -> None:
    process = builders.process(organiser=builders.user())
    client.force_login(process.created_by)
    address = reverse("assessments:process-detail", args=[process.code])
    assert "Governs" not in client.get(address).content.decode()
    builders.assessment(process)
    assert "Governs" in client.get(address).content.decode()
