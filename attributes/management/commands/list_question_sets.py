"""Say which question sets are stored."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from attributes.models import QuestionSet


class Command(BaseCommand):
    """List the stored versions, the newest of each slug first."""

    help = "List the stored question sets, newest version first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--json."""
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per version, or a JSON list."""
        rows = [
            {
                "slug": question_set.slug,
                "version": question_set.version,
                "status": question_set.status,
                "languages": question_set.languages,
                "digest": question_set.digest,
                "published_at": question_set.published_at and question_set.published_at.isoformat(),
            }
            for question_set in QuestionSet.objects.newest_first()
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=2))
            return
        if not rows:
            self.stdout.write("No question set is stored. Run: manage.py load_question_set")
        for row in rows:
            languages = ", ".join(row["languages"])
            self.stdout.write(f"{row['slug']} {row['version']} {row['status']} [{languages}] {row['digest'][:12]}")
