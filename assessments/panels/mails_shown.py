"""What organisers are shown of the mails of a wave: what was sent and is planned, and texts to pass on themselves."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format

from assessments.models import PanelLink, Wave, WaveGroup, WaveMailing
from assessments.panels.mailing import writer_for
from assessments.panels.planning import LATE_BY, last_day_to_thank, planned_days
from assessments.panels.services import mails as services
from assessments.panels.services.mail_days import is_tried_again, may_go_out
from assessments.vocabulary import LinkKind, MailKind, WaveState
from attributes.texts import direction, language_name


@dataclass(frozen=True)
class MailedGroup:
    """A group with how many of it were invited by e-mail. Never how many of them have answered."""

    group: WaveGroup
    mailed: int
    reminded_today: bool


@dataclass(frozen=True)
class InvitedGroup:
    """How many invitations to a group went out, failed or came back, and wait. None of it has to do with answers."""

    number: int
    name: str
    sent: int
    failed: int
    waiting: int


def invitations_by_group(wave: Wave) -> list[InvitedGroup]:
    """What became of the invitations of a wave. One query."""
    links = PanelLink.objects.mailed().filter(group__wave=wave)
    counts = {
        "sent": Count("pk", filter=~Q(sent_on=None)),
        "failed": Count("pk", filter=~Q(failure="")),
        "waiting": Count("pk", filter=Q(failure="", sent_on=None)),
    }
    rows = links.order_by("group__position", "group").values_list("group", "group__name")
    return [InvitedGroup(*row) for row in rows.annotate(**counts)]


@dataclass(frozen=True)
class UnreachedMailing:
    """A day whose mails have not reached everybody: the mail server was not there. Says nothing about anybody.

    `tried_until` is the last day on which that is made up for without anybody asking; None where it is not.
    """

    is_reminder: bool
    day: date
    at: datetime
    tried_until: date | None


@dataclass(frozen=True)
class TextToForward:
    """What an organiser passes on, in one language: to invite, and to remind."""

    code: str
    name: str
    direction: str
    invitation: str
    reminder: str


def forwarded(group: WaveGroup, link: str = "") -> list[TextToForward]:
    """The texts to pass on for a group, by language; with the open link, where it has just been made."""
    writer = writer_for(group)
    return [
        TextToForward(
            code=language,
            name=language_name(language),
            direction=direction(language),
            invitation=writer.forward(MailKind.INVITATION, language, link),
            reminder=writer.forward(MailKind.REMINDER, language, link),
        )
        for language in group.wave.languages
    ]


def mailed_groups(wave: Wave) -> list[MailedGroup]:
    """The groups of which somebody was invited by e-mail. Two queries."""
    found = []
    counts = {invited.number: invited.sent for invited in invitations_by_group(wave)}
    for group in wave.groups.filter(link_kind=LinkKind.PERSONAL):
        if counts.get(group.pk):
            found.append(MailedGroup(group, counts[group.pk], group.reminded_on == wave.today))
    return found


def mails_context(wave: Wave) -> dict[str, Any]:
    """What was sent and is planned in a wave, for its own page and that of its mails."""
    plan = services.plan_of(wave)
    mailings = list(wave.mailings.all())
    unreached = [mailing for mailing in mailings if may_go_out(wave, mailing)]
    planned = [found for found in planned_days(wave) if found.code in plan.reminders]
    sent_days: dict[str, list[Any]] = {kind: [] for kind in WaveMailing.Kind.values}
    for mailing in mailings:
        if mailing.unreached_at is None:
            sent_days[mailing.kind].append(mailing.sent_on)
    invited = invitations_by_group(wave)
    mailed = any(found.sent for found in invited)
    thanked = next(iter(sent_days[WaveMailing.Kind.THANKS]), None)
    return {
        "plan": plan,
        "planned": [found.words for found in planned if not found.is_over] if wave.state != WaveState.CLOSED else [],
        "reminded": [date_format(day, "DATE_FORMAT") for day in sent_days[WaveMailing.Kind.REMINDER]],
        "thanked": thanked,
        "thank_until": last_day_to_thank(wave),
        "is_half_sent": any(mailing.unreached_at for mailing in mailings),
        "unreached": [_unreached(wave, mailing, plan.root) for mailing in unreached],
        "may_thank": wave.state == WaveState.CLOSED and mailed and not any(is_thanks(found) for found in mailings),
        "may_remind": wave.takes_new and mailed,
        "not_through": [found for found in invited if found.failed or found.waiting] if wave.takes_new else [],
    }


def _unreached(wave: Wave, mailing: WaveMailing, root: str) -> UnreachedMailing:
    is_thanks_mail = is_thanks(mailing)
    until = last_day_to_thank(wave) if is_thanks_mail else mailing.sent_on + LATE_BY
    at = timezone.localtime(mailing.unreached_at, wave.zone)
    return UnreachedMailing(
        not is_thanks_mail, mailing.sent_on, at, until if is_tried_again(wave, mailing, root) else None
    )


def is_thanks(mailing: WaveMailing) -> bool:
    """Whether everybody was thanked on that day, or is to be."""
    return mailing.kind == WaveMailing.Kind.THANKS
