"""Days and moments in the words of a language: those of `assessments.zones` are for organisers."""

from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from assessments.wording.saying import say, say_marked
from assessments.wording.shipped import SOURCE
from assessments.zones import LastDay, end_of, somewhere
from attributes.texts import LocalisedText, is_of_page, named

# Languages that write days of the week small, and in which Django writes them with a capital.
_SMALL_WEEKDAYS = frozenset({"pt", "ru"})


def last_day(last: LastDay | None) -> SafeString:
    """Until when, for a page: names of places are English everywhere, and marked."""
    if last is None:
        return SafeString("")
    key, slots = _said(last)
    if is_of_page("en"):
        return say_marked(key, **{name: conditional_escape(value) for name, value in slots.items()})
    places: dict[str, SafeString] = {
        name: named(LocalisedText(slots[name], "en")) for name in ("place", "name") if name in slots
    }
    marked: dict[str, Any] = {**slots, **places, "day": SafeString(slots["day"])}
    marked["offset"] = format_html('<bdi dir="ltr" translate="no">{}</bdi>', slots["offset"])
    return say_marked(key, **marked)


def last_day_plain(last: LastDay | None) -> str:
    """The same where nothing can be marked up, as in mails."""
    if last is None:
        return ""
    key, slots = _said(last)
    return say(key, **slots)


def weekday_and_day(day: date) -> str:
    """A day with its day of the week."""
    weekday = date_format(day, "l")
    if (translation.get_language() or SOURCE).split("-")[0] in _SMALL_WEEKDAYS:
        weekday = weekday.lower()
    return say("dates.weekday", weekday=weekday, day=date_format(day, "DATE_FORMAT"))


def _said(last: LastDay) -> tuple[str, dict[str, str]]:
    """The key of the words, and what is put into them."""
    moment = last.moment or end_of(last.day, last.zone)
    local = timezone.localtime(moment, last.zone)
    where = somewhere(local)
    kind = "place" if where.place else "zone" if where.zone else "offset"
    slots = {"day": weekday_and_day(local.date()), "offset": where.offset}
    if where.place:
        slots["place"] = where.place
    elif where.zone:
        slots["name"] = where.zone
    if last.broken_off:
        slots["day"] = date_format(last.day, "DATE_FORMAT")
        if where.zone:
            slots["place"] = slots.pop("name")
        return f"dates.day_{'offset' if kind == 'offset' else 'place'}", slots
    if last.moment is None:
        return f"dates.end_{kind}", slots
    return f"dates.moment_{kind}", {**slots, "time": date_format(local, "TIME_FORMAT")}
