"""Writes to an annual page: what the organiser chose for it."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.annual.build import annual_page_of
from assessments.exceptions import Conflict
from assessments.models import AnnualPage, Assessment, PanelComment
from assessments.signals import process_event

if TYPE_CHECKING:
    from msgov.accounts.models import User


@transaction.atomic
def save_annual_page(
    *,
    assessment: Assessment,
    user: "User",
    version: int,
    title: str,
    year: str,
    foreword: str,
    left_out: Collection[str],
    quoted: PanelComment | None,
) -> AnnualPage:
    """Store what was chosen. `left_out`: codes of actions that are counted and do not stand on the page.

    `version` is that of the page that sent it. Raises Conflict, with what is stored, if somebody saved meanwhile.
    """
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    page = annual_page_of(assessment)
    if page.version != version:
        raise Conflict(_("Somebody else saved this page while you were writing."), page)
    page.title, page.year, page.foreword = title, year, foreword
    page.left_out = sorted(left_out)
    page.quoted = quoted
    page.version = version + 1
    page.updated_by = user
    page.save()
    process_event.send(sender=save_annual_page, action="annual.saved", user=user, obj=assessment, details={})
    return page
