"""What a frozen document was scored from: specifications and answers, as scoring takes them.

Imports no rows: the process that draws reports reads it without Django's models.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from assessments.documents.result import ItemResult, OptionLine, ResultDocument
from assessments.documents.values import exact
from assessments.scoring import ItemKind, ItemState, OptionAnswer, ScoringItem, StateCredit, parse_fraction
from assessments.scoring.evidence import (
    CapReason,
    ContradictionRule,
    EvidenceGrade,
    EvidencePiece,
    GivenAnswer,
    OpeningMark,
    PieceKind,
    PieceSource,
    ProcessKind,
    ReviewOpinion,
    ReviewReply,
    SettledBy,
    StepBasis,
    read_line,
)
from assessments.scoring.method import OPTION_NOT_APPLICABLE, ZERO
from assessments.web_addresses import is_web_address

RATING = "rating"
ENTERED_BY = "first"
SECOND = "second"


def specs_of(document: ResultDocument) -> list[ScoringItem]:
    """The scored items as the document describes them."""
    return [
        ScoringItem(
            code=item.code,
            revision=item.revision,
            question=question.code,
            attribute=attribute.code,
            kind=ItemKind.RATING if item.kind == RATING else ItemKind.CHOICE,
            critical=item.critical,
            na_allowed=item.na_allowed,
            options=() if item.kind == RATING else tuple(line.key for line in item.options),
            states=_states(item),
            stakeholder_primary=item.stakeholder_primary,
            top_level=document.question_set.top_level,
            not_for=frozenset(item.not_for),
        )
        for attribute in document.attributes
        for question in attribute.questions
        for item in question.items
        if item.scored
    ]


def answers_of(document: ResultDocument) -> list[GivenAnswer]:
    """The scored answers as the document records them."""
    settling = _opinions(document)
    return [replace(_answer(item), review=settling.get(item.code)) for item in document.items().values() if item.scored]


def _opinions(document: ResultDocument) -> dict[str, ReviewOpinion]:
    """The opinions of the review that settle what an item counts as, by its code."""
    return {
        entry.item: ReviewOpinion(
            exact(entry.proposed), entry.seen, ReviewReply(entry.reply) if entry.reply else ReviewReply.NONE
        )
        for entry in (document.review.opinions if document.review else ())
        if entry.basis
    }


def kind_of_process(document: ResultDocument) -> ProcessKind | None:
    """The kind of process the document was scored for."""
    return ProcessKind(document.process.kind) if document.process.kind else None


def rules_of(document: ResultDocument) -> list[ContradictionRule]:
    """What the document's question set declares as contradictory."""
    return [
        ContradictionRule(
            code=rule.code,
            a=rule.a,
            a_states=frozenset(rule.a_states),
            b=rule.b,
            b_states=frozenset(rule.b_states),
            named=frozenset(rule.named_states),
        )
        for rule in document.rules
    ]


def unscored_of(document: ResultDocument) -> dict[str, dict[str, str]]:
    """The lines of the lists that are not scored, each as it counts, from what was answered."""
    return _unscored(document, unscored_state)


def unscored_said(document: ResultDocument) -> dict[str, dict[str, str]]:
    """The lines of the lists that are not scored as they were answered, whether a reason is missing or not."""
    return _unscored(document, lambda _item, line: line.state)


def _unscored(document: ResultDocument, state: Callable[[ItemResult, OptionLine], str]) -> dict[str, dict[str, str]]:
    return {
        item.code: {line.key: state(item, line) for line in item.options}
        for item in document.items().values()
        if not item.scored and item.options
    }


def unscored_state(item: ItemResult, line: OptionLine) -> str:
    """What a line of a list that is not scored counts as."""
    states = [StateCredit(state.key, ZERO, state.needs_text) for state in item.states]
    return read_line(_line(line), states).counts_as


def bases_of(
    document: ResultDocument,
    *,
    experience: Mapping[str, Fraction] | None = None,
    verdicts: Mapping[str, str] | None = None,
) -> list[StepBasis]:
    """Where every applicable scored item stands, as it is frozen: what steps are chosen from (method 3.13).

    `experience` (points) and `verdicts` of the stakeholders' items are by code.
    """
    return [
        StepBasis(
            code=item.code,
            attribute=attribute.code,
            claimed=_highest(document, item),
            counted=exact(item.counted),
            weight=exact(item.weight) or ZERO,
            critical=item.critical,
            share_known=exact(item.share_known) or ZERO,
            coverage=attribute.coverage.value,
            following=exact(item.following),
            grade=EvidenceGrade(item.grade),
            capped_because=CapReason(item.capped_because) if item.capped_because else None,
            experience=(experience or {}).get(item.code),
            verdict=(verdicts or {}).get(item.code),
        )
        for attribute in document.attributes
        for question in attribute.questions
        for item in question.items
        if item.scored and item.state != OPTION_NOT_APPLICABLE
    ]


def _highest(document: ResultDocument, item: ItemResult) -> Fraction | None:
    """What the item could count as with enough evidence: what both agreed on takes the place of the claim."""
    opinion = document.review.opinion(item.code) if document.review else None
    agreed = opinion is not None and opinion.basis == SettledBy.CONSENSUS.value
    return exact(opinion.proposed) if opinion and agreed and opinion.proposed else exact(item.claimed)


def _states(item: ItemResult) -> tuple[StateCredit, ...]:
    if item.kind == RATING:
        return ()
    return tuple(
        StateCredit(state.key, parse_fraction(state.credit), state.needs_text)
        for state in item.states
        if state.credit is not None
    )


def _answer(item: ItemResult) -> GivenAnswer:
    refused = item.said == OPTION_NOT_APPLICABLE and not item.na_allowed
    state = ItemState.UNANSWERED if refused else ItemState(item.said)
    answered = state is ItemState.ANSWERED
    return GivenAnswer(
        code=item.code,
        state=state,
        level=item.level if answered else None,
        options=tuple(_line(line) for line in item.options if line.state or line.text) if answered else (),
        has_reason=bool(item.not_applicable_reason.strip()),
        evidence=_pieces(item),
        chosen=EvidenceGrade(item.chosen) if item.chosen else None,
    )


def _line(line: OptionLine) -> OptionAnswer:
    return OptionAnswer(line.key, line.state, bool(line.text.strip()))


def _pieces(item: ItemResult) -> tuple[EvidencePiece, ...]:
    marks = {mark.reference: OpeningMark(SECOND, mark.on, mark.shows, mark.opened) for mark in item.openings}
    given = [(PieceKind.LINK, link, is_web_address(link)) for link in dict.fromkeys(item.evidence_links)]
    given += [(PieceKind.FILE, name, True) for name in dict.fromkeys(f"sha256:{f.sha256}" for f in item.evidence_files)]
    if not given:
        words = EvidencePiece(PieceKind.TEXT, item.evidence_text, ENTERED_BY)
        return (words,) if item.evidence_text.strip() else ()
    return tuple(
        EvidencePiece(
            kind=kind,
            sentence=item.evidence_text,
            entered_by=ENTERED_BY,
            reference=reference,
            is_open=is_open,
            source=PieceSource(item.source or PieceSource.ORGANISER),
            marks=(marks[reference],) if reference in marks else (),
        )
        for kind, reference, is_open in given
    )
