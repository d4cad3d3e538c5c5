"""From the result of a wave to its restricted document (method 3.8, 3.9). `public` makes the one for everybody.

Pure: nothing is read here, and only `documents.values` rounds."""

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

from assessments.documents.about import IndexPart
from assessments.documents.panel import (
    FORMAT,
    MatrixCell,
    MatrixOption,
    MatrixRow,
    NoRange,
    NoScores,
    OptionMatrix,
    PanelAttribute,
    PanelDocument,
    SamplingPart,
    UnitFigure,
    without_small_counts,
)
from assessments.documents.panel_asked import (
    AskedShare,
    ShortFormPart,
)
from assessments.documents.panel_items import ConsensusBand, ConsensusPart, ItemCell, ItemCells, OfferedText, PanelItem
from assessments.documents.values import (
    Figure,
    QuestionSetRef,
    maybe_points,
    plain,
    points,
    share,
    whole_share,
    with_resource,
)
from assessments.panels.asked import About, group_parts, unit_parts, wave_part
from assessments.panels.scored import ScoredPanel
from assessments.scoring import (
    ItemKind,
    ScoringItem,
    WaveAnswers,
    fraction_text,
    option_matrix,
)
from assessments.scoring.experience import (
    BalancedAttribute,
    BalancedConsensus,
    BalancedItem,
    Disagreement,
    PanelResult,
    SamplingRange,
    restricted_attribute,
    restricted_item,
)
from assessments.scoring.method import ZERO
from attributes.catalogue.types import CatalogueItem, CatalogueSet


def build_panel(about: About, catalogue: CatalogueSet, scored: ScoredPanel) -> PanelDocument:
    """Return the restricted document of a closed wave."""
    result = scored.result
    items = {item.code: restricted_item(item) for item in result.items}
    document = PanelDocument(
        format=FORMAT,
        version="restricted",
        method_version=result.method_version,
        assessment=about.assessment,
        question_set=QuestionSetRef.of(catalogue),
        wave=wave_part(about, result.k),
        groups=group_parts(about, result),
        units=unit_parts(about, result.units),
        received=result.received,
        withheld=result.withheld,
        no_scores=_no_scores(result),
        attributes=[
            _attribute(catalogue, restricted_attribute(found), scored.ranges[found.code]) for found in result.attributes
        ],
        weakest=list(result.weakest),
        index=None if result.index is None else IndexPart.of(result.index),
        items=[_item(catalogue, catalogue.items[code], items[code], about.resource) for code in items],
        barriers=_option_matrices(catalogue, scored.terms.specs, scored.wave),
        flat_count=about.flat_count,
        short_form=_short_form(scored),
    )
    return without_small_counts(document)


_TENTHS = 10


def _short_form(scored: ScoredPanel) -> ShortFormPart | None:
    """How much was asked; None where it was the full form."""
    asked, full = scored.terms.specs, scored.terms.full
    if not full:
        return None
    return ShortFormPart(
        asked=len(asked),
        of=len(full),
        attributes=[
            AskedShare(
                attribute=found.code,
                asked=sum(spec.attribute == found.code for spec in asked),
                of=sum(spec.attribute == found.code for spec in full),
                share=_percent(found.asked),
            )
            for found in scored.result.attributes
        ],
    )


def _no_scores(result: PanelResult) -> NoScores | None:
    """Why no item can have a score; None where some could."""
    if not result.received:
        return "no_answers"
    if not result.units:
        return "no_usable_group"
    return "one_usable_group" if len(result.units) == 1 else None


def _attribute(catalogue: CatalogueSet, found: BalancedAttribute, sampling: SamplingRange) -> PanelAttribute:
    attribute, result = catalogue.attribute(found.code), found.result
    return PanelAttribute(
        code=found.code,
        slug=attribute.slug,
        title=plain(attribute.title),
        status=result.status.value,
        score=maybe_points(result.score),
        low=maybe_points(result.low),
        high=maybe_points(result.high),
        sampling=sampling_part(sampling),
        coverage=_percent(result.coverage),
        scope=_percent(result.scope),
        reduced_scope=result.reduced_scope,
        letter=result.letter,
        band_letter=result.band_letter,
        limited_by=list(result.limited_by),
        critical_open=list(result.critical_open),
        provisional_because=list(result.provisional_because),
        group_count=found.group_count,
        confidential=found.confidential,
        divided=list(found.divided),
        may_be_divided=list(found.may_be_divided),
        compared=found.compared,
        depends_on_who=found.depends_on_who,
        depends_on_named=found.depends_on_named,
        depends_on_groups=found.depends_on_groups,
        hidden=None,
        score_hidden=None,
        repeats_earlier=False,
        groups=[UnitFigure(unit=own.unit, score=points(own.score), letter=own.letter) for own in found.profiles],
        highest=list(found.highest),
        lowest=list(found.lowest),
        per_head=maybe_points(found.per_head),
        gap=maybe_points(found.gap),
        chance_gap=None if found.chance_gap is None else points(_tenths(found.chance_gap)),
        composition_low=maybe_points(found.composition_low),
        composition_high=maybe_points(found.composition_high),
        without_named=maybe_points(found.without_named),
        by_sector=maybe_points(found.by_sector),
    )


def _percent(value: Fraction) -> Figure:
    """A share of weight, exact and printed as whole per cent."""
    return Figure(exact=fraction_text(value), printed=whole_share(value).printed)


def sampling_part(found: SamplingRange) -> SamplingPart:
    """A sampling range as documents say it."""
    return SamplingPart(
        low=found.low,
        high=found.high,
        t=None if found.t is None else fraction_text(found.t),
        at_most=found.at_most,
        missing_a_unit=found.missing_a_unit,
        why=cast(NoRange | None, found.why),
    )


# --- Item by item ---------------------------------------------------------------------------------------------------


def _item(catalogue: CatalogueSet, item: CatalogueItem, found: BalancedItem, resource: str) -> PanelItem:
    """Return what the restricted document says of an item."""
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
        verdict=found.disagreement.verdict.value if found.disagreement else None,
        hidden=None,
        named_decides=share(Fraction(1, len(found.units))) if found.confidential < len(found.units) else None,
        cells=_cells(found, found.disagreement) if found.disagreement else None,
    )


def _cells(found: BalancedItem, apart: Disagreement) -> ItemCells:
    # The figures of a scored item are never None.
    return ItemCells(
        n=found.n,
        per_head=points(found.per_head or ZERO),
        groups=[
            ItemCell(
                unit=unit.unit,
                on_record=unit.named,
                n=unit.n,
                mean=points(unit.mean),
                without=points(unit.without),
                influence=points(unit.influence),
                distribution=[share(part) for part in unit.distribution or ()],
            )
            for unit in found.units
        ],
        gap=points(apart.gap),
        beyond_chance=apart.beyond_chance,
        needs=apart.needs,
        chance=points(_tenths(apart.chance)) if found.may_show_spread else None,
        highest=[apart.pair[0]],
        lowest=[apart.pair[1]],
        composition_low=points(found.composition_low or ZERO),
        composition_high=points(found.composition_high or ZERO),
        consensus=_consensus(found.consensus),
        one_answer=share(found.one_answer or ZERO),
        without_named=maybe_points(found.without_named) if found.confidential < len(found.units) else None,
        by_sector=maybe_points(found.by_sector),
        depends_on_who=found.depends_on_who,
        depends_on_named=found.depends_on_named,
        depends_on_groups=found.depends_on_groups,
    )


def _consensus(found: BalancedConsensus | None) -> ConsensusPart | None:
    if found is None:
        return None
    printed = None if found.value is None else f"{found.value:.2f}"
    return ConsensusPart(printed=printed, band=cast(ConsensusBand, found.band), two_camps=found.two_camps)


def _option_matrices(catalogue: CatalogueSet, specs: Sequence[ScoringItem], wave: WaveAnswers) -> list[OptionMatrix]:
    """Return every checklist that was asked line by line, whatever its kind."""
    return [
        _matrix(catalogue.items[spec.code], spec, wave)
        for spec in specs
        if spec.kind is ItemKind.CHOICE and catalogue.items[spec.code].has_named_options
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


def _tenths(value: float) -> Fraction:
    """A figure that has no exact value, to one decimal."""
    return Fraction(round(value * _TENTHS), _TENTHS)
