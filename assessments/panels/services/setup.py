"""What an organiser settles before a wave is launched. Every write is refused afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.exceptions import InvalidAnswer, NotAllowed
from assessments.mail_limits import queue_mails
from assessments.models import PanelLink, Wave, WaveGroup
from assessments.models.panel import DEFAULT_THRESHOLD, HIGHEST_THRESHOLD, LOWEST_THRESHOLD
from assessments.panels.seen_fields import refuse_replacing
from assessments.panels.services.links import mail_group
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
MORE_OF_GROUP = ("sector", "everybody")


@transaction.atomic
def save_settings(
    *, wave: Wave, fields: Mapping[str, Any], user: "User | None" = None, seen: Mapping[str, str] | None = None
) -> Wave:
    """Change some of SETTINGS. What is missing is asked for at the launch. Raises NotAllowed, InvalidAnswer.

    The threshold can be changed until the first group has its number of people, and by whom is kept (method 3.8).
    `seen`: marks of what the page showed; Conflict where somebody else has changed one of these fields since.
    """
    row = wave.locked(WaveState.PREPARING)
    stored = {name: getattr(row, name) for name in SETTINGS}
    refuse_replacing(stored, fields, seen or {}, _("Somebody else has changed these settings in the meantime"))
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
def save_group(
    *,
    wave: Wave,
    fields: Mapping[str, Any],
    group: WaveGroup | None = None,
    seen: Mapping[str, str] | None = None,
) -> WaveGroup:
    """Add a group with all GROUP_FIELDS and, if wanted, MORE_OF_GROUP, or change some of one's.

    `seen`: marks of what the page of a group showed; Conflict where somebody else has changed one of these fields
    since. The first number of people settles the threshold of the wave. Raises NotAllowed, InvalidAnswer.
    """
    row = wave.locked(WaveState.PREPARING)
    if group is not None:
        fields = _put_together(group, fields, seen or {})
    elif row.groups.count() >= MAX_GROUPS:
        raise NotAllowed(_("There are %(max)s groups already, which is the most.") % {"max": MAX_GROUPS})
    refuse_same_name(row, fields["name"], group)
    if group is None:
        last = row.groups.aggregate(last=Max("position"))["last"]
        group = WaveGroup(wave=row, position=0 if last is None else last + 1)
    set_group(group, fields)
    _keep_listed(group)
    group.save()
    if group.mode == GroupMode.INDIVIDUAL and group.invited and not row.threshold_fixed:
        row.threshold_fixed = True
        row.save(update_fields=["threshold_fixed"])
    return group


def _put_together(group: WaveGroup, fields: Mapping[str, Any], seen: Mapping[str, str]) -> Mapping[str, Any]:
    """What a group is to be: as it is stored now, with what was changed on a page that showed `seen`."""
    try:
        group.refresh_from_db(fields=[*GROUP_FIELDS, *MORE_OF_GROUP, "names"])
    except WaveGroup.DoesNotExist:
        raise NotAllowed(_("Somebody else has taken this group out in the meantime.")) from None
    stored = {name: getattr(group, name) for name in (*GROUP_FIELDS, *MORE_OF_GROUP)}
    refuse_replacing(stored, fields, seen, _("Somebody else has changed this group in the meantime"))
    return {**stored, **fields}


def refuse_same_name(wave: Wave, name: str, group: WaveGroup | None = None) -> None:
    """Raise InvalidAnswer where another group of the wave has this name, whatever the capitals. One query."""
    others = wave.groups.all() if group is None else wave.groups.exclude(pk=group.pk)
    if any(other.casefold() == name.casefold() for other in others.values_list("name", flat=True)):
        problem = _("There is a group of this name already.")
        raise InvalidAnswer(problem, {"name": problem})


def set_group(group: WaveGroup, fields: Mapping[str, Any]) -> None:
    """Give a group all GROUP_FIELDS, and the others that there are; what follows from how it answers is settled too."""
    for name in GROUP_FIELDS:
        setattr(group, name, fields[name])
    group.sector = fields.get("sector", group.sector)
    group.everybody = fields.get("everybody", group.everybody)
    if group.mode == GroupMode.ON_RECORD:
        # One person files for the group, by a link of their own.
        group.link_kind, group.invited = LinkKind.PERSONAL, 1
    if group.link_kind == LinkKind.PERSONAL:
        group.cap = None
    elif not group.cap:
        group.cap = group.invited or None


def _keep_listed(group: WaveGroup) -> None:
    """Raise InvalidAnswer where people who are listed for a group would have no way in."""
    listed = PanelLink.objects.filter(group=group, is_test=False).count() if group.pk else 0
    if group.link_kind == LinkKind.OPEN and listed:
        problem = _("People are listed for this group: they get personal links. Take them out of the list first.")
        raise InvalidAnswer(problem, {"link_kind": problem})
    if listed > group.invited:
        problem = ngettext(
            "%(number)s person is listed for this group: enter at least that many, or take people out of the list.",
            "%(number)s people are listed for this group: enter at least that many, or take people out of the list.",
            listed,
        ) % {"number": listed}
        raise InvalidAnswer(problem, {"invited": problem})


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


@dataclass(frozen=True)
class Missing:
    """What lacks before a wave can be launched, in words, and the name of the page on which it is entered.

    `group`: the one whose page it is, where it is about one.
    """

    words: str
    page: str
    group: WaveGroup | None = None


def missing_for_launch(wave: Wave) -> list[Missing]:
    """Return what has to be settled before a wave can be launched. Two queries."""
    found = []
    if wave.closes_on is None or wave.closes_on <= wave.today:
        found.append(_("Set a closing date in the future."))
    if not set(wave.languages) & set(wave.assessment.question_set.languages):
        found.append(_("Choose at least one language."))
    if not wave.notice.strip():
        found.append(_("Say who asks, and why."))
    if not wave.responsible.strip() or not wave.contact:
        found.append(_("Say who is responsible for the answers, and to which address questions can be sent."))
    missing = [Missing(words, "panel-setup") for words in found]
    if wave.asks_comments and not comment_readers(wave):
        words = _(
            "Nobody could read the comments: make somebody “%(role)s” who has not been organiser or contributor "
            "since this wave was prepared, or ask for no comments."
        )
        missing.append(Missing(words % {"role": Role.REVIEWER.label}, "process-members"))
    groups = list(wave.groups.all())
    if not groups:
        missing.append(Missing(_("Add at least one stakeholder group."), "panel-groups"))
    empty = [group for group in groups if group.invited < 1]
    if len(empty) > 1:
        missing.append(Missing(_nobody_invited([group.name for group in empty]), "panel-groups"))
        groups = [group for group in groups if group not in empty]
    for group in groups:
        missing += [Missing(words, "panel-groups", group) for words in problems_of_group(wave, group)]
    return missing


def _nobody_invited(names: Sequence[str]) -> str:
    """One sentence for all groups of which no number is known: a list of people gives each its number too."""
    words = _("Say how many people are invited in each group, or list the people. No number yet: %(groups)s.")
    return words % {"groups": ", ".join(names)}


def problems_of_group(wave: Wave, group: WaveGroup) -> list[str]:
    """Return why a group cannot be asked as it is set up, at most one reason."""
    k, named = wave.threshold, {"group": group.name, "threshold": wave.threshold}
    if group.invited < 1:
        return [_("%(group)s: say how many people are invited.") % named]
    if group.mode == GroupMode.INDIVIDUAL and group.invited < k:
        return [
            _(
                "%(group)s: fewer than %(threshold)s people cannot answer confidentially, because their number "
                "alone would tell who took part. Put them together with another group, or let the group answer "
                "on the record."
            )
            % named
        ]
    if group.link_kind == LinkKind.OPEN and not group.cap:
        return [_("%(group)s: say how many answers the open link takes.") % named]
    if group.link_kind == LinkKind.OPEN and (group.cap or 0) < k:
        return [_("%(group)s: let the open link take at least %(threshold)s answers; fewer are never shown.") % named]
    return []


@transaction.atomic
def launch_prepared(*, wave: Wave, user: "User", root: str = "") -> bool:
    """Launch a wave for which everything is settled, and queue the mails to people who are listed.

    Returns whether all of them could be queued: more than may be sent in a day wait, and can be sent from the page of
    their group. `root` is the address of this site. Raises NotAllowed, with the first thing that is missing.
    """
    row = wave.locked(WaveState.PREPARING)
    missing = missing_for_launch(row)
    if missing:
        raise NotAllowed(missing[0].words)
    launch_wave(wave=wave, user=user)
    listed = PanelLink.objects.filter(group__wave=row, is_test=False).exclude(email="")
    numbers = dict(listed.order_by("group").values_list("group").annotate(number=Count("pk")))
    queued = 0
    for group in row.groups.filter(pk__in=numbers):
        group.wave = wave
        try:
            queue_mails(user, numbers[group.pk])
        except NotAllowed:
            continue
        mail_group(group, root)
        queued += 1
    return queued == len(numbers)


@transaction.atomic
def take_out(*, group: WaveGroup, link: PanelLink | None = None) -> None:
    """Take one person, or all, out of the list of a group before the launch: nobody has these links yet.

    Raises NotAllowed once the wave was launched.
    """
    group.wave.locked(WaveState.PREPARING)
    listed = PanelLink.objects.filter(group=group, is_test=False)
    (listed if link is None else listed.filter(pk=link.pk)).delete()


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
