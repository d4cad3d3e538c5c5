"""Comparison: two processes, two rounds of one, two waves of one (method 3.10)."""

from assessments.scoring.comparison.matched import OnMatched, count_matched
from assessments.scoring.comparison.matched_rounds import AssessedRound, compare_rounds
from assessments.scoring.comparison.noise import RaterNoise, measured_difference, noise_threshold
from assessments.scoring.comparison.processes import (
    ApartReason,
    ApartVerdict,
    AttributeApart,
    ComparedResult,
    ComparedScore,
    NotComparable,
    ProcessesApart,
    RecordKind,
    compare_processes,
    not_comparable,
    variance_of,
)
from assessments.scoring.comparison.rounds import (
    ActionOutcome,
    ActionsDone,
    Moved,
    NoRoundsReason,
    RoundAction,
    RoundChange,
    RoundItem,
    RoundVerdict,
    round_change,
    what_actions_did,
)
from assessments.scoring.comparison.waves import PanelRound, WaveChange, WaveVerdict, compare_panels, wave_verdict
from assessments.scoring.comparison.within import higher_within

__all__ = [
    "ActionOutcome",
    "ActionsDone",
    "ApartReason",
    "ApartVerdict",
    "AssessedRound",
    "AttributeApart",
    "ComparedResult",
    "ComparedScore",
    "Moved",
    "NoRoundsReason",
    "NotComparable",
    "OnMatched",
    "PanelRound",
    "ProcessesApart",
    "RaterNoise",
    "RecordKind",
    "RoundAction",
    "RoundChange",
    "RoundItem",
    "RoundVerdict",
    "WaveChange",
    "WaveVerdict",
    "compare_panels",
    "compare_processes",
    "compare_rounds",
    "count_matched",
    "higher_within",
    "measured_difference",
    "noise_threshold",
    "not_comparable",
    "round_change",
    "variance_of",
    "wave_verdict",
    "what_actions_did",
]
