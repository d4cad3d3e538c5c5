"""People save while the assessment is moved and moved back: what was acknowledged is in the version of its page."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.database import server_url
from tests.serving import QuestionPage, Server, Visitor, call_inside, environment, own_database

pytestmark = pytest.mark.load

PEOPLE = 6
MOVES = 8
SERVERS = "tests.unmigrated_settings"

# Person, version of the page, item, and the text that was acknowledged.
Saved = tuple[str, str, str, str]


def person_saves(
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


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """The variables of a project with a database of its own, and what is in it."""
    with own_database(server_url(), f"load_{uuid4().hex[:12]}") as url:
        variables = environment(tmp_path, url, SERVERS)
        yield variables, call_inside(variables, "tests.load.world", PEOPLE)


def test_saving_and_moving_at_once_lose_nothing(made: tuple[dict[str, str], dict[str, Any]], tmp_path: Path) -> None:
    variables, world = made
    with Server(variables, tmp_path / "server.log") as server, ThreadPoolExecutor(PEOPLE + 1) as pool:
        server.wait()
        moves = pool.submit(call_inside, variables, "tests.load.move_now", MOVES)
        runs = [
            pool.submit(person_saves, server.port, name, session, world["pages"][number], moves.done)
            for number, (name, session) in enumerate(world["people"].items())
        ]
        done = [run.result() for run in runs]
        assert moves.result() == {"moves": MOVES}
    # Every text that was acknowledged is in the history of the version its page was drawn from, and nowhere else
    # but where a move has taken it over.
    typed = call_inside(variables, "tests.load.typed")
    saved = {tuple(entry) for entries, _ in done for entry in entries}
    assert {tuple(entry) for entry in typed} == saved
    assert sum(refused for _, refused in done) > 0
