"""Turns signals of Django, allauth and our apps into audit events."""

from collections.abc import Callable
from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from django.contrib.auth import signals as auth_signals
from django.db.models.signals import post_save
from django.dispatch import Signal

from assessments.signals import process_event
from attributes.signals import question_set_event
from msgov.accounts import audit
from msgov.accounts.models import User
from msgov.request_info import hash_address

# Signals that carry the user and need no more than a name in the trail.
SIMPLE: dict[str, Signal] = {
    "login.succeeded": auth_signals.user_logged_in,
    "logout.done": auth_signals.user_logged_out,
    "account.created": account_signals.user_signed_up,
    "password.set": account_signals.password_set,
    "password.changed": account_signals.password_changed,
    "password.reset": account_signals.password_reset,
}
FACTORS: dict[str, Signal] = {
    "factor.added": mfa_signals.authenticator_added,
    "factor.removed": mfa_signals.authenticator_removed,
    "factor.renewed": mfa_signals.authenticator_reset,
    "factor.failed": mfa_signals.authentication_failed,
}
# Django keeps weak references to receivers only.
_receivers: list[Callable[..., None]] = []


def connect() -> None:
    """Start listening."""
    for action, signal in SIMPLE.items():
        listen(signal, action, simple(action))
    for action, signal in FACTORS.items():
        listen(signal, action, factor(action))
    listen(account_signals.email_changed, "email.changed", email_changed)
    listen(auth_signals.user_login_failed, "login.failed", login_failed)
    listen(post_save, "flags.changed", flags_changed, sender=User)
    listen(process_event, "process_event", process_event_sent)
    listen(question_set_event, "question_set_event", process_event_sent)


def listen(signal: Signal, name: str, receiver: Callable[..., None], sender: Any = None) -> None:
    """Connect once, and keep the receiver alive."""
    _receivers.append(receiver)
    signal.connect(receiver, sender=sender, dispatch_uid=f"msgov.audit.{name}")


def simple(action: str) -> Callable[..., None]:
    """Make a receiver that records the action and the user."""

    def receive(sender: Any, user: User | None = None, **kwargs: Any) -> None:
        if user is not None:
            audit.record(action, user=user)

    return receive


def factor(action: str) -> Callable[..., None]:
    """Make a receiver that also records which kind of second factor it was."""

    def receive(sender: Any, user: User, authenticator: Any, **kwargs: Any) -> None:
        audit.record(action, user=user, details={"factor": str(authenticator.type)})

    return receive


def email_changed(sender: Any, user: User, from_email_address: Any = None, **kwargs: Any) -> None:
    """Record a new address, but not the first one."""
    if from_email_address is not None:
        audit.record("email.changed", user=user)


def login_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Record a wrong password. The address tried is hashed: people type passwords into the wrong field."""
    tried = str(credentials.get("email") or credentials.get("username") or "").lower()
    audit.record("login.failed", details={"tried": hash_address(tried)})


def flags_changed(sender: Any, instance: User, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Record that somebody got power over the site, or lost it."""
    before = {"is_active": True} if created else instance.loaded_flags or {}
    after = instance.flags()
    changed = {name: value for name, value in after.items() if value != before.get(name, False)}
    instance.loaded_flags = after
    if changed and not raw:
        audit.record("account.flags_changed", user=instance.changed_by, obj=instance, details=changed)


def process_event_sent(sender: Any, action: str, user: Any = None, obj: Any = None, **kwargs: Any) -> None:
    """Record what a service announced."""
    audit.record(action, user=user, obj=obj, details=kwargs.get("details"))
