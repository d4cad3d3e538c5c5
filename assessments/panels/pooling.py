"""What would be shown of groups if a wave closed now, as far as the counts tell that everybody who may see them sees.

Groups below the threshold are told as “fewer than k” and nothing else, so whether they would reach it together is not
said either: with a group that then reaches it by itself, it would tell how many had answered in the others, and that
nobody had (docs/adr/0015).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.models import Wave, WaveGroup
from assessments.vocabulary import GroupMode

FEWEST_WITH_SCORES = 2
FEWEST_NOT_PROVISIONAL = 3


@dataclass(frozen=True)
class IfClosedNow:
    """Groups by what would become of them: by themselves, perhaps together, named answers that are still to come."""

    by_themselves: Sequence[WaveGroup]
    small: Sequence[WaveGroup]
    not_filed: Sequence[WaveGroup]

    @property
    def is_alone(self) -> bool:
        """Whether one group is below the threshold and there is none to pool it with."""
        return len(self.small) == 1

    @property
    def most_units(self) -> int:
        """How many groups would count at most, a pool as one."""
        return len(self.by_themselves) + (len(self.small) > 1)

    @property
    def no_scores(self) -> bool:
        """Whether there would be no scores, whatever the small groups have together."""
        return self.most_units < FEWEST_WITH_SCORES

    @property
    def perhaps_no_scores(self) -> bool:
        """Whether that depends on what the small groups have together."""
        return not self.no_scores and len(self.by_themselves) < FEWEST_WITH_SCORES

    @property
    def is_provisional(self) -> bool:
        """Whether there could be scores, but from too few groups to be more than provisional."""
        return not self.no_scores and self.most_units < FEWEST_NOT_PROVISIONAL


def if_closed_now(wave: Wave, groups: Iterable[WaveGroup]) -> IfClosedNow:
    """Sort the groups of an open wave by the counts that are told of them."""
    by_themselves, small, not_filed = list[WaveGroup](), list[WaveGroup](), list[WaveGroup]()
    for group in groups:
        if group.mode == GroupMode.ON_RECORD:
            (by_themselves if group.received else not_filed).append(group)
        else:
            (small if group.received < wave.threshold else by_themselves).append(group)
    return IfClosedNow(by_themselves, small, not_filed)
