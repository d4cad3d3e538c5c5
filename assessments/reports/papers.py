"""Writes to what stands on papers beside a result: the decision asked for, the actions planned, logo and colour."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from assessments.exceptions import Conflict, InvalidAnswer, NotAllowed
from assessments.logos import check_colour, logo_of
from assessments.models import Action, Assessment, BoardPaper, Brand, Process
from assessments.signals import process_event

if TYPE_CHECKING:
    from msgov.accounts.models import User

Made = TypeVar("Made")

WRITTEN = ("decision", "made_by", "checked_by", "commissioned_by")


@dataclass(frozen=True)
class ActionWritten:
    """What was typed for the step of an item."""

    item: str
    text: str
    owner: str
    due: date | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.text or self.owner or self.due)


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
    actions: Sequence[ActionWritten],
) -> BoardPaper:
    """Store what was written, and the actions on the items named in `actions`; those on other items stay.

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
    Action.objects.filter(assessment=assessment, item__in=[action.item for action in actions]).delete()
    Action.objects.filter(assessment=assessment).update(position=F("position") + len(actions))
    Action.objects.bulk_create(
        Action(
            assessment=assessment,
            item=action.item,
            text=action.text,
            owner=action.owner,
            due=action.due,
            position=position,
        )
        for position, action in enumerate(actions)
        if not action.is_empty
    )
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
