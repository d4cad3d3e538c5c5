"""The files of the repository: portable, documented, and free of what belongs to one machine or one registry."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parents[2]

# In parts, since this file is searched as well.
REGISTRIES = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
    ]
]
MACHINE_PATH = re.compile(
    "|".join(["(?<![\\w.])/" + "work/", "/" + "root/", "/" + "home/[a-z]", "[A-Z]:" + r"\\Users"])
)


def tracked_texts() -> Iterator[tuple[str, str]]:
    """Every text file that is, or is about to be, in the repository."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listing.split("\0")):
        path = ROOT / name
        if not path.is_file():
            continue  # deleted, and not committed yet
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Name and text of every text file."""
    return dict(tracked_texts())


@pytest.fixture(scope="module")
def documentation(texts: dict[str, str]) -> str:
    """What people read: README.md and everything in docs/, in one string."""
    return "\n".join(text for name, text in texts.items() if name == "README.md" or re.match(r"docs/.*\.md$", name))


def test_no_file_names_a_package_registry(texts: dict[str, str]) -> None:
    """Which registry is asked is a matter of each machine's configuration."""
    found = [(name, host) for name, text in texts.items() for host in REGISTRIES if host in text]
    assert found == []


def test_no_file_names_a_place_on_one_machine(texts: dict[str, str]) -> None:
    found = [(name, match[0]) for name, text in texts.items() for match in MACHINE_PATH.finditer(text)]
    assert found == []


def test_every_setting_read_from_the_environment_is_in_the_example(texts: dict[str, str]) -> None:
    names = re.findall(r"(?:\benv(?:\.\w+)?|\bsecret)\(\s*\"([A-Z_]+)\"", texts["msgov/settings.py"])
    assert names
    missing = {name for name in names if not re.search(rf"^#? ?{name}=", texts[".env.example"], re.MULTILINE)}
    assert missing == set()


def test_the_example_documents_no_setting_that_nothing_reads(texts: dict[str, str]) -> None:
    names = re.findall(r"^#? ?([A-Z_]+)=", texts[".env.example"], re.MULTILINE)
    assert {name for name in names if f'"{name.removesuffix("_FILE")}"' not in texts["msgov/settings.py"]} == set()


@pytest.mark.parametrize(
    "command", sorted(name for name, app in get_commands().items() if app in ("attributes", "assessments"))
)
def test_every_management_command_is_documented(command: str, documentation: str) -> None:
    assert re.search(rf"(`|manage(\.py)? ){command}\b", documentation), f"Describe `{command}` in README.md or docs/."


def test_every_command_of_dev_py_is_documented(texts: dict[str, str], documentation: str) -> None:
    commands = re.findall(r'^    "(\w+)": command_\w+,$', texts["dev.py"], re.MULTILINE)
    assert len(commands) > 5
    assert [name for name in commands if f"dev.py {name}" not in documentation] == []


def test_files_that_the_page_on_the_architecture_names_are_there() -> None:
    """A newcomer follows them."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:assessments|attributes|msgov|templates|tests)/[\w/.]*)`", text))
    assert len(named) > 30
    assert not [name for name in named if not (ROOT / name).exists()]


def test_the_ways_told_on_the_architecture_are_of_files_that_are_there() -> None:
    """Where the folder is clear, they are named without it."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    ways = re.findall(r"^## The way of .*?(?=^## )", text, re.MULTILINE | re.DOTALL)
    assert len(ways) == 3
    folders = (ROOT / "assessments", ROOT / "tests")
    there = {path.relative_to(ROOT).as_posix() for folder in folders for path in folder.rglob("*.py")}
    named = {name for way in ways for name in re.findall(r"`([\w/]+\.py)`", way)}
    assert len(named) > 20
    assert not [name for name in named if not any(f"/{path}".endswith(f"/{name}") for path in there)]
