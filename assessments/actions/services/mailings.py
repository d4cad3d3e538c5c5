"""What a person wants to hear: mails on late actions and on panels, and a calendar at a secret address."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from assessments.models import ActionMailing
from assessments.retrying import retrying
from attributes.codes import new_code

if TYPE_CHECKING:
    from msgov.accounts.models import User

SALT = "msgov.calendar"
LENGTH = 32  # hexadecimal digits


def mailing_of(user: "User") -> ActionMailing:
    """Return what somebody wants to hear, stored or not. One query."""
    return ActionMailing.objects.filter(user=user).first() or ActionMailing(user=user)


@retrying
@transaction.atomic
def save_wants_mail(*, user: "User", wants_mail: bool, wants_panel_mail: bool) -> None:
    """Send somebody mails on late actions, and on stakeholder panels that they organise, or stop."""
    wanted = {"wants_mail": wants_mail, "wants_panel_mail": wants_panel_mail}
    ActionMailing.objects.update_or_create(user=user, defaults=wanted)


@retrying
@transaction.atomic
def renew_calendar(*, user: "User") -> ActionMailing:
    """Give somebody's calendar a new secret address; an earlier one stops working."""
    row, _created = ActionMailing.objects.update_or_create(user=user, defaults={"calendar": new_code()})
    return row


@retrying
@transaction.atomic
def stop_calendar(*, user: "User") -> None:
    """Let the address of somebody's calendar stop working."""
    ActionMailing.objects.filter(user=user).update(calendar=None)


def secret_of(mailing: ActionMailing) -> str:
    """Return the secret in the address of a calendar; "" where there is none.

    The database has half of it: a copy of it alone opens no calendar.
    """
    return f"{mailing.calendar}-{_signed(mailing.calendar)}" if mailing.calendar else ""


def person_with(secret: str) -> "User | None":
    """Return whose calendar a secret opens, if anybody's: renewed, stopped and closed accounts have none."""
    code, _sign, signature = secret.partition("-")
    if not constant_time_compare(signature, _signed(code)):
        return None
    found = ActionMailing.objects.filter(calendar=code, user__is_active=True).select_related("user").first()
    return found.user if found else None


def _signed(code: str) -> str:
    return salted_hmac(SALT, code, algorithm="sha256").hexdigest()[:LENGTH]
