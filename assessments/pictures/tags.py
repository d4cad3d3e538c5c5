"""Template tags that draw pictures in the direction of the page."""

from collections.abc import Iterable
from html import escape
from typing import Protocol

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from assessments import pictures
from assessments.documents.panel import PanelAttribute
from assessments.documents.result import AttributeResult

register = template.Library()


@register.simple_tag
def profile_picture(row: pictures.ProfileRow, labelled: pictures.ProfileRow | None = None) -> SafeString:
    """Draw a row of a profile; it is marked where it is the one that is `labelled`."""
    return pictures.profile_bar(row, labels=row is labelled, rtl=get_language_bidi())


@register.simple_tag
def strip_picture(row: pictures.ProfileRow) -> SafeString:
    """Draw the strip of an item, or of a group."""
    return pictures.strip_bar(row, rtl=get_language_bidi())


@register.simple_tag
def time_picture(panel: pictures.TimePanel) -> SafeString:
    """Draw an attribute from round to round."""
    return pictures.time_panel(panel, rtl=get_language_bidi())


class Counts(Protocol):
    """Whatever says how many are shown, claimed and not shown, and not known."""

    @property
    def shown(self) -> int:
        """How many are shown."""

    @property
    def claimed(self) -> int:
        """How many are claimed, and not fully shown."""

    @property
    def unknown(self) -> int:
        """How many are not known."""


@register.filter
def known_parts(known: Counts) -> list[tuple[str, str, int]]:
    """The parts of the bar: a class, what it is called, how many."""
    return pictures.KnownBar(known.shown, known.claimed, known.unknown).parts


@register.simple_tag
def known_picture(known: Counts) -> SafeString:
    """Draw how much is known."""
    return pictures.known_bar(known.shown, known.claimed, known.unknown, rtl=get_language_bidi())


@register.simple_tag
def band_names() -> list[pictures.PictureLabel]:
    """The names of the bands at their places."""
    return pictures.band_names()


@register.simple_tag
def evidence_strip(attribute: AttributeResult) -> SafeString:
    """Draw what can be shown of an attribute as a strip."""
    return pictures.strip_bar(pictures.attribute_row(attribute), rtl=get_language_bidi())


@register.simple_tag
def experience_strip(attribute: PanelAttribute) -> SafeString:
    """Draw what groups say of an attribute as a strip."""
    return pictures.strip_bar(pictures.experience_row(attribute), rtl=get_language_bidi())


@register.simple_tag
def groups_picture(dots: pictures.Dots) -> SafeString:
    """Draw how far groups are apart."""
    return pictures.group_marks(dots.points, dots.score, title=dots.sentence, rtl=get_language_bidi())


@register.filter
def picture_labels(row: pictures.ProfileRow) -> pictures.PictureLabels:
    """The names of the shapes of a row at their places."""
    return pictures.profile_labels(row)


@register.simple_tag
def heat_cells(cells: Iterable[pictures.HeatCell]) -> SafeString:
    """The cells of a row of a heat table. In Python: a table has fifty."""
    return SafeString("".join(f' <td class="heat {escape(cell.css)}">{_in_cell(cell)}</td> ' for cell in cells))


def _in_cell(cell: pictures.HeatCell) -> str:
    words = escape(cell.words)
    note = f'<span class="heat-note">{escape(cell.note)}</span>' if cell.note else ""
    if cell.letter:
        more = f' <span class="heat-note">{words}</span>' if words else ""
        return f"<b>{escape(cell.letter)}</b>{more} {note} "
    if cell.sign:
        unseen = f'<span class="visually-hidden unseen">{words}</span>'
        return f' <span aria-hidden="true">{escape(cell.sign)}</span> {unseen} {note} '
    return f'<span class="heat-note">{words}</span> {note} '


@register.filter
def heat_class(letter: str | None) -> str:
    """The class that colours a letter."""
    return pictures.heat_class(letter)
