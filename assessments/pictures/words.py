"""The words around a picture: what the bands are called, and the names of the shapes on the first row.

Places are whole per cents of the axis, drawn by the classes at-0 to at-100: a strict content policy has no room for
styles in the markup. How wide a word is nobody knows before it is set, so it is taken to be wide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import pgettext

from assessments.pictures.profile import NOT_APPLICABLE, PROVISIONAL, WITHHELD, ProfileRow
from assessments.pictures.shapes import BAND_LETTERS, EDGES
from attributes.memory import gettext as _

CHARACTER = 2.25  # per cent of the axis that a character takes, on the narrowest screen
GAP = 0.2
BEGINS, MIDDLE, ENDS = "begins", "middle", "ends"


@dataclass(frozen=True)
class PictureLabel:
    """A word at a place: `at` per cent of the axis, where it begins, has its middle or ends; `lane` 0 is nearest."""

    text: str
    at: int
    anchor: str = MIDDLE
    lane: int = 0

    @property
    def reach(self) -> tuple[float, float]:
        """Where it begins and ends, in per cent of the axis."""
        width = len(self.text) * CHARACTER
        begin = {BEGINS: self.at, MIDDLE: self.at - width / 2, ENDS: self.at - width}[self.anchor]
        return begin, begin + width


@dataclass(frozen=True)
class PictureLabels:
    """The labels above a row, and those below it."""

    above: tuple[PictureLabel, ...]
    below: tuple[PictureLabel, ...]

    @property
    def lanes(self) -> int:
        """How many lines of words there are above."""
        return max((label.lane for label in self.above), default=-1) + 1


def band_names() -> list[PictureLabel]:
    """The four bands in words, at their places in the head of a column of pictures."""
    names = {
        "N": pgettext("band of scores", "Not"),
        "P": pgettext("band of scores", "Partly"),
        "L": pgettext("band of scores", "Largely"),
        "F": pgettext("band of scores", "Fully"),
    }
    found = []
    for letter, (low, high) in zip(BAND_LETTERS, pairwise(EDGES), strict=True):
        name = names[letter]
        fits = len(name) * CHARACTER <= high - low
        anchor = MIDDLE if fits or (low > 0 and high < 100) else (BEGINS if low == 0 else ENDS)
        at = {MIDDLE: (low + high) / 2, BEGINS: low, ENDS: high}[anchor]
        found.append(PictureLabel(name, round(at), anchor))
    return found


def profile_labels(row: ProfileRow) -> PictureLabels:
    """Name the shapes of a row, so that no two words stand in one another."""
    above = []
    if row.last is not None:
        above.append((_("last round"), row.last))
    if row.low is not None and row.high is not None and row.status != NOT_APPLICABLE:
        if row.status == WITHHELD:
            above.append((_("withheld: could lie here"), (row.low + row.high) / 2))
        elif row.high > row.low and not row.claims_more:
            above.append((_("could lie here"), (row.low + row.high) / 2))
    if row.status != WITHHELD and row.score is not None:
        above.append((_("shown, an early sign") if row.status == PROVISIONAL else _("shown"), row.score))
        if row.claimed is not None and row.claims_more:
            above.append((_("claimed"), row.claimed))
    below = []
    if row.experience is not None and row.experience_status not in (WITHHELD, NOT_APPLICABLE):
        ranged = row.experience_low is not None and row.experience_high is not None and not row.at_most
        below.append((_("groups say, with 90 % range") if ranged else _("groups say"), row.experience))
    return PictureLabels(_placed(above), _placed(below))


def _placed(wanted: Sequence[tuple[str, float]]) -> tuple[PictureLabel, ...]:
    """Put each word where it meets no other: nearest to the picture first, over its shape rather than beside it."""
    best: tuple[float, tuple[PictureLabel, ...]] | None = None
    for cost, placed in _ways(sorted(wanted, key=lambda entry: entry[1]), ()):
        if best is None or cost < best[0]:
            best = cost, placed
    return best[1] if best else ()


def _ways(
    wanted: Sequence[tuple[str, float]], placed: tuple[PictureLabel, ...]
) -> Iterator[tuple[float, tuple[PictureLabel, ...]]]:
    if len(placed) == len(wanted):
        yield sum(10 * label.lane + (label.anchor != MIDDLE) for label in placed), placed
        return
    text, points = wanted[len(placed)]
    at = round(min(max(points, 0), 100))
    for lane in range(len(wanted)):
        for place, anchor in ((at, MIDDLE), (at, ENDS), (at, BEGINS), (100, ENDS), (0, BEGINS)):
            label = PictureLabel(text, place, anchor, lane)
            # At the end of the axis only where that is still near.
            if (
                abs(place - at) <= len(text) * CHARACTER
                and _fits(label)
                and not any(_meet(label, other) for other in placed)
            ):
                yield from _ways(wanted, (*placed, label))


def _fits(label: PictureLabel) -> bool:
    begin, end = label.reach
    # A word too long for the axis begins where the axis does.
    return (begin >= -2 and end <= 102) or (label.anchor == BEGINS and label.at <= 50 and end - begin > 50)


def _meet(one: PictureLabel, other: PictureLabel) -> bool:
    return one.lane == other.lane and one.reach[0] < other.reach[1] + GAP and other.reach[0] < one.reach[1] + GAP


def row_sentence(name: str, row: ProfileRow) -> str:
    """Say what a row shows, in whole numbers. Parts that are not there are not spoken of."""
    if not row.status:
        return _groups_said(name, row)
    said = [_evidence_said(name, row)]
    if row.last is not None:
        said.append(_("Last round: %(points)s.") % {"points": _whole(row.last)})
    said.append(_groups_said("", row))
    return " ".join(filter(None, said))


def _groups_said(name: str, row: ProfileRow) -> str:
    """What groups say; after a name where it is all there is."""
    if row.experience is None or row.experience_status in (WITHHELD, NOT_APPLICABLE):
        return _("%(name)s: no score.") % {"name": name} if name else ""
    values = {"name": name, "points": _whole(row.experience), "low": "", "high": ""}
    if row.experience_low is None or row.experience_high is None:
        text = _("%(name)s: groups say %(points)s.") if name else _("Groups say %(points)s.")
    else:
        values |= {"low": _whole(row.experience_low), "high": _whole(row.experience_high)}
        if row.at_most:
            text = (
                _("%(name)s: groups say %(points)s, 90 %% range at most %(low)s to %(high)s.")
                if name
                else _("Groups say %(points)s, 90 %% range at most %(low)s to %(high)s.")
            )
        else:
            text = (
                _("%(name)s: groups say %(points)s, 90 %% range %(low)s to %(high)s.")
                if name
                else _("Groups say %(points)s, 90 %% range %(low)s to %(high)s.")
            )
    return text % values


def _evidence_said(name: str, row: ProfileRow) -> str:
    values = {"name": name, "low": "", "high": "", "score": "", "claimed": ""}
    if row.low is not None and row.high is not None:
        values |= {"low": _whole(row.low), "high": _whole(row.high)}
    if row.status == NOT_APPLICABLE:
        return _("%(name)s: not applicable.") % values
    if row.status == WITHHELD or row.score is None:
        if not values["low"]:
            return _("%(name)s: no score.") % values
        return _("%(name)s: withheld; it could lie between %(low)s and %(high)s of 100.") % values
    values["score"] = _whole(row.score)
    if row.claims_more and row.claimed is not None:
        values["claimed"] = _whole(row.claimed)
    return _shown_said(early=row.status == PROVISIONAL, claims=bool(values["claimed"]), ranged=row.has_range) % values


def _shown_said(*, early: bool, claims: bool, ranged: bool) -> str:
    if ranged and claims:
        return (
            _(
                "%(name)s: as an early sign %(score)s of 100 shown, %(claimed)s claimed; it could lie between %(low)s "
                "and %(high)s."
            )
            if early
            else _("%(name)s: %(score)s of 100 shown, %(claimed)s claimed; it could lie between %(low)s and %(high)s.")
        )
    if ranged:
        return (
            _("%(name)s: as an early sign %(score)s of 100 shown; it could lie between %(low)s and %(high)s.")
            if early
            else _("%(name)s: %(score)s of 100 shown; it could lie between %(low)s and %(high)s.")
        )
    if claims:
        return (
            _("%(name)s: as an early sign %(score)s of 100 shown, %(claimed)s claimed.")
            if early
            else _("%(name)s: %(score)s of 100 shown, %(claimed)s claimed.")
        )
    if early:
        return _("%(name)s: as an early sign %(score)s of 100 shown.")
    return _("%(name)s: %(score)s of 100 shown.")


def _whole(points: float) -> str:
    return str(int(points + 0.5))


def profile_sentence(*, groups: bool, last: bool) -> str:
    """Say what a profile shows, by what is in it."""
    if groups and last:
        return _("Points from 0 to 100: what can be shown now and could in the last round, and what groups say.")
    if groups:
        return _("Points from 0 to 100: what can be shown, and what groups say.")
    if last:
        return _("Points from 0 to 100: what can be shown now, and what could in the last round.")
    return _("Points from 0 to 100: what can be shown.")


def range_key() -> str:
    """Say what the light bar is."""
    return _("Light bar: where the score could lie while claims are not shown or answers are missing.")


def letter_key() -> str:
    """Say what letters stand for."""
    return _("Letters: N not, P partly, L largely, F fully; + upper half, - lower half of the band.")
