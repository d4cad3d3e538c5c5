"""What holds for every address of the site: headers, no change by looking, and no change without a token."""

import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.http.response import ResponseHeaders
from django.test import Client
from django.test.utils import CaptureQueriesContext

from msgov.accounts.models import AuditEvent, User
from tests.asking import draw_refusals_once
from tests.security.world import SecurityWorld

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

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
    return client.get(address)


def written(statements: CaptureQueriesContext) -> set[str]:
    """The tables that were written to, even if with the same values, except those that looking may write to."""
    found = [WRITING.match(statement["sql"]) for statement in statements.captured_queries]
    return {match["table"] for match in found if match} - KEPT_BY_LOOKING


@dataclass(frozen=True)
class Visit:
    """What somebody got who looked at an address, and what the looking wrote."""

    address: str
    signed_in: bool
    status: int
    headers: ResponseHeaders
    written: set[str]

    def __str__(self) -> str:
        return f"{'signed in' if self.signed_in else 'visitor'}, {self.address} {self.status}"


@dataclass(frozen=True)
class Walk:
    """Every address looked at by two people, each time with a new browser."""

    world: SecurityWorld
    visits: list[Visit]
    actions: set[str]  # what was put on record meanwhile


def browsers(user: User | None, *, enforce_csrf_checks: bool = False) -> Iterator[Client]:
    """One browser after the other in which somebody has just signed in; nobody, if there is no user."""
    first = Client(enforce_csrf_checks=enforce_csrf_checks, raise_request_exception=False)
    if user:
        first.force_login(user)
    kept = Session.objects.filter(pk=first.session.session_key).values().get() if user else None
    while True:
        client = Client(raise_request_exception=False)
        client.cookies = copy(first.cookies)
        client.handler = first.handler  # the middleware is put together once
        yield client
        if kept:
            # What was asked last is not known to the next.
            Session(**kept).save()


def walk_everywhere() -> Walk:
    """Build one of everything, and look at all of it."""
    world = SecurityWorld()
    visits = []
    own, others = browsers(world.user), browsers(None)
    for address in world.addresses():
        for signed_in in (True, False):
            client = next(own if signed_in else others)
            with CaptureQueriesContext(connection) as statements:
                answer = visit(client, address)
            visits.append(Visit(address, signed_in, answer.status_code, answer.headers, written(statements)))
    return Walk(world, visits, set(AuditEvent.objects.values_list("action", flat=True)))


@pytest.fixture(scope="module")
def walk(build_once: Callable[[Callable[[], Walk]], Walk]) -> Walk:
    """All addresses have been looked at."""
    return build_once(walk_everywhere)


def test_walk_finds_all_areas(walk: Walk) -> None:
    addresses = {each.address for each in walk.visits}
    for start in ("/", "/account/", "/admin/", "/processes/", "/assessments/", "/reports/", "/framework/", "/compare/"):
        assert any(address.startswith(start) for address in addresses), start
    assert len(addresses) > 80
    assert {each.status for each in walk.visits} >= {200, 302, 404}


@pytest.mark.parametrize("signed_in", [True, False])
def test_every_answer_has_the_headers(walk: Walk, signed_in: bool) -> None:
    missing = []
    for each in walk.visits:
        if each.signed_in != signed_in:
            continue
        missing += [
            f"{each}: {name} is {each.headers.get(name)}"
            for name, pattern in HEADERS.items()
            if not re.search(pattern, each.headers.get(name, ""))
        ]
        if "unsafe" in each.headers["Content-Security-Policy"]:
            missing.append(f"{each}: unsafe policy")
    assert missing == []


def test_no_page_of_a_signed_in_person_is_kept_by_caches(walk: Walk) -> None:
    assert [
        f"{each}: {each.headers.get('Cache-Control')}"
        for each in walk.visits
        if each.signed_in and each.status < 500 and "no-store" not in each.headers.get("Cache-Control", "")
    ] == []


def test_writing_is_noticed(walk: Walk) -> None:
    user = User.objects.get(pk=walk.world.user.pk)
    with CaptureQueriesContext(connection) as statements:
        Client().force_login(user)
        user.groups.clear()
        Group.objects.create(name="Group")
    assert written(statements) == {"accounts_user", "accounts_user_groups", "auth_group"}


def test_looking_changes_nothing(walk: Walk) -> None:
    assert [f"{each}: {table}" for each in walk.visits for table in each.written] == []
    assert walk.actions <= {
        "account.flags_changed",
        "login.succeeded",
        "access.denied",
        "wave.launched",  # by the world
    }


def test_nothing_is_sent_without_a_token(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Probes are not asked; everything else refuses, redirects to sign-in or does not take POST at all."""
    draw_refusals_once(monkeypatch)
    accepted = []
    own = browsers(walk.world.user, enforce_csrf_checks=True)
    for address in walk.world.addresses():
        client = next(own)
        answer = client.post(address, {"text": "forged"})
        if answer.status_code != 403:
            accepted.append(f"{address} {answer.status_code}")
    assert [entry for entry in accepted if not entry.endswith((" 405", " 404"))] == []


def test_every_page_for_members_sends_visitors_to_sign_in_or_knows_nothing(walk: Walk) -> None:
    members = ("/processes/", "/assessments/", "/reports/", "/admin/")
    visitors = [each for each in walk.visits if each.address.startswith(members) and not each.signed_in]
    assert visitors
    assert [str(each) for each in visitors if each.status not in (302, 404, 405)] == []


def test_no_address_is_broken(walk: Walk) -> None:
    assert [str(each) for each in walk.visits if each.status >= 500] == []
