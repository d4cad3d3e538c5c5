"""Make a key that reports are signed with."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.reports.signing import new_key


class Command(BaseCommand):
    """Print a new key; nothing is stored."""

    help = "Make a key to sign reports with (docs/verifying.md): its secret half, its public half, and its name."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each on a line, as it stands in the settings."""
        name, secret, public = new_key()
        self.stdout.write(f"REPORT_SIGNING_KEY={secret}")
        self.stdout.write(f"# Public half of {name}, for REPORT_KNOWN_KEYS when another key takes over:")
        self.stdout.write(f"# {public}")
