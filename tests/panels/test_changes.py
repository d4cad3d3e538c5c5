"""What is changed after a launch is written down, frozen with the result, and printed."""

from datetime import date

import pytest

from assessments.documents.panel import PanelDocument
from assessments.models import WaveGroup
from assessments.panels.rechecking import recheck_wave
from assessments.panels.services.changes import note_change
from assessments.panels.services.closing import close_and_freeze
from assessments.panels.services.waves import extend_wave
from assessments.results.panel_changes import changes_in, invited_since
from assessments.vocabulary import WaveChangeKind
from tests.builders.panels import in_days, open_wave, put_example

pytestmark = pytest.mark.django_db


def closed_with_changes() -> list[PanelDocument]:
    """The restricted and the public document of a wave in which a date was moved, people and a group were added."""
    wave = open_wave()
    group: WaveGroup = wave.groups.get(name="Academia")
    put_example(wave)
    user = wave.created_by
    assert user is not None
    user.name = "Ada Ito"
    user.save()
    extend_wave(wave=wave, user=user, closes_on=in_days(20), reason="The meeting was moved.")
    note_change(wave=wave, kind=WaveChangeKind.PEOPLE_ADDED, user=user, group=group, before=48, after=50)
    for _ in range(2):
        note_change(wave=wave, kind=WaveChangeKind.ADDRESS_CORRECTED, user=user, group=group)
    snapshot = close_and_freeze(wave=wave)
    assert snapshot is not None
    # Both follow from what is stored, changes included.
    assert recheck_wave([snapshot]) == [[]]
    return [PanelDocument.model_validate(stored) for stored in (snapshot.document, snapshot.public)]


def test_changes_are_frozen_and_said_and_names_are_for_restricted_readers() -> None:
    restricted, public = closed_with_changes()
    lines = changes_in(restricted)
    assert [line.by for line in lines] == ["Ada Ito", "Ada Ito", ""]
    assert [line.by for line in changes_in(public)] == ["", "", ""]
    assert [line.sentence for line in changes_in(public)] == [line.sentence for line in lines]
    assert lines[0].sentence.startswith("On ")
    assert "the closing date was moved from" in lines[0].sentence
    assert lines[0].reason == "The meeting was moved."
    assert "the number of people invited in Academia was raised from 48 to 50" in lines[1].sentence
    # Of corrected addresses nothing but their number, and no day.
    assert lines[2].sentence == "Academia: 2 addresses were corrected."
    assert public.wave.changes[-1].day is None


def test_table_of_groups_says_from_when_how_many_were_invited() -> None:
    document = closed_with_changes()[1]
    group = next(group for group in document.groups if group.name == "Academia")
    day = date.fromisoformat(str(document.wave.changes[1].day))
    assert invited_since(document, group) == f"invited: 48, from {day.day} {day:%B} {day.year} 50"
    others = [own for own in document.groups if own is not group]
    assert {invited_since(document, own) for own in others} == {""}


def test_document_from_before_changes_were_written_down_reads_the_same() -> None:
    stored = closed_with_changes()[1].model_dump(mode="json")
    del stored["wave"]["changes"]
    document = PanelDocument.model_validate(stored)
    assert document.wave.changes == []
    assert document.model_dump(mode="json") == stored
    assert changes_in(document) == []
