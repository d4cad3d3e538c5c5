"""What two versions of a question set, or two kinds of process, were both asked, read from results (method 3.10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessments.documents.comparison_parts import AskedAs, AskedAttribute, AskedPair, Unmatched, UnmatchedItem
from assessments.documents.result import ItemResult, ResultDocument
from assessments.documents.scored_inputs import (
    answers_of,
    kind_of_process,
    rules_of,
    specs_of,
    unscored_of,
    unscored_said,
)
from assessments.documents.values import share
from assessments.scoring import CommonItems, ScoringError, ScoringItem, common_items
from assessments.scoring.comparison import AssessedRound
from assessments.scoring.evidence import EvidenceResult, GivenAnswer, applies_to, score_evidence
from assessments.scoring.method import ZERO
from attributes.documents.history import version_key

# A version, and the items that are left out by kind.
AskedKey = tuple[str, tuple[str, ...]]


class Inputs:
    """What went into a stored result, rebuilt from the document alone; only where it is needed."""

    def __init__(self, result: ResultDocument) -> None:
        self.result = result
        self.key: AskedKey = (result.question_set.version, tuple(sorted(result.by_kind)))

    @cached_property
    def applying(self) -> tuple[ScoringItem, ...]:
        """The scored items that apply to the kind of process. Raises ScoringError where the document lacks them."""
        return applies_to(specs_of(self.result), kind_of_process(self.result))

    @cached_property
    def specs(self) -> dict[str, list[ScoringItem]]:
        """The same by attribute."""
        found: dict[str, list[ScoringItem]] = {attribute.code: [] for attribute in self.result.attributes}
        for spec in self.applying:
            found[spec.attribute].append(spec)
        return found

    @cached_property
    def answers(self) -> dict[str, list[GivenAnswer]]:
        """The scored answers by attribute."""
        given = {answer.code: answer for answer in answers_of(self.result)}
        return {code: [given[spec.code] for spec in specs] for code, specs in self.specs.items()}

    @cached_property
    def unknown(self) -> dict[str, frozenset[str]]:
        """The lines that count as unknown because they contradict others, by item."""
        lines: dict[str, set[str]] = {}
        for found in self.result.contradictions:
            if found.is_unknown:
                lines.setdefault(found.b.item, set()).add(found.b.option)
        return {item: frozenset(options) for item, options in lines.items()}

    @cached_property
    def scored(self) -> EvidenceResult:
        """The result as it was scored. Raises ScoringError where the document lacks what that takes."""
        return score_evidence(
            specs_of(self.result),
            answers_of(self.result),
            kind=kind_of_process(self.result),
            rules=rules_of(self.result),
            unscored=unscored_of(self.result),
            unscored_said=unscored_said(self.result),
        )

    @property
    def round(self) -> AssessedRound:
        """The result as one of two rounds of a process."""
        is_reviewed = self.result.assessment.assurance != "self_assessed"
        return AssessedRound(self.applying, self.scored.items, is_reviewed)

    @cached_property
    def items(self) -> dict[str, dict[str, ItemResult]]:
        """The scored items that apply, as the document shows them, by attribute and code."""
        return {
            attribute.code: {
                item.code: item for q in attribute.questions for item in q.items if item.scored and not item.by_kind
            }
            for attribute in self.result.attributes
        }

    @cached_property
    def asked(self) -> frozenset[tuple[object, ...]]:
        """All that must be equal for two results to have been asked the same; texts may differ (patch versions)."""
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
            if item.scored and not item.by_kind
        )

    @property
    def asked_as(self) -> AskedAs:
        """The version, with the kind of process where that leaves items out."""
        kind = self.result.process.kind if self.result.by_kind else ""
        return AskedAs(version=self.result.question_set.version, kind=kind)


@dataclass(frozen=True)
class AskedMatch:
    """What two results were asked, by one of each sort."""

    older: Inputs
    newer: Inputs

    @cached_property
    def common(self) -> Mapping[str, CommonItems] | None:
        """What both were asked, by attribute; None where that cannot be rebuilt."""
        return _common(self.older, self.newer)

    @cached_property
    def same(self) -> bool:
        """Whether all scored items are the same."""
        return self.older.asked == self.newer.asked

    def part(self, attributes: Iterable[str]) -> AskedPair:
        """What the comparison says of the two; nothing by attribute where they were asked the same."""
        return AskedPair(
            older=self.older.asked_as,
            newer=self.newer.asked_as,
            same=self.same,
            attributes=[] if self.same else [self._attribute(code) for code in attributes],
        )

    def unmatched(self, attribute: str) -> list[UnmatchedItem]:
        """The items of an attribute that only one of the two was asked, or in other words, each with the reason."""
        older, newer = self.older.items.get(attribute, {}), self.newer.items.get(attribute, {})
        common = (self.common or {}).get(attribute)
        matched = common.items if common else {}
        later = [
            unmatched_item(item, "reworded" if code in older else _only_there(code, self.older, "new"))
            for code, item in newer.items()
            if code not in matched
        ]
        gone = [item for code, item in older.items() if code not in newer]
        return later + [unmatched_item(item, _only_there(item.code, self.newer, "gone")) for item in gone]

    def _attribute(self, code: str) -> AskedAttribute:
        common = (self.common or {}).get(code)
        return AskedAttribute(
            attribute=code,
            older_share=share(common.share_older if common else ZERO),
            newer_share=share(common.share_newer if common else ZERO),
            unmatched=self.unmatched(code),
        )


class AskedMatches:
    """What each two sorts of results were both asked, worked out once for any number of results."""

    def __init__(self, inputs: Sequence[Inputs]) -> None:
        # A published version never changes: any result that answered it describes it.
        self._by_key = {entry.key: entry for entry in reversed(inputs)}
        self._found: dict[tuple[AskedKey, AskedKey], AskedMatch] = {}

    def of(self, one: Inputs, other: Inputs) -> AskedMatch:
        """What two results were both asked, whichever is named first."""
        older, newer = sorted((one.key, other.key), key=_age)
        if (older, newer) not in self._found:
            self._found[older, newer] = AskedMatch(self._by_key[older], self._by_key[newer])
        return self._found[older, newer]

    def all(self) -> list[AskedMatch]:
        """Each two sorts, oldest first, without kinds of process that one version asks the same."""
        keys = sorted(self._by_key, key=_age)
        pairs = [(one, other) for number, one in enumerate(keys) for other in keys[number + 1 :]]
        found = [self.of(self._by_key[one], self._by_key[other]) for one, other in pairs]
        return [match for match in found if not match.same or match.older.key[0] != match.newer.key[0]]


def unmatched_item(item: ItemResult, why: Unmatched) -> UnmatchedItem:
    """An item that does not count, with the reason."""
    return UnmatchedItem(code=item.code, short=item.short, why=why)


def _age(key: AskedKey) -> tuple[tuple[int, ...], str, tuple[str, ...]]:
    version, left_out = key
    return version_key(version), version, left_out


def _only_there(code: str, other: Inputs, why: Unmatched) -> Unmatched:
    """Why the other was not asked an item: its version does not have it, or it does not apply to its kind."""
    return "other_kind" if code in other.result.by_kind else why


def _common(older: Inputs, newer: Inputs) -> dict[str, CommonItems] | None:
    try:
        codes = dict.fromkeys([*newer.specs, *older.specs])
        both = ((code, older.specs.get(code, []), newer.specs.get(code, [])) for code in codes)
        return {code: common_items(earlier, later) for code, earlier, later in both if earlier or later}
    except ScoringError:
        return None
