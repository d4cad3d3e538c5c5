"""Groups in sentences. Several that share an end are not listed: a slot takes one whole name, or what they are."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.documents.both_tracks import ComparedTracks
from assessments.documents.over_time import GroupThenNow
from assessments.documents.panel_asked import PanelUnit
from assessments.headlines.sentence import Name

POOL = _("Other groups (pooled)")


def unit_slot(joint: ComparedTracks, codes: Sequence[str]) -> Name:
    """The group at one end; several by their number."""
    if len(codes) != 1:
        return Name.of_page(gettext("%(n)s groups") % {"n": len(codes)})
    return unit_name_slot(joint.panel.unit(codes[0]))


def unit_name_slot(unit: PanelUnit) -> Name:
    """What a group, or the pool of small ones, is called in a sentence."""
    return Name.of_page(POOL) if unit.is_pool else Name.of_people(unit.called)


def unit_name(unit: PanelUnit | GroupThenNow) -> str:
    """The same by itself, in the language of the reader where it has a name in it; it knows in which it is."""
    return str(POOL) if unit.is_pool else unit.called
