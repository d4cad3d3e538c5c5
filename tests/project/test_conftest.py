"""What surrounds the tests: guards that would not be missed until the day they were needed, and the shipped set."""

import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command

from attributes.models import QuestionSet
from tests import builders, conftest, database


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("203.0.113.9", 443)])
def test_no_test_reaches_another_computer(address: tuple[Any, ...]) -> None:
    with socket.socket() as client:
        client.settimeout(0.1)
        for connect in (client.connect, client.connect_ex):
            with pytest.raises(RuntimeError, match=r"A test tried to connect to"):
                connect(address)


def test_this_computer_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_a_name_is_refused_as_well() -> None:
    with pytest.raises(RuntimeError, match=r"example\.invalid"):
        conftest.refuse_network(("example.invalid", 80))


@pytest.mark.parametrize(
    ("in_ci", "database", "path", "outcome"),
    [
        (True, "postgres", "tests/test_x.py", "failed"),
        (True, "sqlite", "tests/e2e/test_x.py", "failed"),
        (True, "sqlite", "tests/test_x.py", "skipped"),
        (False, "postgres", "tests/e2e/test_x.py", "skipped"),
    ],
)
def test_a_skip_where_ci_promises_a_test_is_a_failure(
    in_ci: bool, database: str, path: str, outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conftest, "IN_CI", in_ci)
    monkeypatch.setenv("MSGOV_TEST_DB", database)
    report = SimpleNamespace(outcome="skipped", skipped=True, longrepr="no browser")
    conftest.refuse_skip(SimpleNamespace(path=Path(path)), report)
    assert report.outcome == outcome


def test_files_with_slow_tests_begin_and_stay_whole() -> None:
    def item(path: str, name: str, *marks: str) -> SimpleNamespace:
        closest = dict.fromkeys(marks, True).get
        return SimpleNamespace(path=path, name=name, get_closest_marker=closest, fixturenames=[], add_marker=None)

    items = [
        item("a", "1"),
        item("a", "2"),
        item("b", "3"),
        item("b", "4", "slow"),
        item("c", "5"),
        item("d", "6", "load"),
    ]
    assert [*conftest.pytest_collection_modifyitems(items)] == [None]  # type: ignore[arg-type]
    assert "".join(each.name for each in items) == "346125"


def test_the_database_of_the_tests_is_never_the_one_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://production")
    monkeypatch.delenv(database.URL_VARIABLE, raising=False)
    monkeypatch.setenv("MSGOV_TEST_DB", "sqlite")
    assert database.database_url() == "sqlite:///:memory:"
    monkeypatch.setenv(database.URL_VARIABLE, "postgres://elsewhere/")
    assert database.database_url() == "postgres://elsewhere/"


def stored() -> list[Any]:
    return list(QuestionSet.objects.values_list("slug", "version", "status"))


SHIPPED = [("isoc-multistakeholder-attributes", "1.0.0", "published")]


@pytest.mark.django_db
def test_the_shipped_question_set_is_there_without_being_stored() -> None:
    assert stored() == SHIPPED


@pytest.mark.usefixtures("empty_site")
def test_an_empty_site_has_no_question_set_and_can_be_given_one() -> None:
    assert stored() == []
    assert builders.question_set().status == "published"
    assert stored() == SHIPPED


@pytest.mark.django_db(transaction=True)
def test_the_shipped_question_set_is_back_after_tables_were_emptied() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert stored() == SHIPPED


def test_what_may_look_into_the_database_is_marked(request: pytest.FixtureRequest, db: None) -> None:
    assert request.node.get_closest_marker("database")


@pytest.mark.django_db
def test_what_says_so_itself_is_marked_too(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("database")


def test_what_may_not_is_not_marked(request: pytest.FixtureRequest) -> None:
    assert not request.node.get_closest_marker("database")
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        stored()


def test_each_helper_has_a_postgresql_of_its_own_and_none_is_started_in_vain() -> None:
    shares_out, *helpers = [database.server_of(each) for each in ("main", "gw0", "gw1", "gw2")]
    assert len(set(helpers)) == 3
    assert shares_out in helpers
