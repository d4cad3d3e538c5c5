"""Erasing a person: by themselves, or by whoever runs the site when they are asked to."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.module_loading import import_string

from msgov.accounts import audit
from msgov.accounts.models import User


class StillNeeded(Exception):
    """Nobody else could look after `things`."""

    def __init__(self, things: list[Any]) -> None:
        super().__init__()
        self.things = things


def needed_for(user: User) -> list[Any]:
    """Ask the functions named in `ACCOUNT_DELETION_CHECKS` what nobody else could look after."""
    return [thing for path in settings.ACCOUNT_DELETION_CHECKS for thing in import_string(path)(user)]


@transaction.atomic
def erase(*, user: User, by: User) -> None:
    """Delete the account and what is stored of the person, but for what `accounts/_what_stays.html` names.

    Raises StillNeeded, and asks within the transaction, where the answer stays true until the account is gone.
    """
    if things := needed_for(user):
        raise StillNeeded(things)
    for path in settings.ACCOUNT_ERASURE:
        import_string(path)(user)
    sessions: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    for key in user.usersession_set.values_list("session_key", flat=True):  # type: ignore[attr-defined]
        sessions(key).delete()
    # Before the account goes: the event keeps its number, and the name of whoever did it.
    audit.record("account.deleted" if by == user else "account.erased", user=by, obj=user)
    user.delete()
