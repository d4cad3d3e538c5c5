"""What the organiser settles about paper: where sheets go, and who enters them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.models import PaperAssistant, Wave, WaveGroup
from assessments.signals import process_event
from assessments.vocabulary import GroupMode, WaveState
from attributes.codes import new_token, token_hash

if TYPE_CHECKING:
    from msgov.accounts.models import User

MOST_ASSISTANTS = 5  # of a group


@transaction.atomic
def save_return(*, wave: Wave, user: "User", where: Mapping[str, str]) -> None:
    """Say where sheets are given back, by language. Raises NotAllowed once the wave is closed."""
    row = Wave.objects.select_for_update(of=("self",)).select_related("assessment").get(pk=wave.pk)
    if row.state == WaveState.CLOSED:
        raise NotAllowed(_("This wave is closed."))
    row.paper_return = {language: text for language, text in where.items() if text}
    row.save(update_fields=["paper_return"])
    process_event.send(sender=save_return, action="paper.return_saved", user=user, obj=row.assessment, details={})


@transaction.atomic
def name_assistant(*, group: WaveGroup, user: "User", name: str, of_organiser: bool) -> str:
    """Let somebody enter sheets of a group; return the token of their link, kept nowhere.

    Raises NotAllowed, also where another of this name could not be told apart.
    """
    wave = group.wave.locked(WaveState.OPEN)
    if not wave.is_open:
        raise NotAllowed(_("This wave takes no answers any more."))
    row = WaveGroup.objects.select_for_update().get(pk=group.pk)
    if row.mode == GroupMode.ON_RECORD:
        raise NotAllowed(_("This group answers on the record, by its link."))
    if PaperAssistant.objects.usable().filter(group=row).count() >= MOST_ASSISTANTS:
        raise NotAllowed(_("At most %(most)s people can enter sheets of a group.") % {"most": MOST_ASSISTANTS})
    if any(one.name.casefold() == name.casefold() for one in PaperAssistant.objects.usable().filter(group=row)):
        told = _("Somebody of this name enters sheets of this group already: add who it is, as in “%(name)s, library”.")
        raise NotAllowed(told % {"name": name})
    token = new_token()
    PaperAssistant.objects.create(
        group=row, name=name, of_organiser=of_organiser, token_hash=token_hash(token), made_on=wave.today
    )
    _record("paper.assistant_named", user, wave)
    return token


@transaction.atomic
def dismiss_assistant(*, assistant: PaperAssistant, user: "User") -> None:
    """Make the link of an assistant stop working. What they entered stays."""
    PaperAssistant.objects.filter(pk=assistant.pk).update(is_revoked=True)
    _record("paper.assistant_dismissed", user, assistant.group.wave)


def _record(action: str, user: "User", wave: Wave) -> None:
    process_event.send(sender=_record, action=action, user=user, obj=wave.assessment, details={"wave": wave.number})
