"""What a problem is: one line, JSON path, colon, reason. And the moments in an archive, each with its path."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from assessments.documents.result import ResultDocument

Problem = str


def moments_of(part: Any, path: str = "$") -> Iterator[tuple[str, datetime]]:
    """Every moment in a part of an archive, documents aside: these have days."""
    if isinstance(part, datetime):
        yield path, part
    elif isinstance(part, ResultDocument):
        return
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from moments_of(getattr(part, name), f"{path}.{name}")
    elif isinstance(part, list):
        for index, child in enumerate(part):
            yield from moments_of(child, f"{path}[{index}]")
