"""Who looks at the pages: somebody of each kind, with a browser of their own."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.unchanged.deterministic import address_of, randomness
from tests.unchanged.forms import Sent

PASSWORD = "unchanged-demo"
# As the demonstration has them, and those it lacks: an account without any role, and an administrator of the site who
# does not look after question sets (the demonstration's does both, and approves what the editor writes).
DEMO = {"organiser": "organiser", "contributor": "contributor", "reviewer": "reviewer", "editor": "editor"}
EMAILS = {name: f"{address}@example.org" for name, address in {**DEMO, "approver": "admin"}.items()}
ADDED: dict[str, dict[str, Any]] = {
    "stranger": {"name": "Sam Stranger"},
    "siteadmin": {"name": "Sid Siteadmin", "is_staff": True, "is_superuser": True},
}


class _Undo(Exception):
    """Rolls back."""


@dataclass(frozen=True)
class ReceivedAnswer:
    """What came back, read to its end."""

    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    content: bytes

    @property
    def kind(self) -> str:
        """The content type."""
        return self.headers.get("Content-Type", "")

    @property
    def location(self) -> str:
        """Where it leads on to, or ""."""
        return self.headers.get("Location", "") if 300 <= self.status < 400 else ""

    @property
    def html(self) -> str:
        """The page, or "" for anything else."""
        return self.content.decode() if self.kind.startswith("text/html") else ""


@dataclass
class RecordedVisitor:
    """Somebody with a browser. `name` says what kind of person."""

    name: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(self, address: str) -> ReceivedAnswer:
        """Open a page."""
        randomness.begin(f"GET {address} {self.name}")
        return _read(self.client.get(address, REMOTE_ADDR=address_of(f"{self.name} {address}")))

    def post(
        self, address: str, sent: Sent, *, label: str, in_parts: bool = False, htmx: bool = False
    ) -> ReceivedAnswer:
        """Send a form. `label` tells it from the same form sent at another time."""
        randomness.begin(f"POST {label} {self.name}")
        headers = {"HX-Request": "true"} if htmx else {}
        where: Any = {"REMOTE_ADDR": address_of(f"{self.name} {label}")}
        if in_parts:
            return _read(self.client.post(address, _by_name(sent), headers=headers, **where))
        kind = "application/x-www-form-urlencoded"
        return _read(self.client.post(address, urlencode(sent), content_type=kind, headers=headers, **where))


@contextmanager
def rolled_back(person: RecordedVisitor) -> Iterator[None]:
    """Within, everything is taken back at the end: rows, and what the browser was given."""
    cookies = deepcopy(person.client.cookies)
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass
    finally:
        person.client.cookies = cookies


def everybody() -> dict[str, RecordedVisitor]:
    """One person of each kind, signed in."""
    found = {"anonymous": RecordedVisitor("anonymous")}
    users = get_user_model().objects
    for name, fields in ADDED.items():
        randomness.begin(f"add {name}")
        user = users.create_user(email=f"{name}@example.org", password=PASSWORD, **fields)  # type: ignore[attr-defined]
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        found[name] = _signed_in(name, user)
    for name, email in EMAILS.items():
        found[name] = _signed_in(name, users.get(email=email))
    return found


def upload(name: str, text: str) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")


def _signed_in(name: str, user: Any) -> RecordedVisitor:
    person = RecordedVisitor(name)
    randomness.begin(f"sign in {name}")
    person.client.force_login(user)
    return person


def _read(response: Any) -> ReceivedAnswer:
    content = b"".join(response) if response.streaming else response.content  # read to its end, a file is closed
    cookies = tuple(sorted(_cookie(morsel) for morsel in response.cookies.values()))
    return ReceivedAnswer(response.status_code, dict(response.headers.items()), cookies, content)


def _cookie(morsel: Any) -> str:
    """A cookie without its value: name and attributes."""
    attributes = " ".join(f"{name}={value}" for name, value in sorted(morsel.items()) if value and name != "expires")
    return f"{morsel.key} {'is deleted ' if not morsel.value else ''}{attributes}"


def _by_name(sent: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for name, value in sent:
        found.setdefault(name, []).append(value)
    return found
