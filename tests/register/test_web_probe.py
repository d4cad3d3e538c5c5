"""Asking addresses that members typed: never the operator's own network, whatever names and redirects say."""

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from assessments import web_probe
from assessments.web_probe import NotAsked, Reached, WebPlace, is_public, probe

PUBLIC, OTHER = "93.184.216.34", "93.184.216.35"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        (PUBLIC, True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("0.0.0.0", False),  # noqa: S104 - not to be asked
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # what clouds tell their machines
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("239.255.255.250", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fd12:3456::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        # IPv4 inside of IPv6: mapped, compatible, by 6to4, Teredo and NAT64.
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:169.254.169.254", False),
        (f"::ffff:{PUBLIC}", True),
        ("::127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("2002:a00:1::", False),
        ("2001:0:53aa:64c::1", False),
        ("64:ff9b::7f00:1", False),
    ],
)
def test_only_public_addresses_are_asked(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "//example.org/",
        "example.org",
        "http:///path",
        "http://example.org:8080/",
        "https://example.org:80/",
        "http://example.org:99999/",
        "http://user@example.org/",
        "http://user:secret@example.org/",
        "Binder 3",
        "",
    ],
)
def test_other_schemes_ports_and_passwords_are_not_asked(address: str) -> None:
    with pytest.raises(NotAsked):
        WebPlace.of(address)


def test_what_is_asked_for_cannot_break_out_of_its_line() -> None:
    place = WebPlace.of("https://EXAMPLE.org/a b\r\nX: y?q=ü z#part")
    assert (place.host, place.port) == ("example.org", 443)
    assert not set(place.path) & set(" \r\n")
    assert WebPlace.of("http://bücher.example/").host == "xn--bcher-kva.example"


class _Names:
    """Stands for the resolver: what each name leads to, one answer after the other; counts the questions."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = {name.replace("_", "."): found for name, found in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, **kwargs: object) -> list[tuple[object, ...]]:
        self.asked.append(host)
        given = self.answers.get(host)
        if given is None:
            try:
                addresses = [str(ipaddress.ip_address(host))]
            except ValueError as error:
                raise socket.gaierror from error
        else:
            addresses = given.pop(0) if len(given) > 1 else given[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]


@contextmanager
def served(*responses: bytes, slow: float = 0) -> Iterator[tuple[int, list[bytes]]]:
    """A server on this machine that answers one connection after the other; what it was sent."""
    listening = socket.create_server(("127.0.0.1", 0))
    received: list[bytes] = []

    def serve() -> None:
        for response in responses:
            try:
                link, _address = listening.accept()
            except OSError:
                return
            with link:
                received.append(link.recv(65536))
                try:
                    for start in range(0, len(response), 1 if slow else max(1, len(response))):
                        link.sendall(response[start : start + (1 if slow else len(response))])
                        time.sleep(slow)
                except OSError:
                    return

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1], received
    finally:
        listening.close()


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where connections would have gone: all refused."""
    made: list[tuple[str, int]] = []

    def refuse(address: str, port: int) -> socket.socket:
        made.append((address, port))
        raise ConnectionRefusedError

    monkeypatch.setattr(web_probe, "connect", refuse)
    return made


def lead_to(monkeypatch: pytest.MonkeyPatch, port: int) -> list[tuple[str, int]]:
    """Lead every connection to a server of this test, and note where it was to go."""
    made: list[tuple[str, int]] = []

    def connect(address: str, asked: int) -> socket.socket:
        made.append((address, asked))
        link = socket.socket()
        link.settimeout(2)
        link.connect(("127.0.0.1", port))
        return link

    monkeypatch.setattr(web_probe, "connect", connect)
    return made


def answer(status: str, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "Content-Length: 0", "", ""]).encode()


@pytest.mark.parametrize(
    ("status", "reached"),
    [
        ("200 OK", Reached.ANSWERED),
        ("206 Partial Content", Reached.ANSWERED),
        ("404 Not Found", Reached.NOT_FOUND),
        ("410 Gone", Reached.NOT_FOUND),
        ("403 Forbidden", Reached.NOT_REACHABLE),
        ("500 Internal Server Error", Reached.NOT_REACHABLE),
    ],
)
def test_status_is_what_counts(monkeypatch: pytest.MonkeyPatch, status: str, reached: Reached) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _Names(example_org=[[PUBLIC]]))
    with served(answer(status)) as (port, received):
        made = lead_to(monkeypatch, port)
        assert probe("http://example.org/minutes?year=2026#page") is reached
    assert made == [(PUBLIC, 80)]
    assert received[0].startswith(b"GET /minutes?year=2026 HTTP/1.1\r\nHost: example.org\r\n")
    assert b"User-Agent: msgov-link-check" in received[0]


def test_name_that_leads_inside_is_not_connected_to(
    monkeypatch: pytest.MonkeyPatch, connections: list[tuple[str, int]]
) -> None:
    names = _Names(
        inside_example=[["10.0.0.7"]], mixed_example=[[PUBLIC, "127.0.0.1"]], card_example=[["fe80::1%eth0"]]
    )
    monkeypatch.setattr(socket, "getaddrinfo", names)
    for address in (
        "http://inside.example/",
        "http://mixed.example/",
        "http://card.example/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://nowhere.example/",
    ):
        assert probe(address) is Reached.NOT_REACHABLE, address
    assert connections == []


def test_second_look_up_cannot_lead_elsewhere(
    monkeypatch: pytest.MonkeyPatch, connections: list[tuple[str, int]]
) -> None:
    """DNS rebinding: the name is looked up once, and the connection goes to what was looked at."""
    names = _Names(rebinding_example=[[PUBLIC], ["127.0.0.1"]])
    monkeypatch.setattr(socket, "getaddrinfo", names)
    probe("http://rebinding.example/")
    assert names.asked == ["rebinding.example"]
    assert connections == [(PUBLIC, 80)]


def test_redirects_go_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _Names(example_org=[[PUBLIC]], other_example=[[OTHER]]))
    moved = answer("301 Moved Permanently", "Location: http://other.example/new")
    with served(moved, answer("302 Found", "Location: /newer"), answer("200 OK")) as (port, received):
        made = lead_to(monkeypatch, port)
        assert probe("http://example.org/old") is Reached.ANSWERED
    assert made == [(PUBLIC, 80), (OTHER, 80), (OTHER, 80)]
    assert [line.split(b" ")[1] for line in received] == [b"/old", b"/new", b"/newer"]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://inside.example/",
        "http://[::ffff:10.0.0.1]/",
        "http://other.example:8080/",
        "file:///etc/passwd",
        "ftp://other.example/",
    ],
)
def test_redirect_to_what_is_not_asked_ends_it(monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    names = _Names(example_org=[[PUBLIC]], other_example=[[OTHER]], inside_example=[["192.168.0.1"]])
    monkeypatch.setattr(socket, "getaddrinfo", names)
    with served(answer("302 Found", f"Location: {target}"), answer("200 OK")) as (port, _received):
        made = lead_to(monkeypatch, port)
        assert probe("http://example.org/") is Reached.NOT_REACHABLE
    assert made == [(PUBLIC, 80)]


def test_redirects_in_a_circle_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _Names(example_org=[[PUBLIC]]))
    circle = answer("302 Found", "Location: http://example.org/")
    with served(*[circle] * 10) as (port, _received):
        made = lead_to(monkeypatch, port)
        assert probe("http://example.org/") is Reached.NOT_REACHABLE
    assert len(made) == web_probe.REDIRECTS + 1


def test_whoever_sends_a_byte_at_a_time_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _Names(example_org=[[PUBLIC]]))
    monkeypatch.setattr(web_probe, "DEADLINE", 0.4)
    begun = time.monotonic()
    with served(answer("200 OK", "X: " + "y" * 2000), slow=0.05) as (port, _received):
        lead_to(monkeypatch, port)
        assert probe("http://example.org/") is Reached.NOT_REACHABLE
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("garbage", [b"", b"no http at all\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500])
def test_what_is_no_answer_or_too_much_is_not_reachable(monkeypatch: pytest.MonkeyPatch, garbage: bytes) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _Names(example_org=[[PUBLIC]]))
    with served(garbage) as (port, _received):
        lead_to(monkeypatch, port)
        assert probe("http://example.org/") is Reached.NOT_REACHABLE


def test_body_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _Names(example_org=[[PUBLIC]]))
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\nx"
    with served(endless) as (port, _received):
        lead_to(monkeypatch, port)
        assert probe("http://example.org/") is Reached.ANSWERED


def test_certificate_has_to_be_that_of_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _Names(example_org=[[PUBLIC]]))
    with served(b"this is no TLS") as (port, _received):
        made = lead_to(monkeypatch, port)
        assert probe("https://example.org/") is Reached.NOT_REACHABLE
    assert made == [(PUBLIC, 443)]
