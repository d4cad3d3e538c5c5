"""What an answer may not be (method 3.11); every refusal names the item."""

from assessments.scoring.model import (
    RESERVED_STATES,
    AnswerState,
    ItemAnswer,
    ItemKind,
    ItemSpec,
    ScoringError,
)
from assessments.scoring.rules import (
    EVIDENCE_CAPS,
    ONE,
    OPTION_NOT_APPLICABLE,
    OPTION_OPEN,
    UNNAMED_OPTION,
    ZERO,
)


def check_answer(spec: ItemSpec, answer: ItemAnswer) -> None:
    """Raise ScoringError unless `answer` is a permitted answer to `spec` (method 3.3, 3.4, 3.11)."""
    if answer.code != spec.code:
        raise ScoringError(f"{spec.code}: the answer belongs to {answer.code}")
    if answer.evidence_class not in EVIDENCE_CAPS:
        raise ScoringError(f"{spec.code}: unknown evidence class {answer.evidence_class!r}")
    if answer.moderated is not None and not ZERO <= answer.moderated <= ONE:
        raise ScoringError(f"{spec.code}: the reviewer's value lies outside 0 to 1")
    if answer.state is AnswerState.NOT_APPLICABLE:
        _check_not_applicable(spec, answer)
    elif answer.state is AnswerState.UNANSWERED:
        _check_nothing_given(spec, answer)
    elif answer.state is AnswerState.ANSWERED and spec.kind is ItemKind.RATING:
        _check_level(spec, answer)
    elif answer.state is AnswerState.ANSWERED:
        _check_options(spec, answer)


def _check_not_applicable(spec: ItemSpec, answer: ItemAnswer) -> None:
    if not spec.na_allowed:
        raise ScoringError(f"{spec.code}: this item cannot be not applicable")
    if not answer.has_na_reason:
        raise ScoringError(f"{spec.code}: not applicable needs a reason")


def _check_nothing_given(spec: ItemSpec, answer: ItemAnswer) -> None:
    # Dropping what somebody entered would be worse than refusing a contradiction.
    if answer.level is not None or any(entry.state != OPTION_OPEN for entry in answer.options):
        raise ScoringError(f"{spec.code}: marked unanswered but an answer is given")


def _check_level(spec: ItemSpec, answer: ItemAnswer) -> None:
    if answer.options:
        raise ScoringError(f"{spec.code}: a rating item has no options")
    if answer.level is None or not 0 <= answer.level <= spec.top_level:
        raise ScoringError(f"{spec.code}: the level must be 0 to {spec.top_level}, not {answer.level}")


def _check_options(spec: ItemSpec, answer: ItemAnswer) -> None:
    if answer.level is not None:
        raise ScoringError(f"{spec.code}: a choice item has no level")
    permitted = RESERVED_STATES.union(state.key for state in spec.states)
    seen: set[str] = set()
    for entry in answer.options:
        if entry.option not in spec.options:
            raise ScoringError(f"{spec.code}: unknown option {entry.option!r}")
        if entry.option in seen:
            raise ScoringError(f"{spec.code}: option {entry.option!r} is answered twice")
        if entry.state not in permitted:
            raise ScoringError(f"{spec.code}: unknown state {entry.state!r}")
        # The unnamed option of a yes/no item is the item itself, so the item's own rule holds.
        if entry.option == UNNAMED_OPTION and entry.state == OPTION_NOT_APPLICABLE:
            _check_not_applicable(spec, answer)
        seen.add(entry.option)
