"""Pages of errors: clear words, nothing technical, nothing lost, and no database needed to say that it is down."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client
from pytest_django.fixtures import Settings

from msgov.accounts.models import AuditEvent
from tests.builders.accounts import confirmed

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.security.urls")]


@pytest.fixture
def calm() -> Client:
    """A client to which mistakes are answers, as they are to browsers."""
    return Client(raise_request_exception=False)


def test_missing_page_says_so_without_telling_whether_it_exists(calm: Client) -> None:
    answer = calm.get("/nowhere/")
    assert answer.status_code == 404
    assert "There is nothing at this address, or nothing that you may see." in answer.content.decode()
    assert "sign in first" in answer.content.decode()


def test_mistake_is_answered_without_details(calm: Client) -> None:
    answer = calm.get("/fault/mistake/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "<h1>Something went wrong</h1>" in page
    assert "secret detail" not in page
    assert "Traceback" not in page
    assert f"name this number: {answer['X-Request-ID']}" in page
    assert answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["database", "interface"])
def test_database_that_does_not_answer_is_a_503(calm: Client, name: str) -> None:
    answer = calm.get(f"/fault/{name}/")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "<h1>The site is not available just now</h1>" in page
    assert "10.0.0.7" not in page
    assert "Traceback" not in page


def test_database_that_fails_while_the_session_is_read_is_a_503(calm: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    calm.force_login(confirmed())

    def down(self: SessionStore) -> None:
        raise OperationalError("down")

    monkeypatch.setattr(SessionStore, "load", down)
    answer = calm.get("/account/")
    assert answer.status_code == 503
    assert answer["Content-Security-Policy"]
    assert calm.get("/nowhere/").status_code == 503
    sent = calm.post("/form/", {"text": "Everybody was heard."})
    assert sent.status_code == 503
    assert "Everybody was heard.</textarea>" in sent.content.decode()


def test_database_down_page_needs_no_query(
    calm: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert calm.get("/fault/database/").status_code == 503


def test_error_page_works_without_its_style_sheets(calm: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(path: str) -> str:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr("msgov.errors.static", missing)
    page = calm.get("/fault/mistake/").content.decode()
    assert "<h1>Something went wrong</h1>" in page
    assert "stylesheet" not in page


def test_odd_request_is_a_400_that_says_nothing_was_saved(calm: Client) -> None:
    answer = calm.get("/fault/odd/")
    assert answer.status_code == 400
    assert "nothing was saved" in answer.content.decode()


def test_too_much_at_once_is_a_413(calm: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = calm.post("/form/", {"text": "x" * 2000})
    assert answer.status_code == 413
    assert "That was too much at once" in answer.content.decode()


def test_unknown_host_is_a_400_without_a_page_of_its_own(calm: Client) -> None:
    answer = calm.get("/framework/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


def test_forbidden_is_a_403_that_says_what_to_do(calm: Client) -> None:
    answer = calm.get("/fault/forbidden/")
    assert answer.status_code == 403
    assert "If you need it, ask an organiser of the process." in answer.content.decode()


def test_forbidden_is_answered_even_if_it_cannot_be_recorded(calm: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*args: object, **kwargs: object) -> None:
        raise OperationalError("down")

    monkeypatch.setattr("msgov.errors.audit.record", down)
    assert calm.get("/fault/forbidden/").status_code == 403
    assert not AuditEvent.objects.exists()


def test_form_without_a_token_is_handed_back() -> None:
    client = Client(enforce_csrf_checks=True)
    text = "Everybody <b>was</b> heard in three hearings."
    answer = client.post("/form/", {"text": text, "password": "a very secret phrase", "level": "2"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "<h1>Nothing was saved</h1>" in page
    assert "Everybody &lt;b&gt;was&lt;/b&gt; heard in three hearings.</textarea>" in page
    assert "a very secret phrase" not in page


def test_form_sent_after_the_session_ended_is_handed_back(client: Client) -> None:
    answer = client.post(
        "/private-form/", {"text": "Everybody was heard."}, headers={"referer": "http://testserver/assessments/x/"}
    )
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Everybody was heard.</textarea>" in page
    assert 'href="/account/login/?next=http%3A%2F%2Ftestserver%2Fassessments%2Fx%2F"' in page


def test_form_sent_from_another_site_leads_back_to_its_own_address(client: Client) -> None:
    answer = client.post(
        "/private-form/", {"text": "Everybody was heard."}, headers={"referer": "http://evil.example/"}
    )
    assert 'href="/account/login/?next=%2Fprivate-form%2F"' in answer.content.decode()


def test_autosave_after_the_session_ended_is_a_401_without_a_page(client: Client) -> None:
    answer = client.post("/private-form/", {"text": "Everybody was heard."}, headers={"hx-request": "true"})
    assert answer.status_code == 401
    assert answer.content.decode() == "You have been signed out. Sign in again in another tab, then come back."


def test_visitor_who_only_looks_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get("/private-form/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/private-form/")


def test_anonymous_403_names_nobody(calm: Client) -> None:
    calm.get("/fault/forbidden/")
    event = AuditEvent.objects.get()
    assert event.actor is None
    assert AnonymousUser().pk is None


def test_mistake_on_a_form_that_cannot_be_read_is_still_answered(calm: Client) -> None:
    answer = calm.generic("POST", "/fault/mistake/", b"x", content_type="multipart/form-data; boundary=")
    assert answer.status_code == 500
    assert "<h1>Something went wrong</h1>" in answer.content.decode()


def test_the_language_of_the_browser_is_spoken_where_there_are_words(calm: Client) -> None:
    for address, status in (
        ("/nowhere/", 404),
        ("/fault/mistake/", 500),
        ("/fault/odd/", 400),
        ("/fault/database/", 503),
    ):
        answer = calm.get(address, headers={"accept-language": "de, ar;q=0.5"})
        page = answer.content.decode()
        assert answer.status_code == status
        assert '<html lang="en" dir="ltr">' in page
        assert '<section class="measure" lang="ar" dir="rtl">' in page
        assert (
            "lang=" not in calm.get(address, headers={"accept-language": "en"}).content.decode().partition("<body")[2]
        )
