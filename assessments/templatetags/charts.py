"""Template tags that draw an attribute's score as a picture with a sentence for those who do not see it."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext

from assessments import charts
from assessments.documents.comparison import ComparedAttribute, ExperienceAttribute
from assessments.documents.panel import PanelAttribute
from assessments.documents.result import AttributeResult
from assessments.results.panel_lines import Dots
from assessments.results.panel_sentences import experience_sentence
from assessments.results.sentences import score_sentence
from assessments.scoring.rules import BANDS
from attributes.texts import localise

register = template.Library()


@register.simple_tag
def score_chart(attribute: AttributeResult | ComparedAttribute, name: str = "") -> SafeString:
    """Draw the score bar of an attribute; `name` replaces the attribute's title in the sentence (a
    process's name)."""
    label = name or str(localise(getattr(attribute, "title", {})))
    return charts.score_bar(
        attribute.low.number if attribute.low else None,
        attribute.high.number if attribute.high else None,
        attribute.score.number if attribute.score else None,
        attribute.claimed.number if attribute.claimed else None,
        attribute.status,
        title=score_sentence(attribute, label),
        rtl=get_language_bidi(),
    )


@register.simple_tag
def experience_chart(attribute: PanelAttribute | ExperienceAttribute, name: str = "") -> SafeString:
    """Draw what stakeholders say of an attribute, on the axis of `score_chart`; `name` replaces its title."""
    ends = (attribute.composition_low, attribute.composition_high)
    return charts.experience_bar(
        attribute.low.number if attribute.low else None,
        attribute.high.number if attribute.high else None,
        attribute.score.number if attribute.score else None,
        (ends[0].number, ends[1].number) if ends[0] and ends[1] else None,
        attribute.status,
        title=experience_sentence(attribute, name or str(localise(getattr(attribute, "title", {})))),
        rtl=get_language_bidi(),
    )


@register.simple_tag
def group_chart(dots: Dots) -> SafeString:
    """Draw the groups on one axis, by their numbers."""
    return charts.group_dots(dots.points, dots.score, title=dots.sentence, rtl=get_language_bidi())


@register.simple_tag
def score_axis() -> SafeString:
    """Draw the digits of the axis under a column of score bars."""
    return charts.score_axis(
        title=gettext("Axis from 0 to 100 points with band edges at %(n)s, %(p)s and %(l)s.") % _edges(),
        rtl=get_language_bidi(),
    )


@register.simple_tag
def bands() -> str:
    """Say which points each letter stands for."""
    return gettext("N to %(n)s, P to %(p)s, L to %(l)s, F to %(f)s") % _edges()


def _edges() -> dict[str, int]:
    """The highest points of each band, by its letter in lower case."""
    return {letter.lower(): int(edge) for letter, edge in BANDS}


@register.simple_tag
def band_letters() -> SafeString:
    """Draw the letters of the four bands over a column of score bars."""
    return charts.band_letters(
        title=gettext("Bands from left to right: N, P, L, F.")
        if not get_language_bidi()
        else gettext("Bands from right to left: N, P, L, F."),
        rtl=get_language_bidi(),
    )
