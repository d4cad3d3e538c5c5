"""Question sets made up by hypothesis: valid ones, and drafts with parts missing."""

from typing import Any

from hypothesis import strategies as st

from attributes.kinds import Kind

LANGUAGES = ("en", "no", "fr", "pt-BR", "zh-Hant", "ar")
# Everything a text may hold: not NUL, not half a character, no control characters.
_CHARACTERS = st.characters(exclude_categories=("Cs",), exclude_characters=[chr(code) for code in range(32)])
_WORDS = st.text(_CHARACTERS | st.sampled_from("\n\t \"'#:-{}[]&*!|>%@`\\,?~=+"), min_size=1, max_size=60)
WORDS = _WORDS.filter(str.strip).map(lambda text: text.replace("{", "(").replace("}", ")"))


def texts(languages: list[str], *, optional: bool = False) -> st.SearchStrategy[dict[str, str]]:
    """A text map with the source language, and others in any order."""
    others = st.dictionaries(st.sampled_from(languages), WORDS)
    full = st.tuples(WORDS, others).map(lambda pair: {**pair[1], languages[0]: pair[0]})
    return st.just({}) | full if optional else full


@st.composite
def items(draw: st.DrawFn, code: str, languages: list[str]) -> dict[str, Any]:
    """An item of any kind."""
    kind = draw(st.sampled_from(list(Kind)))
    scored = kind not in (Kind.OPEN_TEXT, Kind.DIAGNOSIS_CHECKLIST) and draw(st.booleans())
    item: dict[str, Any] = {"code": code, "kind": kind.value, "scored": scored}
    item |= {
        "short": draw(texts(languages)),
        "text": draw(texts(languages)),
        "note": draw(texts(languages, optional=True)),
    }
    item["not_for"] = draw(st.lists(st.sampled_from(["decides", "dialogues"]), unique=True))
    item["reading"] = {"recommends": draw(texts(languages, optional=True))}
    item["shows"] = draw(st.lists(st.sampled_from(["groups", "goals"]), unique=True))
    item["revision"] = draw(st.integers(1, 3))
    item["audience"] = draw(st.sampled_from(["both", "organiser"]))
    if item["audience"] == "both":
        item["participant_text"] = draw(texts(languages, optional=True))
    item["evidence_prompts"] = draw(st.lists(texts(languages), max_size=2))
    if scored:
        item["na_allowed"] = True
        item["quick_check"] = draw(st.booleans()) and code.endswith("Q0")
        item["short_form"] = item["audience"] == "both" and draw(st.booleans()) and code.endswith("Q0")
        item["na_condition"] = draw(texts(languages, optional=True))
        item["evidence_sentence"] = draw(texts(languages, optional=True))
    if kind is Kind.RATING:
        item["anchors"] = [{"level": level, "text": draw(texts(languages))} for level in range(2)]
        example = texts(languages).map(lambda text: {"letter": "F", "text": text, "source": "A paper"})
        item["examples"] = draw(st.lists(example, max_size=2))
    elif kind is not Kind.OPEN_TEXT:
        credits = ["1", "1/2"] if scored else [None, None]
        item["states"] = [
            {"key": key, "credit": credit, "needs_text": draw(st.booleans()), "label": draw(texts(languages))}
            for key, credit in zip(("yes", "no"), credits, strict=True)
        ]
        item["options"] = [
            {"key": "on", "label": draw(texts(languages)), "help": draw(texts(languages, optional=True))}
        ]
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
    count = draw(st.integers(1, 2))
    document: dict[str, Any] = {
        "format": 1,
        "slug": "made-up",
        "version": "1.0.0",
        "languages": languages,
        "experimental": draw(st.booleans()),
        "title": draw(texts(languages)),
        "summary": draw(texts(languages, optional=True)),
        "credit": draw(texts(languages)),
        "resource_default": draw(texts(languages)),
        "source": {"title": draw(WORDS), "publisher": draw(WORDS), "year": draw(st.integers(1, 9999)), "url": None},
        "scale": [
            {"value": value, "letter": letter, "label": draw(texts(languages)), "meaning": draw(texts(languages))}
            for value, letter in enumerate("NF")
        ],
        "attributes": [
            {
                "code": f"A{a}",
                "slug": f"a-{a}",
                "title": draw(texts(languages)),
                "summary": draw(texts(languages)),
                "source_lines": draw(st.sampled_from(["", "1-2, 4"])),
                "quotations": draw(st.lists(texts(languages).map(lambda text: {"text": text}), max_size=2)),
                "questions": [
                    {
                        "code": f"A{a}Q",
                        "verbatim": draw(texts(languages)),
                        "items": [draw(items(f"A{a}Q{i}", languages)) for i in range(draw(st.integers(1, 2)))],
                    }
                ],
            }
            for a in range(count)
        ],
        "criteria": draw(st.lists(texts(languages).map(lambda text: {"code": "S1", "text": text}), max_size=1)),
        "goals": [],
        "components": [{"code": "C1", "text": draw(texts(languages)), "note": draw(texts(languages, optional=True))}],
        "crosswalk": [{"framework": draw(texts(languages)), "text": draw(texts(languages)), "item_codes": ["A0Q0"]}],
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
