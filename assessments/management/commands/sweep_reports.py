"""Take up reports whose worker died."""

from typing import Any

from assessments.reports.tasks import sweep
from attributes.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = "Put reports back into the queue whose worker died or whose job was lost. Run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(sweep()))
