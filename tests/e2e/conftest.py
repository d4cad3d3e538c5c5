"""A real browser against the live server: three kinds of page, an accessibility check, no error unnoticed."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, ViewportSize, expect
from pytest_django import DjangoDbBlocker

import dev
from assessments.demo.seeding import seed
from tests import builders
from tests.conftest import draw_nothing
from tests.e2e.barriers import barrier_search
from tests.e2e.journeys import fits

LAPTOP = ViewportSize(width=1280, height=800)
TELEPHONE = ViewportSize(width=360, height=740)

WIDER_TEXT = """() => {
    const sheet = new CSSStyleSheet()
    document.adoptedStyleSheets = [sheet]
    sheet.insertRule(`* {
        line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important
    }`)
}"""

# Nothing here is about speed: several browsers share a small machine, and a report is drawn beside them.
PATIENCE = 90_000  # milliseconds
expect.set_options(timeout=PATIENCE)

# Chromium as a guest in a container: no GPU, a small /dev/shm, and no calls home that would only time out.
QUIET = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    # Nor is a page looked at long enough for the slow compilers to pay: they took a fifth of the browser's time.
    "--js-flags=--no-turbofan,--no-maglev",
]


class NewContext(Protocol):
    """Makes a browser context; takes what Playwright's `new_context` takes."""

    def __call__(self, **options: Any) -> BrowserContext: ...


@pytest.fixture(scope="session", autouse=True)
def allow_queries_beside_playwright() -> Iterator[None]:
    """Playwright keeps an event loop in this thread, which Django takes for asynchronous code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let SQLite have a file, as it has where it serves people.

    In memory all threads of the server would share one connection: two requests at the same time then mix up their
    transactions and the rows that they read.
    """
    database = connections["default"]
    if database.vendor == "sqlite":
        database.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "tests.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def emptied_by_a_copy(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """After each test bring back what the database was at first: emptying all tables takes twenty times as long."""
    if connection.vendor != "sqlite":
        yield
        return
    kept = tmp_path_factory.mktemp("first") / "first.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(kept)) as new:
        connection.ensure_connection()
        connection.connection.backup(new)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: bring_back(kept))
        yield


@pytest.fixture(autouse=True)
def fresh_rate_limits(transactional_db: None) -> None:
    """The counters of rate limits are in the cache table, which Django does not empty between tests."""
    cache.clear()


@pytest.fixture(autouse=True)
def papers_in_a_moment() -> Iterator[pytest.MonkeyPatch]:
    """Draw no reports, of which every submission asks for two, until a test wants one that it reads (`draw_papers`)."""
    with pytest.MonkeyPatch.context() as patch:
        draw_nothing(patch)
        yield patch


@pytest.fixture
def draw_papers(papers_in_a_moment: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function: when it was called, reports are drawn as they are for people."""
    return papers_in_a_moment.undo


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Where the invented processes are kept once a test has had them, for all helpers of a run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "demo"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def demo(fresh_rate_limits: None, demo_folder: Path) -> None:
    """The invented processes: written down once, which takes a quarter of a minute, and then brought back."""
    if connection.vendor != "sqlite":
        invent()
        return
    kept = demo_folder / "demo.sqlite3"
    with closing(sqlite3.connect(demo_folder / "lock.sqlite3", timeout=600)) as lock:
        lock.execute("BEGIN EXCLUSIVE")  # another helper may be at it
        if not kept.exists():
            number_apart()
            invent()
            shutil.copytree(settings.MEDIA_ROOT, demo_folder / "media", dirs_exist_ok=True)
            with closing(sqlite3.connect(demo_folder / "new.sqlite3")) as new:
                connection.connection.backup(new)
            (demo_folder / "new.sqlite3").rename(kept)
    bring_back(kept)
    shutil.copytree(demo_folder / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)


def invent() -> None:
    """Store the invented processes, with papers that nobody has drawn."""
    builders.question_set()
    with pytest.MonkeyPatch.context() as patch:
        draw_nothing(patch)
        seed(password=builders.PASSWORD)


def number_apart() -> None:
    """Begin anew with numbers that no other helper gives: what is kept in memory goes by numbers."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = connection.introspection.django_table_names(only_existing=True)
        for model in apps.get_app_config("attributes").get_models():
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608 (names of our own)
        cursor.execute("DELETE FROM sqlite_sequence")
        cursor.executemany("INSERT INTO sqlite_sequence VALUES (%s, 1000000)", [[table] for table in tables])


def bring_back(kept: Path) -> None:
    """Let the database be what it was. No number is given a second time: what is kept in memory goes by numbers."""
    with connection.cursor() as cursor:
        given = dict(cursor.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
        with closing(sqlite3.connect(kept)) as source:
            source.backup(connection.connection)
        for name, number in given.items():
            cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [number, name])
            if not cursor.rowcount:  # it had no row yet
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [name, number])


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Prefer the system's Chromium; without any, skip at home and fail in CI (see the conftest above)."""
    options = {**browser_type_launch_args, "args": QUIET}
    path = dev.find_chromium()
    if path:
        options["executable_path"] = path
    elif not dev.playwright_has_chromium():
        pytest.skip(f"no Chromium: {dev.to_get('chromium')}")
    return options


@pytest.fixture(scope="session")
def site_url(live_server: Any) -> str:
    """Where the pages are."""
    return str(live_server.url)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], site_url: str) -> dict[str, Any]:
    """So that tests can say `page.goto("/")`, and nothing is still on its way when a test looks where it is."""
    return {**browser_context_args, "base_url": site_url, "reduced_motion": "reduce"}


@pytest.fixture
def browser_errors() -> list[str]:
    """What went wrong in the browser so far. A test that provokes an error takes it out of the list."""
    return []


@pytest.fixture
def new_context(new_context: NewContext, browser_errors: list[str], site_url: str) -> Iterator[NewContext]:
    """Make contexts that are watched: the console (it shows a broken CSP), scripts, and calls elsewhere.

    Without options a context is a laptop; the `page` fixture is a tab in one.
    """

    def watch_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            browser_errors.append(f"console: {message.text}")

    def watch_requests(request: Request) -> None:
        if not request.url.startswith((f"{site_url}/", "data:", "blob:")):
            browser_errors.append(f"request to another server: {request.url}")

    def make(**options: Any) -> BrowserContext:
        context = new_context(**{"viewport": LAPTOP, **options})
        context.set_default_timeout(PATIENCE)
        context.on("console", watch_console)
        context.on("weberror", lambda error: browser_errors.append(f"script: {error.error}"))
        context.on("request", watch_requests)
        return context

    yield make
    assert browser_errors == []


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    """A small telephone."""
    options = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    return new_context(**options).new_page()


@pytest.fixture
def nojs(new_context: NewContext) -> Page:
    """A browser without JavaScript: everything has to work there."""
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Return a function that fails when a page has a barrier axe can find (WCAG 2.2 AA, good practice)."""
    return barrier_search()


@pytest.fixture
def no_barriers(axe: Callable[[Page], None]) -> Callable[..., None]:
    """Return a function that fails when a page has a barrier or sticks out, on a laptop or on a telephone.

    The page is loaded once, and its window made smaller. `opened`: with everything unfolded. `spaced`: it does not
    stick out either when a reader spaces the text out (WCAG 1.4.12).
    """

    def check(page: Page, *, opened: bool = False, spaced: bool = False) -> None:
        if opened:
            page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        axe(page)
        fits(page)
        before = page.viewport_size or LAPTOP
        page.set_viewport_size(TELEPHONE)
        try:
            fits(page)
            axe(page)
            if spaced:
                page.evaluate(WIDER_TEXT)
                fits(page)
        finally:  # the next page is looked at even when something is wrong with this one
            page.set_viewport_size(before)

    return check
