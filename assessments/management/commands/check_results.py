"""Recompute every frozen result."""

from typing import Any

from django.core.management.base import CommandError

from assessments.models import FrozenResult
from assessments.results.rechecking import recheck
from attributes.management.base import DatabaseCommand

CHUNK = 50


class Command(DatabaseCommand):
    """Compare stored results with what scoring makes of their own inputs now. Changes nothing."""

    help = "Recompute every frozen result from its own inputs and report any difference (exit status 1)."

    def handle(self, **options: Any) -> None:
        """One line per result, and one more for each difference."""
        count = wrong = 0
        rows = FrozenResult.objects.select_related("assessment").order_by("assessment_id", "number")
        for result in rows.iterator(chunk_size=CHUNK):
            found = recheck(result)
            name = f"{result.assessment.code} no. {result.number}"
            self.stdout.write(f"{name}: {'ok' if not found else f'{len(found)} differences'}")
            for line in found:
                self.stdout.write(f"  {line}")
            count += 1
            wrong += bool(found)
        self.stdout.write(f"{count} results checked, {wrong} with differences.")
        if wrong:
            raise CommandError(f"{wrong} of {count} results differ from what is stored.")
