"""What commands say when the database is not ready for them."""

from typing import Any

import django.db
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from attributes.models import QuestionSet

NO_QUESTION_SET = "No question set is stored. Run this first: python3 dev.py manage load_question_set"


def database_problem() -> str:
    """Why the database cannot be used as it is, and what to run first; empty if it can be used."""
    try:
        executor = MigrationExecutor(connection)
    except django.db.Error as error:
        return f"The database cannot be used: {str(error).strip()}\nDATABASE_URL and MSGOV_DATA_DIR say where it is."
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return ""
    state = "older than this version of msgov" if executor.loader.applied_migrations else "empty"
    return (
        f"The database is {state}. "
        "Run this first: python3 dev.py manage prepare (or python3 dev.py run, which also starts msgov)."
    )


def require_question_set() -> None:
    """Raise CommandError where no version of any question set is stored."""
    if not QuestionSet.objects.exists():
        raise CommandError(NO_QUESTION_SET)


class DatabaseCommand(BaseCommand):
    """A command that says what to run first where its tables are not there, or out of date."""

    def needs_database(self, options: dict[str, Any]) -> bool:
        """Whether it looks into the database, with these options."""
        return True

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Look before the command does: it would end in the middle of something. Like Django's other checks, this is
        left out where code calls the command.
        """
        if not options.get("skip_checks") and self.needs_database(options) and (problem := database_problem()):
            raise CommandError(problem)
        return super().execute(*args, **options)
