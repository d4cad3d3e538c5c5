"""The links that were handed out, counted and printed with the result (method 3.8)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """What became of the links of one confidential group.

    `invited` people had a link of their own. `revoked_used` counts links that were revoked after somebody had answered
    by them: the answer stays in the ballot box. `open_link`: one address for everybody, so that the number of people
    behind it is not known. `everybody`: all members of the group were invited.
    """

    invited: int = 0
    used: int = 0
    revoked_unused: int = 0
    revoked_used: int = 0
    reissued: int = 0
    open_link: bool = False
    everybody: bool = False

    @property
    def is_whole_group(self) -> bool:
        """Whether the invited are the group, person by person: what a finite-population correction needs."""
        return self.everybody and not (self.open_link or self.reissued or self.revoked_used)


def people_behind(links: Iterable[LinkCounts | None]) -> int | None:
    """Return how many people a unit of one or several groups has, None where it is not known (method 3.10)."""
    found = list(links)
    if any(own is None or not own.is_whole_group for own in found):
        return None
    return sum(own.invited for own in found if own is not None)
