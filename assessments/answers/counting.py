"""From rows to what the scoring takes: the one place that decides what of a stored answer may count."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from assessments.answers.value import (
    ANSWERED,
    NOT_APPLICABLE,
    AnswerContent,
    content_of,
    has_named_options,
    option_keys,
    web_links,
)
from assessments.scoring import AnswerState, ItemAnswer, ItemKind, ItemSpec, OptionAnswer, StateCredit
from assessments.vocabulary import EvidenceClass
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import Kind

if TYPE_CHECKING:
    from assessments.models import Answer

NOTHING, INSIDE, OPEN = EvidenceClass.values


def item_spec(item: CatalogueItem) -> ItemSpec:
    """Return the scoring specification of one scored item."""
    rating = item.kind is Kind.RATING
    return ItemSpec(
        code=item.code,
        revision=item.revision,
        question=item.question_code,
        attribute=item.attribute_code,
        kind=ItemKind.RATING if rating else ItemKind.CHOICE,
        critical=item.critical,
        na_allowed=item.na_allowed,
        options=() if rating else option_keys(item),
        states=()
        if rating
        else tuple(
            StateCredit(state.key, state.credit, state.needs_text) for state in item.states if state.credit is not None
        ),
        stakeholder_primary=item.stakeholder_primary,
        top_level=item.top_level,
    )


def item_specs(catalogue: CatalogueSet) -> tuple[ItemSpec, ...]:
    """Return the specifications of the scored items of a question set, in its order."""
    return tuple(item_spec(item) for item in catalogue.items.values() if item.scored)


def item_answers(catalogue: CatalogueSet, answers: "Iterable[Answer]", files: Collection[int]) -> list[ItemAnswer]:
    """Return the scored answers of one response, for `assessments.scoring.score`.

    `files` holds the ids (`Answer.item_id`) of the items for which at least one evidence file is stored.
    Answers that do not count yet (a "not applicable" without its reason) come out as unanswered.
    """
    rows = {row.item_id: row for row in answers}
    return [
        item_answer(item, content_of(item, rows.get(item.pk)), has_files=item.pk in files)
        for item in catalogue.items.values()
        if item.scored
    ]


def item_answer(item: CatalogueItem, content: AnswerContent, *, has_files: bool) -> ItemAnswer:
    """Return one scored answer; one that does not count yet comes out as unanswered, never as an error."""
    evidence_class = effective_class(item, content, has_files=has_files)
    has_reason = item.na_allowed and bool(content.not_applicable_reason.strip())
    if content.state == NOT_APPLICABLE and not has_reason:
        return ItemAnswer(item.code, AnswerState.UNANSWERED, evidence_class=evidence_class)
    answered = content.state == ANSWERED
    return ItemAnswer(
        code=item.code,
        state=AnswerState(content.state),
        level=content.level if answered and item.kind is Kind.RATING else None,
        options=_options(item, content) if answered else (),
        evidence_class=evidence_class,
        has_na_reason=has_reason,
    )


def _options(item: CatalogueItem, content: AnswerContent) -> tuple[OptionAnswer, ...]:
    return tuple(
        OptionAnswer(key, line.state, has_text=bool(line.text.strip()))
        for key, line in content.options.items()
        # The one unnamed option is the item itself: whether it applies is said of the item.
        if has_named_options(item) or line.state != NOT_APPLICABLE
    )


def evidence_given(content: AnswerContent, *, has_files: bool) -> bool:
    """Whether there is any evidence at all: words, a link or a file."""
    return has_files or bool(content.evidence_text.strip() or content.evidence_links.strip())


def suggested_class(item: CatalogueItem, content: AnswerContent, *, has_files: bool) -> str:
    """Return the evidence class that fits what is given.

    A link counts as open to others, except where only a record by the stakeholder groups or a survey would
    (method 3.4): whether a link leads to one is for the person who gives it to say.
    """
    if not evidence_given(content, has_files=has_files):
        return NOTHING
    if web_links(content.evidence_links) and not item.stakeholder_primary:
        return OPEN
    return INSIDE


def effective_class(item: CatalogueItem, content: AnswerContent, *, has_files: bool) -> str:
    """Return the evidence class that holds: the one chosen, else the suggested one; E0 where nothing is given."""
    if not evidence_given(content, has_files=has_files):
        return NOTHING
    return content.evidence_class or suggested_class(item, content, has_files=has_files)
