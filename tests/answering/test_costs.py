"""Queries and bytes: constant in the number of answers, files, questions and processes."""

import gzip
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment, EvidenceFile
from assessments.rounds.views.hub import question_addresses
from assessments.vocabulary import Role
from msgov.accounts.models import User
from tests import builders
from tests.builders.question_pages import address, autosave, form_of

pytestmark = pytest.mark.django_db
TRANSACTION = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")


def queries(act: Callable[[], object]) -> list[str]:
    """How many statements `act` sends, those that only begin and end transactions left out."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return [entry["sql"] for entry in captured.captured_queries if not entry["sql"].startswith(TRANSACTION)]


def fill(assessment: Assessment, organiser: User, rows: int) -> None:
    """Give the assessment more of everything."""
    answers = builders.answers(assessment, {code: {} for code in list(builders.items().items)[: 10 * rows]})
    one = {"name": "a.txt", "file": "x", "size": 1, "content_type": "text/plain"}
    EvidenceFile.objects.bulk_create(
        EvidenceFile(response=answer.response, item_id=answer.item_id, **one) for answer in answers
    )
    for _ in range(rows):
        builders.member(assessment.process, builders.user(), Role.CONTRIBUTOR)
        builders.assessment(builders.process(organiser=organiser))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "limit"), [("assessment-hub", 12), ("assessment-check", 7), ("assessment-history", 9), ("question", 6)]
)
def test_pages_cost_a_constant_number_of_queries(
    as_organiser: Client, assessment: Assessment, organiser: User, rows: int, name: str, limit: int
) -> None:
    fill(assessment, organiser, rows)
    where = address(assessment, "IT2") if name == "question" else reverse(f"assessments:{name}", args=[assessment.code])
    as_organiser.get(where)  # warms the catalogue
    sent = queries(lambda: as_organiser.get(where))
    assert len(sent) <= limit, "\n".join(sent)


def test_the_addresses_of_all_questions_are_those_of_each(assessment: Assessment) -> None:
    """The list of questions does not look them up one by one."""
    catalogue = builders.items()
    found = question_addresses(assessment, catalogue)
    assert found == {question.code: address(assessment, question.code) for question in catalogue.questions}
    assert question_addresses(assessment, replace(catalogue, attributes=())) == {}


def test_no_page_reads_the_document_of_a_version_that_is_in_memory(
    as_organiser: Client, assessment: Assessment, organiser: User
) -> None:
    """It is large: a page that joins question sets leaves it out (`with_question_set`)."""
    fill(assessment, organiser, 1)
    names = ("assessment-hub", "assessment-check", "assessment-history", "assessment-results")
    pages = [reverse(f"assessments:{name}", args=[assessment.code]) for name in names]
    pages += [address(assessment, "IT2"), reverse("assessments:process-detail", args=[assessment.process.code])]
    pages += [reverse("assessments:compare"), reverse("assessments:process-list")]
    for page in pages:
        assert as_organiser.get(page).status_code == 200, page
        assert not [
            sql
            for sql in queries(lambda page=page: as_organiser.get(page))
            if '"attributes_questionset"."document"' in sql
        ], page


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("stored_before", [False, True])
def test_autosave_costs_at_most_eight_queries(
    as_organiser: Client, assessment: Assessment, organiser: User, rows: int, stored_before: bool
) -> None:
    fill(assessment, organiser, rows)
    form = form_of(as_organiser, assessment, "IT2")
    if stored_before:
        form.fields["IT2b-language-state"] = "partly"
        autosave(as_organiser, form)
    form.fields["IT2b-language-state"] = "mitigated"
    sent = queries(lambda: autosave(as_organiser, form))
    assert len(sent) <= 8, "\n".join(sent)


def test_autosave_of_a_first_answer(as_organiser: Client, assessment: Assessment) -> None:
    form = form_of(as_organiser, assessment, "IT4")
    form.fields["IT4b-inclusion-state"] = "yes"
    assert len(queries(lambda: autosave(as_organiser, form))) == 7


@pytest.mark.parametrize("has_files", [True, False])
def test_autosave_of_what_may_contradict_reads_the_other_answer(
    as_organiser: Client, assessment: Assessment, organiser: User, has_files: bool
) -> None:
    """And files where the assessment has any."""
    fill(assessment, organiser, int(has_files))
    form = form_of(as_organiser, assessment, "IT2")
    form.fields["IT2b-language-state"] = "mitigated"
    assert len(queries(lambda: autosave(as_organiser, form))) == 7 + has_files


@pytest.mark.parametrize("question", ["IT2", "IT3", "IT5", "ED4", "CO1"])
def test_question_page_weighs_at_most_15_kb(as_organiser: Client, assessment: Assessment, question: str) -> None:
    page = as_organiser.get(address(assessment, question)).content
    assert len(gzip.compress(page, 6)) <= 15_000
