"""What two versions of a question set, or two kinds of process, ask alike (method 3.10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.method import MATCHED_SHARE, ONE, ZERO
from assessments.scoring.model import ItemKind, ScoringError, ScoringItem, default_weights


@dataclass(frozen=True, slots=True)
class CommonItems:
    """What two versions ask alike about one attribute.

    `items` are the codes of the matched items in the order of the newer version, each with the options both
    versions have (none for a rating). `share_older` and `share_newer` are the default weight (share of one) that
    these carry in each version; a checklist counts with the part of its options that both have.
    """

    attribute: str
    items: Mapping[str, tuple[str, ...]]
    share_older: Fraction
    share_newer: Fraction

    @property
    def is_enough(self) -> bool:
        """Whether both shares reach MATCHED_SHARE."""
        return min(self.share_older, self.share_newer) >= MATCHED_SHARE


def same_item(old: ScoringItem, new: ScoringItem) -> bool:
    """Say whether two versions ask the same thing: same code, revision and kind (method 3.10)."""
    return (old.code, old.revision, old.kind) == (new.code, new.revision, new.kind)


def common_items(older: Sequence[ScoringItem], newer: Sequence[ScoringItem]) -> CommonItems:
    """Return the matched items of one attribute in two versions of a question set.

    Either may be empty: an attribute that one version does not have is matched in nothing. Raises ScoringError
    unless all specs belong to one attribute.
    """
    attributes = {spec.attribute for spec in [*older, *newer]}
    if len(attributes) != 1:
        raise ScoringError(f"a matched comparison needs one attribute, not {len(attributes)}")
    earlier = {spec.code: spec for spec in older}
    items = {}
    for spec in newer:
        known = earlier.get(spec.code)
        if known is None or not same_item(known, spec):
            continue
        options = tuple(option for option in spec.options if option in known.options)
        if options or spec.kind is ItemKind.RATING:
            items[spec.code] = options
    return CommonItems(attributes.pop(), items, _share(older, items), _share(newer, items))


def _share(specs: Sequence[ScoringItem], common: Mapping[str, tuple[str, ...]]) -> Fraction:
    """The default weight of the items in common, lists with the part of their options that is."""
    default = default_weights(specs)
    return sum(
        (
            default[spec.code] * (Fraction(len(common[spec.code]), len(spec.options)) if spec.options else ONE)
            for spec in specs
            if spec.code in common
        ),
        ZERO,
    )
