"""What was frozen before a move stays as it is, to the byte; answers of other versions do not count."""

import io

import pytest
from django.core.management import call_command

from assessments.models import Assessment, FrozenResult
from assessments.moving.services import move_assessment, undo_move
from assessments.reports.html import render_html
from assessments.results.build import rows_of
from assessments.results.frozen import document_of
from assessments.rounds.services.submission import reopen_assessment, submit_assessment
from attributes.catalogue.published import catalogue_of
from attributes.models import QuestionSet
from msgov.accounts.models import User
from tests.builders.papers import paper
from tests.moving import snapshots

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def frozen(filled: Assessment, organiser: User, newer: QuestionSet) -> FrozenResult:
    """The result of 1.0.0, the assessment reopened since."""
    result = submit_assessment(assessment=filled, user=organiser)
    reopen_assessment(assessment=filled, user=organiser, reason="To move it")
    return result


def test_a_frozen_result_and_its_report_stay_identical_to_the_byte(
    filled: Assessment, organiser: User, newer: QuestionSet, frozen: FrozenResult
) -> None:
    before = FrozenResult.objects.filter(pk=frozen.pk).values().get()
    # Of which the same PDF is drawn, to the byte (tests/reports/test_render.py).
    html = render_html(paper(document_of(frozen)), "en")
    move_assessment(assessment=filled, user=organiser, to=newer)
    second = submit_assessment(assessment=filled, user=organiser)
    assert FrozenResult.objects.filter(pk=frozen.pk).values().get() == before
    kept = document_of(FrozenResult.objects.get(pk=frozen.pk))
    assert render_html(paper(kept), "en") == html
    assert (kept.question_set.version, document_of(second).question_set.version) == ("1.0.0", "1.1.0")
    assert (frozen.number, second.number) == (1, 2)
    out = io.StringIO()
    call_command("check_results", stdout=out)
    assert out.getvalue().endswith("2 results checked, 0 with differences.\n")


def test_answers_and_files_of_other_versions_do_not_count(
    filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    move_assessment(assessment=filled, user=organiser, to=newer)
    items = {item.pk for item in catalogue_of(newer).items.values()}
    rows = rows_of(filled)
    assert (len(rows.answers), len(rows.files)) == (9, 3)
    assert rows.answers.keys() | rows.files.keys() <= items
    undo_move(assessment=filled, user=organiser)
    assert len(rows_of(filled).answers) == 11


def test_the_result_as_it_stands_is_that_of_the_version_it_is_at(
    filled: Assessment, organiser: User, newer: QuestionSet
) -> None:
    before = snapshots.document(filled)
    move_assessment(assessment=filled, user=organiser, to=newer)
    moved = snapshots.document(filled)
    assert '"version":"1.1.0"' in moved
    assert '"CO4c"' in moved
    assert '"CO4a"' not in moved
    undo_move(assessment=filled, user=organiser)
    assert snapshots.document(filled) == before
