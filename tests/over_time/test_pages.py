"""The page of rounds over time: rounds that are there, left out, reviewed, of other versions; who sees what."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.documents.over_time import OverTimeDocument
from assessments.models import Action, Answer, Assessment, FrozenResult, Process, Report
from assessments.over_time.stored import stored_rounds
from assessments.results.build import freeze
from assessments.vocabulary import ActionState, AssessmentState, Visibility
from attributes.models import QuestionSet
from msgov.accounts.models import User
from tests import builders
from tests.builders import worked
from tests.builders.versions import next_version

pytestmark = pytest.mark.django_db
CODES = ("CR1a", "CR1b", "CR1c")


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", re.sub("</?bdi[^>]*>", "", html))))


def submitted(process: Process, level: int, version: QuestionSet | None = None) -> Assessment:
    """One more round, with the same level on the items of one attribute."""
    assessment = builders.assessment(process, question_set=version or builders.question_set())
    worked.give_all(assessment, dict.fromkeys(CODES, level))
    Answer.objects.filter(response__assessment=assessment).update(updated_by=process.created_by)
    freeze(assessment=assessment, number=1, user=process.created_by)
    Assessment.objects.filter(process=process).update(state=AssessmentState.SUPERSEDED)
    assessment.state = AssessmentState.SUBMITTED
    assessment.save()
    return assessment


def process_with(organiser: User, levels: list[int], **fields: Any) -> Process:
    process = builders.process(organiser=organiser, name="Northvale", **fields)
    for level in levels:
        submitted(process, level)
    return process


def reviewed(assessment: Assessment) -> None:
    """The stored result, as one that somebody independent has reviewed."""
    result = FrozenResult.objects.get(assessment=assessment)
    result.document["assessment"]["assurance"] = "reviewed"
    FrozenResult.objects.filter(pk=result.pk).update(document=result.document, digest="r" * 64)


def shown(process: Process, *, public_only: bool = False) -> OverTimeDocument:
    document = stored_rounds(process, public_only=public_only).document()
    assert document is not None
    return document


@pytest.fixture
def organiser(client: Client) -> User:
    user: User = builders.user()
    client.force_login(user)
    return user


def page_of(client: Client, process: Process, **query: Any) -> str:
    response = client.get(reverse("assessments:over-time", args=[process.code]), query)
    assert response.status_code == 200
    return plain(response.content.decode())


# --- What stands side by side ------------------------------------------------------------------------------------


def test_one_round_says_that_there_is_nothing_yet(client: Client, organiser: User) -> None:
    page = page_of(client, process_with(organiser, [1]))
    assert "There are no two rounds yet that can stand side by side." in page
    assert "Round 1" in page
    assert "Go to the rounds of this process" in page


def test_no_round_says_so(client: Client, organiser: User) -> None:
    assert "No round of this process is submitted at present" in page_of(client, process_with(organiser, []))


@pytest.mark.parametrize("count", [2, 3, 10])
def test_each_round_with_the_one_before_and_with_the_first(organiser: User, count: int) -> None:
    document = shown(process_with(organiser, [number % 3 for number in range(count)]))
    assert len(document.rounds) == count
    assert len(document.steps) == count - 1
    assert len(document.since_first) == count - 2
    assert {pair.earlier for pair in document.since_first} <= {document.rounds[0].code}
    assert document.left_out == []


def test_more_than_ten_rounds_show_the_newest(client: Client, organiser: User) -> None:
    process = process_with(organiser, [1] * 12)
    document = shown(process)
    assert [entry.round for entry in document.rounds] == list(range(3, 13))
    assert [(entry.round, entry.reason) for entry in document.left_out] == [(1, "older"), (2, "older")]
    assert "There are more rounds than can stand side by side; the newest are shown." in page_of(client, process)


def test_a_round_that_was_opened_again_is_left_out_and_named(client: Client, organiser: User) -> None:
    process = process_with(organiser, [1, 2, 3])
    Assessment.objects.filter(process=process, round=2).update(state=AssessmentState.DRAFT)
    document = shown(process)
    assert [entry.round for entry in document.rounds] == [1, 3]
    assert [(entry.round, entry.reason) for entry in document.left_out] == [(2, "draft")]
    assert "Round 2: It is not submitted, or was opened again and is not submitted yet." in page_of(client, process)


def test_of_a_draft_nothing_is_told(client: Client, organiser: User) -> None:
    process = process_with(organiser, [1, 2])
    builders.assessment(process)
    assert "Left out" not in page_of(client, process)


def test_the_rounds_that_are_asked_for(client: Client, organiser: User) -> None:
    process = process_with(organiser, [0, 1, 2])
    codes = list(Assessment.objects.filter(process=process).order_by("round").values_list("code", flat=True))
    page = page_of(client, process, round=[codes[0], codes[2]])
    assert "What moved from round 1 to round 3" in page
    assert client.get(reverse("assessments:over-time", args=[process.code]), {"round": "nothing"}).status_code == 404


# --- What may be compared -----------------------------------------------------------------------------------------


def test_another_version_in_the_middle_breaks_the_line(organiser: User) -> None:
    process = builders.process(organiser=organiser, name="Northvale")
    newer = next_version(reworded=("CR1c",))
    for level, version in ((0, None), (1, newer), (2, newer)):
        submitted(process, level, version)
    document = shown(process)
    codes = [entry.code for entry in document.rounds]
    broken = document.break_before(codes[1], "CR")
    assert broken is not None
    # CR1c, a third of the weight, is another item since: what is left is just enough.
    assert broken.why == "versions"
    found = document.step(codes[1], "CR")
    assert found is not None
    assert (found.items, found.why, found.before and found.before.exact) == (2, None, "0")
    assert document.break_before(codes[2], "CR") is None


def test_too_little_in_common_breaks_it_too(organiser: User) -> None:
    process = builders.process(organiser=organiser, name="Northvale")
    submitted(process, 1)
    submitted(process, 2, next_version(reworded=("CR1b", "CR1c")))
    document = shown(process)
    broken = document.break_before(document.latest.code, "CR")
    assert broken is not None
    assert broken.why == "little_in_common"


def test_reviewed_and_not_are_not_compared_and_the_page_says_so(client: Client, organiser: User) -> None:
    process = process_with(organiser, [1, 3])
    reviewed(Assessment.objects.get(process=process, round=2))
    document = shown(process)
    assert {entry.why for entry in document.last_step.attributes if entry.attribute == "CR"} == {"reviews"}
    assert [entry.assurance for entry in document.rounds] == ["self_assessed", "reviewed"]
    page = page_of(client, process)
    assert "ROUND 2 REVIEWED, THE OTHERS NOT" in page
    assert "not comparable: one round is reviewed and the other is not" in page


def test_two_reviewed_rounds_are_compared(client: Client, organiser: User) -> None:
    process = process_with(organiser, [1, 3])
    for assessment in Assessment.objects.filter(process=process):
        reviewed(assessment)
    found = shown(process).last_step.attributes
    assert [(entry.attribute, entry.verdict) for entry in found if entry.why is None] == [("CR", "better")]
    assert "EVERY ROUND REVIEWED" in page_of(client, process)


# --- What was promised -------------------------------------------------------------------------------------------


def promised(process: Process, item: str, **fields: Any) -> Action:
    first = Assessment.objects.get(process=process, round=1)
    found: Action = Action.objects.create(assessment=first, item=item, text=f"Promise {item}", **fields)
    return found


def test_promises_stand_beside_what_became_of_their_items(client: Client, organiser: User) -> None:
    process = process_with(organiser, [1, 1])
    second = Assessment.objects.get(process=process, round=2)
    FrozenResult.objects.filter(assessment=second).delete()
    for code in ("CR1a", "CR1b"):
        Answer.objects.filter(response__assessment=second, item__code=code).update(value={"level": 2})
    freeze(assessment=second, number=1, user=organiser)
    promised(process, "CR1a", state=ActionState.DONE, happened="Held twelve meetings", closed_on="2026-05-01")
    promised(process, "CR1c", state=ActionState.DONE, happened="A letter was sent", closed_on="2026-05-02")
    promised(process, "", state=ActionState.OPEN)
    promised(process, "IT1a", state=ActionState.DROPPED, reason="No money", closed_on="2026-05-03")
    (between,) = shown(process).actions
    assert [(entry.action.item, entry.since) for entry in between.actions] == [
        ("CR1a", "counts_more"),
        ("CR1c", "not_more"),
        ("", "not_compared"),
        ("IT1a", "not_compared"),
    ]
    assert between.unplanned == ["CR1b"]
    page = page_of(client, process)
    for words in (
        "Done, and the item counts more: 1",
        "Done, and the item does not count more (yet): 1",
        "Open: 1",
        "Dropped: 1",
        "Reason: No money",
        "Counts more without a promise made on round 1:",
        "Whether one led to the other is not said.",
    ):
        assert words in page


def test_readers_outside_are_told_of_public_promises_only(organiser: User) -> None:
    process = process_with(organiser, [1, 2], visibility=Visibility.PUBLIC)
    promised(process, "CR1a", is_public=True)
    promised(process, "CR1b", is_public=False)
    address = reverse("assessments:over-time", args=[process.code])
    outside, inside = Client(), Client()
    inside.force_login(organiser)
    assert "Promise CR1a" in outside.get(address).content.decode()
    assert "Promise CR1b" not in outside.get(address).content.decode()
    assert "Promise CR1b" in inside.get(address).content.decode()


# --- Files ---------------------------------------------------------------------------------------------------------


def test_the_picture_as_a_file(client: Client, organiser: User) -> None:
    process = process_with(organiser, [1, 2, 3])
    svg = client.get(reverse("assessments:over-time-picture", args=[process.code, "svg"])).content.decode()
    assert "Northvale over time" in svg
    assert svg.count("pic-time") == 2  # two lines of the one attribute that was answered
    assert client.get(reverse("assessments:over-time-picture", args=[process.code, "gif"])).status_code == 404


@pytest.mark.parametrize("name", ["rounds", "changes", "items", "actions", "groups"])
def test_tables_as_files(client: Client, organiser: User, name: str) -> None:
    process = process_with(organiser, [1, 2])
    promised(process, "CR1a")
    response = client.get(reverse("assessments:over-time-table", args=[process.code, name, "csv"]))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    lines = response.content.decode().strip().splitlines()
    assert len(lines) > 1 or name == "groups"


def test_all_tables_in_a_workbook_and_the_document(client: Client, organiser: User) -> None:
    process = process_with(organiser, [1, 2])
    assert client.get(reverse("assessments:over-time-table", args=[process.code, "all", "xlsx"])).status_code == 200
    assert client.get(reverse("assessments:over-time-table", args=[process.code, "none", "csv"])).status_code == 404
    data = client.get(reverse("assessments:over-time-data", args=[process.code])).content
    assert OverTimeDocument.model_validate(json.loads(data)).process_code == process.code


def test_a_report_is_asked_for_once(client: Client, organiser: User) -> None:
    process = process_with(organiser, [1, 2])
    address = reverse("assessments:over-time-report", args=[process.code])
    assert client.post(address, {"paper": "Letter"}).status_code == 302
    assert client.post(address, {"paper": "Letter"}).status_code == 302
    (report,) = Report.objects.filter(kind="over_time")
    assert (report.paper, report.readers, report.result_number) == ("Letter", "members", None)
    assert report.assessments.count() == 2
    assert "Over time" in page_of(client, process)
    detail = client.get(reverse("assessments:report-detail", args=[report.code])).content.decode()
    assert reverse("assessments:over-time", args=[process.code]) in detail


def test_without_two_rounds_there_is_no_report(client: Client, organiser: User) -> None:
    process = process_with(organiser, [1])
    response = client.post(reverse("assessments:over-time-report", args=[process.code]), follow=True)
    assert "There are no two submitted rounds of this process" in plain(response.content.decode())
    assert not Report.objects.exists()


# --- How much it takes ---------------------------------------------------------------------------------------------


def test_queries_do_not_grow_with_rounds(client: Client, organiser: User) -> None:
    def count(rounds: int) -> int:
        process = process_with(organiser, [number % 3 for number in range(rounds)])
        promised(process, "CR1a")
        with CaptureQueriesContext(connection) as queries:
            page_of(client, process)
        return len(queries)

    count(2)
    assert count(2) == count(3) == count(9)
