"""Taking no more answers before the closing date, with what was promised until that date kept."""

from typing import TYPE_CHECKING

from django.db import transaction

from assessments.models import UnfinishedQuestionnaire, Wave
from assessments.panels.services.changes import note_change
from assessments.panels.services.closing import close_and_freeze, lock_answering
from assessments.retrying import retrying
from assessments.signals import process_event, traces_left
from assessments.vocabulary import GroupMode, WaveChangeKind, WaveState

if TYPE_CHECKING:
    from msgov.accounts.models import User


@retrying
@transaction.atomic
def close_early(*, wave: Wave, user: "User") -> None:
    """Take no more answers though the closing date is to come. What was not finished is deleted.

    Who answered confidentially was promised to be able to take that back until the closing date. So the wave is only
    stopped: `close_due_waves` makes its result when that day is over. Whether anybody has handed in makes no
    difference, because it would tell. Where all groups answer on the record, nobody was promised that, and the wave is
    closed at once; and so is one that is answered in a workshop, as people were told. Doing it again does nothing.
    Raises NotAllowed for a wave that was never opened.
    """
    row = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if row.state == WaveState.CLOSED or row.stopped_on is not None:
        return
    if row.is_due or row.is_workshop or not row.groups.filter(mode=GroupMode.INDIVIDUAL).exists():
        if row.gives_back:
            _note_stop(row, user)
        close_and_freeze(wave=wave, user=user)
        return
    row = row.locked(WaveState.OPEN)
    lock_answering(row)
    UnfinishedQuestionnaire.objects.filter(link__group__wave=row).delete()
    _note_stop(row, user)
    row.stopped_on = row.today
    row.save(update_fields=["stopped_on"])
    process_event.send(sender=close_early, action="wave.stopped", user=user, obj=row.assessment, details={})
    for group in row.groups.order_by("pk"):
        group.write_anew()
    transaction.on_commit(lambda: traces_left.send(sender=close_early))
    wave.stopped_on = row.stopped_on


def _note_stop(wave: Wave, user: "User") -> None:
    note_change(wave=wave, kind=WaveChangeKind.STOPPED, user=user, before=wave.closes_on, after=wave.today)
