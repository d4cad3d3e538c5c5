"""Writes to what is known about a process before any question is answered: groups, screener, goals."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.exceptions import Conflict, NotAllowed
from assessments.models import Goal, Process, ScreenerAnswer, StakeholderGroup
from assessments.signals import process_event

if TYPE_CHECKING:
    from msgov.accounts.models import User

MAX_GROUPS = 30
MAX_GOALS = 60
GOAL_FIELDS = ("text", "agreed_by", "agreed_when", "recorded_in", "reservations")

ScreenerState = Mapping[str, tuple[str, str]]  # criterion code to (choice, note)


def _locked(process: Process) -> Process:
    """The process, locked until the transaction ends: changes to its parts take turns."""
    return Process.objects.select_for_update().get(pk=process.pk)


@transaction.atomic
def save_groups(*, process: Process, user: "User", names: Mapping[int, tuple[str, str]], new: str = "") -> list[str]:
    """Rename groups and add others. `names` maps a group's id to (name the page showed, name wanted); `new` has the
    names of new groups, one per line.

    Returns one message per change that could not be made; the others are made. A group that somebody else
    renamed in the meantime keeps that name.
    """
    _locked(process)
    groups = {group.pk: group for group in process.groups.all()}
    problems: list[str] = []
    changed = False
    for pk, (shown, wanted) in names.items():
        wanted = " ".join(wanted.split())
        if wanted == shown:
            continue
        problem = _rename(groups, pk, shown, wanted)
        if problem:
            problems.append(problem)
        else:
            changed = True
    for line in new.splitlines():
        name = " ".join(line.split())
        if not name:
            continue
        problem = _add(process, groups, name)
        if problem:
            problems.append(problem)
        else:
            changed = True
    if changed:
        process_event.send(sender=save_groups, action="groups.changed", user=user, obj=process, details={})
    return problems


def _taken(groups: Mapping[int, StakeholderGroup], name: str, but: int | None = None) -> bool:
    return any(group.name.casefold() == name.casefold() for group in groups.values() if group.pk != but)


def _rename(groups: Mapping[int, StakeholderGroup], pk: int, shown: str, wanted: str) -> str:
    group = groups.get(pk)
    if group is None:
        return _("“%(name)s” was removed by somebody else in the meantime.") % {"name": shown}
    if group.name == wanted:
        return ""
    if group.name != shown:
        return _("“%(shown)s” was renamed to “%(now)s” by somebody else; your “%(wanted)s” was not saved.") % {
            "shown": shown,
            "now": group.name,
            "wanted": wanted,
        }
    if not wanted:
        return _("A group needs a name; “%(name)s” keeps the one it had.") % {"name": shown}
    if len(wanted) > 100:
        return _("Use at most 100 characters; “%(name)s” keeps the name it had.") % {"name": shown}
    if _taken(groups, wanted, but=pk):
        return _("There is a group called “%(name)s” already.") % {"name": wanted}
    group.name = wanted
    group.save(update_fields=["name"])
    return ""


def _add(process: Process, groups: dict[int, StakeholderGroup], name: str) -> str:
    if _taken(groups, name):
        return _("There is a group called “%(name)s” already.") % {"name": name}
    if len(name) > 100:
        return _("The name of the new group is too long; use at most 100 characters.")
    if len(groups) >= MAX_GROUPS:
        return _("A process can have at most %(max)s groups.") % {"max": MAX_GROUPS}
    last = max((group.position for group in groups.values()), default=-1)
    added = StakeholderGroup.objects.create(process=process, name=name, position=last + 1)
    groups[added.pk] = added
    return ""


@transaction.atomic
def move_group(*, process: Process, pk: int, by: int) -> None:
    """Move a group up (-1) or down (+1) in the list. At the end of the list, or gone: nothing happens."""
    _locked(process)
    groups = list(process.groups.all())
    place = next((place for place, group in enumerate(groups) if group.pk == pk), None)
    if place is None or not 0 <= place + by < len(groups):
        return
    groups[place], groups[place + by] = groups[place + by], groups[place]
    for position, group in enumerate(groups):
        group.position = position
    StakeholderGroup.objects.bulk_update(groups, ["position"])


@transaction.atomic
def remove_group(*, group: StakeholderGroup, user: "User") -> None:
    """Remove a stakeholder group from its process."""
    process_event.send(
        sender=remove_group, action="group.removed", user=user, obj=group.process, details={"name": group.name}
    )
    group.delete()


def screener_state(process: Process, codes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return choice and note per criterion, ("", "") where nothing is stored."""
    stored = {row.criterion: (row.choice, row.note) for row in process.screener_answers.all()}
    return {code: stored.get(code, ("", "")) for code in codes}


@transaction.atomic
def save_screener(*, process: Process, user: "User", before: ScreenerState, after: ScreenerState) -> None:
    """Store the screener. `before` is what the page showed, `after` what it was changed to.

    Raises Conflict, with the stored state, if a criterion changed here was changed by somebody else as well.
    """
    _locked(process)
    stored = screener_state(process, list(after))
    changed = {code: answer for code, answer in after.items() if answer != before.get(code, ("", ""))}
    if any(stored[code] not in (before.get(code, ("", "")), answer) for code, answer in changed.items()):
        raise Conflict(_("Somebody else answered the same criteria while you were writing."), stored)
    for code, (choice, note) in changed.items():
        ScreenerAnswer.objects.update_or_create(
            process=process, criterion=code, defaults={"choice": choice, "note": note}
        )
    if changed:
        process_event.send(
            sender=save_screener, action="screener.saved", user=user, obj=process, details={"codes": sorted(changed)}
        )


@transaction.atomic
def add_goal(*, process: Process, user: "User", fields: Mapping[str, str], shared_goal: str = "") -> Goal:
    """Put a goal into the register. Raises NotAllowed if the shared goal is there already, or the list is full."""
    _locked(process)
    goals = Goal.objects.filter(process=process)
    if shared_goal and goals.filter(shared_goal=shared_goal).exists():
        raise NotAllowed(_("This goal is in the register already."))
    if goals.count() >= MAX_GOALS:
        raise NotAllowed(_("A register can hold at most %(max)s goals.") % {"max": MAX_GOALS})
    last = goals.aggregate(last=Max("position"))["last"]
    goal = Goal.objects.create(
        process=process, shared_goal=shared_goal, position=0 if last is None else last + 1, **fields
    )
    process_event.send(sender=add_goal, action="goal.added", user=user, obj=process, details={"goal": goal.pk})
    return goal


@transaction.atomic
def edit_goal(*, goal: Goal, user: "User", before: Mapping[str, str], after: Mapping[str, str]) -> Goal:
    """Change a goal. `before` is what the page showed. Raises Conflict, with the goal as stored, see above.

    Raises NotAllowed if it was deleted in the meantime.
    """
    _locked(goal.process)
    stored = Goal.objects.filter(pk=goal.pk).first()
    if stored is None:
        raise NotAllowed(_("Somebody else deleted this goal while you were writing. Copy what you wrote to a new one."))
    clashing = [
        name
        for name in after
        if after[name] != before[name] and getattr(stored, name) not in (before[name], after[name])
    ]
    if clashing:
        raise Conflict(_("Somebody else changed this goal while you were writing."), stored)
    for name in after:
        if after[name] != before[name]:
            setattr(stored, name, after[name])
    stored.save()
    process_event.send(sender=edit_goal, action="goal.edited", user=user, obj=goal.process, details={"goal": goal.pk})
    return stored


@transaction.atomic
def delete_goal(*, goal: Goal, user: "User") -> None:
    """Take a goal out of the register."""
    process_event.send(
        sender=delete_goal, action="goal.deleted", user=user, obj=goal.process, details={"goal": goal.pk}
    )
    goal.delete()
