"""Signing in: guessing is stopped by limits in the shared cache, and the admin site has no side door."""

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from pytest_django import Settings

from msgov.accounts import devices
from msgov.accounts.models import AuditEvent
from tests.builders.accounts import PASSWORD, confirmed, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


def test_sign_in_ignores_the_case_of_the_address(client: Client) -> None:
    confirmed("ana@example.org")
    assert sign_in(client, "Ana@Example.ORG").status_code == 302
    assert is_signed_in(client)


def test_sign_in_with_a_wrong_password_says_the_same_as_for_an_unknown_address(client: Client) -> None:
    confirmed("ana@example.org")
    message = "The e-mail address or the password is not right."
    for email in ("ana@example.org", "nobody@example.org"):
        page = sign_in(client, email, "wrong password").content.decode()
        assert message in page
        assert "<title>Error: Sign in" in page
        assert f'value="{email}"' in page
        assert "wrong password" not in page


def test_sixth_wrong_password_locks_even_the_right_one(client: Client) -> None:
    confirmed("ana@example.org")
    for _attempt in range(5):
        assert "is not right" in sign_in(client, password="wrong password").content.decode()
    assert "Too many attempts." in sign_in(client, password="wrong password").content.decode()
    other = Client()  # another browser at another address: the account is locked, not the visitor
    assert "Too many attempts." in sign_in(other, REMOTE_ADDR="198.51.100.7").content.decode()
    assert not is_signed_in(other)


def test_lock_is_kept_in_the_database_that_all_processes_share(client: Client) -> None:
    confirmed("ana@example.org")
    sign_in(client, password="wrong password")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM msgov_cache WHERE cache_key LIKE '%login_failed%'")
        kept = [key for (key,) in cursor.fetchall()]
    assert len(kept) == 2  # one for the account, one for the visitor
    assert not any("ana" in key for key in kept)


def test_lock_of_one_account_leaves_others_alone(client: Client) -> None:
    confirmed("ana@example.org")
    confirmed("bea@example.org")
    for _attempt in range(6):
        sign_in(client, password="wrong password")
    assert sign_in(Client(), "bea@example.org", REMOTE_ADDR="198.51.100.7").status_code == 302


def test_a_known_device_is_not_locked_by_guesses_made_elsewhere(client: Client) -> None:
    confirmed("ana@example.org")
    sign_in(client)
    client.post("/account/logout/")
    for number in range(8):
        sign_in(Client(), password="wrong password", REMOTE_ADDR=f"198.51.100.{number}")
    assert "Too many attempts." in sign_in(Client(), REMOTE_ADDR="203.0.113.9").content.decode()
    sign_in(client)
    assert is_signed_in(client)


def test_guesses_on_a_known_device_are_limited_there(client: Client) -> None:
    confirmed("ana@example.org")
    sign_in(client)
    client.post("/account/logout/")
    for _attempt in range(5):
        assert "is not right" in sign_in(client, password="wrong password").content.decode()
    assert "Too many attempts." in sign_in(client).content.decode()
    assert not is_signed_in(client)
    assert sign_in(Client()).status_code == 302


@pytest.mark.parametrize("cookie", ["", "x", "eyJ9:1:x", "of somebody else"])
def test_a_device_is_known_to_its_owner_only_and_by_nothing_made_up(client: Client, cookie: str) -> None:
    confirmed("ana@example.org")
    other = Client()
    confirmed("bea@example.org")
    sign_in(other, "bea@example.org")
    client.cookies["device"] = other.cookies["device"].value if cookie == "of somebody else" else cookie
    for _attempt in range(5):
        sign_in(client, password="wrong password")
    assert "Too many attempts." in sign_in(Client()).content.decode()


def test_the_cookie_of_a_device_goes_to_the_account_pages_alone_and_lets_nobody_in(client: Client) -> None:
    confirmed("ana@example.org")
    sign_in(client)
    cookie = client.cookies["device"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/account/", True, "Lax")
    assert "ana" not in cookie.value
    stranger = Client()
    stranger.cookies["device"] = cookie.value
    assert not is_signed_in(stranger)
    assert stranger.get("/account/").status_code == 302


def test_five_people_share_a_device(client: Client) -> None:
    emails = [f"person-{number}@example.org" for number in range(6)]
    for email in emails:
        confirmed(email)
        sign_in(client, email)
        client.post("/account/logout/")
    request = RequestFactory().get("/account/login/")
    request.COOKIES["device"] = client.cookies["device"].value
    assert [bool(devices.known_for(request, email)) for email in emails] == [False, True, True, True, True, True]


def test_people_behind_one_address_do_not_lock_each_other_out(client: Client) -> None:
    confirmed("ana@example.org")
    for number in range(30):
        answer = sign_in(Client(), f"nobody{number}@example.org", "wrong password")
        assert "is not right" in answer.content.decode()
    assert sign_in(client).status_code == 302


def test_one_address_cannot_guess_for_ever(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_form": "30/m/ip"}
    for number in range(31):
        answer = sign_in(client, f"nobody{number}@example.org", "wrong password")
    assert "Too many attempts" in answer.content.decode()
    assert 'value="nobody30@example.org"' in answer.content.decode()


def test_sign_in_starts_a_new_session(client: Client) -> None:
    confirmed("ana@example.org")
    client.get("/account/login/")
    session = client.session
    session["left behind"] = 1
    session.save()
    before = client.cookies["sessionid"].value if "sessionid" in client.cookies else session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_sign_in_does_not_lead_to_other_sites(client: Client) -> None:
    confirmed("ana@example.org")
    answer = client.post(
        "/account/login/?next=https://evil.example/",
        {"login": "ana@example.org", "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert answer["Location"] == "/"


def test_inactive_account_cannot_sign_in(client: Client) -> None:
    confirmed("ana@example.org", is_active=False)
    sign_in(client)
    assert not is_signed_in(client)


def test_sign_out_ends_the_session_on_the_server_and_empties_the_browser(client: Client) -> None:
    confirmed("ana@example.org")
    sign_in(client)
    key = client.session.session_key
    answer = client.post("/account/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not client.session.exists(str(key))
    assert AuditEvent.objects.filter(action="logout.done").count() == 1


def test_sign_out_by_link_only_asks(client: Client) -> None:
    confirmed("ana@example.org")
    sign_in(client)
    answer = client.get("/account/logout/")
    assert answer.status_code == 200
    assert "Clear-Site-Data" not in answer
    assert is_signed_in(client)


def test_admin_site_sends_to_the_same_sign_in(client: Client) -> None:
    confirmed("ana@example.org", is_staff=True, is_superuser=True)
    answer = client.post("/admin/login/", {"username": "ana@example.org", "password": PASSWORD})
    assert answer.status_code == 302
    assert str(answer["Location"]).startswith("/account/login/")
    assert not is_signed_in(client)
    sign_in(client)
    assert client.get("/admin/").status_code == 200


def test_admin_site_is_closed_to_others(client: Client) -> None:
    client.force_login(confirmed("ana@example.org"))
    assert client.get("/admin/login/").status_code == 403
    assert client.get("/admin/accounts/auditevent/").status_code == 302


def test_admin_password_change_is_the_account_page(client: Client) -> None:
    client.force_login(confirmed("ana@example.org", is_staff=True))
    assert client.get("/admin/password_change/")["Location"] == "/account/password/change/"


@pytest.mark.parametrize("address", ["http://[", "//[::1", "https://evil.example/", "javascript:alert(1)"])
def test_next_that_leads_elsewhere_or_nowhere_is_not_followed(client: Client, address: str) -> None:
    confirmed("ana@example.org")
    assert client.get("/account/login/", {"next": address}).status_code == 200
    answer = client.post("/account/login/", {"login": "ana@example.org", "password": PASSWORD, "next": address})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
