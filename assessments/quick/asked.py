"""What a quick check asks: the items that a question set marks for it, on as few pages as a telephone bears."""

from collections.abc import Iterator
from dataclasses import dataclass

from attributes.catalogue.published import catalogue_of
from attributes.catalogue.types import CatalogueAttribute, CatalogueItem, CatalogueSet
from attributes.models import QuestionSet

# More on one page could not be taken in at once on a telephone.
MOST_ON_PAGE = 6


@dataclass(frozen=True)
class QuickPage:
    """A page of items of one attribute. `number` is 1 for the first; `goes_on`: the attribute began on the last."""

    number: int
    attribute: CatalogueAttribute
    items: tuple[CatalogueItem, ...]
    goes_on: bool = False


def quick_items(catalogue: CatalogueSet) -> tuple[CatalogueItem, ...]:
    """Return the items of the quick check, in order; none where the set has no quick check."""
    return tuple(item for item in catalogue.items.values() if item.quick_check)


def quick_pages(catalogue: CatalogueSet) -> tuple[QuickPage, ...]:
    """Return the pages: one for each attribute, more where it has many items."""
    parts = [
        (attribute, items[begin : begin + MOST_ON_PAGE], begin > 0)
        for attribute in catalogue.attributes
        for items in [tuple(_of_attribute(attribute))]
        for begin in range(0, len(items), MOST_ON_PAGE)
    ]
    return tuple(QuickPage(number, *part) for number, part in enumerate(parts, 1))


def _of_attribute(attribute: CatalogueAttribute) -> Iterator[CatalogueItem]:
    return (item for question in attribute.questions for item in question.items if item.quick_check)


def checkable_sets() -> list[CatalogueSet]:
    """Return the sets that have a quick check, in their newest versions; the default set comes first."""
    found = [catalogue_of(question_set) for question_set in QuestionSet.objects.latest_versions()]
    return [catalogue for catalogue in found if quick_items(catalogue)]
