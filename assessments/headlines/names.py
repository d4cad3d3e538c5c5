"""Names of attributes that are short enough for a sentence, a column or a picture.

An attribute of a question set that nobody gave a short name here is called by its title.
"""

from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from assessments.headlines.sentence import Name
from attributes.memory import MemoryCache, language_of_page
from attributes.texts import TextMap, localise


class Named(Protocol):
    """An attribute of any document."""

    @property
    def slug(self) -> str:
        """What it is called in addresses and files."""

    @property
    def title(self) -> TextMap:
        """What the question set calls it."""


# As a heading or at the beginning of a sentence, and within a sentence.
SHORT_NAMES: dict[str, tuple[Promise, Promise]] = {
    "inclusiveness-transparency": (
        pgettext_lazy("attribute, first in a sentence", "Taking part"),
        pgettext_lazy("attribute, within a sentence", "taking part"),
    ),
    "collective-responsibility": (
        pgettext_lazy("attribute, first in a sentence", "Collective responsibility"),
        pgettext_lazy("attribute, within a sentence", "collective responsibility"),
    ),
    "effective-decision-making": (
        pgettext_lazy("attribute, first in a sentence", "Decision-making"),
        pgettext_lazy("attribute, within a sentence", "decision-making"),
    ),
    "distributed-interoperable-collaboration": (
        pgettext_lazy("attribute, first in a sentence", "Working with others"),
        pgettext_lazy("attribute, within a sentence", "working with others"),
    ),
    "meaningful-accountable-participation": (
        pgettext_lazy("attribute, first in a sentence", "Meaningful participation"),
        pgettext_lazy("attribute, within a sentence", "meaningful participation"),
    ),
    "open-participative-consensus-driven": (
        pgettext_lazy("attribute, first in a sentence", "Openness and consensus"),
        pgettext_lazy("attribute, within a sentence", "openness and consensus"),
    ),
    "transparent-accountable-equitable": (
        pgettext_lazy("attribute, first in a sentence", "Transparency and fairness"),
        pgettext_lazy("attribute, within a sentence", "transparency and fairness"),
    ),
    "distributed-collaborative": (
        pgettext_lazy("attribute, first in a sentence", "Distributed cooperation"),
        pgettext_lazy("attribute, within a sentence", "distributed cooperation"),
    ),
    "enabling-participation": (
        pgettext_lazy("attribute, first in a sentence", "Enabling participation"),
        pgettext_lazy("attribute, within a sentence", "enabling participation"),
    ),
}


def short_title(attribute: Named) -> str:
    """What an attribute is called where there is little room: over a column, beside a picture."""
    names = SHORT_NAMES.get(attribute.slug)
    return str(names[0]) if names else localise(attribute.title)


def first_in_sentence(attribute: Named) -> Name:
    """The name of an attribute with which a sentence begins."""
    return _name(attribute, 0)


def in_sentence(attribute: Named) -> Name:
    """The name of an attribute within a sentence."""
    return _name(attribute, 1)


_kept: MemoryCache[tuple[str | None, str, int], Name] = MemoryCache(256)


def _name(attribute: Named, form: int) -> Name:
    names = SHORT_NAMES.get(attribute.slug)
    if names is None:
        return Name.of_text(attribute.title)
    # Half the sentences of a page name an attribute.
    return _kept.get_or_make((language_of_page(), attribute.slug, form), lambda: Name.of_page(names[form]))
