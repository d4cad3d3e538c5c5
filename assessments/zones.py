"""Time zones: each process has one, in which its days end. Whatever says until when something is possible, on a page,
in a mail or on paper, has its words from here, so that nobody has to guess where a day ends."""

import datetime
from dataclasses import dataclass
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST_NAME = 64
# What the computer itself is set to, and a mark for one that was never set: neither means the same elsewhere.
NO_ZONES = frozenset({"localtime", "Factory"})
# The zone in which a day begins first: a day that is over there may not be over anywhere else.
FURTHEST_AHEAD = datetime.timezone(datetime.timedelta(hours=14))

# What the first part of a name says of the place in its last. Names without one of these name no place.
REGIONS = {
    "Africa": gettext_lazy("Africa"),
    "America": gettext_lazy("America"),
    "Antarctica": gettext_lazy("Antarctica"),
    "Arctic": gettext_lazy("Arctic"),
    "Asia": gettext_lazy("Asia"),
    "Atlantic": gettext_lazy("Atlantic Ocean"),
    "Australia": gettext_lazy("Australia"),
    "Europe": gettext_lazy("Europe"),
    "Indian": gettext_lazy("Indian Ocean"),
    "Pacific": gettext_lazy("Pacific Ocean"),
}
UNIVERSAL = frozenset({"UTC", "UCT", "GMT", "GMT0", "GMT+0", "GMT-0", "Greenwich", "Universal", "Zulu"})
FIXED = "Etc/"


def site_time_zone() -> str:
    """The name of the zone of this installation, with which a process begins."""
    return str(settings.TIME_ZONE)


@cache
def zone_names() -> frozenset[str]:
    """The names that can be chosen: all that this computer knows. Reads several hundred files, once."""
    return frozenset(available_timezones()) - NO_ZONES


@lru_cache(maxsize=1000)
def zone_named(name: str) -> datetime.tzinfo:
    """Return the zone of this name; that of the site where this computer does not know the name. Asked for many times
    a page.

    What is said of dates is said of the zone that is returned, so it is true in either case.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return timezone.get_default_timezone()


def today_in(zone: datetime.tzinfo) -> datetime.date:
    """The day it is there."""
    return timezone.localdate(timezone=zone)


def end_of(day: datetime.date, zone: datetime.tzinfo) -> datetime.datetime:
    """The last moment of a day there. Where clocks are set back at midnight its last hour comes twice: the second."""
    return datetime.datetime.combine(day, datetime.time.max, tzinfo=zone).replace(fold=1)


@dataclass(frozen=True)
class LastDay:
    """Until when something is or was possible: to the end of a day there, or until a moment on it.

    `broken_off`: it was on that day that somebody ended it, and not at its end.
    """

    day: datetime.date
    zone: datetime.tzinfo
    moment: datetime.datetime | None = None
    broken_off: bool = False

    def __str__(self) -> str:
        if self.broken_off:
            return day_there(self.day, self.zone)
        return until_moment(self.moment, self.zone) if self.moment else until_end_of(self.day, self.zone)


@dataclass(frozen=True)
class Somewhere:
    """Where a moment is meant: a `place`, or the name of a `zone`, or neither; and the distance from UTC then."""

    place: str
    zone: str
    offset: str


def somewhere(moment: datetime.datetime) -> Somewhere:
    """Return where a moment with a zone is meant, for words in any language."""
    name, offset = _key(moment.tzinfo), utc_offset(moment)
    place = place_of(name)
    return Somewhere(place, "" if place or _is_fixed(name) else name, offset)


# --- In words -------------------------------------------------------------------------------------------------


def until_end_of(day: datetime.date, zone: datetime.tzinfo) -> str:
    """What stands behind “until”: “Sunday 6 December 2026, end of day in Nairobi (UTC+3)”."""
    return _("%(day)s, end of day %(there)s") % {"day": _weekday(day), "there": there(end_of(day, zone))}


def until_moment(moment: datetime.datetime, zone: datetime.tzinfo) -> str:
    """The same of a moment; one that is not the end of a day there comes with its time."""
    local = timezone.localtime(moment, zone)
    if local.time() == datetime.time.max:
        return until_end_of(local.date(), zone)
    return _("%(day)s, %(time)s %(there)s") % {
        "day": _weekday(local.date()),
        "time": date_format(local, "TIME_FORMAT"),
        "there": there(local),
    }


def day_there(day: datetime.date, zone: datetime.tzinfo) -> str:
    """A day on which something began or ended: “3 December 2026 (Nairobi, UTC+3)”."""
    name, offset = _key(zone), utc_offset(end_of(day, zone))
    where = offset if _is_fixed(name) else f"{place_of(name) or name}, {offset}"
    return f"{date_format(day, 'DATE_FORMAT')} ({where})"


def there(moment: datetime.datetime) -> str:
    """Where a moment is meant, with the distance from UTC that holds then: “in Nairobi (UTC+3)”, “(UTC)”."""
    name, offset = _key(moment.tzinfo), utc_offset(moment)
    if place := place_of(name):
        return _("in %(place)s (%(offset)s)") % {"place": place, "offset": offset}
    if _is_fixed(name):
        return f"({offset})"
    return _("in the time zone %(name)s (%(offset)s)") % {"name": name, "offset": offset}


def zone_label(zone: datetime.tzinfo) -> str:
    """A zone by itself, with the distance that holds today: “Nairobi (now UTC+3)”, “UTC”."""
    name, offset = _key(zone), utc_offset(timezone.localtime(timezone=zone))
    if _is_fixed(name):
        return offset
    return _("%(place)s (now %(offset)s)") % {"place": place_of(name) or name, "offset": offset}


def utc_offset(moment: datetime.datetime) -> str:
    """How far clocks are ahead of UTC or behind it at a moment: “UTC+5:30”, “UTC”."""
    minutes = round((moment.utcoffset() or datetime.timedelta()).total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def place_of(name: str) -> str:
    """The place that a zone is named after, as people write it; empty for a zone that is named after none."""
    region, _slash, rest = name.partition("/")
    if region not in REGIONS:
        return ""
    return ", ".join(part.replace("_", " ") for part in reversed(rest.split("/")))


def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """All zones by region, for a list in which typing the first letters of a place finds it."""
    titles = {"UTC": _("Universal time"), FIXED: _("Always the same distance from UTC"), "": _("Other names")}
    return [(titles.get(region) or str(REGIONS[region]), zones) for region, zones in _zones_by_region().items()]


@cache
def _zones_by_region() -> dict[str, list[tuple[str, str]]]:
    """Their names and what each is called: the same in every language. Worked out once."""
    found: dict[str, list[tuple[str, str]]] = {region: [] for region in ("UTC", *REGIONS, FIXED, "")}
    for name in sorted(zone_names()):
        region = name.partition("/")[0]
        if region in REGIONS:
            found[region].append((name, place_of(name)))
        elif name == "UTC":
            found["UTC"].append((name, name))
        elif _is_fixed(name):
            # Their names say “plus” for what is behind UTC.
            found[FIXED].append((name, f"{utc_offset(end_of(datetime.date(2000, 1, 1), zone_named(name)))} ({name})"))
        else:
            found[""].append((name, name))
    return {region: sorted(zones, key=lambda zone: zone[1]) for region, zones in found.items() if zones}


def _weekday(day: datetime.date) -> str:
    return _("%(weekday)s %(day)s") % {"weekday": date_format(day, "l"), "day": date_format(day, "DATE_FORMAT")}


def _is_fixed(name: str) -> bool:
    return name in UNIVERSAL or name.startswith(FIXED)


def _key(zone: datetime.tzinfo | None) -> str:
    return str(getattr(zone, "key", zone))
