"""What can go wrong with question sets."""

from pathlib import Path


class PublishedQuestionSetError(Exception):
    """A change to a published or retired question set was refused."""

    def __init__(self, what: object = "question set") -> None:
        super().__init__(
            f"{what}: a published question set cannot be changed. Publish a new version instead."
        )


class QuestionSetFileError(Exception):
    """A question set file cannot be used: which file, where in it, and why."""

    def __init__(self, path: Path | str, where: str, reason: str) -> None:
        self.path = path
        self.where = where
        self.reason = reason
        super().__init__(f"{path}: {where or 'file'}: {reason}")
