"""What two versions of a question set have in common, read from results that answered them (method 3.10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessments.documents.comparison import Unmatched, UnmatchedItem, VersionAttribute, VersionPair
from assessments.documents.result import ItemResult, ResultDocument
from assessments.documents.scored_inputs import answers_of, specs_of
from assessments.documents.values import share
from assessments.scoring import CommonItems, ItemAnswer, ScoringError, ScoringItem, common_items
from assessments.scoring.rules import ZERO
from attributes.documents.history import version_key


class Inputs:
    """What went into a stored result, rebuilt from the document alone."""

    def __init__(self, result: ResultDocument) -> None:
        self.result = result
        self.version = result.question_set.version

    @cached_property
    def specs(self) -> dict[str, list[ScoringItem]]:
        """The scored items by attribute. Raises ScoringError where the document does not hold what it takes."""
        found: dict[str, list[ScoringItem]] = {attribute.code: [] for attribute in self.result.attributes}
        for spec in specs_of(self.result):
            found[spec.attribute].append(spec)
        return found

    @cached_property
    def answers(self) -> dict[str, list[ItemAnswer]]:
        """The scored answers by attribute."""
        given = {answer.code: answer for answer in answers_of(self.result)}
        return {code: [given[spec.code] for spec in specs] for code, specs in self.specs.items()}

    @cached_property
    def items(self) -> dict[str, dict[str, ItemResult]]:
        """The scored items as the document shows them, by attribute and code."""
        return {
            attribute.code: {item.code: item for q in attribute.questions for item in q.items if item.scored}
            for attribute in self.result.attributes
        }

    @cached_property
    def asked(self) -> frozenset[tuple[object, ...]]:
        """All that must be equal for two versions to ask the same; texts may differ (patch versions)."""
        return frozenset(
            (
                attribute.code,
                question.code,
                *(item.code, item.revision, item.kind),
                frozenset(line.key for line in item.options),
                frozenset((state.key, state.credit, state.needs_text) for state in item.states),
            )
            for attribute in self.result.attributes
            for question in attribute.questions
            for item in question.items
            if item.scored
        )


@dataclass(frozen=True)
class VersionMatch:
    """Two versions by a result of each. `common` is None where what they ask cannot be rebuilt."""

    older: Inputs
    newer: Inputs
    common: dict[str, CommonItems] | None

    @property
    def same(self) -> bool:
        """Whether all scored items are the same."""
        return self.older.asked == self.newer.asked

    def part(self, attributes: Iterable[str]) -> VersionPair:
        """What the comparison says of the two versions; nothing by attribute where they ask the same."""
        return VersionPair(
            older=self.older.version,
            newer=self.newer.version,
            same=self.same,
            attributes=[] if self.same else [self._attribute(code) for code in attributes],
        )

    def _attribute(self, code: str) -> VersionAttribute:
        common = (self.common or {}).get(code)
        return VersionAttribute(
            attribute=code,
            older_share=share(common.share_older if common else ZERO),
            newer_share=share(common.share_newer if common else ZERO),
            unmatched=_unmatched(self.older.items.get(code, {}), self.newer.items.get(code, {}), common),
        )


class VersionMatches:
    """What each two versions have in common, worked out once for any number of results."""

    def __init__(self, inputs: Sequence[Inputs]) -> None:
        # A published version never changes: any result that answered it describes it.
        self._by_version = {entry.version: entry for entry in reversed(inputs)}
        self._found: dict[tuple[str, str], VersionMatch] = {}

    def of(self, one: str, other: str) -> VersionMatch:
        """What two different versions have in common, whichever is named first."""
        older, newer = _in_order((one, other))
        if (older, newer) not in self._found:
            earlier, later = self._by_version[older], self._by_version[newer]
            self._found[older, newer] = VersionMatch(earlier, later, _common(earlier, later))
        return self._found[older, newer]

    def all(self) -> list[VersionMatch]:
        """Each two of the versions, oldest first."""
        versions = _in_order(self._by_version)
        return [self.of(one, other) for number, one in enumerate(versions) for other in versions[number + 1 :]]


def _in_order(versions: Iterable[str]) -> list[str]:
    return sorted(sorted(versions), key=version_key)


def unmatched_item(item: ItemResult, why: Unmatched) -> UnmatchedItem:
    """An item that does not count, with the reason."""
    return UnmatchedItem(code=item.code, short=item.short, why=why)


def _common(older: Inputs, newer: Inputs) -> dict[str, CommonItems] | None:
    try:
        codes = dict.fromkeys([*newer.specs, *older.specs])
        both = ((code, older.specs.get(code, []), newer.specs.get(code, [])) for code in codes)
        return {code: common_items(earlier, later) for code, earlier, later in both if earlier or later}
    except ScoringError:
        return None


def _unmatched(
    older: dict[str, ItemResult], newer: dict[str, ItemResult], common: CommonItems | None
) -> list[UnmatchedItem]:
    matched = common.items if common else {}
    later = [
        unmatched_item(item, "reworded" if code in older else "new")
        for code, item in newer.items()
        if code not in matched
    ]
    return later + [unmatched_item(item, "gone") for code, item in older.items() if code not in newer]
