"""What can be asked. Published versions are immutable (see `base`), coming ones are drafts."""

from attributes.models.drafts import Draft, DraftStatus, DraftStep
from attributes.models.question_sets import Item, QuestionSet, VersionStatus

__all__ = ["Draft", "DraftStatus", "DraftStep", "Item", "QuestionSet", "VersionStatus"]
