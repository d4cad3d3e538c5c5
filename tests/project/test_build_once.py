"""Rows that a module shares: every test finds them as they were built, and no other module finds them."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessments.models import Process
from msgov.accounts.models import User
from tests import builders, conftest

pytestmark = pytest.mark.django_db
BUILT: list[Process] = []


@pytest.fixture(scope="module", autouse=True)
def shared(build_once: Callable[[Callable[[], Process]], Process]) -> Process:
    """One process."""

    def make() -> Process:
        BUILT.append(builders.process(name="Shared"))
        return BUILT[-1]

    return build_once(make)


@pytest.mark.parametrize("number", range(3))
def test_what_a_test_writes_is_taken_back(shared: Process, number: int) -> None:
    assert [process.name for process in Process.objects.all()] == ["Shared"]
    Process.objects.update(name="Written")
    builders.process(name="Another")
    Process.objects.filter(pk=shared.pk).delete()
    assert len(BUILT) == 1


@pytest.mark.parametrize("number", range(2))
def test_an_error_of_the_database_leaves_the_rows_alone(number: int) -> None:
    user = builders.user("same@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(user.email, None)
    assert Process.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "marks", "fixtures", "is_refused"),
    [
        ("test_a.py", {"django_db"}, [], True),
        ("test_a.py", set(), ["_django_db_helper"], True),
        ("test_a.py", {"django_db"}, ["build_once"], False),
        ("test_a.py", set(), ["tmp_path"], False),
        ("test_b.py", {"django_db"}, [], False),
    ],
)
def test_a_module_of_which_some_tests_do_not_know_of_the_rows_is_refused(
    path: str, marks: set[str], fixtures: list[str], is_refused: bool
) -> None:
    item: Any = SimpleNamespace(
        name="test_x", path=Path(path), fixturenames=fixtures, get_closest_marker=lambda name: name in marks
    )
    request: Any = SimpleNamespace(path=Path("test_a.py"), session=SimpleNamespace(items=[item]))
    if is_refused:
        with pytest.raises(pytest.fail.Exception, match=r"what others of test_a\.py share: test_x"):
            conftest.refuse_to_leak(request)
    else:
        conftest.refuse_to_leak(request)
