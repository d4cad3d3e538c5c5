"""Time zones in words and in lists, and where days end in them."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

import pytest
from django.test import override_settings

from assessments import zones
from assessments.models import Process

NAIROBI = ZoneInfo("Africa/Nairobi")


@pytest.mark.parametrize(
    ("zone", "day", "until"),
    [
        ("Africa/Nairobi", date(2026, 12, 6), "Sunday 6 December 2026, end of day in Nairobi (UTC+3)"),
        ("Asia/Kolkata", date(2026, 12, 6), "Sunday 6 December 2026, end of day in Kolkata (UTC+5:30)"),
        ("Pacific/Kiritimati", date(2026, 12, 6), "Sunday 6 December 2026, end of day in Kiritimati (UTC+14)"),
        ("America/Argentina/Buenos_Aires", date(2026, 1, 5), "Monday 5 January 2026, end of day in Buenos Aires, "
         "Argentina (UTC−3)"),
        ("UTC", date(2026, 12, 6), "Sunday 6 December 2026, end of day (UTC)"),
        # Their names say plus for what is behind.
        ("Etc/GMT+3", date(2026, 12, 6), "Sunday 6 December 2026, end of day (UTC−3)"),
        # The distance at the end of the day: that night clocks are changed.
        ("America/Los_Angeles", date(2026, 3, 7), "Saturday 7 March 2026, end of day in Los Angeles (UTC−8)"),
        ("America/Los_Angeles", date(2026, 3, 8), "Sunday 8 March 2026, end of day in Los Angeles (UTC−7)"),
        ("America/Los_Angeles", date(2026, 11, 1), "Sunday 1 November 2026, end of day in Los Angeles (UTC−8)"),
        # At midnight they are set back to eleven.
        ("Asia/Beirut", date(2026, 10, 24), "Saturday 24 October 2026, end of day in Beirut (UTC+2)"),
    ],
)  # fmt: skip
def test_until_says_where_the_day_ends(zone: str, day: date, until: str) -> None:
    assert zones.until_end_of(day, ZoneInfo(zone)) == until


@pytest.mark.parametrize(
    ("zone", "day", "last"),
    [
        ("Pacific/Kiritimati", date(2026, 12, 10), "2026-12-10T09:59:59.999999"),
        ("America/Los_Angeles", date(2026, 12, 10), "2026-12-11T07:59:59.999999"),
        ("America/Los_Angeles", date(2026, 3, 8), "2026-03-09T06:59:59.999999"),  # of 23 hours
        ("America/Los_Angeles", date(2026, 11, 1), "2026-11-02T07:59:59.999999"),  # of 25 hours
        ("Asia/Beirut", date(2026, 10, 24), "2026-10-24T21:59:59.999999"),  # whose last hour comes twice
    ],
)
def test_day_ends_with_its_last_hour(zone: str, day: date, last: str) -> None:
    assert zones.end_of(day, ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None).isoformat() == last


def test_moment_that_is_no_end_of_day_has_its_time() -> None:
    end = zones.end_of(date(2026, 12, 6), NAIROBI)
    assert zones.until_moment(end, NAIROBI) == zones.until_end_of(date(2026, 12, 6), NAIROBI)
    los_angeles = ZoneInfo("America/Los_Angeles")
    assert zones.until_moment(end, los_angeles) == "Sunday 6 December 2026, 12:59 in Los Angeles (UTC−8)"
    assert zones.until_moment(end, ZoneInfo("UTC")) == "Sunday 6 December 2026, 20:59 (UTC)"


def test_day_and_zone_by_themselves() -> None:
    assert zones.day_there(date(2026, 12, 3), NAIROBI) == "3 December 2026 (Nairobi, UTC+3)"
    assert zones.day_there(date(2026, 12, 3), ZoneInfo("UTC")) == "3 December 2026 (UTC)"
    assert zones.zone_label(NAIROBI) == "Nairobi (now UTC+3)"
    assert zones.zone_label(ZoneInfo("UTC")) == "UTC"


def _zone_file(name: str) -> Path:
    """Where this computer has the rules of a zone."""
    return next(path for folder in TZPATH if (path := Path(folder) / name).is_file())


def test_a_zone_whose_name_has_no_place_is_named_as_it_is() -> None:
    """Such names are not on every computer: here is Los Angeles under one."""
    with _zone_file("America/Los_Angeles").open("rb") as file:
        zone = ZoneInfo.from_file(file, key="US/Pacific")
    there = "Sunday 6 December 2026, end of day in the time zone US/Pacific (UTC−8)"
    assert zones.until_end_of(date(2026, 12, 6), zone) == there
    assert zones.day_there(date(2026, 12, 6), zone) == "6 December 2026 (US/Pacific, UTC−8)"


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "UTC"), (180, "UTC+3"), (-210, "UTC−3:30"), (345, "UTC+5:45"), (-30, "UTC−0:30")]
)
def test_distance_from_utc(minutes: int, words: str) -> None:
    assert zones.utc_offset(datetime(2026, 1, 1, tzinfo=timezone(timedelta(minutes=minutes)))) == words


def test_every_zone_is_offered_once_and_found_by_its_place() -> None:
    groups = dict(zones.zone_choices())
    names = [name for choices in groups.values() for name, _label in choices]
    assert sorted(names) == sorted(zones.zone_names())
    assert {"Africa/Nairobi", "America/Los_Angeles", "UTC", "Etc/GMT-14"} < set(names)
    assert not {"Factory", "localtime"} & set(names)
    assert ("Africa/Nairobi", "Nairobi") in groups["Africa"]
    assert ("Etc/GMT+3", "UTC−3 (Etc/GMT+3)") in groups["Always the same distance from UTC"]
    assert next(iter(groups)) == "Universal time"
    for choices in groups.values():
        assert [label for _name, label in choices] == sorted(label for _name, label in choices)


@pytest.mark.parametrize("name", ["Mars/Base", "", "Africa", "../UTC", "UTC\x00"])
def test_zone_that_is_not_known_here_is_that_of_the_site(name: str) -> None:
    """And what is said of its dates says so, because it is said of the zone that is used."""
    zones.zone_named.cache_clear()
    with override_settings(TIME_ZONE="Asia/Kolkata"):
        assert zones.until_end_of(date(2026, 12, 6), zones.zone_named(name)).endswith("in Kolkata (UTC+5:30)")
    zones.zone_named.cache_clear()


def test_process_begins_with_the_zone_of_the_site() -> None:
    with override_settings(TIME_ZONE="Asia/Kolkata"):
        assert Process().time_zone == "Asia/Kolkata"
