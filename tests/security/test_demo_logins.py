"""Nobody gets in with the password of the demonstration but the person at the keyboard of a trial."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from assessments.demo.people import ADMIN, DEMO_PASSWORD, PEOPLE, DemoPerson, person_of
from msgov import checks
from msgov.accounts.models import User
from msgov.middleware.this_computer import ThisComputerMiddleware
from tests.builders.accounts import PASSWORD, confirmed, is_signed_in, sign_in


@pytest.fixture
def trial(db: None) -> list[User]:
    """The people of a demonstration, as a first start with DEBUG leaves them."""
    return [person_of(person, DEMO_PASSWORD) for person in PEOPLE]


@pytest.mark.parametrize("person", PEOPLE)
def test_published_password_opens_nothing_without_debug(
    trial: list[User], person: DemoPerson, settings: Settings
) -> None:
    client = Client()
    answer = sign_in(client, person.email, DEMO_PASSWORD)
    assert answer.status_code == 200
    assert not is_signed_in(client)
    settings.DEBUG = True
    assert sign_in(client, person.email, DEMO_PASSWORD).status_code == 302
    assert is_signed_in(client)


@pytest.mark.django_db
def test_published_password_opens_nothing_for_others_who_chose_it() -> None:
    user = confirmed("ana@example.org")
    user.set_password(DEMO_PASSWORD)
    user.save()
    client = Client()
    sign_in(client, "ana@example.org", DEMO_PASSWORD)
    assert not is_signed_in(client)


@pytest.mark.parametrize("command", ["prepare", "serve"])
def test_nothing_starts_with_published_passwords(trial: list[User], command: str) -> None:
    options = {"port": 0} if command == "serve" else {}
    with pytest.raises(CommandError, match="published password") as caught:
        call_command(command, stdout=StringIO(), **options)
    for person in PEOPLE:
        assert person.email in str(caught.value)
    assert "close_demo_logins" in str(caught.value)
    assert DEMO_PASSWORD not in str(caught.value)


def test_check_deploy_names_published_passwords(trial: list[User], settings: Settings) -> None:
    (found,) = checks.no_published_password()
    assert (found.id, found.level) == ("msgov.E003", 40)
    assert all(person.email in found.msg for person in PEOPLE)
    settings.DEBUG = True
    assert checks.no_published_password() == []


def test_administrator_under_another_address_is_found(trial: list[User]) -> None:
    User.objects.exclude(email=ADMIN.email).delete()
    User.objects.update(email="boss@example.com", is_superuser=False, is_staff=False)
    (found,) = checks.no_published_password()
    assert "boss@example.com" in found.msg


def test_closing_the_logins_lets_it_start(trial: list[User]) -> None:
    own = User.objects.get(email=ADMIN.email)
    own.set_password(PASSWORD)
    own.save()
    out = StringIO()
    call_command("close_demo_logins", stdout=out)
    call_command("prepare", stdout=StringIO())
    assert checks.no_published_password() == []
    for user in User.objects.exclude(pk=own.pk):
        assert f"closed {user.email}" in out.getvalue()
        assert not user.has_usable_password()
        assert not any(user.flags().values())
    own.refresh_from_db()
    assert own.is_superuser
    assert own.check_password(PASSWORD)


def test_a_closed_account_has_no_session_left(trial: list[User]) -> None:
    client = Client()
    client.force_login(User.objects.get(email=ADMIN.email))
    call_command("close_demo_logins", stdout=StringIO())
    assert client.get("/account/").status_code == 302


@pytest.mark.django_db
def test_nobody_is_given_the_published_password_without_debug() -> None:
    with pytest.raises(CommandError, match="Everybody knows this password"):
        call_command("seed_demo", force=True, password=DEMO_PASSWORD)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::", "example.org"])  # noqa: S104
def test_serve_with_debug_is_for_this_computer(settings: Settings, host: str) -> None:
    settings.DEBUG = True
    with pytest.raises(CommandError, match="DEBUG is for this computer only"):
        call_command("serve", host=host, port=0)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("127.0.0.1", 200), ("::1", 200), ("10.9.9.9", 403), ("192.168.1.20", 403), ("fe80::1", 403), ("", 403)],
)
def test_with_debug_others_are_refused_whatever_host_they_name(address: str, expected: int) -> None:
    request = RequestFactory(REMOTE_ADDR=address).get("/", headers={"host": "localhost"})
    assert ThisComputerMiddleware(lambda request: HttpResponse("in"))(request).status_code == expected
