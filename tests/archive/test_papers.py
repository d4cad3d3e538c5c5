"""What stands on papers goes into an archive and comes back whole."""

import base64
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.actions.services.actions import add_action, drop_action, finish_action
from assessments.actions.services.decisions import save_decision
from assessments.archive.reading import ArchiveError, read_archive
from assessments.archive.schema import Archive
from assessments.archive.services import export_archive, import_archive
from assessments.archive.writing import archive_bytes
from assessments.models import Action, AnnualPage, BoardPaper, Brand, Decision
from assessments.reports.papers import save_board_paper, save_brand
from tests import builders
from tests.archive.given import filled
from tests.reports.test_papers import NOTHING, png

pytestmark = pytest.mark.django_db

DECIDED = {"body": "The board", "decided_on": date(2026, 3, 1), "decision": "Agreed.", "comment": "With thanks."}
ASKED = {"text": "Ask", "owner": "Ann", "due": date(2027, 1, 31), "known_by": "They say so", "is_public": True}


@pytest.fixture
def archive() -> Archive:
    assessment, user = filled(submitted=True), builders.user()
    save_board_paper(
        assessment=assessment,
        user=user,
        version=0,
        fields={**NOTHING, "decision": "confirm", "commissioned_by": "The board"},
    )
    add_action(assessment=assessment, user=user, item="IT1a", fields=ASKED)
    add_action(assessment=assessment, user=user, item="CR1a", fields={"text": "Show"})
    done, dropped = (add_action(assessment=assessment, user=user, fields={"text": name}) for name in ("Write", "Wait"))
    finish_action(action=done, user=user, version=1, happened="It was written.", closed_on=date(2026, 1, 31))
    drop_action(action=dropped, user=user, version=1, reason="Nobody waits.", closed_on=date(2026, 2, 1))
    save_decision(assessment=assessment, user=user, version=0, fields=DECIDED)
    AnnualPage.objects.create(assessment=assessment, title="The year", year="2025/26", left_out=[done.code])
    save_brand(
        process=assessment.process,
        user=user,
        name="Secretariat",
        colour="#0a5c36",
        logo=SimpleUploadedFile("logo.png", png()),
    )
    return export_archive(assessment=assessment)


def test_nothing_of_it_is_lost(archive: Archive) -> None:
    imported = import_archive(archive=archive)
    assert BoardPaper.objects.get(assessment=imported).commissioned_by == "The board"
    rows = Action.objects.filter(assessment=imported).values_list("item", "text", "owner", "due")
    assert list(rows)[:2] == [("IT1a", "Ask", "Ann", date(2027, 1, 31)), ("CR1a", "Show", "", None)]
    asked, _show, done, dropped = Action.objects.filter(assessment=imported)
    assert (asked.known_by, asked.is_public, asked.state) == ("They say so", True, "open")
    assert (done.happened, done.closed_on) == ("It was written.", date(2026, 1, 31))
    assert (dropped.state, dropped.reason) == ("dropped", "Nobody waits.")
    assert list(dropped.events.values_list("kind", "note")) == [("made", ""), ("dropped", "Nobody waits.")]
    assert not any(action.never_shown for action in (asked, done, dropped))
    assert Decision.objects.get(assessment=imported).comment == "With thanks."
    annual = AnnualPage.objects.get(assessment=imported)
    assert (annual.title, annual.year, annual.left_out) == ("The year", "2025/26", [done.code])
    assert Brand.objects.get(process=imported.process).colour == "#0a5c36"
    assert archive_bytes(export_archive(assessment=imported)) == archive_bytes(archive)


NO_PICTURE = base64.b64encode(b"<svg/>").decode()


@pytest.mark.parametrize("change", [{"colour": "#ffff00"}, {"logo": NO_PICTURE}, {"logo": "?"}])
def test_a_look_that_the_page_would_refuse_is_refused(archive: Archive, change: dict[str, str]) -> None:
    assert archive.process.brand is not None
    process = archive.process.model_copy(update={"brand": archive.process.brand.model_copy(update=change)})
    with pytest.raises(ArchiveError):
        import_archive(archive=archive.model_copy(update={"process": process}))


@pytest.mark.parametrize(
    "change",
    [
        {"state": "done"},
        {"reason": "Said of an open one"},
        {"item": "", "text": ""},
        {"state": "done", "happened": "Before its time", "closed_on": "2126-01-01"},
    ],
)
def test_what_cannot_have_become_of_an_action_is_refused(archive: Archive, change: dict[str, str]) -> None:
    content = archive.model_dump(mode="json")
    content["assessment"]["board"]["actions"][0] |= change
    with pytest.raises(ArchiveError):
        import_archive(archive=read_archive(json.dumps(content).encode()))


def test_archives_without_papers_stay_what_they_were() -> None:
    content = archive_bytes(export_archive(assessment=filled(submitted=True))).decode()
    assert '"board"' not in content
    assert '"brand"' not in content


def test_an_annual_page_that_leaves_out_what_is_not_there_is_refused(archive: Archive) -> None:
    content = json.loads(archive_bytes(archive))
    content["assessment"]["board"]["annual"]["left_out"] = [4]
    with pytest.raises(ArchiveError, match="leaves out an action that is not there"):
        read_archive(json.dumps(content).encode())
