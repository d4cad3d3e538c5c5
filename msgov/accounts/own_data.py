"""Everything that is stored of a person, to be taken along: each row that refers to them, without secrets."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from msgov.accounts.models import User

# Secrets, and what is not of the person though a row that names them holds it: whole question sets and reports.
LEFT_OUT = {
    "accounts.User": {"password"},
    "mfa.Authenticator": {"data"},
    "usersessions.UserSession": {"session_key", "data"},
    "assessments.ActionMailing": {"calendar"},
    "assessments.Invitation": {"token_hash"},
    "assessments.RecordVersion": {"document", "figures", "about"},
    "assessments.ReplyInvitation": {"token_hash"},
    "assessments.Report": {"document", "cache_key"},
    "assessments.PanelComment": {"text", "edited"},
    "attributes.Draft": {"content", "spent_codes", "declared", "translated_from"},
    "attributes.DraftStep": {"packed"},
}

# What somebody wrote in a row that names them only by another one.
WRITTEN_IN = {"assessments.ItemOpinion": "review__reviewer", "assessments.ReviewQuestion": "review__reviewer"}


def data_of(user: User) -> dict[str, Any]:
    """Return it by kind, ready for JSON: the account, what belongs to it, and where it is named."""
    found: dict[str, Any] = {"of": user.email, "on": timezone.now(), "accounts.User": [_row(user)]}
    for model, names in sorted(_naming(), key=lambda pair: pair[0]._meta.label):
        named = Q(*((name, user) for name in names), _connector=Q.OR)
        if model._meta.label == "assessments.Invitation":
            named |= Q(email__iexact=user.email)
        rows = model._default_manager.filter(named).order_by("pk")
        found[model._meta.label] = [_row(row) for row in rows.iterator()]
    return found


def _naming() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every model with a reference to people, and the names of those references. New ones are found by themselves."""
    fields: dict[type[models.Model], list[str]] = {}
    for relation in User._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            model: Any = relation.related_model
            fields.setdefault(model, []).append(relation.field.name)  # type: ignore[union-attr]
    for label, name in WRITTEN_IN.items():
        fields.setdefault(apps.get_model(label), []).append(name)
    yield from fields.items()


def _row(row: models.Model) -> dict[str, Any]:
    left_out = LEFT_OUT.get(row._meta.label, set())
    return {
        field.name: str(value) if field.is_relation or isinstance(field, models.FileField) else value
        for field in row._meta.concrete_fields
        if field.name not in left_out and (value := getattr(row, field.attname)) is not None
    }
