"""What a check comes to."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assessments.documents.manifest import spaced


class Standing(TextChoices):
    """What can be said of a file."""

    CURRENT = "current", _("Genuine and current")
    REPLACED = "replaced", _("Genuine, but replaced")
    ALTERED = "altered", _("Altered")
    UNKNOWN = "unknown", _("Unknown")


@dataclass(frozen=True)
class ReportVerdict:
    """What was found of a file, and why.

    `reasons` are sentences for people, `differences` the places in the data that are not as they should be, by their
    JSON paths, `recomputed` and `not_recomputed` what was scored again, and what could not be. `signed_by` is the name
    of the key whose signature holds, "" without one; `number` is that of the report it says it is.
    """

    standing: Standing
    reasons: list[str]
    number: str = ""
    kind: str = ""
    as_of: str = ""
    signed_by: str = ""
    replaced_by: str = ""
    replaced_since: datetime | None = None
    differences: list[str] = field(default_factory=list)
    recomputed: list[str] = field(default_factory=list)
    not_recomputed: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether it can be relied on as it lies there."""
        return self.standing == Standing.CURRENT

    @property
    def is_genuine(self) -> bool:
        """Whether it is what was made, replaced or not."""
        return self.standing in (Standing.CURRENT, Standing.REPLACED)

    @property
    def printed_number(self) -> str:
        """The number as it is printed."""
        return spaced(self.number)

    def as_data(self) -> dict[str, Any]:
        """The verdict for programs."""
        since = self.replaced_since
        return {
            **asdict(self),
            "standing": self.standing.value,
            "replaced_since": since.isoformat(timespec="seconds") if since else None,
        }
