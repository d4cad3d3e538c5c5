"""What is known of a number, and how much of it a reader is told."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assessments.models import Assessment, IssuedReport
from assessments.verifying.standing import Replacement, replacement
from assessments.verifying.verdict import Standing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from msgov.accounts.models import User


@dataclass(frozen=True)
class KnownReport:
    """A report that was given out. `issued`, `replaced` and `assessments` are for those who may know of these."""

    number: str
    standing: Standing
    issued: IssuedReport | None = None
    replaced: Replacement | None = None
    assessments: list[Assessment] = field(default_factory=list)


def known_of(number: str, user: "User | AnonymousUser") -> KnownReport | None:
    """Return what this reader may know of the report with this number, or None if there is none."""
    issued = IssuedReport.objects.filter(number=number).order_by("-as_of", "-pk").first()
    if issued is None:
        return None
    found = replacement(issued)
    standing = Standing.REPLACED if found else Standing.CURRENT
    own = Assessment.objects.filter(code__in=issued.codes).visible_to(user)
    shown = list(own.select_related("process").order_by("process__name", "round"))
    if not shown or len(shown) < len(issued.codes):
        return KnownReport(number, standing)
    return KnownReport(number, standing, issued, found, shown)
