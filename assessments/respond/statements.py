"""The one response of a group on the record: filed by its link, and corrected by it until the wave closes."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.models import EarlierStatement, GroupStatement, PanelLink, UnfinishedQuestionnaire, Wave, WaveGroup
from assessments.models.panel_statements import FiledResponse
from assessments.retrying import retrying
from assessments.signals import process_event

HELD = ("answers", "comments", "filed_by", "capacity", "prepared_by", "how_agreed")


@dataclass(frozen=True)
class Filing:
    """Who answers for a group on the record, by name or office, who prepared the response, and how the group agreed."""

    filed_by: str
    capacity: str
    how_agreed: str
    prepared_by: str = ""


def file_statement(*, group: WaveGroup, link: PanelLink, stored: UnfinishedQuestionnaire, filing: Filing) -> bool:
    """Keep what a locked group answers as its response; return whether it is the first time.

    A correction comes by the link that filed it. The response before stays, with its day, and the organiser is told.
    Raises NotAllowed for another link.
    """
    found = GroupStatement.objects.select_for_update().filter(group=group).first()
    if found is not None and not link.is_used:
        raise NotAllowed(_("The response of this group is on the record already."))
    is_first = found is None
    if found is None:
        found = GroupStatement(group=group, filed_on=group.wave.today)
    else:
        _keep_earlier(found)
        found.corrected_on = group.wave.today
    found.answers, found.comments = stored.answers, stored.comments
    found.filed_by, found.capacity = filing.filed_by, filing.capacity
    found.prepared_by, found.how_agreed = filing.prepared_by, filing.how_agreed
    found.save()
    if not is_first:
        process_event.send(
            sender=file_statement,
            action="statement.corrected",
            user=None,
            obj=group.wave.assessment,
            details={"group": group.name},
        )
    return is_first


def _keep_earlier(found: GroupStatement) -> None:
    held = {name: getattr(found, name) for name in HELD}
    day = found.corrected_on or found.filed_on
    EarlierStatement.objects.create(statement=found, number=found.earlier.count() + 1, filed_on=day, **held)


@retrying
@transaction.atomic
def begin_correction(*, link: PanelLink, language: str = "") -> UnfinishedQuestionnaire:
    """Take up again what a group filed by this link; that holds until it is handed in anew. Raises NotAllowed."""
    group = WaveGroup.objects.select_for_update().get(pk=link.group_id)
    wave = Wave.objects.select_related("assessment__process").get(pk=group.wave_id)
    filed = GroupStatement.objects.filter(group=group).first()
    if filed is None or not link.is_used or link.is_revoked or not wave.takes_new:
        raise NotAllowed(_("This response can no longer be corrected."))
    held = {"answers": filed.answers, "comments": filed.comments, "language": language}
    return UnfinishedQuestionnaire.objects.get_or_create(link=link, defaults=held)[0]


@transaction.atomic
def discard_correction(*, link: PanelLink) -> None:
    """Leave the response of a group as it was filed."""
    if link.is_used and GroupStatement.objects.filter(group=link.group_id).exists():
        UnfinishedQuestionnaire.objects.filter(link=link).delete()


def filing_of(filed: FiledResponse) -> dict[str, str]:
    """What a form asks when a response is filed, as it was filled in before."""
    return {name: str(getattr(filed, name)) for name in HELD[2:]}
