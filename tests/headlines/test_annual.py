"""The two sentences of an annual page, by rule: every kind, one and several."""

import re
from fractions import Fraction
from typing import Any, get_args

import pytest

from assessments.documents.annual import AnnualDocument, PromisesPart, RoundBefore
from assessments.documents.comparison_parts import RoundAttribute
from assessments.documents.values import points, share
from assessments.headlines import annual
from assessments.headlines.annual import annual_headline
from assessments.headlines.promised import promises_headline
from tests.builders import panels
from tests.headlines.given import ALL, joint, profile

NOTHING = PromisesPart()
MOST_WORDS = 25


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"kept": 1}, "The one promise of last time is kept."),
        ({"late": 1}, "The one promise of last time is late."),
        ({"waiting": 1}, "The one promise of last time is open, and not late."),
        ({"dropped": 1}, "The one promise of last time was dropped."),
        ({"kept": 3}, "All 3 promises of last time are kept."),
        ({"late": 2}, "All 2 promises of last time are late."),
        ({"waiting": 2}, "All 2 promises of last time are open, and none is late."),
        ({"dropped": 4}, "All 4 promises of last time were dropped."),
        ({"kept": 1, "late": 1, "dropped": 1}, "Of 3 promises, 1 is kept, 1 late and 1 dropped."),
        ({"kept": 2, "late": 1, "dropped": 1}, "Of 4 promises, 2 are kept, 1 late and 1 dropped."),
        ({"kept": 1, "late": 2}, "Of 3 promises, 1 is kept and 2 late."),
        ({"kept": 2, "waiting": 1}, "Of 3 promises, 2 are kept and 1 open, not late."),
        ({"late": 1, "dropped": 2}, "None of the 3 promises is kept: 1 late, 2 dropped."),
        ({"late": 1, "waiting": 2}, "None of the 3 promises is kept yet: 1 late, 2 open and not late."),
    ],
)
def test_what_became_of_promises_is_one_sentence(counts: dict[str, int], said: str) -> None:
    assert promises_headline(PromisesPart(**counts), NOTHING) == said


def test_every_mixture_of_fates_has_a_sentence_with_each_of_its_numbers() -> None:
    names = ("kept", "late", "waiting", "dropped")
    for mask in range(1, 16):
        counts = {name: 2 + place for place, name in enumerate(names) if mask & (1 << place)}
        said = promises_headline(PromisesPart(**counts), NOTHING)
        if len(counts) > 1:
            assert {str(count) for count in counts.values()} <= set(re.findall(r"\d+", said))
        assert "%" not in said
        assert len(said.split()) <= MOST_WORDS


def test_where_nothing_was_promised_it_says_what_is_promised_now() -> None:
    one, two = PromisesPart(waiting=1), PromisesPart(waiting=2)
    assert promises_headline(NOTHING, NOTHING) == "Nothing was promised last time."
    assert promises_headline(NOTHING, one) == "Nothing was promised last time; 1 promise is made now."
    assert promises_headline(NOTHING, two) == "Nothing was promised last time; 2 promises are made now."


def test_what_is_not_public_is_not_said_not_to_be_there() -> None:
    assert promises_headline(PromisesPart(has_others=True), NOTHING) == "What was promised last time is not public."


def before(why: Any = None, **verdicts: str) -> RoundBefore:
    """The round before, by the verdict of each attribute."""
    found = [
        RoundAttribute(
            attribute=code,
            share_before=share(Fraction(1)),
            share_after=share(Fraction(1)),
            items=5,
            why=None,
            before=points(Fraction(50)),
            after=points(Fraction(60)),
            difference=points(Fraction(10)),
            threshold=8,
            same_raters=True,
            verdict=verdicts.get(code, "within_re_rating"),  # type: ignore[arg-type]  # a key of the vocabulary
            expected_moves=1,
            parts=[],
            moved=[],
            unmatched=[],
        )
        for code in ALL
    ]
    return RoundBefore(
        code="before", round=1, title="", submitted_on="2025-11-01", why=why, attributes=[] if why else found
    )


def page(earlier: RoundBefore | None, **fields: Any) -> AnnualDocument:
    return AnnualDocument(
        title="",
        year="2026",
        foreword="",
        as_of="",
        result=profile(),
        before=earlier,
        promised=fields.pop("promised", PromisesPart(kept=1)),
        promises=fields.pop("promises", NOTHING),
        panel=None,
        asked_then=None,
        attributes_of_groups=[],
        groups=[],
        quoted=None,
        decided=None,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("earlier", "kind", "said"),
    [
        (before(CR="better"), "one_better", "Collective responsibility is better than last time."),
        (before(CR="better", IT="better"), "some_better", "Several attributes are better than last time."),
        (
            before(CR="better", IT="better", ED="better", CO="better"),
            "all_better",
            "All attributes are better than last time.",
        ),
        (
            before(CR="lower", IT="lower", ED="lower", CO="lower"),
            "all_lower",
            "All attributes are lower than last time.",
        ),
        (before(CR="lower"), "one_lower", "Collective responsibility is lower than last time."),
        (before(CR="lower", ED="lower"), "some_lower", "Several attributes are lower than last time."),
        (
            before(CR="lower", IT="better"),
            "both",
            "Collective responsibility is lower than last time; taking part is better.",
        ),
        (before(IT="mostly_shown"), "shown", "What moved since last time is mostly how much is shown."),
        (before(), "nothing", "Nothing has moved further than rating again could move it."),
        (before("question_set"), "not_compared", "What moved since last time cannot be told."),
    ],
)
def test_what_moved_is_said_by_the_rule_over_time(earlier: RoundBefore, kind: str, said: str) -> None:
    found = annual_headline(page(earlier), None)
    assert (found.moved_kind, found.seen_kind, found.moved) == (kind, "", said)


@pytest.mark.django_db
def test_a_first_round_says_what_is_promised_and_how_it_stands() -> None:
    one = annual_headline(page(None, promises=PromisesPart(waiting=1)), None)
    assert one.promises == "This is the first round; 1 promise is made on it."
    assert one.moved == "The 4 attributes cannot be told apart."
    two = annual_headline(page(None, promises=PromisesPart(waiting=2)), None)
    assert two.promises == "This is the first round; 2 promises are made on it."
    none = annual_headline(page(None), None)
    assert none.promises == "This is the first round, and nothing is promised on it yet."
    hidden = annual_headline(page(None, promises=PromisesPart(has_others=True)), None)
    assert hidden.promises == "This is the first round; what is promised on it is not public."


@pytest.mark.django_db
def test_the_group_that_sees_least_is_named_where_it_may_be() -> None:
    found = annual_headline(page(before(IT="better")), joint(profile()))
    panel = panels.tv10_document()
    told = [figure for entry in panel.attributes if entry.by_group for figure in entry.groups]
    least = min(told, key=lambda figure: figure.score.value)
    assert found.seen_kind == "group"
    assert found.moved == (
        f"Taking part is better than last time; {panel.unit(least.unit).name} see least of collective responsibility."
    )


@pytest.mark.django_db
def test_no_group_is_named_where_figures_by_group_are_not_told() -> None:
    panel = panels.tv10_document()
    hidden = panel.model_copy(
        update={
            "attributes": [entry.model_copy(update={"hidden": "few_units", "groups": []}) for entry in panel.attributes]
        }
    )
    found = annual_headline(page(before(IT="better")), joint(profile(), hidden))
    assert found.seen_kind != "group"


def test_every_kind_is_there_with_each_way_of_not_seeing_and_short_enough() -> None:
    kinds = set(get_args(annual.MovedKind)) - {"first_round"}
    assert set(annual.MOVED) == {(kind, seen) for kind in kinds for seen in get_args(annual.SeenKind)}
    for (kind, seen), words in annual.MOVED.items():
        slots = set(re.findall(r"%\((\w+)\)s", str(words)))
        assert ("unseen" in slots) == bool(seen)
        assert ("group" in slots) == (seen == "group")
        assert ("better" in slots) == (kind in ("both", "one_better"))
        assert ("lower" in slots) == (kind in ("both", "one_lower"))
        assert len(str(words).split()) <= MOST_WORDS
