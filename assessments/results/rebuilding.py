"""From a frozen document back to rows that were never stored, and from these to the document that they give now.

What people said is taken from the document, and everything else is made anew from the version of the question set: so a
document agrees with its rebuilding leaf by leaf, or something in it does not follow from what was answered.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from assessments.answers.evidence import GivenEvidence, piece_digest
from assessments.answers.reviews import GivenOpinion, GivenReview
from assessments.documents.result import ItemResult, ResultDocument
from assessments.documents.review import ReviewPart
from assessments.documents.values import OWN_LANGUAGE
from assessments.models import Answer, Assessment, EvidenceFile, EvidenceOpening, Goal, Process, ScreenerAnswer
from assessments.results.build import StoredRows, document_of_rows
from assessments.results.review import AS_STATED
from assessments.results.second_rating import described_rating, rated_alone
from assessments.vocabulary import OpeningOutcome
from attributes.catalogue.types import CatalogueSet

# Of a process as it was described then: its fields of the same name.
DESCRIBED = (
    "code",
    "name",
    "issue",
    "organisation",
    "period",
    "outcome_expected",
    "resource",
    "promise",
    "country",
    "language",
    "website",
    "is_invented",
    "is_example",
    "time_zone",
)


def rebuilt(document: ResultDocument, catalogue: CatalogueSet) -> ResultDocument:
    """Return the document that its own inputs give now, with the texts of this version of the question set.

    Raises ScoringError where scoring refuses them, and ValueError where a day is none.
    """
    return rebuilt_from(described_rows(document, catalogue), document)


def rebuilt_with_answers(document: ResultDocument, rows: StoredRows) -> ResultDocument:
    """The same from what is stored of answers, evidence, review and second rating: it has to follow from these."""
    then = described_rows(document, rows.catalogue)
    now = replace(
        then,
        answers=rows.answers,
        files=rows.files,
        evidence=rows.evidence,
        review=rows.review,
        rating=rows.rating,
    )
    return rebuilt_from(now, document)


def rebuilt_with_ratings(document: ResultDocument, rows: StoredRows) -> ResultDocument:
    """The same with what two raters said as it is stored: neither changes it once both have finished.

    For a result that a later one has taken the place of: answers, and what the raters agreed on, may be others by now.
    """
    then = described_rows(document, rows.catalogue)
    return rebuilt_from(replace(then, rating=rated_alone(rows.rating, agreed=then.rating)), document)


def rebuilt_from(rows: StoredRows, document: ResultDocument) -> ResultDocument:
    """Build the document again from rows, with what it says of the process and of which assessment it is."""
    about = document.assessment
    found = document_of_rows(
        rows, number=about.number, submitted_on=about.submitted_on, submitted_by=about.submitted_by
    )
    return found.model_copy(
        update={
            "process": document.process.model_copy(update={"kind": rows.process.kind}),
            "assessment": about.model_copy(update={"status": found.assessment.status}),
        }
    )


def described_rows(document: ResultDocument, catalogue: CatalogueSet) -> StoredRows:
    """Return rows that say what the document says was there; nothing of it is stored."""
    process = Process(**{name: getattr(document.process, name) for name in DESCRIBED})
    changes = document.process.kind_changes
    process.kind = changes[-1].kind if changes else ""
    items = {code: item for code, item in document.items().items() if code in catalogue.items}
    pks = {code: catalogue.items[code].pk for code in items}
    files = {pks[code]: _files(item) for code, item in items.items() if item.evidence_files}
    openings = {pks[code]: _openings(item, pks[code]) for code, item in items.items() if item.openings}
    return StoredRows(
        assessment=Assessment(
            code=document.assessment.code,
            round=document.assessment.round,
            title=document.assessment.title,
            show_index=document.assessment.show_index,
        ),
        process=process,
        catalogue=catalogue,
        groups=document.process.groups,
        kind_changes=[],
        screener={
            line.code: ScreenerAnswer(criterion=line.code, choice=line.choice, note=line.note)
            for line in document.screener.lines
        },
        goals=_goals(document),
        answers={pks[code]: _answer(item, pks[code]) for code, item in items.items()},
        files=files,
        evidence={pk: GivenEvidence(files.get(pk, ()), openings.get(pk, ())) for pk in files.keys() | openings.keys()},
        review=None if document.review is None else review_then(document.review),
        rating=described_rating(document.second_rating, catalogue, document.process.time_zone),
    )


def review_then(part: ReviewPart) -> GivenReview:
    """Return the review that a document carries; its opinions are of the answers as they are in the document."""
    opinions = tuple(
        GivenOpinion(
            item=entry.item,
            says=entry.says,
            level=entry.level,
            states=entry.states,
            seen=entry.seen,
            reason=entry.reason,
            reply=entry.reply,
            reply_reason=entry.reply_reason,
            replied_on=entry.replied_on,
        )
        for entry in part.opinions
    )
    return GivenReview(
        **{name: getattr(part, name) for name in AS_STATED},
        board_asks=tuple(part.board_asks),
        opinions=opinions,
        questions=tuple(part.questions),
    )


def _goals(document: ResultDocument) -> list[Goal]:
    return [
        Goal(
            shared_goal=goal.shared_goal,
            text=goal.text.get(OWN_LANGUAGE, ""),
            agreed_by=goal.agreed_by,
            agreed_when=goal.agreed_when,
            recorded_in=goal.recorded_in,
            reservations=goal.reservations,
        )
        for goal in document.goals
    ]


def _answer(item: ItemResult, pk: int) -> Answer:
    value: dict[str, Any] = {
        "level": item.level,
        "text": item.answer_text,
        "other": item.other,
        "options": {line.key: {"state": line.state, "text": line.text} for line in item.options},
    }
    return Answer(
        item_id=pk,
        state=item.said,
        value=value,
        not_applicable_reason=item.not_applicable_reason,
        evidence_class=item.chosen,
        evidence_text=item.evidence_text,
        evidence_links="\n".join(item.evidence_links),
        evidence_source=item.source,
        comment=item.comment,
        moved_because=item.moved_because,
    )


def _files(item: ItemResult) -> list[EvidenceFile]:
    return [EvidenceFile(code=f.code, name=f.name, size=f.size, sha256=f.sha256) for f in item.evidence_files]


def _openings(item: ItemResult, pk: int) -> list[EvidenceOpening]:
    """Openings of nobody in particular: those in a document are all by a second person."""
    return [
        EvidenceOpening(
            item_id=pk,
            reference=line.reference,
            made_for=piece_digest(item.evidence_text, line.reference),
            outcome=OpeningOutcome.of(opened=line.opened, shows=line.shows),
            day=date.fromisoformat(line.on),
        )
        for line in item.openings
    ]
