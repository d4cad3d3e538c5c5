"""What YAML and JSON may hold, and what is refused by name."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attributes.strict_parsing import MAX_DEPTH, ParseError, parse_json, parse_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1", {"a": 1}),
        ("a: -7", {"a": -7}),
        ("a: true\nb: false\nc: null\nd: ~\ne:", {"a": True, "b": False, "c": None, "d": None, "e": None}),
        # What YAML 1.1 would turn into something else stays the text it is.
        ("no: yes\non: off", {"no": "yes", "on": "off"}),
        (
            "a: 2020-01-01\nb: 1.0.0\nc: 0x1F\nd: 1_000\ne: 1/2",
            {"a": "2020-01-01", "b": "1.0.0", "c": "0x1F", "d": "1_000", "e": "1/2"},
        ),
        ("a: '1'\nb: \"true\"", {"a": "1", "b": "true"}),
        ("a: >-\n  one\n  two\n", {"a": "one two"}),
        ("[a, [b], {c: d}]", ["a", ["b"], {"c": "d"}]),
        ("", None),
        ("just text", "just text"),
    ],
)
def test_plain_yaml(text: str, value: Any) -> None:
    assert parse_yaml(text) == value


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ("a: &x [1]\nb: *x", "line 1, column 4", "anchors"),
        ("a: *x", "line 1, column 4", "aliases"),
        ("a: !!python/object/apply:os.system [ls]", "line 1, column 4", "tags"),
        ("a: !!str 1", "line 1, column 4", "tags"),
        ("!x\na: 1", "line 1", "tags"),
        ("<<: {a: 1}", "line 1, column 1", "merge keys"),
        ("a: 1\nb: 2\na: 3", "line 3, column 1", "'a' occurs twice"),
        ("1: a", "line 1, column 1", "a key has to be a text"),
        ("true: a", "line 1, column 1", "a key has to be a text"),
        ("? [a, b]\n: c", "line 1, column 3", "a key has to be a text"),
        ("? {a: b}\n: c", "line 1, column 3", "a key has to be a text"),
        ("a: 1\n---\nb: 2", "line 2", "one document"),
        ("a: [1", "line", "expected"),
        ("a: 'x", "line", "found unexpected end of stream"),
        ("a: \x07", "", "YAML"),
        ("[" * 20_000, "", "nested too deeply"),
        ("\n".join(" " * n + "a:" for n in range(40)), "line", "nested too deeply"),
    ],
)
def test_refused_yaml(text: str, where: str, reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse_yaml(text)
    assert where in caught.value.where
    assert reason in caught.value.reason


def test_depth_up_to_the_limit_is_fine() -> None:
    for parse in (parse_yaml, parse_json):
        parse("[" * MAX_DEPTH + "]" * MAX_DEPTH)
        with pytest.raises(ParseError, match="nested too deeply"):
            parse("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1, "a": 2}', "'a' occurs twice"),
        ('{"a": 0.5}', "whole number"),
        ('{"a": NaN}', "whole number"),
        ('{"a": ' + "1" * 5000 + "}", "too long"),
        ("[" * 200_000, "nested too deeply"),
        ('{"a": }', "Expecting value"),
    ],
)
def test_refused_json(text: str, reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse_json(text)
    assert reason in caught.value.reason


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN)
def test_json_comes_back_as_it_was(value: Any) -> None:
    assert parse_json(json.dumps(value)) == value


@given(st.text())
def test_any_text_gives_a_value_or_a_parse_error(text: str) -> None:
    for parse in (parse_yaml, parse_json):
        with contextlib.suppress(ParseError):
            parse(text)
