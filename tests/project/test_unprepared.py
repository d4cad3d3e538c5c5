"""Commands on a database that is not ready for them say what to run first."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django.db
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command, get_commands, load_command_class

import manage
from attributes.management import base

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PREPARE = "python3 dev.py manage prepare"

# What to give each command of ours, and whether it needs more than tables.
ARGUMENTS: dict[str, list[str]] = {
    "check_links": [],
    "check_results": [],
    "close_demo_logins": [],
    "close_waves": [],
    "diff_question_sets": ["small@1.0.0", "small@1.1.0"],
    "export_assessment": ["nosuchcode"],
    "export_question_set": ["small@1.0.0"],
    "import_assessment": ["archive.json"],
    "list_assessments": [],
    "list_question_sets": [],
    "load_question_set": [],
    "measure_rater_noise": [],
    "read_bounces": [],
    "migrate_assessment": ["nosuchcode", "--to", "2.0.0"],
    "render_report": ["nosuchcode", "--output", "x.pdf"],
    "seed_demo": ["--force"],
    "sweep_reports": [],
    "verify_report": ["x.pdf"],
}
# They make the database ready.
PREPARING = {"prepare", "serve"}
# One prints a new key, the other looks through files that come with the program.
READING_NOTHING = {"make_report_key", "check_wording"}


def test_every_command_of_ours_is_here() -> None:
    ours = {name for name, app in get_commands().items() if app in ("attributes", "assessments")}
    assert ours == {*ARGUMENTS, *PREPARING, *READING_NOTHING}


@pytest.mark.parametrize("command", sorted(ARGUMENTS))
def test_commands_look_before_they_begin(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the database mark: a command that went on would be refused a connection, and fail in another way."""
    monkeypatch.setattr(base, "database_problem", lambda: f"The database is empty. {PREPARE}")
    with pytest.raises(CommandError, match=f"^The database is empty. {PREPARE}$"):
        call_command(command, *ARGUMENTS[command], skip_checks=False)


@pytest.mark.parametrize("command", sorted(PREPARING))
def test_commands_that_make_it_ready_do_not_ask_for_that(command: str) -> None:
    assert not isinstance(load_command_class("assessments", command), base.DatabaseCommand)


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("load_question_set", ["--check"]),
        ("make_report_key", []),
        (
            "diff_question_sets",
            [f"attributes/question_sets/{name}-1.0.0.yaml" for name in ["isoc-multistakeholder-attributes"] * 2],
        ),
    ],
)
def test_what_only_reads_files_needs_no_database(
    command: str, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(base, "database_problem", lambda: "not to be asked")
    call_command(command, *arguments, skip_checks=False)
    assert capsys.readouterr().out


class Migrations:
    """Stands in for Django's executor, in one of three states."""

    plan: list[str] = []
    applied: dict[str, str] = {}
    error: django.db.Error | None = None

    def __init__(self, connection: Any) -> None:
        if self.error:
            raise self.error
        self.loader = self
        self.applied_migrations = self.applied
        self.graph = self

    def leaf_nodes(self) -> list[str]:
        return self.plan

    def migration_plan(self, nodes: list[str]) -> list[str]:
        return nodes


@pytest.mark.parametrize(
    ("plan", "applied", "expected"),
    [
        ([], {"a": "b"}, ""),
        (["one"], {}, "The database is empty. Run this first: " + PREPARE),
        (["two"], {"a": "b"}, "The database is older than this version of msgov. Run this first: " + PREPARE),
    ],
)
def test_an_empty_database_and_an_old_one_are_told_apart(
    plan: list[str], applied: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "MigrationExecutor", type("Now", (Migrations,), {"plan": plan, "applied": applied}))
    found = base.database_problem()
    assert found.startswith(expected)
    assert bool(found) == bool(expected)


def test_a_database_that_does_not_answer_is_named_as_the_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    error = django.db.OperationalError("connection refused\n")
    monkeypatch.setattr(base, "MigrationExecutor", type("Now", (Migrations,), {"error": error}))
    assert base.database_problem().startswith("The database cannot be used: connection refused\n")


@pytest.mark.django_db
def test_a_database_that_is_ready_has_no_problem() -> None:
    assert base.database_problem() == ""


@pytest.mark.usefixtures("empty_site")
@pytest.mark.parametrize("command", ["diff_question_sets", "export_question_set", "import_assessment", "seed_demo"])
def test_commands_that_need_a_question_set_say_how_to_get_one(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "archive.json").touch()
    with pytest.raises(CommandError, match=r"Run this first: python3 dev\.py manage load_question_set"):
        call_command(command, *ARGUMENTS[command], skip_checks=False)


@pytest.mark.usefixtures("empty_site")
def test_a_list_of_no_question_sets_says_how_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("list_question_sets", skip_checks=False)
    assert "python3 dev.py manage load_question_set" in capsys.readouterr().out


# One process for both: to start takes longer than to be refused. How it would end is written where its end is read.
ONE_AFTER_THE_OTHER = """
import sys, manage
for line in ("seed_demo", "createsuperuser --no-input --email a@example.org"):
    sys.argv = ["manage.py", *line.split()]
    try:
        manage.main()
    except SystemExit as ended:
        print(ended.code, file=sys.stderr)
    print("=" * 80, file=sys.stderr)
"""


def test_neither_ours_nor_others_end_in_a_traceback_on_an_empty_database(tmp_path: Path) -> None:
    """As a person meets it, on a file that is not there yet."""
    environment = {
        **os.environ,
        "SECRET_KEY": "x" * 60,
        "DEBUG": "1",
        "MSGOV_DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'msgov.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "msgov.settings",
    }
    command = [sys.executable, "-c", ONE_AFTER_THE_OTHER]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    ours, others, _end = done.stderr.split("=" * 80)
    for said in (ours, others):
        assert "The database is empty. Run this first: " + PREPARE in said
        assert "Traceback" not in said


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Return a function that lets manage.py run a command that ends in an error."""

    def fail(
        error: BaseException, *, problem: str = "", because: BaseException | None = None, argument: str = ""
    ) -> Any:
        def execute(arguments: list[str]) -> None:
            try:
                if because:
                    raise because
            finally:
                raise error

        monkeypatch.setattr(base, "database_problem", lambda: problem)
        monkeypatch.setattr(manage, "execute_from_command_line", execute)
        monkeypatch.setattr(manage.sys, "argv", ["manage.py", "command", argument])
        with pytest.raises(type(error) if not problem or argument else SystemExit) as caught:
            manage.main()
        return caught.value

    return fail


def test_an_error_of_the_database_comes_with_what_is_wrong(run: Callable[..., Any]) -> None:
    error = django.db.OperationalError("no such table: x")
    assert run(error, problem="It is empty.").code == "no such table: x\nIt is empty."
    refused = django.db.OperationalError("refused")
    assert run(refused, problem="It does not answer: refused").code == "It does not answer: refused"
    # Commands that wrap the error have printed it.
    assert run(SystemExit(1), because=error, problem="It is empty.").code == "It is empty."


def test_errors_that_the_state_of_the_database_does_not_explain_are_left_as_they_are(run: Callable[..., Any]) -> None:
    error = django.db.IntegrityError("UNIQUE constraint failed")
    assert run(error) is error
    ended = SystemExit(3)
    assert run(ended) is ended
    assert run(ended, because=error) is ended
    other = SystemExit(4)
    assert run(other, because=ValueError("of its own"), problem="It is empty.").code == 4
    assert run(error, problem="It is empty.", argument="--traceback") is error


def test_settings_that_are_not_right_are_no_traceback(run: Callable[..., Any]) -> None:
    error = ImproperlyConfigured("Set SECRET_KEY.")
    assert run(error, problem="not asked").code == "The settings are not right: Set SECRET_KEY."
    assert run(error, argument="--traceback") is error


@pytest.mark.parametrize("command", ["check", "makemigrations", "seed_demo"])
def test_a_command_without_settings_says_which_is_missing(command: str) -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=ROOT,
        env={**os.environ, "SECRET_KEY": "", "DJANGO_SETTINGS_MODULE": "msgov.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("The settings are not right: Set SECRET_KEY")
