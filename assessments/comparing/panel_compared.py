"""The experience track in a comparison: beside the evidence, for the processes that asked their stakeholders."""

from collections.abc import Mapping
from typing import Any

from assessments.documents.comparison import ComparisonDocument
from assessments.results import panel_sentences, sentences


def experience_context(comparison: ComparisonDocument, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what page and report say of the experience track; `names` are those of the processes, by code."""
    part = comparison.experience
    if part is None:
        return {"experience": None}
    return {
        "experience": part,
        "panel_sentences": panel_sentences,
        "experience_profiles": [
            {"head": head, "rows": [(names[p.code], p.attribute(head.code)) for p in part.profiles]}
            for head in part.attributes
        ],
        "experience_codes": [profile.code for profile in part.profiles],
        "experience_waves": [(names[profile.code], profile) for profile in part.profiles],
        "not_asked": [names[p.code] for p in comparison.processes if part.profile(p.code) is None],
        "experience_pairs": [
            (names[p.first], names[p.second], p.differences, sentences.verdict(p, names[p.first], names[p.second]))
            for p in part.pairs
        ],
    }
