"""Runs requests in turns and sums up what they took."""

import gzip
import re
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from tests.bench import processes
from tests.forms_in_pages import ParsedPage
from tests.serving import Reply, Server, Visitor

BROWSER = "gzip, br"
SKIPPED = "not there yet"

Send = Callable[[Visitor], Reply]


@dataclass
class Case:
    """One operation that is measured, and what came of it."""

    name: str
    server: Server
    session: str
    # Makes the function that sends one request; may look at pages first.
    prepare: Callable[[Visitor], Send]
    ratio: float | None = None  # target: at most so many times the floor
    queries: int | None = None  # target: at most so many
    commits: int | None = None  # target: exactly so many
    least: str = ""  # the bare operation it is held against as well
    times: float | None = None  # target: at most so many times that
    compared: tuple[str, float] | None = None  # target: at most so many times another case
    note: str = ""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)  # seconds per request, one value for each turn
    reply: Reply | None = None
    problem: str = ""
    _visitor: Visitor | None = None
    _send: Send | None = None

    def start(self, warm_up: int) -> None:
        """Connect, and send what is not counted: until every thread has opened its connection."""
        self._visitor = Visitor(self.server.port, {"sessionid": self.session} if self.session else {}, BROWSER)
        try:
            self._send = self.prepare(self._visitor)
            for _ in range(warm_up):
                self.reply = self._send(self._visitor)
        except (LookupError, OSError, RuntimeError) as error:
            self.problem = str(error) or type(error).__name__

    def turn(self, requests: int) -> None:
        """Send a few requests and note what they took."""
        if self.problem or self._visitor is None or self._send is None:
            return
        pids = processes.tree(self.server.pid)
        before = processes.cpu_seconds(pids)
        for _ in range(requests):
            self.reply = self._send(self._visitor)
            self.seconds.append(self.reply.seconds)
        self.cpu.append((processes.cpu_seconds(pids) - before) / requests)

    def close(self) -> None:
        """Let the connection go."""
        if self._visitor is not None:
            self._visitor.close()

    @property
    def p50(self) -> float:
        """Milliseconds."""
        return statistics.median(self.seconds) * 1000

    def result(self) -> dict[str, object]:
        """The figures, for the table and the file."""
        if self.problem or self.reply is None:
            return {"name": self.name, "problem": self.problem or SKIPPED}
        return {
            "name": self.name,
            "p50_ms": round(self.p50, 2),
            "p95_ms": round(statistics.quantiles(self.seconds, n=20)[-1] * 1000, 2),
            "cpu_ms": round(statistics.median(self.cpu) * 1000, 2),
            "queries": int(self.reply.headers.get("X-Bench-Queries", -1)),
            "commits": int(self.reply.headers.get("X-Bench-Commits", -1)),
            "bytes": len(unpacked(self.reply)),
            "bytes_sent": len(self.reply.body),
            "requests": len(self.seconds),
            "note": self.note,
        }


def unpacked(reply: Reply) -> bytes:
    """The body without compression; the little that comes in brotli (files) is not needed here."""
    return gzip.decompress(reply.body) if reply.headers.get("Content-Encoding") == "gzip" else reply.body


def run(cases: list[Case], *, turns: int, requests: int, warm_up: int) -> None:
    """Measure all cases in turns, so that what the machine does meanwhile strikes all alike."""
    for case in cases:
        case.start(warm_up)
    for _ in range(turns):
        for case in cases:
            case.turn(requests)
    for case in cases:
        case.close()


def expect(reply: Reply, *statuses: int) -> Reply:
    """Stop with a reason if the answer is another: an error page is quick, and its figures are worth nothing."""
    if reply.status not in statuses:
        raise RuntimeError(f"answered {reply.status}")
    return reply


def statements(case: Case) -> list[str]:
    """What the case's last kind of request asks of the database."""
    visitor = Visitor(case.server.port, {"sessionid": case.session} if case.session else {})
    try:
        send = case.prepare(visitor)
        visitor.headers["X-Bench-Show"] = "1"
        return send(visitor).headers.get("X-Bench-Statements", "").split(" | ")
    except (LookupError, OSError, RuntimeError) as error:
        return [str(error)]
    finally:
        visitor.close()


def page_weight(server: Server, session: str, first: str, second: str) -> dict[str, object]:
    """What a browser that was never here loads for `first`, and then for `second`: compressed bytes."""
    visitor = Visitor(server.port, {"sessionid": session}, "br, gzip")
    reply = expect(visitor.get(first), 200)
    wanted = [urljoin(first, each) for each in ParsedPage(unpacked(reply).decode()).assets]
    weights: dict[str, int] = {}
    while wanted:
        address = wanted.pop()
        if address in weights or not address.startswith("/"):
            continue
        asset = expect(visitor.get(address), 200)
        weights[address] = len(asset.body)
        if address.endswith(".css"):
            plain = visitor.get(address, Accept_Encoding="identity").text
            wanted += [urljoin(address, each) for each in re.findall(r"url\([\"']?([^\"')]+)", plain)]
    later = expect(visitor.get(second), 200)
    visitor.close()
    return {
        "page": len(reply.body),
        "assets": weights,
        "first_load": len(reply.body) + sum(weights.values()),
        "later": len(later.body),
    }
