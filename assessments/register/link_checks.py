"""Whether the links of evidence registers still answer: asked in the background, where the operator allows it.

What comes of it is shown with its day and counts in no score: whether a document shows the point is for people to say.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from assessments.models import EvidenceEntry
from assessments.vocabulary import EntryKind, LinkFound
from assessments.web_probe import probe

AT_ONCE = 5  # of all processes, one after the other
AGAIN_AFTER = timedelta(days=30)
# Autosave stores an address while it is being typed: half of one is nobody's business.
SETTLED_AFTER = timedelta(days=1)


def check_links(limit: int = AT_ONCE) -> int:
    """Ask the links that were never asked, or longest ago, and note what came of it. Returns how many; none unless
    the operator allows it."""
    if not settings.CHECK_LINKS:
        return 0
    now = timezone.now()
    due = Q(link_checked_at=None) | Q(link_checked_at__lt=now - AGAIN_AFTER)
    entries = EvidenceEntry.objects.listed().filter(due, kind=EntryKind.LINK, added_at__lt=now - SETTLED_AFTER)
    rows = list(entries.order_by(F("link_checked_at").asc(nulls_first=True), "pk")[:limit])
    for entry in rows:
        found = LinkFound(probe(entry.address))
        # Not of an entry that leads elsewhere by now.
        EvidenceEntry.objects.filter(pk=entry.pk, key=entry.key).update(
            link_found=found, link_checked_at=timezone.now()
        )
    return len(rows)
