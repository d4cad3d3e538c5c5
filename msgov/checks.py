"""Mistakes of deployment that would otherwise show only when somebody is hurt by them. Run by `manage.py check`."""

import ctypes
import os
import stat
import sys
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import DatabaseError

from assessments.demo import people
from msgov.middleware.probes import media_writable

SECRET_LENGTH = 32  # at least, of what is typed into no form
NOT_SHARED = ("locmem.LocMemCache", "dummy.DummyCache")
PANGO = {
    "linux": ["libpangoft2-1.0.so.0"],
    "darwin": ["libpangoft2-1.0.dylib", "/opt/homebrew/lib/libpangoft2-1.0.dylib"],
    "win32": ["libpangoft2-1.0-0.dll"],
}


@register(Tags.caches)
def cache_is_shared(**kwargs: Any) -> list[CheckMessage]:
    """Rate limits are counted in the cache; one per process would multiply or lose them."""
    if settings.DEBUG or not str(settings.CACHES["default"]["BACKEND"]).endswith(NOT_SHARED):
        return []
    hint = "Use the database cache, which is the default, or Redis."
    return [Error("The cache is not shared: rate limits do not work.", hint=hint, id="msgov.E001")]


@register(Tags.files)
def media_can_be_written(**kwargs: Any) -> list[CheckMessage]:
    """Evidence and reports are files."""
    if media_writable():
        return []
    hint = "Make it writable for the user of the server, or set MSGOV_DATA_DIR."
    return [Error(f"Nothing can be stored in {settings.MEDIA_ROOT}.", hint=hint, id="msgov.E002")]


@register(Tags.files, deploy=True)
def data_folder_is_private(**kwargs: Any) -> list[CheckMessage]:
    """SQLite's file and the evidence can be read by whoever may enter the folder."""
    others = stat.S_IRWXO & settings.DATA_DIR.stat().st_mode
    if os.name == "nt" or not others:
        return []
    hint = f"chmod 700 {settings.DATA_DIR}"
    return [Warning("Every user of this computer can look into the data folder.", hint=hint, id="msgov.W002")]


@register()
def reports_are_drawn_in_the_background(**kwargs: Any) -> list[CheckMessage]:
    """Drawn within the request, a report of a hundred pages keeps a visitor waiting for a minute."""
    backend = settings.TASKS["default"]["BACKEND"]
    if settings.DEBUG or not backend.endswith((".ImmediateBackend", ".DummyBackend")):
        return []
    hint = "Leave TASKS_BACKEND at its default."
    return [Warning("Reports are not drawn in the background.", hint=hint, id="msgov.W001")]


@register(Tags.database, deploy=True)
def database_serves_many(**kwargs: Any) -> list[CheckMessage]:
    """SQLite is fine for one machine; say what it does not do."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return []
    hint = "One machine only; for several, or for many people at once, set DATABASE_URL to a PostgreSQL."
    return [Info("The database is SQLite.", hint=hint, id="msgov.I001")]


@register()
def returned_mails_can_be_told(**kwargs: Any) -> list[CheckMessage]:
    """What is set up by half: a mailbox to which no mail comes back, or a secret that can be guessed."""
    found: list[CheckMessage] = []
    if settings.BOUNCE_MAILBOX and "@" not in settings.BOUNCE_ADDRESS:
        hint = "Set BOUNCE_ADDRESS to the address of the mailbox (docs/mail.md)."
        found.append(Warning("No mail comes back to the mailbox of BOUNCE_MAILBOX.", hint=hint, id="msgov.W003"))
    if settings.BOUNCE_WEBHOOK_SECRET and len(settings.BOUNCE_WEBHOOK_SECRET) < SECRET_LENGTH:
        hint = f"Use {SECRET_LENGTH} random characters or more."
        found.append(Error("BOUNCE_WEBHOOK_SECRET is too short.", hint=hint, id="msgov.E004"))
    return found


@register(deploy=True)
def pango_is_installed(**kwargs: Any) -> list[CheckMessage]:
    """Reports need Pango. Everything else works without, so its absence must not stop a deployment."""
    for name in PANGO.get(sys.platform, []):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return []
    hint = "`python3 dev.py doctor` names the package to install."
    return [Info("Pango is missing: PDF reports cannot be drawn.", hint=hint, id="msgov.I002")]


@register(Tags.security, deploy=True)
def no_published_password(**kwargs: Any) -> list[CheckMessage]:
    """A trial that became the real site keeps an administrator whose password everybody knows."""
    if settings.DEBUG:
        return []
    try:
        found = people.still_published()
    except DatabaseError:  # no tables yet, so nobody either; that it does not answer is said by `/readyz`
        return []
    hint = "python3 dev.py manage close_demo_logins, or changepassword for each."
    emails = ", ".join(user.email for user in found)
    return [Error(f"These people have a published password: {emails}.", hint=hint, id="msgov.E003")] if found else []
