"""A name of a class stands for one thing in the whole project."""

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("assessments", "attributes", "msgov", "tests")
# What has none is not parsed: two files of three.
AT_THE_TOP = re.compile(r"^class\b", re.MULTILINE)
# Django looks for commands by this name.
CONVENTIONAL = {"Command"}


def classes_of(source: str) -> list[str]:
    """Classes at the top of a module; those inside of others are named with these."""
    if not AT_THE_TOP.search(source):
        return []
    return [node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]


def test_no_two_classes_have_one_name() -> None:
    places = defaultdict(list)
    for path in sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")):
        if "migrations" not in path.parts:
            for name in classes_of(path.read_text(encoding="utf-8")):
                places[name].append(path.relative_to(ROOT).as_posix())
    assert len(places) > 300
    assert {name: found for name, found in places.items() if len(found) > 1 and name not in CONVENTIONAL} == {}


def test_classes_at_the_top_are_found() -> None:
    assert classes_of("class A:\n    class B: ...\nclass C(A): ...\ndef f():\n    class D: ...\n") == ["A", "C"]
