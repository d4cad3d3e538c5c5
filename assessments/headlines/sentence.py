"""Whole sentences with names in them, for pages, reports and files alike.

A sentence is one entry of the catalogue. Its slots take a whole name or a whole number and nothing else, so that
translators can turn it round. It is text and markup at once: as text (a Word file, the name of a picture) a name that
runs in the other direction stands between Unicode isolates, and in a template, where there is markup, a name that
people gave stands in <bdi> and a text of the question set is marked where it is in another language than the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from attributes.texts import TextMap, kept_apart, localise, named, text


@dataclass(frozen=True)
class Name:
    """What stands in a slot: the same name as text and as markup."""

    plain: str
    markup: SafeString

    @classmethod
    def of_text(cls, words: TextMap) -> "Name":
        """A name that the question set gives."""
        return cls(_kept_apart(localise(words)), text(words))

    @classmethod
    def of_texts(cls, several: Iterable[TextMap]) -> "Name":
        """Names that the question set gives, one after the other."""
        return cls.listed(cls.of_text(words) for words in several)

    @classmethod
    def listed(cls, several: Iterable["Name"]) -> "Name":
        """Names one after the other."""
        names = list(several)
        return cls(
            ", ".join(name.plain for name in names), format_html_join(", ", "{}", ((name.markup,) for name in names))
        )

    @classmethod
    def of_people(cls, name: str) -> "Name":
        """A name that people gave: of a process, of a group."""
        return cls(_kept_apart(name), named(name))

    @classmethod
    def with_number(cls, name: str, number: str) -> "Name":
        """A name that people gave, and the figure that belongs to it."""
        own = cls.of_people(name)
        return cls(f"{own.plain} {number}", format_html("{} {}", own.markup, number))

    @classmethod
    def of_page(cls, words: object) -> "Name":
        """A name in the language of the page."""
        return cls(str(words), conditional_escape(str(words)))


Slot = Name | int


class Sentence(str):
    """A sentence with its slots filled; in a template it is marked up, everywhere else it is plain text."""

    __slots__ = ("_markup",)

    _markup: SafeString

    def __new__(cls, words: str, **slots: Slot) -> "Sentence":
        """Fill a sentence that is translated already: `words` has a %(name)s for each slot."""
        if not slots:
            made = super().__new__(cls, words % {})
            made._markup = SafeString(escape(words) % {})
            return made
        plain = {name: slot.plain if isinstance(slot, Name) else str(slot) for name, slot in slots.items()}
        marked = {name: slot.markup if isinstance(slot, Name) else str(slot) for name, slot in slots.items()}
        made = super().__new__(cls, words % plain)
        made._markup = SafeString(escape(words) % marked)
        return made

    @classmethod
    def of_names(cls, names: Iterable[str]) -> "Sentence":
        """Names that people gave, one after the other, to stand by themselves or in a sentence of the page."""
        return cls("%(names)s", names=Name.listed(map(Name.of_people, names)))

    @classmethod
    def together(cls, *sentences: "Sentence") -> "Sentence":
        """Several whole sentences, one after the other."""
        made = super().__new__(cls, " ".join(sentences))
        made._markup = format_html_join(" ", "{}", ((sentence,) for sentence in sentences))
        return made

    def __html__(self) -> SafeString:
        """The sentence as markup, escaped."""
        return self._markup


def _kept_apart(name: str) -> str:
    return kept_apart(name, "ltr" if get_language_bidi() else "rtl")
