"""Lists a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict

from attributes.pages import whole_number

LAST_PAGE = 10_000

T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One page of a list: its rows, how many come before them, and the addresses of the pages beside it or ""."""

    rows: list[T]
    number: int
    start: int
    previous: str
    next: str

    @property
    def context(self) -> dict[str, Any]:
        """What `includes/_pages.html` is drawn from."""
        return {"page": self.number, "previous": self.previous, "next": self.next}


def page_number(request: HttpRequest) -> int:
    """Return the page asked for in the address, from 1 to LAST_PAGE; 1 if that is no number."""
    return min(max(whole_number(request.GET.get("page", ""), 8) or 1, 1), LAST_PAGE)


def paged(
    request: HttpRequest, rows: "QuerySet[Any, T] | Sequence[T]", length: int, kept: Mapping[str, str] | None = None
) -> Paged[T]:
    """Return the page asked for. One query; nothing is counted, which would read all rows.

    The addresses keep the parameters `kept`, or else all of the request.
    """
    number = page_number(request)
    start = (number - 1) * length
    found = list(rows[start : start + length + 1])

    def address(page: int) -> str:
        query = request.GET.copy() if kept is None else QueryDict(mutable=True)
        query.update(kept or {})
        query["page"] = str(page)
        return f"?{query.urlencode()}"

    return Paged(
        rows=found[:length],
        number=number,
        start=start,
        previous=address(number - 1) if number > 1 else "",
        next=address(number + 1) if len(found) > length else "",
    )
