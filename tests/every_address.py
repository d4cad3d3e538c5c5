"""All that somebody can be shown: every address of the project asked and sent, as text that can be compared.

Who must not learn something is shown the same whatever it is: that says more than to look for a word.
"""

import io
import re
import time
import zipfile
from base64 import b64decode
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments import visitor_limits
from assessments.reports.render import RenderedPdf
from tests.asking import ask_cheaply, asked, noted, taken_back
from tests.permission_world import PermissionWorld
from tests.test_permission_matrix import ADDRESSES, is_taken

# What is drawn by chance in every page, and says nothing.
BY_CHANCE = (
    r'name="csrfmiddlewaretoken" value="[^"]*"',
    r'"X-CSRFToken": ?"[^"]*"',
    r"&quot;X-CSRFToken&quot;: ?&quot;.*?&quot;",
    r'nonce="[^"]*"',
    r'name="page" value="[^"]*"',
    r'name="(receipt_code|new_link|held)" value="[^"]*"',
)


# A picture of one point; programs that read pictures read no further.
POINT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")


class Look(dict[str, str]):
    """What a client is shown by method and address, and in `statements` what it took from the database."""

    def __init__(self) -> None:
        super().__init__()
        self.statements: dict[str, str] = {}


def shown_everywhere(
    world: PermissionWorld, client: Client, more: Iterable[str] = (), methods: Iterable[str] = ("get", "post")
) -> Look:
    """What a client is shown by method and address; `more` are addresses with something asked for in them.

    Whatever sending does is undone. What an address does not take has no page (tests/test_permission_matrix.py). Pages
    about question sets are left out: they import nothing of processes (pyproject.toml), and can tell nothing of them.
    """
    addresses = [
        (method, name, reverse(name, kwargs={key: world.values(name.split(":")[-1])[key] for key in parameters}))
        for name, parameters in ADDRESSES.items()
        if not name.startswith("attributes:")
        for method in methods
        if is_taken(name, method)
    ]
    return _look(client, addresses + [("get", address, address) for address in more])


def shown_again(
    first: Look, world: PermissionWorld, client: Client, changed: Iterable[type[Model]], more: Iterable[str] = ()
) -> Look:
    """Look once more, without sending anything, after rows of these models were changed.

    Whoever looked at an address before without a statement that names one of their tables is told the same again:
    the same statements find the same rows. Only the others are asked.
    """
    tables = [model._meta.db_table for model in changed]
    reading = {name for name, told in first.statements.items() if any(table in told for table in tables)}
    addresses = [
        ("get", name, reverse(name, kwargs={key: world.values(name.split(":")[-1])[key] for key in parameters}))
        for name, parameters in ADDRESSES.items()
        if f"get {name}" in reading
    ]
    return _look(client, addresses + [("get", address, address) for address in more if f"get {address}" in reading])


def _look(client: Client, addresses: Iterable[tuple[str, str, str]]) -> Look:
    visitor_limits.forget()
    confirm(client)
    found = Look()
    for method, name, address in addresses:
        said: list[str] = []
        found[f"{method} {name}"] = _shown(client, method, address, said)
        found.statements[f"{method} {name}"] = "\n".join(said)
    return found


def confirm(client: Client) -> None:
    """Let it be a moment ago that they typed their password, so that their data can be asked for."""
    if "_auth_user_id" in client.session:
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()


def let_nothing_differ(patch: pytest.MonkeyPatch) -> None:
    """Let no minute pass between two looks, and let papers, Word files and pictures be what they are drawn from, which
    can be read and takes no seconds."""
    now = datetime.now(UTC)
    patch.setattr(timezone, "now", lambda: now)
    ask_cheaply(patch)
    patch.setattr("assessments.paper.drawing.render_pdf", lambda html, **_how: RenderedPdf(b"%PDF" + html.encode(), 1))
    patch.setattr(
        "assessments.reports.views.word_file", lambda document, _language: document.model_dump_json().encode()
    )
    patch.setattr("assessments.reports.png.render_png", lambda html, **_how: POINT + html.encode())


def _shown(client: Client, method: str, address: str, said: list[str]) -> str:
    with taken_back(client), noted(said):
        response = asked(client, method, address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.status_code} {response.headers.get('Location', '')}\n{_text(content, response)}"


def _text(content: bytes, response: Any) -> str:
    """The text of a page or file, without what is there by chance; of an archive the texts of its files."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode(errors="replace") for name in sorted(archive.namelist()))
    text = content.decode(errors="replace")
    for pattern in BY_CHANCE:
        text = re.sub(pattern, "", text)
    return text


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The addresses of both that show something else, with the first lines that differ."""
    found = []
    for name, text in one.items():
        if name in other and text != other[name]:
            lines = zip(text.splitlines(), other[name].splitlines(), strict=False)
            first = next(((a.strip()[:200], b.strip()[:200]) for a, b in lines if a != b), ("", "more lines"))
            found.append(f"{name}: {first}")
    return found
