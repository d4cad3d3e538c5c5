"""Closed waves for tests: documents without a database, and the same numbers by the real way through urns."""

from datetime import date
from functools import cache

from assessments.results.inputs import item_specs
from assessments.results.panel_build import About, AskedGroup, build_panel
from assessments.results.panel_document import PanelDocument
from assessments.scoring import ItemSpec, Wave, score_wave
from attributes.catalogue import CatalogueSet
from attributes.kinds import Audience
from tests import builders
from tests.assessments.scoring.panel import TV10, wave_of

GROUP_NAMES = tuple(TV10["CR1a"])


def asked_specs(catalogue: CatalogueSet) -> tuple[ItemSpec, ...]:
    """The scored items that stakeholders are asked."""
    return tuple(spec for spec in item_specs(catalogue) if catalogue.items[spec.code].audience is Audience.BOTH)


def document_of(wave: Wave, catalogue: CatalogueSet, invited: int = 50) -> PanelDocument:
    """The restricted document of a wave that is given as tallies; the groups' codes are their names."""
    specs = asked_specs(catalogue)
    about = About(
        assessment="abcd1234",
        code="wave1234",
        number=1,
        snapshot=1,
        opened_on=date(2026, 3, 2),
        closed_on=date(2026, 3, 30),
        languages=["en"],
        resource="",
        groups=[AskedGroup(group.code, group.code, group.on_record, invited) for group in wave.groups],
        flat_count=2,
    )
    return build_panel(about, catalogue, specs, wave, score_wave(specs, wave))


@cache
def published_example() -> Wave:
    """The six groups of TV8 to TV10 on Collective responsibility; nobody answered the rest."""
    return wave_of(TV10)


def tv10_document() -> PanelDocument:
    """The document of TV10: 59.2, L, shown, five groups of which one is a pool. Needs the database for the items."""
    return document_of(published_example(), builders.items())
