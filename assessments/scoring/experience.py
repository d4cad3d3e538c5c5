"""The result of a whole wave on the experience track (method 3.8 and 3.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.balanced import ItemExperience, item_experience
from assessments.scoring.groups import GroupCount, GroupUse, Unit, Wave, usable_cells
from assessments.scoring.model import ItemSpec
from assessments.scoring.profiles import AttributeExperience, attribute_experience
from assessments.scoring.rules import GAP_TOP_BAND
from assessments.scoring.scorecard import Scorecard, scorecard_of


@dataclass(frozen=True, slots=True)
class Experience:
    """The result of one closed wave; to be kept as one frozen snapshot (method 3.8).

    The only numbers that exist, and so the only ones that can be published:

    - per group: how many responses it gave (`counts`); their sums `received` and `withheld`, the latter those of
      groups that are in no figure;
    - per item, over its usable cells: the figures of ItemExperience;
    - per attribute, from these: the figures of AttributeExperience;
    - the profile, weakest attribute and index (`scorecard`), from these.

    A cell that is not usable is in none of them, not even as a number of answers. Group by item (`groups`,
    `gap`, extremes and composition range of an item) is for restricted reports; for what may be public see `public`.
    """

    k: int
    counts: tuple[GroupCount, ...]
    units: tuple[Unit, ...]
    received: int
    withheld: int
    items: tuple[ItemExperience, ...]
    attributes: tuple[AttributeExperience, ...]
    scorecard: Scorecard

    @property
    def divided(self) -> tuple[str, ...]:
        """The codes of the items on which the groups are divided."""
        return tuple(item.code for item in self.items if item.band == GAP_TOP_BAND)

    @property
    def letters(self) -> dict[str, str]:
        """The letter of every scored item, by code: what `standings` takes as experience letters."""
        return {item.code: item.letter for item in self.items if item.letter is not None}

    def item_scores(self) -> dict[str, Fraction]:
        """The points of the scored items, by code."""
        return {item.code: item.score for item in self.items if item.score is not None}

    def attribute_scores(self) -> dict[str, Fraction]:
        """The points of the attributes that have a score, by code."""
        return self.scorecard.attribute_scores()


def score_wave(specs: Sequence[ItemSpec], wave: Wave) -> Experience:
    """Return the result of a closed wave; `specs` are the scored items that stakeholders were asked.

    Method 3.5 to 3.9. Raises ScoringError for what the method refuses: see `groups.check_wave`, and answers that an
    item does not permit.
    """
    cells = usable_cells(specs, wave)
    on_record = frozenset(unit.code for unit in cells.units if unit.on_record)
    items = {
        spec.code: item_experience(
            spec, cells.items[spec.code], on_record=on_record, applicable=spec.code not in wave.not_applicable
        )
        for spec in specs
    }
    codes = dict.fromkeys(spec.attribute for spec in specs)
    attributes = tuple(attribute_experience(code, specs, items) for code in codes)
    return Experience(
        k=wave.k,
        counts=cells.counts,
        units=cells.units,
        received=sum(count.received for count in cells.counts),
        withheld=sum(count.received for count in cells.counts if count.use is GroupUse.WITHHELD),
        items=tuple(items.values()),
        attributes=attributes,
        scorecard=scorecard_of([attribute.result for attribute in attributes]),
    )
