"""Starting the next round: its name, what the page says comes along, and which version it asks."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.exceptions import NotEditable
from assessments.models import Assessment, EvidenceEntry, Process
from assessments.rounds.next_round import proposed_title, what_changed
from assessments.rounds.services.start import rename_round
from assessments.vocabulary import AssessmentState
from attributes.catalogue.published import catalogue_of
from attributes.models import QuestionSet, VersionStatus
from msgov.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(process: Process) -> Assessment:
    return builders.assessment(process, state=AssessmentState.SUBMITTED, title="Forum 2025")


@pytest.fixture
def process(organiser: User) -> Process:
    return builders.process(organiser=organiser)


def page(process: Process) -> str:
    return reverse("assessments:assessment-start", args=[process.code])


@pytest.mark.parametrize(
    ("title", "used", "proposed"),
    [
        ("Forum 2025", ["Forum 2025"], "Forum 2027"),
        ("2025/2026", ["2025/2026"], "2025/2027"),
        ("The first year", ["The first year"], "2027"),
        ("", [""], "2027"),
        ("Forum 2027", ["Forum 2027"], "Forum 2027, round 2"),
        ("Case 120251", [], "2027"),  # no year
    ],
)
def test_round_is_named_like_the_last_one_with_the_year(title: str, used: list[str], proposed: str) -> None:
    assert proposed_title(Assessment(title=title, round=1), 2027, used) == proposed


def test_page_says_what_comes_along_and_starts_the_round_under_its_name(
    as_organiser: Client, process: Process, before: Assessment
) -> None:
    EvidenceEntry.objects.create(process=process, kind="inside", address="Binder 3", key="1" * 64)
    process.groups.create(name="Operators")
    detail = reverse("assessments:process-detail", args=[process.code])
    assert f'href="{page(process)}"' in as_organiser.get(detail).content.decode()
    html = as_organiser.get(page(process)).content.decode()
    assert "1 stakeholder group." in html
    assert "goals." not in html
    assert "1 document of the evidence register. You are asked whether it is still true." in html
    assert "about 2 hours this time" in html
    assert "every item is asked as it was" in html
    response = as_organiser.post(page(process), {"title": "Forum 2030"})
    started = Assessment.objects.latest("pk")
    assert response.headers["Location"] == reverse("assessments:assessment-hub", args=[started.code])
    assert (started.title, started.round, started.question_set) == ("Forum 2030", 2, before.question_set)
    assert not started.responses.get().answers.exists()
    # With a round being answered it leads there.
    assert as_organiser.get(page(process)).headers["Location"] == response.headers["Location"]


def test_too_long_a_name_stays_on_the_page(as_organiser: Client, process: Process, before: Assessment) -> None:
    response = as_organiser.post(page(process), {"title": "x" * 121})
    assert response.status_code == 422
    assert "x" * 121 in response.content.decode()
    assert Assessment.objects.count() == 1


def test_first_round_is_started_from_the_page_of_the_process(as_organiser: Client, process: Process) -> None:
    builders.question_set()
    detail = reverse("assessments:process-detail", args=[process.code])
    assert as_organiser.get(page(process)).headers["Location"] == detail
    as_organiser.post(page(process))
    assert Assessment.objects.get().title == ""


def test_newer_version_is_proposed_and_its_changes_are_told(
    as_organiser: Client, process: Process, before: Assessment
) -> None:
    row = before.question_set
    document = QuestionSet.objects.with_documents().get(pk=row.pk).document
    document = {**document, "version": "9.1.0"}
    newer = QuestionSet.objects.publish(document, digest="0" * 64)
    html = as_organiser.get(page(process)).content.decode()
    total = len(catalogue_of(row).items)
    assert f"Version 9.1.0; last time it was {row.version}. Asked as then: {total} of {total} items" in html
    as_organiser.post(page(process), {"title": "Next", "question_set": newer.pk})
    assert Assessment.objects.latest("pk").question_set == newer


def test_same_version_can_be_chosen_unless_it_is_out_of_use(
    as_organiser: Client, process: Process, before: Assessment
) -> None:
    row = before.question_set
    document = QuestionSet.objects.with_documents().get(pk=row.pk).document
    newer = QuestionSet.objects.publish({**document, "version": "9.1.0"}, digest="0" * 64)
    html = as_organiser.get(page(process)).content.decode()
    assert f'value="{row.pk}"' in html
    assert html.index(f'value="{newer.pk}"') < html.index(f'value="{row.pk}"')
    QuestionSet.objects.filter(pk=row.pk).update(status=VersionStatus.RETIRED)
    assert f'value="{row.pk}"' not in as_organiser.get(page(process)).content.decode()


def test_another_set_is_said_to_be_another() -> None:
    one = catalogue_of(builders.question_set())
    other = QuestionSet.objects.publish(
        {"slug": "other", "version": "1.0.0", "title": {"en": "Other"}, "languages": ["en"], "attributes": []},
        digest="0" * 64,
    )
    assert what_changed(one, catalogue_of(other)).startswith("Another question set")


def test_name_is_changed_until_the_round_is_submitted(
    as_organiser: Client, process: Process, before: Assessment, organiser: User
) -> None:
    draft = builders.assessment(process, round=2)
    where = reverse("assessments:assessment-name", args=[draft.code])
    hub = reverse("assessments:assessment-hub", args=[draft.code])
    assert f'href="{where}"' in as_organiser.get(hub).content.decode()
    assert as_organiser.post(where, {"title": " Forum 2026 "}).headers["Location"] == hub
    draft.refresh_from_db()
    assert draft.title == "Forum 2026"
    with pytest.raises(NotEditable):
        rename_round(assessment=before, user=organiser, title="Another")
    assert Assessment.objects.get(pk=before.pk).title == "Forum 2025"


def test_queries_do_not_grow_with_rounds_and_documents(
    as_organiser: Client, process: Process, before: Assessment
) -> None:
    counts = []
    as_organiser.get(page(process))
    for number in (1, 2):
        EvidenceEntry.objects.create(process=process, kind="inside", address="B", key=f"{number}" * 64)
        builders.assessment(process, state=AssessmentState.SUPERSEDED, round=number + 5)
        with CaptureQueriesContext(connection) as queries:
            as_organiser.get(page(process))
        counts.append(len(queries))
    assert counts[0] == counts[1]
