"""migrate_assessment: what it prints, what it does, and how it refuses."""

import io

import pytest
from django.core.management import CommandError, call_command

from assessments.models import Assessment
from assessments.rounds.services.submission import submit_assessment
from attributes.models import QuestionSet
from msgov.accounts.models import User
from tests.moving import snapshots

pytestmark = pytest.mark.django_db


def run(code: str, *arguments: str) -> list[str]:
    out = io.StringIO()
    call_command("migrate_assessment", code, *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_a_dry_run_prints_what_would_become_of_each_answer(filled: Assessment, newer: QuestionSet) -> None:
    before = snapshots.rows(filled, filled.question_set)
    lines = run(filled.code, "--to", "1.1.0", "--dry-run")
    rows = {line.split("\t")[1]: line for line in lines[:-1]}
    assert rows["IT1a"] == "reworded\tIT1a\t\ttake\tanswered → answered"
    assert rows["ED2b"] == "split\tED2b\tED2a\twords\tanswered → unanswered"
    assert rows["CO4c"] == "merged\tCO4c\tCO4a+CO4b\ttake\tanswered+answered → answered"
    assert rows["CO3d"] == "new\tCO3d\t\t\tunanswered"
    assert rows["CR1d"] == "gone\tCR1d\t\tleft behind\tanswered"
    assert "“Not applicable” is no longer possible" in rows["IT3c"]
    counts = "27 same, 4 reworded, 2 split, 2 merged, 1 new, 1 gone"
    assert lines[-1] == f"{filled.code} would be moved from 1.0.0 to 1.1.0: {counts}"
    filled.refresh_from_db()
    assert filled.question_set.version == "1.0.0"
    assert snapshots.rows(filled, filled.question_set) == before
    assert snapshots.contents(filled, newer) == {}


def test_it_moves_with_the_proposals(filled: Assessment, newer: QuestionSet) -> None:
    lines = run(filled.code, "--to", "1.1.0")
    assert lines[-1].startswith(f"{filled.code} moved from 1.0.0 to 1.1.0: 27 same")
    filled.refresh_from_db()
    assert filled.question_set == newer
    assert snapshots.contents(filled, newer)["CO4c"][0] == "answered"
    move = filled.moves.get()
    assert (move.by, move.by_name) == (None, "")


def test_it_says_what_it_cannot_do(filled: Assessment, organiser: User, newer: QuestionSet) -> None:
    with pytest.raises(CommandError, match=r"There is no assessment nosuchcode\."):
        run("nosuchcode", "--to", "1.1.0")
    with pytest.raises(CommandError, match=r"1\.0\.0 is not a published version after .* There are: 1\.1\.0\."):
        run(filled.code, "--to", "1.0.0")
    submit_assessment(assessment=filled, user=organiser)
    with pytest.raises(CommandError, match="is submitted: reopen it before you move it"):
        run(filled.code, "--to", "1.1.0", "--dry-run")
