"""A wave from its preparation to its closing, which is in `closing`; and its reopening."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import BallotBox, BallotBoxContent, PanelLink, UnfinishedQuestionnaire, Wave, WaveGroup
from assessments.panels.services.changes import note_change
from assessments.signals import process_event
from assessments.vocabulary import LinkKind, Sector, WaveChangeKind, WaveState

if TYPE_CHECKING:
    from assessments.models import Assessment
    from msgov.accounts.models import User

# A ballot box is written anew with every questionnaire: several per group keep that small. All are made when the wave
# opens, so that the order in which they were made says nothing.
SHARDS = 16
REOPENED = ["state", "time_zone", "closes_on", "results_on", "stopped_on", "closed_on", "reopened_on", "reopen_reason"]


@transaction.atomic
def prepare_wave(*, assessment: "Assessment", user: "User") -> Wave:
    """Start preparing a wave, with the groups of the process. Raises NotAllowed while another one is not closed."""
    earlier = list(Wave.objects.filter(assessment=assessment).order_by("number"))
    if earlier and earlier[-1].state != WaveState.CLOSED:
        raise NotAllowed(_("There is a wave already that is not closed."))
    wave = Wave.objects.create(
        assessment=assessment,
        number=len(earlier) + 1,
        languages=assessment.question_set.languages[:1],
        created_by=user,
    )
    # A new process begins with groups that are called like the sectors.
    sectors = {str(sector.label).casefold(): sector for sector in Sector}
    WaveGroup.objects.bulk_create(
        WaveGroup(wave=wave, name=group.name, sector=sectors.get(group.name.casefold(), ""), position=position)
        for position, group in enumerate(assessment.process.groups.all())
    )
    return wave


@transaction.atomic
def launch_wave(*, wave: Wave, user: "User") -> None:
    """Open a wave and lock its settings. The test run is deleted. Raises NotAllowed.

    Asks only for what answering needs; `setup.launch_prepared` asks for everything a panel should have.
    """
    row = wave.locked(WaveState.PREPARING)
    if row.closes_on is None or row.closes_on <= row.today:
        raise NotAllowed(_("Set a closing date in the future."))
    groups = list(row.groups.all())
    if not groups:
        raise NotAllowed(_("Add at least one stakeholder group."))
    # The test run and what was answered in it. Nobody else could have got in yet.
    PanelLink.objects.filter(group__wave=row, is_test=True).delete()
    UnfinishedQuestionnaire.objects.filter(link__group__wave=row).delete()
    row.groups.update(received=0)
    # Not more answers than people were invited, however often links are replaced.
    row.groups.filter(link_kind=LinkKind.PERSONAL, invited__gt=0).update(cap=F("invited"))
    make_ballot_boxes(groups)
    row.state = WaveState.OPEN
    row.opened_on, row.launched_at, row.time_zone = row.today, timezone.now(), row.assessment.process.time_zone
    row.tells_of_quotes = row.tells_of_themes = True
    told = ["tells_of_quotes", "tells_of_themes"]
    row.save(update_fields=["state", "opened_on", "launched_at", "time_zone", *told])
    process_event.send(sender=launch_wave, action="wave.launched", user=user, obj=row.assessment, details={})
    wave.state, wave.opened_on, wave.launched_at = row.state, row.opened_on, row.launched_at
    wave.time_zone = row.time_zone


def make_ballot_boxes(groups: Iterable[WaveGroup]) -> None:
    """Make all ballot boxes of groups at once: in what order they were made says nothing."""
    BallotBox.objects.bulk_create(
        BallotBox(group=group, holds=holds, shard=shard)
        for group in groups
        for holds in BallotBoxContent.values
        for shard in range(SHARDS)
    )


def is_promised(wave: Wave) -> bool:
    """Whether anybody has been told until when answers are taken: a link was sent or handed out. One query."""
    waits = Q(sent_on=None) & ~Q(email="")
    return PanelLink.objects.filter(group__wave=wave.pk, is_test=False).exclude(waits).exists()


@transaction.atomic
def extend_wave(*, wave: Wave, user: "User", closes_on: date, reason: str = "") -> None:
    """Move the closing date to a later day, as often as needed. Raises NotAllowed.

    Each time is written down and printed. Raises InvalidAnswer without a reason where people were told the old date.
    """
    row = wave.locked(WaveState.OPEN)
    if row.stopped_on is not None:
        raise NotAllowed(_("No more answers are taken: reopen the wave first."))
    if row.closes_on is None or closes_on <= row.closes_on:
        raise NotAllowed(_("The new closing date has to be later than the old one."))
    if not reason.strip() and is_promised(row):
        problem = _("Say why: people were told the old date.")
        raise InvalidAnswer(problem, {"reason": problem})
    note_change(
        wave=row, kind=WaveChangeKind.DATE_MOVED, user=user, before=row.closes_on, after=closes_on, reason=reason
    )
    row.closes_on, row.results_on = closes_on, _results_after(row, closes_on)
    row.save(update_fields=["closes_on", "results_on"])
    process_event.send(sender=extend_wave, action="wave.extended", user=user, obj=row.assessment, details={})
    wave.closes_on, wave.results_on = row.closes_on, row.results_on


def _results_after(row: Wave, closes_on: date) -> date | None:
    """The day for which results are planned, unless the wave closes no earlier: respondents would read what cannot
    be."""
    return row.results_on if row.results_on is not None and row.results_on > closes_on else None


@transaction.atomic
def reopen_wave(*, wave: Wave, user: "User", reason: str, closes_on: date) -> None:
    """Take answers again until a new closing date. The frozen result stays; `assessments.scoring.enough_new` says
    whether the next closing makes another one.

    A wave that was stopped before its closing date is reopened as well, until that date or a later one. Raises
    InvalidAnswer without a reason, and NotAllowed unless it is the latest wave, closed or stopped, and the date to
    come.
    """
    reason = reason.strip()
    if not reason:
        raise InvalidAnswer(_("Say why you reopen it."), {"reason": _("Say why you reopen it.")})
    stopped = Wave.objects.filter(pk=wave.pk, state=WaveState.OPEN, stopped_on__isnull=False).exists()
    row = wave.locked(WaveState.OPEN if stopped else WaveState.CLOSED)
    if Wave.objects.filter(assessment=row.assessment_id, number__gt=row.number).exists():
        raise NotAllowed(_("Only the latest wave can be reopened, and a later one has been prepared."))
    if not stopped:
        # Everybody is told anew until when. What was promised until the day a stopped wave ends holds in its zone.
        row.time_zone = row.assessment.process.time_zone
    if closes_on <= row.today:
        raise NotAllowed(_("Set a closing date in the future."))
    if row.stopped_on is not None and row.closes_on is not None and closes_on < row.closes_on:
        raise NotAllowed(_("People were promised that they can take their answers back until the old closing date."))
    last = row.snapshots.order_by("-number").first()
    now = row.assessment.question_set
    if last is not None and last.document["question_set"]["version"] != now.version:
        raise NotAllowed(_("The questions have changed since the wave was closed. Prepare another wave."))
    note_change(
        wave=row, kind=WaveChangeKind.REOPENED, user=user, before=row.ended_on, after=closes_on, reason=reason[:2000]
    )
    row.state, row.closes_on, row.stopped_on, row.closed_on = WaveState.OPEN, closes_on, None, None
    row.reopened_on, row.reopen_reason = row.today, reason[:2000]
    row.results_on = _results_after(row, closes_on)
    row.save(update_fields=REOPENED)
    process_event.send(sender=reopen_wave, action="wave.reopened", user=user, obj=row.assessment, details={})
    wave.state, wave.time_zone = row.state, row.time_zone
    wave.closes_on, wave.results_on, wave.stopped_on, wave.closed_on = row.closes_on, row.results_on, None, None
