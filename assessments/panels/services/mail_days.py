"""Letting reminders and thank-yous of a day go out, and once more where the mail server could not be reached."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.models import Wave, WaveGroup, WaveMailing
from assessments.panels.planning import LATE_BY, last_day_to_thank
from assessments.panels.tasks import enqueue_mailing
from assessments.vocabulary import WaveState

AGAIN_AFTER = timedelta(minutes=30)


def overtake(wave: Wave, groups: Iterable[WaveGroup]) -> None:
    """Give up what still waits of reminders of earlier days to these groups: they are reminded now.

    That the mail server was away stays noted: nobody may read that those mails were sent.
    """
    earlier = wave.mailings.select_for_update().filter(kind=WaveMailing.Kind.REMINDER, sent_on__lt=wave.today)
    for mailing in earlier.exclude(waiting={}):
        for group in groups:
            mailing.waiting.pop(str(group.pk), None)
        mailing.save(update_fields=["waiting"])


def let_go(mailing: WaveMailing, groups: Iterable[WaveGroup], root: str) -> None:
    """Let the mails of a day go out to these groups, once the transaction is done."""
    found = WaveMailing.objects.select_for_update().get(pk=mailing.pk)
    for group in groups:
        found.waiting.setdefault(str(group.pk), 0)
        kind = WaveMailing.Kind(found.kind)
        transaction.on_commit(partial(enqueue_mailing, found.pk, group.pk, root, kind=kind))
    found.unreached_at = None
    found.save(update_fields=["waiting", "unreached_at"])


def may_go_out(wave: Wave, mailing: WaveMailing) -> bool:
    """Whether mails of a day that have not reached everybody can still be sent."""
    if mailing.unreached_at is None or not mailing.waiting:
        return False
    if mailing.kind == WaveMailing.Kind.THANKS:
        last = last_day_to_thank(wave)
        return wave.state == WaveState.CLOSED and last is not None and wave.today <= last
    return wave.takes_new


def is_tried_again(wave: Wave, mailing: WaveMailing, root: str) -> bool:
    """Whether they are sent without anybody asking for it: reminders until the next day is over."""
    is_reminder = mailing.kind == WaveMailing.Kind.REMINDER
    return bool(root) and may_go_out(wave, mailing) and (not is_reminder or wave.today <= mailing.sent_on + LATE_BY)


@transaction.atomic
def try_again(*, wave: Wave, root: str) -> None:
    """Send what the mail server did not take because it was not there. Nobody gets a mail twice. Raises NotAllowed."""
    row = Wave.objects.select_for_update(of=("self",)).select_related("assessment__process").get(pk=wave.pk)
    found = [mailing for mailing in row.mailings.exclude(unreached_at=None) if may_go_out(row, mailing)]
    if not found:
        raise NotAllowed(_("There is nothing to send again: the mails have gone out, or are on their way."))
    _send_again(row, found, root)


@transaction.atomic
def again_by_itself(wave: Wave, root: str) -> int:
    """The same half an hour after it could not be done; returns of how many days mails were sent."""
    latest = timezone.now() - AGAIN_AFTER
    rows = wave.mailings.select_for_update().filter(unreached_at__lte=latest)
    found = [mailing for mailing in rows if is_tried_again(wave, mailing, root)]
    _send_again(wave, found, root)
    return len(found)


def _send_again(wave: Wave, mailings: Iterable[WaveMailing], root: str) -> None:
    for mailing in mailings:
        let_go(mailing, wave.groups.filter(pk__in=[int(number) for number in mailing.waiting]), root)
