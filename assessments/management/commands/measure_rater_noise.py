"""Compute from second ratings how far two people differ who rate the same (method 3.10)."""

from typing import Any

from assessments.matching.noise import counted_so_far, measure_noise
from assessments.scoring.method import MEASURED_ASSESSMENTS, MEASURED_PAIRS
from attributes.management.base import DatabaseCommand


class Command(DatabaseCommand):
    """Store it with the day; comparisons made from then on use it, and those made before keep theirs."""

    help = "Compute how far two raters differ from the blind second ratings that are in results here, and store it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found."""
        found = measure_noise()
        if found is None:
            assessments, items = counted_so_far()
            self.stdout.write(
                f"Not enough yet: {assessments} assessments with {items} items that two people rated blind."
                f" Needed are {MEASURED_ASSESSMENTS} with {MEASURED_PAIRS}. What the method assumes goes on to hold."
            )
            return
        self.stdout.write(
            f"Mean squared difference of two raters: {found.different} levels squared, from {found.assessments}"
            f" assessments with {found.items} items. Comparisons made from now on use it."
        )
