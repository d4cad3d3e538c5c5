"""The public pages: a file or a number, what strangers are told and what members, and how much is taken from one."""

import io
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from assessments import visitor_limits
from assessments.documents.manifest import spaced
from assessments.models import IssuedReport
from assessments.reports.tags import VERIFY_PATH
from assessments.vocabulary import ReportKind, Visibility
from tests.verifying.given import issue, submitted, with_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small")]

PAGE = "/verify/"


@pytest.fixture(autouse=True)
def nobody_counted() -> None:
    visitor_limits.forget()


def send(client: Client, content: bytes) -> Any:
    file = io.BytesIO(content)
    file.name = "report.pdf"
    return client.post(PAGE, {"file": file})


def test_printed_place_is_the_page() -> None:
    assert reverse("assessments:verify") == f"{VERIFY_PATH}/"


def test_file_is_checked_without_an_account_and_nothing_is_kept(client: Client) -> None:
    content, issued = issue(submitted("Secret forum"))
    before = IssuedReport.objects.count()
    page = send(client, content)
    assert page.status_code == 200
    text = page.content.decode()
    assert "<h1>Genuine and current</h1>" in text
    assert spaced(issued.number) in text
    assert "Secret forum" not in text
    assert IssuedReport.objects.count() == before
    assert "<h1>Unknown</h1>" in send(client, with_files()).content.decode()


def test_form_without_file_says_so(client: Client) -> None:
    page = client.post(PAGE)
    assert page.status_code == 422
    assert "Choose a file." in page.content.decode()


def test_file_that_is_too_large_is_not_looked_at(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessments.verifying.views.MOST_BYTES", 1000)
    page = send(client, b"%PDF-" + bytes(2000))
    assert page.status_code == 422
    assert "larger than 25 MB" in page.content.decode()


def test_form_of_another_site_is_refused() -> None:
    assert send(Client(enforce_csrf_checks=True), b"%PDF-").status_code == 403


def test_many_files_from_one_address_have_to_wait(client: Client) -> None:
    answers = [send(client, b"no pdf").status_code for _ in range(visitor_limits.AMOUNTS[visitor_limits.CHECKS] + 1)]
    assert answers == [200] * 10 + [429]


def test_more_files_at_once_than_there_is_room_for_have_to_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assessments.verifying import views  # noqa: PLC0415 (its room is looked into)

    for _ in range(views.AT_ONCE):
        views._room.acquire()
    try:
        page = send(client, b"no pdf")
    finally:
        for _ in range(views.AT_ONCE):
            views._room.release()
    assert (page.status_code, page["Retry-After"]) == (503, "60")


def test_number_is_taken_as_it_is_typed(client: Client) -> None:
    _content, issued = issue(submitted())
    typed = spaced(issued.number).lower().replace("0", "o").replace("1", "l")
    page = client.get(PAGE, {"number": f" {typed} "}, follow=True)
    assert page.redirect_chain == [(f"{PAGE}{issued.number}/", 302)]
    assert "<h1>Genuine and current</h1>" in page.content.decode()
    assert client.get(PAGE, {"number": "abc"}).status_code == 422
    assert client.get(f"{PAGE}000000000000/").status_code == 404
    assert client.get(f"{PAGE}nonsense/").status_code == 404


@pytest.mark.parametrize("standing", ["Genuine and current", "Genuine, but replaced"])
def test_strangers_learn_of_a_private_process_only_whether_a_report_holds(client: Client, standing: str) -> None:
    assessment = submitted("Secret forum")
    _content, issued = issue(assessment)
    if "replaced" in standing:
        assessment.results.create(number=2, method_version="1.1.0", document={}, digest="0" * 64)
    address = f"{PAGE}{issued.number}/"
    text = client.get(address).content.decode()
    assert f"<h1>{standing}</h1>" in text
    assert not [word for word in ("Secret forum", assessment.code, "Board paper", "newer result") if word in text]
    client.force_login(assessment.process.created_by)
    own = client.get(address).content.decode()
    assert "Secret forum" in own
    assert "Board paper" in own
    assert ("newer result" in own) == ("replaced" in standing)


def test_everybody_learns_what_a_report_on_a_public_process_is_about(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assessment = submitted("Open forum", visibility=Visibility.PUBLIC)
    _content, issued = issue(assessment, kind=ReportKind.FULL)
    client.get(PAGE)
    with django_assert_num_queries(6):
        text = client.get(f"{PAGE}{issued.number}/").content.decode()
    assert "Open forum" in text
    assert "Full report" in text


def test_public_keys_are_published(client: Client, key: str, settings: Settings) -> None:
    found = client.get("/verify/keys.json").json()
    assert [(each["id"], each["in_use"]) for each in found["keys"]] == [(key, True)]
    assert settings.REPORT_SIGNING_KEY not in str(found)
    settings.REPORT_SIGNING_KEY = ""
    assert client.get("/verify/keys.json").json()["keys"] == []
    assert configured.REPORT_KNOWN_KEYS == []
