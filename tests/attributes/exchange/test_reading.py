"""Files written by anyone: refused with place and reason, or read whole."""

import contextlib
import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attributes import strict_parsing
from attributes.documents import documents, translating
from attributes.documents.differences import difference
from attributes.exchange.reading import MOST_SHOWN, FileRefused, printable, read_document
from attributes.strict_parsing import MAX_VALUES, ParseError
from tests.attributes.exchange import corpus
from tests.attributes.exchange.corpus import Bad
from tests.examples import examples
from tests.work import at_most


@pytest.mark.slow
@pytest.mark.parametrize("bad", corpus.files(), ids=lambda bad: bad.name)
def test_bad_file_is_refused_with_place_and_reason_and_soon(bad: Bad) -> None:
    with at_most(10_000_000), pytest.raises(FileRefused) as refused:
        read_document(bad.data)
    said = [(trouble.where, trouble.reason) for trouble in refused.value.troubles]
    assert any(bad.where in where and bad.reason in reason for where, reason in said), said
    if not bad.where:
        assert said[0][1]
    for where, reason in said:
        assert f"{where}{reason}".encode().decode().isprintable()
        assert len(where) <= 301
        assert len(reason) <= 301


def test_yaml_is_read_to_the_first_value_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a lower limit: that of 500,000 is met by the file in JSON above, which takes far less to read."""
    monkeypatch.setattr(strict_parsing, "MAX_VALUES", 5000)
    # The map, its key and the list are values as well.
    assert len(strict_parsing.parse_yaml("a: [" + "1," * 4996 + "1]")["a"]) == 4997
    with at_most(60_000), pytest.raises(ParseError, match="more than 500000 values") as refused:
        strict_parsing.parse_yaml("a: [" + "1," * 100_000 + "1]")
    assert refused.value.where == f"line 1, column {len('a: [') + 2 * 4997 + 1}"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(FileRefused):
        assert isinstance(read_document(data), dict)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["title", "en", "attributes", "questions", "items", "code", "kind", "scale", "source", "states", "text"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=examples(300))
@given(st.dictionaries(st.sampled_from(["title", "attributes", "scale", "languages", "source", "goals"]), PLAIN))
def test_any_values_in_the_place_of_others_are_read_or_refused(fields: dict[str, Any]) -> None:
    document = {"format": 1, "slug": "s", "languages": ["en"], **fields}
    with contextlib.suppress(FileRefused):
        read = read_document(json.dumps(document).encode())
        assert read["slug"] == "s"
        # What was taken can be looked through by whoever edits, compares and translates.
        assert documents.addresses(read)[0] == documents.Address("set")
        documents.problems(read)
        translating.texts_of(read)
        assert not difference(read, copy.deepcopy(read))


def test_byte_order_mark_line_ends_and_norwegian_are_fine() -> None:
    data = "\ufeffformat: 1\r\nslug: s\r\nlanguages: [no, en]\r\ntitle: {no: Nei, en: No}\r\n".encode()
    read = read_document(data)
    assert read["languages"] == ["no", "en"]
    assert read["title"] == {"no": "Nei", "en": "No"}


def test_a_placeholder_that_was_translated_is_refused_with_language_and_place() -> None:
    title = {"en": "How {resource} is run", "fr": "Comment {ressource} va"}
    document = {"slug": "s", "languages": ["en", "fr"], "title": title}
    with pytest.raises(FileRefused) as refused:
        read_document(json.dumps(document).encode())
    (trouble,) = refused.value.troubles
    assert trouble.reason.startswith("French, set/title: {resource} is the only word")


def test_what_drafts_may_lack_files_may_lack_too() -> None:
    read = read_document(b"slug: s\nlanguages: [en]\ntitle: {en: ''}\nattributes: [{code: A, questions: []}]\n")
    assert read == {
        "format": 1,
        "slug": "s",
        "languages": ["en"],
        "title": {},
        "attributes": [{"code": "A", "questions": []}],
    }


def test_as_many_troubles_are_named_as_anybody_reads() -> None:
    goals = [{"code": f"G{n}", "text": {"en": 1}} for n in range(80)]
    with pytest.raises(FileRefused) as refused:
        read_document(json.dumps({"slug": "s", "languages": ["en"], "goals": goals}).encode())
    assert len(refused.value.troubles) == MOST_SHOWN
    assert refused.value.more == 30
    assert str(refused.value).startswith("goals[0].text.en: ")


def test_large_question_set_is_far_from_the_limits() -> None:
    item = {"kind": "rating", "scored": True, "short": {"en": "x"}, "text": {"en": "y" * 200}}
    attributes = [
        {
            "code": f"A{a}",
            "questions": [{"code": f"A{a}Q{q}", "items": [{"code": f"A{a}Q{q}i", **item}]} for q in range(50)],
        }
        for a in range(12)
    ]
    read = read_document(json.dumps({"slug": "s", "languages": ["en"], "attributes": attributes}).encode())
    assert sum(len(attribute["questions"]) for attribute in read["attributes"]) == 600
    assert MAX_VALUES == 500_000


def test_printable_leaves_words_and_cuts_what_is_long() -> None:
    assert printable("Où ça? – 中") == "Où ça? – 中"
    assert printable("a\x00\n\ud800") == "a\\x00\\n\\ud800"
    assert len(printable("x" * 1000)) == 301
