"""The servers as the documentation sets them up, over real sockets: behind a proxy, and with slow clients."""

import shutil
import socket
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from tests.forms_in_pages import ParsedPage
from tests.serving import Server, Visitor, environment

# Not once more where other tests use PostgreSQL: these servers have SQLite.
pytestmark = pytest.mark.slow

# What the proxy of docs/deployment.md sends along.
PROXY = {"Host": "msgov.example.org", "X-Forwarded-Proto": "https"}
ORIGIN = "https://msgov.example.org"
SLOW = 150  # connections; Waitress took 100 by default


def variables_of(folder: Path) -> dict[str, str]:
    """Settings as in production, for data in a folder."""
    variables = environment(folder, "", "tests.serving_settings")
    return variables | {"HTTPS": "1", "ALLOWED_HOSTS": PROXY["Host"]}


@pytest.fixture(scope="module")
def waitress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Waitress prepares the database, which gunicorn does not: beside it lies a copy as it is then."""
    folder = tmp_path_factory.mktemp("servers") / "data"
    with Server(variables_of(folder), folder.with_name("log"), waitress=True) as server:
        server.wait()
        shutil.copytree(folder, folder.with_name("copy"))
        yield server


@pytest.fixture(scope="module")
def gunicorn(waitress: Server) -> Iterator[Server]:
    """Gunicorn, on the copy."""
    folder = Path(waitress.variables["MSGOV_DATA_DIR"]).with_name("copy")
    with Server(variables_of(folder), folder.with_name("log of gunicorn")) as server:
        server.wait()
        yield server


@pytest.fixture(params=["waitress", "gunicorn"])
def server(request: pytest.FixtureRequest) -> Server:
    """A server with settings as in production, on data of its own."""
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def data(server: Server) -> Path:
    """Its data folder."""
    return Path(server.variables["MSGOV_DATA_DIR"])


@contextmanager
def visitor(server: Server, address: str, **headers: str) -> Iterator[Visitor]:
    """Somebody whose requests come through the proxy, which appends their address to what they sent."""
    sent = {**PROXY, "X-Forwarded-For": address, **{name.replace("_", "-"): value for name, value in headers.items()}}
    with closing(Visitor(server.port, headers=sent)) as found:
        yield found


def wrong_password(someone: Visitor) -> int:
    """Send the sign-in form; return the status."""
    page = ParsedPage(someone.get("/account/login/").text)
    form = next(form for form in page.forms if "password" in form.fields)
    fields = {**form.fields, "login": "nobody@example.org", "password": "wrong"}
    return someone.post("/account/login/", fields, Origin=ORIGIN).status


def test_pages_come_through_a_proxy_that_speaks_https(server: Server) -> None:
    with visitor(server, "203.0.113.9") as someone:
        reply = someone.get("/account/login/")
    assert reply.status == 200
    assert "max-age=" in reply.headers["Strict-Transport-Security"]
    assert "; Secure" in reply.headers["Set-Cookie"]


def test_whoever_comes_without_https_is_sent_there(server: Server) -> None:
    with visitor(server, "203.0.113.9", X_Forwarded_Proto="http") as someone:
        reply = someone.get("/account/login/")
    assert (reply.status, reply.headers["Location"]) == (301, "https://msgov.example.org/account/login/")


def test_visitors_are_told_apart_by_the_address_that_the_proxy_saw(server: Server, data: Path) -> None:
    for address in ("203.0.113.9", "198.51.100.7, 203.0.113.9", "203.0.113.10"):
        with visitor(server, address) as someone:
            assert wrong_password(someone) == 200
    with closing(sqlite3.connect(data / "msgov.sqlite3")) as database:
        found = database.execute(
            "SELECT address_hash FROM accounts_auditevent WHERE action = 'login.failed' ORDER BY id"
        ).fetchall()
    first, claimed, other = found[-3:]
    assert first == claimed != other


def test_data_is_for_the_owner_of_the_process_alone(data: Path) -> None:
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


@pytest.mark.parametrize("server", ["waitress"], indirect=True)
def test_slow_clients_keep_nobody_waiting(server: Server) -> None:
    """Gunicorn needs a proxy that waits for whole requests; docs/deployment.md says so."""
    with ExitStack() as stack:
        for _number in range(SLOW):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            slow.sendall(b"GET /livez HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        quick = stack.enter_context(closing(Visitor(server.port)))
        assert quick.get("/livez").status == 200


@pytest.mark.parametrize("server", ["waitress"], indirect=True)
def test_a_body_larger_than_any_upload_is_refused_before_it_is_sent(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as sender:
        sender.sendall(b"POST /account/login/ HTTP/1.1\r\nHost: a\r\nContent-Length: 300000000\r\n\r\n")
        assert sender.recv(100).startswith(b"HTTP/1.1 413 ")
