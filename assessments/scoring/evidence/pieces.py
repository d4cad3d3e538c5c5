"""What evidence is given for an item, what class that makes, when two references mean the same document; how much of
all evidence somebody else has opened, and on how little it may rest (method 3.4)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from urllib.parse import urlsplit

from assessments.scoring.method import (
    CAP_CRITICAL_NOT_OPENED,
    CAP_DESCRIBED,
    CAP_NOTHING_GIVEN,
    CAP_OPEN,
    DEFAULT_PORTS,
    SENTENCE_LENGTH,
)


def same_document(reference: str) -> str:
    """Return the name of a document: references with the same name are the same document.

    A link is known by host (case ignored), port unless 80 or 443, path without the last slash, and query; scheme and
    fragment are ignored. Anything else, such as the digest of a file, is its own name.
    """
    text = reference.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return text
    if host is None or not parts.scheme:
        return text
    place = f"[{host}]" if ":" in host else host
    if port is not None and port not in DEFAULT_PORTS:
        place += f":{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{place}{parts.path.rstrip('/')}{query}"


class EvidenceGrade(StrEnum):
    """The class of a piece of evidence, or of an item: nothing, described or for insiders, open and explained."""

    NOTHING = "E0"
    DESCRIBED = "E1"
    OPEN = "E2"


class PieceKind(StrEnum):
    """What a piece of evidence is: words alone, or a document."""

    TEXT = "text"
    LINK = "link"
    FILE = "file"


class PieceSource(StrEnum):
    """Who made the document. Only the last two count in full where stakeholders have the first word."""

    ORGANISER = "organiser"
    GROUPS = "groups"
    SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class OpeningMark:
    """Somebody opened a piece of evidence: `by` whom, on which `day` (ISO 8601), and whether it shows the point.

    Not `opened`: they tried and could not. It counts as if nobody had opened the piece, and shows nothing.
    """

    by: str
    day: str
    shows: bool
    opened: bool = True


@dataclass(frozen=True, slots=True)
class EvidencePiece:
    """One piece of evidence as it was given.

    `reference` is the address of a link, or the digest of a file ("sha256:…"); empty for words alone. `sentence` says
    what in it shows the point, or is the description itself. `is_open` says that a third party or the assigned
    reviewer can open the document. `entered_by` names the person who entered it, whose marks never count. Marks are
    those since link, file or sentence last changed.
    """

    kind: PieceKind
    sentence: str
    entered_by: str
    reference: str = ""
    is_open: bool = False
    source: PieceSource = PieceSource.ORGANISER
    marks: tuple[OpeningMark, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemEvidence:
    """What the evidence of one item comes to.

    `grade` is the class of the item. `opened` is the mark by which a second person has opened a piece of class E2 and
    found that it shows the point, None where nobody has. `documents` names the documents it rests on, each once;
    `only_described` says that there are words and no document.
    """

    grade: EvidenceGrade
    opened: OpeningMark | None
    documents: tuple[str, ...]
    only_described: bool


def is_sentence(text: str) -> bool:
    """Say whether words are enough to be read: at least SENTENCE_LENGTH characters, spaces trimmed and joined."""
    return len(" ".join(text.split())) >= SENTENCE_LENGTH


def last_mark(piece: EvidencePiece) -> OpeningMark | None:
    """Return the last mark by somebody other than the person who entered the piece; the later of one day."""
    others = [mark for mark in piece.marks if mark.by != piece.entered_by]
    return max(enumerate(others), key=lambda entry: (entry[1].day, entry[0]))[1] if others else None


def piece_grade(piece: EvidencePiece, *, stakeholder_primary: bool = False) -> EvidenceGrade:
    """Return the class of one piece of evidence.

    `stakeholder_primary`: on this item only a record made by the groups, or a survey of them, counts in full.
    """
    if piece.kind is PieceKind.TEXT:
        return EvidenceGrade.DESCRIBED if is_sentence(piece.sentence) else EvidenceGrade.NOTHING
    if not piece.reference.strip():
        return EvidenceGrade.NOTHING
    mark = last_mark(piece)
    refuted = mark is not None and mark.opened and not mark.shows
    whose = not stakeholder_primary or piece.source is not PieceSource.ORGANISER
    full = piece.is_open and whose and not refuted and is_sentence(piece.sentence)
    return EvidenceGrade.OPEN if full else EvidenceGrade.DESCRIBED


def item_evidence(
    pieces: Sequence[EvidencePiece], *, stakeholder_primary: bool = False, chosen: EvidenceGrade | None = None
) -> ItemEvidence:
    """Return the class of an item, the best of its pieces; a class `chosen` by hand can only be lower.

    Only a piece of class E2, on an item of class E2, can make the item opened.
    """
    grades = [piece_grade(piece, stakeholder_primary=stakeholder_primary) for piece in pieces]
    grade = max(grades, default=EvidenceGrade.NOTHING)
    if chosen is not None:
        grade = min(grade, chosen)
    opened = None
    if grade is EvidenceGrade.OPEN:
        marks = [last_mark(piece) for piece, own in zip(pieces, grades, strict=True) if own is EvidenceGrade.OPEN]
        # A mark that opened a piece of class E2 shows the point, or the class would be lower.
        opened = max(
            (mark for mark in marks if mark is not None and mark.opened), key=lambda mark: mark.day, default=None
        )
    documents = dict.fromkeys(
        same_document(piece.reference)
        for piece in pieces
        if piece.kind is not PieceKind.TEXT and piece.reference.strip()
    )
    described = any(own is EvidenceGrade.DESCRIBED for own in grades)
    return ItemEvidence(grade, opened, tuple(documents), described and not documents)


def evidence_cap(grade: EvidenceGrade, *, critical: bool = False, opened: bool = False) -> Fraction:
    """Return the highest value (0 to 1) that evidence of a class supports (method 3.4).

    On a critical item full evidence counts in full once a second person has opened it.
    """
    if grade is EvidenceGrade.NOTHING:
        return CAP_NOTHING_GIVEN
    if grade is EvidenceGrade.DESCRIBED:
        return CAP_DESCRIBED
    return CAP_CRITICAL_NOT_OPENED if critical and not opened else CAP_OPEN


@dataclass(frozen=True, slots=True)
class TransparencyFigures:
    """How far others can check the evidence of the scored items.

    `full` items have evidence of class E2, `opened` of them were opened by a second person; `opened_share` is None
    where there are none. `most_on_one` is the largest number of items that rest on one document, `documents` the
    document, all of them where several are tied. `only_described` items have words and no document.
    """

    full: int
    opened: int
    only_described: int
    most_on_one: int
    documents: tuple[str, ...]

    @property
    def opened_share(self) -> Fraction | None:
        """The share of the items at E2 that a second person has opened, None without any."""
        return Fraction(self.opened, self.full) if self.full else None


def transparency(items: Mapping[str, ItemEvidence]) -> TransparencyFigures:
    """Return the figures for the evidence of the scored items that count, by code (method 3.4)."""
    full = [found for found in items.values() if found.grade is EvidenceGrade.OPEN]
    rests = Counter(name for found in items.values() for name in found.documents)
    most = max(rests.values(), default=0)
    return TransparencyFigures(
        full=len(full),
        opened=sum(found.opened is not None for found in full),
        only_described=sum(found.only_described for found in items.values()),
        most_on_one=most,
        documents=tuple(name for name, count in rests.items() if count == most),
    )
