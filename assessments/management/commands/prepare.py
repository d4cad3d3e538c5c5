"""Bring the database up to date before the application is served."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from assessments.demo import people
from assessments.models import Process
from attributes.loading import shipped_files
from attributes.models import QuestionSet


class Command(BaseCommand):
    """Migrate, make the cache table, load the shipped question sets and, with DEBUG, the demonstration."""

    help = "Do what is needed before the application can be served; quick when there is nothing to do."

    def handle(self, **options: Any) -> None:
        """Each step only where it is needed."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Bringing the database up to date …")
            call_command("migrate", verbosity=0, interactive=False)
        if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
            call_command("createcachetable", verbosity=0)
        if not _sets_are_stored():
            call_command("load_question_set", stdout=self.stdout)
        if settings.DEBUG:
            if not people.exists() and not Process.objects.exists():
                self.stdout.write("Adding the demonstration …")
                call_command("seed_demo", stdout=self.stdout)
            elif people.exists():
                self._logins()
        else:
            refuse_published_logins()

    def _logins(self) -> None:
        emails = ", ".join(person.email for person in people.PEOPLE)
        self.stdout.write(f"Demonstration logins: {emails} (password {people.DEMO_PASSWORD} unless changed)")


def refuse_published_logins() -> None:
    """Stop where somebody could sign in with the password of the demonstration: everybody knows it."""
    if found := people.still_published():
        emails = ", ".join(user.email for user in found)
        raise CommandError(
            f"Without DEBUG nothing starts while a published password works. It is the password of: {emails}.\n"
            "Start with an empty MSGOV_DATA_DIR or database; or give each a password of its own (python3 dev.py "
            "manage changepassword EMAIL);\nor close these accounts: python3 dev.py manage close_demo_logins"
        )


def _sets_are_stored() -> bool:
    """Whether every shipped file is stored. The file name says slug and version; the content is checked on loading."""
    stored = {f"{row.slug}-{row.version}" for row in QuestionSet.objects.only("slug", "version")}
    return all(path.stem in stored for path in shipped_files())
