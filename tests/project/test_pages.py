"""The page of a list that an address asks for."""

from typing import Any

import pytest
from django.test import RequestFactory

from assessments.pages import page_number, paged


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("", 1),
        ("page=3", 3),
        ("page=0", 1),
        ("page=-2", 1),
        ("page=two", 1),
        ("page=", 1),
        ("page=²", 1),
        ("page=10000", 10_000),
        ("page=10001", 10_000),
        ("page=" + 5000 * "9", 1),
    ],
)
def test_page_number_is_a_number_within_reach(query: str, page: int) -> None:
    assert page_number(RequestFactory().get(f"/?{query}")) == page


@pytest.mark.parametrize(
    ("query", "rows", "start", "previous", "following"),
    [
        ("", [1, 2, 3], 0, "", "?page=2"),
        ("page=2&q=a+b", [4, 5, 6], 3, "?page=1&q=a+b", "?page=3&q=a+b"),
        ("page=3", [7], 6, "?page=2", ""),
        ("page=4", [], 9, "?page=3", ""),
    ],
)
def test_a_page_of_a_list(query: str, rows: list[Any], start: int, previous: str, following: str) -> None:
    found = paged(RequestFactory().get(f"/?{query}"), range(1, 8), 3)
    assert (found.rows, found.start, found.previous, found.next) == (rows, start, previous, following)


def test_no_next_page_behind_a_full_one() -> None:
    found = paged(RequestFactory().get("/?page=2"), range(6), 3)
    assert (found.rows, found.next) == ([3, 4, 5], "")


def test_addresses_keep_what_they_are_told_to() -> None:
    found = paged(RequestFactory().get("/?page=2&item=no&x=1"), range(9), 3, {"item": "IT1a"})
    assert found.context == {"page": 2, "previous": "?item=IT1a&page=1", "next": "?item=IT1a&page=3"}
