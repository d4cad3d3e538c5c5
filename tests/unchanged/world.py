"""A throw-away site with the demonstration and with what people do with it, step by step, through its pages."""

import io
import logging
import os
from pathlib import Path
from typing import Any

from tests.unchanged import deterministic

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "tests.unchanged.settings",
    "DEBUG": "0",
    "HTTPS": "0",
    "REQUIRE_ADMIN_MFA": "0",
    "LOG_ACCESS": "0",
    "LOG_JSON": "0",
    "SECRET_KEY": "unchanged-" + "x" * 50,
    "ALLOWED_HOSTS": "testserver",
    "SIGNUP_OPEN": "1",
    "TIME_ZONE": "UTC",
    # Nothing is drawn while pages are recorded: `documents` draws what waits, in a process of its own.
    "TASKS_BACKEND": "tests.unchanged.queue.Waiting",
}
OWN_APPS = ("assessments", "attributes", "msgov", "accounts")
CODE_LENGTH = 10


def start(folder: Path) -> None:
    """Make Django ready for a site in this folder, with a fixed clock and seeded random numbers."""
    os.environ.update(SETTINGS, MSGOV_DATA_DIR=str(folder), DATABASE_URL=f"sqlite:///{folder / 'msgov.sqlite3'}")
    deterministic.install()
    import django  # noqa: PLC0415 - not before clock and random numbers

    django.setup()
    logging.disable(logging.CRITICAL)


def command(*arguments: Any, **options: Any) -> str:
    """Run a management command and return what it prints, or what it refuses with."""
    from django.core.management import CommandError, call_command  # noqa: PLC0415 - Django is ready by then

    deterministic.randomness.begin("command " + " ".join(map(str, arguments)))
    out = io.StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=out, **options)
    except CommandError as error:
        out.write(f"refused: {error}\n")
    return out.getvalue()


def codes() -> dict[str, str]:
    """A name for every random code there is: its model and number. Codes of the demonstration are names already."""
    from django.apps import apps  # noqa: PLC0415 - as above

    found: dict[str, str] = {}
    for model in apps.get_models():
        if model._meta.app_label in OWN_APPS and "code" in {field.name for field in model._meta.fields}:
            rows: Any = model._default_manager.order_by("pk").values_list("pk", "code")
            name = model._meta.model_name
            found |= {code: f"{name}-{pk}" for pk, code in rows if len(code) >= CODE_LENGTH and code.isalnum()}
    return found
