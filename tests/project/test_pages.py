"""The page of a list that an address asks for."""

import pytest
from django.test import RequestFactory

from assessments.pages import page_number


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
def test_page_number_is_a_number_within_reach(query, page):
    assert page_number(RequestFactory().get(f"/?{query}")) == page
