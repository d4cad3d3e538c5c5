"""Rounds of one process: what moved, and whether it is more than rating again would give (method 3.10).

Pure: frozen results in, a part of a document out. Who set the level of an answer is in no document and is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.documents.comparison import AttributeHead
from assessments.documents.comparison_parts import MovedItem, MovedPart, NotOverTime, RoundAttribute, RoundsPair
from assessments.documents.result import ItemResult
from assessments.documents.values import maybe_points, points, share
from assessments.matching.versions import AskedMatch, AskedMatches, Inputs, unmatched_item
from assessments.scoring import ScoringError, whole
from assessments.scoring.comparison import Moved, RaterNoise, RoundChange, compare_rounds
from assessments.scoring.evidence import same_document
from assessments.scoring.method import ZERO
from assessments.web_addresses import is_web_address

# Who set the level of each item, by code of assessment and item; who is not named is another person every time.
Raters = Mapping[str, Mapping[str, int]]
# The items of a result as its document shows them, by attribute and code.
AskedItems = Mapping[str, Mapping[str, ItemResult]]


@dataclass(frozen=True)
class _Two:
    """Two rounds of one process."""

    before: Inputs
    after: Inputs
    match: AskedMatch


def rounds_pair(
    before: Inputs,
    after: Inputs,
    heads: Sequence[AttributeHead],
    matches: AskedMatches,
    raters: Raters,
    noise: RaterNoise,
) -> RoundsPair:
    """Return what moved between two rounds of one process."""
    two = _Two(before, after, matches.of(before, after))
    codes = (two.before.result.assessment.code, two.after.result.assessment.code)
    return RoundsPair(earlier=codes[0], later=codes[1], attributes=_attributes(two, codes, heads, raters, noise))


def _attributes(
    two: _Two, codes: tuple[str, str], heads: Sequence[AttributeHead], raters: Raters, noise: RaterNoise
) -> list[RoundAttribute]:
    try:
        before, after = two.before.round, two.after.round
        others = _other_raters(raters.get(codes[0], {}), raters.get(codes[1], {}), [spec.code for spec in after.specs])
        same = confirmed_items(two.before.items, two.after.items)
        changes = compare_rounds(before, after, noise=noise, other_rater=others, confirmed=same)
        found = {entry.attribute: entry for entry in changes}
    except ScoringError:
        return [_nothing(head.code, "not_rebuilt") for head in heads]
    return [
        _attribute(two, found[head.code]) if head.code in found else _nothing(head.code, "missing") for head in heads
    ]


def _other_raters(before: Mapping[str, int], after: Mapping[str, int], items: Sequence[str]) -> list[str]:
    """The items whose level another person set, or nobody knows who."""
    return [item for item in items if item not in before or before[item] != after.get(item)]


def confirmed_items(before: AskedItems, after: AskedItems) -> list[str]:
    """Return the items, by code, that were only confirmed: answered as before, on the same documents (method 3.10).

    Answers of a round are given before those of the round before are shown, and stay: they are compared, not carried.
    """
    then = {code: item for items in before.values() for code, item in items.items()}
    now = {code: item for items in after.values() for code, item in items.items()}
    return [code for code, item in now.items() if code in then and _said(item) == _said(then[code])]


def _said(item: ItemResult) -> tuple[object, ...]:
    """What was chosen, and the documents it rests on; not the words."""
    lines = {line.key: line.state for line in item.options if line.state}
    named = [*item.evidence_links, *(f"sha256:{file.sha256}" for file in item.evidence_files)]
    return item.said, item.level, lines, {same_document(name) for name in named}


def _nothing(code: str, why: NotOverTime) -> RoundAttribute:
    return RoundAttribute(
        attribute=code,
        share_before=share(ZERO),
        share_after=share(ZERO),
        items=0,
        why=why,
        before=None,
        after=None,
        difference=None,
        threshold=None,
        same_raters=None,
        verdict=None,
        expected_moves=None,
        parts=[],
        moved=[],
        unmatched=[],
    )


def _attribute(two: _Two, change: RoundChange) -> RoundAttribute:
    code = change.attribute
    items = (two.before.items.get(code, {}), two.after.items.get(code, {}))
    common = (two.match.common or {}).get(code)
    open_ones = [item for item in (common.items if common else {}) if item not in change.items]
    parts = change.parts or {}
    return RoundAttribute(
        attribute=code,
        share_before=share(change.share_before),
        share_after=share(change.share_after),
        items=len(change.items),
        why=change.why.value if change.why else None,
        before=maybe_points(change.before),
        after=maybe_points(change.after),
        difference=maybe_points(change.difference),
        threshold=change.threshold,
        same_raters=change.same_raters,
        verdict=change.verdict.value if change.verdict else None,
        expected_moves=None if change.expected_moves is None else int(whole(change.expected_moves)),
        confirmed=change.confirmed,
        parts=[MovedPart(how=how.value, points=points(parts[how])) for how in Moved if how in parts],  # type: ignore[arg-type]  # SAME is never one
        moved=[_moved(items[0][item], items[1][item], how) for item, how in (change.moved or {}).items()],
        unmatched=[unmatched_item(items[1][item], "not_answered") for item in open_ones] + two.match.unmatched(code),
    )


def _moved(before: ItemResult, after: ItemResult, how: Moved) -> MovedItem:
    return MovedItem(
        item=after.code,
        short=after.short,
        how=how.value,  # type: ignore[arg-type]  # what stayed the same is left out
        claimed_before=before.claimed_letter or "",
        claimed_after=after.claimed_letter or "",
        counted_before=before.letter or "",
        counted_after=after.letter or "",
        new_links=[link for link in after.evidence_links if link not in before.evidence_links and is_web_address(link)],
    )
