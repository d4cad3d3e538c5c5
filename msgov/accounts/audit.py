"""Writes the audit trail: who did what to what, when, from where. Nothing in it is ever changed."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from msgov.accounts.models import AuditEvent, User
from msgov.request_info import current


def record(
    action: str,
    *,
    user: User | AnonymousUser | Any = None,
    obj: models.Model | None = None,
    details: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Add an event. `action` is "noun.verb" (at most 40 characters), `details` JSON values without secrets."""
    actor = user if isinstance(user, User) and user.pk else None
    info = current.get()
    return AuditEvent.objects.create(
        action=action,
        actor=actor,
        actor_number=actor.pk if actor else None,
        object_kind=obj._meta.label_lower if obj is not None else "",
        object_code=str(getattr(obj, "code", None) or obj.pk)[:64] if obj is not None else "",
        details=dict(details or {}),
        address_hash=info.address_hash,
        request_id=info.request_id,
    )
