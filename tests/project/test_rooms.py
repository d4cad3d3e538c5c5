"""Which tests a name stands for, and which a change has to do with."""

import subprocess
from pathlib import Path

import pytest
from grimp import ImportGraph

from tests import rooms

MATRIX = "test_permission_matrix.py"
ROOMS = ("accounts", "answering", "archive", "attributes", "attributes/editor", "project", "reports", "scoring")
KNOWN = {name: rooms.ROOT / "tests" / name for name in ROOMS}
# Who imports whom.
IMPORTS = {
    "assessments.urls": ["assessments.answering.views", "assessments.reports.views"],
    "assessments.answering.views": ["assessments.answering.services"],
    "assessments.answering.services": ["assessments.models", "assessments.scoring.method"],
    "assessments.reports.views": ["assessments.answering.services"],
    "assessments.archive.writing": ["assessments.models"],
    "attributes.editor.views": ["attributes.models"],
    "assessments.models": ["attributes.models"],
    "msgov.accounts.views": [],
    "tests.conftest": ["tests.builders"],
    "tests.attributes.conftest": ["tests.builders"],
    "tests.builders": ["assessments.models"],
    "tests.answering.test_saving": ["tests.builders", "tests.answering.pages"],
    "tests.scoring.test_method": ["assessments.scoring.method"],
    "tests.test_permission_matrix": ["tests.builders"],
    "tests.project.test_dev_py": ["dev"],
    "tests.e2e.test_journey": ["assessments.models", "dev"],
}


@pytest.fixture
def graph() -> ImportGraph:
    found = ImportGraph()
    for importer, imported in IMPORTS.items():
        for module in (importer, *imported):
            for depth in range(1, module.count(".") + 2):
                found.add_module(".".join(module.split(".")[:depth]))
        for module in imported:
            found.add_import(importer=importer, imported=module)
    return found


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # Its own room, and those above it.
        (["assessments/answering/services.py"], ["answering", "project", "reports"]),
        (["assessments/answering/views.py"], ["answering", "project"]),
        (["assessments/reports/views.py"], ["project", "reports"]),
        (["assessments/scoring/method.py"], ["answering", "project", "reports", "scoring"]),
        # Outside of any room: all that import it, tests included.
        (
            ["assessments/models.py"],
            ["answering", "archive", "project", "reports", MATRIX],
        ),
        (["attributes/editor/views.py"], ["attributes/editor", "project"]),
        (["msgov/accounts/views.py"], ["accounts", "project"]),
        (["dev.py"], ["project"]),
        # What is not Python belongs to its room.
        (["templates/assessments/answering/question.html"], ["answering", "project", "reports"]),
        (["templates/assessments/answering/mail/sent.txt"], ["answering", "project", "reports"]),
        (["assessments/archive/schema.json"], ["archive", "project"]),
        # So does what is no longer there.
        (["assessments/archive/reading.py"], ["archive", "project"]),
        (["docs/method.md"], ["project"]),
        (["static/js/site.js"], ["project"]),
        # Tests and what they use.
        (["tests/answering/pages.py"], ["answering", "project"]),
        (["tests/scoring/vectors.json"], ["project", "scoring"]),
        (["tests/attributes/conftest.py"], ["attributes", "project"]),
        (["tests/builders/__init__.py"], ["answering", "project", MATRIX]),
        (["tests/e2e/test_journey.py"], ["project"]),
        (["assessments/reports/views.py", "msgov/accounts/views.py"], ["accounts", "project", "reports"]),
        # These have to do with every test.
        (["pyproject.toml", "docs/method.md"], ["."]),
        (["tests/conftest.py"], ["."]),
        ([], []),
    ],
)
def test_a_change_names_its_rooms_and_those_above(graph: ImportGraph, files: list[str], expected: list[str]) -> None:
    assert sorted(rooms.touched(files, graph, KNOWN)) == expected


def test_a_template_outside_of_rooms_is_used_everywhere(graph: ImportGraph) -> None:
    found = rooms.touched(["templates/base.html"], graph, KNOWN)
    assert found == {"accounts", "answering", "archive", "attributes/editor", "project", "reports", "scoring", MATRIX}


def test_a_room_goes_by_its_name_and_all_that_follows_is_for_pytest() -> None:
    assert rooms.expanded(["answering", "reports/", "-k", "scoring"], KNOWN) == [
        "tests/answering",
        "tests/reports",
        "-k",
        "scoring",
    ]
    assert rooms.expanded(["editor"], KNOWN) == ["tests/attributes/editor"]
    # A folder of the product has the same name.
    assert rooms.expanded(["attributes"], KNOWN) == ["tests/attributes"]
    assert rooms.expanded(["tests/project/test_rooms.py::test_x"], KNOWN) == ["tests/project/test_rooms.py::test_x"]
    with pytest.raises(LookupError, match=r"no room “anwsering”. Rooms: accounts, answering, archive, attributes, "):
        rooms.expanded(["anwsering"], KNOWN)


def test_unknown_rooms_are_answered_by_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert rooms.main(["anwsering"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "no room “anwsering”. Rooms: accounts, " in said.err


def test_rooms_inside_others_are_run_once() -> None:
    assert rooms.outermost(["attributes", "attributes/editor", "answering"]) == ["answering", "attributes"]
    assert rooms.outermost([".", "answering", MATRIX]) == ["."]


def test_rooms_are_the_folders_with_quick_tests() -> None:
    found = rooms.rooms()
    assert {"accounts", "attributes", "attributes/editor", "project"} <= set(found)
    assert not {"e2e", "load", "bench", "builders"} & set(found)
    assert found["attributes/editor"] == rooms.ROOT / "tests" / "attributes" / "editor"


def test_everything_since_main_has_changed_committed_or_not(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)  # noqa: S607

    git("init", "--initial-branch=main")
    for name in ("same", "committed", "staged", "typed", "gone", "before"):
        (tmp_path / name).write_text(name)
    git("add", ".")
    git("commit", "-m", "First")
    git("checkout", "-b", "branch")
    (tmp_path / "committed").write_text("changed")
    git("mv", "before", "after")
    git("commit", "-am", "Second")
    (tmp_path / "staged").write_text("changed")
    git("add", "staged")
    (tmp_path / "typed").write_text("changed")
    (tmp_path / "gone").unlink()
    (tmp_path / "new").write_text("new")
    assert rooms.changed_files(tmp_path) == {"committed", "before", "after", "staged", "typed", "gone", "new"}
    git("checkout", "--force", "main")
    assert rooms.changed_files(tmp_path) == {"new"}
