"""docs/method.md: what it says in numbers is what the scoring computes with."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from assessments.scoring import method, one_decimal, whole
from assessments.scoring.comparison import noise_threshold
from assessments.scoring.evidence import CountedAttribute
from assessments.scoring.model import default_weights
from tests.scoring.example import as_values, worked_example
from tests.scoring.given import DESCRIPTION, ITEMS, NOT_FOR_DIALOGUES, OPENED_LINK, RULES
from tests.scoring.instrument import CRITICAL, NA_ALLOWED, specs_of

TEXT = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
FRACTIONS = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅙": "1/6"}


def rows(first: str) -> list[list[str]]:
    """The other cells of every table row that begins with a cell."""
    found = re.findall(rf"^\| {re.escape(first)} \|(.*)\|$", TEXT, re.MULTILINE)
    return [[cell.strip() for cell in row.split("|")] for row in found]


def section(heading: str) -> str:
    """The text below a heading, up to the next of any level."""
    return TEXT.partition(f"\n{heading}\n")[2].partition("\n#")[0]


def test_it_is_of_the_version_that_is_described() -> None:
    assert f"Version {method.METHOD_VERSION} " in TEXT


def test_the_first_page_can_be_read_in_three_minutes() -> None:
    assert 300 < len(section("## On one page").split()) < 500
    assert TEXT.index("## On one page") < TEXT.index("## The exact rules")


def test_words_that_promise_too_much_are_never_said() -> None:
    assert not re.search(r"margin of error|meaningful|\bahead\b|statistically significant", TEXT, re.IGNORECASE)


def test_every_rule_says_why() -> None:
    headings = re.findall(r"^### 3\.\d+ .*$", TEXT, re.MULTILINE)
    assert len(headings) == 13
    without = [heading for heading in headings if "Why: " not in section(heading)]
    assert without == ["### 3.11 Edge cases"]


def test_limits_of_disagreement() -> None:
    limits = [Fraction(cell) for row in rows("q") for cell in row]
    assert limits == [*method.QUANTILES.values(), method.QUANTILE_FROM_21, method.QUANTILE_FROM_41]
    expected = [float(cell) for row in rows("d") for cell in row]
    widest = max(method.NORMAL_RANGES.values())
    assert expected == [*method.NORMAL_RANGES.values(), widest, widest]


def test_quantiles_of_t() -> None:
    (degrees,), (quantiles,) = rows("D up to"), rows("t")
    assert degrees == [*(str(most) for most, _ in method.T_QUANTILES), "more"]
    assert [Fraction(cell) for cell in quantiles] == [*(t for _, t in method.T_QUANTILES), method.T_BEYOND]


@pytest.mark.parametrize(
    ("first", "difference"),
    [
        ("between processes (D2 = ½)", method.RATER_DIFFERENCE),
        ("over time, same person (D2 = ¼)", method.RATER_DIFFERENCE_SAME),
    ],
)
def test_thresholds_of_the_shipped_set(first: str, difference: Fraction) -> None:
    squares = [
        sum((weight**2 for weight in default_weights(specs_of(attribute)).values()), Fraction(0))
        for attribute in ("IT", "CR", "ED", "CO")
    ]
    assert rows("Q") == [[str(value) for value in squares]]
    assert rows(first) == [[str(noise_threshold(value, difference)) for value in squares]]


def test_letters() -> None:
    items = ", ".join(f"{letter} {float(edge):g}" for letter, edge in method.BANDS)
    attributes = ", ".join(f"{letter} {float(edge):g}" for letter, edge in method.ATTRIBUTE_BANDS)
    assert rows("of items") == [[items]]
    assert rows("of attributes and of groups' profiles") == [[attributes]]


def test_lists_of_items_are_those_of_the_shipped_set() -> None:
    assert set(re.findall(r"\w+", section("### 3.6 Critical items").partition(".")[0])) == CRITICAL
    allowed = re.search(r"only if the set allows it \(([^)]*)\)", TEXT)
    dialogue = re.search(r"may not apply to a kind \(([^)]*) not to a dialogue\)", TEXT)
    assert allowed is not None
    assert dialogue is not None
    assert set(allowed[1].split(", ")) == NA_ALLOWED
    assert set(dialogue[1].split(", ")) == NOT_FOR_DIALOGUES
    assert {spec.code for spec in ITEMS} > CRITICAL


def test_contradictions_are_those_of_the_shipped_set() -> None:
    for rule in RULES:
        ((condition, unknown, named),) = rows(rule.code)
        assert rule.a in condition
        assert rule.b in unknown
        assert bool(named) == bool(rule.named)


def test_the_example_is_computed_by_the_method() -> None:
    (found,) = worked_example().attributes
    for code, (claimed, known, counted, shown) in as_values(worked_example()).items():
        row = next(row for row in rows(code) if len(row) == 6)
        assert [FRACTIONS.get(cell, cell) for cell in row[2:5]] == [str(claimed), str(known), str(counted)]
        assert row[5] == ("yes" if shown else "no")
    assert found.score is not None
    assert found.claimed is not None
    said = section("## An example")
    for figure in (
        f"= {found.coverage}; H",
        f"= {found.shown_share}, below ⅔: **{found.status}**",
        f"= {found.score} = {one_decimal(found.score)}: **{found.letter}**. Claimed: {one_decimal(found.claimed)}.",
    ):
        assert figure in said
    assert found.low is not None
    assert found.high is not None
    assert f"= {one_decimal(found.low)}. High" in said
    assert f"= {one_decimal(found.high)}.\n" in said


def test_what_would_change_the_example() -> None:
    (described,) = worked_example(of_1b=(DESCRIPTION,)).attributes
    (opened,) = worked_example(of_1a=(OPENED_LINK,), of_1b=(DESCRIPTION,)).attributes
    (neither,) = worked_example(of_1a=()).attributes
    assert described.score is not None
    assert opened.score is not None
    said = section("## An example")
    assert (
        f"H = {described.shown_share}, S = {one_decimal(described.score)}, "
        f"**{described.status}**, {described.letter}, {ends(described)}."
    ) in said
    assert f"S = {one_decimal(opened.score)}, {opened.letter}, {ends(opened)}." in said
    assert f"H = {neither.shown_share}, **{neither.status}**, {ends(neither)}." in said


def ends(found: CountedAttribute) -> str:
    return " to ".join(whole(end) for end in (found.low, found.high) if end is not None)
