"""The pages of actions and decisions, and where their readers meet what was promised."""

import html
import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pytest_django import DjangoAssertNumQueries

from assessments.actions.page import listed, steps_to_take
from assessments.actions.services import actions
from assessments.actions.services.decisions import save_decision
from assessments.documents.report import ReportDocument
from assessments.models import Action, Assessment, Decision, FrozenResult, Process, Report
from assessments.reports.content import report_on
from assessments.reports.docx import board_docx
from assessments.reports.full import action_rows
from assessments.reports.services import request_report
from assessments.vocabulary import ReportKind, Visibility
from msgov.accounts.models import User
from tests import builders
from tests.actions.conftest import ClientFor

pytestmark = pytest.mark.django_db
DECIDED = {"body": "The board", "decided_on": date(2026, 1, 31), "decision": "Agreed to all.", "comment": "Thanks."}


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def address(name: str, assessment: Assessment, *more: str) -> str:
    return reverse(f"assessments:{name}", args=[assessment.code, *more])


def test_page_says_first_what_is_late(round_one: Assessment, own: Client) -> None:
    page = address("actions", round_one)
    assert "Nothing has been promised yet." in text_of(own.get(page).text)
    Action.objects.create(assessment=round_one, text="Ask the villages", due=timezone.localdate() - timedelta(days=3))
    Action.objects.create(assessment=round_one, text="Write", state="done", happened="Written.", closed_on="2026-01-31")
    shown = text_of(own.get(page).text)
    assert "1 action is late. Late: 1 Done: 1 Ask the villages , by" in shown
    assert "What happened Written. (31 January 2026)" in shown


def test_steps_are_taken_with_one_press_each_and_the_first_at_once(round_one: Assessment, own: Client) -> None:
    page = own.get(address("actions", round_one))
    left = steps_to_take(round_one, listed(round_one))
    assert left is not None
    first = [step.item.code for step in left.first]
    assert len(first) == 3
    assert "Make these 3 steps actions" in text_of(page.text)
    assert re.findall(r'type="hidden" name="step" value="([^"]*)"', page.text) == first
    own.post(address("actions-take", round_one), {"step": first[1]})
    assert [row.item for row in Action.objects.all()] == [first[1]]
    own.post(address("actions-take", round_one), {"step": first})
    assert {row.item for row in Action.objects.all()} == set(first)
    again = own.post(address("actions-take", round_one), {"step": first}, follow=True)
    assert "among the actions already" in text_of(again.text)
    other = left.others[0].item.code
    assert own.get(address("actions-add", round_one), {"step": "none"}).status_code == 404
    own.post(f"{address('actions-add', round_one)}?step={other}", {"version": "0", "owner": "Ann", "due": "2027-01-31"})
    made = Action.objects.get(item=other)
    assert (made.owner, made.due, made.text) == ("Ann", date(2027, 1, 31), "")


def test_where_no_step_is_left_the_page_says_whether_there_were_any(round_one: Assessment, own: Client) -> None:
    left = steps_to_take(round_one, listed(round_one))
    assert left is not None
    own.post(address("actions-take", round_one), {"step": [step.item.code for step in [*left.first, *left.others]]})
    assert "Every step is among the actions." in text_of(own.get(address("actions", round_one)).text)
    result = FrozenResult.objects.get()
    FrozenResult.objects.update(document={**result.document, "steps": {**result.document["steps"], "steps": []}})
    page = text_of(own.get(address("actions", round_one)).text)
    assert "The result proposes no step." in page
    assert "Every step" not in page


def test_what_cannot_be_taken_is_given_back(round_one: Assessment, own: Client) -> None:
    wrong = own.post(address("actions-add", round_one), {"version": "0", "owner": "Ann", "due": "1026-01-01"})
    assert wrong.status_code == 422
    assert "Give a day from this century." in wrong.text
    empty = own.post(address("actions-add", round_one), {"version": "0", "owner": "Ann"})
    assert empty.status_code == 422
    assert "Say what will be done." in empty.text
    assert 'value="Ann"' in empty.text
    assert not Action.objects.exists()


def test_slower_writer_keeps_what_they_typed(round_one: Assessment, own: Client) -> None:
    action = Action.objects.create(assessment=round_one, text="Ask")
    edit = address("action-edit", round_one, action.code)
    own.post(edit, {"version": "1", "text": "Ask them"})
    slower = own.post(edit, {"version": "1", "text": "Ask all"})
    assert slower.status_code == 422
    assert "Somebody else changed this action" in slower.text
    assert 'value="Ask all"' in slower.text
    assert 'name="version" value="2"' in slower.text
    done = own.post(address("action-done", round_one, action.code), {"version": "1", "happened": "All were asked."})
    assert done.status_code == 422
    assert "All were asked." in done.text


def test_an_action_lives_through_its_pages(round_one: Assessment, own: Client) -> None:
    own.post(address("actions-add", round_one), {"version": "0", "text": "Ask", "is_public": "on"})
    action = Action.objects.get()
    assert action.is_public
    drop = address("action-drop", round_one, action.code)
    assert own.post(drop, {"version": "1", "closed_on": "2026-01-31"}).status_code == 422
    own.post(drop, {"version": "1", "closed_on": "2026-01-31", "reason": "No money"})
    own.post(address("action-reopen", round_one, action.code))
    own.post(address("action-done", round_one, action.code), {
        "version": "3", "closed_on": "2026-02-01", "happened": "Asked.",
    })  # fmt: skip
    own.post(address("action-public", round_one, action.code), {"public": "0"})
    action.refresh_from_db()
    assert (action.state, action.happened, action.is_public) == ("done", "Asked.", False)
    shown = text_of(own.get(address("actions", round_one)).text)
    assert "Entered, Ada Lovelace" in shown
    assert "Dropped, Ada Lovelace No money" in shown
    # It was public: it is not deleted.
    refused = own.get(address("action-delete", round_one, action.code), follow=True)
    assert "Drop it, and say why" in text_of(refused.text)


def test_what_was_never_shown_is_deleted_after_a_question(round_one: Assessment, own: Client) -> None:
    action = Action.objects.create(assessment=round_one, text="By mistake")
    delete = address("action-delete", round_one, action.code)
    assert delete in own.get(address("actions", round_one)).text
    assert "It was never public and stood in no paper." in text_of(own.get(delete).text)
    assert Action.objects.exists()
    own.post(delete)
    assert not Action.objects.exists()


def test_an_action_is_found_only_with_its_own_round(round_one: Assessment, own: Client) -> None:
    action = Action.objects.create(assessment=round_one, text="Ask")
    other = builders.assessment(round_one.process)
    assert own.get(address("action-edit", other, action.code)).status_code == 404


def test_actions_of_all_rounds_begin_with_what_is_open_from_earlier_ones(
    round_one: Assessment, own: Client, organiser: User
) -> None:
    page = reverse("assessments:process-actions", args=[round_one.process.code])
    left = Action.objects.create(assessment=round_one, text="Left open")
    Action.objects.create(assessment=round_one, text="Closed", state="done", happened="Yes.", closed_on="2026-01-31")
    assert "Open from earlier rounds" not in own.get(page).text
    draft = builders.assessment(round_one.process)
    Action.objects.create(assessment=draft, text="New")
    shown = text_of(own.get(page).text)
    assert re.search(r"Open from earlier rounds.*Left open.*Round 2.*New.*Round 1.*Closed", shown)
    carry = address("action-carry", round_one, left.code)
    assert "no day" in text_of(own.get(carry).text)
    assert "Give a new day." in text_of(own.post(carry).text)
    assert "Choose a day that is not over." in text_of(own.post(carry, {"due": "2020-01-31"}).text)
    assert not Action.objects.filter(carried_from=left).exists()
    carried = own.post(carry, {"due": "2099-01-31"})
    later = Action.objects.get(carried_from=left)
    assert (carried.url, later.due) == (f"{address('actions', draft)}#{later.code}", date(2099, 1, 31))
    shown = text_of(own.get(page).text)
    assert "Open from earlier rounds" not in shown
    assert "Carried over from round 1" in shown
    assert "Goes on in round 2" in shown


def test_reviewers_read_actions_but_not_those_of_a_draft(round_one: Assessment, client_for: ClientFor) -> None:
    draft = builders.assessment(round_one.process)
    Action.objects.create(assessment=round_one, text="Promised")
    Action.objects.create(assessment=draft, text="Of the draft")
    reviewer = builders.user("rui@example.org")
    builders.member(round_one.process, reviewer, "reviewer")
    shown = client_for(reviewer).get(reverse("assessments:process-actions", args=[round_one.process.code])).text
    assert "Promised" in shown
    assert "Of the draft" not in shown
    assert "Drop" not in shown


def test_decision_stands_on_page_results_and_papers(round_one: Assessment, own: Client, organiser: User) -> None:
    page = address("decision", round_one)
    wrong = own.post(page, {"version": "0", "body": "The board", "decision": "Agreed to all."})
    assert wrong.status_code == 422
    assert "Agreed to all." in wrong.text
    own.post(page, {"version": "0", **DECIDED})
    assert Decision.objects.get().entered_by == organiser
    shown = text_of(own.get(address("actions", round_one)).text)
    assert "Agreed to all. The board , 31 January 2026 Comment on the result Thanks. Entered by Ada Lovelace" in shown
    results = text_of(own.get(address("assessment-results", round_one)).text)
    assert "Agreed to all. Decided by The board on 31 January 2026" in results
    report = report_on(round_one, kind=ReportKind.BOARD)
    assert report.board.decided is not None
    assert report.board.decided.comment == "Thanks."
    own.post(address("decision-remove", round_one))
    assert not Decision.objects.exists()


@pytest.fixture
def promised(round_one: Assessment, organiser: User) -> Assessment:
    for text, public in (("Open to all", True), ("Among ourselves", False)):
        fields = {"text": text, "is_public": public}
        actions.add_action(assessment=round_one, user=organiser, fields=fields)
    return round_one


@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.SIGNED_IN])
def test_readers_outside_see_public_actions_only(
    promised: Assessment, client_for: ClientFor, client: Client, own: Client, visibility: Visibility
) -> None:
    Process.objects.update(visibility=visibility)
    reader = client if visibility == Visibility.PUBLIC else client_for(builders.user())
    shown = reader.get(address("assessment-results", promised)).text
    assert "Open to all" in shown
    assert "Among ourselves" not in shown
    assert "Among ourselves" in own.get(address("assessment-results", promised)).text
    promised.refresh_from_db()
    for kind in (ReportKind.BOARD, ReportKind.FULL):
        report = report_on(Assessment.objects.get(pk=promised.pk), kind=kind)
        assert [part.text for part in report.board.actions] == ["Open to all"]
        assert "Among ourselves" not in report.model_dump_json()


def test_members_have_all_actions_in_their_papers(promised: Assessment) -> None:
    report = report_on(promised, kind=ReportKind.FULL)
    assert [(row.name, row.fate) for row in action_rows(report)] == [
        ("Open to all", "Open"),
        ("Among ourselves", "Open"),
    ]


def test_what_stands_in_a_paper_is_not_deleted_any_more(
    round_one: Assessment, organiser: User, quick: list[str]
) -> None:
    action = actions.add_action(assessment=round_one, user=organiser, fields={"text": "Ask"})
    request_report(assessment=round_one, user=organiser, language="en", kind=ReportKind.BOARD)
    action.refresh_from_db()
    assert not action.never_shown
    assert Report.objects.get().document["board"]["actions"][0]["text"] == "Ask"


def test_what_a_paper_for_outside_readers_leaves_out_can_still_be_deleted(
    round_one: Assessment, organiser: User, quick: list[str]
) -> None:
    Process.objects.update(visibility=Visibility.PUBLIC)
    fields = {"text": "Among ourselves", "is_public": False}
    action = actions.add_action(assessment=round_one, user=organiser, fields=fields)
    fresh = Assessment.objects.get(pk=round_one.pk)
    report = request_report(assessment=fresh, user=organiser, language="en", kind=ReportKind.BOARD)
    assert report.document["board"]["actions"] == []
    action.refresh_from_db()
    assert action.never_shown


def test_word_file_says_what_was_decided(round_one: Assessment, organiser: User) -> None:
    save_decision(assessment=round_one, user=organiser, version=0, fields=DECIDED)
    report: ReportDocument = report_on(round_one, kind=ReportKind.BOARD)
    words = [line.text for line in Document(BytesIO(board_docx(report, "en"))).paragraphs]
    at = words.index("What was decided")
    assert words[at + 1 : at + 4] == ["Agreed to all.", "The board, 31 January 2026", "Thanks."]
    assert "The board is asked to" not in words


def test_what_people_write_is_never_markup(round_one: Assessment, own: Client) -> None:
    bad = "<script>alert(1)</script>"
    Action.objects.create(assessment=round_one, text=bad, owner=bad, known_by=bad, due=date(2026, 1, 1))
    Decision.objects.create(assessment=round_one, body=bad, decision=bad, comment=bad, decided_on=date(2026, 1, 1))
    pages = [address(name, round_one) for name in ("actions", "assessment-results", "decision")]
    pages += [reverse("assessments:own-actions"), reverse("assessments:process-actions", args=[round_one.process.code])]
    for page in pages:
        assert "<script>alert" not in own.get(page).text


@pytest.mark.parametrize("count", [1, 6])
@pytest.mark.parametrize(("name", "queries"), [("actions", 8), ("process", 6)])
def test_pages_take_the_same_queries_however_many_actions_there_are(
    count: int,
    name: str,
    queries: int,
    round_one: Assessment,
    organiser: User,
    own: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    later = builders.assessment(round_one.process)
    for _each in range(count):
        done = actions.add_action(assessment=round_one, user=organiser, fields={"text": "Ask"})
        actions.carry_over(action=done, user=organiser, due=None)
        other = actions.add_action(assessment=round_one, user=organiser, fields={}, item="IT1a")
        actions.drop_action(action=other, user=organiser, version=1, reason="No", closed_on=date(2026, 1, 31))
    page = address("actions", later)
    if name == "process":
        page = reverse("assessments:process-actions", args=[round_one.process.code])
    own.get(page)
    with django_assert_num_queries(queries):
        assert own.get(page).status_code == 200
