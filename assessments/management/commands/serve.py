"""Prepare the database and serve the application, in one process: what `dev.py run` starts."""

import hashlib
import ipaddress
import logging
import select
import signal
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import get_internal_wsgi_application

from assessments.worker import start_embedded_worker

COLLECTED = ".collected"


class Command(BaseCommand):
    """Serve with Waitress: pure Python and the same on every system; for one computer or a small server."""

    help = "Prepare the database, then serve msgov until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, and with how many threads."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=8)

    def handle(self, *, host: str, port: int, threads: int, **options: Any) -> None:
        """Listen first, so that a port that is taken is known before the database is touched."""
        if settings.DEBUG and not is_loopback(host):
            raise CommandError(f"DEBUG is for this computer only: {host} would let others in. Set DEBUG=0 first.")
        try:
            listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        except OSError as error:
            raise CommandError(f"{host} port {port}: {error}. Choose another with --port.") from error
        with listener:
            self.prepare()
            # Only now: the imports cost time that a port already taken would waste.
            from waitress import serve  # noqa: PLC0415

            application = get_internal_wsgi_application()
            start_embedded_worker()
            # It would repeat the line below, and a browser's six connections are no reason for a warning that a
            # request waits for a thread.
            logging.getLogger("waitress").setLevel(logging.WARNING)
            logging.getLogger("waitress.queue").setLevel(logging.ERROR)
            # Otherwise `kill` and a service manager would end the process in the middle of a request.
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            name = f"[{host}]" if ":" in host else host
            self.stdout.write(f"msgov is at http://{name}:{port}/ (Ctrl-C stops it)")
            self.stdout.flush()
            serve(application, sockets=[listener], threads=threads, ident=None, **limits())

    def prepare(self) -> None:
        """Bring the database up to date, and the static files when they are served by hashed names."""
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        call_command("prepare", stdout=self.stdout)
        if not settings.DEBUG:
            collect_static_files()


def limits() -> dict[str, Any]:
    """What Waitress is told about proxies, and about clients that are slow or send too much.

    A connection costs it next to nothing, so many slow ones keep nobody else waiting; each may hold three files.
    """
    return {
        # Where proxies are expected, their headers go through to the application, which knows how many to believe.
        "clear_untrusted_proxy_headers": not settings.TRUSTED_PROXY_COUNT,
        "connection_limit": min(1000, max(100, open_files() // 4)),
        # select() takes no more than 1024 files.
        "asyncore_use_poll": hasattr(select, "poll"),
        "channel_timeout": 30,
        "cleanup_interval": 10,
        # Five of the largest files at once; what is a little too large still gets a page that says so.
        "max_request_body_size": 5 * settings.EVIDENCE_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }


def open_files() -> int:
    """How many files this process may have open, after asking for as many as it can use."""
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return 400
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(hard, 4096)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return 4096 if soft == resource.RLIM_INFINITY else soft


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach what listens there."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def collect_static_files() -> None:
    """Collect the static files, unless they are those collected last: an upgrade brings others."""
    stamp = settings.STATIC_ROOT / COLLECTED
    found = static_files()
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != found:
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(found, encoding="utf-8")


def static_files() -> str:
    """A fingerprint of all static files by name, size and time of change; reading them would take longer."""
    known = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            known.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return known.hexdigest()
