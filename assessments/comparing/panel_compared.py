"""The experience track in a comparison: beside the evidence, for the processes that asked their stakeholders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from assessments.comparing.apart import Marking, PairLine, cells_of, verdict_sentences
from assessments.documents.comparison import (
    AttributeHead,
    ComparisonDocument,
    ExperienceAttribute,
    ExperienceProfile,
)
from assessments.headlines import panel_apart, panel_sentences
from assessments.headlines.asked import form_asked
from attributes.texts import localise


@dataclass(frozen=True)
class ExperienceNotes:
    """What other people of the groups might have answered, what is without one group, and what is said besides."""

    sampling: str
    more: list[str]
    composition: str


ExperienceCell = tuple[str, ExperienceAttribute | None, ExperienceNotes]


def experience_context(comparison: ComparisonDocument, names: Mapping[str, str], marking: Marking) -> dict[str, Any]:
    """Return what page and report say of the experience track; `names` are those of the processes, by code.

    Of one process alone there is nothing to compare: only who asked is said.
    """
    part = comparison.experience
    if part is None or len(part.profiles) < 2:
        alone = [names[profile.code] for profile in part.profiles] if part else []
        return {"experience": None, "experience_alone": _alone(alone[0]) if alone else ""}
    return {
        "experience": part,
        "panel_sentences": panel_sentences,
        "experience_rows": [
            (names[profile.code], [_cell(profile, head) for head in part.attributes]) for profile in part.profiles
        ],
        "experience_codes": [profile.code for profile in part.profiles],
        "experience_waves": [(names[profile.code], profile) for profile in part.profiles],
        "experience_short": [
            (names[profile.code], said)
            for profile in part.profiles
            if (said := form_asked(profile.short_form)) is not None
        ],
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


def _alone(name: str) -> str:
    return gettext(
        "Only %(name)s has asked its stakeholders; what they say stands with its own results, and there is nothing to "
        "put beside it."
    ) % {"name": name}


def _cell(profile: ExperienceProfile, head: AttributeHead) -> ExperienceCell:
    """One process on one attribute: its title, the figures, and what is said beside them."""
    found, title = profile.attribute(head.code), str(localise(head.title))
    if found is None or found.status == "not_applicable" or found.score is None:
        return title, found, ExperienceNotes("", [], "")
    sampling = found.sampling
    more = []
    if sampling.low is None:
        more.append(panel_apart.sampling(sampling))
    if found.divided or found.may_be_divided:
        counts = {"divided": len(found.divided), "may_be": len(found.may_be_divided), "all": found.compared}
        more.append(gettext("Divided on %(divided)d of %(all)d items, may be on %(may_be)d.") % counts)
    said = "" if sampling.low is None else panel_apart.sampling(sampling)
    return title, found, ExperienceNotes(said, more, _composition(found))


def _composition(found: ExperienceAttribute) -> str:
    """What the score would be without one group; nothing where it would be the same."""
    low, high = found.composition_low, found.composition_high
    if low is None or high is None or low.whole == high.whole:
        return ""
    return gettext("without one group %(low)s to %(high)s") % {"low": low.whole, "high": high.whole}
