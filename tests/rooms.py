"""Which tests belong to what: `python -m tests.rooms [--changed] ARGUMENTS…` prints arguments for pytest.

A room is a folder of tests, named for the part of the product it is about: `answering` is tests/answering, for
assessments/answering and templates/assessments/answering; `attributes/editor` is tests/attributes/editor. What a
change touches follows from the imports: the rooms of what was changed and of all that imports it, and the tests that
import any of that themselves.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from grimp import ImportGraph, build_graph

ROOT = Path(__file__).parents[1]
PACKAGES = ("assessments", "attributes", "msgov", "tests")
# They have no place in a quick run.
ELSEWHERE = ("e2e", "load")
# What is not imported and yet has to do with every test.
EVERYTHING = {"pyproject.toml", "requirements.txt", "tests/requirements.txt", "tests/settings.py", "msgov/settings.py"}
# Reads files instead of importing them.
ALWAYS = "project"


def rooms(root: Path = ROOT) -> dict[str, Path]:
    """The folders with tests, by name."""
    tests = root / "tests"
    folders = {file.parent for file in tests.rglob("test_*.py")} - {tests}
    # A room may have nothing but rooms in it.
    folders |= {parent for folder in folders for parent in folder.parents if tests in parent.parents}
    names = {folder.relative_to(tests).as_posix(): folder for folder in sorted(folders)}
    return {name: folder for name, folder in names.items() if name.partition("/")[0] not in ELSEWHERE}


def folder_of(name: str, known: dict[str, Path]) -> Path:
    """The room of a name; without what stands before the last slash if it is the only one. LookupError: none."""
    found = [folder for full, folder in known.items() if name.strip("/") in (full, full.rpartition("/")[2])]
    exact = known.get(name.strip("/"))
    if exact is None and len(found) != 1:
        raise LookupError(f"There is no room “{name}”. Rooms: {', '.join(known)}")
    return exact or found[0]


def changed_files(root: Path = ROOT) -> set[str]:
    """What was changed, added and deleted since the branch left main, whether committed or not."""
    base = _git(root, "merge-base", "HEAD", "main") or ["HEAD"]
    return {
        *_git(root, "diff", "--name-only", "--no-renames", base[0]),
        *_git(root, "ls-files", "-o", "--exclude-standard"),
    }


def _git(root: Path, *arguments: str) -> list[str]:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True).stdout.split("\n")[:-1]  # noqa: S607


def touched(files: Iterable[str], graph: ImportGraph, known: dict[str, Path]) -> set[str]:
    """The rooms and test modules without a room that a change of these files has to do with."""
    files = set(files)
    if not files:
        return set()
    if files & EVERYTHING or "tests/conftest.py" in files:
        return {"."}
    found = {ALWAYS}
    for file in files:
        if file.endswith("/conftest.py"):
            found.add(PurePosixPath(file).parent.relative_to("tests").as_posix())
    changed = {module for file in files for module in modules_of(file, graph)}
    affected = changed.union(*(graph.find_downstream_modules(module) for module in changed))
    found.update(room for module in affected for room in rooms_of(module, known))
    return {name for name in found if name.partition("/")[0] not in ELSEWHERE}


def modules_of(file: str, graph: ImportGraph) -> Iterator[str]:
    """The modules that a file is, or that use it."""
    path = PurePosixPath(file)
    if file.startswith("templates/"):
        # templates/assessments/answering is of assessments.answering; others are used everywhere.
        package = ".".join(path.parts[1:3])
        names = [package] if package in graph.modules else list(PACKAGES)
    elif (
        path.suffix == ".py"
        and (name := ".".join(path.with_suffix("").parts).removesuffix(".__init__")) in graph.modules
    ):
        yield name
        return
    else:
        # Something a package reads, or a module that is gone.
        names = [".".join(parent.parts) for parent in path.parents if ".".join(parent.parts) in graph.modules][:1]
    for name in names:
        yield name
        yield from graph.find_descendants(name)


def rooms_of(module: str, known: dict[str, Path]) -> Iterator[str]:
    """Where a module of the product is tested, or in which room a test is."""
    package, *inside = module.split(".")
    if package == "tests" and inside and inside[-1].startswith("test_"):
        yield "/".join(inside[:-1]) if inside[:-1] else f"{inside[0]}.py"
    elif package == "attributes" and inside and f"attributes/{inside[0]}" in known:
        yield f"attributes/{inside[0]}"
    elif package in ("assessments", "msgov") and inside and inside[0] in known:
        yield inside[0]


def outermost(names: Iterable[str]) -> list[str]:
    """Without the rooms that are inside others of the list."""
    found = set(names)
    return sorted(name for name in found if not {str(parent) for parent in PurePosixPath(name).parents} & found)


def expanded(arguments: list[str], known: dict[str, Path]) -> list[str]:
    """The arguments with every room in front replaced by its folder. LookupError: neither a room nor a file."""
    found = []
    for at, argument in enumerate(arguments):
        if argument.startswith("-"):
            return [*found, *arguments[at:]]
        is_file = argument not in known and (ROOT / argument.partition("::")[0]).exists()
        found.append(argument if is_file else folder_of(argument, known).relative_to(ROOT).as_posix())
    return found


def main(arguments: list[str]) -> int:
    """Print what pytest is to run, an argument a line; nothing where nothing was changed."""
    known = rooms()
    try:
        found = expanded([each for each in arguments if each != "--changed"], known)
    except LookupError as error:
        sys.stderr.write(f"{error.args[0]}\n")
        return 2
    if "--changed" in arguments:
        graph = build_graph(
            *PACKAGES, include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
        )
        names = outermost(touched(changed_files(), graph, known))
        found = [*(f"tests/{name}".removesuffix("/.") for name in names), *found] if names else []
    sys.stdout.write("".join(f"{each}\n" for each in found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
