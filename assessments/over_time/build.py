"""Rounds of one process side by side (method 3.10, over time). Pure: frozen documents in, a document out."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal

from assessments.comparing.pairs import heads_of
from assessments.documents.about import FIRST_SET
from assessments.documents.actions import ActionPart
from assessments.documents.comparison import AttributeHead, NoisePart, Reason
from assessments.documents.comparison_parts import RoundAttribute, RoundsPair
from assessments.documents.over_time import (
    FORMAT,
    MAXIMUM,
    MINIMUM,
    ActionsBetween,
    ActionSince,
    BreakWhy,
    ItemNote,
    ItemSince,
    LineBreak,
    OverTimeDocument,
    RoundLeftOut,
    RoundShown,
    StandingThen,
    WaveShown,
    WavesPair,
)
from assessments.documents.panel import PanelDocument
from assessments.documents.result import ItemResult, ResultDocument
from assessments.matching.comparability import KEY_REASONS, candidate, never_comparable, record_of
from assessments.matching.over_time import Raters, rounds_pair
from assessments.matching.versions import AskedMatches, Inputs
from assessments.over_time.groups import attributes_then_and_now, groups_then_and_now
from assessments.scoring import fraction_text
from assessments.scoring.comparison import (
    ActionOutcome,
    Moved,
    RaterNoise,
    RoundAction,
    what_actions_did,
)
from assessments.scoring.method import METHOD_VERSION
from assessments.web_addresses import is_web_address

COUNTS_MORE = frozenset({Moved.BETTER_ANSWER.value, Moved.BETTER_SHOWN.value})
# How a result was checked may differ from round to round: it stays in the picture, and nothing joins it to the other.
MAY_DIFFER: Reason = "assurance"


def split_rounds(results: Sequence[ResultDocument]) -> tuple[list[ResultDocument], list[RoundLeftOut]]:
    """Return the rounds that stand side by side, oldest first, and those left out with the reason.

    What the newest has in common with the others decides, and the newest MAXIMUM are shown.
    """
    rounds = sorted(results, key=lambda result: result.assessment.round)
    reasons = {result.assessment.code: never_comparable(candidate(result)) for result in rounds}
    fit = [result for result in rounds if reasons[result.assessment.code] is None]
    if fit:
        reference = candidate(fit[-1]).key
        reasons |= {result.assessment.code: _differs(candidate(result).key, reference) for result in fit}
    kept = [result for result in rounds if reasons[result.assessment.code] is None]
    older = {result.assessment.code for result in kept[:-MAXIMUM]}
    left_out = [
        left_out_round(result, reasons[result.assessment.code] or "older")
        for result in rounds
        if reasons[result.assessment.code] or result.assessment.code in older
    ]
    return kept[-MAXIMUM:], left_out


def left_out_round(result: ResultDocument, reason: Reason | Literal["older"]) -> RoundLeftOut:
    """A round that is not shown."""
    part = result.assessment
    return RoundLeftOut(code=part.code, round=part.round, title=part.title, reason=reason)


def _differs(key: tuple[str, ...], reference: tuple[str, ...]) -> Reason | None:
    for reason, mine, theirs in zip(KEY_REASONS, key, reference, strict=True):
        if mine != theirs and reason != MAY_DIFFER:
            return reason
    return None


def build_over_time(
    results: Sequence[ResultDocument],
    panels: Mapping[str, PanelDocument] | None = None,
    raters: Raters | None = None,
    actions: Mapping[str, Sequence[ActionPart]] | None = None,
    left_out: Sequence[RoundLeftOut] = (),
    *,
    noise: RaterNoise | None = None,
) -> OverTimeDocument | None:
    """Return the rounds of one process side by side; None where fewer than two are left.

    `panels` are the public documents of closed waves, `raters` who set the levels (`raters_of`), and `actions` what was
    promised on the result of each round, all by code of assessment. `left_out` are rounds that nothing is read of;
    `noise` is how far two raters differ, where it was measured.
    """
    kept, others = split_rounds(results)
    if len(kept) < MINIMUM:
        return None
    newest = kept[-1]
    heads = heads_of(newest.attributes)
    inputs = [Inputs(result) for result in kept]
    matches, differing = AskedMatches(inputs), noise or RaterNoise()

    def pair(before: Inputs, after: Inputs) -> RoundsPair:
        return rounds_pair(before, after, heads, matches, raters or {}, differing)

    follow = list(pairwise(inputs))
    steps = [pair(before, after) for before, after in follow]
    asked = [panels[result.assessment.code] for result in kept if panels and result.assessment.code in panels]
    process = newest.process
    return OverTimeDocument(
        format=FORMAT,
        method_version=METHOD_VERSION,
        record=record_of(is_invented=process.is_invented, is_example=process.is_example),
        **_set_of(newest),
        noise=_noise(differing),
        process_code=process.code,
        process_name=process.name,
        organisation=process.organisation,
        time_zone=process.time_zone,
        attributes=heads,
        rounds=[_round(result, heads) for result in kept],
        left_out=sorted([*left_out, *others], key=lambda entry: entry.round),
        steps=steps,
        since_first=[pair(inputs[0], after) for after in inputs[2:]],
        breaks=[found for two, step in zip(follow, steps, strict=True) for found in _breaks(*two, matches, step)],
        notes=[note for two, step in zip(follow, steps, strict=True) for note in _notes(*two, step)],
        actions=[
            _actions_between(after, step, (actions or {}).get(step.earlier, ()))
            for (_before, after), step in zip(follow, steps, strict=True)
        ],
        waves=[_wave(document) for document in asked],
        groups=[
            WavesPair(
                earlier=earlier.assessment,
                later=later.assessment,
                attributes=attributes_then_and_now(earlier, later),
                groups=groups_then_and_now(earlier, later),
            )
            for earlier, later in pairwise(asked)
        ],
    )


def _set_of(newest: ResultDocument) -> dict[str, Any]:
    """What was answered, of the newest version; which set, where it is not the first one."""
    found = newest.question_set
    other = {} if found.slug == FIRST_SET else {"question_set": found.slug, "credit": found.credit}
    return {"question_set_title": found.title, "top_level": found.top_level, **other}


def _noise(noise: RaterNoise) -> NoisePart:
    return NoisePart(different=fraction_text(noise.different), same=fraction_text(noise.same), measured=noise.measured)


def _round(result: ResultDocument, heads: Sequence[AttributeHead]) -> RoundShown:
    part, by_code = result.assessment, {attribute.code: attribute for attribute in result.attributes}
    return RoundShown(
        code=part.code,
        number=part.number,
        round=part.round,
        title=part.title,
        period=result.process.period,
        kind=result.process.kind,
        submitted_on=part.submitted_on,
        submitted_by=part.submitted_by,
        assurance=part.assurance,
        reviewed_by=result.review.reviewer if result.review else "",
        question_set_version=result.question_set.version,
        standings=[
            StandingThen(
                attribute=head.code,
                status=by_code[head.code].status,
                letter=by_code[head.code].letter,
                score=by_code[head.code].score,
            )
            for head in heads
            if head.code in by_code
        ],
    )


def _breaks(before: Inputs, after: Inputs, matches: AskedMatches, step: RoundsPair) -> list[LineBreak]:
    """Where nothing joins two rounds: another version, or nothing that can be compared."""
    versions = [entry.result.question_set.version.split(".")[:2] for entry in (before, after)]
    differ = versions[0] != versions[1] or not matches.of(before, after).same
    found: list[LineBreak] = []
    for entry in step.attributes:
        why: BreakWhy | None = entry.why or ("versions" if differ else None)
        if why:
            found.append(LineBreak(attribute=entry.attribute, earlier=step.earlier, later=step.later, why=why))
    return found


def _notes(before: Inputs, after: Inputs, step: RoundsPair) -> list[ItemNote]:
    then, now = before.result.items(), after.result.items()
    return [
        ItemNote(
            item=moved.item,
            earlier=step.earlier,
            later=step.later,
            reason=now[moved.item].moved_because,
            grade_before=then[moved.item].grade,
            grade_after=now[moved.item].grade,
            links_before=_links(then[moved.item]),
            links_after=_links(now[moved.item]),
        )
        for entry in step.attributes
        for moved in entry.moved
    ]


def _links(item: ItemResult) -> list[str]:
    return [link for link in item.evidence_links if is_web_address(link)]


def _actions_between(after: Inputs, step: RoundsPair, actions: Sequence[ActionPart]) -> ActionsBetween:
    """What became of what was promised, beside what became of the items: counts and names, no claim of cause."""
    more = [moved.item for entry in step.attributes for moved in entry.moved if moved.how in COUNTS_MORE]
    compared = {code for entry in step.attributes for code in _compared(after, entry)}
    items = after.result.items()
    did = what_actions_did([RoundAction(action.item, ActionOutcome(action.state)) for action in actions], more)
    return ActionsBetween(
        earlier=step.earlier,
        later=step.later,
        actions=[
            ActionSince(
                action=action,
                short=items[action.item].short if action.item in items else {},
                since=_since(action.item, more, compared),
            )
            for action in actions
        ],
        unplanned=list(did.up_without_action),
    )


def _since(item: str, more: Sequence[str], compared: set[str]) -> ItemSince:
    if item in more:
        return "counts_more"
    return "not_more" if item in compared else "not_compared"


def _compared(after: Inputs, entry: RoundAttribute) -> list[str]:
    """The items of an attribute that are compared."""
    if entry.why is not None:
        return []
    left_out = {item.code for item in entry.unmatched}
    return [code for code in after.items.get(entry.attribute, {}) if code not in left_out]


def _wave(document: PanelDocument) -> WaveShown:
    return WaveShown(
        code=document.assessment,
        closed_on=document.wave.closed_on,
        time_zone=document.wave.time_zone,
        threshold=document.wave.threshold,
        invited=document.invited,
        received=document.received,
        withheld=document.withheld,
        groups=document.groups,
        short_form=document.short_form,
    )
