"""Reminders and thank-yous of one day, group by group: gone on with where the mail server could not be reached.

A group waits until its mails are on their way, and is taken out before the first of them: two jobs send nothing twice.
Below the services, like the mails themselves. What is kept says nothing about anybody.
"""

from django.db import transaction
from django.utils import timezone

from assessments.models import WaveMailing
from assessments.panels.mailing import mail_links, thank_group


def send_to_group(mailing_id: int, group_id: int, root: str) -> None:
    """Send the mails of a day to a group that waits for them; it waits again where the mail server is not there."""
    mailing = WaveMailing.objects.filter(pk=mailing_id).first()
    after = _taken_out(mailing_id, group_id)
    if mailing is None or after is None:
        return
    stopped_at: int | None
    if mailing.kind == WaveMailing.Kind.THANKS:
        stopped_at = thank_group(group_id, root, after=after)
    else:
        stopped_at = None if mail_links(group_id, root, is_reminder=True, day=mailing.sent_on) else 0
    if stopped_at is not None:
        _put_back(mailing_id, group_id, stopped_at)


@transaction.atomic
def _taken_out(mailing_id: int, group_id: int) -> int | None:
    """The link after which to go on in a group that waits; None where it does not wait any more."""
    mailing = WaveMailing.objects.select_for_update().filter(pk=mailing_id).first()
    if mailing is None or str(group_id) not in mailing.waiting:
        return None
    after = int(mailing.waiting.pop(str(group_id)))
    mailing.save(update_fields=["waiting"])
    return after


@transaction.atomic
def _put_back(mailing_id: int, group_id: int, after: int) -> None:
    mailing = WaveMailing.objects.select_for_update().filter(pk=mailing_id).first()
    if mailing is not None:
        mailing.waiting[str(group_id)] = after
        mailing.unreached_at = timezone.now()
        mailing.save(update_fields=["waiting", "unreached_at"])
