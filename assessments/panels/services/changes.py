"""What is changed after the launch of a wave is written down, and printed with its result."""

from datetime import date
from typing import TYPE_CHECKING

from assessments.models import Wave, WaveAmendment, WaveGroup
from assessments.vocabulary import WaveChangeKind

if TYPE_CHECKING:
    from msgov.accounts.models import User


def note_change(
    *,
    wave: Wave,
    kind: WaveChangeKind,
    user: "User | None",
    group: WaveGroup | None = None,
    before: int | date | None = None,
    after: int | date | None = None,
    reason: str = "",
) -> WaveAmendment:
    """Write down a change of a wave that has been launched, in the transaction that makes it.

    `before` and `after` are numbers of people or days. Of an address that is corrected neither is given.
    """
    return WaveAmendment.objects.create(
        wave=wave,
        kind=kind,
        group=group,
        day=wave.today,
        before=_said(before),
        after=_said(after),
        reason=reason.strip(),
        by=user,
    )


def _said(value: int | date | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
