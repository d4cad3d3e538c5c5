"""Starting a round of assessment."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed, NotEditable
from assessments.models import Assessment, AssessmentEvent, Process, Response
from assessments.signals import process_event
from assessments.vocabulary import AssessmentState, Track
from attributes.catalogue.published import catalogue_of, latest_catalogue
from attributes.catalogue.types import CatalogueSet
from attributes.models import QuestionSet, VersionStatus

if TYPE_CHECKING:
    from msgov.accounts.models import User


@transaction.atomic
def start_assessment(
    *, process: Process, user: "User", question_set: QuestionSet | None = None, title: str = ""
) -> Assessment:
    """Start the next round, pinned to a published question set, with an empty response of the organiser.

    Without `question_set` the latest published version is used if there is but one set. Raises NotAllowed if
    there is none, if one has to be chosen, or if a round is still being answered.
    """
    Process.objects.select_for_update().get(pk=process.pk)
    rounds = Assessment.objects.filter(process=process)
    if rounds.filter(state=AssessmentState.DRAFT).exists():
        raise NotAllowed(_("There is a draft already. Submit it before you start the next round."))
    chosen = question_set or _only_set()
    if chosen.status != VersionStatus.PUBLISHED:
        raise NotAllowed(_("This question set is not open for new assessments."))
    last = rounds.aggregate(last=Max("round"))["last"] or 0
    assessment = Assessment.objects.create(
        process=process, question_set=chosen, round=last + 1, title=title, created_by=user
    )
    Response.objects.create(assessment=assessment, track=Track.EVIDENCE)
    AssessmentEvent.objects.create(
        assessment=assessment, kind=AssessmentEvent.Kind.STARTED, by=user, by_name=user.get_short_name()[:150]
    )
    process_event.send(
        sender=start_assessment,
        action="assessment.started",
        user=user,
        obj=assessment,
        details={"round": assessment.round, "question_set": str(chosen)},
    )
    return assessment


@transaction.atomic
def rename_round(*, assessment: Assessment, user: "User", title: str) -> None:
    """Give a round another name. Raises NotEditable once it is submitted: its result was frozen with the name."""
    row = Assessment.objects.select_for_update(of=("self",)).select_related("process").get(pk=assessment.pk)
    if not row.is_draft:
        raise NotEditable(_("This round has been submitted: its name can no longer be changed."))
    before, row.title = row.title, title
    row.save(update_fields=["title"])
    process_event.send(
        sender=rename_round,
        action="assessment.renamed",
        user=user,
        obj=row,
        details={"from": before, "to": title},
    )


def _only_set() -> QuestionSet:
    choices = sets_to_start_with()
    if not choices:
        raise NotAllowed(_("No question set has been published on this site yet."))
    if len(choices) > 1:
        raise NotAllowed(_("Choose the question set to use."))
    return choices[0]


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
    return catalogue_of(used) if used else latest_catalogue()
