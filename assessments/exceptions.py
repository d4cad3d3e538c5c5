"""What services raise and views turn into messages. A leaf: imports nothing of ours."""

from collections.abc import Mapping
from typing import Any


class AssessmentError(Exception):
    """Base of the errors below. `message` is translated and fit for the person at the screen."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotEditable(AssessmentError):
    """The assessment is not a draft."""


class MovedMeanwhile(NotEditable):
    """The assessment is at another version of its question set than the page that sent this was drawn from."""


class NotAllowed(AssessmentError):
    """The state of things does not allow the action."""


class InvalidAnswer(AssessmentError):
    """An answer does not fit its item. `errors` maps field names to messages."""

    def __init__(self, message: str, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.errors = dict(errors or {})


class Conflict(AssessmentError):
    """Somebody else saved the same thing in the meantime. `current` is what is stored now."""

    def __init__(self, message: str, current: Any = None) -> None:
        super().__init__(message)
        self.current = current
