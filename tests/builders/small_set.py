"""A small valid question set that tests bend."""

import copy
from typing import Any

SMALL: dict[str, Any] = {
    "format": 1,
    "slug": "small",
    "version": "1.0.0",
    "languages": ["en", "fr"],
    "title": {"en": "Small", "fr": "Petit"},
    "credit": {"en": "Nobody"},
    "resource_default": {"en": "the commons", "fr": "les communs"},
    "process_default": {"en": "this process", "fr": "ce processus"},
    "source": {"title": "Paper", "publisher": "Press", "year": 2020},
    "scale": [
        {"value": 0, "letter": "N", "label": {"en": "Not"}, "meaning": {"en": "Nothing"}},
        {"value": 1, "letter": "F", "label": {"en": "Fully"}, "meaning": {"en": "All"}},
    ],
    "attributes": [
        {
            "code": "A",
            "slug": "first",
            "title": {"en": "First"},
            "summary": {"en": "About {resource}"},
            "quotations": [{"text": {"en": "Quoted"}, "source_lines": "1-2"}],
            "lead_in": {"en": "We should ask:"},
            "questions": [
                {
                    "code": "A1",
                    "verbatim": {"en": "Is it?"},
                    "items": [
                        {
                            "code": "A1a",
                            "kind": "rating",
                            "short": {"en": "It is"},
                            "text": {"en": "Is {resource} cared for?"},
                            "participant_text": {"en": "Does {process} care for {resource}?", "fr": "Et {process} ?"},
                            "participant_note": {"en": "As you see it."},
                            "reading": {"recommends": {"en": "Cared for by those who read it."}},
                            "shows": ["groups"],
                            "scored": True,
                            "critical": True,
                            "why_critical": {"en": "Or it is gone."},
                            "anchors": [{"level": 0, "text": {"en": "no"}}, {"level": 1, "text": {"en": "yes"}}],
                            "examples": [{"letter": "F", "text": {"en": "All came."}, "source": "A paper"}],
                            "evidence_prompts": [{"en": "A list"}],
                            "evidence_sentence": {"en": "Say where."},
                            "show_it": {"en": "Show it."},
                            "blind_spot": {"en": "Ask them."},
                            "recommendations": [
                                {
                                    "code": "A1a-R1",
                                    "trigger": "NP",
                                    "text": {"en": "Do"},
                                    "basis_quote": {"en": "Quoted"},
                                    "basis_lines": "1",
                                }
                            ],
                        },
                        {
                            "code": "A1b",
                            "kind": "coverage_checklist",
                            "short": {"en": "Where"},
                            "text": {"en": "Where?"},
                            "not_for": ["dialogues"],
                            "scored": True,
                            "na_allowed": True,
                            "na_condition": {"en": "Only if nowhere."},
                            "other_allowed": True,
                            "options": [
                                {"key": "here", "label": {"en": "here"}},
                                {"key": "there", "label": {"en": "there"}, "help": {"en": "far"}},
                            ],
                            "states": [
                                {
                                    "key": "yes",
                                    "credit": "1",
                                    "needs_text": True,
                                    "label": {"en": "yes"},
                                    "participant_label": {"en": "yes, here"},
                                    "participant_text": {"en": "I saw it in {process}."},
                                },
                                {"key": "partly", "credit": "1/2", "label": {"en": "partly"}},
                                {"key": "no", "credit": "0", "label": {"en": "no"}, "text": {"en": "nowhere"}},
                            ],
                        },
                    ],
                },
                {
                    "code": "A2",
                    "verbatim": {"en": "Why?"},
                    "items": [
                        {
                            "code": "A2a",
                            "kind": "open_text",
                            "short": {"en": "Why"},
                            "text": {"en": "Why?"},
                            "scored": False,
                        }
                    ],
                },
            ],
        },
        {
            "code": "B",
            "slug": "second",
            "title": {"en": "Second", "fr": "Deuxième"},
            "summary": {"en": "More"},
            "questions": [
                {
                    "code": "B1",
                    "verbatim": {"en": "And?"},
                    "items": [
                        {
                            "code": "B1a",
                            "revision": 2,
                            "kind": "justified_yes_no",
                            "short": {"en": "And"},
                            "text": {"en": "And?"},
                            "scored": True,
                            "audience": "organiser",
                            "states": [
                                {"key": "yes", "credit": "1", "needs_text": True, "label": {"en": "yes"}},
                                {"key": "no", "credit": "0", "label": {"en": "no"}},
                            ],
                        }
                    ],
                }
            ],
        },
    ],
    "criteria": [{"code": "S1", "text": {"en": "Wide"}, "help": {"en": "Think"}}],
    "goals": [{"code": "G1", "text": {"en": "Goal"}}],
    "components": [{"code": "C1", "text": {"en": "Part"}, "note": {"en": "Note"}}],
    "crosswalk": [{"framework": {"en": "Other"}, "text": {"en": "Principle"}, "item_codes": ["A1a", "B1a"]}],
    "contradictions": [
        {
            "code": "X1",
            "a": "A1a",
            "a_states": ["0", "unanswered"],
            "b": "A1b",
            "b_states": ["yes"],
            "named_states": ["no"],
        }
    ],
}


def large(base: dict[str, Any], questions: int) -> dict[str, Any]:
    """The small set with this many questions in its first attribute, each with one item."""
    document = copy.deepcopy(base)
    pattern = document["attributes"][0]["questions"][1]
    document["attributes"][0]["questions"] += [
        {
            **copy.deepcopy(pattern),
            "code": f"Q{number}",
            "items": [{**copy.deepcopy(pattern["items"][0]), "code": f"Q{number}a", "text": {"en": f"Why {number}?"}}],
        }
        for number in range(questions)
    ]
    return document
