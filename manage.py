#!/usr/bin/env python
"""Django's command line for msgov; `dev.py manage …` runs it inside the environment."""

import os
import sys

import django.db
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run a command; where settings or database are not ready for it, say so instead of showing a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msgov.settings")
    try:
        settings.INSTALLED_APPS  # noqa: B018 - Django goes on without settings, and stumbles later for another reason
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"The settings are not right: {error}")
    except (django.db.Error, SystemExit) as error:
        problem = "" if "--traceback" in sys.argv else problem_behind(error)
        if not problem:
            raise
        sys.exit(problem)


def problem_behind(error: BaseException) -> str:
    """What is wrong with the database, if a command failed for an error of it; else empty.

    Asked only now, because commands of Django and of other packages do not look before they begin, as ours do.
    """
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, django.db.Error):
        cause = cause.__context__
    if cause is None:
        return ""
    # Not before Django has been set up, which it has when a database is in use.
    from attributes.management.base import database_problem  # noqa: PLC0415

    problem, reason = database_problem(), str(cause).strip()
    known = isinstance(error, SystemExit) or reason in problem  # it has been printed, or is about to be
    return problem if known or not problem else f"{reason}\n{problem}"


if __name__ == "__main__":
    main()
