"""No fixture hides another of the same name: whoever reads a test would have to know which of the two it gets."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.fixtures import FixtureFunctionDefinition
from pytest_playwright import pytest_playwright

TESTS = Path(__file__).parents[1]
DECORATORS = ("pytest.fixture", "fixture")


def fixtures_in(source: str) -> Iterator[tuple[str, bool]]:
    """The fixtures a file defines, and whether each goes on from the one it is named for."""
    if not any(f"@{name}" in source for name in DECORATORS):
        return  # most files: parsing them all takes seconds
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and any(_is_fixture(each) for each in node.decorator_list):
            yield node.name, node.name in {argument.arg for argument in node.args.args}


def _is_fixture(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(called) in DECORATORS


def hidden(files: dict[Path, str], given: set[str]) -> list[str]:
    """The fixtures of files that hide one of a conftest above them, or one of `given`, without using it."""
    found = {path: list(fixtures_in(source)) for path, source in files.items()}
    shared = {path.parent: {name for name, _ in names} for path, names in found.items() if path.name == "conftest.py"}
    wrong = []
    for path, names in found.items():
        above = path.parent.parents if path.name == "conftest.py" else (path.parent, *path.parent.parents)
        outer = given.union(*(shared.get(folder, set()) for folder in above))
        wrong += [f"{path}: {name}" for name, goes_on in names if name in outer and not goes_on]
    return sorted(wrong)


@pytest.fixture
def of_plugins(pytestconfig: pytest.Config) -> set[str]:
    """The fixtures of pytest and its plugins."""
    # Loaded for tests in a browser only.
    plugins = {*pytestconfig.pluginmanager.get_plugins(), pytest_playwright}
    outside = [plugin for plugin in plugins if not str(getattr(plugin, "__file__", "")).startswith(str(TESTS))]
    return {
        value.name
        for plugin in outside
        for value in vars(plugin).values()
        if isinstance(value, FixtureFunctionDefinition)
    }


def test_a_hidden_fixture_is_found() -> None:
    fixture = "import pytest\n@pytest.fixture(scope='module')\ndef {}: ...\n"
    files = {
        Path("tests/conftest.py"): fixture.format("client_for()") + fixture.format("pages(pages)"),
        Path("tests/room/conftest.py"): fixture.format("client()") + fixture.format("draft()"),
        Path("tests/room/test_a.py"): fixture.format("draft()") + fixture.format("own()") + "def client(): ...",
        Path("tests/other/test_b.py"): fixture.format("draft()") + fixture.format("own()"),
        Path("tests/room/inner/test_c.py"): fixture.format("client_for()") + fixture.format("draft(draft)"),
    }
    assert hidden(files, {"client", "pages"}) == [
        "tests/room/conftest.py: client",
        "tests/room/inner/test_c.py: client_for",
        "tests/room/test_a.py: draft",
    ]


def test_no_fixture_hides_another(of_plugins: set[str]) -> None:
    assert {"client", "context", "monkeypatch", "tmp_path"} <= of_plugins
    files = {path.relative_to(TESTS.parent): path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py")}
    assert hidden(files, of_plugins) == []
