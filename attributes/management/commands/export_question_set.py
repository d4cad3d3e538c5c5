"""Write a version or a draft of a question set into a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from attributes.exchange.services import exported
from attributes.management.base import DatabaseCommand, require_question_set
from attributes.models import Draft, QuestionSet
from attributes.versions.references import DRAFT_PREFIX


class Command(DatabaseCommand):
    """The same files as the editor's pages offer."""

    help = "Write a question set as YAML, JSON or (for translators) XLSX: SET@VERSION or draft:CODE."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """SET@VERSION, --format and --output."""
        parser.add_argument("reference", metavar="SET@VERSION", help="a published or retired version, or draft:CODE")
        parser.add_argument("--format", choices=sorted(exported.FORMATS), help="default: by the name of FILE, or yaml")
        parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output (not for xlsx)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, or print it."""
        output: Path | None = options["output"]
        kind = options["format"] or _kind(output)
        if kind == "xlsx" and output is None:
            raise CommandError("A spreadsheet cannot be printed: give --output FILE.")
        content = _file(options["reference"], kind).content
        if output is None:
            self.stdout.write(content.decode(), ending="")
            return
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror or 'cannot be written'}") from error
        self.stdout.write(f"{output}: {len(content)} bytes")


def _kind(output: Path | None) -> str:
    suffix = output.suffix.lower().lstrip(".") if output else ""
    return {"yml": "yaml"}.get(suffix, suffix) if suffix in {*exported.FORMATS, "yml"} else "yaml"


def _file(reference: str, kind: str) -> exported.ExportFile:
    if reference.startswith(DRAFT_PREFIX):
        draft = Draft.objects.filter(code=reference.removeprefix(DRAFT_PREFIX)).first()
        if draft is not None:
            return exported.draft_file(draft, kind)
    require_question_set()
    slug, _sign, version = reference.partition("@")
    row = QuestionSet.objects.filter(slug=slug, version=version).first()
    if row is None:
        raise CommandError(f"There is no version or draft “{reference}”. See: manage.py list_question_sets")
    return exported.version_file(row, kind)
