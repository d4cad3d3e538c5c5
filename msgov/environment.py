"""Settings from the environment, from NAME_FILE, or from .env: read as they are meant, or refused by name.

A value is never shown: it may be a secret. What is empty counts as not set, and blanks around values mean nothing.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

YES = ("1", "true", "on", "ok", "y", "yes")
NO = ("0", "false", "off", "n", "no")
# scheme://user:password@rest; the password may hold anything, up to the last @.
LOGIN = re.compile(r"(?P<before>[\w+.-]+://[^:/?#@]*:)(?P<password>.*)(?P<after>@[^@]*)", re.DOTALL)
RESERVED = "/?#[]"
ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")
POSTGRESQL = ("postgres", "postgresql", "psql", "pgsql")


def read_file(path: Path) -> None:
    """Take the settings of a file in that are not in the environment."""
    environ.Env.read_env(path)


def text(name: str, default: str = "") -> str:
    """A setting as it stands, from NAME_FILE or NAME: no character has a meaning of its own."""
    file = os.environ.get(f"{name}_FILE", "").strip()
    if file:
        try:
            found = Path(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read.") from error
    else:
        found = os.environ.get(name, "")
    return found.strip() or default


def flag(name: str, *, default: bool) -> bool:
    """1 or 0, in one of the ways in which people say so."""
    found = text(name).lower()
    if found and found not in YES + NO:
        raise ImproperlyConfigured(f"{name} is neither 1 nor 0.")
    return found in YES if found else default


def number(name: str, *, default: int) -> int:
    """A whole number, 0 or more."""
    found = text(name) or str(default)
    if not found.isdecimal():
        raise ImproperlyConfigured(f"{name} is not a whole number.")
    return int(found)


def several(name: str, default: list[str] | None = None) -> list[str]:
    """Values separated by commas, with or without blanks."""
    found = [value.strip() for value in text(name).split(",")]
    return [value for value in found if value] or list(default or [])


def hosts(name: str, default: list[str]) -> list[str]:
    """Names of hosts, without scheme, path or blanks."""
    found = several(name, default)
    if any(re.search(r"[/ @?#]|:\d+$", host) for host in found):
        raise ImproperlyConfigured(f"{name} holds names of hosts, such as msgov.example.org: no https://, no port.")
    return found


def time_zone(name: str, default: str) -> str:
    """A time zone by its name in the IANA database."""
    found = text(name, default)
    # Not looked up where it is the default: the names of all zones are read from the disk.
    names = {default} if found == default else available_timezones()
    if found not in names - {"localtime", "Factory"}:  # which mean another zone elsewhere, or none
        raise ImproperlyConfigured(f"{name} is no time zone. Write it as Europe/Berlin or UTC.")
    return found


def address(name: str, default: str, parse: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """What a URL means, with whatever characters in its password.

    Raises ImproperlyConfigured, which names the setting and not its value.
    """
    problem = f"{name} cannot be read. Write special characters of its password as %40 (@), %2F (/), %3F (?), %23 (#)."
    try:
        return parse(_encoded(text(name, default)))
    except Exception:  # whatever it is, its message may quote the password
        raise ImproperlyConfigured(problem) from None


def _encoded(url: str) -> str:
    """The URL with a password that can be told from the rest. Raises ValueError where it cannot be known."""
    found = LOGIN.fullmatch(url)
    if found is None or not found["before"]:
        return url
    password = found["password"]
    if "@" in password and any(sign in password for sign in RESERVED):
        raise ValueError("the password may end at either @")
    return found["before"] + quote(password, safe="%+!$&'()*,;=:~") + found["after"]


def database(name: str, default: str) -> dict[str, Any]:
    """The connection that a URL names, to SQLite or PostgreSQL."""
    scheme = text(name, default).partition("://")[0]
    if scheme not in {"sqlite", *POSTGRESQL}:
        raise ImproperlyConfigured(f"{name} begins with sqlite:// or postgres://.")

    def parse(url: str) -> dict[str, Any]:
        found: dict[str, Any] = environ.Env.db_url_config(url)
        if found.get("ENGINE") not in ENGINES or (found.get("PORT") and not 0 < int(found["PORT"]) < 2**16):
            raise ValueError("no database")
        return found

    return address(name, default, parse)


def mail(name: str, default: str) -> dict[str, Any]:
    """The settings of Django for the mail server that a URL names."""
    if text(name, default).partition("://")[0] not in environ.Env.EMAIL_SCHEMES:
        raise ImproperlyConfigured(f"{name} begins with smtp://, smtp+tls://, smtp+ssl:// or consolemail://.")
    found: dict[str, Any] = address(name, default, environ.Env.email_url_config)
    return found


def mailbox(name: str) -> str:
    """The address of a mailbox, encrypted whatever its scheme; empty where none is named."""
    if not text(name):
        return ""
    problem = f"{name} begins with imaps:// or imap+tls:// and has a name, a password and a host."

    def parse(url: str) -> dict[str, Any]:
        parts = urlsplit(url)
        if parts.scheme not in ("imaps", "imap+tls") or not (parts.hostname and parts.username and parts.password):
            raise ValueError("no mailbox")
        return {"url": url, "port": parts.port}

    try:
        found: dict[str, Any] = address(name, "", parse)
    except ImproperlyConfigured:
        raise ImproperlyConfigured(problem) from None
    return str(found["url"])
