"""When the demonstration is made, and when not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from assessments.demo.people import PEOPLE
from assessments.demo.spec import read_specs
from assessments.models import Assessment, Process
from attributes.loading import store_spec
from msgov.accounts.models import User
from tests import builders
from tests.builders.question_sets import synthetic

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_demo_is_refused_without_debug() -> None:
    builders.question_set()
    with pytest.raises(CommandError, match="--force"):
        call_command("seed_demo")
    assert not User.objects.exists()


def test_forced_demo_makes_up_a_password_and_uses_its_own_question_set_where_there_are_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    builders.question_set()
    store_spec(synthetic(4))
    # One set is looked up for all processes: those whose stakeholders nobody asked are made in a tenth of the time.
    unasked = [spec for spec in read_specs() if not spec.is_invented]
    monkeypatch.setattr("assessments.demo.seeding.read_specs", lambda: unasked)
    out = StringIO()
    call_command("seed_demo", force=True, stdout=out)
    password = out.getvalue().split("with the password ")[1].split()[0]
    assert len(password) >= 12
    for person in PEOPLE:
        assert person.email in out.getvalue()
        assert User.objects.get(email=person.email).check_password(password)
    started = set(Assessment.objects.values_list("question_set__slug", flat=True))
    assert Process.objects.count() == len(unasked) > 1
    assert started == {"isoc-multistakeholder-attributes"}
    again = StringIO()
    call_command("seed_demo", force=True, stdout=again)
    assert "there already" in again.getvalue()
    assert "password" not in again.getvalue()


@pytest.mark.usefixtures("empty_site")
def test_demo_needs_the_question_set() -> None:
    with pytest.raises(CommandError, match="load_question_set"):
        call_command("seed_demo", force=True)


@pytest.mark.usefixtures("empty_site")
def test_prepare_adds_the_demo_only_to_an_empty_site(settings: Settings) -> None:
    settings.DEBUG = True
    builders.process(organiser=builders.user())
    call_command("prepare", stdout=StringIO())
    assert not Process.objects.filter(code__startswith="demo-").exists()


@pytest.mark.usefixtures("empty_site")
def test_prepare_fills_an_empty_site_once(settings: Settings) -> None:
    settings.DEBUG = True
    out = StringIO()
    call_command("prepare", stdout=out)
    assert "organiser@example.org" in out.getvalue()
    assert Process.objects.count() == 5
    again = StringIO()
    call_command("prepare", stdout=again)
    assert Process.objects.count() == 5
    assert "Demonstration logins" in again.getvalue()


@pytest.mark.usefixtures("empty_site")
def test_prepare_without_debug_loads_the_questions_alone() -> None:
    call_command("prepare", stdout=StringIO())
    assert not User.objects.exists()
    assert builders.question_set().status == "published"
