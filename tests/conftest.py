"""What all tests share: no network, no silent skips in CI, reproducible examples, and the shipped question set."""

import gc
import ipaddress
import os
import socket
from collections.abc import Callable, Generator, Iterator
from typing import Any, TypeVar

import hypothesis
import pytest
from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.db.models.signals import post_migrate
from django.template import Context, Template
from django.test import Client
from django.test.signals import template_rendered
from django.utils.safestring import SafeString
from pytest_django import DjangoDbBlocker

from assessments.reports.render import RenderedPdf
from attributes.catalogue.published import catalogue_of
from tests import builders
from tests.builders.clock import SetClock, clock_of
from tests.examples import IN_CI
from tests.remembering import remembering

# A program of its own, with settings of its own; its tests are tests/project/test_unchanged.py.
collect_ignore = ["unchanged"]

Built = TypeVar("Built")

# Before `--hypothesis-profile`, which goes on from here.
hypothesis.settings.load_profile("ci" if IN_CI else "home")


def refuse_network(address: Any) -> None:
    """Fail whatever connects to another computer: neither application nor tests have any business there."""
    if isinstance(address, tuple):
        host = str(address[0])
        try:
            allowed = ipaddress.ip_address(host.partition("%")[0]).is_loopback
        except ValueError:
            allowed = host == "localhost"
        if not allowed:
            raise RuntimeError(f"A test tried to connect to {host}.")


def refusing(connect: Callable[[socket.socket, Any], Built]) -> Callable[[socket.socket, Any], Built]:
    """What connects a socket, after a look at where to."""

    def connect_here(self: socket.socket, address: Any) -> Built:
        refuse_network(address)
        return connect(self, address)

    return connect_here


# Not an audit hook: Python would ask it at each of the millions of calls of id() as well.
for way in ("connect", "connect_ex"):
    setattr(socket.socket, way, refusing(getattr(socket.socket, way)))


def refuse_skip(node: pytest.Item | pytest.Collector, report: pytest.TestReport | pytest.CollectReport) -> None:
    """In CI, turn a skipped browser or PostgreSQL test into a failure: there, both are promised to run."""
    promised = "e2e" in node.path.parts or os.environ.get("MSGOV_TEST_DB") == "postgres"
    if IN_CI and promised and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI does not accept here: {report.longrepr}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """Mark what may look into the database, before `-m` chooses: PostgreSQL has nothing to say about the rest.

    And let the files with slow tests begin, so that no helper is left with one of them when the others are done.
    """
    for item in items:
        if uses_database(item):
            item.add_marker("database")
    yield
    slow = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("load")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Look at each test."""
    report = yield
    refuse_skip(item, report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Look at each module, which may be skipped as a whole."""
    report = yield
    refuse_skip(collector, report)
    return report


def pytest_collection_finish() -> None:
    """Look no more for garbage among what was imported and collected: it stays to the end, and is a million objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def only_pages_are_noted(django_test_environment: None) -> None:
    """Note the context of what a view renders, not of each part that it includes: copying them takes as long again."""
    Template._render = _noted_if_whole  # type: ignore[attr-defined]


def _noted_if_whole(self: Template, context: Context) -> SafeString:
    if context.template is self:
        template_rendered.send(sender=self, template=self, context=context)
    return self.nodelist.render(context)


@pytest.fixture(scope="session", autouse=True)
def public_once() -> Iterator[None]:
    """Look through what is public of a panel's result once for each result."""
    with remembering():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Store the shipped question set once for all tests: it is published, so none of them can change it.

    And remember it as any process does after its first page, so that no count of queries depends on the order of tests.
    """
    with django_db_blocker.unblock():
        catalogue_of(builders.question_set())
    # A test with real transactions ends with emptying every table, which is followed by this signal.
    post_migrate.connect(store_again, sender=apps.get_app_config("attributes"))
    yield
    post_migrate.disconnect(store_again, sender=apps.get_app_config("attributes"))


def store_again(**_: Any) -> None:
    """Store and remember the shipped question set after a flush. Inside a transaction it is a test that migrates."""
    if not connection.in_atomic_block:
        catalogue_of(builders.question_set())


@pytest.fixture(scope="module")
def build_once(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[Callable[[], Built]], Built]]:
    """Return a function that builds rows which every test of a module finds as they were built.

    What a test writes is taken back after it, as always. What it does to an object stays: hand out copies.
    """
    refuse_to_leak(request)
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()

    def build(make: Callable[[], Built]) -> Built:
        with django_db_blocker.unblock():
            return make()

    yield build
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


def refuse_to_leak(request: pytest.FixtureRequest) -> None:
    """Fail where some tests of a module ask for shared rows and others do not: they find them in random order."""
    unaware = [
        item.name
        for item in request.session.items
        if item.path == request.path and uses_database(item) and "build_once" not in fixtures_of(item)
    ]
    if unaware:
        pytest.fail(f"These tests would see what others of {request.path.name} share: {', '.join(unaware)}")


def uses_database(item: pytest.Item) -> bool:
    """Whether a test may look into the database."""
    return bool(item.get_closest_marker("django_db")) or "_django_db_helper" in fixtures_of(item)


def fixtures_of(item: pytest.Item) -> list[str]:
    """The fixtures of a test, with those that they use."""
    return getattr(item, "fixturenames", [])


@pytest.fixture
def empty_site(db: None) -> None:
    """No question set at all, until the test is over."""
    # Published sets cannot be deleted through their models. The order does not matter: keys are checked at the end.
    with connection.cursor() as cursor:
        for model in apps.get_app_config("attributes").get_models():
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608 (names of our own)


@pytest.fixture
def client_for() -> Callable[[AbstractBaseUser], Client]:
    """Return a function that makes a client signed in as a user."""

    def make(user: AbstractBaseUser) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """A function that makes it a moment: `clock("2026-12-10 09:59")`, in UTC."""
    return clock_of(monkeypatch)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace drawing by a constant: for tests of what happens around it. Returns the HTML that came in."""
    return draw_nothing(monkeypatch)


def draw_nothing(patch: pytest.MonkeyPatch) -> list[str]:
    """Replace drawing by a constant as long as a patch lasts. Returns the HTML that comes in."""
    drawn: list[str] = []

    def render(html: str, *, on_wait: Callable[[], None] | None = None, **how: Any) -> RenderedPdf:
        drawn.append(html)
        if on_wait:
            on_wait()
        # The manifest has to be in it, where it is sealed.
        return RenderedPdf(b"%PDF-1.7 sample " + how["carried"][0].content, 3)

    patch.setattr("assessments.reports.drawing.render_pdf", render)
    return drawn
