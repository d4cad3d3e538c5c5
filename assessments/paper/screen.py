"""What a wall shows of a workshop: counts that are told anyway, and the public document of the last result.

Never the restricted one, whoever has pressed the button: a wall is read by everybody in the room.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.documents.panel import PanelDocument
from assessments.models import Wave, WaveGroup
from assessments.panels.asked import coded_groups
from assessments.scoring.method import PUBLIC_GROUP_UNITS
from assessments.vocabulary import GroupMode
from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueSet
from attributes.texts import localise


@dataclass(frozen=True)
class CountLine:
    """How many of a group answered: a number from the threshold on; of a group on the record, whether it did."""

    name: str
    on_record: bool
    number: int | None


def count_lines(wave: Wave, language: str) -> list[CountLine]:
    """What is told of an open wave anyway, by group. One query."""
    found = []
    for group in wave.groups.all():
        group.wave = wave
        found.append(_line(wave, group, group.name_in(language)))
    return found


def _line(wave: Wave, group: WaveGroup, name: str) -> CountLine:
    if group.mode == GroupMode.ON_RECORD:
        return CountLine(name, on_record=True, number=group.received)
    return CountLine(name, on_record=False, number=group.received if group.received >= wave.threshold else None)


def result_of(wave: Wave, language: str) -> Mapping[str, Any] | None:
    """The letters of the last result that everybody may have; None before the first. Two queries."""
    stored = wave.snapshots.order_by("-number").values_list("public", flat=True).first()
    if stored is None:
        return None
    document = PanelDocument.model_validate(stored)
    catalogue = catalogue_of(wave.assessment.question_set)
    called = {code: group.name_in(language) for code, group in coded_groups(wave).items()}
    told = {own.unit for attribute in document.attributes for own in attribute.groups}
    units = [unit for unit in document.units if unit.code in told]
    return {
        "number": document.wave.snapshot,
        "units": [(called.get(unit.code, unit.name), unit.is_pool) for unit in units],
        "rows": [
            {
                "title": localise(attribute.title),
                "letter": attribute.letter,
                "letters": [{own.unit: own.letter for own in attribute.groups}.get(unit.code, "") for unit in units],
            }
            for attribute in document.attributes
        ],
        "least": PUBLIC_GROUP_UNITS,
        "meanings": _meanings(catalogue),
    }


def _meanings(catalogue: CatalogueSet) -> list[tuple[str, str]]:
    return [(level.letter, localise(level.label)) for level in catalogue.scale]
