"""What organisers write of the mails of a wave: subject and first paragraph, by kind and language; and seeing a mail.

The parts that say who sees what, until when, and what becomes of an address stay as they are.
"""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.mail_limits import queue_mails
from assessments.models import Wave, WaveGroup, WaveMailText
from assessments.models.wave_mail import OPENING_MAX, SUBJECT_MAX
from assessments.panels.seen_fields import refuse_replacing
from assessments.panels.tasks import enqueue_test_mail
from assessments.signals import process_event
from assessments.vocabulary import MailKind

if TYPE_CHECKING:
    from msgov.accounts.models import User


@transaction.atomic
def save_mail_text(
    *,
    wave: Wave,
    user: "User",
    kind: MailKind,
    language: str,
    subject: str,
    opening: str,
    seen: Mapping[str, str] | None = None,
) -> WaveMailText | None:
    """Keep a subject and first paragraph of the organiser's own; without either, the usual ones are used again.

    Possible as long as mails of the wave may go out. `seen`: marks of what the page showed; Conflict where somebody
    else has written since. Raises InvalidAnswer, and NotAllowed for a language not asked in.
    """
    row = Wave.objects.select_for_update(of=("self",)).select_related("assessment").get(pk=wave.pk)
    if language not in row.languages:
        raise NotAllowed(_("Nobody is asked in this language."))
    subject, opening = " ".join(subject.split()), "\n".join(line.rstrip() for line in opening.strip().splitlines())
    for name, text, most in (("subject", subject, SUBJECT_MAX), ("opening", opening, OPENING_MAX)):
        if len(text) > most:
            problem = _("Shorten it to %(most)s characters.") % {"most": most}
            raise InvalidAnswer(problem, {name: problem})
    texts = WaveMailText.objects.filter(wave=row, kind=kind, language=language)
    there = texts.first() or WaveMailText()
    stored, new = {"subject": there.subject, "opening": there.opening}, {"subject": subject, "opening": opening}
    refuse_replacing(stored, new, seen or {}, _("Somebody else has changed this text in the meantime"))
    if not subject and not opening:
        if texts.delete()[0]:
            _record(user, row, kind, language)
        return None
    written, _created = texts.update_or_create(
        wave=row, kind=kind, language=language, defaults={"subject": subject, "opening": opening}
    )
    _record(user, row, kind, language)
    return written


@transaction.atomic
def send_test(*, group: WaveGroup, user: "User", kind: MailKind, root: str, language: str) -> None:
    """Queue a mail of a kind to the organiser's own address. Raises NotAllowed after too many mails."""
    queue_mails(user, 1)
    transaction.on_commit(partial(enqueue_test_mail, group.pk, user.pk, kind=kind, root=root, language=language))


def _record(user: "User", wave: Wave, kind: MailKind, language: str) -> None:
    details = {"wave": wave.number, "mail": str(kind), "language": language}
    process_event.send(sender=_record, action="panel.mail_written", user=user, obj=wave.assessment, details=details)
