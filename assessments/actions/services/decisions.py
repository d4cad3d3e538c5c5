"""Writing down what a board or steering group decided on a result, also long after it was submitted."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.exceptions import Conflict, InvalidAnswer
from assessments.models import Assessment, Decision
from assessments.retrying import retrying
from assessments.signals import process_event
from assessments.zones import today_in

if TYPE_CHECKING:
    from msgov.accounts.models import User

WRITTEN = ("body", "decided_on", "decision", "comment")


@retrying
@transaction.atomic
def save_decision(*, assessment: Assessment, user: "User", version: int, fields: Mapping[str, Any]) -> Decision:
    """Store what was decided on a round, by whom and when. `version` is that of the page; 0 where there was none.

    Raises Conflict, with what is stored, if somebody saved meanwhile, and InvalidAnswer for a day to come.
    """
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    row = Decision.objects.filter(assessment=assessment).first() or Decision(assessment=assessment, version=0)
    if row.version != version:
        raise Conflict(_("Somebody else saved this page while you were writing."), row)
    if fields["decided_on"] > today_in(assessment.process.zone):
        problem = _("Choose a day that is not in the future.")
        raise InvalidAnswer(problem, {"decided_on": problem})
    for name in WRITTEN:
        setattr(row, name, fields[name])
    row.version = version + 1
    row.entered_at, row.entered_by, row.entered_by_name = timezone.now(), user, user.get_short_name()[:150]
    row.save()
    process_event.send(sender=save_decision, action="decision.saved", user=user, obj=assessment, details={})
    return row


@transaction.atomic
def remove_decision(*, assessment: Assessment, user: "User") -> None:
    """Take a decision away that was written down by mistake."""
    deleted, _by_model = Decision.objects.filter(assessment=assessment).delete()
    if deleted:
        process_event.send(sender=remove_decision, action="decision.removed", user=user, obj=assessment, details={})
