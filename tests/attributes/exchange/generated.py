"""Question sets made up by hypothesis: valid ones, and drafts with parts missing."""

from typing import Any

from hypothesis import strategies as st

from attributes.kinds import Kind

LANGUAGES = ("en", "no", "fr", "pt-BR", "zh-Hant", "ar")
# Everything a text may hold: not NUL, not half a character, no control characters.
_CHARACTERS = st.characters(exclude_categories=("Cs",), exclude_characters=[chr(code) for code in range(32)])
_WORDS = st.text(_CHARACTERS | st.sampled_from("\n\t \"'#:-{}[]&*!|>%@`\\,?~=+"), min_size=1, max_size=60)
WORDS = _WORDS.filter(str.strip).map(lambda text: text.replace("{", "(").replace("}", ")"))

Texts = st.SearchStrategy[dict[str, str]]


def some_texts(languages: list[str]) -> st.SearchStrategy[list[dict[str, str]]]:
    """The texts of a set, each with the source language, and others in any order.

    Each stands in several of its many places: another one for each would take most of the time of the tests.
    """
    others = st.dictionaries(st.sampled_from(languages), WORDS)
    text = st.tuples(WORDS, others).map(lambda pair: {**pair[1], languages[0]: pair[0]})
    return st.lists(text, min_size=6, max_size=10)


@st.composite
def items(draw: st.DrawFn, code: str, text: Texts, optional: Texts) -> dict[str, Any]:
    """An item of any kind."""
    kind = draw(st.sampled_from(list(Kind)))
    scored = kind not in (Kind.OPEN_TEXT, Kind.DIAGNOSIS_CHECKLIST) and draw(st.booleans())
    item: dict[str, Any] = {"code": code, "kind": kind.value, "scored": scored}
    item |= {
        "short": draw(text),
        "text": draw(text),
        "note": draw(optional),
    }
    item["not_for"] = draw(st.lists(st.sampled_from(["decides", "dialogues"]), unique=True))
    item["reading"] = {"recommends": draw(optional)}
    item["shows"] = draw(st.lists(st.sampled_from(["groups", "goals"]), unique=True))
    item["revision"] = draw(st.integers(1, 3))
    item["audience"] = draw(st.sampled_from(["both", "organiser"]))
    if item["audience"] == "both":
        item["participant_text"] = draw(optional)
    item["evidence_prompts"] = draw(st.lists(text, max_size=2))
    if scored:
        item["na_allowed"] = True
        item["quick_check"] = draw(st.booleans()) and code.endswith("Q0")
        item["short_form"] = item["audience"] == "both" and draw(st.booleans()) and code.endswith("Q0")
        item["na_condition"] = draw(optional)
        item["evidence_sentence"] = draw(optional)
    if kind is Kind.RATING:
        item["anchors"] = [{"level": level, "text": draw(text)} for level in range(2)]
        example = text.map(lambda words: {"letter": "F", "text": words, "source": "A paper"})
        item["examples"] = draw(st.lists(example, max_size=2))
    elif kind is not Kind.OPEN_TEXT:
        credits = ["1", "1/2"] if scored else [None, None]
        item["states"] = [
            {"key": key, "credit": credit, "needs_text": draw(st.booleans()), "label": draw(text)}
            for key, credit in zip(("yes", "no"), credits, strict=True)
        ]
        item["options"] = [{"key": "on", "label": draw(text), "help": draw(optional)}]
    return item


def rules(attributes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A rule about the first two items that can be answered by more than words."""
    found = [item for attribute in attributes for item in attribute["questions"][0]["items"] if _answers(item)]
    if len(found) < 2:
        return []
    first, second = found[:2]
    return [
        {
            "code": "X1",
            "a": first["code"],
            "a_states": [_answers(first)[0], "unanswered"],
            "b": second["code"],
            "b_states": [_answers(second)[0]],
            "named_states": [_answers(second)[1]],
        }
    ]


def _answers(item: dict[str, Any]) -> list[str]:
    if item["kind"] == Kind.RATING:
        return ["0", "1"]
    return [state["key"] for state in item.get("states", [])]


@st.composite
def question_sets(draw: st.DrawFn) -> dict[str, Any]:
    """A complete question set, with defaults written out and texts in no particular order."""
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=4, unique=True))
    made_up = draw(some_texts(languages))
    text, optional = st.sampled_from(made_up), st.sampled_from([{}, *made_up])
    count = draw(st.integers(1, 2))
    document: dict[str, Any] = {
        "format": 1,
        "slug": "made-up",
        "version": "1.0.0",
        "languages": languages,
        "experimental": draw(st.booleans()),
        "title": draw(text),
        "summary": draw(optional),
        "credit": draw(text),
        "resource_default": draw(text),
        "source": {"title": draw(WORDS), "publisher": draw(WORDS), "year": draw(st.integers(1, 9999)), "url": None},
        "scale": [
            {"value": value, "letter": letter, "label": draw(text), "meaning": draw(text)}
            for value, letter in enumerate("NF")
        ],
        "attributes": [
            {
                "code": f"A{a}",
                "slug": f"a-{a}",
                "title": draw(text),
                "summary": draw(text),
                "source_lines": draw(st.sampled_from(["", "1-2, 4"])),
                "quotations": draw(st.lists(text.map(lambda words: {"text": words}), max_size=2)),
                "questions": [
                    {
                        "code": f"A{a}Q",
                        "verbatim": draw(text),
                        "items": [draw(items(f"A{a}Q{i}", text, optional)) for i in range(draw(st.integers(1, 2)))],
                    }
                ],
            }
            for a in range(count)
        ],
        "criteria": draw(st.lists(text.map(lambda words: {"code": "S1", "text": words}), max_size=1)),
        "goals": [],
        "components": [{"code": "C1", "text": draw(text), "note": draw(optional)}],
        "crosswalk": [{"framework": draw(text), "text": draw(text), "item_codes": ["A0Q0"]}],
    }
    return document | {"contradictions": draw(st.sampled_from([[], rules(document["attributes"])]))}


# Taken away, these leave a draft that can be stored: everything but what parts are found by.
_KEPT = frozenset({"format", "slug", "languages", "code", "kind", "scored", "attributes", "questions", "items"})


@st.composite
def drafts(draw: st.DrawFn) -> dict[str, Any]:
    """A question set with some of its values missing or emptied."""
    document = draw(question_sets())

    def thin(value: Any) -> Any:
        if isinstance(value, list):
            return [thin(one) for one in value]
        if not isinstance(value, dict):
            return value
        thinned = {}
        for key, entry in value.items():
            fate = "keep" if key in _KEPT else draw(st.sampled_from(["keep", "keep", "keep", "drop", "empty"]))
            if fate == "keep":
                thinned[key] = thin(entry)
            elif fate == "empty" and isinstance(entry, (dict, list)):
                thinned[key] = type(entry)()
        return thinned

    thinned: dict[str, Any] = thin(document)
    return thinned
