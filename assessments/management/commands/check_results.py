"""Build everything that is frozen again: results, and the numbers of waves."""

from itertools import groupby
from typing import Any

from django.core.management.base import CommandError

from assessments.models import FrozenResult, WaveSnapshot
from assessments.panels.rechecking import recheck_wave
from assessments.results.rechecking import recheck
from attributes.management.base import DatabaseCommand

CHUNK = 50


class Command(DatabaseCommand):
    """Compare what is stored, leaf by leaf, with what its own inputs make of it now. Changes nothing."""

    help = "Build every frozen result again from its own inputs and report each leaf that differs (exit status 1)."

    def handle(self, **options: Any) -> None:
        """One line per result, and one more for each difference: JSON path, stored, now."""
        self.count = self.wrong = 0
        rows = FrozenResult.objects.select_related("assessment").order_by("assessment_id", "number")
        for result in rows.iterator(chunk_size=CHUNK):
            self._report(f"{result.assessment.code} no. {result.number}", recheck(result))
        snapshots = WaveSnapshot.objects.select_related("wave__assessment").order_by("wave_id", "number")
        for _wave, group in groupby(snapshots.iterator(chunk_size=CHUNK), key=lambda row: row.wave_id):
            own = list(group)
            for row, found in zip(own, recheck_wave(own), strict=True):
                self._report(f"{row.wave.assessment.code} wave {row.wave.number} no. {row.number}", found)
        self.stdout.write(f"{self.count} results checked, {self.wrong} with differences.")
        if self.wrong:
            raise CommandError(f"{self.wrong} of {self.count} results differ from what is stored.")

    def _report(self, name: str, found: list[str]) -> None:
        self.stdout.write(f"{name}: {'ok' if not found else f'{len(found)} differences'}")
        for line in found:
            self.stdout.write(f"  {line}")
        self.count += 1
        self.wrong += bool(found)
