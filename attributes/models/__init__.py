"""What can be asked, as rows. Published versions are immutable (see `base`)."""

from attributes.models.base import Status
from attributes.models.context import Component, Criterion, CrosswalkPrinciple, Goal
from attributes.models.drafts import Draft, DraftStatus, DraftStep
from attributes.models.items import Anchor, EvidencePrompt, Item, Option, OptionState, Recommendation
from attributes.models.question_sets import Attribute, Question, QuestionSet

__all__ = [
    "Anchor",
    "Attribute",
    "Component",
    "Criterion",
    "CrosswalkPrinciple",
    "Draft",
    "DraftStatus",
    "DraftStep",
    "EvidencePrompt",
    "Goal",
    "Item",
    "Option",
    "OptionState",
    "Question",
    "QuestionSet",
    "Recommendation",
    "Status",
]
