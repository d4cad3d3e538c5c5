"""The assessments that somebody may compare, and those that they chose."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from assessments.comparing.forms import ALL
from assessments.models import Assessment, WaveSnapshot
from assessments.models.assessment import AssessmentQuerySet
from assessments.permissions import with_reader_role
from assessments.results.frozen import was_launched
from assessments.vocabulary import AssessmentState
from attributes.searching import containing

if TYPE_CHECKING:
    from msgov.accounts.models import User

# What a list needs of a question set; its texts and sources are large.
SET_FIELDS = ("slug", "version", "experimental", "title")
FIELDS = (
    "code", "round", "title", "state", "submitted_at",
    "process__code", "process__name", "process__organisation", "process__country", "process__kind", "process__period",
    "process__is_invented", "process__is_example", "process__time_zone",
    *(f"question_set__{name}" for name in SET_FIELDS),
)  # fmt: skip


def offered_to(user: "User", wanted: dict[str, Any]) -> AssessmentQuerySet:
    """What somebody may compare, narrowed by what the filter asks for: processes, then examples, then invented data."""
    rows = Assessment.objects.visible_to(user)
    rows = rows.submitted() if wanted.get("rounds") == ALL else rows.filter(state=AssessmentState.SUBMITTED)
    rows = _narrowed(rows, wanted)
    panel = Exists(WaveSnapshot.objects.filter(wave__assessment=OuterRef("pk")))
    rows = rows.filter(panel) if wanted.get("panel") else rows
    return (
        rows.annotate(has_panel=panel)
        .select_related("process", "question_set")
        .only(*FIELDS)
        .order_by("process__is_invented", "process__is_example", "process__name", "process_id", "-round")
    )


def _narrowed(rows: AssessmentQuerySet, wanted: dict[str, Any]) -> AssessmentQuerySet:
    if wanted.get("q"):
        rows = rows.filter(containing(wanted["q"], "process__name", "process__organisation"))
    if wanted.get("country"):
        rows = rows.filter(containing(wanted["country"], "process__country"))
    fields = {"question_set": "question_set_id", "year": "submitted_at__year", "kind": "process__kind"}
    return rows.filter(**{field: wanted[name] for name, field in fields.items() if wanted.get(name)})


def chosen_by(user: "User", codes: Sequence[str]) -> list[Any]:
    """The chosen assessments that somebody may see, in the order chosen, each with the reader's role, and whether
    stakeholders were asked. One query.
    """
    rows = with_reader_role(Assessment.objects.visible_to(user).filter(code__in=codes), user.pk)
    rows = rows.annotate(is_launched=was_launched())
    found = rows.select_related("process", "question_set").only(*FIELDS)
    return sorted(found, key=lambda assessment: codes.index(assessment.code))
