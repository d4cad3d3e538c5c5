"""Which field belongs to which kind of item: this table is the only place that knows."""

from collections.abc import Callable

from assessments.answering.fields import ChecklistField, OpenTextField, RatingField, YesNoField
from assessments.answering.item_field import ItemField
from attributes.catalogue.types import CatalogueItem, CatalogueSet
from attributes.kinds import Kind


def _justified(item: CatalogueItem, catalogue: CatalogueSet) -> ItemField:
    """Asked for each option, or once where there are none."""
    return ChecklistField(item, catalogue) if item.options else YesNoField(item, catalogue)


BUILDERS: dict[Kind, Callable[[CatalogueItem, CatalogueSet], ItemField]] = {
    Kind.RATING: RatingField,
    Kind.COVERAGE_CHECKLIST: ChecklistField,
    Kind.BARRIER_CHECKLIST: ChecklistField,
    Kind.JUSTIFIED_YES_NO: _justified,
    Kind.DIAGNOSIS_CHECKLIST: ChecklistField,
    Kind.OPEN_TEXT: OpenTextField,
}


def build_field(item: CatalogueItem, catalogue: CatalogueSet) -> ItemField:
    """Return the field of an item."""
    return BUILDERS[item.kind](item, catalogue)
