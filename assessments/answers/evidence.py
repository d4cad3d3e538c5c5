"""The evidence of an answer in pieces, as the scoring takes them: links, files, or words alone; who entered each, and
who opened it since (method 3.4). First plain values, without a query; then how they are read from what is stored."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.db.models import Exists, F, OuterRef

from assessments.answers.value import AnswerContent, link_lines
from assessments.models import AnswerVersion, Assessment, EvidenceFile, EvidenceOpening
from assessments.scoring.evidence import EvidencePiece, OpeningMark, PieceKind, PieceSource
from assessments.vocabulary import Track
from assessments.web_addresses import is_web_address
from attributes.memory import Statement

NOBODY = ""


class StoredVersion(Protocol):
    """What is read of an entry of an answer's history to tell who brought link and sentence."""

    evidence_text: str
    evidence_links: str
    user_id: int | None


@dataclass(frozen=True, slots=True)
class GivenEvidence:
    """What belongs to the evidence of one item beside the answer itself.

    `versions` is the history of the answer, oldest first; it is needed only where there are `openings`.
    """

    files: Sequence[EvidenceFile] = ()
    openings: Sequence[EvidenceOpening] = ()
    versions: Sequence[StoredVersion] = ()


NO_EVIDENCE = GivenEvidence()


def file_reference(sha256: str) -> str:
    """The name of a file among pieces of evidence."""
    return f"sha256:{sha256}"


def piece_digest(sentence: str, reference: str) -> str:
    """Return the fingerprint of a piece of evidence with its sentence, spaces at the ends and in rows left out."""
    said = " ".join(sentence.split())
    return hashlib.sha256(f"{said}\n{reference.strip()}".encode()).hexdigest()


def pieces_of(content: AnswerContent, given: GivenEvidence = NO_EVIDENCE) -> tuple[EvidencePiece, ...]:
    """Return the pieces of evidence of one answer: each link and each file, or else the words.

    The one sentence of the answer says of all of them what they show. A link opens for everybody if it is a web
    address; a file for the people of the process and the reviewer.
    """
    sentence = content.evidence_text
    source = PieceSource(content.evidence_source or PieceSource.ORGANISER)
    links = [
        _piece(PieceKind.LINK, link, content, given, source=source, is_open=is_web_address(link))
        for link in dict.fromkeys(link_lines(content.evidence_links))
    ]
    files = [
        _piece(PieceKind.FILE, file_reference(digest), content, given, source=source, is_open=True)
        for digest in dict.fromkeys(file.sha256 for file in given.files)
    ]
    if links or files:
        return (*links, *files)
    return (EvidencePiece(PieceKind.TEXT, sentence, NOBODY),) if sentence.strip() else ()


def _piece(
    kind: PieceKind,
    reference: str,
    content: AnswerContent,
    given: GivenEvidence,
    *,
    source: PieceSource,
    is_open: bool,
) -> EvidencePiece:
    authors = authors_of(reference, content, given)
    return EvidencePiece(
        kind=kind,
        sentence=content.evidence_text,
        entered_by=NOBODY,
        reference=reference,
        is_open=is_open,
        source=source,
        marks=tuple(
            OpeningMark(by=f"{mark.pk}", day=mark.day.isoformat(), shows=mark.shows, opened=mark.could_open)
            for mark in openings_of(reference, content, given.openings)
            if mark.user_id is None or mark.user_id not in authors
        ),
    )


def openings_of(reference: str, content: AnswerContent, openings: Iterable[EvidenceOpening]) -> list[EvidenceOpening]:
    """The openings of one piece since link, file or sentence last changed, oldest first."""
    digest = piece_digest(content.evidence_text, reference)
    return [opening for opening in openings if opening.reference == reference and opening.made_for == digest]


def authors_of(reference: str, content: AnswerContent, given: GivenEvidence) -> frozenset[int]:
    """Who entered a piece: whoever brought the link or file, and whoever wrote the sentence as it stands."""
    found = {file.uploaded_by_id for file in given.files if file_reference(file.sha256) == reference}
    if not found:
        found.add(_brought(given.versions, lambda version: reference in link_lines(version.evidence_links)))
    found.add(_brought(given.versions, lambda version: version.evidence_text == content.evidence_text))
    return frozenset(user for user in found if user is not None)


def _brought(versions: Sequence[StoredVersion], holds: Callable[[StoredVersion], bool]) -> int | None:
    """Who wrote the first of the versions since which something holds without a break up to now."""
    author = None
    for version in reversed(versions):
        if not holds(version):
            break
        author = version.user_id
    return author


# --- As it is stored: a constant number of queries ------------------------------------------------------------------


def evidence_marks() -> dict[str, Exists]:
    """What to read along with assessments whose evidence may be read: whether they have files (`has_files`), and
    whether any evidence `was_opened`."""
    return {
        name: Exists(rows.filter(response__assessment=OuterRef("pk"), response__track=Track.EVIDENCE))
        for name, rows in (("has_files", EvidenceFile.objects), ("was_opened", EvidenceOpening.objects))
    }


def evidence_of(assessment: Assessment, items: Collection[int] | None = None) -> dict[int, GivenEvidence]:
    """Return files, openings and history of the evidence of an assessment by the id of the item; only of `items` where
    these are given. Two queries, and one for the history where something was opened; of an assessment that was read
    with `evidence_marks` none for what it does not have."""
    asked = [assessment.pk] if items is None else [assessment.pk, list(items)]
    files = _by_item(_files(*asked)) if getattr(assessment, "has_files", True) else {}
    openings = _by_item(_openings(*asked)) if getattr(assessment, "was_opened", True) else {}
    found = {"response__assessment": assessment, "response__track": Track.EVIDENCE}
    versions = versions_of(found, list(openings)) if openings else {}
    return {
        pk: GivenEvidence(files.get(pk, ()), openings.get(pk, ()), versions.get(pk, ()))
        for pk in files.keys() | openings.keys()
    }


def _asked(assessment: int, items: Collection[int] | None) -> dict[str, Any]:
    own = {"response__assessment": assessment, "response__track": Track.EVIDENCE}
    return own if items is None else {**own, "item__in": items}


_files = Statement(lambda pk, items=None: EvidenceFile.objects.filter(**_asked(pk, items)))
_openings = Statement(lambda pk, items=None: EvidenceOpening.objects.filter(**_asked(pk, items)))


def full_evidence(assessment: Assessment, item: int) -> GivenEvidence:
    """Return all that belongs to the evidence of one item, its history too. Three queries."""
    found = evidence_of(assessment, [item]).get(item, GivenEvidence())
    asked = {"response__assessment": assessment, "response__track": Track.EVIDENCE}
    return replace(found, versions=versions_of(asked, [item]).get(item, ()))


def all_evidence(assessment: Assessment) -> dict[int, GivenEvidence]:
    """Return the same of every item, history included, by the id of the item. Three queries, or four."""
    found = {"response__assessment": assessment, "response__track": Track.EVIDENCE}
    given = evidence_of(assessment)
    items = AnswerVersion.objects.filter(answer__response__assessment=assessment).values("answer__item")
    versions = versions_of(found, items)
    return {pk: replace(given.get(pk, GivenEvidence()), versions=rows) for pk, rows in versions.items()}


def versions_of(found: dict[str, Any], items: Any) -> dict[int, list[Any]]:
    """Who wrote which link and sentence of these items, oldest first; what never took its place is left out."""
    asked = {f"answer__{name}": value for name, value in found.items()}
    rows = AnswerVersion.objects.filter(**asked, answer__item__in=items)
    rows = rows.exclude(reason=AnswerVersion.Reason.SET_ASIDE).order_by("version", "pk")
    names = ("evidence_text", "evidence_links", "user_id")
    return _by_item(rows.annotate(item_id=F("answer__item_id")).values_list("item_id", *names, named=True))


def _by_item(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows by the id of their item, in their order."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.item_id].append(row)
    return found
