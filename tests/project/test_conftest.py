"""The guards around the tests: they would not be missed until the day they were needed."""

import socket
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import conftest, database


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("203.0.113.9", 443)])
def test_no_test_reaches_another_computer(address):
    with socket.socket() as client, pytest.raises(RuntimeError, match=r"A test tried to connect to"):
        client.connect(address)


def test_this_computer_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_a_name_is_refused_as_well():
    with pytest.raises(RuntimeError, match=r"example\.invalid"):
        conftest.refuse_network("socket.connect", (None, ("example.invalid", 80)))


@pytest.mark.parametrize(
    ("in_ci", "database", "path", "outcome"),
    [
        (True, "postgres", "tests/test_x.py", "failed"),
        (True, "sqlite", "tests/e2e/test_x.py", "failed"),
        (True, "sqlite", "tests/test_x.py", "skipped"),
        (False, "postgres", "tests/e2e/test_x.py", "skipped"),
    ],
)
def test_a_skip_where_ci_promises_a_test_is_a_failure(in_ci, database, path, outcome, monkeypatch):
    monkeypatch.setattr(conftest, "IN_CI", in_ci)
    monkeypatch.setenv("MSGOV_TEST_DB", database)
    report = SimpleNamespace(outcome="skipped", skipped=True, longrepr="no browser")
    conftest.refuse_skip(SimpleNamespace(path=Path(path)), report)
    assert report.outcome == outcome


def test_the_database_of_the_tests_is_never_the_one_in_the_environment(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://production")
    monkeypatch.delenv(database.URL_VARIABLE, raising=False)
    monkeypatch.setenv("MSGOV_TEST_DB", "sqlite")
    assert database.database_url() == "sqlite:///:memory:"
    monkeypatch.setenv(database.URL_VARIABLE, "postgres://elsewhere/")
    assert database.database_url() == "postgres://elsewhere/"
