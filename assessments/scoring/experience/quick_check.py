"""Whether another table prints the same scores and figures by group, in floating point, because many are tried.

A figure so near to where rounding changes that floats cannot tell does not hold: so nothing passes wrongly.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from assessments.scoring.experience.tables import Changes, Table, figures, item_score, rounded

EPSILON = 1e-9
SAME = 1e-12  # floats of one and the same figure
Interval = tuple[float, float, float]  # lowest, highest, real
Means = Mapping[str, float]


def _interval(figure: Fraction, table: Table) -> Interval:
    printed = rounded(figure, table.parts)
    return (printed - 0.5) * table.width + EPSILON, (printed + 0.5) * table.width - EPSILON, float(figure)


def _holds(value: float, interval: Interval) -> bool:
    return interval[0] <= value <= interval[1] or abs(value - interval[2]) < SAME


class QuickCheck:
    """The public figures of one table as intervals, and the parts of every item that they are sums of."""

    def __init__(self, table: Table) -> None:
        self.table = table
        whole = float(sum(item.weight for item in table.items.values()))
        self.weight = {code: float(item.weight) / whole for code, item in table.items.items()}
        self.means = {
            code: {unit: float(cell.mean) for unit, cell in item.cells.items()} for code, item in table.items.items()
        }
        self.units = tuple(dict.fromkeys(unit for own in self.means.values() for unit in own))
        self.scores = {
            code: _interval(item_score(item), table) for code, item in table.items.items() if item.shows_score
        }
        self.score, *by_group = [_interval(figure, table) for figure in figures(table)]
        self.profiles = dict(zip(table.counted, by_group, strict=False))
        self.ends = by_group[len(table.counted) :]
        self.shares = {
            unit: sum(weight for code, weight in self.weight.items() if unit in self.means[code]) for unit in self.units
        }

    def passes(self, changes: Changes) -> bool:
        """Whether a table with these changes is possible, and prints the same but for letters and verdicts."""
        means = dict(self.means)
        for (code, unit), by in changes.items():
            cell = self.table.items[code].cells[unit]
            if not 0 <= cell.total + by <= cell.size:
                return False
            means[code] = {**means[code], unit: (cell.total + by) / cell.size}
        touched = dict.fromkeys(code for code, _ in changes)
        if not all(_holds(_mean(means[code].values()), self.scores[code]) for code in touched if code in self.scores):
            return False
        if not _holds(self._weighted({code: _mean(own.values()) for code, own in means.items()}), self.score):
            return False
        return not self.table.by_group or self._groups_hold(means, {unit for _, unit in changes})

    def _groups_hold(self, means: Mapping[str, Means], touched: Iterable[str]) -> bool:
        gap, per_head, lowest, highest = self.ends
        return (
            all(self._profile_holds(means, unit) for unit in touched if unit in self.profiles)
            and _holds(
                self._weighted({code: max(own.values()) - min(own.values()) for code, own in means.items()}), gap
            )
            and _holds(self._weighted({code: self._per_head(code, own) for code, own in means.items()}), per_head)
            and _holds(min(without := [self._without(means, unit) for unit in self.units]), lowest)
            and _holds(max(without), highest)
        )

    def _profile_holds(self, means: Mapping[str, Means], unit: str) -> bool:
        own = {code: units[unit] for code, units in means.items() if unit in units}
        return _holds(self._weighted(own) / self.shares[unit], self.profiles[unit])

    def _weighted(self, values: Means) -> float:
        return sum(self.weight[code] * value for code, value in values.items())

    def _per_head(self, code: str, means: Means) -> float:
        cells = self.table.items[code].cells
        return sum(cells[unit].n * mean for unit, mean in means.items()) / sum(cell.n for cell in cells.values())

    def _without(self, means: Mapping[str, Means], unit: str) -> float:
        return self._weighted(
            {code: (sum(own.values()) - own.get(unit, 0)) / (len(own) - (unit in own)) for code, own in means.items()}
        )


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)
