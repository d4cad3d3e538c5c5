"""From the result of a wave to its document, and which figures by group may be public, also after a reopened wave has
been closed again (method 3.8). Pure: nothing is read here, and only `documents.values` rounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from assessments.answers.value import has_named_options
from assessments.documents.panel import (
    FORMAT,
    Band,
    ConsensusBand,
    ConsensusPart,
    ItemCell,
    ItemCells,
    MatrixCell,
    MatrixOption,
    MatrixRow,
    NoScores,
    OfferedText,
    OptionMatrix,
    PanelAttribute,
    PanelDocument,
    PanelGroup,
    PanelItem,
    PanelUnit,
    PanelWave,
    UnitFigure,
    without_small_counts,
)
from assessments.documents.values import maybe_points, plain, points, share, with_resource
from assessments.results.build import index_part, question_set_ref
from assessments.scoring import (
    ATTRIBUTED_MIN,
    METHOD_VERSION,
    POOLED,
    AttributeExperience,
    Consensus,
    Experience,
    ItemExperience,
    ItemKind,
    ScoringItem,
    Unit,
    WaveAnswers,
    gap_band,
    option_matrix,
    public_attributes,
)
from assessments.scoring.rules import ZERO
from attributes.catalogue.types import CatalogueItem, CatalogueSet


@dataclass(frozen=True)
class AskedGroup:
    """A group as it was set up. `code` is the one its answers carry in the wave that is scored."""

    code: str
    name: str
    on_record: bool
    invited: int
    is_open_link: bool = False
    withdrawn: int = 0


@dataclass(frozen=True)
class About:
    """What the document says of the wave besides figures."""

    assessment: str
    code: str
    number: int
    snapshot: int
    opened_on: date | None
    closed_on: date | None
    time_zone: str
    languages: Sequence[str]
    resource: str
    groups: Sequence[AskedGroup]
    flat_count: int


def build_panel(
    about: About,
    catalogue: CatalogueSet,
    specs: Sequence[ScoringItem],
    wave: WaveAnswers,
    experience: Experience,
    by_group: Mapping[str, bool] | None = None,
) -> PanelDocument:
    """Return the restricted document of a closed wave. `specs` are the scored items that were asked.

    `by_group` says of which attributes figures by group may be public; as it is for this result alone if None.
    """
    items = {item.code: item for item in experience.items}
    open_to_all = may_show_by_group(experience, wave) if by_group is None else by_group
    document = PanelDocument(
        format=FORMAT,
        version="restricted",
        method_version=METHOD_VERSION,
        assessment=about.assessment,
        question_set=question_set_ref(catalogue),
        wave=_wave(about, experience.k),
        groups=_groups(about, experience),
        units=_units(about, experience.units),
        received=experience.received,
        withheld=experience.withheld,
        no_scores=_no_scores(experience),
        attributes=[_attribute(catalogue, found, open_to_all[found.code]) for found in experience.attributes],
        weakest=list(experience.scorecard.weakest),
        index=index_part(experience.scorecard.index),
        items=[_item(catalogue, catalogue.items[spec.code], items[spec.code], about.resource) for spec in specs],
        barriers=_barriers(catalogue, specs, wave),
        flat_count=about.flat_count,
    )
    return without_small_counts(document)


def _wave(about: About, k: int) -> PanelWave:
    return PanelWave(
        code=about.code,
        number=about.number,
        snapshot=about.snapshot,
        opened_on=about.opened_on.isoformat() if about.opened_on else None,
        closed_on=about.closed_on.isoformat() if about.closed_on else None,
        threshold=k,
        attributed_min=max(k, ATTRIBUTED_MIN),
        languages=list(about.languages),
        time_zone=about.time_zone,
    )


def _groups(about: About, experience: Experience) -> list[PanelGroup]:
    counts = {count.code: count for count in experience.counts}
    return [
        PanelGroup(
            code=group.code,
            name=group.name,
            mode="on_record" if group.on_record else "individual",
            invited=group.invited,
            received=counts[group.code].received,
            use=counts[group.code].use.value,
            link_kind="open" if group.is_open_link else "personal",
            withdrawn=group.withdrawn,
        )
        for group in about.groups
    ]


def _units(about: About, units: Sequence[Unit]) -> list[PanelUnit]:
    names = {group.code: group.name for group in about.groups}
    return [
        PanelUnit(
            code=unit.code,
            name=names.get(unit.code, ""),
            members=list(unit.members),
            received=unit.received,
            on_record=unit.on_record,
            is_pool=unit.code == POOLED,
        )
        for unit in units
    ]


def _no_scores(experience: Experience) -> NoScores | None:
    """Why no item can have a score; None where some could."""
    if not experience.received:
        return "no_answers"
    if not experience.units:
        return "no_usable_group"
    return "one_usable_group" if len(experience.units) == 1 else None


def _attribute(catalogue: CatalogueSet, found: AttributeExperience, by_group: bool) -> PanelAttribute:
    attribute = catalogue.attribute(found.code)
    return PanelAttribute.from_score(
        found.result,
        slug=attribute.slug,
        title=plain(attribute.title),
        group_count=found.group_count,
        divided=list(found.divided),
        compared=found.compared,
        depends_on_who=found.depends_on_who,
        by_group=by_group,
        groups=[UnitFigure(unit=group.unit, score=points(group.score)) for group in found.groups],
        highest=list(found.highest),
        lowest=list(found.lowest),
        per_head=maybe_points(found.per_head),
        gap=maybe_points(found.gap),
        gap_band=None if found.gap is None else _band(gap_band(found.gap)),
        composition_low=maybe_points(found.composition_low),
        composition_high=maybe_points(found.composition_high),
    )


def _item(catalogue: CatalogueSet, item: CatalogueItem, found: ItemExperience, resource: str) -> PanelItem:
    single = None if found.single is None else UnitFigure(unit=found.single[0], score=points(found.single[1]))
    return PanelItem(
        code=item.code,
        revision=item.revision,
        question=item.question_code,
        attribute=item.attribute_code,
        kind=item.kind.value,
        short=plain(item.short),
        text=with_resource(item.text, resource, catalogue.resource_default),
        critical=item.critical,
        recommendations=[
            OfferedText(
                code=offered.code,
                trigger=offered.trigger.value,
                text=with_resource(offered.text, resource, catalogue.resource_default),
                basis_quote=plain(offered.basis_quote),
            )
            for offered in item.recommendations
        ],
        status=found.status.value,
        score=maybe_points(found.score),
        letter=found.letter,
        band=_band(found.band),
        cells=_cells(found),
        single=single,
    )


def _cells(found: ItemExperience) -> ItemCells | None:
    if found.score is None:
        return None
    # The figures of a scored item are never None.
    return ItemCells(
        n=found.n,
        per_head=points(found.per_head or ZERO),
        depends_on_who=found.depends_on_who,
        groups=[
            ItemCell(
                unit=group.unit,
                on_record=group.on_record,
                n=group.n,
                mean=points(group.mean),
                without=points(group.without),
                influence=points(group.influence),
                distribution=[share(part) for part in group.distribution or ()],
            )
            for group in found.groups
        ],
        gap=points(found.gap or ZERO),
        highest=list(found.highest),
        lowest=list(found.lowest),
        composition_low=points(found.composition_low or ZERO),
        composition_high=points(found.composition_high or ZERO),
        consensus=_consensus(found.consensus),
    )


def _consensus(found: Consensus | None) -> ConsensusPart | None:
    return None if found is None else ConsensusPart(printed=f"{found.value:.2f}", band=cast(ConsensusBand, found.band))


def _barriers(catalogue: CatalogueSet, specs: Sequence[ScoringItem], wave: WaveAnswers) -> list[OptionMatrix]:
    """Every checklist that was asked line by line, whatever its kind."""
    return [
        _matrix(catalogue.items[spec.code], spec, wave)
        for spec in specs
        if spec.kind is ItemKind.CHOICE and has_named_options(catalogue.items[spec.code])
    ]


def _matrix(item: CatalogueItem, spec: ScoringItem, wave: WaveAnswers) -> OptionMatrix:
    return OptionMatrix(
        item=item.code,
        attribute=item.attribute_code,
        kind=item.kind.value,
        short=plain(item.short),
        options=[MatrixOption(key=option.key, label=plain(option.label)) for option in item.options],
        rows=[
            MatrixRow(
                unit=row.unit,
                on_record=row.on_record,
                cells=[MatrixCell(option=key, mean=maybe_points(row.means[key])) for key in spec.options],
            )
            for row in option_matrix(spec, wave)
        ],
    )


def _band(band: str | None) -> Band | None:
    # The document refuses any other.
    return cast(Band | None, band)


def may_show_by_group(
    experience: Experience, wave: WaveAnswers, shown: WaveAnswers | None = None, last: PanelDocument | None = None
) -> dict[str, bool]:
    """Return, by attribute, whether a public document may have figures by group.

    `shown` and `last` are the wave and the document of the snapshot before. In one document they may be public where
    nobody can solve them for one group's answers to one item. In two, an attribute in which some answers are the same
    and others are not would give equations about the same unknowns; so it has to be either all as it was, or all new.
    """
    found = {attribute.code: attribute.by_group for attribute in public_attributes(experience)}
    if shown is None or last is None:
        return found
    for code in found:
        kept = _kept(code, experience, wave, shown, last)
        before = last.attribute(code)
        if kept and all(kept):
            found[code] = found[code] and before is not None and before.by_group
        elif any(kept):
            found[code] = False
    return found


def _kept(code: str, experience: Experience, wave: WaveAnswers, shown: WaveAnswers, last: PanelDocument) -> list[bool]:
    """For each confidential cell of an attribute, whether it is as it was in the snapshot before."""
    members = {unit.code: unit.members for unit in experience.units}
    return [
        _was_used(item, group.unit, last) and _same(item.code, members[group.unit], wave, shown)
        for item in experience.items
        if item.attribute == code
        for group in item.groups
        if not group.on_record
    ]


def _was_used(item: ItemExperience, unit: str, last: PanelDocument) -> bool:
    before = last.item(item.code)
    return before is not None and before.cells is not None and unit in {cell.unit for cell in before.cells.groups}


def _same(item: str, members: tuple[str, ...], wave: WaveAnswers, shown: WaveAnswers) -> bool:
    before = {group.code: group.answers for group in shown.groups}
    now = {group.code: group.answers for group in wave.groups}
    nothing: Mapping[object, int] = {}
    return all(now[code].get(item, nothing) == before[code].get(item, nothing) for code in members)
