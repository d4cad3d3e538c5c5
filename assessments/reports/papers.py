"""Writes to what stands on papers beside a result: the decision asked for, logo and colour."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.exceptions import Conflict, InvalidAnswer, NotAllowed
from assessments.logos import check_colour, logo_of
from assessments.models import Assessment, BoardPaper, Brand, Process
from assessments.signals import process_event

if TYPE_CHECKING:
    from msgov.accounts.models import User

Made = TypeVar("Made")

WRITTEN = ("decision", "made_by", "checked_by", "commissioned_by", "interests")


def board_paper_of(assessment: Assessment) -> BoardPaper:
    """Return what was written for those who decide, or an empty one. One query."""
    return BoardPaper.objects.filter(assessment=assessment).first() or BoardPaper(assessment=assessment, version=0)


@transaction.atomic
def save_board_paper(
    *,
    assessment: Assessment,
    user: "User",
    version: int,
    fields: Mapping[str, str],
) -> BoardPaper:
    """Store what was written.

    `version` is that of the page that sent it. Raises Conflict, with what is stored, if somebody saved meanwhile.
    """
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    paper = board_paper_of(assessment)
    if paper.version != version:
        raise Conflict(_("Somebody else saved this page while you were writing."), paper)
    for name in WRITTEN:
        setattr(paper, name, fields[name])
    paper.version = version + 1
    paper.updated_by = user
    paper.save()
    process_event.send(sender=save_board_paper, action="board.saved", user=user, obj=assessment, details={})
    return paper


@transaction.atomic
def save_brand(
    *,
    process: Process,
    user: "User",
    name: str,
    colour: str,
    logo: "UploadedFile[Any] | None" = None,
    remove_logo: bool = False,
) -> Brand:
    """Store how the papers of a process look. `colour` is "" for msgov's own; without a `logo` the stored one stays.

    Raises InvalidAnswer, at the field, for a colour that cannot be read and for a file that is no picture.
    """
    Process.objects.select_for_update().get(pk=process.pk)
    brand = Brand.objects.filter(process=process).first() or Brand(process=process)
    brand.name, brand.colour = name, colour.lower()
    if brand.colour:
        _at("colour", lambda: check_colour(brand.colour))
    if logo is not None:
        size = logo.size or 0
        brand.logo = _at("logo", lambda: logo_of(logo, size))
    elif remove_logo:
        brand.logo = b""
    brand.save()
    process_event.send(sender=save_brand, action="papers.changed", user=user, obj=process, details={})
    return brand


def _at(field: str, make: Callable[[], Made]) -> Made:
    """What is made, or the refusal at the field it is about."""
    try:
        return make()
    except NotAllowed as refusal:
        raise InvalidAnswer(refusal.message, errors={field: refusal.message}) from refusal
