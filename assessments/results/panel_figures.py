"""The figures of a frozen wave as the scoring had them. Pure."""

from fractions import Fraction

from assessments.documents.figures import exact
from assessments.documents.panel import PanelAttribute, PanelDocument, PanelItem
from assessments.scoring import (
    AttributeExperience,
    AttributeScore,
    Experience,
    GroupCount,
    GroupMean,
    GroupUse,
    ItemExperience,
    ItemStatus,
    Status,
    Unit,
)
from assessments.scoring.rules import ZERO
from assessments.scoring.scorecard import scorecard_of


def experience_of(document: PanelDocument) -> Experience:
    """Return the result a document was made of, as far as it tells; a public one has no figures by group and item."""
    attributes = [_attribute(attribute) for attribute in document.attributes]
    return Experience(
        k=document.wave.threshold,
        counts=tuple(
            GroupCount(group.code, group.received, group.mode == "on_record", GroupUse(group.use))
            for group in document.groups
        ),
        units=tuple(Unit(unit.code, tuple(unit.members), unit.received, unit.on_record) for unit in document.units),
        received=document.received,
        withheld=document.withheld,
        items=tuple(_item(item) for item in document.items),
        attributes=tuple(attributes),
        scorecard=scorecard_of([attribute.result for attribute in attributes]),
    )


def _item(item: PanelItem) -> ItemExperience:
    known = ItemExperience(
        code=item.code,
        question=item.question,
        attribute=item.attribute,
        critical=item.critical,
        status=ItemStatus(item.status),
        score=exact(item.score),
        letter=item.letter,
        band=item.band,
    )
    if item.cells is None:
        return known
    return ItemExperience(
        **{name: getattr(known, name) for name in ("code", "question", "attribute", "critical", "status")},
        score=known.score,
        letter=known.letter,
        band=known.band,
        n=item.cells.n,
        per_head=exact(item.cells.per_head),
        depends_on_who=item.cells.depends_on_who,
        groups=tuple(
            GroupMean(
                unit=cell.unit,
                on_record=cell.on_record,
                n=cell.n,
                mean=_number(exact(cell.mean)),
                without=_number(exact(cell.without)),
                influence=_number(exact(cell.influence)),
                distribution=tuple(_number(exact(part)) for part in cell.distribution) or None,
            )
            for cell in item.cells.groups
        ),
        gap=exact(item.cells.gap),
        highest=tuple(item.cells.highest),
        lowest=tuple(item.cells.lowest),
        composition_low=exact(item.cells.composition_low),
        composition_high=exact(item.cells.composition_high),
    )


def _attribute(attribute: PanelAttribute) -> AttributeExperience:
    score = exact(attribute.score)
    result = AttributeScore(
        code=attribute.code,
        status=Status(attribute.status),
        score=score,
        claimed=score,
        unsupported=None if score is None else ZERO,
        low=exact(attribute.low),
        high=exact(attribute.high),
        coverage=_number(exact(attribute.coverage)),
        scope=_number(exact(attribute.scope)),
        reduced_scope=attribute.reduced_scope,
        letter=attribute.letter,
        band_letter=attribute.band_letter,
        limited_by=tuple(attribute.limited_by),
        critical_open=tuple(attribute.critical_open),
        provisional_because=tuple(attribute.provisional_because),
        step=_number(exact(attribute.step)),
        items=(),
    )
    return AttributeExperience(
        code=attribute.code,
        result=result,
        group_count=attribute.group_count,
        divided=tuple(attribute.divided),
        compared=attribute.compared,
        groups=(),
        highest=tuple(attribute.highest),
        lowest=tuple(attribute.lowest),
        per_head=exact(attribute.per_head),
        depends_on_who=attribute.depends_on_who,
        gap=exact(attribute.gap),
        composition_low=exact(attribute.composition_low),
        composition_high=exact(attribute.composition_high),
    )


def _number(value: Fraction | None) -> Fraction:
    return value if value is not None else ZERO
