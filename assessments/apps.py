"""The assessments app: what was answered, how it scores, and what is reported."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from attributes import usage


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        """Draw a report for what was submitted, so that a download finds it ready; tell how often versions are used."""
        from assessments.panels.services.traces import (  # noqa: PLC0415 (same)
            erase_what_was_left,
            keep_out_of_statistics,
        )
        from assessments.reports.services import draw_submitted  # noqa: PLC0415 (same)
        from assessments.signals import assessment_submitted, traces_left  # noqa: PLC0415 (same)
        from assessments.usage.counts import assessments_by_set  # noqa: PLC0415 (needs the models to be loaded)

        assessment_submitted.connect(draw_submitted, dispatch_uid="draw_submitted")
        post_migrate.connect(keep_out_of_statistics, sender=self, dispatch_uid="keep_out_of_statistics")
        traces_left.connect(erase_what_was_left, dispatch_uid="erase_what_was_left")
        usage.register(assessments_by_set)
