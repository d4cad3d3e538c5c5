"""What is said of strengths, concerns, certainty, attributes, groups and comparisons."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from django.template import Context, Template

from assessments.comparing.build import build_comparison
from assessments.documents.comparison import AttributeVerdict, ComparisonDocument
from assessments.documents.comparison_parts import ItemStanding, LearnFrom
from assessments.documents.panel import PanelDocument
from assessments.documents.standouts import TransparencyPart
from assessments.documents.steps import AdviceText
from assessments.documents.values import Figure, points
from assessments.headlines import (
    attribute_headline,
    comparison_headline,
    concerns,
    divided_sentences,
    groups_headline,
    how_sure,
    known,
    known_of,
    strengths,
)
from assessments.headlines.levels import LETTER_LABELS
from assessments.headlines.pieces import said_of
from tests.builders import panels
from tests.comparing.test_build import document as stored_as
from tests.headlines.given import (
    ALIKE,
    claimed,
    counts,
    joint,
    no_steps,
    profile,
    step,
    steps,
    unknown,
    with_items,
)
from tests.results.test_both_tracks import result_of

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


# --- How much is known ------------------------------------------------------------------------------------------


def test_what_is_known_adds_up() -> None:
    document = counts(profile(), answered=4, shown=3, applicable=5)
    found = known(document)
    assert (found.shown, found.claimed, found.unknown, found.total) == (12, 4, 4, 20)
    assert found.sentence == "Of 20 answers: 12 shown, 4 claimed and not shown, 4 not known."
    assert known_of(document.attributes[0]).sentence == "Of 5 answers: 3 shown, 1 claimed and not shown, 1 not known."


# --- Strengths and concerns --------------------------------------------------------------------------------------


def test_a_strength_is_said_in_the_words_of_the_level_answered() -> None:
    document = result_of({"CR1a": 3, "CR1b": 3, "ED1a": 3, "IT1a": 3})
    found = strengths(document, document.steps)
    assert len(found) == 3
    for strength in found:
        assert strength.item.code in document.steps.strengths
        assert strength.text == strength.item.anchor["en"]
    assert {step.item for step in document.steps.steps}.isdisjoint(strength.item.code for strength in found)


def test_a_list_names_what_holds_in_full() -> None:
    items = result_of({"IT5b": {"inputs": "yes", "process": "no", "outputs": "yes"}}).items()
    assert said_of(items["IT5b"]) == "In full: inputs, outputs (2 of 3)."
    partly = result_of({"IT5b": {"inputs": "partly", "process": "partly", "outputs": "partly"}}).items()
    assert said_of(partly["IT5b"]) == "In part; nothing of it in full."


def test_an_answer_of_yes_or_no_is_said_as_it_was_given() -> None:
    item = result_of({"IT5c": {"": "yes"}}).items()["IT5c"]
    assert said_of(item) == "yes, with justification"


def concern(**changes: Any) -> Any:
    document = profile(steps=steps(step(**changes)))
    return concerns(document, document.steps)[0]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"kind": "find_out", "reason": "not_known", "critical": False}, "It is not known."),
        ({"kind": "find_out", "reason": "not_known", "critical": True}, "It is not known, and much rests on it."),
        (
            {"kind": "find_out", "reason": "not_known", "flagged": True},
            "It is not known, and groups are divided on it.",
        ),
        ({"kind": "find_out", "reason": "blind_spot"}, "It is shown, and stakeholders do not see it."),
        ({"kind": "find_out", "reason": "divided"}, "It is fully shown, and groups are divided on it."),
        (
            {"kind": "show_it", "reason": "claimed_above", "capped_because": "nothing_given"},
            "More is claimed than counts: nothing is given to show it.",
        ),
        (
            {"kind": "show_it", "reason": "claimed_above", "capped_because": "not_opened"},
            "More is claimed than counts: nobody else has opened the evidence.",
        ),
        (
            {"kind": "show_it", "reason": "claimed_above", "capped_because": "disputed"},
            "More is claimed than counts: the reviewer disputes it.",
        ),
        (
            {"item": "IT5b", "kind": "show_it", "reason": "claimed_above", "capped_because": "only_described"},
            "More is claimed than counts: it is only described, or others cannot open it.",
        ),
        (
            {"item": "CR1a", "kind": "show_it", "reason": "claimed_above", "capped_because": "only_described"},
            "More is claimed than counts: no record of the groups, and no survey of them, shows it.",
        ),
        ({"level": "N", "letter": "N"}, "It is not achieved."),
        ({"level": "P", "letter": "P"}, "It is achieved in part."),
        ({"level": "L", "letter": "L"}, "It is not fully achieved."),
        ({"level": "N", "letter": "L"}, "Stakeholders put it lower than the organiser."),
        (
            {"level": "P", "letter": "P", "flagged": True},
            "It is not fully achieved, and stakeholders see it differently.",
        ),
    ],
)
def test_why_something_is_a_step(changes: dict[str, Any], why: str) -> None:
    assert concern(**changes).why == why


@pytest.mark.parametrize(
    ("changes", "change"),
    [
        ({}, "The next level adds about 8 points to decision-making."),
        ({"at_stake": points(Fraction(1))}, "The next level adds about 1 point to decision-making."),
        (
            {"kind": "show_it", "reason": "claimed_above", "capped_because": "not_opened"},
            "Shown, it adds about 8 points to decision-making.",
        ),
        (
            {"kind": "find_out", "reason": "not_known"},
            "The range of decision-making would be about 8 points narrower.",
        ),
        (
            {"kind": "find_out", "reason": "divided", "at_stake": points(Fraction(0))},
            "Whether what is shown reaches stakeholders would be known.",
        ),
        ({"at_stake": points(Fraction(1, 3))}, "On the figure of decision-making it has hardly any effect."),
    ],
)
def test_what_a_step_would_change(changes: dict[str, Any], change: str) -> None:
    assert concern(**changes).change == change


def test_what_to_do_is_the_advice_or_what_would_settle_it() -> None:
    advice = AdviceText(
        code="R", trigger="NP", text={"en": "Write it down."}, basis_quote={}, basis_lines="", basis_case={}
    )
    assert concern(texts=[advice]).step == "Write it down."
    assert concern(hint={"en": "Ask them."}, settle_by={"en": "A survey"}).step == "Ask them."
    assert concern(settle_by={"en": "A survey"}).step == "A survey"
    assert concern().step == ""


def test_where_a_concern_stands_is_what_counts() -> None:
    document = profile(steps=steps(step()))
    lettered = with_items(document, lambda item: claimed(1, letter="P"))
    assert concerns(lettered, lettered.steps)[0].state == LETTER_LABELS["P"]
    open_ones = with_items(document, lambda item: unknown())
    assert concerns(open_ones, open_ones.steps)[0].state == "Not known"


def test_three_concerns_are_the_head_of_the_steps() -> None:
    document = profile(steps=steps(step("ED3a"), step("ED1a"), step("CR1a"), step("CR1b"), step("IT1a", in_head=False)))
    assert [found.item.code for found in concerns(document, document.steps)] == ["ED3a", "ED1a", "CR1a"]
    assert [found.item.code for found in concerns(document, document.steps, limit=9)][-1] == "CR1b"


# --- How sure -----------------------------------------------------------------------------------------------------


def transparency(full: int, opened: int) -> TransparencyPart:
    return TransparencyPart(full=full, opened=opened, opened_share=None, only_described=0, most_on_one=0, documents=[])


def test_how_sure_are_four_lines() -> None:
    document = counts(profile(transparency=transparency(17, 9)), answered=4, shown=3)
    lines = how_sure(document, joint(document))
    assert lines == [
        "Of 20 answers 16 are given, and 12 are shown.",
        "Evidence that others can open stands behind 17 answers; a second person opened it for 9.",
        "Of 300 stakeholders asked 64 answered, not drawn by lot; small groups are pooled.",
        "One side rated; another person could differ by up to about 17 points on an attribute.",
    ]
    assert all(len(line.split()) <= 25 for line in lines)


def test_how_sure_without_evidence_people_or_figures() -> None:
    document = profile(dict.fromkeys(ALIKE), transparency=transparency(0, 0))
    assert how_sure(document, None)[1:] == [
        "Nothing was given that others can open and check.",
        "Stakeholders were not asked.",
        "One side rated the process; nobody has rated it a second time.",
    ]


def people(**changes: Any) -> str:
    panel = panels.tv10_document()
    groups = changes.pop("groups", panel.groups)
    changed = panel.model_copy(update={"groups": groups, **changes})
    return how_sure(profile(), joint(profile(), changed))[2]


def test_who_answered_is_said_as_far_as_it_is_told() -> None:
    panel = panels.tv10_document()
    plain = [unit for unit in panel.units if not unit.is_pool]
    assert people(units=plain) == "Of 300 stakeholders asked 64 answered; they were not drawn by lot."
    assert people(withheld=None) == (
        "Of 300 stakeholders asked 64 are counted; groups with too few answers are left out."
    )
    by_link = [group.model_copy(update={"link_kind": "open"}) for group in panel.groups]
    assert people(groups=by_link) == (
        "64 responses of stakeholders count; how many people the open links reached is not known."
    )


# --- Attributes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (10, "Decision-making is not achieved."),
        (20, "Decision-making is partly achieved."),
        (60, "Decision-making is largely achieved."),
        (90, "Decision-making is fully achieved."),
    ],
)
def test_an_attribute_is_said_in_words(score: int, words: str) -> None:
    scores = {**ALIKE, "ED": (score, score, score)}
    document = counts(profile(scores), 5, 5)
    assert attribute_headline(document.attribute("ED"), document) == f"{words} Nothing of it has to be done first."
    early = counts(profile(scores, early=["ED"]), 5, 5)
    assert attribute_headline(early.attribute("ED"), early).startswith(f"{words[:-1]}, as an early sign.")


def test_an_attribute_without_a_figure_says_so() -> None:
    document = counts(profile({**ALIKE, "ED": None}), 3, 3)
    assert attribute_headline(document.attribute("ED"), document) == (
        "Decision-making: too little is known and shown to give a figure. Not known: 2 of 5 answers."
    )
    nothing = document.attribute("ED").model_copy(update={"status": "not_applicable"})
    assert attribute_headline(nothing, document) == "Decision-making: nothing of it applies to this process."


def test_what_stands_out_in_an_attribute() -> None:
    document = profile(steps=steps(step("ED3a")))
    assert attribute_headline(document.attribute("ED"), document).endswith("To be improved: Known way of deciding.")
    spots = joint(document, blind_spots=["CR1a"], steps=steps(step("CR1a")))
    assert attribute_headline(document.attribute("CR"), document, spots).endswith(
        "Stakeholders see less of this than is shown: Shared responsibility."
    )
    divided = joint(document, blind_spots=[], steps=no_steps())
    assert attribute_headline(document.attribute("CR"), document, divided).endswith(
        "Groups are divided on 2 of its questions, for example Shared responsibility."
    )
    once = divided.model_copy(update={"divided": divided.divided[:1]})
    assert attribute_headline(document.attribute("CR"), document, once).endswith(
        "Groups are divided on Shared responsibility."
    )


def test_sentences_one_after_the_other_are_marked_up_one_by_one() -> None:
    document = counts(profile(), 5, 5)
    both = attribute_headline(document.attribute("ED"), document)
    assert Template("{{ both }}").render(Context({"both": both})) == both


# --- Groups -------------------------------------------------------------------------------------------------------


def of(panel: PanelDocument, **verdicts: str | None) -> PanelDocument:
    items = [item.model_copy(update={"verdict": verdicts.get(item.code, item.verdict)}) for item in panel.items]
    return panel.model_copy(update={"items": items})


def test_groups_are_said_to_be_divided_on_so_much() -> None:
    both = joint(profile())
    assert groups_headline(both) == (
        "Groups are divided on 2 of 3 questions that could be compared. Civil society see least on all of them."
    )
    assert divided_sentences(both) == [
        "Shared responsibility: Business see most of it (largely), Civil society least (partly).",
        "Respective roles: Technical community see most of it (largely), Civil society least (partly).",
    ]


def test_most_of_it_is_not_all_of_it() -> None:
    found = joint(profile())
    third = found.divided[0].model_copy(update={"item": "CR1c", "lowest": ["Business"]})
    both = found.model_copy(update={"divided": [*found.divided, third]})
    assert groups_headline(both).endswith("Civil society see least on 2 of them.")
    half = found.model_copy(update={"divided": [found.divided[0], third]})
    assert groups_headline(half).endswith("could be compared.")


def test_in_public_groups_have_no_names() -> None:
    both = joint(profile(), panels.tv10_public())
    assert groups_headline(both) == "Groups are divided on 2 of 3 questions that could be compared."
    assert divided_sentences(both) == [
        "Shared responsibility: groups are divided.",
        "Respective roles: groups are divided.",
    ]


def test_two_ends_in_one_band_are_not_told_by_its_name() -> None:
    both = joint(profile())
    items = []
    for item in both.panel.items:
        if item.cells:
            same = [cell.model_copy(update={"mean": _figure(60)}) for cell in item.cells.groups]
            item = item.model_copy(update={"cells": item.cells.model_copy(update={"groups": same})})
        items.append(item)
    alike = both.model_copy(update={"panel": both.panel.model_copy(update={"items": items})})
    assert divided_sentences(alike)[0] == "Shared responsibility: Business see most of it, Civil society least."


def _figure(value: int) -> Figure:
    return points(Fraction(value))


def test_several_groups_at_one_end_are_counted() -> None:
    both = joint(profile())
    line = both.divided[0].model_copy(update={"lowest": ["Civil society", "Business"]})
    assert "2 groups least" in divided_sentences(both.model_copy(update={"divided": [line]}))[0]


def test_groups_that_agree_or_cannot_be_told() -> None:
    panel = panels.tv10_document()
    agree = of(panel, CR1a="aligned", CR1b="aligned", CR1c="aligned")
    assert groups_headline(joint(profile(), agree)) == (
        "Groups are divided on none of the 3 questions that could be compared."
    )
    unsure = of(panel, CR1a="may_be_divided", CR1b="aligned", CR1c="aligned")
    assert groups_headline(joint(profile(), unsure)) == (
        "Groups are surely divided on none of 3 questions; on 1 too few answered to tell."
    )
    nothing = of(panel, CR1a=None, CR1b=None, CR1c=None)
    silent = panel.model_copy(update={"items": [item.model_copy(update={"verdict": None}) for item in nothing.items]})
    assert groups_headline(joint(profile(), silent)) == "Too few groups answered to say where they differ."


# --- Comparisons --------------------------------------------------------------------------------------------------


HEAD = {"item": "CR1a", "short": {"en": "Shared responsibility"}, "attribute": "CR", "critical": True}


def compared(*verdicts: str, teachers: str = "", **changes: Any) -> ComparisonDocument:
    """Two processes, A and B, with these verdicts; `teachers` show something in full that another lacks."""
    document = build_comparison([stored_as("A", "a", (60, 60, 60, 60)), stored_as("B", "b", (60, 60, 60, 60))])
    entries = [
        AttributeVerdict(attribute="IT", verdict=word, difference=None, threshold=None, why=None)  # type: ignore[arg-type]
        for word in verdicts
    ]
    pair = document.pairs[0].model_copy(update={"attributes": entries})
    learn = [
        LearnFrom(**HEAD, teachers=[ItemStanding(code=code, letter="F", shown=True, links=[])], learners=[])
        for code in teachers
    ]
    return document.model_copy(update={"pairs": [pair], "learn_from": learn, **changes})


@pytest.mark.parametrize(
    ("document", "sentences"),
    [
        (
            lambda: compared("first_higher", "cannot_be_told_apart", "not_compared", teachers="ab"),
            [
                "Each of the 2 processes shows something in full that another says it lacks.",
                "Of 2 pairs of figures that can be compared, 1 can be told apart.",
            ],
        ),
        (
            lambda: compared("cannot_be_told_apart", "cannot_be_told_apart", teachers="b"),
            [
                "1 of 2 processes shows something in full that another says it lacks.",
                "2 pairs of figures can be compared, and none of them can be told apart.",
            ],
        ),
        (
            lambda: compared("not_compared"),
            [
                "Nothing is shown in full by one process here that another says it lacks.",
                "No two figures can be compared: too little is known and shown.",
            ],
        ),
        (lambda: compared(pairs=[]), ["There are no two results here that can be compared."]),
    ],
)
def test_a_comparison_says_what_can_be_learnt_and_ranks_nobody(
    document: Callable[[], ComparisonDocument], sentences: list[str]
) -> None:
    assert comparison_headline(document()) == sentences
