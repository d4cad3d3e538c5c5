"""What holds for every address of the site: headers, no change by looking, and no change without a token."""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from msgov.accounts.models import AuditEvent
from tests.security.world import World

pytestmark = pytest.mark.django_db

HEADERS = {
    "Content-Security-Policy": r"default-src 'none'",
    "X-Content-Type-Options": r"^nosniff$",
    "X-Frame-Options": r"^DENY$",
    "Referrer-Policy": r"^(same|strict)-origin$",  # the latter where the address may hold a token
    "Cross-Origin-Opener-Policy": r"^same-origin$",
    "Permissions-Policy": r"camera=\(\)",
    "X-Request-ID": r"^[0-9a-f]{16}$",
}
# Written by looking, on purpose: who looked where they may not, and what sessions and limits keep.
KEPT_BY_LOOKING = {"django_session", "accounts_auditevent", "msgov_cache"}
WRITING = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO|TRUNCATE|CREATE|ALTER|DROP)\W+(?P<table>\w+)")


def visit(client: Client, address: str) -> HttpResponse:
    """GET an address; a mistake in a page is an answer with status 500 here, and its test is elsewhere."""
    client.raise_request_exception = False
    return client.get(address)


def test_walk_finds_all_areas(world: World) -> None:
    addresses = world.addresses()
    for start in ("/", "/account/", "/admin/", "/processes/", "/assessments/", "/reports/", "/framework/", "/compare/"):
        assert any(address.startswith(start) for address in addresses), start
    assert len(addresses) > 80


@pytest.mark.parametrize("signed_in", [True, False])
def test_every_answer_has_the_headers(world: World, signed_in: bool) -> None:
    missing = []
    for address in world.addresses():
        client = Client()
        if signed_in:
            client.force_login(world.user)
        answer = visit(client, address)
        missing += [
            f"{address} {answer.status_code}: {name} is {answer.headers.get(name)}"
            for name, pattern in HEADERS.items()
            if not re.search(pattern, answer.headers.get(name, ""))
        ]
        if "unsafe" in answer.headers["Content-Security-Policy"]:
            missing.append(f"{address}: unsafe policy")
    assert missing == []


def test_no_page_of_a_signed_in_person_is_kept_by_caches(world: World) -> None:
    kept = []
    for address in world.addresses():
        client = Client()
        client.force_login(world.user)
        answer = visit(client, address)
        if answer.status_code < 500 and "no-store" not in answer.headers.get("Cache-Control", ""):
            kept.append(f"{address} {answer.status_code}: {answer.headers.get('Cache-Control')}")
    assert kept == []


def written(statements: CaptureQueriesContext) -> set[str]:
    """The tables that were written to, even if with the same values, except those that looking may write to."""
    found = [WRITING.match(statement["sql"]) for statement in statements.captured_queries]
    return {match["table"] for match in found if match} - KEPT_BY_LOOKING


def test_writing_is_noticed(world: World) -> None:
    with CaptureQueriesContext(connection) as statements:
        Client().force_login(world.user)
        world.user.groups.clear()
        Group.objects.create(name="Group")
    assert written(statements) == {"accounts_user", "accounts_user_groups", "auth_group"}


def test_looking_changes_nothing(world: World) -> None:
    changed = []
    for address in world.addresses():
        for signed_in in (True, False):
            client = Client()
            if signed_in:
                client.force_login(world.user)
            with CaptureQueriesContext(connection) as statements:
                visit(client, address)
            changed += [f"GET {address}: {table}" for table in written(statements)]
    assert changed == []
    assert set(AuditEvent.objects.values_list("action", flat=True)) <= {
        "account.flags_changed",
        "login.succeeded",
        "access.denied",
        "wave.launched",  # by the world
    }


def test_nothing_is_sent_without_a_token(world: World) -> None:
    """Probes are not asked; everything else refuses, redirects to sign-in or does not take POST at all."""
    accepted = []
    for address in world.addresses():
        client = Client(enforce_csrf_checks=True)
        client.raise_request_exception = False
        client.force_login(world.user)
        answer = client.post(address, {"text": "forged"})
        if answer.status_code != 403:
            accepted.append(f"{address} {answer.status_code}")
    assert [entry for entry in accepted if not entry.endswith((" 405", " 404"))] == []


def test_every_page_for_members_sends_visitors_to_sign_in_or_knows_nothing(world: World) -> None:
    shown = []
    for address in world.addresses():
        if address.startswith(("/processes/", "/assessments/", "/reports/", "/admin/")):
            answer = visit(Client(), address)
            if answer.status_code not in (302, 404, 405):
                shown.append(f"{address} {answer.status_code}")
    assert shown == []


def test_no_address_is_broken(world: World) -> None:
    broken = []
    for address in world.addresses():
        for signed_in in (True, False):
            client = Client()
            if signed_in:
                client.force_login(world.user)
            answer = visit(client, address)
            if answer.status_code >= 500:
                broken.append(f"{address} {answer.status_code}")
    assert broken == []
