"""Property tests take as many examples as the profile says, and none fewer than a full run promises."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import examples

TESTS = Path(__file__).parents[1]
NAMES = NUMBER, PROFILE = "max_examples", "register_profile"


@pytest.mark.parametrize(
    ("profile", "number", "is_fixed"),
    [("ci", 100, True), ("home", 100, False), ("dev", 15, False), ("few", 15, examples.IN_CI)],
)
def test_profiles(profile: str, number: int, is_fixed: bool) -> None:
    found = settings.get_profile(profile)
    assert (found.max_examples, found.derandomize, found.deadline) == (number, is_fixed, None)


@pytest.mark.parametrize(
    ("profile", "expected"), [("ci", [1, 15, 40, 300]), ("home", [1, 15, 40, 300]), ("dev", [1, 2, 6, 45])]
)
def test_a_file_names_a_share_of_what_the_profile_takes(profile: str, expected: list[int]) -> None:
    before = settings.get_current_profile_name()
    settings.load_profile(profile)
    try:
        assert [examples.examples(number) for number in (1, 15, 40, 300)] == expected
    finally:
        settings.load_profile(before)


def fixed_numbers(source: str) -> Iterator[str]:
    """Every place that sets a number of examples, or a profile, by itself."""
    if not any(name in source for name in NAMES):
        return  # most files: parsing them all takes seconds
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg == NUMBER and not ast.unparse(node.value).startswith("examples("):
            yield ast.unparse(node)
        if isinstance(node, ast.Attribute) and node.attr == PROFILE:
            yield ast.unparse(node)


def test_a_fixed_number_is_found() -> None:
    assert list(fixed_numbers("a = settings(max_examples=5)\nsettings.register_profile('x')")) == [
        "max_examples=5",
        "settings.register_profile",
    ]
    assert list(fixed_numbers("@settings(max_examples=examples(5))\ndef test(): ...")) == []


def test_no_file_goes_round_the_profiles() -> None:
    found = {
        str(path.relative_to(TESTS)): numbers
        for path in TESTS.rglob("*.py")
        if path.name != "examples.py" and (numbers := list(fixed_numbers(path.read_text(encoding="utf-8"))))
    }
    assert found == {}
