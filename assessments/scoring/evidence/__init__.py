"""The evidence track: what the organiser can show (method 3.3 to 3.7, 3.13, 3.14)."""

from assessments.scoring.evidence.agreement import RaterAgreement, RaterBand, rater_agreement, rater_band, rating_pairs
from assessments.scoring.evidence.attribute import CountedAttribute, WeighedItem, count_attribute
from assessments.scoring.evidence.contradictions import Contradiction, ContradictionRule, contradictions
from assessments.scoring.evidence.items import CapReason, CountedItem, GivenAnswer, count_item
from assessments.scoring.evidence.lines import LineReading, OpenReason, read_line
from assessments.scoring.evidence.pieces import (
    EvidenceGrade,
    EvidencePiece,
    ItemEvidence,
    OpeningMark,
    PieceKind,
    PieceSource,
    TransparencyFigures,
    evidence_cap,
    is_sentence,
    item_evidence,
    same_document,
    transparency,
)
from assessments.scoring.evidence.result import EvidenceResult, OpenCounts, score_evidence
from assessments.scoring.evidence.review import (
    ReviewedShares,
    ReviewOpinion,
    ReviewReply,
    SettledBy,
    SettledValue,
    reviewed_shares,
    settled,
)
from assessments.scoring.evidence.standing import following_value, step_bases
from assessments.scoring.evidence.steps import (
    ActionStep,
    StepBasis,
    StepKind,
    StepList,
    StepReason,
    choose_steps,
    points_at_stake,
)
from assessments.scoring.model import ATTRIBUTE_LETTERS, ProcessKind, applies_to, attribute_letter

__all__ = [
    "ATTRIBUTE_LETTERS",
    "ActionStep",
    "CapReason",
    "Contradiction",
    "ContradictionRule",
    "CountedAttribute",
    "CountedItem",
    "EvidenceGrade",
    "EvidencePiece",
    "EvidenceResult",
    "GivenAnswer",
    "ItemEvidence",
    "LineReading",
    "OpenCounts",
    "OpenReason",
    "OpeningMark",
    "PieceKind",
    "PieceSource",
    "ProcessKind",
    "RaterAgreement",
    "RaterBand",
    "ReviewOpinion",
    "ReviewReply",
    "ReviewedShares",
    "SettledBy",
    "SettledValue",
    "StepBasis",
    "StepKind",
    "StepList",
    "StepReason",
    "TransparencyFigures",
    "WeighedItem",
    "applies_to",
    "attribute_letter",
    "choose_steps",
    "contradictions",
    "count_attribute",
    "count_item",
    "evidence_cap",
    "following_value",
    "is_sentence",
    "item_evidence",
    "points_at_stake",
    "rater_agreement",
    "rater_band",
    "rating_pairs",
    "read_line",
    "reviewed_shares",
    "same_document",
    "score_evidence",
    "settled",
    "step_bases",
    "transparency",
]
