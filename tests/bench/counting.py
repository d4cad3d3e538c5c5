"""Counts what a request asks of the database; only the measured server has this."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

# Django sends these itself around a block; they are no queries of ours.
FRAMES = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")
READS = ("SELECT", "WITH", "PRAGMA")


class CountingMiddleware:
    """Answers with X-Bench-Queries, X-Bench-Commits (transactions that wrote) and, if asked, the statements."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        counter = Counter(connection)
        with counter:
            response = self.get_response(request)
        response.headers["X-Bench-Queries"] = str(len(counter.statements))
        response.headers["X-Bench-Commits"] = str(counter.commits)
        if "X-Bench-Show" in request.headers:
            shown = " | ".join(" ".join(statement.split())[:300] for statement in counter.statements)
            response.headers["X-Bench-Statements"] = shown.encode("ascii", "replace").decode()
        return response


class Counter(ExitStack):
    """Notes the statements of one request, and how often something written was committed."""

    def __init__(self, watched: Any) -> None:
        super().__init__()
        self.watched = watched
        self.statements: list[str] = []
        self.commits = 0
        self._wrote = False

    def __enter__(self) -> "Counter":
        super().__enter__()
        commit = self.watched._commit

        def counted() -> None:
            commit()
            self.commits += self._wrote
            self._wrote = False

        self.watched._commit = counted
        self.callback(setattr, self.watched, "_commit", commit)
        self.enter_context(self.watched.execute_wrapper(self._note))
        return self

    def _note(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        statement = str(sql).lstrip(" (").upper()
        if not statement.startswith(FRAMES):
            self.statements.append(str(sql))
            if not statement.startswith(READS):
                if self.watched.in_atomic_block:
                    self._wrote = True
                else:
                    self.commits += 1
        return execute(sql, params, many, context)
