"""Sixteen people save answers to one assessment at once: what was acknowledged is there, the rest was refused."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.database import server_url
from tests.serving import QuestionPage, Server, Visitor, call_inside, environment, own_database

pytestmark = pytest.mark.load

PEOPLE = 16
CONTESTED = 4  # questions that everybody answers; besides, everybody has one of their own
SAVES = 16  # of each person, half of them contested
SERVERS = "tests.unmigrated_settings"


@dataclass(frozen=True)
class Save:
    """One save as the client saw it: the version it started from, and the one that came back."""

    person: str
    item: str
    text: str
    status: int
    base: int
    version: int


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


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """The variables of a project with a database of its own, and what is in it."""
    with own_database(server_url(), f"load_{uuid4().hex[:12]}") as url:
        variables = environment(tmp_path, url, SERVERS)
        yield variables, call_inside(variables, "tests.load.world", PEOPLE)


def test_concurrent_saves_lose_nothing_that_was_acknowledged(
    made: tuple[dict[str, str], dict[str, Any]], tmp_path: Path
) -> None:
    variables, world = made
    contested, own = world["pages"][:CONTESTED], world["pages"][CONTESTED:]
    with Server(variables, tmp_path / "server.log") as server, ThreadPoolExecutor(PEOPLE) as pool:
        server.wait()
        runs = [
            pool.submit(person_saves, server.port, name, session, own[number], contested)
            for number, (name, session) in enumerate(world["people"].items())
        ]
        saves = [save for run in runs for save in run.result()]
    stored = call_inside(variables, "tests.load.stored")

    statuses = Counter(save.status for save in saves)
    assert set(statuses) <= {200, 409}, (statuses, (tmp_path / "server.log").read_text()[-2000:])
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
