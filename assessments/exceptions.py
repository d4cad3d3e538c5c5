"""What services raise and views turn into messages."""

from typing import Any

from attributes.exceptions import Refusal


class AssessmentError(Refusal):
    """Base of the errors below."""


class NotEditable(AssessmentError):
    """The assessment is not a draft."""


class MovedMeanwhile(NotEditable):
    """The assessment is at another version of its question set than the page that sent this was drawn from."""


class NotAllowed(AssessmentError):
    """The state of things does not allow the action."""


class InvalidAnswer(AssessmentError):
    """Something that was entered does not fit. `errors` says where."""


class Conflict(AssessmentError):
    """Somebody else saved the same thing in the meantime. `current` is what is stored now."""

    def __init__(self, message: str, current: Any = None) -> None:
        super().__init__(message)
        self.current = current
