"""What a reopened wave may add to what it has shown already (method 3.8).

Two snapshots a few answers apart would reveal these answers: the difference of the two figures. So a cell that has
been shown stays as it was until enough answers are new in it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assessments.scoring.experience.cells import OptionCell, PanelCell, RespondentValues, option_cells, panel_cell
from assessments.scoring.groups import (
    POOLED,
    GroupResponses,
    RespondentAnswer,
    Tally,
    Unit,
    WaveAnswers,
    check_wave,
    units_of,
)
from assessments.scoring.method import ATTRIBUTED_MIN
from assessments.scoring.model import ScoringError, ScoringItem


def enough_new(shown: WaveAnswers, now: WaveAnswers) -> bool:
    """Return whether at least k responses are new since the last snapshot, so that another may be made."""
    return sum(group.received for group in now.groups) - sum(group.received for group in shown.groups) >= now.k


def next_wave(specs: Sequence[ScoringItem], shown: WaveAnswers, now: WaveAnswers) -> WaveAnswers:
    """Return the wave to score for the next snapshot; keep it, because the one after that is compared with it.

    `specs` are all items that were asked, also those without a score.
    `shown` is the wave that the last snapshot was made from, `now` all answers up to the second closing. Pooling
    stays as it was. A cell used before keeps its earlier answers unless at least k valid ones are new in it, or
    ATTRIBUTED_MIN where the earlier ones may have been shown as a distribution. Groups on the record
    may change. Raises ScoringError when `now` has other groups or another threshold, lacks an answer that `shown`
    has (answers cannot be withdrawn once a snapshot exists), and as `score_panel` does.
    """
    check_wave(shown)
    check_wave(now)
    _check_items(specs, shown, now)
    before = {group.code: group for group in shown.groups}
    after = {group.code: group for group in now.groups}
    modes = {code: group.on_record for code, group in before.items()}
    if now.k != shown.k or modes != {code: group.on_record for code, group in after.items()}:
        raise ScoringError("a reopened wave has the same groups, answering in the same way, and threshold")
    answers = {code: dict(group.answers) for code, group in after.items()}
    units = [unit for unit in units_of(shown) if not unit.on_record]
    for spec in specs:
        for group in now.groups:
            if not group.on_record:
                _check_only_grown(spec, before[group.code], group)
        for unit in units:
            old, new = _cells(spec, unit, before), _cells(spec, unit, after)
            if not all(_may_change(one, other, now.k) for one, other in zip(old, new, strict=True)):
                for code in unit.members:
                    answers[code][spec.code] = before[code].answers.get(spec.code, {})
    pool = next((unit.members for unit in units if unit.code == POOLED), None)
    return replace(now, groups=tuple(replace(group, answers=answers[group.code]) for group in now.groups), pool=pool)


def _cells(spec: ScoringItem, unit: Unit, groups: Mapping[str, GroupResponses]) -> list[PanelCell | OptionCell]:
    """The cell of a unit on an item, and those of the item's options."""
    tallies = [groups[code].answers.get(spec.code, {}) for code in unit.members]
    whole = panel_cell(RespondentValues(spec), tallies, sum(groups[code].received for code in unit.members))
    return [whole, *option_cells(spec, tallies).values()]


def _may_change(old: PanelCell | OptionCell, new: PanelCell | OptionCell, k: int) -> bool:
    if old.n < k:
        return True  # it was never shown
    needed = max(k, ATTRIBUTED_MIN) if old.n >= ATTRIBUTED_MIN else k
    return new.n - old.n >= needed


def _check_items(specs: Sequence[ScoringItem], *waves: WaveAnswers) -> None:
    asked = {spec.code for spec in specs}
    unknown = {item for wave in waves for group in wave.groups for item in group.answers} - asked
    if unknown:
        raise ScoringError(f"{', '.join(sorted(unknown))}: answer to an unknown item")


def _check_only_grown(spec: ScoringItem, old: GroupResponses, new: GroupResponses) -> None:
    lost: Tally = Counter[RespondentAnswer](old.answers.get(spec.code, {})) - Counter(new.answers.get(spec.code, {}))
    if lost or new.received < old.received:
        raise ScoringError(f"{new.code}: an answer to {spec.code} is missing that a snapshot has shown")
