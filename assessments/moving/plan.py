"""What would become of the answers of an assessment in a newer version: read from the rows, decided by `moving`."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property

from assessments.answers.value import content_of, is_empty
from assessments.models import Answer, Assessment, EvidenceFile, Move
from assessments.moving.matching import ItemChange, match
from assessments.moving.proposals import EarlierAnswer, Proposal, fingerprint_of, proposal
from assessments.vocabulary import Track
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.models import QuestionSet


@dataclass(frozen=True)
class Plan:
    """A move before it is made. Rows and files by the id of their item, of either version."""

    old: CatalogueSet
    new: CatalogueSet
    proposals: tuple[Proposal, ...]
    rows: Mapping[int, Answer]
    files: Mapping[int, list[EvidenceFile]]
    # Changes whenever an answer or a file of either version does.
    fingerprint: str

    @property
    def counts(self) -> Counter[ItemChange]:
        """How many items are the same, reworded, …"""
        return Counter(found.match.change for found in self.proposals)

    @property
    def comes_back(self) -> bool:
        """Whether answers of the newer version are there from a move that was undone."""
        return any(item.pk in self.rows for item in self.new.items.values())

    @property
    def by_code(self) -> dict[str, Proposal]:
        """The proposals by the code of their item."""
        return {found.code: found for found in self.proposals}


def propose(assessment: Assessment, to: QuestionSet) -> Plan:
    """Return what a move to this version would do. At most four queries once the versions are in memory."""
    old, new = catalogue_of(assessment.question_set), catalogue_of(to)
    ids = {item.pk for version in (old, new) for item in version.items.values()}
    own: dict[str, Any] = {"response__assessment": assessment, "response__track": Track.EVIDENCE}
    rows = {row.item_id: row for row in Answer.objects.filter(**own) if row.item_id in ids}
    files: dict[int, list[EvidenceFile]] = defaultdict(list)
    for file in EvidenceFile.objects.filter(**own):
        if file.item_id in ids:
            files[file.item_id].append(file)
    contents = {code: content_of(item, rows.get(item.pk)) for code, item in old.items.items()}
    counts = {code: len(files.get(item.pk, ())) for code, item in old.items.items()}
    kept = _EarlierAnswers(assessment, to, rows, files)
    scales = (old.scale, new.scale)
    proposals = tuple(
        proposal(found, contents, counts, kept.of(found.new) if found.new else None, scales)
        for found in match(old, new, _between(old, to))
    )
    return Plan(old, new, proposals, rows, files, _fingerprint(old, new, rows.values(), files))


def _between(old: CatalogueSet, to: QuestionSet) -> list[CatalogueSet]:
    """The versions from the old one to the new one, lowest first, both left out."""
    versions = {row.version_key: row for row in QuestionSet.objects.filter(slug=to.slug)}
    first = next(key for key, row in versions.items() if row.pk == old.id)
    return [catalogue_of(versions[key]) for key in sorted(versions) if first < key < to.version_key]


class _EarlierAnswers:
    """What was answered in the newer version before a move there was undone."""

    def __init__(
        self,
        assessment: Assessment,
        to: QuestionSet,
        rows: Mapping[int, Answer],
        files: Mapping[int, list[EvidenceFile]],
    ) -> None:
        self.rows, self.files = rows, files
        self.assessment, self.to = assessment, to

    @cached_property
    def made(self) -> dict[str, str]:
        """Fingerprints of the answers as the last move there made them, by code. One query."""
        last = Move.objects.filter(assessment=self.assessment, to_set=self.to).last()
        decisions = last.decisions if last else {}
        return {code: decision.get("became", "") for code, decision in decisions.items()}

    def of(self, item: CatalogueItem) -> EarlierAnswer | None:
        """What is there for an item; None if nothing is."""
        content = content_of(item, self.rows.get(item.pk))
        files = [file.sha256 for file in self.files.get(item.pk, ())]
        if is_empty(content) and not files:
            return None
        edited = self.made.get(item.code, "") != fingerprint_of(item, content, files)
        return EarlierAnswer(content, edited, len(files))


def _fingerprint(
    old: CatalogueSet, new: CatalogueSet, rows: Iterable[Answer], files: Mapping[int, list[EvidenceFile]]
) -> str:
    parts = [old.digest, new.digest]
    parts += sorted(f"{row.item_id} {row.version}" for row in rows)
    parts += sorted(file.code for found in files.values() for file in found)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
