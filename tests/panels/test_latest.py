"""Of several waves and snapshots the latest counts."""

from datetime import date

import pytest

from assessments.models import Wave, WaveSnapshot
from assessments.models.panel import current_wave
from assessments.results.frozen import panel_source
from tests import builders
from tests.builders.panels import open_wave

pytestmark = pytest.mark.django_db


def test_the_wave_of_an_assessment_is_its_latest() -> None:
    assessment = builders.assessment(builders.process())
    assert current_wave(assessment) is None
    waves = [Wave.objects.create(assessment=assessment, number=number, state="closed") for number in (1, 3, 2)]
    found = current_wave(assessment)
    assert found == waves[1]
    assert found.assessment is assessment


def test_the_numbers_that_hold_are_the_last_of_the_latest_wave() -> None:
    first = open_wave()
    assert panel_source(first.assessment, restricted=False) is None
    second = Wave.objects.create(assessment=first.assessment, number=first.number + 1, state="closed")
    made = {"document": {}, "public": {}, "tallies": {}, "made_on": date(2026, 12, 1)}

    def freeze(wave: Wave, number: int) -> WaveSnapshot:
        mark = f"{wave.number}.{number}"
        return WaveSnapshot.objects.create(wave=wave, number=number, digest=mark, public_digest=mark, **made)

    for number in (1, 3, 2):
        freeze(first, number)
    source = panel_source(first.assessment, restricted=False)
    assert source is not None
    assert source.snapshot.number == 3
    later = freeze(second, 1)
    source = panel_source(first.assessment, restricted=False)
    assert source is not None
    assert source.snapshot == later
