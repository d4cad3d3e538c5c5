"""How many mails a person, and the site, may send within 24 hours: invitations, reminders, sent again, everything.

Counted when they are queued. What is sent could be counted too late: a thousand can wait while the next are asked for.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.models.mail import MailsQueued

if TYPE_CHECKING:
    from msgov.accounts.models import User

WINDOW = timedelta(hours=24)
NEW_FOR = timedelta(days=7)  # accounts
KEPT = timedelta(days=30)


def queue_mails(user: "User | None", number: int) -> None:
    """Count mails that the user is about to have sent, in the transaction that queues them. None: nobody, by date.

    Raises NotAllowed beyond what one person (a new account: less), or all together, may send in a day.
    """
    lately = MailsQueued.objects.filter(at__gt=timezone.now() - WINDOW)
    if user is not None:
        _refuse_too_many(user, number, lately)
    if _sum(lately) + number > settings.MAILS_A_DAY:
        raise NotAllowed(_("This site has sent as many mails as it may in 24 hours. Send yours later."))
    MailsQueued.objects.filter(at__lt=timezone.now() - KEPT).delete()
    MailsQueued.objects.create(user=user, number=number)


def _refuse_too_many(user: "User", number: int, lately: "QuerySet[MailsQueued]") -> None:
    # One after the other, so that two requests at once cannot both find room.
    person = get_user_model().objects.select_for_update().only("date_joined").get(pk=user.pk)
    is_new = person.date_joined > timezone.now() - NEW_FOR
    limit = settings.MAILS_A_DAY_NEW_ACCOUNT if is_new else settings.MAILS_A_DAY_PER_PERSON
    if _sum(lately.filter(user=user)) + number > limit:
        text = _("No more than %(max)s mails can be sent in 24 hours. Send the rest later.")
        if is_new:
            text = _(
                "No more than %(max)s mails can be sent in 24 hours in the first week of an account. Send the rest "
                "later."
            )
        raise NotAllowed(text % {"max": limit})


def _sum(rows: "QuerySet[MailsQueued]") -> int:
    return int(rows.aggregate(total=Sum("number"))["total"] or 0)
