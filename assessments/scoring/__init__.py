"""The scoring method as pure functions over frozen values: exact fractions in, exact fractions out.

Standard library only. No database, clock, setting or rounding takes part; None means "no score".
The method is described in docs/method.md; docstrings name its sections.

The modules are method 1.0, which the product uses. Method 1.1 is beside it, in `evidence`, `experience` and
`comparison`, with its constants in `method`: the product is switched to it as a whole. What both compute alike
(weights, letters of items, rounding, which answers are usable, consensus) is imported from here.
"""

from assessments.scoring.balanced import Consensus, ItemExperience, gap_band
from assessments.scoring.compare import ScoreDifference, comparable, compare_profiles
from assessments.scoring.groups import POOLED, GroupResponses, RespondentAnswer, Unit, WaveAnswers, respondent_value
from assessments.scoring.items import ItemValue, score_item, score_items
from assessments.scoring.matching import CommonItems, MatchedScore, common_items, matched, matched_step, score_on
from assessments.scoring.model import (
    ItemAnswer,
    ItemKind,
    ItemState,
    OptionAnswer,
    ScoringError,
    ScoringItem,
    StateCredit,
    fraction_text,
    letter_of,
    one_decimal,
    parse_fraction,
    whole,
)
from assessments.scoring.perception import Perception, PerceptionGap, PerceptionGaps, perception_gaps
from assessments.scoring.public import option_matrix, public_attributes
from assessments.scoring.recommend import (
    Improvement,
    PriorityBasis,
    Recommendation,
    Selected,
    improvements,
    screener_fit,
    select,
    standings,
    summary_actions,
)
from assessments.scoring.rules import ATTRIBUTED_MIN, METHOD_VERSION
from assessments.scoring.scorecard import AttributeScore, Scorecard, ScoreStatus, WeightedItem, score
from assessments.scoring.snapshots import enough_new, next_wave
from assessments.scoring.summary import SummaryIndex
from assessments.scoring.wave_scores import AttributeExperience, Experience, score_wave

__all__ = [
    "ATTRIBUTED_MIN",
    "METHOD_VERSION",
    "POOLED",
    "AttributeExperience",
    "AttributeScore",
    "CommonItems",
    "Consensus",
    "Experience",
    "GroupResponses",
    "Improvement",
    "ItemAnswer",
    "ItemExperience",
    "ItemKind",
    "ItemState",
    "ItemValue",
    "MatchedScore",
    "OptionAnswer",
    "Perception",
    "PerceptionGap",
    "PerceptionGaps",
    "PriorityBasis",
    "Recommendation",
    "RespondentAnswer",
    "ScoreDifference",
    "ScoreStatus",
    "Scorecard",
    "ScoringError",
    "ScoringItem",
    "Selected",
    "StateCredit",
    "SummaryIndex",
    "Unit",
    "WaveAnswers",
    "WeightedItem",
    "common_items",
    "comparable",
    "compare_profiles",
    "enough_new",
    "fraction_text",
    "gap_band",
    "improvements",
    "letter_of",
    "matched",
    "matched_step",
    "next_wave",
    "one_decimal",
    "option_matrix",
    "parse_fraction",
    "perception_gaps",
    "public_attributes",
    "respondent_value",
    "score",
    "score_item",
    "score_items",
    "score_on",
    "score_wave",
    "screener_fit",
    "select",
    "standings",
    "summary_actions",
    "whole",
]
