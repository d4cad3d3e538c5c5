"""What every page of a signed-in person costs before it does anything of its own."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.builders.accounts import confirmed, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.security.urls")]


def test_empty_page_takes_the_session_and_the_user(client: Client) -> None:
    confirmed("ana@example.org")
    sign_in(client)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/empty/")
    assert answer.content == b"ana@example.org"
    tables = [query["sql"].split(" FROM ")[1].split()[0].strip('"') for query in queries.captured_queries]
    assert tables == ["django_session", "accounts_user"]


def test_public_page_of_a_visitor_asks_nobody(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/account/login/")
