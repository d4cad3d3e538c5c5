"""The lock files: complete for every installer, with hashes, and in agreement."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
RUN, TEST = "requirements.txt", "tests/requirements.txt"


def entries(lock: str) -> list[Requirement]:
    """What a lock file pins."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return [Requirement(line.rstrip(" \\")) for line in re.findall(r"^[^\s#].*", text, re.MULTILINE)]


def roots(*extras: str) -> list[Requirement]:
    """What pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][extra] for extra in extras)]
    return [Requirement(line) for each in lists for line in each]


def applies(requirement: Requirement, extras: Iterable[str]) -> bool:
    """Whether a requirement counts on this computer, for a distribution with these extras."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras)


def all_requirements(wanted: Iterable[Requirement]) -> Iterator[Requirement]:
    """These requirements and those of everything installed for them, down to the last."""
    waiting, seen = [each for each in wanted if applies(each, [""])], set()
    while waiting:
        requirement = waiting.pop()
        yield requirement
        known = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if known not in seen:
            seen.add(known)
            further = map(Requirement, requires(requirement.name) or [])
            waiting += [each for each in further if applies(each, {"", *requirement.extras})]


def pins(lock: str) -> dict[str, set[str]]:
    """The name of everything pinned, with the extras it is pinned with."""
    return {canonicalize_name(entry.name): entry.extras for entry in entries(lock)}


@pytest.mark.parametrize(("lock", "extras"), [(RUN, ()), (TEST, ("dev",))])
def test_whatever_is_wanted_with_an_extra_is_pinned_with_it(lock: str, extras: tuple[str, ...]) -> None:
    """Otherwise pip looks for the newest release of it, and refuses that because the lock has no hash for it."""
    pinned = pins(lock)
    wanted = [each for each in all_requirements(roots(*extras)) if each.extras]
    assert wanted
    missing = {str(each) for each in wanted if not each.extras <= pinned.get(canonicalize_name(each.name), set())}
    assert missing == set()


@pytest.mark.parametrize(("lock", "extras"), [(RUN, ()), (TEST, ("dev",))])
def test_whatever_is_wanted_is_pinned_to_one_version(lock: str, extras: tuple[str, ...]) -> None:
    pinned = pins(lock)
    assert {
        each.name for each in all_requirements(roots(*extras)) if canonicalize_name(each.name) not in pinned
    } == set()
    assert [str(entry) for entry in entries(lock) if not re.fullmatch(r"==[^*,]+", str(entry.specifier))] == []


def test_locks_agree() -> None:
    """Installing the tests' lock must leave what the application runs with as it is."""
    tests = {canonicalize_name(entry.name): entry for entry in entries(TEST)}
    for entry in entries(RUN):
        other = tests[canonicalize_name(entry.name)]
        assert (other.specifier, other.marker) == (entry.specifier, entry.marker)
        assert entry.extras <= other.extras


@pytest.mark.parametrize("lock", [RUN, TEST])
def test_every_pin_has_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in entry, entry
