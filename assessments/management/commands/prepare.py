"""Bring the database up to date before the application is served."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
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

    def _logins(self) -> None:
        emails = ", ".join(person.email for person in people.PEOPLE)
        self.stdout.write(f"Demonstration logins: {emails} (password {people.DEMO_PASSWORD} unless changed)")


def _sets_are_stored() -> bool:
    """Whether every shipped file is stored. The file name says slug and version; the content is checked on loading."""
    stored = {f"{row.slug}-{row.version}" for row in QuestionSet.objects.only("slug", "version")}
    return all(path.stem in stored for path in shipped_files())
