"""What is wrong with a draft, in the words of its forms: by the code of the rule, not by its English."""

from typing import Any

import pytest

from attributes.broken import Broken, Rule
from attributes.documents.documents import Address, Problem, refused
from attributes.editor.forms.reasons import reason_of

# No form can send these: they are said to those who write files.
ONLY_IN_FILES = {
    Rule.FRACTION_NOT_REDUCED,
    Rule.LEVEL_NUMBER,
    Rule.NO_ANCHORS,
    Rule.NO_OPTIONS,
    Rule.NO_STATES,
}


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_has_words_for_whoever_fills_in_a_form(rule: Rule) -> None:
    broken = Broken(rule, "x1")
    said = reason_of(Problem(Address("set"), (), broken.reason, "rule", rule.name, broken.value))
    assert (said == broken.reason) is (rule in ONLY_IN_FILES | {Rule.TWICE})


@pytest.mark.parametrize(
    ("rule", "value", "words"),
    [
        (Rule.TWICE, "it's", '"it\'s" occurs twice'),
        (Rule.RESERVED, "other", "'other' has a meaning of its own here: take another key"),
        (Rule.NO_SUCH_ITEM, "IT9x", "There is no item 'IT9x'"),
        (Rule.OTHER_PLACEHOLDER, "{resource}", "{resource} is the only word that may stand in braces"),
        (
            Rule.OTHER_PLACEHOLDERS,
            "{resource} and {process}",
            "{resource} and {process} are the only words that may stand in braces",
        ),
    ],
)
def test_the_value_is_named(rule: Rule, value: str, words: str) -> None:
    assert reason_of(Problem(Address("set"), (), "", "rule", rule.name, value)) == words


@pytest.mark.parametrize(
    ("part", "reason", "words"),
    [
        ({"credit": "half"}, 'Value error, is not a fraction such as "1/2"', "Enter a share from 0 to 1, such as 1/2"),
        ({"credit": "3/2"}, "Value error, is not between 0 and 1", "Enter a share from 0 to 1, such as 1/2"),
        ({"credit": "2/4"}, 'Value error, has to be written as "1/2"', 'has to be written as "1/2"'),
    ],
)
def test_a_wrong_value_carries_its_rule(part: dict[str, Any], reason: str, words: str) -> None:
    [problem] = [found for found in refused(Address("item", "A1a"), {"states": [part]}) if "credit" in found.path]
    assert (problem.reason, reason_of(problem)) == (reason, words)
