"""What can be asked. Published versions are immutable (see `base`), coming ones are drafts."""

from attributes.models.drafts import Draft, DraftNote, DraftStatus, DraftStep
from attributes.models.question_sets import Item, QuestionSet, VersionStatus

__all__ = ["Draft", "DraftNote", "DraftStatus", "DraftStep", "Item", "QuestionSet", "VersionStatus"]
