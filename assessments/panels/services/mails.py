"""Mails to everybody who is invited in a wave: reminders by hand and by plan, the thank-you, and their texts.

Nothing here says or stores whom a reminder reached: it is counted as one to all that were invited.
"""

import logging
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from assessments.exceptions import NotAllowed
from assessments.mail_limits import queue_mails
from assessments.models import PanelLink, Wave, WaveGroup, WaveMailing, WaveMailPlan, WaveMailText
from assessments.panels.planning import (
    REMINDER_TIMES,
    end_is_near,
    is_daytime,
    planned_days,
    reminder_due,
    thanks_due,
)
from assessments.panels.seen_fields import refuse_replacing
from assessments.panels.services.mail_days import again_by_itself, let_go, overtake
from assessments.signals import process_event
from assessments.vocabulary import LinkKind, WaveState

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from msgov.accounts.models import User

logger = logging.getLogger(__name__)


def plan_of(wave: Wave) -> WaveMailPlan:
    """The plan of a wave; an empty one that is not stored where nothing was planned. One query."""
    return WaveMailPlan.objects.filter(wave=wave).first() or WaveMailPlan(wave=wave)


def remember_root(wave: Wave, root: str) -> None:
    """Keep the address by which organisers reach this site: mails that go out by themselves have links too."""
    if root:
        WaveMailPlan.objects.update_or_create(wave=wave, defaults={"root": root[:200]})


def take_mails_along(*, before: Wave, wave: Wave) -> None:
    """Plan and word the mails of a wave as those of an earlier one, in the languages both have."""
    plan = plan_of(before)
    WaveMailPlan.objects.create(wave=wave, reminders=plan.reminders, thanks=plan.thanks, root=plan.root)
    texts = WaveMailText.objects.filter(wave=before, language__in=wave.languages)
    WaveMailText.objects.bulk_create(
        WaveMailText(wave=wave, kind=text.kind, language=text.language, subject=text.subject, opening=text.opening)
        for text in texts
    )


def mailed_links(group: WaveGroup) -> "QuerySet[PanelLink]":
    """The personal links of a group that were mailed, or are to be: of people who can be written to."""
    return PanelLink.objects.mailed().filter(group=group)


@transaction.atomic
def save_plan(
    *,
    wave: Wave,
    user: "User",
    root: str,
    reminders: Collection[str] | None = None,
    thanks: bool | None = None,
    seen: Mapping[str, str] | None = None,
) -> WaveMailPlan:
    """Say which mails go out by themselves. Until the closing it can be changed; the thank-you until it went out.

    Times that are over are left as they are, and what is not given too. `seen`: marks of what the page showed;
    Conflict where somebody else has planned otherwise since. Raises NotAllowed.
    """
    row = Wave.objects.select_for_update(of=("self",)).select_related("assessment__process").get(pk=wave.pk)
    plan = plan_of(row)
    over = {found.code for found in planned_days(row) if found.is_over}
    if row.state == WaveState.CLOSED:
        over = set(REMINDER_TIMES)
    kept = {code for code in plan.reminders if code in over}
    to_come = [code for code in plan.reminders if code not in over]
    new = {name: value for name, value in (("reminders", reminders), ("thanks", thanks)) if value is not None}
    message = _("Somebody else has changed the plan in the meantime")
    refuse_replacing({"reminders": to_come, "thanks": plan.thanks}, new, seen or {}, message)
    thanks = plan.thanks if thanks is None else thanks
    asked = to_come if reminders is None else reminders
    chosen = kept | {code for code in asked if code in REMINDER_TIMES and code not in over}
    if thanks != plan.thanks and row.mailings.filter(kind=WaveMailing.Kind.THANKS).exists():
        raise NotAllowed(_("The thank-you has been sent."))
    plan.reminders, plan.thanks = [code for code in REMINDER_TIMES if code in chosen], thanks
    plan.root = root[:200] or plan.root
    plan.save()
    _record("panel.mails_planned", user, row)
    return plan


# --- Reminders ------------------------------------------------------------------------------------------------


@transaction.atomic
def remind(*, group: WaveGroup, user: "User", root: str) -> None:
    """Queue one reminder to each address of a group whose link was not used; at most once a day. Raises NotAllowed.

    Says nothing about how many there are.
    """
    wave = _open(group.wave)
    row = WaveGroup.objects.select_for_update().get(pk=group.pk)
    if row.link_kind != LinkKind.PERSONAL:
        raise NotAllowed(_("This group has links of the other kind."))
    if row.reminded_on == wave.today:
        raise NotAllowed(_("This group has been reminded today. Wait at least until tomorrow."))
    _remind(wave, [row], user, root)


@transaction.atomic
def remind_all(*, wave: Wave, user: "User", root: str) -> int:
    """The same for every group that was not reminded today; returns for how many. Raises NotAllowed if for none."""
    row = _open(wave)
    groups = _groups_to_remind(row)
    if not groups:
        raise NotAllowed(_("There is no group to remind: nobody was invited by e-mail, or they were reminded today."))
    _remind(row, groups, user, root)
    return len(groups)


def _open(wave: Wave) -> Wave:
    row = wave.locked(WaveState.OPEN)
    if not row.takes_new:
        raise NotAllowed(_("The closing date has passed."))
    return row


def _groups_to_remind(wave: Wave) -> list[WaveGroup]:
    groups = WaveGroup.objects.select_for_update().filter(wave=wave, link_kind=LinkKind.PERSONAL).order_by("pk")
    return [
        group
        for group in groups
        if group.reminded_on != wave.today and mailed_links(group).exclude(sent_on=None).exists()
    ]


def _remind(wave: Wave, groups: Iterable[WaveGroup], user: "User | None", root: str) -> None:
    groups = list(groups)
    # All that were invited are counted: how many are reminded would tell how many have answered.
    queue_mails(user, sum(mailed_links(group).count() for group in groups))
    today = wave.today
    for group in groups:
        group.reminded_on = today
        group.save(update_fields=["reminded_on"])
    overtake(wave, groups)
    mailing, _made = WaveMailing.objects.get_or_create(wave=wave, kind=WaveMailing.Kind.REMINDER, sent_on=today)
    let_go(mailing, groups, root)
    _record("panel.reminded", user, wave)


# --- By themselves --------------------------------------------------------------------------------------------


def send_planned_mails() -> int:
    """Send what is due today in any wave: planned reminders, thank-yous, and word to organisers that it closes soon.

    Returns how many there were. What the limit of the site does not let through is tried again, for a day.
    """
    found = 0
    for wave in _waves_with_mails():
        if not is_daytime(wave):
            continue
        for send in (_remind_as_planned, _thank_as_planned, _tell_organisers, _send_unreached):
            try:
                found += send(wave)
            except NotAllowed as refused:
                logger.info("A planned mail of wave %s waits: %s", wave.code, refused.message)
            except Exception:
                logger.exception("Planned mails of wave %s could not be sent", wave.code)
    return found


def _waves_with_mails() -> "Iterable[Wave]":
    """Waves that are open, and those that were closed and whose thank-you is still to go out. Never invented ones."""
    waves = Wave.objects.exclude(assessment__process__is_invented=True).exclude(assessment__process__is_example=True)
    open_ones = waves.filter(state=WaveState.OPEN)
    thanked = WaveMailing.objects.filter(kind=WaveMailing.Kind.THANKS)
    to_thank = waves.filter(state=WaveState.CLOSED, mail_plan__thanks=True).exclude(pk__in=thanked.values("wave"))
    half_thanked = waves.filter(pk__in=thanked.exclude(unreached_at=None).values("wave"))
    found = (open_ones | to_thank | half_thanked).select_related("assessment__process", "mail_plan").order_by("pk")
    half_sent = WaveMailing.objects.filter(wave=OuterRef("pk")).exclude(unreached_at=None)
    return found.annotate(is_half_sent=Exists(half_sent))


def _sent(wave: Wave, kind: WaveMailing.Kind) -> "list[date]":
    return list(wave.mailings.filter(kind=kind).values_list("sent_on", flat=True))


def _remind_as_planned(wave: Wave) -> int:
    return _remind_planned(wave) if _is_reminder_due(wave) else 0


def _is_reminder_due(wave: Wave) -> bool:
    plan = plan_of(wave)
    if not plan.reminders or not plan.root or not wave.takes_new:
        return False
    return reminder_due(wave, plan.reminders, _sent(wave, WaveMailing.Kind.REMINDER), wave.today)


@transaction.atomic
def _remind_planned(wave: Wave) -> int:
    row = _open(wave)
    groups = _groups_to_remind(row) if _is_reminder_due(row) else []
    if groups:
        _remind(row, groups, None, plan_of(row).root)
    return min(1, len(groups))


def _thank_as_planned(wave: Wave) -> int:
    return _thank_planned(wave) if thanks_due(wave, wave.today) and plan_of(wave).thanks else 0


@transaction.atomic
def _thank_planned(wave: Wave) -> int:
    row = wave.locked(WaveState.CLOSED)
    return _thank(row, None) if thanks_due(row, row.today) and plan_of(row).thanks else 0


@transaction.atomic
def thank_now(*, wave: Wave, user: "User", root: str) -> None:
    """Thank everybody who was invited by e-mail in a wave that is closed. Raises NotAllowed."""
    row = wave.locked(WaveState.CLOSED)
    remember_root(row, root)
    if not _thank(row, user):
        raise NotAllowed(_("There is nobody to thank: the mails have gone out, or the addresses have been deleted."))


def _thank(wave: Wave, user: "User | None") -> int:
    """Queue a mail to everybody, whether they answered or not: nobody may know. Returns for how many groups."""
    groups = [group for group in wave.groups.order_by("pk") if mailed_links(group).exclude(sent_on=None).exists()]
    if not groups or _sent(wave, WaveMailing.Kind.THANKS):
        return 0
    queue_mails(user, sum(mailed_links(group).count() for group in groups))
    mailing = WaveMailing.objects.create(wave=wave, kind=WaveMailing.Kind.THANKS, sent_on=wave.today)
    let_go(mailing, groups, plan_of(wave).root)
    _record("panel.thanked", user, wave)
    return len(groups)


def _send_unreached(wave: Wave) -> int:
    return again_by_itself(wave, plan_of(wave).root) if wave.is_half_sent else 0  # type: ignore[attr-defined]


def _tell_organisers(wave: Wave) -> int:
    return _tell_of_end(wave) if _is_end_to_tell(wave) else 0


def _is_end_to_tell(wave: Wave) -> bool:
    today = wave.today
    return end_is_near(wave, today) and not any(
        (today - day).days <= 1 for day in _sent(wave, WaveMailing.Kind.CLOSES_SOON)
    )


@transaction.atomic
def _tell_of_end(wave: Wave) -> int:
    """Say once that a wave closes: who is told is decided by whoever listens."""
    row = wave.locked(WaveState.OPEN)
    if not _is_end_to_tell(row):
        return 0
    WaveMailing.objects.create(wave=row, kind=WaveMailing.Kind.CLOSES_SOON, sent_on=row.today)
    _record("wave.closes_soon", None, row)
    return 1


def _record(action: str, user: "User | None", wave: Wave) -> None:
    process_event.send(sender=_record, action=action, user=user, obj=wave.assessment, details={"wave": wave.number})
