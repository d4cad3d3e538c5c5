"""Write an assessment as an open JSON archive."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from assessments.archive.services import export_archive
from assessments.archive.writing import archive_bytes
from assessments.models import Assessment
from attributes.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = "Write an assessment as an open JSON archive (docs/archive-format.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="code of the assessment")
        parser.add_argument("--output", help="file to write; standard output without it")

    def handle(self, *args: Any, code: str, output: str | None, **options: Any) -> None:
        assessment = (
            Assessment.objects.select_related("process", "submitted_by").with_question_set().filter(code=code).first()
        )
        if assessment is None:
            raise CommandError(f"There is no assessment {code}.")
        try:
            data = archive_bytes(export_archive(assessment=assessment))
            if output:
                Path(output).write_bytes(data)
            else:
                sys.stdout.buffer.write(data)
        except OSError as error:
            raise CommandError(f"The archive could not be written: {error}") from error
