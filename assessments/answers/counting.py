"""From stored answers to what the scoring takes, and what an answer counts as, in words."""

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from assessments.answers.evidence import NO_EVIDENCE, GivenEvidence, pieces_of
from assessments.answers.reviews import GivenOpinion, scored_opinions
from assessments.answers.value import (
    ANSWERED,
    NOT_APPLICABLE,
    UNANSWERED,
    AnswerContent,
    content_of,
)
from assessments.scoring import ItemKind, ItemState, OptionAnswer, ScoringItem, StateCredit, whole
from assessments.scoring.evidence import (
    ContradictionRule,
    EvidenceGrade,
    EvidenceResult,
    GivenAnswer,
    LineReading,
    ProcessKind,
    read_line,
    score_evidence,
)
from assessments.scoring.method import FULL_SCORE, OPTION_OPEN, ZERO
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import Kind
from attributes.memory import gettext as _

if TYPE_CHECKING:
    from assessments.models import Answer, Process

Contents = Mapping[str, AnswerContent]
Evidence = Mapping[int, GivenEvidence]


def item_spec(item: CatalogueItem) -> ScoringItem:
    """Return the scoring specification of one scored item."""
    rating = item.kind is Kind.RATING
    return ScoringItem(
        code=item.code,
        revision=item.revision,
        question=item.question_code,
        attribute=item.attribute_code,
        kind=ItemKind.RATING if rating else ItemKind.CHOICE,
        critical=item.critical,
        na_allowed=item.na_allowed,
        options=() if rating else item.option_keys,
        states=()
        if rating
        else tuple(
            StateCredit(state.key, state.credit, state.needs_text) for state in item.states if state.credit is not None
        ),
        stakeholder_primary=item.stakeholder_primary,
        top_level=item.top_level,
        not_for=frozenset(item.not_for),
    )


def item_specs(catalogue: CatalogueSet) -> tuple[ScoringItem, ...]:
    """Return the specifications of the scored items of a question set, in its order."""
    return tuple(item_spec(item) for item in catalogue.items.values() if item.scored)


def given_answer(item: CatalogueItem, content: AnswerContent, evidence: GivenEvidence = NO_EVIDENCE) -> GivenAnswer:
    """Return one scored answer as the scoring takes it, with its evidence. What is refused comes out as unanswered:
    a "not applicable" where the item does not allow it."""
    state = content.state
    if state == NOT_APPLICABLE and not item.na_allowed:
        state = UNANSWERED
    answered = state == ANSWERED
    return GivenAnswer(
        code=item.code,
        state=ItemState(state),
        level=content.level if answered and item.kind is Kind.RATING else None,
        options=_options(item, content) if answered else (),
        has_reason=bool(content.not_applicable_reason.strip()),
        evidence=pieces_of(content, evidence),
        chosen=EvidenceGrade(content.evidence_class) if content.evidence_class else None,
    )


def given_answers(catalogue: CatalogueSet, contents: Contents, evidence: Evidence) -> list[GivenAnswer]:
    """Return the scored answers of one response; contents by code, evidence by the id of the item."""
    return [
        given_answer(item, contents[item.code], evidence.get(item.pk, NO_EVIDENCE))
        for item in catalogue.in_order(contents)
        if item.scored
    ]


def contents_of(catalogue: CatalogueSet, answers: "Iterable[Answer]") -> dict[str, AnswerContent]:
    """Return what stored answers say, by the code of the item, for every item of the set."""
    rows = {row.item_id: row for row in answers}
    return {code: content_of(item, rows.get(item.pk)) for code, item in catalogue.items.items()}


def _unscored(
    catalogue: CatalogueSet, contents: Contents, state: Callable[[LineReading], str]
) -> dict[str, dict[str, str]]:
    """The lines of lists that are not scored, for the rules on contradictions."""
    return {
        item.code: {line.option: state(line) for line in unscored_lines(item, contents[item.code])}
        for item in catalogue.in_order(contents)
        if not item.scored and item.option_keys
    }


def unscored_lines(
    item: CatalogueItem, content: AnswerContent, *, reasons_needed: bool = True
) -> tuple[LineReading, ...]:
    """Return the lines of a list that enters no score as they count, those that are open included."""
    states = [StateCredit(state.key, ZERO, state.needs_text) for state in item.states]
    given = {option.option: option for option in _options(item, content)}
    return tuple(
        read_line(given.get(key, OptionAnswer(key, OPTION_OPEN)), states, reasons_needed=reasons_needed)
        for key in item.option_keys
    )


def score_answers(
    catalogue: CatalogueSet,
    contents: Contents,
    evidence: Evidence,
    kind: ProcessKind | None = None,
    opinions: Sequence[GivenOpinion] = (),
) -> EvidenceResult:
    """Return the evidence track of one response as its answers stand, of a process of this kind.

    Of the items that `contents` names: with a part of them it says what each of these counts as, and what among them
    contradicts. `opinions` are those of a signed review: the settled values count.
    """
    specs = [item_spec(item) for item in catalogue.in_order(contents) if item.scored]
    score = partial(
        score_evidence,
        specs,
        kind=kind,
        rules=contradiction_rules(catalogue, contents),
        unscored=_unscored(catalogue, contents, lambda line: line.counts_as),
        unscored_said=_unscored(catalogue, contents, lambda line: line.state),
    )
    answers = given_answers(catalogue, contents, evidence)
    result = score(answers)
    if not opinions:
        return result
    # What is proposed to a list is a value on the lines that are known, so those are counted first.
    settling = scored_opinions(specs, result.items, opinions)
    return score([replace(answer, review=settling.get(answer.code)) for answer in answers])


def related_items(catalogue: CatalogueSet, codes: Collection[str]) -> set[str]:
    """Return the items whose answers may contradict those to `codes`, and these themselves."""
    found = set(codes)
    for rule in catalogue.contradictions:
        if {rule.a, rule.b} & set(codes):
            found |= {rule.a, rule.b}
    return found


def contradiction_rules(catalogue: CatalogueSet, among: Container[str] | None = None) -> tuple[ContradictionRule, ...]:
    """Return what a question set declares as contradictory; only of items with these codes, where they are given."""
    return tuple(
        ContradictionRule(
            code=rule.code,
            a=rule.a,
            a_states=frozenset(rule.a_states),
            b=rule.b,
            b_states=frozenset(rule.b_states),
            named=frozenset(rule.named_states),
        )
        for rule in catalogue.contradictions
        if among is None or (rule.a in among and rule.b in among)
    )


def kind_of(process: "Process") -> ProcessKind | None:
    """Return the kind of a process as the scoring takes it, None where none was chosen."""
    return ProcessKind(process.kind) if process.kind else None


def _options(item: CatalogueItem, content: AnswerContent) -> tuple[OptionAnswer, ...]:
    return tuple(
        OptionAnswer(key, line.state, has_text=bool(line.text.strip()))
        for key, line in content.options.items()
        # The one unnamed option is the item itself: whether it applies is said of the item.
        if item.has_named_options or line.state != NOT_APPLICABLE
    )


def evidence_given(content: AnswerContent, *, has_files: bool) -> bool:
    """Whether there is any evidence at all: words, a link or a file."""
    return has_files or bool(content.evidence_text.strip() or content.evidence_links.strip())


def counts_as(letter: str | None, value: Fraction | None) -> str:
    """Return a value in words, with its letter where it has one: "L (67 of 100)". Whole points."""
    points = whole(FULL_SCORE * (value or ZERO))
    if letter is None:
        return _("%(points)s of 100") % {"points": points}
    return _("%(letter)s (%(points)s of 100)") % {"letter": letter, "points": points}
