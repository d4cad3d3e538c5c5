"""The scoring method as pure functions over frozen values: exact fractions in, exact fractions out.

Standard library only. No database, clock, setting or rounding takes part; None means "no score".
The method is described in docs/method.md; docstrings name its sections.

`evidence` is what the organiser can show, `experience` what the stakeholder groups say, `comparison` two processes or
two times. What both tracks need is here: items and their weights, groups and their answers, letters, rounding.
"""

from assessments.scoring.experience.cells import option_matrix
from assessments.scoring.experience.reopened import enough_new, next_wave
from assessments.scoring.groups import POOLED, GroupResponses, RespondentAnswer, Unit, WaveAnswers, respondent_value
from assessments.scoring.matching import CommonItems, common_items
from assessments.scoring.method import ATTRIBUTED_MIN, METHOD_VERSION
from assessments.scoring.model import (
    ItemKind,
    ItemState,
    OptionAnswer,
    ScoreStatus,
    ScoringError,
    ScoringItem,
    StateCredit,
    fraction_text,
    letter_of,
    one_decimal,
    parse_fraction,
    two_decimals,
    whole,
)
from assessments.scoring.perception import Perception, PerceptionGap, PerceptionGaps, perception_gaps
from assessments.scoring.screener import NOT_ENOUGH, screener_fit
from assessments.scoring.summary import SummaryIndex

__all__ = [
    "ATTRIBUTED_MIN",
    "METHOD_VERSION",
    "NOT_ENOUGH",
    "POOLED",
    "CommonItems",
    "GroupResponses",
    "ItemKind",
    "ItemState",
    "OptionAnswer",
    "Perception",
    "PerceptionGap",
    "PerceptionGaps",
    "RespondentAnswer",
    "ScoreStatus",
    "ScoringError",
    "ScoringItem",
    "StateCredit",
    "SummaryIndex",
    "Unit",
    "WaveAnswers",
    "common_items",
    "enough_new",
    "fraction_text",
    "letter_of",
    "next_wave",
    "one_decimal",
    "option_matrix",
    "parse_fraction",
    "perception_gaps",
    "respondent_value",
    "screener_fit",
    "two_decimals",
    "whole",
]
