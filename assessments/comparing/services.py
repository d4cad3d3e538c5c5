"""Comparisons saved under a name: by whom they are for, and for nobody else."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.comparing.selection import Selection
from assessments.exceptions import NotAllowed
from assessments.models import SavedComparison

if TYPE_CHECKING:
    from msgov.accounts.models import User

MAX_SAVED = 100


@transaction.atomic
def save_comparison(*, user: "User", name: str, selection: Selection) -> SavedComparison:
    """Save what somebody compares under a name; what they had under it is replaced. Raises NotAllowed."""
    mine = SavedComparison.objects.filter(user=user)
    if mine.count() >= MAX_SAVED and not mine.filter(name=name).exists():
        raise NotAllowed(_("You have saved %(n)d comparisons. Delete one first.") % {"n": MAX_SAVED})
    saved, _new = SavedComparison.objects.update_or_create(
        user=user,
        name=name,
        defaults={
            "codes": list(selection.codes),
            "attributes": list(selection.attributes),
            "order": selection.order,
            "reference": selection.reference,
        },
    )
    return saved


def rename_comparison(*, saved: SavedComparison, name: str) -> None:
    """Give a saved comparison another name."""
    saved.name = name
    saved.save(update_fields=["name", "updated_at"])


def delete_comparison(*, saved: SavedComparison) -> None:
    """Delete a saved comparison; what it compares stays as it is."""
    saved.delete()
