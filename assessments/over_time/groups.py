"""What groups said in two waves of one process, from what is public of both. Pure: documents in, parts out.

Nothing is worked out from answers here: two public documents laid side by side tell no more than each of them.
"""

from fractions import Fraction

from assessments.documents.over_time import AttributeThenNow, GroupLetters, GroupsChange, GroupsWhy, GroupThenNow
from assessments.documents.panel import PanelAttribute, PanelDocument
from assessments.documents.panel_asked import PanelUnit
from assessments.documents.values import exact
from assessments.over_time.same_groups import UnitKey, Units, units_of_both
from assessments.scoring import parse_fraction
from assessments.scoring.comparison import WaveVerdict, variance_of, wave_verdict
from assessments.scoring.experience import SamplingRange
from assessments.scoring.method import MATCHED_SHARE, ZERO
from assessments.scoring.model import ItemKind, ScoringItem, default_weights, step_of

# What is printed is the nearest whole number, so a difference of two may be off by as much.
ROUNDED = Fraction(1)
NO_SCORE = ("withheld", "not_applicable")
SAID: dict[WaveVerdict, GroupsChange] = {
    WaveVerdict.BETTER: "better",
    WaveVerdict.LOWER: "lower",
    WaveVerdict.CHANCE: "cannot_tell",
}


def groups_then_and_now(earlier: PanelDocument, later: PanelDocument) -> list[GroupThenNow]:
    """Return each group of the later wave with its letters in both, then those that count in the earlier one only.

    Of one group there is no rule that tells a change from chance: letters stand beside each other, and that is all.
    Raises ValueError for documents that are not public.
    """
    _refuse_restricted(earlier, later)
    then, now = units_of_both(earlier, later)
    codes = [entry.code for entry in later.attributes]
    return [_group(codes, (earlier, then.get(key)), (later, now.get(key))) for key in dict.fromkeys([*now, *then])]


def attributes_then_and_now(earlier: PanelDocument, later: PanelDocument) -> list[AttributeThenNow]:
    """Return what all groups together said of each attribute of the later wave in both, and whether it changed.

    By the rule of the method for two waves, as far as whole points allow: of what two printed numbers may stand for,
    the least change has to count. Raises ValueError for documents that are not public.
    """
    _refuse_restricted(earlier, later)
    return [_attribute(earlier, later, entry) for entry in later.attributes]


def _attribute(earlier: PanelDocument, later: PanelDocument, now: PanelAttribute) -> AttributeThenNow:
    then = earlier.attribute(now.code) if _is_one_set(earlier, later) else None
    why = _not_compared(earlier, later, then, now)
    change: GroupsChange = "not_compared"
    if then is not None and why is None:
        change = _change(later, then, now)
        if change in ("better", "lower"):
            keeps_sign = _keeps_sign(earlier, later, then, now)
            why = "by_group" if keeps_sign is None else None
            change = "not_compared" if keeps_sign is None else change if keeps_sign else "cannot_tell"
    return AttributeThenNow(
        attribute=now.code,
        then_letter=then.letter if then else None,
        now_letter=now.letter,
        then=then.score if then else None,
        now=now.score,
        change=change,
        why=why,
    )


def _is_one_set(earlier: PanelDocument, later: PanelDocument) -> bool:
    """Whether codes mean the same in both, and figures come from one minor version of the method."""
    sets = [(document.question_set.slug, document.question_set.version.split(".")[0]) for document in (earlier, later)]
    methods = [document.method_version.split(".")[:2] for document in (earlier, later)]
    return sets[0] == sets[1] and methods[0] == methods[1]


def _not_compared(
    earlier: PanelDocument, later: PanelDocument, then: PanelAttribute | None, now: PanelAttribute
) -> GroupsWhy | None:
    """Why the printed scores are not of the same groups on the same items, or None."""
    if not _is_one_set(earlier, later):
        return "set"
    if then is None or _asked(earlier, now.code) != _asked(later, now.code):
        return "items"
    # The same items, which in the full form carry too little (method 3.10).
    if any(document.share_asked(now.code) < MATCHED_SHARE for document in (earlier, later)):
        return "few_asked"
    if any(entry.score is None or entry.status in NO_SCORE for entry in (then, now)):
        return "score"
    before, after = units_of_both(earlier, later)
    everywhere = all(entry.group_count == len(after) and not entry.sampling.missing_a_unit for entry in (then, now))
    return None if before.keys() == after.keys() and everywhere else "groups"


def _asked(document: PanelDocument, code: str) -> frozenset[tuple[str, int, str]]:
    return frozenset(
        (item.code, item.revision, item.kind)
        for item in document.items
        if item.attribute == code and item.status == "scored"
    )


def _change(document: PanelDocument, then: PanelAttribute, now: PanelAttribute) -> GroupsChange:
    """What the least change is that the printed scores may stand for, whichever groups make it."""
    difference = (exact(now.score) or ZERO) - (exact(then.score) or ZERO)
    least = max(abs(difference) - ROUNDED, ZERO)
    verdict = wave_verdict(
        least if difference > ZERO else -least,
        variance_before=_variance(then),
        variance_after=_variance(now),
        step=step_of(default_weights(_specs(document, now.code)), document.question_set.top_level),
    )
    return SAID[verdict]


def _specs(document: PanelDocument, code: str) -> list[ScoringItem]:
    """The items by which an attribute is weighed. Only their questions matter for that."""
    return [
        ScoringItem(item.code, item.revision, item.question, code, ItemKind.RATING, item.critical, na_allowed=False)
        for item in document.items
        if item.attribute == code and item.status == "scored"
    ]


def _variance(attribute: PanelAttribute) -> Fraction | None:
    score, found = exact(attribute.score), attribute.sampling
    t = None if found.t is None else parse_fraction(found.t)
    sampling = SamplingRange(found.low, found.high, t, found.at_most, found.missing_a_unit)
    return None if score is None else variance_of(score, sampling)


def _keeps_sign(earlier: PanelDocument, later: PanelDocument, then: PanelAttribute, now: PanelAttribute) -> bool | None:
    """Whether the change is the same way whichever group is left out; None where figures by group are not public.

    All groups are on all items, so that the score without one is the mean of the others'.
    """
    if not then.by_group or not now.by_group:
        return None
    units_then, units_now = units_of_both(earlier, later)
    before, after = _by_key(units_then, then), _by_key(units_now, now)
    if before.keys() != after.keys():
        return None
    changes = {key: after[key] - before[key] for key in after}
    total, others = sum(changes.values(), ZERO), len(changes) - 1
    means = [(total - change) / others for change in changes.values()] if others else []
    up = sum(changes.values(), ZERO) > ZERO
    return bool(means) and all(mean > ROUNDED if up else mean < -ROUNDED for mean in means)


def _by_key(units: Units, attribute: PanelAttribute) -> dict[UnitKey, Fraction]:
    codes = {unit.code: key for key, unit in units.items()}
    return {codes[figure.unit]: figure.score.value for figure in attribute.groups}


def _group(
    codes: list[str], then: tuple[PanelDocument, PanelUnit | None], now: tuple[PanelDocument, PanelUnit | None]
) -> GroupThenNow:
    before, after = then[1], now[1]
    unit = after or before
    assert unit is not None  # noqa: S101 - one of both has it
    return GroupThenNow(
        name=unit.name,
        is_pool=unit.is_pool,
        on_record=unit.on_record,
        asked="both" if before and after else "now" if after else "then",
        received_then=before.received if before else None,
        received_now=after.received if after else None,
        letters=[
            GroupLetters(attribute=code, then=_letter(then[0], before, code), now=_letter(now[0], after, code))
            for code in codes
        ],
        names=unit.names,
    )


def _letter(document: PanelDocument, unit: PanelUnit | None, code: str) -> str | None:
    attribute = document.attribute(code)
    if attribute is None or unit is None:
        return None
    return next((figure.letter for figure in attribute.groups if figure.unit == unit.code), None)


def _refuse_restricted(*documents: PanelDocument) -> None:
    if any(document.version != "public" for document in documents):
        raise ValueError("what groups said over time is told from public documents only")
