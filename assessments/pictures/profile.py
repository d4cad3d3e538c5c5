"""One row on the axis of 0 to 100 points, in three sizes: of a profile, of an item, of a comparison."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from assessments.pictures import shapes

WITHHELD = "withheld"
PROVISIONAL = "provisional"
NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class ProfileRow:
    """What one row shows, in points of 100. `title` is the sentence read out in place of the picture.

    `status` is that of the evidence (shown, provisional, withheld, not_applicable; empty where only groups are shown);
    `last` where it stood in the last round; `experience` what groups say, with the ends of its 90 % range, and with a
    status of its own. `at_most`: of that range only a bound is known.
    """

    title: str
    status: str
    score: float | None
    claimed: float | None
    low: float | None
    high: float | None
    last: float | None = None
    experience: float | None = None
    experience_low: float | None = None
    experience_high: float | None = None
    experience_status: str = "shown"
    at_most: bool = False

    @property
    def has_evidence(self) -> bool:
        """Whether there is anything on the lane of the evidence."""
        return any(value is not None for value in (self.score, self.claimed, self.low, self.last))

    @property
    def has_groups(self) -> bool:
        """Whether groups have a lane of their own."""
        return self.experience is not None

    @property
    def has_range(self) -> bool:
        """Whether it could lie elsewhere."""
        return self.low is not None and self.high is not None and self.high > self.low

    @property
    def claims_more(self) -> bool:
        """Whether more is claimed than shown: only then is there a ring."""
        return self.claimed is not None and self.score is not None and self.claimed > self.score


class Size(NamedTuple):
    """What one kind of row measures, in units of a picture of this width.

    Words around a profile stand on its axis, of which 2 per cent are free at either end.
    """

    width: int
    lane: float
    radius: float
    diamond: float
    thick: float


PROFILE = Size(width=300, lane=21, radius=5, diamond=5.5, thick=6)
STRIP = Size(width=190, lane=14, radius=4, diamond=4.5, thick=5)
SMALL = Size(width=130, lane=16, radius=4, diamond=4.5, thick=6)


def profile_bar(row: ProfileRow, *, labels: bool = False, rtl: bool = False) -> SafeString:
    """Return a row of a profile. With `labels` (the first row) it is marked, for the words that stand around it."""
    return _row(row, PROFILE, "picture-profile picture-labelled" if labels else "picture-profile", rtl=rtl)


def strip_bar(row: ProfileRow, *, rtl: bool = False) -> SafeString:
    """Return the same of one item, or of one group, as low as a line of text."""
    return _row(row, STRIP, "picture-strip", rtl=rtl)


def small_multiple(row: ProfileRow, *, rtl: bool = False) -> SafeString:
    """Return the same as small as it can be read, for many side by side."""
    return _row(row, SMALL, "picture-small", rtl=rtl)


def _row(row: ProfileRow, size: Size, name: str, *, rtl: bool) -> SafeString:
    axis = shapes.Axis(width=size.width, rtl=rtl)
    lanes = max(row.has_evidence + row.has_groups, 1)
    height = size.lane * lanes
    parts = [shapes.bands(axis, height), *_evidence(row, size, axis)]
    if row.has_groups:
        parts += _groups(row, size, axis, height - size.lane / 2)
    return shapes.picture(row.title, size.width, height, parts, name)


def _evidence(row: ProfileRow, size: Size, axis: shapes.Axis) -> list[str]:
    middle = size.lane / 2
    parts: list[str] = []
    if row.status == NOT_APPLICABLE:
        return parts
    if row.low is not None and row.high is not None:
        if row.status == WITHHELD:
            parts.append(shapes.withheld(axis, row.low, row.high, middle, size.thick + 2))
        elif row.high > row.low:
            parts.append(shapes.could_lie(axis, row.low, row.high, middle, size.thick))
    if row.last is not None:
        parts.append(shapes.last_round(axis, row.last, middle, size.lane - 4))
    if row.status != WITHHELD and row.score is not None:
        if row.claimed is not None and row.claims_more:
            parts.append(shapes.ring(axis, row.claimed, middle, size.radius))
        parts.append(shapes.dot(axis, row.score, middle, size.radius, early=row.status == PROVISIONAL))
    return parts


def _groups(row: ProfileRow, size: Size, axis: shapes.Axis, middle: float) -> list[str]:
    parts: list[str] = []
    if row.experience is None or row.experience_status in (WITHHELD, NOT_APPLICABLE):
        return parts
    if row.experience_low is not None and row.experience_high is not None:
        parts.append(shapes.spread(axis, row.experience_low, row.experience_high, middle, size.diamond * 0.6))
    early = row.experience_status == PROVISIONAL
    return [*parts, shapes.diamond(axis, row.experience, middle, size.diamond, early=early)]


@dataclass(frozen=True)
class ProfileLine:
    """A row of a profile with what stands beside it: the letters, and whole numbers as they are printed.

    `words` stands in place of a letter where there is none (withheld, not applicable).
    """

    name: str
    row: ProfileRow
    letter: str = ""
    whole: str = ""
    words: str = ""
    groups_letter: str = ""
    groups_whole: str = ""
    groups_words: str = ""
    link: str = ""

    @property
    def shown(self) -> "LetterAndNumber":
        """What stands in the column of what is shown."""
        return LetterAndNumber(self.letter, self.whole, self.words)

    @property
    def groups(self) -> "LetterAndNumber":
        """What stands in the column of what groups say."""
        return LetterAndNumber(self.groups_letter, self.groups_whole, self.groups_words)


class LetterAndNumber(NamedTuple):
    """A letter, a whole number, and words after them or in their place; for `assessments/pictures/_letter.html`."""

    letter: str
    whole: str
    words: str = ""


@dataclass(frozen=True)
class Profile:
    """A whole profile for the template `assessments/pictures/_profile.html`. `sentence` says what it shows."""

    sentence: str
    lines: tuple[ProfileLine, ...]
    head: str = ""
    keys: tuple[str, ...] = ()

    @property
    def has_groups(self) -> bool:
        """Whether a column says what groups say."""
        return any(line.row.has_groups or line.groups_words for line in self.lines)

    @property
    def has_last(self) -> bool:
        """Whether a last round is shown."""
        return any(line.row.last is not None for line in self.lines)

    @property
    def labelled(self) -> ProfileRow | None:
        """The row that carries the words: the first that has most of the shapes."""
        return max((line.row for line in self.lines), key=_shapes_in, default=None)


def _shapes_in(row: ProfileRow) -> int:
    shown = row.score is not None and row.status != WITHHELD
    return 4 * shown + 2 * row.has_groups + row.claims_more + (row.last is not None)
