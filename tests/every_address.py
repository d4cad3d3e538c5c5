"""All that somebody can be shown: every address of the project asked and sent, as text that can be compared.

Who must not learn something is shown the same whatever it is: that says more than to look for a word.
"""

import io
import re
import time
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from assessments import visitor_limits
from tests.permission_world import PermissionWorld
from tests.test_permission_matrix import ADDRESSES

# What is drawn by chance in every page, and says nothing.
BY_CHANCE = (
    r'name="csrfmiddlewaretoken" value="[^"]*"',
    r'"X-CSRFToken": ?"[^"]*"',
    r"&quot;X-CSRFToken&quot;: ?&quot;.*?&quot;",
    r'nonce="[^"]*"',
    r'name="page" value="[^"]*"',
    r'name="(receipt_code|new_link|held)" value="[^"]*"',
)


class ThrownAway(Exception):
    """Rolls back."""


def shown_everywhere(
    world: PermissionWorld, client: Client, more: Iterable[str] = (), methods: Iterable[str] = ("get", "post")
) -> dict[str, str]:
    """What a client is shown by method and address; `more` are addresses with something asked for in them.

    Whatever sending does is undone. Pages about question sets are left out: they import nothing of processes
    (pyproject.toml), and so can tell nothing of them.
    """
    visitor_limits.forget()
    confirm(client)
    found = {}
    for name, parameters in ADDRESSES.items():
        if name.startswith("attributes:"):
            continue
        values = world.values(name.split(":")[-1])
        address = reverse(name, kwargs={key: values[key] for key in parameters})
        for method in methods:
            found[f"{method} {name}"] = _shown(client, method, address)
    for address in more:
        found[f"get {address}"] = _shown(client, "get", address)
    return found


def confirm(client: Client) -> None:
    """Let it be a moment ago that they typed their password, so that their data can be asked for."""
    if "_auth_user_id" in client.session:
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()


def _shown(client: Client, method: str, address: str) -> str:
    cookies = deepcopy(client.cookies)
    try:
        with transaction.atomic():
            response = getattr(client, method)(address)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            raise ThrownAway
    except ThrownAway:
        client.cookies = cookies
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
