"""What organisers are shown of the mails of a wave: what was sent and is planned, and texts to pass on themselves."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format

from assessments.models import Wave, WaveGroup, WaveMailing
from assessments.panels.mailing import writer_for
from assessments.panels.planning import last_day_to_thank, planned_days
from assessments.panels.services import mails as services
from assessments.vocabulary import LinkKind, MailKind, WaveState
from attributes.texts import direction, language_name


@dataclass(frozen=True)
class MailedGroup:
    """A group with how many of it were invited by e-mail. Never how many of them have answered."""

    group: WaveGroup
    mailed: int
    reminded_today: bool


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
    counts = services.mailed_by_group(wave)
    for group in wave.groups.filter(link_kind=LinkKind.PERSONAL):
        if counts.get(group.pk):
            found.append(MailedGroup(group, counts[group.pk], group.reminded_on == wave.today))
    return found


def mails_context(wave: Wave) -> dict[str, Any]:
    """What was sent and is planned in a wave, for its own page and that of its mails."""
    plan = services.plan_of(wave)
    planned = [found for found in planned_days(wave) if found.code in plan.reminders]
    sent_days: dict[str, list[Any]] = {kind: [] for kind in WaveMailing.Kind.values}
    for mailing in wave.mailings.all():
        sent_days[mailing.kind].append(mailing.sent_on)
    mailed = bool(services.mailed_by_group(wave))
    thanked = next(iter(sent_days[WaveMailing.Kind.THANKS]), None)
    return {
        "plan": plan,
        "planned": [found.words for found in planned if not found.is_over] if wave.state != WaveState.CLOSED else [],
        "reminded": [date_format(day, "DATE_FORMAT") for day in sent_days[WaveMailing.Kind.REMINDER]],
        "thanked": thanked,
        "thank_until": last_day_to_thank(wave),
        "may_thank": wave.state == WaveState.CLOSED and thanked is None and mailed,
        "may_remind": wave.takes_new and mailed,
    }
