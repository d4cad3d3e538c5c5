"""Settings are read as they are meant, or refused by name, and never shown."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory

from msgov import environment
from msgov.middleware.headers import HeadersMiddleware
from tests.security.test_deployment import run

pytestmark = pytest.mark.slow

SHOW = """
import json
from django.conf import settings as s
print(json.dumps({name: getattr(s, name) for name in %r}, default=str))
"""


def settings_with(folder: Path, *names: str, **variables: str) -> dict[str, object]:
    """What settings become of these variables."""
    found = run("-W", "ignore", "-c", SHOW % (names,), folder=folder, **variables)
    assert found.returncode == 0, found.stderr
    return dict(json.loads(found.stdout))


def test_secrets_may_begin_with_a_dollar_sign(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("$ecret from a file\n")
    found = settings_with(
        tmp_path, "SECRET_KEY", "SECRET_KEY_FALLBACKS", "MFA_ENCRYPTION_KEYS",
        SECRET_KEY_FILE=str(tmp_path / "key"), SECRET_KEY_FALLBACKS="$one, $two", MFA_ENCRYPTION_KEY="$abc",
    )  # fmt: skip
    assert found == {
        "SECRET_KEY": "$ecret from a file",
        "SECRET_KEY_FALLBACKS": ["$one", "$two"],
        "MFA_ENCRYPTION_KEYS": ["$abc"],
    }


def test_lists_may_have_blanks_after_commas(tmp_path: Path) -> None:
    found = settings_with(
        tmp_path, "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS",
        ALLOWED_HOSTS="a.org, b.org ,,", CSRF_TRUSTED_ORIGINS="https://a.org, https://b.org",
    )  # fmt: skip
    assert found == {"ALLOWED_HOSTS": ["a.org", "b.org"], "CSRF_TRUSTED_ORIGINS": ["https://a.org", "https://b.org"]}


def test_what_is_empty_counts_as_not_set(tmp_path: Path) -> None:
    names = ("HTTPS", "TRUSTED_PROXY_COUNT", "DEFAULT_FROM_EMAIL", "EMAIL_HOST", "EVIDENCE_MAX_BYTES", "TIME_ZONE")
    empty = {"EMAIL_URL": "", "MSGOV_DATA_DIR": str(tmp_path), **dict.fromkeys(names, "")}
    found = settings_with(tmp_path, *names, "DATABASES", **{**empty, "DATABASE_URL": ""})
    assert found.pop("DATABASES")["default"]["NAME"] == str(tmp_path / "msgov.sqlite3")  # type: ignore[index]
    assert found == {
        "HTTPS": True,
        "TRUSTED_PROXY_COUNT": 1,
        "DEFAULT_FROM_EMAIL": "msgov@localhost",
        "EMAIL_HOST": "localhost",
        "EVIDENCE_MAX_BYTES": 10 * 1024 * 1024,
        "TIME_ZONE": "UTC",
    }


@pytest.mark.parametrize("password", ["ab?cd", "ab/cd", "ab#cd", "ab@cd", "a+b", "a:b", "$ab", "[ab]", "%23", "ü"])
def test_passwords_in_urls_may_have_special_characters(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgres://user:{password}@host:5433/name?sslmode=require")
    monkeypatch.setenv("EMAIL_URL", f"smtp+tls://user:{password}@mail.example.org:587")
    meant = "#" if password == "%23" else password
    database, mail = environment.database("DATABASE_URL", ""), environment.mail("EMAIL_URL", "")
    assert [database[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "user",
        meant,
        "host",
        5433,
        "name",
    ]
    assert database["OPTIONS"] == {"sslmode": "require"}
    assert [mail[f"EMAIL_{name}"] for name in ("HOST_USER", "HOST_PASSWORD", "HOST", "PORT")] == [
        "user", meant, "mail.example.org", 587,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://user:se@cr/et@host/name"),
        ("DATABASE_URL", "postgres://user:secret@host:port/name"),
        ("DATABASE_URL", "secret"),
        ("EMAIL_URL", "smtp://user:se?cr@et@host"),
        ("EMAIL_URL", "secret://host"),
        ("HTTPS", "secret"),
        ("DEBUG", "secret"),
        ("TRUSTED_PROXY_COUNT", "secret"),
        ("SECRET_KEY_FILE", "/secret/missing"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_without_showing_it(tmp_path: Path, name: str, value: str) -> None:
    found = run("manage.py", "check", folder=tmp_path, **{name: value})
    assert found.returncode != 0
    last = found.stderr.strip().splitlines()[-1]
    assert name in last
    for part in ("secret", "se@cr", "cr/et", "se?cr"):
        assert part not in last.lower().replace("secret_key", "")
        assert part not in (found.stdout + found.stderr).lower().replace("secret_key", "").replace(
            "/secret/missing", ""
        )


@pytest.mark.parametrize(
    ("read", "name", "value"),
    [
        ("hosts", "ALLOWED_HOSTS", "https://a.org"),
        ("hosts", "ALLOWED_HOSTS", "a.org/gov"),
        ("hosts", "ALLOWED_HOSTS", "a.org:8000"),
        ("time_zone", "TIME_ZONE", "Nowhere/X"),
        ("time_zone", "TIME_ZONE", "localtime"),
        ("number", "TRUSTED_PROXY_COUNT", "-1"),
        ("number", "MAILS_A_DAY", "1.5"),
        ("database", "DATABASE_URL", "mysql://u:secret@h/d"),
        ("mail", "EMAIL_URL", "foo://u:secret@h"),
    ],
)
def test_what_cannot_work_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, read: str, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    default = {"number": {"default": 1}, "hosts": {"default": []}}.get(read, {"default": "sqlite://:memory:"})
    with pytest.raises(ImproperlyConfigured, match=name) as refused:
        getattr(environment, read)(name, **default)
    assert "secret" not in str(refused.value)
    assert "special characters" not in str(refused.value)


def test_only_known_words_are_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    for word, expected in (("1", True), ("Yes", True), (" on ", True), ("0", False), ("FALSE", False), ("no", False)):
        monkeypatch.setenv("HTTPS", word)
        assert environment.flag("HTTPS", default=not expected) is expected
    monkeypatch.setenv("HTTPS", "ture")
    with pytest.raises(ImproperlyConfigured, match="HTTPS is neither 1 nor 0"):
        environment.flag("HTTPS", default=True)


@pytest.mark.parametrize(
    ("asked", "header"),
    [
        ({}, "max-age=31536000"),
        ({"HSTS_SUBDOMAINS": "1"}, "max-age=31536000; includeSubDomains"),
        ({"HSTS_PRELOAD": "1"}, "max-age=31536000; includeSubDomains; preload"),
    ],
)
def test_hsts_concerns_other_hosts_only_if_asked_for(tmp_path: Path, asked: dict[str, str], header: str) -> None:
    # Of the one part that sends the header; with the whole site around it: test_https_cookies_redirects_and_probes.
    code = (
        "from django.http import HttpResponse\nfrom django.middleware.security import SecurityMiddleware\n"
        "from django.test import RequestFactory\n"
        "answer = SecurityMiddleware(lambda request: HttpResponse())(RequestFactory().get('/no', secure=True))\n"
        "print(answer.headers['Strict-Transport-Security'])"
    )
    found = run("-W", "ignore", "-c", code, folder=tmp_path, DJANGO_SETTINGS_MODULE="tests.serving_settings", **asked)
    assert found.stdout.strip() == header, found.stderr


@pytest.mark.parametrize("path", ["/gov", "gov/", "/gov/"])
def test_a_path_may_be_written_with_slashes_or_without(tmp_path: Path, path: str) -> None:
    names = ("BASE_PATH", "FORCE_SCRIPT_NAME", "STATIC_URL")
    found = settings_with(tmp_path, *names, BASE_PATH=path)
    assert found == {"BASE_PATH": "/gov", "FORCE_SCRIPT_NAME": "/gov", "STATIC_URL": "/gov/static/"}


def test_below_a_path_style_sheets_and_links_are_below_it_too(tmp_path: Path) -> None:
    code = """
import django; django.setup()
import re
from django.conf import settings
from django.test import Client
settings.WHITENOISE_USE_FINDERS = True
client = Client(headers={"host": "msgov.example", "x-forwarded-for": "1.2.3.4"})
page = client.get("/account/login/", secure=True)
html = page.content.decode()
found = re.findall(r'(?:href|src|action)="([^"#]+)"', html)
static = [each for each in found if "/static/" in each]
print(page.status_code, len(static) > 2, all(each.startswith("/gov/") for each in found if not each.startswith("http")))
print([client.get(each.removeprefix("/gov"), secure=True).status_code for each in static[:3]])
"""
    found = run(
        "-W", "ignore", "-c", code, folder=tmp_path, BASE_PATH="gov/", DJANGO_SETTINGS_MODULE="tests.serving_settings",
    )  # fmt: skip
    assert found.stdout.splitlines() == ["200 True True", "[200, 200, 200]"], found.stdout + found.stderr[-2000:]


@pytest.mark.parametrize("below", ["", "/gov"])
def test_links_of_respondents_stay_out_of_referrers_below_a_path_too(below: str) -> None:
    request = RequestFactory().get("/r/token/", SCRIPT_NAME=below)
    answer = HeadersMiddleware(lambda request: HttpResponse())(request)
    assert answer.headers["Referrer-Policy"] == "strict-origin"
