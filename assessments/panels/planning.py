"""On which day a mail of a wave is due: planned reminders, the thank-you, and the word to organisers before the end.

Plain dates: what was sent comes in, and nothing is written. Days are those of the wave's time zone.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models import Wave
from assessments.models.panel import ADDRESSES_KEPT
from assessments.vocabulary import WaveState

FROM_HOUR = 9  # of the day there: nobody is woken by a mail
# A day on which no worker ran is made up for on the next.
LATE_BY = timedelta(days=1)
AFTER_START, BEFORE_END = "start", "end"

# What can be chosen, in the order of the days of a wave of a month.
REMINDER_TIMES = {
    "start+3": _("3 days after the launch"),
    "start+7": _("a week after the launch"),
    "start+14": _("two weeks after the launch"),
    "end-7": _("a week before the closing date"),
    "end-3": _("3 days before the closing date"),
    "end-1": _("the day before the closing date"),
}


@dataclass(frozen=True)
class PlannedDay:
    """A time that can be chosen; `day` is None before the launch, and without a closing date."""

    code: str
    label: str
    day: date | None
    is_over: bool

    @property
    def words(self) -> str:
        """When it is, with the day as far as that is known."""
        if self.day is None:
            return self.label
        return gettext("%(when)s (%(day)s)") % {"when": self.label, "day": date_format(self.day, "DATE_FORMAT")}


def day_of(wave: Wave, code: str) -> date | None:
    """The day a planned time falls on, as far as that is known."""
    if code.startswith(AFTER_START):
        return wave.opened_on + timedelta(days=int(code.partition("+")[2])) if wave.opened_on else None
    return wave.closes_on - timedelta(days=int(code.partition("-")[2])) if wave.closes_on else None


def planned_days(wave: Wave, today: date | None = None) -> list[PlannedDay]:
    """All times that can be chosen, with their days. Of an open wave those up to today are over."""
    today = today or wave.today
    found = []
    for code, label in REMINDER_TIMES.items():
        day = day_of(wave, code)
        over = wave.state != WaveState.PREPARING and (day is None or day <= today or _is_outside(wave, day))
        found.append(PlannedDay(code, str(label), day, over))
    return found


def _is_outside(wave: Wave, day: date) -> bool:
    """Whether a day is not within a wave: invitations go out on its first day, and reminders have to come later."""
    first = max((found for found in (wave.opened_on, wave.reopened_on) if found), default=None)
    return first is None or day <= first or wave.closes_on is None or day > wave.closes_on


def reminder_due(wave: Wave, codes: Iterable[str], sent: Collection[date], today: date) -> bool:
    """Whether a reminder of the plan is due today: `sent` are the days on which reminders went out, by hand too."""
    for code in codes:
        day = day_of(wave, code) if code in REMINDER_TIMES else None
        if day is None or _is_outside(wave, day) or not day <= today <= day + LATE_BY:
            continue
        if not any(day <= found <= today for found in sent):
            return True
    return False


def last_day_to_thank(wave: Wave) -> date | None:
    """The last day on which there are addresses to thank."""
    return wave.closed_on + timedelta(days=ADDRESSES_KEPT - 1) if wave.closed_on else None


def thanks_due(wave: Wave, today: date) -> bool:
    """Whether everybody can be thanked: from the day after the closing, as long as there are addresses."""
    last = last_day_to_thank(wave)
    return wave.closed_on is not None and last is not None and wave.closed_on < today <= last


def end_is_near(wave: Wave, today: date) -> bool:
    """Whether organisers are to be told that a wave closes: on the day before its last, or on that."""
    if not wave.takes_new or wave.closes_on is None:
        return False
    return wave.closes_on - timedelta(days=1) <= today <= wave.closes_on


def is_daytime(wave: Wave) -> bool:
    """Whether it is late enough in the day where the wave is."""
    return timezone.localtime(timezone=wave.zone).hour >= FROM_HOUR
