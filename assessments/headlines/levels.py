"""Levels in words: of items, of attributes, and of what a group says of an item."""

from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.headlines.sentence import Name
from assessments.scoring.model import letter_of

LETTER_LABELS: dict[str, Promise] = {
    "N": _("Not achieved"),
    "P": _("Partially achieved"),
    "L": _("Largely achieved"),
    "F": _("Fully achieved"),
    # Of attributes: the halves of the two middle bands.
    "P-": _("Partially achieved, lower half"),
    "P+": _("Partially achieved, upper half"),
    "L-": _("Largely achieved, lower half"),
    "L+": _("Largely achieved, upper half"),
}
# Behind the name of a group, in brackets.
SEEN_AS: dict[str, Promise] = {
    "N": pgettext_lazy("level that a group sees", "not"),
    "P": pgettext_lazy("level that a group sees", "partly"),
    "L": pgettext_lazy("level that a group sees", "largely"),
    "F": pgettext_lazy("level that a group sees", "fully"),
}


def seen_as(points: Fraction) -> Name:
    """How far a group sees something achieved, by the mean of its answers (0 to 100 points)."""
    return Name.of_page(SEEN_AS[letter_of(points)])
