"""Dates are written in one way everywhere."""

import datetime

from django.utils.formats import date_format


def test_dates_are_written_as_in_reports() -> None:
    moment = datetime.datetime(2026, 11, 2, 15, 4, tzinfo=datetime.UTC)
    assert date_format(moment, "DATE_FORMAT") == "2 November 2026"
    assert date_format(moment, "DATETIME_FORMAT") == "2 November 2026, 15:04"
