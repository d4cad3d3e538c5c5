"""The scoring method as pure functions over frozen values: exact fractions in, exact fractions out.

Standard library only. No database, clock, setting or rounding takes part; None means "no score".
The method is described in docs/method.md; docstrings name its sections.
"""

from assessments.scoring.balanced import Consensus, GroupMean, ItemExperience, ItemStatus, gap_band
from assessments.scoring.between import (
    CommonItems,
    MatchedScore,
    common_items,
    matched_step,
    same_item,
    score_on,
)
from assessments.scoring.compare import (
    Comparison,
    Difference,
    MatchedComparison,
    comparable,
    compare_attribute,
    compare_profiles,
    is_meaningful,
    matched,
    matched_profile,
)
from assessments.scoring.consensus import agreement, balanced_distribution, consensus_band, consensus_of
from assessments.scoring.experience import Experience, score_wave
from assessments.scoring.groups import POOLED, GroupResponses, RespondentAnswer, Wave, respondent_value
from assessments.scoring.improve import Improvement, improvements
from assessments.scoring.items import ItemValue, option_credits, score_item, score_items
from assessments.scoring.model import (
    AnswerState,
    ItemAnswer,
    ItemKind,
    ItemSpec,
    OptionAnswer,
    ScoringError,
    StateCredit,
    fraction_text,
    letter_of,
    one_decimal,
    parse_fraction,
    whole,
)
from assessments.scoring.options import OptionRow, option_matrix
from assessments.scoring.perception import Perception, PerceptionGap, PerceptionGaps, perception_gap, perception_gaps
from assessments.scoring.pooling import GroupCount, GroupUse, Unit
from assessments.scoring.profiles import AttributeExperience, GroupProfile
from assessments.scoring.public import PublicAttribute, PublicItem, public_attributes, public_items
from assessments.scoring.recommend import (
    Recommendation,
    Selected,
    Standing,
    priority,
    select,
    standings,
    summary_actions,
)
from assessments.scoring.rules import ATTRIBUTED_MIN, METHOD_VERSION, THRESHOLD, THRESHOLD_MIN, TOP_LEVEL
from assessments.scoring.scorecard import (
    AttributeScore,
    Scorecard,
    Status,
    WeightedItem,
    default_weights,
    score,
    score_attribute,
    step_of,
    weights,
)
from assessments.scoring.snapshots import enough_new, next_wave
from assessments.scoring.summary import Fit, SummaryIndex, screener_fit, summary_index
from assessments.scoring.waves import WaveComparison, compare_waves

__all__ = [
    "ATTRIBUTED_MIN",
    "METHOD_VERSION",
    "POOLED",
    "THRESHOLD",
    "THRESHOLD_MIN",
    "TOP_LEVEL",
    "AnswerState",
    "AttributeExperience",
    "AttributeScore",
    "CommonItems",
    "Comparison",
    "Consensus",
    "Difference",
    "Experience",
    "Fit",
    "GroupCount",
    "GroupMean",
    "GroupProfile",
    "GroupResponses",
    "GroupUse",
    "Improvement",
    "ItemAnswer",
    "ItemExperience",
    "ItemKind",
    "ItemSpec",
    "ItemStatus",
    "ItemValue",
    "MatchedComparison",
    "MatchedScore",
    "OptionAnswer",
    "OptionRow",
    "Perception",
    "PerceptionGap",
    "PerceptionGaps",
    "PublicAttribute",
    "PublicItem",
    "Recommendation",
    "RespondentAnswer",
    "Scorecard",
    "ScoringError",
    "Selected",
    "Standing",
    "StateCredit",
    "Status",
    "SummaryIndex",
    "Unit",
    "Wave",
    "WaveComparison",
    "WeightedItem",
    "agreement",
    "balanced_distribution",
    "common_items",
    "comparable",
    "compare_attribute",
    "compare_profiles",
    "compare_waves",
    "consensus_band",
    "consensus_of",
    "default_weights",
    "enough_new",
    "fraction_text",
    "gap_band",
    "improvements",
    "is_meaningful",
    "letter_of",
    "matched",
    "matched_profile",
    "matched_step",
    "next_wave",
    "one_decimal",
    "option_credits",
    "option_matrix",
    "parse_fraction",
    "perception_gap",
    "perception_gaps",
    "priority",
    "public_attributes",
    "public_items",
    "respondent_value",
    "same_item",
    "score",
    "score_attribute",
    "score_item",
    "score_items",
    "score_on",
    "score_wave",
    "screener_fit",
    "select",
    "standings",
    "step_of",
    "summary_actions",
    "summary_index",
    "weights",
    "whole",
]
