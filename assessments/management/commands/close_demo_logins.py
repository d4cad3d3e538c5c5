"""Close the accounts of the demonstration."""

from typing import Any

from django.db import transaction

from assessments.demo import people
from attributes.management.base import DatabaseCommand


class Command(DatabaseCommand):
    """Everybody who has the published password loses password, site roles and sessions; their processes stay."""

    help = "Close every account that has the published password of the demonstration."

    def handle(self, **options: Any) -> None:
        """Close them, and say which."""
        with transaction.atomic():
            found = people.still_published()
            people.close_logins(found)
        for user in found:
            self.stdout.write(f"closed {user.email}")
        if not found:
            self.stdout.write("Nobody has the published password.")
