"""The public method page: one page for everybody, and rules that are those scores are computed with."""

import re
from fractions import Fraction
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.scoring import method, one_decimal
from assessments.scoring.comparison import noise_threshold
from assessments.scoring.evidence import CountedAttribute
from assessments.scoring.experience.disagreement import quantile
from attributes.loading import store_spec
from attributes.models import QuestionSet
from attributes.public import method_numbers
from attributes.schema import QuestionSetSpec
from tests.scoring.example import as_values, worked_example
from tests.scoring.given import DESCRIPTION, OPENED_LINK

pytestmark = pytest.mark.django_db
NEVER_SAID = re.compile(r"margin of error|meaningful|\bahead\b|statistically significant", re.IGNORECASE)


@pytest.fixture
def whole_page(client: Client, shipped: QuestionSet) -> str:
    """The page of the shipped set, each run of white space as one blank."""
    return words_of(client)


def words_of(client: Client, query: str = "") -> str:
    response = client.get(reverse("attributes:method") + query)
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def section(page: str, start: str, end: str) -> str:
    """What stands between two ids."""
    found = re.search(rf'id="{start}".*?id="{end}"', page)
    assert found is not None
    return found[0]


def rows(table: str) -> list[list[str]]:
    """The cells of every row of a table's body."""
    body = table.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row)]
        for row in re.findall(r"<tr>.*?</tr>", body)
    ]


def test_the_first_page_comes_first_and_is_short(whole_page: str) -> None:
    assert whole_page.index('id="one-page"') < whole_page.index('id="rules"')
    text = re.sub(r"<[^>]*>", " ", section(whole_page, "one-page", "rules"))
    assert 300 < len(text.split()) < 550


def test_rules_are_closed_at_first_and_begin_with_their_reason(whole_page: str) -> None:
    rules = whole_page[whole_page.index('id="rules"') :]
    assert rules.count("<details>") == 11
    assert "<details open" not in rules
    for heading in re.findall(r"<h3 .*?</h3>(.{0,30})", rules):
        assert heading.strip().startswith(("<p ", "<ul "))


def test_words_that_promise_too_much_are_never_said(whole_page: str) -> None:
    assert NEVER_SAID.findall(section(whole_page, "one-page", "credit")) == []


def test_critical_items_are_named(whole_page: str) -> None:
    for code in ("IT1a", "IT5a", "CR1a", "ED1a", "ED3a", "CO1a"):
        assert f"#{code}" in whole_page


def test_contradictions_of_the_set_are_listed_in_its_words(whole_page: str) -> None:
    listed = rows(section(whole_page, "table-contradictions", "evidence"))
    assert listed == [
        ["X1", "IT2a: does not exist", "IT2b: partly mitigated; mitigated", "not mitigated"],
        ["X2", "IT2a: exists", "IT2b: absent; not applicable", ""],
        ["X3", "IT3a: does not exist", "IT3b: yes, with justification", "no"],
        ["X4", "IT3a: exists", "IT3b: absent; not applicable", ""],
        ["X5", "IT3a: exists; don’t know; not answered", "IT3c: not applicable", ""],
        ["X6", "IT5a: Not achieved", "IT5c: not applicable", ""],
    ]


def test_items_that_a_kind_is_not_asked_are_listed(whole_page: str) -> None:
    found = re.search(r"Not asked of some kinds:.*?</ul>", whole_page)
    assert found is not None
    assert re.findall(r"<li> (\w+) – .*?: ([\w ]+) </li>", found[0]) == [
        (code, "Holds a dialogue") for code in ("ED2a", "ED4a", "ED4c", "ED4d")
    ]


@pytest.mark.usefixtures("empty_site")
def test_a_set_without_such_rules_has_no_tables_for_them(client: Client, small: dict[str, Any]) -> None:
    del small["contradictions"]
    for item in small["attributes"][0]["questions"][0]["items"]:
        item.pop("not_for", None)
        item.pop("reading", None)
    store_spec(QuestionSetSpec.model_validate(small))
    page = words_of(client, "?set=small")
    assert "table-contradictions" not in page
    assert "Not asked of some kinds" not in page


def test_no_review_is_promised_that_nobody_can_make(whole_page: str) -> None:
    assert "A reviewer who has looked may replace a value" not in whole_page
    assert "unless a reviewer has looked at them" not in whole_page


def test_points_and_thresholds_follow_from_the_set(whole_page: str) -> None:
    assert [row[1:] for row in rows(section(whole_page, "table-steps", "over-time"))] == [
        ["9", "6.7", "17", "12"],
        ["3", "11.1", "27", "19"],
        ["8", "8.3", "20", "14"],
        ["10", "4.2", "16", "11"],
    ]
    assert "30 in all" in whole_page
    assert "16 to 27 or more" in whole_page


@pytest.mark.usefixtures("empty_site")
def test_a_set_with_one_threshold_names_it_once(client: Client, small: dict[str, Any]) -> None:
    small |= {"attributes": small["attributes"][:1], "crosswalk": []}
    store_spec(QuestionSetSpec.model_validate(small))
    first = section(words_of(client), "one-page", "rules")
    assert re.search(r"many points apart: \d+ or more\.", first)


@pytest.mark.alike
@pytest.mark.parametrize("difference", [method_numbers.DIFFERENT_RATERS, method_numbers.SAME_RATER, Fraction(0)])
@pytest.mark.parametrize("top_level", [1, 3, 6])
@pytest.mark.parametrize("items", [1, 3, 8, 100])
def test_thresholds_are_those_of_the_method(items: int, top_level: int, difference: Fraction) -> None:
    weights = [Fraction(1, items)] * items
    expected = noise_threshold(sum((weight**2 for weight in weights), Fraction(0)), difference, top_level)
    assert method_numbers.threshold(weights, difference, top_level) == expected


def test_numbers_are_those_of_the_method() -> None:
    assert method_numbers.DIFFERENT_RATERS == method.RATER_DIFFERENCE
    assert method_numbers.SAME_RATER == method.RATER_DIFFERENCE_SAME
    assert method_numbers.NORMAL_SQUARED == method.NORMAL_SQUARED
    assert method_numbers.LEAST_DIFFERENCE == method.DIFFERENCE_LEAST
    assert tuple((str(most), f"{float(t):.2f}") for most, t in method.T_QUANTILES) == method_numbers.T_QUANTILES
    assert float(method.T_BEYOND) == float(method_numbers.T_BEYOND)
    widest = max(method.NORMAL_RANGES.values())
    for groups, limit, expected in method_numbers.GROUP_LIMITS:
        for number in map(int, groups.split("–")):
            found = (Fraction(limit), float(expected))
            assert found == (quantile(number), method.NORMAL_RANGES.get(number, widest))
    assert [groups for groups, *_ in method_numbers.GROUP_LIMITS[:-2]] == [str(groups) for groups in method.QUANTILES]


def test_tables_of_numbers_are_complete(whole_page: str) -> None:
    assert rows(section(whole_page, "table-limits", "sampling")) == [list(row) for row in method_numbers.GROUP_LIMITS]
    assert rows(section(whole_page, "table-t", "comparison")) == [
        *(list(row) for row in method_numbers.T_QUANTILES),
        ["more", method_numbers.T_BEYOND],
    ]


def test_constants_in_words_are_those_of_the_method(whole_page: str) -> None:
    edges = ", ".join(f"{letter} to {float(edge):g}" for letter, edge in method.ATTRIBUTE_BANDS[:-1])
    assert f"Of attributes and groups: {edges}, F above." in whole_page
    for sentence in (
        f"has at least {method.SENTENCE_LENGTH} characters",
        f"from {method.THRESHOLD_LOWEST} to {method.THRESHOLD_HIGHEST}, before the launch",
        f"from {method.PUBLIC_ITEM_UNITS} confidential groups used on it",
        f"from {method.PUBLIC_GROUP_UNITS} confidential groups that count",
        f"{method.MEASURED_ASSESSMENTS} assessments and {method.MEASURED_PAIRS} items",
        f"(at least {method.RATER_DIFFERENCE_LEAST})",
        f"t² ≥ {float(method.NORMAL_SQUARED)} × 10000",
        f"the score rounded up − {method.LEAST_WIDTH},",
        f"the difference must be at least {method.DIFFERENCE_LEAST} points",
        f"{float(method.DEPENDS_POINTS):g} points or more, the result says that it depends",
    ):
        assert sentence in whole_page
    assert rows(section(whole_page, "table-evidence", "attribute-score"))[0][2] == str(method.CAP_NOTHING_GIVEN)
    assert rows(section(whole_page, "table-evidence", "attribute-score"))[1][2] == str(method.CAP_DESCRIBED)
    assert rows(section(whole_page, "table-evidence", "attribute-score"))[2][2] == str(method.CAP_OPEN)


def test_the_answers_of_the_example_count_as_the_page_says(whole_page: str) -> None:
    printed = {row[0]: tuple(row[3:]) for row in rows(section(whole_page, "table-example", "overall"))}
    assert printed == {
        code: (str(claimed), str(known), str(counted), "yes" if shown else "no")
        for code, (claimed, known, counted, shown) in as_values(worked_example()).items()
    }


def test_the_example_is_computed_by_the_method(whole_page: str) -> None:
    example = section(whole_page, "example", "overall")
    (found,) = worked_example().attributes
    assert found.score is not None
    assert found.claimed is not None
    assert found.low is not None
    assert found.high is not None
    for said in (
        f"= {found.coverage}. ",
        f"= {found.shown_share}. That is below 2/3, so the score is {found.status}.",
        f"= {one_decimal(found.score)}, letter {found.letter}.",
        f"= {one_decimal(found.claimed)}. ",
        f"= {one_decimal(found.low)}. ",
        f"= {one_decimal(found.high)}. ",
    ):
        assert said.strip() in re.sub(r"<[^>]*>", "", example)


def said_of(found: CountedAttribute) -> str:
    ends = [one_decimal(end) for end in (found.low, found.high) if end is not None]
    score = "no score" if found.score is None else f"score {one_decimal(found.score)}, letter {found.letter}"
    return f"{score}, range {' to '.join(ends)}, {found.status}."


def test_what_would_change_the_example_is_computed_too(whole_page: str) -> None:
    example = section(whole_page, "example", "overall")
    (described,) = worked_example(of_1b=(DESCRIPTION,)).attributes
    (opened,) = worked_example(of_1a=(OPENED_LINK,), of_1b=(DESCRIPTION,)).attributes
    (neither,) = worked_example(of_1a=()).attributes
    assert f"One sentence that describes 1b: {said_of(described)}" in example
    assert f"finds that it shows the point: {said_of(opened)}" in example
    assert f"Had neither 1a nor 1b any evidence: {said_of(neither)}" in example
