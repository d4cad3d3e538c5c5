"""What stakeholder groups said of one item, as a document of a panel carries it."""

from typing import Literal

from assessments.documents.values import DocumentPart, Figure, Text

Verdict = Literal["divided", "may_be_divided", "differing", "aligned"]
ConsensusBand = Literal["broad", "mixed", "split"]
# Why a public document leaves a figure out (`assessments.scoring.experience.HiddenBecause`).
Hidden = Literal["few_units", "one_item", "follows", "few_changed"]


class ItemCell(DocumentPart):
    """One unit on one item. `without`: the item's score if this unit is left out; `influence`: the score minus that.

    `distribution`: share of each level, lowest first; empty unless every unit on the item has enough answers.
    """

    unit: str
    on_record: bool
    n: int
    mean: Figure
    without: Figure
    influence: Figure
    distribution: list[Figure]


class ConsensusPart(DocumentPart):
    """How far all groups agree: the band, and from 0 to 1 with two decimals where spread may be told (else None)."""

    printed: str | None
    band: ConsensusBand
    two_camps: bool


class ItemCells(DocumentPart):
    """What only restricted readers see of an item: group by group, and what is computed from that.

    `highest` and `lowest` are the pair that decides on the verdict, one unit each. `beyond_chance`: some pair is
    further apart than the same answers dealt at random would put it. `needs`: about how many points groups of the
    pair's sizes must be apart to tell; None where it cannot be told at these sizes. `chance`, the gap that the same
    answers dealt at random would give, is None where spread may not be told. `one_answer` is the share of the item that
    one answer may decide. `without_named` is the score without named answers, `by_sector` with every sector counting
    the same; None where there is no other score to tell.
    """

    n: int
    per_head: Figure
    groups: list[ItemCell]
    gap: Figure
    beyond_chance: bool
    needs: int | None
    chance: Figure | None
    highest: list[str]
    lowest: list[str]
    composition_low: Figure
    composition_high: Figure
    consensus: ConsensusPart | None
    one_answer: Figure
    without_named: Figure | None
    by_sector: Figure | None
    depends_on_who: bool
    depends_on_named: bool
    depends_on_groups: bool


class OfferedText(DocumentPart):
    """A recommendation that goes with an item at a letter ("NP" or "L"), whether it is chosen or not."""

    code: str
    trigger: str
    text: Text
    basis_quote: Text


class PanelItem(DocumentPart):
    """One item over all groups, each counting the same.

    A public document has letter and verdict of every scored item, and its score unless `hidden` says why not;
    `named_decides` is the share of it that one named answer decides, None without any. `cells` are for restricted
    readers, and None without a score.
    """

    code: str
    revision: int
    question: str
    attribute: str
    kind: str
    short: Text
    text: Text
    critical: bool
    # What could be recommended: a letter the stakeholders give may call for another one than the organiser's.
    recommendations: list[OfferedText]
    status: Literal["scored", "not_scored", "not_applicable"]
    score: Figure | None
    letter: str | None
    verdict: Verdict | None
    hidden: Hidden | None
    named_decides: Figure | None
    cells: ItemCells | None
