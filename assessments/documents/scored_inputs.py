"""What a frozen document was scored from: specifications and answers, as scoring takes them.

Imports no rows: the process that draws reports reads it without Django's models.
"""

from assessments.documents.result import ItemResult, ResultDocument
from assessments.scoring import ItemAnswer, ItemKind, ItemState, OptionAnswer, ScoringItem, StateCredit, parse_fraction

RATING = "rating"
# Rules by which an answered checklist counts as something else.
ANSWERED_AFTER_ALL = frozenset({"no_option_known", "all_options_not_applicable"})


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
        )
        for attribute in document.attributes
        for question in attribute.questions
        for item in question.items
        if item.scored
    ]


def answers_of(document: ResultDocument) -> list[ItemAnswer]:
    """The scored answers as the document records them."""
    return [_answer(item) for item in document.items().values() if item.scored]


def _states(item: ItemResult) -> tuple[StateCredit, ...]:
    if item.kind == RATING:
        return ()
    return tuple(
        StateCredit(state.key, parse_fraction(state.credit), state.needs_text)
        for state in item.states
        if state.credit is not None
    )


def _answer(item: ItemResult) -> ItemAnswer:
    state = ItemState.ANSWERED if item.rule in ANSWERED_AFTER_ALL else ItemState(item.state)
    answered = state is ItemState.ANSWERED
    lines = [line for line in item.options if line.state or line.text] if answered else []
    return ItemAnswer(
        code=item.code,
        state=state,
        level=item.level if answered else None,
        options=tuple(OptionAnswer(line.key, line.state, bool(line.text.strip())) for line in lines),
        evidence_class=item.evidence_class,
        has_na_reason=bool(item.not_applicable_reason.strip()),
    )
