"""Prepare the database and serve the application, in one process: what `dev.py run` starts."""

import logging
import signal
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import get_internal_wsgi_application

from assessments.worker import start_embedded_worker


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
            serve(application, sockets=[listener], threads=threads, ident=None)

    def prepare(self) -> None:
        """Bring the database up to date, and the static files when they are served by hashed names."""
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        if "prepare" in get_commands():
            call_command("prepare", stdout=self.stdout)
        else:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        if not settings.DEBUG and not (settings.STATIC_ROOT / "staticfiles.json").exists():
            call_command("collectstatic", verbosity=0, interactive=False)
