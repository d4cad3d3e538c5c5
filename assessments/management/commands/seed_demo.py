"""Add the demonstration data."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from assessments.demo import people
from assessments.demo.seeding import seed
from attributes.management.base import DatabaseCommand


class Command(DatabaseCommand):
    """Add example processes and a person for each role; what is there already stays as it is."""

    help = "Add the demonstration processes and people. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--force, --password."""
        parser.add_argument("--force", action="store_true", help="also without DEBUG")
        parser.add_argument("--password", default="", help="of the people it adds; made up if not given")

    def handle(self, *, force: bool, password: str, **options: Any) -> None:
        """Add what is missing and print how to sign in."""
        if not settings.DEBUG and not force:
            raise CommandError("This adds people whose password is printed. Use --force if you mean it.")
        if password == people.DEMO_PASSWORD and not settings.DEBUG:
            raise CommandError("Everybody knows this password. Choose another one, or none.")
        newcomers = not people.exists()
        password = password or (people.DEMO_PASSWORD if settings.DEBUG else secrets.token_urlsafe(12))
        try:
            added = seed(password=password)
        except LookupError as error:
            raise CommandError(str(error)) from error
        for process in added:
            self.stdout.write(f"added {process.code}: {process.name}")
        if not added:
            self.stdout.write("The demonstration processes are there already.")
        if newcomers:
            self.stdout.write(f"Sign in as one of these, with the password {password}")
            for person in people.PEOPLE:
                self.stdout.write(f"  {person.email}")
