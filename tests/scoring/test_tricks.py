"""Ways to look better than one is: each costs something that page 1 shows."""

from dataclasses import replace
from fractions import Fraction

from assessments.scoring import ItemState
from assessments.scoring.comparison import ApartReason, ComparedResult, ComparedScore, compare_processes
from assessments.scoring.evidence import (
    CountedAttribute,
    EvidenceGrade,
    EvidencePiece,
    EvidenceResult,
    GivenAnswer,
    PieceKind,
    score_evidence,
)
from assessments.scoring.experience import score_panel, threshold_allowed
from tests.scoring.given import DESCRIPTION, ITEMS, LINK, items_of, listed, not_for_us, rated_at
from tests.scoring.instrument import BY_CODE
from tests.scoring.panel import group, ticked, wave_of

BARRIERS = ["unmitigated", "unmitigated", "mitigated", "mitigated"]


def whole(level: int, **changed: GivenAnswer) -> EvidenceResult:
    """Every rating at one level and every list at its best, openly shown, but for what is changed."""
    answers = []
    for spec in ITEMS:
        best = spec.states[-1].key if spec.states else ""
        answer = listed(spec.code, [best] * len(spec.options)) if spec.options else rated_at(spec.code, level)
        answers.append(changed.get(spec.code, answer))
    return score_evidence(ITEMS, answers)


def attribute(result: EvidenceResult, code: str) -> CountedAttribute:
    return next(found for found in result.attributes if found.code == code)


def test_bad_lines_called_not_applicable_lower_the_scope_and_are_counted() -> None:
    honest = whole(2, IT2b=listed("IT2b", BARRIERS))
    gamed = whole(2, IT2b=listed("IT2b", ["not_applicable", "not_applicable", *BARRIERS[2:]]))
    assert honest.open_counts.lines_not_applicable == 0
    assert gamed.open_counts.lines_not_applicable == 2
    assert (attribute(honest, "IT").scope, attribute(gamed, "IT").scope) == (1, Fraction(9, 10))


def test_without_a_reason_they_gain_nothing() -> None:
    lines = listed("IT2b", ["not_applicable", "not_applicable", *BARRIERS[2:]])
    silent = replace(lines, options=tuple(replace(line, has_text=False) for line in lines.options))
    found = whole(2, IT2b=silent)
    assert found.open_counts.lines_not_known == 2
    assert attribute(found, "IT").coverage == Fraction(9, 10)


def test_a_whole_list_of_barriers_cannot_vanish_and_stakeholders_stay() -> None:
    found = whole(2, IT2b=listed("IT2b", ["not_applicable"] * 4))
    assert (found.items["IT2b"].state, found.open_counts.lines_not_known) == (ItemState.DONT_KNOW, 4)
    spec = BY_CODE["IT2b"]
    answers = {"IT2b": [ticked(spec, *["unmitigated"] * 4)] * 5}
    wave = replace(wave_of({}), groups=(group("a", answers), group("b", answers)), not_applicable=frozenset({"IT2b"}))
    assert score_panel([spec], wave).items[0].score == 0


def test_x_is_no_evidence_and_a_class_cannot_be_chosen_upwards() -> None:
    typed = EvidencePiece(PieceKind.TEXT, "x", "Ada")
    answers = [replace(rated_at(spec.code, 3, (typed,)), chosen=EvidenceGrade.OPEN) for spec in items_of("CR")]
    (found,) = score_evidence(items_of("CR"), answers).attributes
    assert (found.status, found.low, found.high) == ("withheld", 0, 100)


def test_a_junk_link_lifts_no_critical_item_to_the_top_and_nobody_has_opened_it() -> None:
    result = score_evidence(items_of("CR"), [rated_at(spec.code, 3, (LINK,)) for spec in items_of("CR")])
    assert result.items["CR1a"].letter == "L"
    assert (result.transparency.full, result.transparency.opened, result.transparency.most_on_one) == (3, 0, 3)


def test_descriptions_alone_reach_l_and_are_counted() -> None:
    result = score_evidence(items_of("CR"), [rated_at(spec.code, 3, (DESCRIPTION,)) for spec in items_of("CR")])
    (found,) = result.attributes
    assert (found.score, found.letter, found.high) == (Fraction(200, 3), "L-", 100)
    assert result.transparency.only_described == 3


def test_silence_on_a_critical_item_does_not_beat_an_honest_n() -> None:
    honest, silent = (attribute(whole(3, ED3a=rated_at("ED3a", level)), "ED") for level in (0, None))
    assert honest.letter == silent.letter == "P+"

    def compared(found: CountedAttribute) -> ComparedResult:
        score = ComparedScore(found.score, found.low, found.high, found.status, found.scope, found.squares)
        return ComparedResult({"ED": score}, "1.1.0", "set 1")

    apart = compare_processes(compared(silent), compared(honest)).attributes["ED"]
    assert (apart.verdict, apart.why) == ("cannot_be_told_apart", ApartReason.PROVISIONAL)


def test_what_is_not_known_is_counted() -> None:
    found = whole(3, CR1c=rated_at("CR1c", None), ED2a=not_for_us("ED2a"))
    assert (found.open_counts.items_not_known, found.open_counts.items_not_applicable) == (1, 1)


def test_one_friendly_group_cut_in_four_is_said() -> None:
    friendly = {f"business {number}": [0, 0, 0, 5] for number in range(4)}
    counts = {**friendly, "civil": [5, 0, 0, 0], "government": [3, 2, 0, 0]}
    found = score_panel(items_of("CR"), wave_of({"CR1a": counts, "CR1b": counts}), sectors=dict.fromkeys(friendly, "b"))
    assert found.attributes[0].depends_on_groups


def test_friendly_named_answers_are_said() -> None:
    counts = {"a": [3, 2, 0, 0], "b": [2, 3, 0, 0], "friend": [0, 0, 0, 1], "other friend": [0, 0, 0, 1]}
    wave = wave_of({"CR1a": counts, "CR1b": counts}, on_record=("friend", "other friend"))
    found = score_panel(items_of("CR"), wave)
    assert (found.attributes[0].depends_on_named, found.items[0].one_answer) == (True, Fraction(1, 4))


def test_nobody_reads_the_third_answer_of_three() -> None:
    assert not threshold_allowed(3)
