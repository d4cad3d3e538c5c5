"""Settings as in production: read in a process of their own, because settings are read once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import Error, Warning
from pytest_django.fixtures import Settings

from msgov import checks, hosts

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

# Checked as it is. Then asked for pages, whose style sheets have their addresses from a manifest that only a collected
# site has.
ASK = """
import json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("check", deploy=True, fail_level="WARNING")
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
from django.test.utils import setup_test_environment
setup_test_environment()
host = {"host": "msgov.example", "x-forwarded-for": "198.51.100.7"}
secure = Client().get("/account/login/", secure=True, headers=host)
plain = Client().get("/account/login/", headers=host)
print(json.dumps({
    "cookies": {name: [cookie[k] for k in ("secure", "httponly", "path", "domain", "samesite")]
                for name, cookie in secure.cookies.items()},
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY],
    "hsts": secure.headers["Strict-Transport-Security"],
    "plain": [plain.status_code, plain.headers["Location"]],
    "probe": Client().get("/livez").status_code,
}))
"""


def run(*arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python with settings from these variables only."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "msgov.settings",
        "SECRET_KEY": "k" * 60 + "0123456789",
        "DEBUG": "0",
        "HTTPS": "1",
        "ALLOWED_HOSTS": "msgov.example",
        "MSGOV_DATA_DIR": str(folder),
        "DATABASE_URL": "sqlite://:memory:",
        **variables,
    }
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """What one process as in production says: its checks, and its pages."""
    return run("-W", "ignore", "-c", ASK, folder=tmp_path_factory.mktemp("production"))


def test_https_cookies_redirects_and_probes(asked: subprocess.CompletedProcess[str]) -> None:
    assert asked.returncode == 0, asked.stderr
    found = json.loads(asked.stdout)
    assert found == {
        "cookies": {"__Host-csrftoken": [True, True, "/", "", "Lax"]},
        "session": ["__Host-sessionid", True, True],
        "hsts": "max-age=31536000",
        "plain": [301, "https://msgov.example/account/login/"],
        "probe": 200,
    }


def test_deployment_check_is_clean(asked: subprocess.CompletedProcess[str]) -> None:
    assert asked.returncode == 0, asked.stderr
    assert "msgov.I001" in asked.stderr


@pytest.mark.parametrize("host", ["msgov.example", "*", ".example.org", "8.8.8.8", "192.168.1.20"])
def test_debug_does_not_start_for_others(tmp_path: Path, host: str) -> None:
    result = run("manage.py", "check", folder=tmp_path, DEBUG="1", ALLOWED_HOSTS=f"localhost,{host}")
    assert result.returncode != 0
    assert f"DEBUG is for this computer only; remove {host} or set DEBUG=0." in result.stderr


@pytest.mark.parametrize(
    "host", ["localhost", "a.localhost", "127.0.0.1", "127.8.8.8", "[::1]", "::ffff:127.0.0.1", "testserver"]
)
def test_own_computer_is_local(host: str) -> None:
    assert hosts.is_local(host)


def test_missing_key_stops_the_start(tmp_path: Path) -> None:
    result = run("manage.py", "check", folder=tmp_path, SECRET_KEY="")
    assert "Set SECRET_KEY" in result.stderr


@pytest.mark.parametrize("backend", ["locmem.LocMemCache", "dummy.DummyCache"])
def test_cache_of_one_process_is_an_error(settings: Settings, backend: str) -> None:
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{backend}"}}
    (found,) = checks.cache_is_shared()
    assert (found.id, type(found)) == ("msgov.E001", Error)
    settings.DEBUG = True
    assert checks.cache_is_shared() == []


def test_shared_cache_is_no_error() -> None:
    assert checks.cache_is_shared() == []


def test_media_folder_that_cannot_be_written_is_an_error(settings: Settings, tmp_path: Path) -> None:
    assert checks.media_can_be_written() == []
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file"
    (found,) = checks.media_can_be_written()
    assert (found.id, type(found)) == ("msgov.E002", Error)


def test_data_folder_open_to_others_is_a_warning(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o755)
    (found,) = checks.data_folder_is_private()
    assert (found.id, type(found)) == ("msgov.W002", Warning)
    for private in (0o700, 0o750):
        tmp_path.chmod(private)
        assert checks.data_folder_is_private() == []


def test_new_data_folder_is_private_whatever_the_database(tmp_path: Path) -> None:
    for name, url in (("a", "sqlite://:memory:"), ("b", "postgres://nobody@127.0.0.1:1/none")):
        run("-c", "from django.conf import settings; settings.DATABASES", folder=tmp_path / name, DATABASE_URL=url)
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o700


def test_reports_drawn_in_the_request_are_a_warning(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    (found,) = checks.reports_are_drawn_in_the_background()
    assert (found.id, type(found)) == ("msgov.W001", Warning)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert checks.reports_are_drawn_in_the_background() == []


def test_missing_pango_is_said_without_failing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "PANGO", {sys.platform: ["libnothing.so.0"]})
    (found,) = checks.pango_is_installed()
    assert (found.id, found.level) == ("msgov.I002", 20)


@pytest.mark.parametrize(("debug", "expected"), [("1", True), ("0", False)])
def test_with_debug_the_first_thing_looked_at_is_who_asks(tmp_path: Path, debug: str, expected: bool) -> None:
    code = "from django.conf import settings; print(settings.MIDDLEWARE[0])"
    found = run("-c", code, folder=tmp_path, DEBUG=debug, ALLOWED_HOSTS="localhost")
    assert (found.stdout.strip() == "msgov.middleware.this_computer.ThisComputerMiddleware") is expected
