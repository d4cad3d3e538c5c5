"""Read the mailbox of mails that came back."""

from typing import Any

from django.core.management.base import CommandError

from assessments.bounces.mailbox import read_mailbox
from attributes.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = (
        "Read the mailbox that BOUNCE_MAILBOX names: invitations that came back are marked, and every mail in it is "
        "deleted. Run it every few minutes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not read_mailbox():
            raise CommandError("The mailbox could not be read: the page “Site” says why.")
