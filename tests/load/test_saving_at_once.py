"""People save answers at once, alone or while the assessment is moved: what was acknowledged is there, and once.

One server for both tests, each with an assessment of its own: to start it takes longer than either.
"""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from pytest_django import DjangoDbBlocker

from tests.builders.databases import database_in
from tests.database import server_url
from tests.load.stored import answers_of, typed_in
from tests.serving import ROOT, QuestionPage, Server, Visitor, call_inside, environment, own_database

pytestmark = pytest.mark.load

PEOPLE = 16
CONTESTED = 4  # questions that everybody answers; besides, everybody has one of their own
SAVES = 16  # of each person, half of them contested
MOVING_PEOPLE = 6
MOVES = 8
SERVERS = "tests.unmigrated_settings"

# Person, version of the page, item, and the text that was acknowledged.
Saved = tuple[str, str, str, str]


@dataclass(frozen=True)
class Save:
    """One save as the client saw it: the version it started from, and the one that came back."""

    person: str
    item: str
    text: str
    status: int
    base: int
    version: int


@dataclass(frozen=True)
class LoadedSite:
    """A server, the sessions of people who may answer, and the pages of two assessments by their codes."""

    server: Server
    people: dict[str, str]
    pages: dict[str, list[str]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadedSite]:
    """Two assessments in a database of their own, and a server that shows them."""
    folder = tmp_path_factory.mktemp("site")
    with own_database(server_url(), f"load_{uuid4().hex[:12]}") as url:
        variables = environment(folder, url, SERVERS)
        world = call_inside(variables, "tests.load.world", PEOPLE)
        with Server(variables, folder / "server.log") as server:
            server.wait()
            yield LoadedSite(server, world["people"], world["pages"])


@contextmanager
def rows_of(site: LoadedSite, blocker: DjangoDbBlocker) -> Iterator[None]:
    """Within: the database is that of the site."""
    name = urlsplit(site.server.variables["DATABASE_URL"]).path.removeprefix("/")
    with blocker.unblock(), database_in(name):
        yield


# --- At once --------------------------------------------------------------------------------------------------


def person_saves(port: int, name: str, session: str, own: str, contested: list[str]) -> list[Save]:
    """Save one's own answer and contested ones in turns; where somebody was faster look again and go on."""
    visitor = Visitor(port, {"sessionid": session})
    pages = [QuestionPage(visitor, address) for address in (own, *contested)]
    saves = []
    for number in range(SAVES):
        page = pages[0] if number % 2 else pages[1 + number // 2 % len(contested)]
        item = page.items[0]
        base, text = page.version(item), f"{name}, no. {number}"
        reply = page.save(**{f"{item}-comment": text})
        saves.append(Save(name, item, text, reply.status, base, page.version(item)))
        if reply.status == 409:
            page.open()
    visitor.close()
    return saves


def test_concurrent_saves_lose_nothing_that_was_acknowledged(
    site: LoadedSite, django_db_blocker: DjangoDbBlocker
) -> None:
    code, _moved = site.pages
    contested, own = site.pages[code][:CONTESTED], site.pages[code][CONTESTED:]
    with ThreadPoolExecutor(PEOPLE) as pool:
        runs = [
            pool.submit(person_saves, site.server.port, name, session, own[number], contested)
            for number, (name, session) in enumerate(site.people.items())
        ]
        saves = [save for run in runs for save in run.result()]
    with rows_of(site, django_db_blocker):
        stored = answers_of(code)

    statuses = Counter(save.status for save in saves)
    assert set(statuses) <= {200, 409}, (statuses, site.server.log.read_text()[-2000:])
    assert len(saves) == PEOPLE * SAVES
    acknowledged: dict[str, list[Save]] = defaultdict(list)
    for save in saves:
        if save.status == 200:
            acknowledged[save.item].append(save)
    refused = [save for save in saves if save.status == 409]
    owners = {item: {save.person for save in saves if save.item == item} for item in stored}

    # Nobody is told of a conflict where nobody else wrote.
    assert [save for save in refused if len(owners[save.item]) == 1] == []
    for item, found in stored.items():
        # One version for each acknowledged save, made from the one before it: nobody wrote over what they had not seen.
        given = sorted(acknowledged[item], key=lambda save: save.version)
        assert [(save.base, save.version) for save in given] == [(n, n + 1) for n in range(len(given))]
        # The last is the answer, the others are in its history, each by whom it was.
        assert [(past["version"], past["comment"], past["by"]) for past in found["history"]] == [
            (save.version, save.text, save.person) for save in given
        ]
        assert found["now"] == {key: found["history"][-1][key] for key in ("version", "comment", "by")}
    # They did get in each other's way, and what was refused is nowhere.
    assert refused
    texts = {past["comment"] for found in stored.values() for past in found["history"]}
    assert texts.isdisjoint(save.text for save in refused)


# --- While the assessment is moved and moved back -------------------------------------------------------------


class Mover:
    """A process of its own that moves an assessment and moves it back, once it is told to begin."""

    def __init__(self, variables: dict[str, str], code: str) -> None:
        command = [sys.executable, "-m", "tests.inside", "tests.load.move_now", code, str(MOVES)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=ROOT, env=variables, stdin=pipe, stdout=pipe, text=True)

    def wait(self) -> None:
        """Wait until it is ready: whoever saves before only takes the cores from it."""
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"

    def move(self) -> Any:
        """Let it begin; return what it did when it has ended."""
        printed, _errors = self.process.communicate("begin\n", timeout=120)
        assert self.process.returncode == 0
        return json.loads(printed)


def person_goes_on(
    port: int, name: str, session: str, address: str, is_over: Callable[[], bool]
) -> tuple[list[Saved], int]:
    """Save one's own answer; where the assessment was moved meanwhile look again. Returns what was acknowledged."""
    page = QuestionPage(Visitor(port, {"sessionid": session}), address)
    saved, refused, number = [], 0, 0
    while not is_over():
        number += 1
        item, text = page.items[0], f"{name}, no. {number}"
        version = str(page.form.fields["set"])
        reply = page.save(**{f"{item}-comment": text})
        if reply.status == 200:
            saved.append((name, version, item, text))
        else:
            assert reply.status == 409, (reply.status, reply.text[:500])
            refused += 1
            page.open()
    page.visitor.close()
    return saved, refused


def test_saving_and_moving_at_once_lose_nothing(site: LoadedSite, django_db_blocker: DjangoDbBlocker) -> None:
    _at_once, code = site.pages
    mover = Mover(dict(site.server.variables), code)
    mover.wait()
    with ThreadPoolExecutor(MOVING_PEOPLE + 1) as pool:
        moves = pool.submit(mover.move)
        runs = [
            pool.submit(person_goes_on, site.server.port, name, site.people[name], address, moves.done)
            for name, address in zip(list(site.people)[:MOVING_PEOPLE], site.pages[code], strict=False)
        ]
        done = [run.result() for run in runs]
        assert moves.result() == {"moves": MOVES}
    # Every text that was acknowledged is in the history of the version its page was drawn from, and nowhere else
    # but where a move has taken it over.
    with rows_of(site, django_db_blocker):
        typed = typed_in(code)
    saved = {entry for entries, _ in done for entry in entries}
    assert set(typed) == saved
    assert sum(refused for _, refused in done) > 0
