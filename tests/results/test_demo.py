"""The demonstration: exact results of the case studies (TV13), and a second run that changes nothing."""

import datetime
import html
import json
import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from assessments.annual.build import annual_document
from assessments.demo.seeding import seed
from assessments.documents.panel import PanelDocument
from assessments.documents.result import ResultDocument
from assessments.models import Answer, AnswerVersion, Assessment, FrozenResult, Process, Wave, WaveSnapshot
from assessments.over_time.stored import stored_rounds
from assessments.results.both_tracks import read_together
from assessments.results.frozen import document_of, latest
from assessments.vocabulary import AssessmentState
from attributes.catalogue.published import catalogue_of
from attributes.documents.documents import nodes
from attributes.models import Draft
from attributes.versions.services import publishing
from msgov.accounts.models import User
from tests.builders.demonstration import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.everywhere]

# Coverage, status, score, letter, low, high, critical items open.
EXPECTED: dict[str, dict[str, tuple[Any, ...]]] = {
    "demo-iana-1": {
        "IT": ("0", "withheld", None, None, "0.0", "100.0", ["IT1a", "IT5a"]),
        "CR": ("0", "withheld", None, None, "0.0", "100.0", ["CR1a"]),
        "ED": ("0", "withheld", None, None, "0.0", "100.0", ["ED1a", "ED3a"]),
        "CO": ("0", "withheld", None, None, "0.0", "100.0", ["CO1a"]),
    },
    "demo-oecd-1": {
        "IT": ("0", "withheld", None, None, "0.0", "100.0", ["IT1a", "IT5a"]),
        "CR": ("0", "withheld", None, None, "0.0", "100.0", ["CR1a"]),
        "ED": ("0", "withheld", None, None, "0.0", "100.0", ["ED1a", "ED3a"]),
        "CO": ("0", "withheld", None, None, "0.0", "100.0", ["CO1a"]),
    },
    "demo-net-1": {
        "IT": ("0", "withheld", None, None, "0.0", "100.0", ["IT1a", "IT5a"]),
        "CR": ("0", "withheld", None, None, "0.0", "100.0", ["CR1a"]),
        "ED": ("0", "withheld", None, None, "0.0", "100.0", ["ED1a", "ED3a"]),
        "CO": ("0", "withheld", None, None, "0.0", "100.0", ["CO1a"]),
    },
}
# Everything that the paper's words carry.
CODED = {
    "demo-iana-1": {"CO3c": None},
    "demo-oecd-1": {"IT3a": None, "IT3d": None},
    "demo-net-1": {},
}
SCREENERS = {
    "demo-iana-1": ("not_enough_answers", None),
    "demo-oecd-1": ("strong_fit", "7/8"),
    "demo-net-1": ("not_enough_answers", None),
}
GROUPS = {
    "demo-iana-1": [],
    "demo-oecd-1": ["Member countries", "Business", "Civil society", "Trade unions", "Internet technical community"],
    "demo-net-1": [],
}


@pytest.fixture(scope="module", autouse=True)
def demo(build_once: Callable[[Callable[[], object]], object]) -> None:
    """The demonstration, as `seed_demo` makes it."""
    build_once(demonstration)


def words(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def result(code: str) -> ResultDocument:
    frozen = latest(Assessment.objects.get(code=code))
    assert frozen is not None
    return document_of(frozen)


@pytest.mark.parametrize("code", EXPECTED)
def test_case_study_has_the_published_result(code: str) -> None:
    document = result(code)
    found = {
        attribute.code: (
            attribute.coverage.exact,
            attribute.status,
            attribute.score and attribute.score.printed,
            attribute.letter,
            attribute.low and attribute.low.printed,
            attribute.high and attribute.high.printed,
            attribute.critical_open,
        )
        for attribute in document.attributes
    }
    assert found == EXPECTED[code]
    share = document.screener.share
    assert (document.screener.verdict, share and share.exact) == SCREENERS[code]
    assert document.index is None
    assert document.process.is_example


@pytest.mark.parametrize("code", CODED)
def test_case_study_says_nothing_that_its_source_does_not(code: str) -> None:
    items = result(code).items().values()
    assert {item.code: item.level for item in items if item.state == "answered"} == CODED[code]
    for item in items:
        if item.code in CODED[code]:
            assert re.match(r"Lines \d+–\d+: “.+”\n", item.evidence_text), item.code
            assert item.evidence_text.partition("Source: ")[2].startswith("Internet Society, Internet Governance: Why")
        else:
            assert (item.state, item.evidence_text) == ("dont_know", "")
        assert item.comment


@pytest.mark.parametrize("code", CODED)
def test_case_study_has_days_of_its_own_and_was_answered_by_nobody(code: str) -> None:
    document = result(code)
    assert (document.assessment.started_on, document.assessment.submitted_on) == ("2026-11-29", "2026-11-29")
    assert document.assessment.submitted_by == ""
    assert document.process.groups == GROUPS[code]
    assert (document.steps.steps, document.steps.strengths, document.steps.all_full) == ([], [], False)
    assert {line.since for line in document.process.kind_changes} <= {"2026-11-29"}
    assessment = Assessment.objects.get(code=code)
    assert set(assessment.events.values_list("by", "by_name")) == {(None, "")}
    versions = AnswerVersion.objects.filter(answer__response__assessment=assessment)
    assert set(versions.values_list("user", flat=True)) == {None}
    assert {str(at.date()) for at in versions.values_list("at", flat=True)} == {"2026-11-29"}


@pytest.mark.parametrize("code", CODED)
def test_case_study_names_no_step_no_strength_and_no_organiser_on_its_page(code: str, client: Client) -> None:
    page = words(client.get(f"/assessments/{code}/results/"))
    assert "An example has no recommendations: nobody who runs the process was asked." in page
    assert "An example names no strengths" in page
    assert "Example, coded from one text; not a finding." in page
    assert "Olive Organiser" not in page
    assert "the organiser's own view" not in page


@pytest.mark.parametrize(("code", "role"), [("iana", True), ("oecd", False), ("net", False)])
def test_part_of_the_internet_society_is_named_where_the_paper_names_it(code: str, role: bool) -> None:
    texts = " ".join(item.evidence_text for item in result(f"demo-{code}-1").items().values())
    assert ("The Internet Society was among those who called for this process" in texts) is role
    assert "took part in or promoted" not in texts


# Status and letter of each attribute: with what is withheld above, every status that a score can have; letters that
# differ.
INVENTED = {
    "demo-northvale-1": {
        "IT": ("shown", "L-"), "CR": ("provisional", "P+"), "ED": ("provisional", "P+"), "CO": ("shown", "P-"),
    },
    "demo-northvale-2": {
        "IT": ("shown", "L+"), "CR": ("shown", "L+"), "ED": ("shown", "L-"), "CO": ("shown", "L-"),
    },
    "demo-southmere-1": {
        "IT": ("shown", "L+"), "CR": ("shown", "P+"), "ED": ("shown", "L-"), "CO": ("shown", "P+"),
    },
}  # fmt: skip


@pytest.mark.parametrize("code", INVENTED)
def test_invented_processes_show_every_state(code: str) -> None:
    document = result(code)
    assert {found.code: (found.status, found.letter) for found in document.attributes} == INVENTED[code]
    assert document.process.is_invented
    assert document.assessment.submitted_by == "Olive Organiser"


def test_two_years_of_the_invented_process_are_told_without_a_gap() -> None:
    """Both rounds can be laid side by side, what moved says why, and what was promised has its fate or a new day."""
    last, now = (Assessment.objects.get(code=f"demo-northvale-{number}") for number in (1, 2))
    day = datetime.date.fromisoformat(str(result(now.code).assessment.submitted_on))
    page = annual_document(now, result(now.code), public_only=True, today=day)
    assert page.before is not None
    assert [entry.why for entry in page.before.attributes] == [None] * 4
    assert page.asked_then is not None
    assert any(letters.then and letters.then != letters.now for group in page.groups for letters in group.letters)
    assert [(action.state, bool(action.happened), bool(action.reason)) for action in page.promised.shown] == [
        ("done", True, False),
        ("open", True, False),
        ("dropped", False, True),
    ]
    assert (page.promised.late, page.promises.late) == (1, 0)
    rounds = stored_rounds(now.process, public_only=True).document()
    assert rounds is not None
    (pair,) = rounds.steps
    moved = {item.item for entry in pair.attributes for item in entry.moved}
    assert moved == {note.item for note in rounds.notes if note.reason and note.item in moved}
    wave = Wave.objects.get(assessment=last)
    assert wave.closed_on is not None
    assert last.submitted_at is not None
    assert last.created_at.date() <= wave.opened_on < wave.closed_on < last.submitted_at.date()  # type: ignore[operator]


def test_invented_process_puts_a_contradiction_right_and_gets_better() -> None:
    before, after = result("demo-northvale-1"), result("demo-northvale-2")
    assert [(found.rule, found.b.item) for found in before.contradictions] == [("X5", "IT3c")]
    assert (after.contradictions, after.items()["IT3c"].level) == ([], 1)
    for old, new in zip(before.attributes, after.attributes, strict=True):
        assert new.score
        assert old.score is None or old.score.number < new.score.number
    assert {item.kind for item in after.items().values()} == {
        "rating", "coverage_checklist", "barrier_checklist", "justified_yes_no", "diagnosis_checklist", "open_text",
    }  # fmt: skip
    assert (after.unknown, after.not_applicable) == (["CO1d"], ["IT5c"])
    states = dict(Assessment.objects.filter(process__code="demo-northvale").values_list("round", "state"))
    assert states == {1: AssessmentState.SUPERSEDED, 2: AssessmentState.SUBMITTED}


def test_evidence_of_the_invented_process_was_opened_in_part() -> None:
    document = result("demo-northvale-2")
    items = document.items()
    opened = {code for code, item in items.items() if item.opened_on}
    assert opened == {"IT1a", "IT3b", "IT5b", "CR1a"}
    assert (document.transparency.full, document.transparency.opened) == (17, 4)
    capped = {code: item.capped_because for code, item in items.items() if item.capped_because}
    reasons = {"ED3a": "not_opened", "ED4b": "nothing_given", "IT4b": "only_described"}
    assert capped == reasons
    # Opened, and found not to show it.
    assert [mark.shows for mark in items["CO1a"].openings] == [False]
    assert items["CO1a"].grade == "E1"


def test_stakeholders_of_the_invented_process_see_some_things_differently() -> None:
    frozen = Assessment.objects.get(code="demo-northvale-2")
    panel = PanelDocument.model_validate(WaveSnapshot.objects.get(wave__assessment=frozen).document)
    joint = read_together(result("demo-northvale-2"), panel)
    assert joint is not None
    assert set(joint.blind_spots) == {"IT1a", "CR1a", "CO2a"}
    assert set(joint.hidden_strengths) == {"IT3c", "ED4b"}
    assert {"divided", "may_be_divided", "differing", "aligned"} == {item.verdict for item in panel.items}


def test_second_invented_process_is_a_dialogue_with_a_panel() -> None:
    document = result("demo-southmere-1")
    assert document.process.kind == "dialogues"
    assert document.by_kind == ["ED2a", "ED4a", "ED4c", "ED4d"]
    assert document.kept == []
    panel = WaveSnapshot.objects.get(wave__assessment__code="demo-southmere-1")
    asked = {item["code"] for item in panel.document["items"]}
    assert not asked & set(document.by_kind)


def test_every_answer_of_the_demo_counts_as_it_was_meant() -> None:
    """No level is lost to a reason or a text that is missing."""
    for answer in Answer.objects.select_related("item"):
        if answer.state == "not_applicable":
            assert catalogue_of(answer.item.question_set).items[answer.item.code].na_allowed
            assert answer.not_applicable_reason
    assert result("demo-northvale-2").items()["IT2b"].share_known.exact == "1"  # type: ignore[union-attr]
    assert result("demo-northvale-2").items()["IT3b"].share_known.exact == "1"  # type: ignore[union-attr]


def test_a_coming_version_is_begun_and_ready_for_review() -> None:
    draft = Draft.objects.get()
    found = publishing.review_of(draft)
    assert (found.version, found.problems, str(draft.created_by)) == ("1.1.0", [], "Edda Editor")
    assert found.verdict is not None
    assert found.verdict.raised == {"IT1a"}
    assert nodes(draft.content, "question")[0]["verbatim"]["fr"].startswith("Les personnes")
    split = {row["code"]: row.get("replaces") for row in nodes(draft.content, "item") if row.get("replaces")}
    assert split == {"CO1e": ["CO1b"], "CO1f": ["CO1b"]}
    assert draft.changelog.startswith("- IT1a in plainer words")


def test_discarded_draft_does_not_come_back() -> None:
    Draft.objects.all().delete()
    seed(password="demo")
    assert not Draft.objects.exists()


def test_second_run_adds_nothing_and_keeps_what_people_changed() -> None:
    Process.objects.filter(code="demo-iana").update(name="Renamed")
    User.objects.filter(email="organiser@example.org").update(name="Somebody else")
    counts = [model.objects.count() for model in (Process, Assessment, Answer, FrozenResult, User)]
    assert seed(password="other") == []
    assert [model.objects.count() for model in (Process, Assessment, Answer, FrozenResult, User)] == counts
    assert Process.objects.get(code="demo-iana").name == "Renamed"
    organiser = User.objects.get(email="organiser@example.org")
    assert organiser.name == "Somebody else"
    assert organiser.check_password("demo")


def test_deleted_demo_process_comes_back_alone() -> None:
    Answer.objects.filter(response__assessment__process__code="demo-net").delete()
    Process.objects.get(code="demo-net").delete()
    assert [process.code for process in seed(password="demo")] == ["demo-net"]


def test_assessments_are_listed_for_programs() -> None:
    out = StringIO()
    call_command("list_assessments", json=True, stdout=out)
    rows = {row["code"]: row for row in json.loads(out.getvalue())}
    assert rows["demo-northvale-1"]["state"] == "superseded"
    assert rows["demo-oecd-1"]["question_set"] == "isoc-multistakeholder-attributes 1.0.0"
    lines = StringIO()
    call_command("list_assessments", stdout=lines)
    assert "demo-iana-1\tIANA transition\tround 1\tsubmitted\t" in lines.getvalue()
