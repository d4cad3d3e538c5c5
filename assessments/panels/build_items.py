"""What the restricted document of a closed wave says item by item (`build`)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

from assessments.answers.value import has_named_options
from assessments.documents.panel import MatrixCell, MatrixOption, MatrixRow, OptionMatrix
from assessments.documents.panel_items import ConsensusBand, ConsensusPart, ItemCell, ItemCells, OfferedText, PanelItem
from assessments.documents.values import maybe_points, plain, points, share, with_resource
from assessments.scoring import ItemKind, ScoringItem, WaveAnswers, option_matrix
from assessments.scoring.experience import BalancedConsensus, BalancedItem, Disagreement
from assessments.scoring.method import ZERO
from attributes.catalogue.types import CatalogueItem, CatalogueSet

_TENTHS = 10


def item_part(catalogue: CatalogueSet, item: CatalogueItem, found: BalancedItem, resource: str) -> PanelItem:
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
        chance=points(tenths(apart.chance)) if found.may_show_spread else None,
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


def option_matrices(catalogue: CatalogueSet, specs: Sequence[ScoringItem], wave: WaveAnswers) -> list[OptionMatrix]:
    """Return every checklist that was asked line by line, whatever its kind."""
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


def tenths(value: float) -> Fraction:
    """A figure that has no exact value, to one decimal."""
    return Fraction(round(value * _TENTHS), _TENTHS)
