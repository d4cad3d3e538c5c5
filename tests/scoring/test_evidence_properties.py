"""The properties that method 3.5 promises of the evidence track, for any question set."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessments.scoring import ItemKind, ItemState, OptionAnswer, ScoreStatus, ScoringItem
from assessments.scoring.evidence import CountedAttribute, EvidencePiece, GivenAnswer
from assessments.scoring.method import TOP_LEVEL
from tests.examples import examples
from tests.scoring.drawn import KNOWN, PIECES, Round, only, rounds
from tests.scoring.given import OPENED

exact = settings(database=None, max_examples=examples(120))

STATUSES = [ScoreStatus.WITHHELD, ScoreStatus.PROVISIONAL, ScoreStatus.SHOWN]


def swap(answers: list[GivenAnswer], new: GivenAnswer) -> list[GivenAnswer]:
    return [new if answer.code == new.code else answer for answer in answers]


def not_lower(after: CountedAttribute, before: CountedAttribute) -> None:
    assert (after.low is None) is (before.low is None)
    if after.low is not None and before.low is not None:
        assert after.low >= before.low
    if after.score is not None and before.score is not None:
        assert after.score >= before.score


@exact
@given(rounds(), st.data())
def test_more_evidence_and_opening_it_never_lower_anything(given_: Round, data: st.DataObject) -> None:
    items, answers = given_
    chosen = data.draw(st.sampled_from(answers))
    more: tuple[EvidencePiece, ...]
    if chosen.evidence and data.draw(st.booleans()):
        more = tuple(replace(piece, marks=(*piece.marks, OPENED)) for piece in chosen.evidence)
    else:
        more = (*chosen.evidence, data.draw(st.sampled_from(PIECES)))
    before, after = only(items, answers), only(items, swap(answers, replace(chosen, evidence=more)))
    not_lower(after, before)
    assert after.high == before.high
    if before.status is not ScoreStatus.NOT_APPLICABLE:
        assert STATUSES.index(after.status) >= STATUSES.index(before.status)


@exact
@given(rounds(), st.data())
def test_a_better_answer_never_lowers_score_or_range(given_: Round, data: st.DataObject) -> None:
    items, answers = given_
    answered = [answer for answer in answers if answer.state is ItemState.ANSWERED]
    assume(answered)
    chosen = data.draw(st.sampled_from(answered))
    if chosen.level is not None:
        better = replace(chosen, level=data.draw(st.integers(chosen.level, TOP_LEVEL)))
    else:
        lines = tuple(
            replace(line, state=data.draw(st.sampled_from(KNOWN[KNOWN.index(line.state) :])))
            if line.state in KNOWN
            else line
            for line in chosen.options
        )
        better = replace(chosen, options=lines)
    before, after = only(items, answers), only(items, swap(answers, better))
    not_lower(after, before)
    if before.high is not None and after.high is not None:
        assert after.high >= before.high


@exact
@given(rounds(), st.data())
def test_answering_what_was_open_never_widens_the_range(given_: Round, data: st.DataObject) -> None:
    items, answers = given_
    position = data.draw(st.integers(0, len(items) - 1))
    spec, chosen = items[position], answers[position]
    assume(chosen.state is not ItemState.NOT_APPLICABLE)
    if spec.kind is ItemKind.RATING:
        level = chosen.level if chosen.level is not None else data.draw(st.integers(0, TOP_LEVEL))
        answered = replace(chosen, state=ItemState.ANSWERED, level=level)
    else:
        lines = chosen.options or tuple(OptionAnswer(option, "") for option in spec.options)
        # A line called not applicable without a reason is open as well.
        options = tuple(
            OptionAnswer(line.option, data.draw(st.sampled_from(KNOWN)))
            if line.state in ("", "dont_know") or (line.state == "not_applicable" and not line.has_text)
            else line
            for line in lines
        )
        answered = replace(chosen, state=ItemState.ANSWERED, options=options)
    before, after = only(items, answers), only(items, swap(answers, answered))
    if before.low is None or before.high is None or after.low is None or after.high is None:
        assert after.low is before.low
        return
    assert before.low <= after.low <= after.high <= before.high
    assert after.coverage >= before.coverage


@exact
@given(rounds())
def test_score_lies_in_its_range_and_contributions_add_up(given_: Round) -> None:
    found = only(*given_)
    assert 0 <= found.shown_share <= found.coverage <= 1
    assert 0 <= found.scope <= 1
    if found.low is None or found.high is None:
        assert found.status is ScoreStatus.NOT_APPLICABLE
        return
    assert 0 <= found.low <= found.high <= 100
    total = sum(item.contribution for item in found.items)
    if found.score is None or found.claimed is None:
        assert (found.status, found.letter, total) == (ScoreStatus.WITHHELD, None, 0)
        return
    assert found.low <= found.score <= found.high
    assert found.score <= found.claimed <= found.high
    assert total == found.score


def test_status_is_not_monotone_in_claims() -> None:
    """Raising an N to a P that nothing shows may withhold what was shown: that is meant."""
    items = [ScoringItem(f"X{number}", 1, "X1", "X", ItemKind.RATING, False, False) for number in range(3)]
    honest = [GivenAnswer(spec.code, ItemState.ANSWERED, level=0) for spec in items]
    assert only(items, honest).status is ScoreStatus.SHOWN
    claims = [replace(answer, level=1) for answer in honest[:2]] + honest[2:]
    found = only(items, claims)
    assert (found.status, found.shown_share) == (ScoreStatus.WITHHELD, Fraction(1, 3))
