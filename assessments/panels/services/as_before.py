"""A wave that is prepared as the one before: with its groups, numbers, languages, texts and planned mails, and without
its links and dates."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.models import Assessment, Wave, WaveGroup
from assessments.models.panel import DEFAULT_THRESHOLD
from assessments.panels.services.mails import take_mails_along
from assessments.panels.services.setup import THRESHOLDS
from assessments.panels.services.waves import prepare_wave
from assessments.vocabulary import GroupMode, LinkKind, WaveState
from attributes.texts import language_name

if TYPE_CHECKING:
    from msgov.accounts.models import User

# What belongs to one wave alone: its place, its days, what was told at its launch, who chose what. All else comes
# along, whatever fields waves and groups get.
OF_ONE_WAVE = {
    "id", "code", "assessment", "number", "state", "languages", "created_by", "created_at",
    "threshold", "threshold_fixed", "threshold_chosen_by", "threshold_chosen_on",
    "time_zone", "closes_on", "results_on", "opened_on", "launched_at", "stopped_on", "closed_on", "reopened_on",
    "reopen_reason", "tells_of_quotes", "tells_of_themes",
}  # fmt: skip
OF_ONE_GROUP = {"id", "wave", "reminded_on", "received", "by_assistant"}


def wave_before(assessment: Assessment) -> Wave | None:
    """Return the last closed wave of the process, up to this round. One query."""
    waves = Wave.objects.filter(
        assessment__process=assessment.process_id, assessment__round__lte=assessment.round, state=WaveState.CLOSED
    )
    return waves.select_related("assessment").order_by("-assessment__round", "-number").first()


def _taken(row: Model, own: set[str]) -> dict[str, Any]:
    """The fields of a row that come along, but for its `own`."""
    names = [field.name for field in row._meta.concrete_fields if field.name not in own]
    return {name: getattr(row, name) for name in names}


@transaction.atomic
def prepare_as_before(*, assessment: Assessment, user: "User") -> list[str]:
    """Prepare a wave as the one before, and return what had to be left out, in words.

    The smallest group shown comes along with the numbers of people and is settled with them, as in any wave: with
    another one, groups could be let in or left out by choice (method 3.8). Raises NotAllowed where no wave has been
    closed, and while another wave is not closed.
    """
    before = wave_before(assessment)
    if before is None:
        raise NotAllowed(_("There is no wave to go by."))
    wave = prepare_wave(assessment=assessment, user=user)
    offered = set(assessment.question_set.languages)
    gone = [language for language in before.languages if language not in offered]
    for name, value in _taken(before, OF_ONE_WAVE).items():
        setattr(wave, name, value)
    wave.languages = [language for language in before.languages if language in offered] or wave.languages
    wave.texts = {language: texts for language, texts in before.texts.items() if language in offered}
    wave.threshold = before.threshold if before.threshold in THRESHOLDS else DEFAULT_THRESHOLD
    if wave.threshold != DEFAULT_THRESHOLD:
        wave.threshold_chosen_by, wave.threshold_chosen_on = user, wave.today
    asked = [group.name for group in wave.groups.all()]
    groups = [_group(wave, group) for group in before.groups.all()]
    wave.groups.all().delete()
    WaveGroup.objects.bulk_create(groups)
    wave.threshold_fixed = any(group.mode == GroupMode.INDIVIDUAL and group.invited for group in groups)
    wave.save()
    take_mails_along(before=before, wave=wave)
    return _left_out(before, wave, gone, asked, [group.name for group in groups])


def _group(wave: Wave, before: WaveGroup) -> WaveGroup:
    group = WaveGroup(wave=wave, **_taken(before, OF_ONE_GROUP))
    if group.link_kind == LinkKind.PERSONAL:
        group.cap = None  # follows from the number of people at the launch
    return group


def _left_out(before: Wave, wave: Wave, gone: list[str], process: list[str], asked: list[str]) -> list[str]:
    """What is not as last time, a sentence each."""
    found = []
    if gone:
        names = ", ".join(language_name(language) for language in gone)
        found.append(_("Left out, because the questions are not in these languages: %(names)s.") % {"names": names})
    if wave.threshold != before.threshold:
        found.append(
            _("The smallest group shown was %(then)d, which is no longer offered; now it is %(now)d.")
            % {"then": before.threshold, "now": wave.threshold}
        )
    known = {name.casefold() for name in asked}
    if new := [name for name in process if name.casefold() not in known]:
        found.append(_("Not asked last time, and so not in this wave: %(names)s.") % {"names": ", ".join(new)})
    return found
