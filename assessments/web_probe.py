"""Asking an address on the web whether anything answers there, without becoming a way into the operator's own network.

What members type is never trusted: names are resolved first, every address they lead to has to be public, and the
connection goes to one of those very addresses, so that a second look-up cannot lead elsewhere (DNS rebinding).
Redirects go the same way, a few at most. Nothing of a page is read but its status and headers.
"""

import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPException, HTTPResponse
from urllib.parse import quote, urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
REDIRECTS = 3
WAIT = 5  # seconds for each step
DEADLINE = 15  # seconds for one address, however slowly it sends
USER_AGENT = "msgov-link-check/1 (checks whether documents named as evidence are still there)"
NOT_THERE = frozenset({404, 410})
MOVED = frozenset({301, 302, 303, 307, 308})
# What is not quoted in a path or query; line breaks and spaces are.
UNQUOTED = "/?%:@!$&'()*+,;=~-._"
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class Reached(StrEnum):
    """What became of asking: something answered, it answered that there is nothing, or nothing to be had."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    NOT_REACHABLE = "not_reachable"


class NotAsked(Exception):
    """An address that is not asked: not of the web, on another port, or not public."""


@dataclass(frozen=True)
class WebPlace:
    """Where to ask: scheme, host as it is named, port, and the path with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def of(cls, address: str) -> "WebPlace":
        """Take an address apart. Raises NotAsked."""
        try:
            parts = urlsplit(address.strip())
            host, port = parts.hostname, parts.port
            name = (host or "").encode("idna").decode("ascii") if host and ":" not in host else host or ""
        except (ValueError, UnicodeError) as error:
            raise NotAsked(address) from error
        standard = PORTS.get(parts.scheme)
        if standard is None or not name or port not in (None, standard) or parts.username or parts.password:
            raise NotAsked(address)
        path = quote(parts.path or "/", safe=UNQUOTED)
        query = "?" + quote(parts.query, safe=UNQUOTED) if parts.query else ""
        return cls(parts.scheme, name, standard, path + query)


def is_public(address: IPAddress) -> bool:
    """Whether an address belongs to the public network: neither private, loopback, link-local, multicast nor reserved,
    also where an IPv6 address carries one of IPv4."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(inner)
        if address.is_site_local or address.teredo is not None:
            return False
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )


def resolve(place: WebPlace) -> str:
    """Return the one address to connect to. Raises NotAsked unless every address of the name is public, OSError where
    there is none."""
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    # An IPv6 address may name the network card it is reached by.
    if not addresses or not all(is_public(ipaddress.ip_address(text.partition("%")[0])) for text in addresses):
        raise NotAsked(place.host)
    return addresses[0]


def connect(address: str, port: int) -> socket.socket:
    """Open a connection to an address that was resolved and looked at."""
    link = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        link.settimeout(WAIT)
        link.connect((address, port))
    except OSError:
        link.close()
        raise
    return link


def ask(place: WebPlace) -> tuple[int, str]:
    """Return status and the address it moved to, "" where it did not. Raises NotAsked, OSError, HTTPException."""
    link = connect(resolve(place), place.port)
    if place.scheme == "https":
        context = ssl.create_default_context()
        link = context.wrap_socket(link, server_hostname=place.host, do_handshake_on_connect=False)
    # Whoever sends a byte at a time would never run into the waiting time of a step.
    timer = threading.Timer(DEADLINE, _break_off, [link])
    timer.daemon = True
    timer.start()
    try:
        with link:
            if isinstance(link, ssl.SSLSocket):
                link.do_handshake()
            link.sendall(_request(place))
            response = HTTPResponse(link, method="GET")
            try:
                response.begin()
                return response.status, response.getheader("Location") or ""
            finally:
                response.close()
    finally:
        timer.cancel()


def _break_off(link: socket.socket) -> None:
    try:
        link.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended by itself


def _request(place: WebPlace) -> bytes:
    host = f"[{place.host}]" if ":" in place.host else place.host
    # The first byte is enough, where the server can send a part.
    lines = [
        f"GET {place.path} HTTP/1.1",
        f"Host: {host}",
        f"User-Agent: {USER_AGENT}",
        "Accept: */*",
        "Range: bytes=0-0",
        "Connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def probe(address: str) -> Reached:
    """Ask an address whether anything answers there.

    What is not asked, because it is not public, is told like what cannot be reached: nobody learns from the result what
    there is in the operator's network.
    """
    try:
        for _hop in range(REDIRECTS + 1):
            status, moved_to = ask(WebPlace.of(address))
            if status not in MOVED or not moved_to:
                return _reached(status)
            address = urljoin(address, moved_to)
    except (NotAsked, OSError, HTTPException, ValueError):
        pass
    return Reached.NOT_REACHABLE


def _reached(status: int) -> Reached:
    if status in NOT_THERE:
        return Reached.NOT_FOUND
    # 416: it is there, and cannot send a part of nothing.
    return Reached.ANSWERED if 200 <= status < 300 or status in (304, 416) else Reached.NOT_REACHABLE
