"""What can go wrong with question sets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


class Refusal(Exception):
    """A service does not do what was asked. `message` is translated and fit for the person at the screen.

    `errors` maps names of fields to what is wrong there; it is empty where no field is to blame.
    """

    def __init__(self, message: str, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.errors = dict(errors or {})


class PublishedQuestionSetError(Exception):
    """A change to a published or retired question set was refused."""

    def __init__(self, what: object = "question set") -> None:
        super().__init__(f"{what}: a published question set cannot be changed. Publish a new version instead.")


class QuestionSetFileError(Exception):
    """A question set file cannot be used: which file, where in it, and why.

    `where` and `reason` are those of the first problem, `problems` holds all of them.
    """

    def __init__(self, path: Path | str, where: str, reason: str, others: Sequence[tuple[str, str]] = ()) -> None:
        self.path = path
        self.where = where
        self.reason = reason
        self.problems = ((where, reason), *others)
        super().__init__(
            "\n".join(f"{path}: {place}: {why}" if place else f"{path}: {why}" for place, why in self.problems)
        )


class QuestionSetConflictError(Exception):
    """A version is stored already, and with other content."""

    def __init__(self, slug: str, version: str) -> None:
        super().__init__(
            f"{slug} {version} is stored already with other content. "
            "A version never changes: give the new content a new version number."
        )


class QuestionSetHistoryError(QuestionSetConflictError):
    """A version contradicts those stored before. `problems` (of `attributes.documents.documents`) say where and why."""

    def __init__(self, slug: str, version: str, problems: Sequence[Any]) -> None:
        self.problems = tuple(problems)
        reasons = "\n".join(f"{problem.address}: {problem.reason}" for problem in problems)
        Exception.__init__(self, f"{slug} {version} contradicts the versions stored before.\n{reasons}")


class DraftNotOpen(Refusal):
    """A draft that is in review, or gone, was to be changed."""


class DraftRefused(Refusal):
    """A change of a draft cannot be stored. `problems` (of `attributes.documents.documents`) say where and why."""

    def __init__(self, reason: str, field: str = "", problems: Sequence[Any] = ()) -> None:
        self.reason = reason
        self.field = field
        self.problems = tuple(problems)
        super().__init__(reason, {field: reason} if field else None)


class DraftClash(Exception):
    """A part was changed by somebody else since the page that saves it was drawn. `stored` is what it is now."""

    def __init__(self, where: Any, stored: Any) -> None:
        self.where = where
        self.stored = stored
        super().__init__(f"{where} was changed meanwhile")
