"""Who was asked in a wave, and how answers came in: what a `PanelDocument` says besides figures."""

from operator import not_
from typing import Literal

from pydantic import Field

from assessments.documents.values import DocumentPart, Figure, SpokenName, Text, is_none

Use = Literal["own", "pooled", "withheld", "none"]


Change = Literal["people_added", "group_added", "date_moved", "address_corrected", "stopped", "reopened"]


class ChangePart(DocumentPart):
    """What was changed in a wave after its launch: from `before` to `after`, numbers of people or days.

    `group` is the code of the one it was changed for, "" for all. Addresses that were corrected are only counted: one
    part for a group, without a day. `by` is for restricted readers, "" for others.
    """

    kind: Change
    group: str
    day: str | None
    before: str
    after: str
    number: int
    reason: str
    by: str


class PanelWave(DocumentPart):
    """Which wave, and which of its snapshots. `threshold` is k, `attributed_min` what a distribution or a comment with
    the group's name needs. Dates are days in `time_zone`. `kind` is what the process does, "" where nobody said it.

    `threshold_chosen_by` and `threshold_chosen_on` say who chose another k than the usual one, and when; the name is
    for restricted readers. They are "" and None where nobody did. `changes` since the launch, the first one first;
    results that were frozen before changes were written down have none. `in_workshop`: it was answered in one
    room, where what had been answered may have been shown in between.
    """

    code: str
    number: int
    snapshot: int
    opened_on: str | None
    closed_on: str | None
    threshold: int
    threshold_chosen_by: str
    threshold_chosen_on: str | None
    attributed_min: int
    languages: list[str]
    time_zone: str
    kind: str
    changes: list[ChangePart] = Field(default=[], exclude_if=not_)
    in_workshop: bool = Field(default=False, exclude_if=not_)


class LinksPart(DocumentPart):
    """What became of the personal links of a group, by which answers came in.

    `made` counts all of them, `revoked` those taken back, `reissued` those of them whose mail had come back, so that
    another could be made in their place. `made`, `used` and `revoked_used` are None where they would tell how many
    answered in a group that is not shown by itself, or whether somebody whose link was taken back took part.
    `everybody`: all members of the group were invited, as the organiser says.
    """

    made: int | None
    used: int | None
    revoked: int
    revoked_used: int | None
    reissued: int
    everybody: bool


class PanelGroup(DocumentPart):
    """A stakeholder group: how many were asked and answered, and how its answers take part.

    `code` is that of the group in this document ("g1", "g2", …). `name` is the one in the first language of the wave,
    by which a group is the same in another; where that has another first language, it is by `names`: by language, the
    first one too, and empty in documents from before they had languages. `withheld`: too few answered, in no figure.
    `received` is None where the number is not told (`without_small_counts`). `links` is None for a group on the
    record. `sector` is "" for a group that is one of its own. `by_assistant` is how many of the `received` an assistant
    entered from paper: None where none were, and where it is not told.
    """

    code: str
    name: str
    sector: str
    mode: Literal["individual", "on_record"]
    invited: int
    received: int | None
    use: Use
    link_kind: Literal["personal", "open"]
    links: LinksPart | None
    by_assistant: int | None = Field(default=None, exclude_if=is_none)
    names: Text = Field(default={}, exclude_if=not_)
    called = SpokenName("name", "names")


class PanelUnit(DocumentPart):
    """What counts as one group: a group by itself, or the pool of small ones (`is_pool`, without a name)."""

    code: str
    name: str
    members: list[str]
    received: int
    on_record: bool
    is_pool: bool
    names: Text = Field(default={}, exclude_if=not_)
    called = SpokenName("name", "names")


class AskedShare(DocumentPart):
    """How much of an attribute was asked: so many of its items, which carry this share of its weight."""

    attribute: str
    asked: int
    of: int
    share: Figure


class ShortFormPart(DocumentPart):
    """That the short form was asked: `asked` items of the `of` that the full form would have asked."""

    asked: int
    of: int
    attributes: list[AskedShare]

    def attribute(self, code: str) -> AskedShare | None:
        """How much was asked of this attribute, or None where nothing was."""
        return next((entry for entry in self.attributes if entry.attribute == code), None)
