"""A wave that is answered in one room: closed and opened again there, by the rules of any other (docs/adr/0019)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.models import Wave, WaveSnapshot
from assessments.panels.services.stopping import close_early
from assessments.panels.services.waves import reopen_wave
from assessments.signals import process_event
from assessments.vocabulary import WaveState

if TYPE_CHECKING:
    from msgov.accounts.models import User


@transaction.atomic
def choose_workshop(*, wave: Wave, user: "User", is_workshop: bool) -> None:
    """Say whether a wave is answered in a workshop. Raises NotAllowed once it is launched: people are told."""
    row = wave.locked(WaveState.PREPARING)
    row.is_workshop = is_workshop
    row.save(update_fields=["is_workshop"])
    action = "workshop.chosen" if is_workshop else "workshop.left"
    process_event.send(sender=choose_workshop, action=action, user=user, obj=row.assessment, details={})


def show_answers(*, wave: Wave, user: "User") -> bool:
    """Close a wave in the room and freeze its result; return whether there is a new one.

    Without k new answers there is none, and what was shown before stays. Raises NotAllowed where the wave is not one of
    a workshop, or not open.
    """
    if not wave.is_workshop:
        raise NotAllowed(_("Only a wave that is answered in a workshop is closed at once: people were told so."))
    if not wave.is_open:
        raise NotAllowed(_("This wave is not open."))
    before = WaveSnapshot.objects.filter(wave=wave).count()
    close_early(wave=wave, user=user)
    return WaveSnapshot.objects.filter(wave=wave).count() > before


def go_on(*, wave: Wave, user: "User") -> None:
    """Take answers again: until the closing date as it was, or until tomorrow where that is not to come any more.

    Raises NotAllowed like `reopen_wave`, and where the wave is not one of a workshop.
    """
    if not wave.is_workshop:
        raise NotAllowed(_("This wave is not answered in a workshop."))
    tomorrow = wave.today + timedelta(days=1)
    reopen_wave(
        wave=wave,
        user=user,
        reason=_("The workshop goes on."),
        closes_on=max(wave.closes_on or tomorrow, tomorrow),
    )
