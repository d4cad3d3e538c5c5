"""The experience track: what the stakeholder groups say it was like (method 3.8 to 3.10)."""

from assessments.scoring.experience.attribute import (
    BalancedAttribute,
    UnitProfile,
    balanced_attribute,
    share_asked,
)
from assessments.scoring.experience.cells import PanelCell, PanelCells, panel_cells
from assessments.scoring.experience.disagreement import Disagreement, GroupVerdict, disagreement
from assessments.scoring.experience.items import BalancedConsensus, BalancedItem, UnitMean, spread_may_be_printed
from assessments.scoring.experience.links import LinkCounts
from assessments.scoring.experience.panel import PanelResult, score_panel
from assessments.scoring.experience.publishable import (
    HiddenBecause,
    PublicItem,
    PublicPanel,
    PublishedAttribute,
    groups_are_public,
    item_score_is_public,
    published,
    restricted_attribute,
    restricted_item,
)
from assessments.scoring.experience.sampling import SamplingRange, sampling_bounds, sampling_ranges
from assessments.scoring.experience.snapshots import changed_cells, published_again
from assessments.scoring.experience.tables import PrintedAs
from assessments.scoring.groups import threshold_allowed

__all__ = [
    "BalancedAttribute",
    "BalancedConsensus",
    "BalancedItem",
    "Disagreement",
    "GroupVerdict",
    "HiddenBecause",
    "LinkCounts",
    "PanelCell",
    "PanelCells",
    "PanelResult",
    "PrintedAs",
    "PublicItem",
    "PublicPanel",
    "PublishedAttribute",
    "SamplingRange",
    "UnitMean",
    "UnitProfile",
    "balanced_attribute",
    "changed_cells",
    "disagreement",
    "groups_are_public",
    "item_score_is_public",
    "panel_cells",
    "published",
    "published_again",
    "restricted_attribute",
    "restricted_item",
    "sampling_bounds",
    "sampling_ranges",
    "score_panel",
    "share_asked",
    "spread_may_be_printed",
    "threshold_allowed",
]
