"""Answers for whoever watches over the server, before host checks, redirects and sessions get in the way."""

import logging
import os
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from msgov.middleware import GetResponse

logger = logging.getLogger("msgov.probes")


class ProbeMiddleware:
    """`/livez`: the process answers. `/readyz`: it can do its work; 503 and the failing part's name if not."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/livez":
            return answer({"status": "ok"}, 200)
        if request.path_info == "/readyz":
            return readiness()
        return self.get_response(request)


def answer(body: dict[str, object], status: int) -> HttpResponse:
    """Return JSON that nobody keeps."""
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def readiness() -> HttpResponse:
    """Check what a page needs. `READINESS_NOTES` add remarks (a queue that stands still) that do not fail it."""
    checks = {"database": database_answers()}
    checks["migrations"] = checks["database"] and migrations_applied()
    checks["media"] = media_writable()
    ready = all(checks.values())
    body: dict[str, object] = {name: "ok" if good else "failed" for name, good in checks.items()}
    if ready:
        body.update(notes())
    return answer({"status": "ok" if ready else "failed", **body}, 200 if ready else 503)


def database_answers() -> bool:
    """Whether a query comes back."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, ImproperlyConfigured, OSError):
        logger.exception("The database does not answer.")
        return False
    return True


_migrated: set[str] = set()  # aliases found complete: it stays so while this code runs


def migrations_applied() -> bool:
    """Whether the tables are those of this code. Looked up until it is true, then remembered."""
    if connection.alias not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(connection.alias)
    return True


def media_writable() -> bool:
    """Whether uploads and reports can be stored; a folder that is still to be made counts by its parent."""
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK)


def notes() -> dict[str, str]:
    """Remarks of the functions named in `READINESS_NOTES`; each returns (name, remark)."""
    found = {}
    for path in settings.READINESS_NOTES:
        name, remark = import_string(path)()
        found[name] = remark
    return found


def queue_note() -> tuple[str, str]:
    """Whether background work is taken up: "late" if something has waited five minutes longer than it had to."""
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - timedelta(minutes=5))
    return "worker", "late" if waiting.exists() else "ok"
