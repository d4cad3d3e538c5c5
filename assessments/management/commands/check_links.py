"""Ask the links of evidence registers whether they still answer."""

from typing import Any

from django.core.management.base import CommandParser

from assessments.register.link_checks import AT_ONCE, check_links
from attributes.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = "Ask the links of evidence registers whether they still answer. Does nothing unless CHECK_LINKS is on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=AT_ONCE, help="how many to ask now")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(check_links(max(0, options["limit"]))))
