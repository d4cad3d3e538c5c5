"""The scoring method as pure functions over frozen values: exact fractions in, exact fractions out.

Standard library only. No database, clock, setting or rounding takes part; None means "no score".
The method is described in docs/method.md; docstrings name its sections.
"""

from assessments.scoring.attribute import (
    AttributeScore,
    Status,
    WeightedItem,
    default_weights,
    score_attribute,
    step_of,
    weights,
)
from assessments.scoring.bands import letter_of
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
)
from assessments.scoring.recommend import (
    Recommendation,
    Selected,
    Standing,
    priority,
    select,
    standings,
    summary_actions,
)
from assessments.scoring.rounding import fraction_text, one_decimal, parse_fraction, whole
from assessments.scoring.rules import METHOD_VERSION, TOP_LEVEL
from assessments.scoring.scorecard import Scorecard, score
from assessments.scoring.screener import Fit, screener_fit
from assessments.scoring.summary import SummaryIndex, summary_index

__all__ = [
    "METHOD_VERSION",
    "TOP_LEVEL",
    "AnswerState",
    "AttributeScore",
    "CommonItems",
    "Comparison",
    "Difference",
    "Fit",
    "Improvement",
    "ItemAnswer",
    "ItemKind",
    "ItemSpec",
    "ItemValue",
    "MatchedComparison",
    "MatchedScore",
    "OptionAnswer",
    "Recommendation",
    "Scorecard",
    "ScoringError",
    "Selected",
    "Standing",
    "StateCredit",
    "Status",
    "SummaryIndex",
    "WeightedItem",
    "common_items",
    "comparable",
    "compare_attribute",
    "compare_profiles",
    "default_weights",
    "fraction_text",
    "improvements",
    "is_meaningful",
    "letter_of",
    "matched",
    "matched_profile",
    "matched_step",
    "one_decimal",
    "option_credits",
    "parse_fraction",
    "priority",
    "same_item",
    "score",
    "score_attribute",
    "score_item",
    "score_items",
    "score_on",
    "screener_fit",
    "select",
    "standings",
    "step_of",
    "summary_actions",
    "summary_index",
    "weights",
    "whole",
]
