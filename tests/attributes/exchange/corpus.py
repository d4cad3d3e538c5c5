"""Files nobody should send, each with what has to be said about it: where, and why."""

import json
from typing import Any, NamedTuple

from attributes.exchange.reading import MAX_BYTES
from attributes.strict_parsing import MAX_DEPTH


class Bad(NamedTuple):
    """A file that is refused. `where` and `reason` are parts of what is said."""

    name: str
    data: bytes
    where: str
    reason: str


def _set(**fields: Any) -> dict[str, Any]:
    return {"format": 1, "slug": "small", "languages": ["en"], **fields}


def _item(**fields: Any) -> dict[str, Any]:
    item = {"code": "A1a", "kind": "rating", "scored": True, **fields}
    question = {"code": "A1", "items": [item]}
    return _set(attributes=[{"code": "A", "slug": "a", "questions": [question]}])


ITEM = "attributes[0].questions[0].items[0]"

# As plain values: each is tried as YAML and as JSON.
VALUES: list[tuple[str, Any, str, str]] = [
    ("a list", [1, 2], "", "is not a question set"),
    ("a text", "words", "", "is not a question set"),
    ("another format", {**_set(), "format": 2}, "format", "has to be 1"),
    ("a format that only equals 1", {**_set(), "format": True}, "format", "has to be 1"),
    ("no slug", {"format": 1, "languages": ["en"]}, "slug", "Field required"),
    ("no languages", {"format": 1, "slug": "small"}, "languages", "Field required"),
    ("an empty list of languages", _set(languages=[]), "languages", "at least 1 item"),
    ("languages as a text", _set(languages="en"), "languages", "has to be a list"),
    ("a language twice", _set(languages=["en", "fr", "en"]), "languages[2]", "occurs twice"),
    ("10,000 languages", _set(languages=[f"x{n:05}" for n in range(10_000)]), "languages", "10000 entries"),
    ("101 languages", _set(languages=[f"aa-{n:03}" for n in range(101)]), "languages", "at most 100 items"),
    ("a text in 101 languages", _set(title={f"aa-{n:03}": "x" for n in range(101)}), "title", "at most 100 items"),
    ("an unknown key", _set(colour="red"), "colour", "is not a key of the format"),
    ("an unknown key below", _item(colour="red"), f"{ITEM}.colour", "is not a key of the format"),
    ("attributes as a map", _set(attributes={"a": 1}), "attributes", "has to be a list"),
    ("an attribute as a text", _set(attributes=["a"]), "attributes[0]", "has to be a map"),
    ("a text without language", _set(title="Small"), "title", "valid dictionary"),
    ("a text of numbers", _set(title={"en": 1}), "title.en", "valid string"),
    ("a number too large", _set(source={"title": "t", "publisher": "p", "year": 10**17}), "source.year", "less than"),
    ("yes as a number", _item(scored=1), f"{ITEM}.scored", "valid boolean"),
    ("true as a number", _item(revision=True), f"{ITEM}.revision", "valid integer"),
    ("a kind there is none of", _item(kind="slider"), f"{ITEM}.kind", "'rating'"),
    ("an item without code", _item(code=""), f"{ITEM}.code", "match pattern"),
    ("an item without kind", {**_item(kind=None)}, f"{ITEM}.kind", "'rating'"),
    ("a code twice", _set(attributes=[{"code": "A"}, {"code": "a"}]), "attributes[1].code", "'a' occurs twice"),
    ("a code that is an address", _set(attributes=[{"code": "../x"}]), "attributes[0].code", "match pattern"),
    ("a slug that is an address", {**_set(), "slug": "../../etc"}, "slug", "match pattern"),
    ("a language that is none", _set(languages=["english language"]), "languages[0]", "match pattern"),
    ("a text too long", _set(title={"en": "x" * 10_001}), "title.en", "at most 10000 characters"),
    ("an address that runs code", _set(source={"url": "javascript:alert(1)"}), "source.url", "http://"),
    ("too many entries", _set(goals=[{"code": "G"}] * 2001), "goals", "2001 entries"),
    ("a fraction that is none", _item(states=[{"key": "a", "credit": "1/0"}]), f"{ITEM}.states[0].credit", "fraction"),
    ("a thousand million digits", _item(states=[{"key": "a", "credit": "1e999999999"}]), "credit", "not a fraction"),
    (
        "150 kB of list items",
        _set(goals=["a"] * 30_000),
        "goals",
        "30000 entries; no list may have more than 2000",
    ),
]  # fmt: skip

RAW: list[Bad] = [
    Bad("nothing", b"", "", "is empty"),
    Bad("only spaces", b" \n\n\t", "", "is empty"),
    Bad("only a byte order mark", b"\xef\xbb\xbf", "", "is empty"),
    Bad("too large", b"#" * (MAX_BYTES + 1), "", "larger than 4 MB"),
    Bad("UTF-16", "slug: small".encode("utf-16"), "", "UTF-16"),
    Bad("Latin-1", b"slug: small\ntitle: {en: \xe9}\n", "line 2", "not UTF-8"),
    Bad("a PNG", b"\x89PNG\r\n\x1a\n\x00\x00", "line 1", "not UTF-8"),
    Bad("NUL in YAML", b"slug: small\ntitle: {en: 'a\x00b'}", "line 2", "control character U+0000"),
    Bad("NUL in JSON", b'{"slug": "a\x00b"}', "line 1", "control character U+0000"),
    Bad("NUL, escaped", b'{"slug": "s", "languages": ["en"], "title": {"en": "a\\u0000"}}', "title.en", "control"),
    Bad("half a character", b'{"slug": "s", "languages": ["en"], "title": {"en": "\\ud800"}}', "title.en", "unicode"),
    Bad("half a character in a key", b'{"format": 1, "\\ud800": 1}', "\\ud800", "is not a key"),
    Bad("half a character, YAML", b'format: 1\nslug: s\nlanguages: [en]\ntitle: {en: "\\ud800"}', "", ""),
    Bad("aliases", b"a: &a [1]\nb: *a", "line 1, column 4", "anchors"),
    Bad("billion laughs", b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", "line 1", "anchors"),
    Bad("a tag", b"slug: !!python/object/apply:os.system [ls]", "line 1, column 7", "tags"),
    Bad("merge keys", b"<<: {slug: s}", "line 1", "merge keys"),
    Bad("a key twice, YAML", b"slug: a\nslug: b", "line 2, column 1", "'slug' occurs twice"),
    Bad("a key twice, JSON", b'{"slug": "a", "slug": "b"}', "", "'slug' occurs twice"),
    Bad("a key that is no text", b"1: a", "line 1", "a key has to be a text"),
    Bad("two documents", b"slug: a\n---\nslug: b", "line 2", "one document"),
    Bad("not closed, YAML", b"slug: [a", "line", ""),
    Bad("not closed, JSON", b'{"slug": "a"', "line 1", "delimiter"),
    Bad("deep, YAML", b"- " * (MAX_DEPTH + 1) + b"a", "line 1", "nested too deeply"),
    Bad("very deep, JSON", b"[" * 100_000, "", "nested too deeply"),
    Bad("very deep map, JSON", b'{"a":' * 50_000, "", "nested too deeply"),
    Bad("very deep, YAML flow", b"a: " + b"[" * 100_000, "", "nested too deeply"),
    Bad("a number of thousands of digits", b'{"format": ' + b"1" * 5000 + b"}", "", "number that is too long"),
    Bad("the same, YAML", b"format: " + b"1" * 5000, "format", "has to be 1"),
    Bad("a huge number", b'{"format": 1' + b"0" * 4000 + b"}", "format", "has to be 1"),
    Bad("a fraction", b'{"format": 1.0}', "", "not a whole number"),
    Bad("not a number", b'{"format": NaN}', "", "not a whole number"),
    Bad("a language that YAML 1.1 takes for false, not listed as text", b"no", "", "is not a question set"),
    Bad("many values", b"[" + b"1," * 600_000 + b"1]", "", "more than 500000 values"),
    Bad("HTML", b"<!doctype html><title>Sign in</title>", "", "is not a question set"),
    Bad("a package", b"PK\x03\x04rest", "", ""),
    Bad("an old Excel file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "line 1", "UTF-8"),
]  # fmt: skip


def files() -> list[Bad]:
    """Every bad file; what can be said in both formats comes as both."""
    # JSON is YAML on one line, but for what starts like JSON: a comment before it makes it YAML.
    found = list(RAW)
    for name, value, where, reason in VALUES:
        text = json.dumps(value).encode()
        found.append(Bad(f"{name}, JSON", text, where, reason))
        found.append(Bad(f"{name}, YAML", b"# YAML\n" + text, where, reason))
    return found
