"""Last time's answer and actions appear once the new answer is saved, and never before; what differs asks why."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.models import Action, Answer, AnswerVersion, Assessment
from assessments.results.build import build_document
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import AssessmentState
from attributes.catalogue.published import catalogue_of
from attributes.loading import store_spec
from msgov.accounts.models import User
from tests import builders
from tests.builders.question_pages import address, autosave, form_of, send

pytestmark = pytest.mark.django_db

THEN = "Said in the first year."


@pytest.fixture
def second(assessment: Assessment) -> Assessment:
    """A second round of the process, after one in which two items were answered."""
    builders.answer(assessment, "IT1a", 2, evidence_text=THEN, comment="A remark of then.")
    Assessment.objects.filter(pk=assessment.pk).update(state=AssessmentState.SUBMITTED, round=1)
    Action.objects.create(
        assessment=assessment, item="IT1a", text="Invite newcomers", state="done", happened="Two meetings were held."
    )
    return builders.assessment(assessment.process, round=2)


def html_of(client: Client, assessment: Assessment, question: str = "IT1") -> str:
    return client.get(address(assessment, question)).content.decode()


def test_nothing_of_last_time_is_on_the_page_before_the_answer_is_saved(
    as_organiser: Client, second: Assessment
) -> None:
    html = html_of(as_organiser, second)
    assert not any(said in html for said in (THEN, "A remark of then.", "Invite newcomers", "Last time", "IT1a-moved"))
    form = form_of(as_organiser, second, "IT1")
    form.fields["IT1a-comment"] = "Only a remark, no level yet."
    assert THEN not in autosave(as_organiser, form).content.decode()
    assert THEN not in html_of(as_organiser, second)


def test_it_is_shown_with_what_was_planned_and_done(as_organiser: Client, second: Assessment) -> None:
    form = form_of(as_organiser, second, "IT1")
    form.fields["IT1a-answer"] = "2"
    send(as_organiser, form)
    html = html_of(as_organiser, second)
    assert "Last time: Largely achieved" in html
    assert THEN in html
    assert re.search(r"Planned then:\s*<bdi>Invite newcomers</bdi>\s*\(Done\)", html)
    assert "Two meetings were held." in html
    assert "IT1a-moved" not in html  # it is the same


def test_autosave_brings_it_and_does_not_draw_it_again_while_somebody_types(
    as_organiser: Client, second: Assessment
) -> None:
    form = form_of(as_organiser, second, "IT1")
    form.fields["IT1a-answer"] = "1"
    saved = autosave(as_organiser, form).content.decode()
    assert 'id="IT1a-last-time" hx-swap-oob="true"' in saved
    assert "Last time: Largely achieved" in saved
    assert 'name="IT1a-moved"' in saved
    form.fields |= {"IT1a-version": "1", "IT1a-last": "differs", "IT1a-moved": "Fewer came."}
    again = autosave(as_organiser, form)
    assert "IT1a-last-time" not in again.content.decode()
    assert Answer.objects.get(response__assessment=second, item__code="IT1a").moved_because == "Fewer came."
    form.fields |= {"IT1a-version": "2", "IT1a-answer": "2"}
    assert 'id="IT1a-last-time" hx-swap-oob="true"' in autosave(as_organiser, form).content.decode()


def test_reason_is_asked_where_it_differs_kept_and_frozen(
    as_organiser: Client, second: Assessment, organiser: User
) -> None:
    form = form_of(as_organiser, second, "IT1")
    form.fields["IT1a-answer"] = "3"
    send(as_organiser, form)
    form = form_of(as_organiser, second, "IT1")
    assert form.fields["IT1a-moved"] == ""
    form.fields["IT1a-moved"] = "The new charter opens it to all."
    assert send(as_organiser, form, "continue").status_code == 302
    entry = AnswerVersion.objects.filter(answer__response__assessment=second).latest("pk")
    assert entry.moved_because == "The new charter opens it to all."
    assert build_document(second).items()["IT1a"].moved_because == "The new charter opens it to all."
    # Nobody has to give one.
    form = form_of(as_organiser, second, "IT1")
    form.fields["IT1a-moved"] = ""
    assert send(as_organiser, form, "continue").status_code == 302
    submit_assessment(assessment=second, user=organiser)
    assert "moved_because" not in second.results.get().document["attributes"][0]["questions"][0]["items"][0]


def test_list_is_shown_when_every_line_is_answered(as_organiser: Client, second: Assessment) -> None:
    first = Assessment.objects.get(process=second.process, round=1)
    item = builders.items().items["IT4b"]
    lines = {option.key: {"state": "yes"} for option in item.options}
    builders.answer(first, "IT4b", value={"options": lines}, comment="The list of then.")
    form = form_of(as_organiser, second, "IT4")
    keys = [option.key for option in item.options]
    form.fields[f"IT4b-{keys[0]}-state"] = "yes"
    send(as_organiser, form)
    assert "The list of then." not in html_of(as_organiser, second, "IT4")
    form = form_of(as_organiser, second, "IT4")
    for key in keys:
        form.fields[f"IT4b-{key}-state"] = "no"
    send(as_organiser, form)
    html = html_of(as_organiser, second, "IT4")
    assert "The list of then." in html
    assert 'name="IT4b-moved"' in html


def queries_of(client: Client, assessment: Assessment) -> list[str]:
    html_of(client, assessment)
    with CaptureQueriesContext(connection) as queries:
        html_of(client, assessment)
    return [entry["sql"] for entry in queries]


def test_first_round_has_no_last_time_and_costs_no_query(as_organiser: Client, assessment: Assessment) -> None:
    builders.answer(assessment, "IT1a", 2)
    assert "Last time" not in html_of(as_organiser, assessment)
    # Session, person, assessment, answers, register, and the groups, which stand beside this question.
    asked = queries_of(as_organiser, assessment)
    assert len(asked) == 6, "\n".join(asked)
    assert not [sql for sql in asked if sql.startswith('SELECT "assessments_action"')]


def test_it_costs_a_query_for_answers_and_one_for_promises(as_organiser: Client, second: Assessment) -> None:
    builders.answer(second, "IT1a", 1)
    asked = queries_of(as_organiser, second)
    assert len(asked) == 8, "\n".join(asked)
    Action.objects.all().delete()
    asked = queries_of(as_organiser, second)
    assert len(asked) == 7, "\n".join(asked)
    assert "Last time" in html_of(as_organiser, second)


def test_a_save_costs_a_query_more_than_in_a_first_round(as_organiser: Client, second: Assessment) -> None:
    Action.objects.all().delete()
    builders.answer(second, "IT1a", 1)
    form = form_of(as_organiser, second, "IT1")
    form.fields["IT1a-comment"] = "A remark."
    autosave(as_organiser, form)
    form.fields["IT1a-comment"] = "Another remark."
    with CaptureQueriesContext(connection) as queries:
        autosave(as_organiser, form)
    sent = [entry["sql"] for entry in queries if not entry["sql"].startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))]
    assert len(sent) == 8, "\n".join(sent)


def test_a_round_before_of_another_version_of_the_questions_is_shown(as_organiser: Client, second: Assessment) -> None:
    first = Assessment.objects.get(process=second.process, round=1)
    newer = builders.shipped_spec().model_copy(update={"version": "9.9.9"})
    second.question_set = store_spec(newer)[0]
    second.save()
    items = [catalogue_of(each.question_set).items["IT1a"].pk for each in (first, second)]
    assert items[0] != items[1]
    builders.answer(second, "IT1a", 1)
    html = html_of(as_organiser, second)
    assert ("Last time" in html, THEN in html) == (True, True)


def test_it_costs_the_same_for_any_number_of_answers(as_organiser: Client, second: Assessment) -> None:
    html_of(as_organiser, second)
    counts = []
    for code in ("IT1a", "IT1b"):
        if code in builders.items().items:
            builders.answer(second, code, 1)
        with CaptureQueriesContext(connection) as queries:
            html_of(as_organiser, second)
        counts.append(len(queries))
    assert counts[0] == counts[-1]
