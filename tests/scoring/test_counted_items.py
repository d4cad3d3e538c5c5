"""What answers count as: the edge cases of 3.11 on the evidence track."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring import ItemKind, ItemState, OptionAnswer, ScoringError, ScoringItem
from assessments.scoring.evidence import (
    CapReason,
    EvidenceGrade,
    EvidencePiece,
    GivenAnswer,
    OpeningMark,
    OpenReason,
    PieceKind,
    ProcessKind,
    attribute_letter,
    count_attribute,
    count_item,
    is_sentence,
    item_evidence,
    same_document,
    score_evidence,
)
from tests.scoring.given import (
    DESCRIPTION,
    ITEMS,
    LINK,
    OPENED,
    OPENED_LINK,
    RULES,
    all_valued,
    counted,
    items_of,
    listed,
    not_for_us,
    rated_at,
    valued,
)
from tests.scoring.instrument import BY_CODE

THIRD = Fraction(1, 3)


def codes(attribute: str) -> list[str]:
    return [spec.code for spec in items_of(attribute)]


def test_nothing_applicable_is_no_score_and_no_index() -> None:
    items = [replace(spec, na_allowed=True) for spec in items_of("ED")]
    result = score_evidence(items, [not_for_us(spec.code) for spec in items])
    (found,) = result.attributes
    assert (found.status, found.score, found.low, found.high) == ("not_applicable", None, None, None)
    assert (found.scope, found.reduced_scope, found.squares) == (0, True, 0)
    assert result.index is None
    assert result.open_counts.items_not_applicable == len(items)


def test_an_attribute_without_items_for_this_kind_is_not_applicable() -> None:
    items = [replace(spec, not_for=frozenset({"dialogues"})) for spec in items_of("CR")]
    result = score_evidence(items, [rated_at("CR1a", 2)], kind=ProcessKind.DIALOGUES)
    assert [(found.code, found.status) for found in result.attributes] == [("CR", "not_applicable")]
    assert result.by_kind == ("CR1a", "CR1b", "CR1c")
    assert result.kept == ("CR1a",)


@pytest.mark.parametrize(
    ("level", "status", "score", "low", "high", "letter"),
    [(3, "withheld", None, 0, 100, None), (1, "withheld", None, 0, 100 * THIRD, None), (0, "shown", 0, 0, 0, "N")],
)
def test_the_same_level_everywhere_and_no_evidence(
    level: int, status: str, score: object, low: Fraction, high: Fraction, letter: str | None
) -> None:
    found = counted("CR", [rated_at(code, level, ()) for code in codes("CR")])
    assert (found.status, found.score, found.low, found.high, found.letter) == (status, score, low, high, letter)


def test_one_of_three_items_unanswered_is_shown_from_two_thirds() -> None:
    found = counted("CR", [rated_at("CR1a", 2), rated_at("CR1b", 2)])
    assert (found.coverage, found.shown_share, found.status) == (Fraction(2, 3), Fraction(2, 3), "shown")
    assert (found.applicable, found.answered, found.shown) == (3, 2, 2)


def test_half_is_provisional() -> None:
    items = [replace(spec, critical=False, question=spec.code) for spec in items_of("CO")[:2]]
    (found,) = score_evidence(items, [rated_at(items[0].code, 2)]).attributes
    assert (found.coverage, found.status) == (Fraction(1, 2), "provisional")
    assert found.provisional_because == ("coverage", "shown_share")


def test_an_unshown_critical_item_limits_letter_and_status() -> None:
    found = counted("CR", [rated_at("CR1a", 3, ()), rated_at("CR1b", 3), rated_at("CR1c", 3)])
    assert (found.status, found.letter, found.band_letter) == ("provisional", "P+", "L+")
    assert (found.provisional_because, found.limited_by) == (("critical_unshown",), ("CR1a",))


def test_without_an_answer_nothing_is_scored_and_nothing_claimed() -> None:
    found = counted("CR", [])
    assert (found.score, found.claimed) == (None, None)


@pytest.mark.parametrize(
    ("score", "letter"),
    [("15", "N"), ("32.5", "P-"), ("50", "P+"), ("67.5", "L-"), ("85", "L+"), ("0", "N"), ("100", "F")],
)
def test_an_edge_belongs_to_the_lower_band(score: str, letter: str) -> None:
    assert attribute_letter(Fraction(score)) == letter


@pytest.mark.parametrize("score", ["-1", "101"])
def test_letters_are_for_scores(score: str) -> None:
    with pytest.raises(ScoringError, match="lies outside 0 to 100"):
        attribute_letter(Fraction(score))


def test_full_evidence_on_a_critical_item_counts_in_full_once_opened() -> None:
    spec = BY_CODE["CR1a"]
    closed, opened = count_item(spec, rated_at("CR1a", 3, (LINK,))), count_item(spec, rated_at("CR1a", 3))
    assert (closed.counted, closed.highest, closed.capped_because) == (Fraction(2, 3), 1, CapReason.NOT_OPENED)
    assert (opened.counted, opened.capped_because, opened.evidence.opened) == (1, None, OPENED)


def test_whoever_entered_it_does_not_open_it() -> None:
    own = replace(LINK, marks=(OpeningMark("Ada", "2026-05-01", shows=True),))
    assert item_evidence([own]).opened is None


def test_the_last_mark_counts_and_of_one_day_the_later_one() -> None:
    marks = (OpeningMark("Ben", "2026-05-02", shows=True), OpeningMark("Cleo", "2026-05-02", shows=False))
    assert item_evidence([replace(LINK, marks=marks)]).grade is EvidenceGrade.DESCRIBED
    assert item_evidence([replace(LINK, marks=marks[::-1])]).opened == marks[0]


def test_a_class_chosen_by_hand_is_never_above_what_is_given() -> None:
    assert item_evidence([], chosen=EvidenceGrade.OPEN).grade is EvidenceGrade.NOTHING
    assert item_evidence([DESCRIPTION], chosen=EvidenceGrade.OPEN).grade is EvidenceGrade.DESCRIBED
    lowered = item_evidence([OPENED_LINK], chosen=EvidenceGrade.DESCRIBED)
    assert (lowered.grade, lowered.opened) == (EvidenceGrade.DESCRIBED, None)


def test_a_link_without_an_address_is_nothing() -> None:
    empty = EvidencePiece(PieceKind.LINK, "Item 4 records the decision", "Ada", "  ", is_open=True)
    assert item_evidence([empty]) == item_evidence([])


def test_a_sentence_has_ten_characters_after_joining_spaces() -> None:
    assert is_sentence("ten  chars ") is False
    assert is_sentence("ten chars.") is True


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("https://forum.example:8443/a/", "forum.example:8443/a"),
        ("https://[2001:db8::1]/a", "[2001:db8::1]/a"),
        ("https://forum.example:port/a", "https://forum.example:port/a"),
        ("https://[forum/a", "https://[forum/a"),
        ("//forum.example/a", "//forum.example/a"),
        ("minutes of May", "minutes of May"),
    ],
)
def test_what_names_a_document(reference: str, name: str) -> None:
    assert same_document(f" {reference} ") == name


def test_all_lines_not_applicable_are_unknown_where_the_item_does_not_allow_it() -> None:
    found = count_item(BY_CODE["IT2b"], listed("IT2b", ["not_applicable"] * 4))
    assert (found.state, found.counted, found.share_applicable) == ("dont_know", None, 1)
    assert {line.open_because for line in found.lines} == {OpenReason.NOTHING_LEFT}
    assert {line.state for line in found.lines} == {"not_applicable"}


def test_all_lines_not_applicable_take_an_item_out_that_allows_it() -> None:
    spec = replace(BY_CODE["IT2b"], na_allowed=True)
    found = count_item(spec, listed("IT2b", ["not_applicable"] * 4))
    assert (found.state, found.share_applicable) == ("not_applicable", 0)


def test_three_of_four_lines_not_applicable_leave_the_fourth() -> None:
    answers = {answer.code: answer for answer in all_valued(dict.fromkeys(codes("IT"), "1"))}
    answers["IT2b"] = listed("IT2b", ["not_applicable"] * 3 + ["mitigated"])
    found = score_evidence(items_of("IT"), list(answers.values()))
    assert found.items["IT2b"].counted == 1
    assert found.attributes[0].scope == Fraction(17, 20)
    assert found.open_counts.lines_not_applicable == 3


def test_not_applicable_without_a_reason_is_open_and_printed_as_answered() -> None:
    found = count_item(BY_CODE["IT3c"], GivenAnswer("IT3c", ItemState.NOT_APPLICABLE))
    assert (found.state, found.open_because) == ("unanswered", OpenReason.REASON_MISSING)


def test_not_applicable_where_it_is_not_allowed_is_refused() -> None:
    with pytest.raises(ScoringError, match="IT1a: this item cannot be not applicable"):
        count_item(BY_CODE["IT1a"], not_for_us("IT1a"))


def test_yes_without_words_leaves_a_yes_no_item_open() -> None:
    answer = GivenAnswer("IT5c", ItemState.ANSWERED, options=(OptionAnswer("", "yes"),))
    found = count_item(BY_CODE["IT5c"], answer)
    assert (found.state, found.counted, found.open_because) == ("unanswered", None, OpenReason.REASON_MISSING)


@pytest.mark.parametrize("code", ["CR1a", "XX1a"])
def test_answers_twice_or_to_nothing_are_refused(code: str) -> None:
    with pytest.raises(ScoringError):
        score_evidence(items_of("CR"), [rated_at("CR1a", 1), rated_at(code, 2)])


def test_an_item_specified_twice_is_refused() -> None:
    with pytest.raises(ScoringError, match="specified twice"):
        score_evidence([*items_of("CR"), *items_of("CR")], [])


def test_an_item_without_a_value_is_refused() -> None:
    with pytest.raises(ScoringError, match="CR1b, CR1c: nothing given"):
        count_attribute("CR", items_of("CR"), {"CR1a": count_item(BY_CODE["CR1a"], rated_at("CR1a", 1))})


def test_a_line_that_contradicts_is_unknown_and_an_admission_counts() -> None:
    lists = {"IT2a": {"language": "absent", "cost": "exists", "knowledge": "exists", "norms": "absent"}}
    answers = [
        listed("IT2b", ["mitigated", "absent", "partly", "unmitigated"]),
        rated_at("IT5a", 0),
        not_for_us("IT5c"),
    ]
    result = score_evidence(items_of("IT"), answers, rules=RULES, unscored=lists)
    assert [(found.rule, found.b_option, found.is_unknown) for found in result.contradictions] == [
        ("X1", "language", True),
        ("X1", "norms", False),
        ("X2", "cost", True),
        ("X6", "", True),
    ]
    item = result.items["IT2b"]
    assert (item.claimed, item.share_known) == (Fraction(1, 4), Fraction(1, 2))
    assert item.lines[0].open_because is OpenReason.CONTRADICTORY
    assert (result.items["IT5c"].state, result.items["IT5c"].open_because) == ("unanswered", OpenReason.CONTRADICTORY)
    assert result.open_counts.lines_not_known == 2


def test_a_whole_list_not_applicable_contradicts_line_by_line() -> None:
    items = [replace(spec, na_allowed=True) for spec in items_of("IT")]
    lists = {"IT3a": {"membership": "exists", "restrictions": "absent"}}
    result = score_evidence(items, [not_for_us("IT3b")], rules=RULES, unscored=lists)
    item = result.items["IT3b"]
    assert [found.b_option for found in result.contradictions] == ["membership"]
    assert (item.state, item.share_applicable, item.counted) == ("unanswered", Fraction(1, 2), None)
    assert [line.counts_as for line in item.lines] == ["", "not_applicable"]


def test_a_whole_result_has_index_weakest_and_scores() -> None:
    result = score_evidence(ITEMS, [valued(spec.code, Fraction(spec.code != "CR1b")) for spec in ITEMS])
    assert result.weakest == ("CR",)
    assert result.index is not None
    assert result.index.letter == "F"
    assert result.attribute_scores()["CR"] == Fraction(200, 3)
    assert result.item_scores()["CR1b"] == 0
    assert (result.transparency.full, result.transparency.opened_share) == (30, 1)
    assert score_evidence(ITEMS, []).transparency.opened_share is None


def test_a_scale_of_two_levels_is_scored() -> None:
    spec = ScoringItem("X1a", 1, "X1", "X", ItemKind.RATING, False, False, top_level=1)
    assert count_item(spec, rated_at("X1a", 1)).counted == 1
