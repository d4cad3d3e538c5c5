"""Says what differs between two recordings: each difference once, with the files it is in."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from fnmatch import fnmatchcase
from pathlib import Path

from tests.unchanged.html_lines import loose

CONTEXT = 2
NAMED = 6  # files that are named for a difference
SHOWN = 60  # lines that are shown of a difference
LONGEST = 400  # characters that are shown of a line
# Above this many lines the exact search for what belongs together takes too long.
EXACT = 4000
MARK = re.compile(r"[0-9a-f]{8}\b")


@dataclass(frozen=True)
class LineDifference:
    """Lines that are others, with what stands around them."""

    removed: tuple[str, ...]
    added: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    line: int

    @property
    def mark(self) -> str:
        """The same for the same change anywhere, however deep in the page."""
        changes = [*(f"-{line.strip(' ')}" for line in self.removed), *(f"+{line.strip(' ')}" for line in self.added)]
        return hashlib.sha256("\n".join(changes).encode()).hexdigest()[:8]

    def lines(self) -> Iterator[str]:
        """How it is shown."""
        for sign, lines in ((" ", self.before), ("-", self.removed), ("+", self.added), (" ", self.after)):
            for line in lines[:SHOWN]:
                yield f"  {sign} {line[:LONGEST]}{'…' if len(line) > LONGEST else ''}"
            if len(lines) > SHOWN:
                yield f"  {sign} … and {len(lines) - SHOWN} more lines"


@dataclass
class Found:
    """What the comparison found. Names are those of files in the recordings."""

    same: int = 0
    only_a: list[str] = field(default_factory=list)
    only_b: list[str] = field(default_factory=list)
    changed: dict[str, list[LineDifference]] = field(default_factory=dict)
    known: int = 0

    @property
    def differs(self) -> bool:
        """Whether there is anything that is not explained."""
        return bool(self.only_a or self.only_b or self.changed)


def compare(a: Path, b: Path, *, is_loose: bool = False, known: str = "") -> Found:
    """Compare two recordings.

    `known`: lines that begin with the mark of a difference that is explained, or with a pattern for names of files
    that are on one side only.
    """
    marks = {line[:8] for line in known.splitlines() if MARK.match(line)}
    patterns = [line.split()[0] for line in known.splitlines() if line.strip() and not MARK.match(line)]
    names_a, names_b = _names(a), _names(b)
    found = Found()
    both = names_a & names_b
    for name in sorted(names_a | names_b):
        if name in both:
            _compare_file(found, name, a / name, b / name, is_loose=is_loose, marks=marks)
        elif any(fnmatchcase(name, pattern) for pattern in patterns):
            found.known += 1
        else:
            (found.only_a if name in names_a else found.only_b).append(name)
    return found


def _names(folder: Path) -> set[str]:
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    if not names:
        raise SystemExit(f"There is no recording in {folder}.")
    return names


def _compare_file(found: Found, name: str, a: Path, b: Path, *, is_loose: bool, marks: set[str]) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (a, b)]
    if texts[0] == texts[1]:
        found.same += 1
        return
    lines = [text.splitlines() for text in texts]
    if is_loose:
        lines = [[short for line in side if (short := loose(line))] for side in lines]
    all_of_them = list(differences(*lines))
    left = [each for each in all_of_them if each.mark not in marks]
    found.known += len(all_of_them) - len(left)
    if left:
        found.changed[name] = left
    else:
        found.same += 1


def differences(a: Sequence[str], b: Sequence[str]) -> Iterator[LineDifference]:
    """Where two texts differ."""
    start = _common(a, b)
    end = _common(a[start:][::-1], b[start:][::-1])
    middle_a, middle_b = a[start : len(a) - end], b[start : len(b) - end]
    is_long = len(middle_a) + len(middle_b) > EXACT
    matcher = SequenceMatcher(None, middle_a, middle_b, autojunk=is_long)
    for kind, from_a, to_a, from_b, to_b in matcher.get_opcodes():
        if kind != "equal":
            first, last = from_a + start, to_a + start
            yield LineDifference(
                removed=tuple(middle_a[from_a:to_a]),
                added=tuple(middle_b[from_b:to_b]),
                before=tuple(a[max(0, first - CONTEXT) : first]),
                after=tuple(a[last : last + CONTEXT]),
                line=first + 1,
            )


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many lines are the same from the beginning."""
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count


def report(found: Found, *, by_file: bool = False) -> str:
    """What was found, in words."""
    lines = [
        f"{found.same} files are the same, {len(found.changed)} differ, "
        f"{len(found.only_a)} are only in A, {len(found.only_b)} only in B; {found.known} known differences."
    ]
    for side, names in (("A", found.only_a), ("B", found.only_b)):
        if names:
            lines += ["", f"== only in {side}: {len(names)}", *(f"  {name}" for name in names)]
    lines += _by_file(found) if by_file else _by_difference(found)
    if found.changed:
        folders = Counter(name.partition("/")[0] for name in found.changed)
        lines += ["", "== files that differ: " + ", ".join(f"{name} {count}" for name, count in folders.most_common())]
    return "\n".join(lines) + "\n"


def _by_file(found: Found) -> Iterator[str]:
    for name, changes in found.changed.items():
        yield from ("", f"== {name}: {len(changes)}")
        for change in changes:
            yield f"  @@ line {change.line} [{change.mark}]"
            yield from change.lines()


def _by_difference(found: Found) -> Iterator[str]:
    """Each difference once; what is in most files comes first."""
    places: dict[str, list[tuple[str, LineDifference]]] = {}
    for name, changes in found.changed.items():
        for change in changes:
            places.setdefault(change.mark, []).append((name, change))
    for mark, where in sorted(places.items(), key=lambda entry: -len(entry[1])):
        files = list(dict.fromkeys(name for name, _change in where))
        first, change = where[0]
        yield from ("", f"== [{mark}] {len(where)} times in {len(files)} files; {first}, line {change.line}:")
        yield from change.lines()
        if others := files[1:NAMED]:
            more = f" and {len(files) - NAMED} more" if len(files) > NAMED else ""
            yield f"  also in {', '.join(others)}{more}"
