"""From one answer to one item value, and what an answer may not be (method 3.2 to 3.4, 3.11)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.model import (
    RESERVED_STATES,
    ItemAnswer,
    ItemKind,
    ItemState,
    OptionAnswer,
    ScoringError,
    ScoringItem,
    StateCredit,
    letter_of,
)
from assessments.scoring.rules import (
    EVIDENCE_CAPS,
    FULL_SCORE,
    ONE,
    OPTION_DONT_KNOW,
    OPTION_NOT_APPLICABLE,
    OPTION_OPEN,
    OPTION_SHARE_FOR_LETTER,
    UNNAMED_OPTION,
    ZERO,
)


@dataclass(frozen=True, slots=True)
class ItemValue:
    """What an answer is worth.

    `claimed` and `supported` are values from 0 to 1, None without a value. `share_known` is the share of
    the applicable options that is known (1 for an answered rating, 0 without a value). Letters are None
    while less than half is known. `cap` is the limit set by the evidence, None where none applies;
    `capped` says that it lowered the value. `rule` is a stable key naming the rule that decided.
    """

    code: str
    state: ItemState
    claimed: Fraction | None
    supported: Fraction | None
    share_known: Fraction
    letter: str | None
    claimed_letter: str | None
    cap: Fraction | None
    capped: bool
    rule: str


@dataclass(frozen=True, slots=True)
class _Claim:
    state: ItemState
    value: Fraction | None
    share_known: Fraction
    rule: str


def score_item(spec: ScoringItem, answer: ItemAnswer) -> ItemValue:
    """Return the claimed and the supported value (0 to 1) of one answer.

    Method 3.2 (levels), 3.3 (options), 3.4 (evidence caps). A reviewer's value replaces the supported
    one, is not capped and settles the whole item; the claim stays the organiser's own, or the reviewer's
    value where nothing was claimed. It does not make a not-applicable item applicable.
    Raises ScoringError for refused input (method 3.11), naming the item.
    """
    check_answer(spec, answer)
    claim = _claim(spec, answer)
    if claim.state is ItemState.NOT_APPLICABLE:
        return _without_value(spec.code, claim)
    if answer.moderated is not None:
        claimed = answer.moderated if claim.value is None else claim.value
        return _with_value(spec.code, claimed, answer.moderated, ONE, None, "moderated")
    if claim.value is None:
        return _without_value(spec.code, claim)
    cap = EVIDENCE_CAPS[answer.evidence_class]
    rule = "capped_by_evidence" if claim.value > cap else claim.rule
    return _with_value(spec.code, claim.value, min(claim.value, cap), claim.share_known, cap, rule)


def score_items(specs: Sequence[ScoringItem], answers: Iterable[ItemAnswer]) -> dict[str, ItemValue]:
    """Return the value of every item in `specs`, in that order; an item without an answer is unanswered.

    Answers to items outside `specs` are passed over. Raises ScoringError as `score_item` does.
    """
    given = answers_by_code(specs, answers)
    return {spec.code: score_item(spec, given[spec.code]) for spec in specs}


def answers_by_code(specs: Sequence[ScoringItem], answers: Iterable[ItemAnswer]) -> dict[str, ItemAnswer]:
    """Return one answer per item of `specs`, unanswered where none was given.

    Raises ScoringError when an item is specified or answered twice.
    """
    found = {spec.code: ItemAnswer(spec.code, ItemState.UNANSWERED) for spec in specs}
    if len(found) < len(specs):
        codes = [spec.code for spec in specs]
        raise ScoringError(f"{_first_repeated(codes)}: specified twice")
    own = [answer for answer in answers if answer.code in found]
    given = {answer.code: answer for answer in own}
    if len(given) < len(own):
        raise ScoringError(f"{_first_repeated([answer.code for answer in own])}: answered twice")
    return found | given


def option_credits(spec: ScoringItem, answer: ItemAnswer) -> dict[str, Fraction | None]:
    """Return the credit (0 to 1) of each applicable option of a choice item, None where it is not known.

    Method 3.3. Options marked not applicable are absent; a state that needs words but has none is not known.
    """
    if answer.state is not ItemState.ANSWERED:
        return dict.fromkeys(spec.options)
    states = {state.key: state for state in spec.states}
    given = {entry.option: entry for entry in answer.options}
    left_out = {entry.option for entry in answer.options if entry.state == OPTION_NOT_APPLICABLE}
    return {option: _credit(given.get(option), states) for option in spec.options if option not in left_out}


def _credit(entry: OptionAnswer | None, states: Mapping[str, StateCredit]) -> Fraction | None:
    state = None if entry is None else states.get(entry.state)
    if entry is None or state is None or (state.needs_text and not entry.has_text):
        return None
    return state.credit


def _claim(spec: ScoringItem, answer: ItemAnswer) -> _Claim:
    if answer.state is not ItemState.ANSWERED:
        return _Claim(answer.state, None, ZERO, answer.state.value)
    if spec.kind is ItemKind.CHOICE:
        return _choice_claim(spec, answer)
    return _Claim(ItemState.ANSWERED, Fraction(answer.level or 0, spec.top_level), ONE, "level")


def _choice_claim(spec: ScoringItem, answer: ItemAnswer) -> _Claim:
    credits = option_credits(spec, answer)
    if not credits:
        return _Claim(ItemState.NOT_APPLICABLE, None, ZERO, "all_options_not_applicable")
    known = [credit for credit in credits.values() if credit is not None]
    if known:
        share = Fraction(len(known), len(credits))
        return _Claim(ItemState.ANSWERED, sum(known, ZERO) / len(known), share, "credits")
    unsure = any(entry.state == OPTION_DONT_KNOW for entry in answer.options)
    state = ItemState.DONT_KNOW if unsure else ItemState.UNANSWERED
    return _Claim(state, None, ZERO, "no_option_known")


def _with_value(
    code: str, claimed: Fraction, supported: Fraction, share: Fraction, cap: Fraction | None, rule: str
) -> ItemValue:
    lettered = share >= OPTION_SHARE_FOR_LETTER
    return ItemValue(
        code=code,
        state=ItemState.ANSWERED,
        claimed=claimed,
        supported=supported,
        share_known=share,
        letter=letter_of(FULL_SCORE * supported) if lettered else None,
        claimed_letter=letter_of(FULL_SCORE * claimed) if lettered else None,
        cap=cap,
        capped=cap is not None and claimed > cap,
        rule=rule,
    )


def _without_value(code: str, claim: _Claim) -> ItemValue:
    return ItemValue(
        code=code,
        state=claim.state,
        claimed=None,
        supported=None,
        share_known=ZERO,
        letter=None,
        claimed_letter=None,
        cap=None,
        capped=False,
        rule=claim.rule,
    )


def _first_repeated(codes: Sequence[str]) -> str:
    return Counter(codes).most_common(1)[0][0]


def check_answer(spec: ScoringItem, answer: ItemAnswer) -> None:
    """Raise ScoringError unless `answer` is a permitted answer to `spec` (method 3.3, 3.4, 3.11)."""
    if answer.code != spec.code:
        raise ScoringError(f"{spec.code}: the answer belongs to {answer.code}")
    if answer.evidence_class not in EVIDENCE_CAPS:
        raise ScoringError(f"{spec.code}: unknown evidence class {answer.evidence_class!r}")
    if answer.moderated is not None and not ZERO <= answer.moderated <= ONE:
        raise ScoringError(f"{spec.code}: the reviewer's value lies outside 0 to 1")
    if answer.state is ItemState.NOT_APPLICABLE:
        _check_not_applicable(spec, answer)
    elif answer.state is ItemState.UNANSWERED:
        _check_nothing_given(spec, answer)
    elif answer.state is ItemState.ANSWERED and spec.kind is ItemKind.RATING:
        _check_level(spec, answer)
    elif answer.state is ItemState.ANSWERED:
        _check_options(spec, answer)


def _check_not_applicable(spec: ScoringItem, answer: ItemAnswer) -> None:
    if not spec.na_allowed:
        raise ScoringError(f"{spec.code}: this item cannot be not applicable")
    if not answer.has_na_reason:
        raise ScoringError(f"{spec.code}: not applicable needs a reason")


def _check_nothing_given(spec: ScoringItem, answer: ItemAnswer) -> None:
    # Dropping what somebody entered would be worse than refusing a contradiction.
    if answer.level is not None or any(entry.state != OPTION_OPEN for entry in answer.options):
        raise ScoringError(f"{spec.code}: marked unanswered but an answer is given")


def _check_level(spec: ScoringItem, answer: ItemAnswer) -> None:
    if answer.options:
        raise ScoringError(f"{spec.code}: a rating item has no options")
    if answer.level is None or not 0 <= answer.level <= spec.top_level:
        raise ScoringError(f"{spec.code}: the level must be 0 to {spec.top_level}, not {answer.level}")


def _check_options(spec: ScoringItem, answer: ItemAnswer) -> None:
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
