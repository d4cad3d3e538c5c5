"""Files and functions stay short enough to be read: what is longer is named here, with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPLICATIONS = ("assessments", "attributes", "msgov")
# A function is to have about forty.
MOST_LINES, MOST_OF_A_FUNCTION = 300, 45

# One subject each, that would be looked for in two places if it were split.
LONG_FILES = {
    "assessments/permissions.py": "who may do what is one table, and every way to an assessment goes through it",
    "assessments/vocabulary.py": "all states and their labels, so that none is spelt twice",
    "msgov/settings.py": "every setting, as Django wants it",
}
LONG_FUNCTIONS = {
    # A field a line: what a page or a document says, in its order.
    "assessments/answering/page.py:item_block": "what the template of an item is given",
    "assessments/answering/standing.py:evidence_block": "what the template of its evidence is given",
    "assessments/comparing/build.py:build_comparison": "the document of a comparison",
    "assessments/over_time/build.py:build_over_time": "the document of rounds over time",
    "assessments/panels/public.py:_attribute": "what is public of an attribute, and what is left out",
    "assessments/reports/comparison_html.py:comparison": "what the template of a comparison is given",
    "assessments/results/panel_lines.py:panel_context": "what templates of a panel are given",
    "assessments/results/sections.py:item_result": "the document of an item",
    # One transaction, in the order of its steps.
    "assessments/demo/seeding.py:_round": "one round of an example, from its start to its publication",
    "assessments/records/services/publishing.py:publish": "what is refused, and what is stored for good",
    "assessments/respond/services.py:save_questionnaire": "what is refused, and what is stored, under one lock",
    # What all mails have in common, told once.
    "msgov/notices/receivers.py:_queue": "who gets a mail, and what stands in it",
    # One formula, in the order of the method.
    "assessments/scoring/evidence/attribute.py:count_attribute": "the score of an attribute (method 3.5)",
}


def sources() -> Iterator[tuple[str, str]]:
    """Every module of the product with its text, migrations aside."""
    for application in APPLICATIONS:
        for path in sorted((ROOT / application).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def long_functions() -> set[str]:
    """The functions that are longer than they may be, by file and name."""
    return {
        f"{name}:{node.name}"
        for name, text in sources()
        if len(text.splitlines()) > MOST_OF_A_FUNCTION
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MOST_OF_A_FUNCTION
    }


def test_files_are_short_or_say_why_not() -> None:
    found = {name for name, text in sources() if len(text.splitlines()) > MOST_LINES}
    assert sorted(found - LONG_FILES.keys()) == []
    assert sorted(LONG_FILES.keys() - found) == [], "no longer too long"


def test_functions_are_short_or_say_why_not(long_functions: set[str]) -> None:
    assert sorted(long_functions - LONG_FUNCTIONS.keys()) == []
    assert sorted(LONG_FUNCTIONS.keys() - long_functions) == [], "no longer too long"
