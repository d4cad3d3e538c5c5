"""Whether a report that was given out still holds: by what is stored now of the assessments it is about."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from assessments.models import Assessment, FrozenResult, IssuedReport, WaveSnapshot
from assessments.vocabulary import ReportKind


@dataclass(frozen=True)
class Replacement:
    """What took the place of a report: why, since when (None where nobody noted it), and which report does (or "")."""

    why: str
    since: datetime | None = None
    number: str = ""


def replacement(issued: IssuedReport) -> Replacement | None:
    """Return what has replaced a report, or None where it still holds. Four queries at most.

    A comparison is replaced by newer results only: another choice of what is compared does not replace it.
    """
    own = Assessment.objects.filter(code__in=issued.codes)
    if own.count() < len(issued.codes):
        return Replacement(_("What it was drawn from has been deleted on this site since."))
    newest = IssuedReport.objects.of_same(issued.about, issued.kind, issued.language, issued.readers).first()
    later = newest if newest and newest.shown_digest != issued.shown_digest and newest.as_of > issued.as_of else None
    number = later.number if later else ""
    result = FrozenResult.objects.filter(assessment__in=own, created_at__gt=issued.as_of).order_by("created_at").first()
    if result is not None:
        return Replacement(_("A newer result was submitted since."), result.created_at, number)
    if _has_newer_wave(issued):
        return Replacement(_("Newer answers of stakeholders were counted since."), None, number)
    if later is not None and issued.kind != ReportKind.COMPARISON:
        return Replacement(_("A newer version of this report was made since."), later.as_of, number)
    return None


def _has_newer_wave(issued: IssuedReport) -> bool:
    """Whether stakeholders' answers were counted that are not in it.

    Of one assessment its numbers tell; of several only the day does, and those of the day of the report count as in it.
    """
    found = WaveSnapshot.objects.filter(wave__assessment__code__in=issued.codes)
    if issued.kind not in ReportKind.on_one():
        return found.filter(made_on__gt=issued.as_of.date()).exists()
    last = found.order_by("-wave__number", "-number").values_list("digest", "public_digest").first()
    return last is not None and issued.panel_digest not in last
