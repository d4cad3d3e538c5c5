"""Say what differs between two versions or drafts of a question set."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from attributes.exceptions import QuestionSetFileError
from attributes.exporting import plain
from attributes.loading import read_spec
from attributes.management.base import DatabaseCommand, require_question_set
from attributes.versions.comparing import as_json, as_markdown, report
from attributes.versions.references import DRAFT_PREFIX, Referred, UnknownReference, find


class Command(DatabaseCommand):
    """Compare A with B, word by word."""

    help = "Show what differs between two versions: SET@VERSION, draft:CODE, or a question set file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A, B and --json."""
        parser.add_argument("a", metavar="A", help="SET@VERSION, draft:CODE or a file")
        parser.add_argument("b", metavar="B", help="the same")
        parser.add_argument("--json", action="store_true", help="for programs")

    def needs_database(self, options: dict[str, Any]) -> bool:
        """Two files can be compared without one."""
        return not (_is_file(options["a"]) and _is_file(options["b"]))

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the differences as text, or as JSON."""
        found = report(_side(options["a"]), _side(options["b"]))
        self.stdout.write(as_json(found) if options["json"] else as_markdown(found), ending="")


def _is_file(name: str) -> bool:
    return Path(name).suffix.lower() in {".yaml", ".yml", ".json"}


def _side(name: str) -> Referred:
    try:
        if _is_file(name):
            spec = read_spec(Path(name))
            return Referred(name, spec.slug, spec.version, plain(spec))
        if not name.startswith(DRAFT_PREFIX):
            require_question_set()
        return find(name)
    except (UnknownReference, QuestionSetFileError) as error:
        raise CommandError(str(error)) from error
