"""What the page of the result shows: the picture of what is claimed, and what to show first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.headlines import claims_headline, short_title
from assessments.pictures import HeatCell
from assessments.quick.asked import quick_pages
from assessments.quick.counted import claims_of
from assessments.quick.kept import KeptCheck
from assessments.scoring.evidence import ActionStep, StepKind
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import Trigger
from attributes.texts import TextMap, Wording


@dataclass(frozen=True)
class ClaimedLine:
    """An item in the picture: its short name, the letter, and the words for it."""

    short: str
    cell: HeatCell
    words: str


def result_context(catalogue: CatalogueSet, check: KeptCheck) -> dict[str, Any]:
    """The headline, the picture by attribute, and the steps in the method's order."""
    claims = claims_of(catalogue, check)
    say = Wording(catalogue.resource_default)
    words = {level.letter: say(level.label) for level in catalogue.scale}
    sections: dict[str, dict[str, Any]] = {}
    for page in quick_pages(catalogue):
        section = sections.setdefault(page.attribute.code, {"title": short_title(page.attribute), "lines": []})
        for item in page.items:
            letter = claims.letters.get(item.code)
            state = "not_applicable" if item.code in claims.left_out else "" if letter else "unknown"
            cell = HeatCell(letter or "", state=state)
            section["lines"].append(ClaimedLine(say(item.short), cell, words.get(letter or "", cell.words)))
    show_first = catalogue.items[claims.to_show].short if claims.to_show else None
    return {
        "headline": claims_headline(claims.letters, show_first),
        "sections": list(sections.values()),
        "scale": [(HeatCell(level.letter), say(level.label)) for level in catalogue.scale],
        "steps": [_step(catalogue.items[step.code], step, claims.letters, words, say) for step in claims.first],
        "open": sum(letter is None for letter in claims.letters.values()),
    }


def _step(
    item: CatalogueItem, step: ActionStep, letters: Mapping[str, str | None], words: Mapping[str, str], say: Wording
) -> dict[str, Any]:
    """What to do about an item: the first thing that would show it, or the first advice to improve it."""
    shows = step.kind is StepKind.SHOW_IT
    return {
        "shows": shows,
        "short": say(item.short),
        "claimed": words.get(letters.get(item.code) or "", ""),
        "text": say(_what_shows(item) if shows else _advice(item)),
    }


def _what_shows(item: CatalogueItem) -> TextMap:
    return item.show_it or (item.evidence_prompts[0] if item.evidence_prompts else {})


def _advice(item: CatalogueItem) -> TextMap:
    fitting = [advice.text for advice in item.recommendations if advice.trigger is Trigger.NOT_OR_PARTIALLY]
    return fitting[0] if fitting else {}
