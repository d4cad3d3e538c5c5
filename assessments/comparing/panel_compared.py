"""The experience track in a comparison: beside the evidence, for the processes that asked their stakeholders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from assessments.comparing.apart import Marking, PairLine, cells_of, verdict_sentences
from assessments.documents.comparison import ComparisonDocument, ExperienceAttribute, ExperienceProfile
from assessments.results import panel_apart, panel_sentences


@dataclass(frozen=True)
class ExperienceNotes:
    """What other people of the groups might have answered, as a sentence and in short, and what is said besides."""

    sampling: str
    sampled: str
    more: list[str]


def experience_context(comparison: ComparisonDocument, names: Mapping[str, str], marking: Marking) -> dict[str, Any]:
    """Return what page and report say of the experience track; `names` are those of the processes, by code."""
    part = comparison.experience
    if part is None:
        return {"experience": None}
    return {
        "experience": part,
        "panel_sentences": panel_sentences,
        "experience_profiles": [
            {"head": head, "rows": [_row(names[profile.code], profile, head.code) for profile in part.profiles]}
            for head in part.attributes
        ],
        "experience_codes": [profile.code for profile in part.profiles],
        "experience_waves": [(names[profile.code], profile) for profile in part.profiles],
        "not_asked": [names[p.code] for p in comparison.processes if part.profile(p.code) is None],
        "experience_pairs": [
            PairLine(
                names[pair.first],
                names[pair.second],
                verdict_sentences(pair, part.attributes, names, marking),
                cells_of(pair, part.attributes, names),
                None,
            )
            for pair in part.pairs
        ],
    }


def _row(
    name: str, profile: ExperienceProfile, attribute: str
) -> tuple[str, ExperienceAttribute | None, ExperienceNotes]:
    """One process on one attribute: by name, its figures, and what is said beside them."""
    found = profile.attribute(attribute)
    if found is None or found.status == "not_applicable" or found.score is None:
        return name, found, ExperienceNotes("", "", [])
    sampling = found.sampling
    more = []
    if sampling.low is None:
        more.append(panel_apart.sampling(sampling))
    if found.divided or found.may_be_divided:
        counts = {"divided": len(found.divided), "may_be": len(found.may_be_divided), "all": found.compared}
        more.append(gettext("Divided on %(divided)d of %(all)d items, may be on %(may_be)d.") % counts)
    if sampling.low is None:
        return name, found, ExperienceNotes("", "", more)
    return name, found, ExperienceNotes(panel_apart.sampling(sampling), f"{sampling.low}–{sampling.high}", more)
