"""The result of a whole wave of questions to the stakeholder groups (method 3.8 and 3.9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.evidence.attribute import index_of, weakest
from assessments.scoring.experience.attribute import BalancedAttribute, balanced_attribute
from assessments.scoring.experience.cells import panel_cells
from assessments.scoring.experience.items import BalancedItem, PanelTerms, balanced_item
from assessments.scoring.groups import GroupCount, GroupUse, Unit, WaveAnswers, group_counts
from assessments.scoring.method import METHOD_VERSION
from assessments.scoring.model import ProcessKind, ScoringItem, applies_to
from assessments.scoring.summary import SummaryIndex


@dataclass(frozen=True, slots=True)
class PanelResult:
    """The result of one closed wave, restricted version; to be kept as one frozen snapshot.

    The only numbers that exist, and so the only ones that can be published: per group how many responses it gave
    (`counts`), their sum `received` and how many of them are in no figure (`withheld`); the figures of `items` over
    their usable cells; those of `attributes`, `weakest` and `index` from these. A cell that is not usable is in none of
    them, not even as a number of answers. For what may be public see `publishable`.
    """

    method_version: str
    k: int
    counts: tuple[GroupCount, ...]
    units: tuple[Unit, ...]
    received: int
    withheld: int
    items: tuple[BalancedItem, ...]
    attributes: tuple[BalancedAttribute, ...]
    weakest: tuple[str, ...]
    index: SummaryIndex | None

    def item_scores(self) -> dict[str, Fraction]:
        """The points of the scored items, by code."""
        return {item.code: item.score for item in self.items if item.score is not None}

    def attribute_scores(self) -> dict[str, Fraction]:
        """The points of the attributes that have a score, by code."""
        return {found.code: found.result.score for found in self.attributes if found.result.score is not None}

    def verdicts(self) -> dict[str, str]:
        """How far the groups agree on each scored item, by code."""
        return {item.code: item.disagreement.verdict.value for item in self.items if item.disagreement is not None}


def score_panel(
    specs: Sequence[ScoringItem],
    wave: WaveAnswers,
    *,
    kind: ProcessKind | None = None,
    sectors: Mapping[str, str] | None = None,
    full: Sequence[ScoringItem] = (),
) -> PanelResult:
    """Return the result of a closed wave; `specs` are the scored items that stakeholders were asked.

    `kind` leaves out items that do not apply; `sectors` maps codes of groups to sectors; `full` are the items of the
    full form, where a short one was asked. Method 3.5 to 3.9. Raises ScoringError for what the method refuses, see
    `panel_cells`.
    """
    asked = applies_to(specs, kind)
    cells = panel_cells(asked, wave)
    named = frozenset(unit.code for unit in cells.units if unit.on_record)
    terms = PanelTerms(wave.k, named, sectors, applies_to(full, kind))
    items = {
        spec.code: balanced_item(
            spec,
            cells.items[spec.code],
            terms,
            applicable=not (spec.na_allowed and spec.code in wave.not_applicable),
        )
        for spec in asked
    }
    attributes = tuple(
        balanced_attribute(code, asked, items, cells.items, terms)
        for code in dict.fromkeys(spec.attribute for spec in specs)
    )
    counts = group_counts(wave, cells.units)
    results = [found.result for found in attributes]
    return PanelResult(
        method_version=METHOD_VERSION,
        k=wave.k,
        counts=counts,
        units=cells.units,
        received=sum(count.received for count in counts),
        withheld=sum(count.received for count in counts if count.use is GroupUse.WITHHELD),
        items=tuple(items.values()),
        attributes=attributes,
        weakest=weakest(results),
        index=index_of(results),
    )
