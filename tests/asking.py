"""Thousands of addresses asked one after the other: as if none had been asked, and without what asking alone costs."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.base import CreateError, SessionBase
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import ResolverMatch, URLResolver

from msgov import errors
from msgov.accounts.models import User
from tests.forms_in_pages import URLENCODED

# The sessions of those who ask, by key.
_kept: dict[str, str] = {}


class SessionStore(SessionBase):
    """A session in memory; that one is stored and found again is told by tests/security and tests/accounts."""

    def load(self) -> dict[str, Any]:
        """What is kept, or an empty session of a new key."""
        if self.session_key in _kept:
            return dict(json.loads(_kept[self.session_key]))
        self._session_key = None  # type: ignore[assignment]
        return {}

    def exists(self, session_key: str | None) -> bool:
        """Whether a key is taken."""
        return session_key in _kept

    def create(self) -> None:
        """Take a new key."""
        self._session_key = self._get_new_session_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Keep what was changed."""
        if self.session_key is None:
            self.create()
            return
        if must_create and self.session_key in _kept:
            raise CreateError
        _kept[self.session_key] = json.dumps(self._get_session(no_load=must_create))

    def delete(self, session_key: str | None = None) -> None:
        """Forget it."""
        _kept.pop(session_key or self.session_key or "", None)


class TakenBack(Exception):
    """Rolls back."""


@contextmanager
def taken_back(client: Client) -> Iterator[None]:
    """Undo what is done inside: rows, sessions and the cookies of a client."""
    cookies, sessions = client.cookies, dict(_kept)
    client.cookies = copy(cookies)
    try:
        with transaction.atomic():
            yield
            raise TakenBack
    except TakenBack:
        pass
    finally:
        client.cookies = cookies
        _kept.clear()
        _kept.update(sessions)


@contextmanager
def noted(statements: list[str]) -> Iterator[None]:
    """Note what the database is asked inside."""

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield


def asked(client: Client, method: str, address: str) -> Any:
    """The answer to looking, or to an empty form, sent as browsers send one without files."""
    if method == "get":
        return client.get(address)
    return client.post(address, "", content_type=URLENCODED)


# What writes headers and shortens answers, and answers nothing itself: tests/security/test_every_address.py.
WITHOUT = (
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "msgov.middleware.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "msgov.middleware.compression.TextCompressionMiddleware",
)
# The view of an address, for all tests of a process: which one it is never changes.
_found: dict[tuple[URLResolver, str], ResolverMatch] = {}


def ask_cheaply(patch: pytest.MonkeyPatch) -> None:
    """Look once who somebody is, and write no log of what is refused: half of what most requests cost here."""
    patch.setattr(settings, "MIDDLEWARE", [name for name in settings.MIDDLEWARE if name not in WITHOUT])
    patch.setattr(settings, "SESSION_ENGINE", __name__)
    patch.setattr(ModelBackend, "get_user", _looked_up_once(ModelBackend.get_user))
    # Not by `logging.disable`: loggers remember what they were told when it is taken back in another way.
    is_enabled = logging.Logger.isEnabledFor
    patch.setattr(logging.Logger, "isEnabledFor", lambda log, level: level > logging.WARNING and is_enabled(log, level))
    patch.setattr(URLResolver, "resolve", _resolved_once(URLResolver.resolve))
    _kept.clear()


def _resolved_once(resolve: Callable[[URLResolver, str], ResolverMatch]) -> Callable[[URLResolver, str], ResolverMatch]:
    """Look once among some three hundred addresses for the one that is asked: for everybody it is the same view."""

    def look_up(resolver: URLResolver, path: str) -> ResolverMatch:
        key = (resolver, str(path))
        if key not in _found:
            _found[key] = resolve(resolver, path)
        return _found[key]

    return look_up


def _looked_up_once(get_user: Callable[[ModelBackend, int], Any]) -> Callable[[ModelBackend, int], Any]:
    found: dict[int, User | None] = {}

    def look_up(backend: ModelBackend, user_id: int) -> User | None:
        if user_id not in found:
            found[user_id] = get_user(backend, user_id)
        # What one request works out about them is not known to the next one.
        return copy(found[user_id])

    return look_up


def draw_refusals_once(patch: pytest.MonkeyPatch) -> None:
    """Draw the pages of 403 and 404 for the first who gets one: the same words are on all of them."""
    drawn: set[str] = set()
    render = errors.render

    def render_once(request: HttpRequest, name: str, *rest: Any, **how: Any) -> HttpResponse:
        if name in drawn:
            return HttpResponse(status=how["status"])
        drawn.add(name)
        return render(request, name, *rest, **how)

    patch.setattr(errors, "render", render_once)
