"""List assessments for scripts."""

import json
from argparse import ArgumentParser
from typing import Any

from assessments.models import Assessment
from attributes.management.base import DatabaseCommand


class Command(DatabaseCommand):
    """One line per assessment: code, process, round, state, question set."""

    help = "List all assessments with process, round, state and question set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--json."""
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, **options: Any) -> None:
        """Print lines, or a JSON list."""
        rows = [
            {
                "code": assessment.code,
                "process": assessment.process.name,
                "process_code": assessment.process.code,
                "round": assessment.round,
                "state": assessment.state,
                "question_set": f"{assessment.question_set.slug} {assessment.question_set.version}",
                "submitted_at": assessment.submitted_at and assessment.submitted_at.isoformat(),
            }
            for assessment in Assessment.objects.select_related("process")
            .with_question_set()
            .order_by("process__name", "process_id", "round")
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(
                f"{row['code']}\t{row['process']}\tround {row['round']}\t{row['state']}\t{row['question_set']}"
            )
