"""Telling organisers by mail which actions are late: one mail a day at most, and of the same action once a week."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from assessments.exceptions import NotAllowed
from assessments.mail_limits import queue_mails
from assessments.models import Action, ActionMailing, LateNotice, Membership
from assessments.signals import process_event
from assessments.vocabulary import Role
from assessments.zones import FURTHEST_AHEAD, today_in

if TYPE_CHECKING:
    from msgov.accounts.models import User

BETWEEN_MAILS = timedelta(days=1)
BETWEEN_SAME = timedelta(days=7)


def late_actions() -> list[Action]:
    """Return all actions that are late where their process is, but for invented processes and examples. One query."""
    found = Action.objects.going_on().filter(due__lt=today_in(FURTHEST_AHEAD))
    found = found.exclude(assessment__process__is_invented=True).exclude(assessment__process__is_example=True)
    rows = found.select_related("assessment__process").order_by("due", "pk")
    return [row for row in rows if row.is_late(today_in(row.assessment.process.zone))]


def tell_of_late_actions() -> int:
    """Have a mail sent to every organiser for whom there is something new to say. Returns how many people were told.

    New is an action of which they were not told within a week. Who wants no mails gets none; who got one within a day
    is told with the next.
    """
    late = late_actions()
    if not late:
        return 0
    now = timezone.now()
    told = 0
    for user, actions in _to_tell(late, now):
        try:
            told += _tell(user, actions, now)
        except NotAllowed:
            break  # the site has sent as many mails as it may: the others are told tomorrow
    return told


def _to_tell(late: Iterable[Action], now: datetime) -> "list[tuple[User, list[Action]]]":
    """Organisers with the late actions of their processes of which they were not told lately. Three queries."""
    by_process: dict[int, list[Action]] = defaultdict(list)
    for action in late:
        by_process[action.assessment.process_id].append(action)
    organisers = Membership.objects.filter(process__in=by_process, role=Role.ORGANISER, user__is_active=True)
    resting = ActionMailing.objects.filter(wants_mail=False) | ActionMailing.objects.filter(
        mailed_at__gt=now - BETWEEN_MAILS
    )
    lately = set(LateNotice.objects.filter(told_at__gt=now - BETWEEN_SAME).values_list("user_id", "action_id"))
    people: dict[User, list[Action]] = defaultdict(list)
    for membership in organisers.exclude(user__in=resting.values("user")).select_related("user").order_by("pk"):
        new = [row for row in by_process[membership.process_id] if (membership.user_id, row.pk) not in lately]
        if new:
            people[membership.user] += new
    return list(people.items())


@transaction.atomic
def _tell(user: "User", actions: Collection[Action], now: datetime) -> bool:
    """Tell somebody, unless another process has just done so."""
    ActionMailing.objects.get_or_create(user=user)
    mailing = ActionMailing.objects.select_for_update().get(user=user)
    if not mailing.wants_mail or (mailing.mailed_at is not None and mailing.mailed_at > now - BETWEEN_MAILS):
        return False
    queue_mails(None, 1)
    mailing.mailed_at = now
    mailing.save(update_fields=["mailed_at"])
    LateNotice.objects.bulk_create(
        [LateNotice(user=user, action=action, told_at=now) for action in actions],
        update_conflicts=True,
        unique_fields=["action", "user"],
        update_fields=["told_at"],
    )
    details = {"actions": [action.code for action in actions]}
    process_event.send(sender=_tell, action="actions.late", user=None, obj=user, details=details)
    return True
