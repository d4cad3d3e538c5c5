"""Read an archive and store it as a new process with one assessment."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from assessments.archive.reading import ArchiveError, read_archive
from assessments.archive.services import import_archive
from attributes.management.base import DatabaseCommand, require_question_set


class Command(DatabaseCommand):
    help = "Import an archive and print the new assessment's code. A bad file changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="archive written by export_assessment")
        parser.add_argument("--owner", help="e-mail address of the person who becomes organiser")

    def handle(self, *args: Any, file: str, owner: str | None, **options: Any) -> None:
        user = None
        if owner:
            user = get_user_model().objects.filter(email__iexact=owner).first()
            if user is None:
                raise CommandError(f"There is no account with the address {owner}.")
        try:
            data = Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"The file could not be read: {error}") from error
        require_question_set()
        try:
            assessment = import_archive(archive=read_archive(data), owner=user)
        except ArchiveError as error:
            raise CommandError("\n".join(error.problems)) from error
        except OSError as error:
            raise CommandError(f"Nothing was imported; a file could not be stored: {error}") from error
        self.stdout.write(assessment.code)
