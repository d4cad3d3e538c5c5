"""What the organiser tells those who were asked about when they get something back."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from assessments.models import Wave
from assessments.signals import process_event

if TYPE_CHECKING:
    from msgov.accounts.models import User


@transaction.atomic
def plan_results(*, wave: Wave, user: "User", day: date | None) -> None:
    """Say for which day results are planned, or that no day is named any more. At any time: plans change."""
    row = Wave.objects.select_for_update(of=("self",)).select_related("assessment").get(pk=wave.pk)
    if row.results_on == day:
        return
    before, row.results_on = row.results_on, day
    row.save(update_fields=["results_on"])
    details = {"from": before.isoformat() if before else "", "to": day.isoformat() if day else ""}
    process_event.send(
        sender=plan_results, action="wave.results_planned", user=user, obj=row.assessment, details=details
    )
    wave.results_on = day
