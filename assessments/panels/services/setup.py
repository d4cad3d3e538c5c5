"""What an organiser settles before a wave is launched. Every write is refused afterwards."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.models import PanelLink, Wave, WaveGroup
from assessments.models.panel import DEFAULT_THRESHOLD, HIGHEST_THRESHOLD, LOWEST_THRESHOLD
from assessments.panels.services.waves import launch_wave
from assessments.permissions import comment_readers
from assessments.signals import process_event
from assessments.vocabulary import GroupMode, LinkKind, QuestionnaireForm, Role, WaveState
from attributes.codes import new_token, token_hash

if TYPE_CHECKING:
    from msgov.accounts.models import User

THRESHOLDS = tuple(range(LOWEST_THRESHOLD, HIGHEST_THRESHOLD + 1))
MAX_GROUPS = 30
MAX_INVITED = 100_000
SETTINGS = (
    "form",
    "threshold",
    "languages",
    "notice",
    "responsible",
    "contact",
    "asks_comments",
    "closes_on",
    "results_on",
)
GROUP_FIELDS = ("name", "mode", "link_kind", "invited", "cap")


@transaction.atomic
def save_settings(*, wave: Wave, fields: Mapping[str, Any], user: "User | None" = None) -> Wave:
    """Change some of SETTINGS. What is missing is asked for at the launch. Raises NotAllowed, InvalidAnswer.

    The threshold can be changed until the first group has its number of people, and by whom is kept (method 3.8).
    """
    row = wave.locked(WaveState.PREPARING)
    before = row.threshold
    for name in SETTINGS:
        if name in fields:
            setattr(row, name, fields[name])
    if row.threshold not in THRESHOLDS:
        raise InvalidAnswer(_("Choose one of the sizes in the list."), {"threshold": _("Choose one in the list.")})
    if row.form not in set(QuestionnaireForm):
        raise InvalidAnswer(_("Choose one of the two forms."), {"form": _("Choose the full form or the short form.")})
    if row.threshold != before:
        _choose_threshold(row, user)
    if set(row.languages) - set(row.assessment.question_set.languages):
        problem = _("Choose languages of the question set.")
        raise InvalidAnswer(problem, {"languages": problem})
    row.save(update_fields=[*SETTINGS, "threshold_chosen_by", "threshold_chosen_on"])
    return row


def _choose_threshold(row: Wave, user: "User | None") -> None:
    """Note who chose another threshold than the usual. Raises InvalidAnswer where it is settled."""
    if row.threshold_fixed:
        problem = _("This is settled: numbers of people have been entered.")
        raise InvalidAnswer(problem, {"threshold": problem})
    is_usual = row.threshold == DEFAULT_THRESHOLD
    row.threshold_chosen_by = None if is_usual else user
    row.threshold_chosen_on = None if is_usual else row.today


@transaction.atomic
def save_group(*, wave: Wave, fields: Mapping[str, Any], group: WaveGroup | None = None) -> WaveGroup:
    """Add a group with all GROUP_FIELDS and, if wanted, a sector, or change one. Raises NotAllowed, InvalidAnswer.

    `everybody` is taken too where it is given. The first number of people settles the threshold of the wave.
    """
    row = wave.locked(WaveState.PREPARING)
    others = row.groups.all() if group is None else row.groups.exclude(pk=group.pk)
    if group is None and others.count() >= MAX_GROUPS:
        raise NotAllowed(_("There are %(max)s groups already, which is the most.") % {"max": MAX_GROUPS})
    if any(other.name.casefold() == fields["name"].casefold() for other in others):
        problem = _("There is a group of this name already.")
        raise InvalidAnswer(problem, {"name": problem})
    if group is None:
        last = row.groups.aggregate(last=Max("position"))["last"]
        group = WaveGroup(wave=row, position=0 if last is None else last + 1)
    for name in GROUP_FIELDS:
        setattr(group, name, fields[name])
    group.sector = fields.get("sector", group.sector)
    group.everybody = fields.get("everybody", group.everybody)
    if group.mode == GroupMode.ON_RECORD:
        # One person files for the group, by a link of their own.
        group.link_kind, group.invited = LinkKind.PERSONAL, 1
    if group.link_kind == LinkKind.PERSONAL:
        group.cap = None
    group.save()
    if group.mode == GroupMode.INDIVIDUAL and group.invited and not row.threshold_fixed:
        row.threshold_fixed = True
        row.save(update_fields=["threshold_fixed"])
    return group


@transaction.atomic
def remove_group(*, group: WaveGroup) -> None:
    """Take a group out of a wave that is being prepared. Raises NotAllowed."""
    group.wave.locked(WaveState.PREPARING)
    group.delete()


@transaction.atomic
def discard_wave(*, wave: Wave, user: "User") -> None:
    """Delete a wave that was never launched. Raises NotAllowed."""
    row = wave.locked(WaveState.PREPARING)
    process_event.send(sender=discard_wave, action="wave.discarded", user=user, obj=row.assessment, details={})
    row.delete()


def missing_for_launch(wave: Wave) -> list[str]:
    """Return what has to be settled before a wave can be launched, in words. Two queries."""
    problems = []
    if wave.closes_on is None or wave.closes_on <= wave.today:
        problems.append(_("Set a closing date in the future."))
    if not set(wave.languages) & set(wave.assessment.question_set.languages):
        problems.append(_("Choose at least one language."))
    if not wave.notice.strip():
        problems.append(_("Say who asks, and why."))
    if not wave.responsible.strip() or not wave.contact:
        problems.append(_("Say who is responsible for the answers, and to which address questions can be sent."))
    if wave.asks_comments and not comment_readers(wave):
        problems.append(
            _(
                "Nobody could read the comments: make somebody “%(role)s” who has not been organiser or contributor "
                "since this wave was prepared, or ask for no comments."
            )
            % {"role": Role.REVIEWER.label}
        )
    groups = list(wave.groups.all())
    if not groups:
        problems.append(_("Add at least one stakeholder group."))
    for group in groups:
        if group.invited < 1:
            problems.append(_("%(group)s: say how many people are invited.") % {"group": group.name})
        elif group.mode == GroupMode.INDIVIDUAL and group.invited < wave.threshold:
            problems.append(
                _(
                    "%(group)s: fewer than %(threshold)s people cannot answer confidentially, because their number "
                    "alone would tell who took part. Put them together with another group, or let the group answer "
                    "on the record."
                )
                % {"group": group.name, "threshold": wave.threshold}
            )
        elif group.link_kind == LinkKind.OPEN and not group.cap:
            problems.append(_("%(group)s: say how many answers the open link takes.") % {"group": group.name})
        elif group.link_kind == LinkKind.OPEN and (group.cap or 0) < wave.threshold:
            problems.append(
                _("%(group)s: let the open link take at least %(threshold)s answers; fewer are never shown.")
                % {"group": group.name, "threshold": wave.threshold}
            )
    return problems


@transaction.atomic
def launch_prepared(*, wave: Wave, user: "User") -> None:
    """Launch a wave for which everything is settled. Raises NotAllowed, with the first thing that is missing."""
    row = wave.locked(WaveState.PREPARING)
    problems = missing_for_launch(row)
    if problems:
        raise NotAllowed(problems[0])
    launch_wave(wave=wave, user=user)


@transaction.atomic
def start_test(*, group: WaveGroup) -> str:
    """Return the token of a new link for the organiser's test run in a group; an earlier one stops working.

    Raises NotAllowed once the wave was launched.
    """
    group.wave.locked(WaveState.PREPARING)
    PanelLink.objects.filter(group=group, is_test=True).delete()
    token = new_token()
    PanelLink.objects.create(group=group, token_hash=token_hash(token), is_test=True)
    return token
