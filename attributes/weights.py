"""What an item weighs inside its attribute while nothing is left out as not applicable."""

from fractions import Fraction

from attributes.catalogue.types import CatalogueAttribute
from attributes.kinds import Audience


def default_weights(attribute: CatalogueAttribute, *, stakeholders: bool = False) -> dict[str, Fraction]:
    """Item code to weight. Questions weigh the same, and items the same inside their question.

    So the source's own proportions hold, whatever number of items a question is taken apart into. With
    `stakeholders`, only the items stakeholders are asked count.
    """
    counted = [
        [
            item.code
            for item in question.items
            if item.scored and not (stakeholders and item.audience is Audience.ORGANISER)
        ]
        for question in attribute.questions
    ]
    counted = [codes for codes in counted if codes]
    return {code: Fraction(1, len(counted) * len(codes)) for codes in counted for code in codes}
