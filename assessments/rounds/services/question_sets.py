"""Which question set a process works with, and which ones new assessments may use."""

from assessments.models import Process
from attributes.catalogue import published as catalogue
from attributes.catalogue.published import CatalogueSet
from attributes.models import QuestionSet


def sets_to_start_with() -> list[QuestionSet]:
    """Return the latest published version of every question set: what a new assessment can be pinned to."""
    return QuestionSet.objects.latest_versions()


def set_of(process: Process) -> CatalogueSet | None:
    """Return the question set of the process's latest assessment, or the one it would start with.

    None if nothing has been published. Screener and goals register take their lines from it.
    """
    used = QuestionSet.objects.filter(
        pk__in=process.assessments.order_by("-round", "-pk").values("question_set")[:1]
    ).first()
    return catalogue.of(used) if used else catalogue.latest()
