"""Days as a calendar file (iCalendar, RFC 5545): one event of a whole day for each, folded and escaped by its rules."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

TYPE = "text/calendar; charset=utf-8"
MAKER = "-//msgov//msgov//EN"
LINE = 75  # octets, without the line end
END = "\r\n"


@dataclass(frozen=True)
class CalendarDay:
    """Something on a day. `uid` stays the same when it is moved or renamed; `address` may be ""."""

    uid: str
    day: date
    title: str
    words: str
    address: str


def calendar_file(name: str, days: Iterable[CalendarDay], now: datetime) -> str:
    """Return the file of a calendar called `name`, as it is at a moment."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MAKER}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D"]
    for one in days:
        lines += _event(one, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}{END}" for line in lines for part in folded(line))


def _event(one: CalendarDay, now: datetime) -> list[str]:
    found = [
        "BEGIN:VEVENT",
        f"UID:{escaped(one.uid)}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(one.title)}",
    ]
    if one.words:
        found.append(f"DESCRIPTION:{escaped(one.words)}")
    if one.address:
        found.append(f"URL:{one.address}")
    # Whoever has it in their calendar is still free on that day.
    return [*found, "TRANSP:TRANSPARENT", "END:VEVENT"]


def escaped(text: str) -> str:
    """A text as the value of a property (3.3.11), without signs that control something."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """The parts of a line (3.1): at most 75 octets each, no letter divided, each after the first behind a blank."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > LINE:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + octets
    yield part
