"""Store question sets from files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from attributes.exceptions import DraftRefused, QuestionSetConflictError, QuestionSetFileError
from attributes.loading import digest, read_spec, shipped_files, store_spec
from attributes.management.base import DatabaseCommand
from attributes.management.drafts_from_files import read_documents, start_from_file
from attributes.schema import QuestionSetSpec


class Command(DatabaseCommand):
    """Check files and publish what they hold. Running it again changes nothing."""

    help = "Check question set files and publish them. Without FILE: those that come with the software."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE…, --check, --spelling; --draft with --owner and --base."""
        parser.add_argument("files", nargs="*", metavar="FILE", type=Path, help="a .yaml or .json file")
        parser.add_argument("--check", action="store_true", help="check the files and store nothing")
        parser.add_argument(
            "--spelling",
            action="append",
            default=[],
            metavar="CODE",
            help="an item whose wording differs from the version before in its spelling only",
        )
        parser.add_argument("--draft", action="store_true", help="start a draft from each file and publish nothing")
        parser.add_argument("--owner", metavar="EMAIL", help="with --draft: the question set administrator it is of")
        parser.add_argument(
            "--base", metavar="VERSION", help="with --draft: the version it is based on (default: the newest)"
        )

    def needs_database(self, options: dict[str, Any]) -> bool:
        """Files can be checked without one."""
        return not options["check"]

    def handle(self, *args: Any, **options: Any) -> None:
        """Check all files before the first is stored, so that a mistake in the second leaves nothing behind."""
        if options["draft"]:
            self._drafts(options)
            return
        files: list[Path] = options["files"] or shipped_files()
        specs = self._read(files)
        if options["check"]:
            for path, spec in specs:
                self.stdout.write(f"{path}: {_name(spec)} is valid ({_extent(spec)}; {digest(spec)[:12]})")
            return
        declared = {f"item/{code}": "spelling" for code in options["spelling"]}
        lines = []
        with transaction.atomic():
            for path, spec in specs:
                try:
                    _question_set, created = store_spec(spec, declared=declared)
                except QuestionSetConflictError as error:
                    raise CommandError(f"{path}: {error}") from error
                lines.append(f"{_name(spec)}: {'published' if created else 'already there'} ({_extent(spec)})")
        for line in lines:
            self.stdout.write(line)

    def _drafts(self, options: dict[str, Any]) -> None:
        """Drafts may be incomplete, so their files are read as the editor's import reads them."""
        if not options["files"] or not options["owner"]:
            raise CommandError("--draft needs FILE and --owner EMAIL")
        documents = read_documents(options["files"])
        if options["check"]:
            for path, document in documents:
                self.stdout.write(f"{path}: {document['slug']} can be a draft")
            return
        try:
            with transaction.atomic():
                made = [
                    start_from_file(document, name=path.name, owner=options["owner"], base=options["base"])
                    for path, document in documents
                ]
        except DraftRefused as error:
            raise CommandError(str(error)) from error
        for draft in made:
            based = f" based on {draft.base.version}" if draft.base else ""
            self.stdout.write(f"{draft.slug}: draft {draft.code}{based}")

    def _read(self, files: list[Path]) -> list[tuple[Path, QuestionSetSpec]]:
        specs, problems = [], []
        for path in files:
            try:
                specs.append((path, read_spec(path)))
            except QuestionSetFileError as error:
                problems.append(str(error))
        if problems:
            raise CommandError("\n".join(problems))
        return specs


def _name(spec: QuestionSetSpec) -> str:
    return f"{spec.slug} {spec.version}"


def _extent(spec: QuestionSetSpec) -> str:
    questions = [question for attribute in spec.attributes for question in attribute.questions]
    items = sum(len(question.items) for question in questions)
    return f"{len(spec.attributes)} attributes, {len(questions)} questions, {items} items"
