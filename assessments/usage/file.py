"""How the items of a version were answered, as a CSV file that spreadsheets open: one figure a line."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.utils.translation import gettext as _

from assessments.answers.value import ANSWERED, DONT_KNOW, NOT_APPLICABLE, UNANSWERED
from assessments.csv_files import BYTE_ORDER_MARK, harmless
from assessments.usage.counts import ItemUse
from assessments.usage.page import line_label, state_label
from assessments.vocabulary import STATE_LABELS, EvidenceClass
from attributes.catalogue.types import CatalogueSet
from attributes.texts import localise


def csv_of(uses: Iterable[ItemUse], catalogue: CatalogueSet, total: int) -> str:
    """Return the figures as CSV with a byte order mark; figures that are not shown for being too few are empty."""
    out = StringIO()
    writer = csv.writer(out)
    what = [_("Line"), _("What"), _("Label"), _("Count"), _("Of")]
    writer.writerow([_("Item"), _("Revision"), _("Attribute"), _("Kind"), _("Short name"), *what])
    writer.writerow(["", "", "", "", "", "", "assessments", _("Submitted assessments of real processes"), total, ""])
    for use in uses:
        item = use.item
        head = [item.code, item.revision, item.attribute_code, item.kind.value, localise(item.short)]
        for row in _figures(use, catalogue):
            writer.writerow([harmless(str(cell)) for cell in [*head, *row]])
    return BYTE_ORDER_MARK + out.getvalue()


def _figures(use: ItemUse, catalogue: CatalogueSet) -> Iterator[tuple[object, ...]]:
    for stated in (ANSWERED, DONT_KNOW, NOT_APPLICABLE, UNANSWERED):
        yield "", stated, STATE_LABELS[stated], getattr(use, stated), use.total
    if use.without_evidence is not None:
        yield "", EvidenceClass.NONE.value, _("No evidence"), use.without_evidence, use.answered
    for level in catalogue.scale if use.item.kind == "rating" else ():
        count: object = use.levels[level.value] if use.levels is not None else ""
        yield "", f"level {level.value}", localise(level.label), count, use.answered
    for line in use.lines:
        label = localise(line_label(use.item, line.key))
        if line.states is None:
            yield label, "", _("fewer than five answers"), "", line.given
        for state, n in (line.states or {}).items():
            yield label, state, localise(state_label(use.item, state)), n, line.given
