"""The mail that tells an organiser which actions of their processes are late."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import override
from django_tasks import task

from assessments.actions.reading import name_of
from assessments.mail_texts import mail_text
from assessments.models import Action, ActionMailing, Membership
from assessments.vocabulary import Role
from assessments.zones import today_in
from msgov.accounts.models import User
from msgov.notices.mailing import post

SHOWN = 20  # the mail says how many others there are


@dataclass(frozen=True)
class LateLine:
    """A late action as the mail names it."""

    process: str
    name: str
    action: Action


@task(priority=5)  # as the other notices
def mail_late_actions(user: int, actions: list[str], address: str) -> None:
    """Mail somebody which of these actions are late, as far as they still are and still are theirs to look after."""
    person = User.objects.filter(pk=user, is_active=True).first()
    if person is None or ActionMailing.objects.filter(user=person, wants_mail=False).exists():
        return
    own = Membership.objects.filter(user=person, role=Role.ORGANISER).values("process")
    rows = Action.objects.going_on().filter(code__in=actions, assessment__process__in=own).with_names()
    # No language of a person is stored: the mails are in that of the site.
    with override(settings.LANGUAGE_CODE):
        lines = [
            LateLine(row.assessment.process.name, name_of(row), row)
            for row in rows.order_by("due", "pk")
            if row.is_late(today_in(row.assessment.process.zone))
        ]
        if lines:
            context = {"lines": lines[:SHOWN], "total": len(lines), "more": len(lines[SHOWN:]), "address": address}
            context["stop"] = f"{address}#mails" if address else ""
            subject, body = mail_text("notices/mail/late_actions", context)
            post("late_actions", EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [person.email]))


def enqueue_late_actions(user: User, actions: list[str], address: str) -> None:
    """Hand the mail to the workers."""
    mail_late_actions.enqueue(user=user.pk, actions=actions, address=address)
