"""What all tests share: no network, no silent skips in CI, reproducible examples, and a signed-in client."""

import ipaddress
import os
import sys
from collections.abc import Callable, Generator
from typing import Any

import hypothesis
import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client

IN_CI = os.environ.get("CI", "").lower() in ("1", "true")

# No deadline: on a busy machine it would measure the neighbours. In CI always the same examples, so that a
# failure is about the change; at home always new ones, so that they find something.
hypothesis.settings.register_profile("msgov", deadline=None, derandomize=IN_CI)
hypothesis.settings.load_profile("msgov")


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Fail whatever connects to another computer: neither application nor tests have any business there."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        try:
            allowed = ipaddress.ip_address(host.partition("%")[0]).is_loopback
        except ValueError:
            allowed = host == "localhost"
        if not allowed:
            raise RuntimeError(f"A test tried to connect to {host}.")


sys.addaudithook(refuse_network)


def refuse_skip(node: pytest.Item | pytest.Collector, report: pytest.TestReport | pytest.CollectReport) -> None:
    """In CI, turn a skipped browser or PostgreSQL test into a failure: there, both are promised to run."""
    promised = "e2e" in node.path.parts or os.environ.get("MSGOV_TEST_DB") == "postgres"
    if IN_CI and promised and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI does not accept here: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Look at each test."""
    report = yield
    refuse_skip(item, report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Look at each module, which may be skipped as a whole."""
    report = yield
    refuse_skip(collector, report)
    return report


@pytest.fixture
def client_for() -> Callable[[AbstractBaseUser], Client]:
    """Return a function that makes a client signed in as a user."""

    def make(user: AbstractBaseUser) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make
