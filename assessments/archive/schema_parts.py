"""What every part of an archive file is made of: closed parts, codes, texts of a length, moments."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints

from assessments.zones import LONGEST_NAME, zone_names

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{4,16}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Short = Annotated[str, StringConstraints(max_length=200)]
Long = Annotated[str, StringConstraints(max_length=20_000)]
Name = Annotated[str, StringConstraints(max_length=150)]

EARLIEST, LATEST = 1900, 2999


def _within_reach(moment: datetime) -> datetime:
    """Years that survive the way into any time zone and back."""
    if not EARLIEST <= moment.year <= LATEST:
        raise ValueError(f"is not between the years {EARLIEST} and {LATEST}")
    return moment


def _known_zone(name: str) -> str:
    """A name that dates can be read by here."""
    if name not in zone_names():
        raise ValueError(f"“{name}” is not a time zone that is known here")
    return name


TimeZone = Annotated[str, StringConstraints(max_length=LONGEST_NAME), AfterValidator(_known_zone)]
ProcessKinds = Literal["", "decides", "recommends", "sets_standards", "dialogues"]
Moment = Annotated[AwareDatetime, AfterValidator(_within_reach)]


def is_empty(value: Any) -> bool:
    """Fields added later are not written where they say nothing: archives stay what they were."""
    return not value


class ArchivePart(BaseModel):
    """Base of every part of an archive: unknown fields are refused, since they would be lost."""

    # Archives are rare: what checks them is made when the first one comes or goes, and no start waits for it.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
