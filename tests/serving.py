"""A real server over HTTP, for what the test client cannot show: several processes, and how much time things take."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from tests.forms_in_pages import PageForm, ParsedPage

ROOT = Path(__file__).parents[1]
WORKERS = 2
THREADS = 4
HTMX = {"HX_Request": "true"}
PATIENCE = 60  # seconds until a server that does not answer is given up


def environment(folder: Path, database_url: str, settings: str) -> dict[str, str]:
    """What a process needs in order to run the project on data of its own, as in production."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "DEBUG": "0",
        "HTTPS": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": "for-measurements-only-" + "x" * 50,
        "EMAIL_URL": "dummymail://",
        "EMBEDDED_WORKER": "0",
        "MSGOV_DATA_DIR": str(folder),
        "DATABASE_URL": database_url or f"sqlite:///{folder / 'msgov.sqlite3'}",
    }


def call_inside(variables: Mapping[str, str], module: str, *arguments: object) -> Any:
    """Call a module's main function in a process of its own, with the project's settings."""
    command = [sys.executable, "-m", "tests.inside", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=dict(variables), stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


@contextmanager
def own_database(server_url: str, name: str) -> Iterator[str]:
    """Make an empty database on a PostgreSQL server and drop it in the end; without a server: SQLite, an empty URL."""
    if not server_url.startswith("postgres"):
        yield ""
        return
    import psycopg2  # noqa: PLC0415 (of no use on SQLite)

    parts = urlsplit(server_url)

    def run(statement: str) -> None:
        connection = psycopg2.connect(server_url)
        connection.autocommit = True
        connection.cursor().execute(statement)
        connection.close()

    run(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        run(f'DROP DATABASE "{name}" WITH (FORCE)')


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """Gunicorn as the container runs it: two processes with four threads each. Or Waitress, as `dev.py run` does."""

    def __init__(
        self, variables: Mapping[str, str], log: Path, *, wsgi: str = "msgov.wsgi", waitress: bool = False
    ) -> None:
        self.variables = variables
        self.log = log
        self.port = free_port()
        self.command = [
            sys.executable, "-m", "gunicorn", wsgi, f"--bind=127.0.0.1:{self.port}", "--worker-class=gthread",
            f"--workers={WORKERS}", f"--threads={THREADS}", "--no-control-socket", "--keep-alive=60",
            "--timeout=120", "--log-level=warning",
        ]  # fmt: skip
        if waitress:
            self.command = [sys.executable, "manage.py", "serve", f"--port={self.port}"]
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=dict(self.variables), stdout=output, stderr=output
            )
        return self

    def __exit__(self, *details: object) -> None:
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def pid(self) -> int:
        """The process that looks after the workers."""
        assert self.process is not None
        return self.process.pid

    def wait(self, path: str = "/livez") -> float:
        """Wait for the first answer to `path` and return the seconds that took."""
        began = time.perf_counter()
        visitor = Visitor(self.port)
        while time.perf_counter() - began < PATIENCE:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            try:
                status = visitor.get(path).status
            except OSError:
                time.sleep(0.01)
            else:
                if status != 200:
                    break
                return time.perf_counter() - began
            finally:
                visitor.close()
        raise RuntimeError(f"The server does not answer as it should:\n{self.log.read_text()[-3000:]}")


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes  # as sent, so maybe compressed
    seconds: float = 0.0

    @property
    def text(self) -> str:
        """The body of a reply that was not compressed."""
        return self.body.decode()


@dataclass
class Visitor:
    """One client on one connection that is kept open; keeps cookies as a browser does."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    encoding: str = "identity"
    headers: dict[str, str] = field(default_factory=dict)  # sent with every request
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str, **headers: str) -> Reply:
        """Ask for a page."""
        return self._send("GET", path, None, headers)

    def post(self, path: str, fields: Mapping[str, str] | list[tuple[str, str]], **headers: str) -> Reply:
        """Send a form."""
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self._send("POST", path, urlencode(fields).encode(), headers)

    def close(self) -> None:
        """Give the connection up; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers = {"Cookie": cookies, "Accept-Encoding": self.encoding, **self.headers, **headers}
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        began = time.perf_counter()
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        seconds = time.perf_counter() - began
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Reply(answer.status, answer.headers, content, seconds)


class QuestionPage:
    """An open question page in somebody's browser: saved whole, by htmx, with the versions that came back last."""

    def __init__(self, visitor: Visitor, address: str) -> None:
        self.visitor = visitor
        self.address = address
        self.form = PageForm({})
        self.open()

    def open(self) -> None:
        """Load the page, and with it what is stored now."""
        reply = self.visitor.get(self.address, Accept_Encoding="identity")
        if reply.status != 200:
            raise RuntimeError(f"{self.address} answered {reply.status}")
        forms = [form for form in ParsedPage(reply.text).forms if self._versions(form)]
        if not forms:
            raise LookupError("no form with versions")
        self.form = forms[0]

    @staticmethod
    def _versions(form: PageForm) -> list[str]:
        return [name for name in form.fields if name.endswith("-version")]

    @property
    def items(self) -> list[str]:
        """The codes of the items of the page."""
        return [name.removesuffix("-version") for name in self._versions(self.form)]

    def version(self, item: str) -> int:
        """The version of an item's answer that this page goes on from."""
        return int(self.form.fields[f"{item}-version"] or 0)

    def save(self, **changes: str) -> Reply:
        """Change fields and send the form as autosave does; afterwards the form has the new versions."""
        self.form.fields.update(changes)
        address = self.form.attributes.get("hx-post") or self.form.address or self.address
        reply = self.visitor.post(address, self.form.fields, **HTMX)
        if reply.status == 200 and "gzip" not in reply.headers.get("Content-Encoding", ""):
            self.take_versions(reply.text)
        return reply

    def take_versions(self, html: str) -> None:
        """Go on from the versions in the answer to a save."""
        found = ParsedPage(html).inputs
        self.form.fields.update({name: value for name, value in found.items() if name in self.form.fields})
