"""What administrators do to accounts: written down with who did it, and told to whom it was done."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest

from msgov.accounts import audit, erasure
from msgov.accounts.models import User


def add_person(*, request: HttpRequest, by: User, email: str, name: str) -> User:
    """Make an account without a password; a mail lets its owner choose one. Signing in asks to confirm the address."""
    with transaction.atomic():
        user = User.objects.create_user(email, None, name=name)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
        audit.record("account.added", user=by, obj=user)
    _mail_reset(request, user)
    return user


def change_roles(*, user: User, by: User, roles: dict[str, Any]) -> bool:
    """Give a person roles on the site, or take them. Returns whether anything changed."""
    before = user.flags()
    user.is_active = bool(roles["is_active"])
    user.is_superuser = user.is_staff = bool(roles["is_site_admin"])
    user.is_question_set_admin = bool(roles["is_question_set_admin"])
    if user.flags() == before:
        return False
    user.changed_by = by  # for the audit trail
    user.save()
    get_adapter().send_notification_mail("site/mail/roles_changed", user, {"user": user, "by": by})
    return True


def send_reset(*, request: HttpRequest, user: User, by: User) -> None:
    """Mail the link to choose a new password. Nobody but the owner ever sets one."""
    audit.record("password.reset_sent", user=by, obj=user)
    _mail_reset(request, user)


def data_taken(*, user: User, by: User) -> None:
    """Write down that somebody else took a person's data out, and tell them."""
    audit.record("account.data_taken", user=by, obj=user)
    get_adapter().send_notification_mail("site/mail/data_taken", user, {"by": by})


def erase(*, user: User, by: User) -> None:
    """Erase a person and tell them. Raises `erasure.StillNeeded`."""
    email = user.email
    erasure.erase(user=user, by=by)
    get_adapter().send_notification_mail("site/mail/erased", user, {"by": by}, email=email)


def _mail_reset(request: HttpRequest, user: User) -> None:
    form = ResetPasswordForm(data={"email": user.email})
    if form.is_valid():
        form.save(request)
