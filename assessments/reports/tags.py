"""Template tags of reports: what a report is called, and what can be chosen when one is made."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.documents import manifest as manifests
from assessments.documents.manifest import ManifestDocument
from assessments.models import Report
from assessments.vocabulary import Annex, Paper, ReportKind

register = template.Library()

DIGEST_SHOWN = 12  # signs of it, on every page
VERIFY_PATH = "/verify"  # of the page that checks reports, below the address of the site

ANNEXES = Annex.choices
DRAFTS = {
    ReportKind.BOARD: _("Draft of the board paper"),
    ReportKind.FULL: _("Draft of the full report"),
    ReportKind.ANNUAL: _("Draft of the annual page"),
}


@register.filter
def paper_name(report: Report) -> str:
    """What kind of paper it is, and whether it is a draft or for few."""
    kind = ReportKind(report.kind)
    name = str(DRAFTS[kind] if report.is_draft and kind in DRAFTS else kind.label)
    return gettext("%(paper)s, restricted") % {"paper": name} if report.is_restricted else name


@register.filter
def paper_facts(report: Report) -> str:
    """Of which result it is, for whom, on which sheets, in which language, and how long."""
    facts = [
        gettext("Result no. %(n)s") % {"n": report.result_number} if report.result_number else "",
        str(report.get_readers_display()),
        str(report.get_paper_display()),
        dict(settings.LANGUAGES).get(report.language, report.language) if len(settings.LANGUAGES) > 1 else "",
        ngettext("%(n)s page", "%(n)s pages", report.pages) % {"n": report.pages} if report.pages else "",
    ]
    return " · ".join(str(fact) for fact in facts if fact)


@register.filter
def kind_label(kind: str) -> str:
    """What a kind of report is called."""
    return str(dict(ReportKind.choices).get(kind, kind))


@register.filter
def spaced(number: str) -> str:
    """The number of a report as it is printed."""
    return manifests.spaced(number)


@register.simple_tag
def issued(manifest: ManifestDocument) -> str:
    """Say on paper which report it is, and where it can be checked."""
    values = {
        "number": manifests.spaced(manifest.number),
        "version": manifest.product,
        "digest": manifest.document[:DIGEST_SHOWN],
        "place": manifest.site.partition("://")[2] + VERIFY_PATH,
    }
    if manifest.site:
        return gettext("Report %(number)s · msgov %(version)s · data %(digest)s · check it at %(place)s") % values
    return gettext("Report %(number)s · msgov %(version)s · data %(digest)s") % values


@register.simple_tag
def report_form() -> dict[str, Any]:
    """What can be chosen when a report is made."""
    return {
        "annexes": ANNEXES,
        "papers": Paper.choices,
        "languages": settings.LANGUAGES,
        "language": get_language(),
    }
