"""Logs: one line per event whatever people send, an id to follow, and nothing that opens a door."""

import io
import json
import logging
import logging.config

import pytest
from django.test import Client

from msgov import logs
from msgov.request_info import RequestInfo, current
from tests.builders.accounts import confirmed

TOKEN = "Zk3xV9" * 7 + "a"


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        (f"GET /invitations/{TOKEN}/ HTTP/1.1", "GET /invitations/[hidden]/ HTTP/1.1"),
        (
            "/account/password/reset/key/1-dig3jr-5d763b6f9f293fab/",
            "/account/password/reset/key/[hidden]/",
        ),
        ("/account/login/?next=/x&token=abc&b=1", "/account/login/?next=/x&token=[hidden]&b=1"),
        (f"GET /r/{TOKEN}/ HTTP/1.1", "GET /r/[hidden] HTTP/1.1"),
        (f"GET /r/{TOKEN[:20]} HTTP/1.1", "GET /r/[hidden] HTTP/1.1"),
        (f'"https://example.org/r/{TOKEN[:20]}/" "Browser"', '"https://example.org/r/[hidden]" "Browser"'),
        ("Bad Request: /r/q/IT1/", "Bad Request: /r/[hidden]"),
        ("/processes/k3j5h2k3/members/", "/processes/k3j5h2k3/members/"),
        ("/framework/questions/#informed-and-deliberative", "/framework/questions/#informed-and-deliberative"),
    ],
)
def test_scrub_hides_what_opens_something(text: str, scrubbed: str) -> None:
    assert logs.scrub(text) == scrubbed


def emit(message: str, *args: object, as_json: bool) -> str:
    """Log through the project's handler; return what was written."""
    formatter = logs.configuration(as_json=as_json, access=True)["formatters"]["line"]
    config = logging.config.DictConfigurator({"version": 1})  # type: ignore[attr-defined]
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(config.configure_formatter(dict(formatter)))
    handler.addFilter(logs.SafeRecords())
    record = logging.LogRecord("msgov.test", logging.INFO, __file__, 1, message, args, None)
    token = current.set(RequestInfo("0123456789abcdef", ""))
    try:
        handler.handle(record)
    finally:
        current.reset(token)
    return written.getvalue()


def test_line_breaks_cannot_forge_a_line() -> None:
    written = emit("tried %s", "x\n2026-01-01 INFO msgov.access all is well\r\x1b[31m", as_json=False)
    assert written.count("\n") == 1
    assert "x\\n2026-01-01 INFO msgov.access all is well\\r\\x1b[31m" in written
    assert written.endswith("0123456789abcdef\n")


def test_json_lines_are_one_object_each() -> None:
    written = emit('tried "%s" at /invitations/%s/', 'x\n{"level": "INFO"}', TOKEN, as_json=True)
    assert written.count("\n") == 1
    line = json.loads(written)
    assert (line["level"], line["logger"], line["request_id"]) == ("INFO", "msgov.test", "0123456789abcdef")
    assert line["message"] == 'tried "x\\n{"level": "INFO"}" at /invitations/[hidden]/'


@pytest.mark.django_db
def test_access_line_names_no_token_and_no_address(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "msgov.access"):
        answer = client.get(f"/invitations/{TOKEN}/?token={TOKEN}", REMOTE_ADDR="198.51.100.7")
    (record,) = [record for record in caplog.records if record.name == "msgov.access"]
    assert record.getMessage() == "GET /invitations/[hidden]/ 404"
    assert (record.status, record.path, record.user) == (404, "/invitations/[hidden]/", None)  # type: ignore[attr-defined]
    assert answer.status_code == 404
    assert "198.51.100.7" not in str(record.__dict__)


@pytest.mark.django_db
@pytest.mark.parametrize("path", [f"/r/{TOKEN}/", "/r/q/IT1/", "/r/no/such/page/"])
def test_access_line_of_a_respondent_names_nobody_and_no_page(
    client: Client, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    client.force_login(confirmed("ana@example.org"))
    with caplog.at_level(logging.INFO, "msgov.access"):
        answer = client.get(path, headers={"referer": f"https://testserver/r/{TOKEN}/"})
    (record,) = [record for record in caplog.records if record.name == "msgov.access"]
    assert record.getMessage() == f"GET /r/[hidden] {answer.status_code}"
    assert (record.path, record.user) == ("/r/[hidden]", None)  # type: ignore[attr-defined]
    assert TOKEN not in str([each.__dict__ for each in caplog.records if logs.SafeRecords().filter(each)])


@pytest.mark.django_db
def test_request_id_of_a_proxy_is_taken_over_if_harmless(client: Client) -> None:
    assert client.get("/framework/", headers={"x-request-id": "abc-12345"})["X-Request-ID"] == "abc-12345"
    forged = client.get("/framework/", headers={"x-request-id": 'x" admin=true'})["X-Request-ID"]
    assert len(forged) == 16


def test_django_requests_do_not_carry_the_address_along(caplog: pytest.LogCaptureFixture) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "Not Found", (), None)
    record.request = object()
    assert logs.SafeRecords().filter(record)
    assert not hasattr(record, "request")
