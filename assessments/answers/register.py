"""Where the documents of a process are used: which answers rest on which, and who has opened them.

Rows in, plain values out; a constant number of queries for any number of rounds and documents. An answer uses an entry
of the register by naming its document; what in it shows the point is the sentence of the answer (method 3.4).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.answers.evidence import GivenEvidence, file_reference, openings_of
from assessments.answers.value import AnswerContent, content_of, link_lines
from assessments.models import (
    Answer,
    Assessment,
    EvidenceEntry,
    EvidenceFile,
    EvidenceOpening,
    Process,
    document_key,
)
from assessments.vocabulary import Track
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueItem


@dataclass(frozen=True)
class EvidenceUse:
    """One answer of one round that rests on a document; `alone` if on nothing else.

    `openings` are those since document or sentence last changed, oldest first.
    """

    assessment: Assessment
    item: CatalogueItem
    sentence: str
    reference: str
    alone: bool
    openings: tuple[EvidenceOpening, ...] = ()


def references_of(content: AnswerContent, files: Iterable[EvidenceFile]) -> dict[str, str]:
    """Return the documents one answer rests on, each by its key: its links, and its files."""
    named = [*link_lines(content.evidence_links), *(file_reference(file.sha256) for file in files)]
    found: dict[str, str] = {}
    for reference in named:
        found.setdefault(document_key(reference), reference)
    return found


def uses_in(process: Process, assessments: Sequence[Assessment]) -> dict[str, list[EvidenceUse]]:
    """Return where each document is used in these rounds of a process, by its key; in the order of rounds and items.

    Of each round as it is at its version of the questions, without what does not apply to the kind of process. Three
    queries.
    """
    within = {"response__assessment__in": list(assessments), "response__track": Track.EVIDENCE}
    answers = Answer.objects.filter(**within).select_related("response").order_by()
    rows = {(row.response.assessment_id, row.item_id): row for row in answers}
    files = _by_round(EvidenceFile.objects.filter(**within).select_related("response"))
    openings = _by_round(EvidenceOpening.objects.filter(**within).select_related("response"))
    found: dict[str, list[EvidenceUse]] = defaultdict(list)
    for assessment in assessments:
        for item in catalogue_of(assessment.question_set).items.values():
            place = (assessment.pk, item.pk)
            if not item.applies_to(process.kind) or (place not in rows and place not in files):
                continue
            given = GivenEvidence(files.get(place, ()), openings.get(place, ()))
            content = content_of(item, rows.get(place))
            references = references_of(content, given.files)
            for key, reference in references.items():
                opened = tuple(openings_of(reference, content, given.openings))
                alone = len(references) == 1
                found[key].append(EvidenceUse(assessment, item, content.evidence_text, reference, alone, opened))
    return found


def _by_round(rows: Iterable[Any]) -> dict[tuple[int, int], list[Any]]:
    """Rows by their assessment and item, in their order."""
    found: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in rows:
        found[row.response.assessment_id, row.item_id].append(row)
    return found


def uses_of(entry: EvidenceEntry, uses: Mapping[str, list[EvidenceUse]]) -> list[EvidenceUse]:
    """Return the uses of an entry, also under the names its document had before."""
    names = dict.fromkeys([entry.key, *entry.former_keys])
    return [use for name in names for use in uses.get(name, ())]
