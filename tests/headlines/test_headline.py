"""The two sentences of a result: one profile of each kind, and one at each border between two rules."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from assessments.documents.last_time import LastTimePart
from assessments.documents.result import ResultDocument
from assessments.headlines import Headline, claims_headline, headline
from tests.builders import panels
from tests.headlines.given import (
    ALIKE,
    Scores,
    claimed,
    counts,
    joint,
    no_steps,
    profile,
    since,
    step,
    steps,
    stored,
    unknown,
    with_items,
)

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

HIGH: Scores = {"IT": (90, 88, 92), "CR": (80, 78, 82), "ED": (75, 72, 80), "CO": (70, 68, 75)}
ONE_WEAK: Scores = {"IT": (80, 78, 82), "CR": (70, 68, 72), "ED": (40, 35, 45), "CO": (75, 70, 78)}
ONE_STRONG: Scores = {"IT": (84, 80, 88), "CR": (50, 48, 55), "ED": (48, 45, 50), "CO": (52, 50, 60)}
BETWEEN: Scores = {"IT": (84, 80, 88), "CR": (75, 60, 82), "ED": (40, 35, 45), "CO": (50, 42, 60)}
NOTHING: Scores = dict.fromkeys(ALIKE)
MOST = {**ALIKE, "IT": None, "CR": None}


def dialogue(document: ResultDocument) -> ResultDocument:
    process = document.process.model_copy(update={"kind": "dialogues"})
    return document.model_copy(update={"process": process})


def every(values: dict[str, Any], scores: Scores = ALIKE) -> ResultDocument:
    """Every scored item alike."""
    return with_items(profile(scores), lambda item: values)


def capped(number: int, of: int) -> ResultDocument:
    """So many of so many answers claim more than counts; the rest is not known."""
    seen: list[str] = []

    def change(item: Any) -> dict[str, Any]:
        seen.append(item.code)
        if len(seen) > of:
            return unknown()
        return claimed(1, shown=True, capped_because="not_opened" if len(seen) <= number else "")

    return with_items(profile(), change)


Profile = Callable[[], Headline]
KINDS: dict[str, tuple[Profile, str]] = {
    "all_high": (lambda: headline(profile(HIGH)), "All 4 attributes are largely or fully achieved."),
    "one_weak": (lambda: headline(profile(ONE_WEAK)), "Taking part is strong; decision-making is weak."),
    "one_strong": (
        lambda: headline(profile(ONE_STRONG)),
        "Taking part is the strongest side; the 3 other attributes cannot be told apart.",
    ),
    "much_unknown": (
        lambda: headline(profile(MOST)),
        "Too little is known and shown to describe 2 of the 4 attributes.",
    ),
    "claims_above": (
        lambda: headline(capped(4, 12)),
        "Much is claimed and not fully shown: 4 of 12 answers count for less than they claim.",
    ),
    "withheld": (lambda: headline(profile(NOTHING)), "Too little is known and shown to give any figure yet."),
    "better": (
        lambda: headline(profile(), last=since(IT="better")),
        "Taking part is better than last time; of no other attribute can that be said.",
    ),
    "lower": (
        lambda: headline(profile(), last=since(ED="lower")),
        "Decision-making is lower than last time; of no other attribute can that be said.",
    ),
    "only_panel": (
        lambda: headline(every(unknown(), NOTHING), joint(every(unknown(), NOTHING))),
        "This is what stakeholders say, in 64 responses; the organiser has not answered.",
    ),
    "only_claims": (
        lambda: headline(every(claimed(1, shown=False, capped_because="nothing_given"), NOTHING)),
        "This is what is claimed; nothing of it has been shown yet.",
    ),
    "nothing_answered": (
        lambda: headline(every(unknown(), NOTHING)),
        "Nothing is known of this process yet.",
    ),
    "all_at_n": (
        lambda: headline(counts(every(claimed(0, shown=True)), 5, 5)),
        "Nothing of this is in place yet, and the answers say so openly.",
    ),
    "one_attribute": (
        lambda: headline(profile({"CR": (60, 58, 62)})),
        "Collective responsibility is the only attribute with a figure.",
    ),
    "tie": (lambda: headline(profile()), "The 4 attributes cannot be told apart."),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_profile_has_its_sentence(kind: str) -> None:
    made, sentence = KINDS[kind]
    found = made()
    assert (found.kind, found.first) == (kind, sentence)


SECOND: dict[str, tuple[Profile, str]] = {
    "blind_spot": (
        lambda: headline(profile(), joint(profile(), blind_spots=["CR1a"], steps=steps(step("CR1a")))),
        "Shared responsibility is shown, yet least of it is seen by Civil society: ask them why.",
    ),
    "divided": (
        lambda: headline(profile(), joint(profile(), blind_spots=[], steps=steps(step("CR1b", critical=False)))),
        "Groups are divided on this: Respective roles. Technical community see most of it, Civil society least.",
    ),
    "ask": (
        lambda: headline(profile(steps=steps(step(kind="find_out", reason="blind_spot")))),
        "Ask stakeholders why they see this otherwise: Known way of deciding.",
    ),
    "improve_it": (lambda: headline(profile(steps=steps(step()))), "Most urgent to improve: Known way of deciding."),
    "find_out": (
        lambda: headline(profile(steps=steps(step(kind="find_out", reason="not_known")))),
        "Most urgent to find out: Known way of deciding.",
    ),
    "show_it": (
        lambda: headline(profile(steps=steps(step(kind="show_it", reason="claimed_above")))),
        "Most urgent to show: Known way of deciding.",
    ),
    "not_known": (lambda: headline(counts(profile(), 4, 4)), "Not known: 4 of 20 answers."),
    "example": (
        lambda: headline(counts(profile(process=stored().process.model_copy(update={"is_example": True})), 5, 5)),
        "This was coded from one text, and nothing is recommended.",
    ),
    "keep": (lambda: headline(counts(profile(), 5, 5)), "Keep the evidence current."),
}


@pytest.mark.parametrize("kind", SECOND)
def test_every_kind_of_urgency_has_its_sentence(kind: str) -> None:
    made, sentence = SECOND[kind]
    found = made()
    assert (found.second_kind, found.second) == (kind, sentence)


def test_no_sentence_is_long_has_decimals_or_codes() -> None:
    for made, _sentence in [*KINDS.values(), *SECOND.values()]:
        found = made()
        for sentence in (found.first, found.second):
            assert len(sentence.split()) <= 25
            assert not re.search(r"\d[.,]\d|\b[A-Z]{2}\d", sentence)
            assert sentence.endswith(".")


# --- Borders between rules of the first sentence ------------------------------------------------------------------


def test_a_third_of_the_answers_above_what_counts_is_much() -> None:
    assert headline(capped(3, 12)).kind != "claims_above"
    assert headline(capped(4, 13)).kind != "claims_above"
    assert headline(capped(4, 12)).kind == "claims_above"


def test_half_of_the_attributes_without_a_figure_is_much() -> None:
    assert headline(profile({**ALIKE, "IT": None})).kind == "tie"
    assert headline(profile(MOST)).kind == "much_unknown"


def test_one_attribute_below_l_plus_is_not_all_high() -> None:
    assert headline(profile({**HIGH, "CO": (67, 66, 68)})).kind == "one_strong"
    assert headline(profile({**HIGH, "CO": (68, 67, 70)})).kind == "all_high"


def test_early_signs_are_not_said_to_be_high() -> None:
    assert headline(profile(HIGH, early=["CO"])).kind != "all_high"


def test_a_claim_beside_what_is_openly_missing_is_not_all_there_is() -> None:
    missing = every(claimed(0, shown=True))
    one_claim = with_items(missing, lambda item: claimed(1, shown=False) if item.code == "CR1a" else {})
    assert headline(one_claim).kind == "tie"


def test_something_that_claims_a_little_is_not_all_at_n() -> None:
    nothing = every(claimed(0, shown=True))
    little = with_items(nothing, lambda item: claimed(1, shown=True) if item.code == "CR1a" else {})
    assert headline(nothing).kind == "all_at_n"
    assert headline(little).kind != "all_at_n"


def test_what_is_not_known_is_not_said_to_be_missing() -> None:
    some = with_items(every(claimed(0, shown=True)), lambda item: unknown() if item.code == "CR1a" else {})
    assert headline(counts(some, 4, 4)).first == (
        "Nothing of what is known is in place yet, and the answers say so openly."
    )


def test_one_thing_shown_is_more_than_claims() -> None:
    nothing_shown = every(claimed(1, shown=False), NOTHING)
    one = with_items(nothing_shown, lambda item: {"shown": item.code == "CR1a"})
    assert headline(nothing_shown).kind == "only_claims"
    assert headline(one).kind == "withheld"
    # An answer that claims nothing is counted as shown: beside “1 shown” nothing may be said to be shown.
    none = with_items(nothing_shown, lambda item: claimed(0, shown=True) if item.code == "CR1a" else {})
    assert headline(none).kind == "withheld"


@pytest.mark.parametrize(
    ("scores", "kind"),
    [
        (ONE_WEAK, "one_weak"),
        # The low end of one touches the high end of the weak one: it is not apart.
        ({**ONE_WEAK, "CR": (70, 45, 72)}, "one_strong"),
        # The threshold of these weights is 17 points.
        ({**ALIKE, "ED": (43, 40, 44), "CO": (62, 60, 63), "IT": (60, 58, 62), "CR": (60, 55, 62)}, "one_weak"),
        ({**ALIKE, "ED": (44, 40, 46), "CO": (62, 60, 63), "IT": (60, 58, 62), "CR": (60, 55, 62)}, "one_strong"),
        ({**ALIKE, "ED": (46, 40, 48), "CO": (62, 60, 63)}, "tie"),
    ],
)
def test_the_weakest_is_apart_from_every_other(scores: Scores, kind: str) -> None:
    assert headline(profile(scores)).kind == kind


def test_early_signs_are_never_told_apart() -> None:
    assert headline(profile(ONE_WEAK, early=["ED"])).kind != "one_weak"
    assert headline(profile(ALIKE, early=["ED"])).first == "Not enough is shown yet to tell the 4 attributes apart."


def test_weak_and_strong_are_words_for_low_and_high_only() -> None:
    all_high = {**ONE_WEAK, "ED": (60, 58, 62), "IT": (95, 90, 96), "CR": (84, 80, 88), "CO": (80, 78, 82)}
    assert headline(profile(all_high)).first == (
        "Decision-making is the weakest side: every other attribute with a figure stands clearly higher."
    )
    all_low = {"IT": (40, 38, 42), "CR": (10, 8, 12), "ED": (12, 10, 14), "CO": (14, 10, 16)}
    assert headline(profile(all_low)).first == (
        "Taking part is the strongest side; the 3 other attributes cannot be told apart."
    )


def test_between_the_ends_nothing_is_said_of_the_others() -> None:
    assert headline(profile(BETWEEN)).first == "Taking part is strong; decision-making is weak."
    close = {**BETWEEN, "IT": (66, 64, 67), "CR": (60, 50, 66)}
    assert headline(profile(close)).first == "Taking part stands clearly higher than decision-making."


def test_of_two_attributes_one_stands_higher() -> None:
    assert headline(profile({"IT": (66, 64, 67), "CR": (30, 28, 32)})).first == (
        "Taking part stands clearly higher than collective responsibility."
    )


def test_two_that_are_equally_high_are_not_one() -> None:
    scores = {**ONE_WEAK, "CO": (80, 78, 82)}
    assert headline(profile(scores)).first == (
        "Decision-making is the weakest side: every other attribute with a figure stands clearly higher."
    )


def test_a_dialogue_is_said_to_be_one() -> None:
    assert headline(dialogue(profile(ONE_WEAK))).first == (
        "As a dialogue, the process is strong on taking part and weak on decision-making."
    )


@pytest.mark.parametrize(
    ("last", "kind", "sentence"),
    [
        (since(IT="better", ED="lower"), "lower", "Decision-making is lower than last time; taking part is better."),
        (
            since(IT="better", CR="lower", ED="lower"),
            "lower",
            "Since last time, attributes that are lower: 2; better: 1.",
        ),
        (
            since(CR="lower", ED="lower"),
            "lower",
            "2 attributes are lower than last time; none can be said to be better.",
        ),
        (
            since(IT="better", CR="better"),
            "better",
            "2 attributes are better than last time; none can be said to be lower.",
        ),
        (since(IT="mostly_shown", ED="not_compared"), "tie", "The 4 attributes cannot be told apart."),
    ],
)
def test_the_round_before_is_spoken_of_by_the_rule_over_time(last: LastTimePart, kind: str, sentence: str) -> None:
    found = headline(profile(), last=last)
    assert (found.kind, found.first) == (kind, sentence)


def test_what_stands_apart_now_comes_before_the_round_before() -> None:
    assert headline(profile(ONE_STRONG), last=since(IT="better")).kind == "one_strong"


# --- The second sentence ----------------------------------------------------------------------------------------


def test_the_second_sentence_names_nothing_that_the_first_praises() -> None:
    praised, other = step("IT1a"), step("ED3a")
    found = headline(profile(ONE_STRONG, steps=steps(praised, other)))
    assert found.second == "To be improved: Known way of deciding."
    assert headline(counts(profile(ONE_STRONG, steps=steps(praised)), 5, 5)).second == "Keep the evidence current."
    assert headline(profile(HIGH, steps=steps(other))).second_kind != "improve_it"


def test_praise_that_stakeholders_contradict_is_on_paper() -> None:
    strong = {**ONE_STRONG, "CR": (84, 80, 88), "IT": (50, 48, 55)}
    both = joint(profile(strong), blind_spots=["CR1a"], steps=steps(step("CR1a")))
    assert headline(profile(strong), both).first == (
        "On paper, collective responsibility is the strongest side; the 3 other attributes cannot be told apart."
    )
    high = joint(profile(HIGH), blind_spots=["CR1a"], steps=steps(step("CR1a")))
    assert headline(profile(HIGH), high).first == ("On paper, all 4 attributes are largely or fully achieved.")


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ({**BETWEEN, "CR": BETWEEN["IT"], "IT": BETWEEN["CR"]}, "On paper, collective responsibility is strong;"),
        ({"CR": (66, 64, 67), "ED": (30, 28, 32)}, "On paper, collective responsibility stands clearly higher than"),
    ],
)
def test_every_praise_can_be_on_paper(scores: Scores, sentence: str) -> None:
    both = joint(profile(scores), blind_spots=["CR1a"], steps=steps(step("CR1a")))
    assert headline(profile(scores), both).first.startswith(sentence)


def test_praise_is_on_paper_also_where_something_else_is_more_urgent() -> None:
    first, later = step("ED3a"), step("CR1a")
    both = joint(profile(HIGH), blind_spots=["ED3a", "CR1a"], steps=steps(first, later))
    assert headline(profile(HIGH), both).first.startswith("On paper")


def test_what_may_be_divided_is_never_called_divided() -> None:
    panel = panels.tv10_document()
    unsure = panel.model_copy(
        update={"items": [item.model_copy(update={"verdict": "may_be_divided"}) for item in panel.items]}
    )
    both = joint(profile(), unsure, blind_spots=[], steps=steps(step("CR1a")))
    assert both.divided == []
    assert "divided" not in headline(profile(), both).second


def test_a_blind_spot_that_is_not_critical_waits() -> None:
    both = joint(profile(), blind_spots=["CR1c"], divided=[], steps=steps(step("CR1c", critical=False)))
    assert headline(profile(), both).second_kind == "improve_it"


def test_what_divides_outside_the_first_steps_waits() -> None:
    both = joint(profile(), blind_spots=[], steps=steps(step("ED3a"), step("CR1b", in_head=False)))
    assert headline(profile(), both).second_kind == "improve_it"


def test_in_public_no_group_is_named() -> None:
    groups = [unit.name for unit in panels.tv10_document().units if unit.name]
    both = joint(profile(), panels.tv10_public(), blind_spots=[], steps=steps(step("CR1b")))
    found = headline(profile(), both)
    assert found.second == "Groups are divided on this: Respective roles. Ask them why."
    spots = joint(profile(), panels.tv10_public(), blind_spots=["CR1a"], steps=steps(step("CR1a")))
    assert headline(profile(), spots).second == (
        "Shared responsibility is shown, yet stakeholders see less of it: ask them why."
    )
    assert not [name for name in groups if name in f"{found.first} {found.second}"]


def test_with_answers_of_stakeholders_alone_what_divides_is_named() -> None:
    nothing = every(unknown(), NOTHING)
    found = headline(nothing, joint(nothing, steps=no_steps()))
    assert found.second_kind == "divided"
    assert "Shared responsibility" in found.second


def test_where_much_is_unknown_the_second_sentence_says_how_much() -> None:
    document = counts(profile(MOST, steps=steps(step(kind="find_out", reason="not_known"))), 3, 3)
    assert headline(document).second == ("First find this out: Known way of deciding. 8 of 20 answers are not known.")


# --- The quick check --------------------------------------------------------------------------------------------


def test_a_quick_check_claims_and_shows_nothing() -> None:
    found = claims_headline({"CR1a": "F", "ED3a": None}, {"en": "Shared responsibility"})
    assert found.first == "This is what is claimed; nothing of it has been shown yet."
    assert found.second == "Show this first: Shared responsibility."
    assert claims_headline({"CR1a": "F", "ED3a": None}).second == "Not known: 1 of 2 answers."
    assert claims_headline({"CR1a": None}).first == "Nothing has been answered yet."


def test_of_an_example_only_the_text_is_said_to_say_little() -> None:
    example = stored().process.model_copy(update={"is_example": True})
    found = headline(every(unknown(), NOTHING).model_copy(update={"process": example}))
    assert found.first == "The text that was read says too little for any of the answers that are scored."
