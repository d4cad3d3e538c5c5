"""Say of a PDF whether it is genuine and current."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from assessments.verifying.checking import check
from assessments.verifying.verdict import ReportVerdict
from attributes.management.base import DatabaseCommand


class Command(DatabaseCommand):
    """Check one file. Changes nothing."""

    help = (
        "Check a report (PDF): exit status 0 if it is genuine and current, 1 with the reason if it was replaced or "
        "altered, or is unknown here."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="The PDF.")
        parser.add_argument("--json", action="store_true", help="Write what was found as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """The verdict, then its reasons, then what was computed again."""
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        verdict = check(content)
        if options["json"]:
            self.stdout.write(json.dumps(verdict.as_data(), ensure_ascii=False, indent=1))
        else:
            self._tell(verdict)
        if not verdict.is_good:
            raise CommandError(f"{verdict.standing.label}: {' '.join(verdict.reasons)}")

    def _tell(self, verdict: ReportVerdict) -> None:
        self.stdout.write(f"{verdict.standing.label}: {' '.join(verdict.reasons)}")
        lines = {
            "Report": verdict.printed_number,
            "Signed by key": verdict.signed_by,
            "Replaced by": verdict.replaced_by,
            "Replaced since": verdict.replaced_since.isoformat() if verdict.replaced_since else "",
        }
        for name, value in lines.items():
            if value:
                self.stdout.write(f"{name}: {value}")
        for line in verdict.differences:
            self.stdout.write(f"  {line}")
        for line in verdict.recomputed:
            self.stdout.write(f"Computed again: {line}")
        for line in verdict.not_recomputed:
            self.stdout.write(f"Not computed again: {line}")
