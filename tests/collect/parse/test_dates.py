"""Dates as feeds write them."""

from datetime import UTC, datetime

import pytest

from monitor.collect.parse.dates import when


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 03 Nov 2026 10:00:00 GMT",
        "Tue, 03 Nov 2026 10:00:00 +0000",
        "Tue, 3 Nov 2026 10:00 UT",
        "Tue, 03 Nov 2026 10:00:00",
        "Tue,03 Nov 2026 10:00:00 Z",
        "03 Nov 26 10:00:00 UTC",
        "Tuesday, 03 November 2026 10:00:00 GMT",
        "Tue, 03 Nov 2026 05:00:00 EST",
        "Tue, 03 Nov 2026 02:00:00 PST",
        "Tue, 03 Nov 2026 01:00:00 AKST",
        "Tue, 03 Nov 2026 00:00:00 HST",
        "Mon, 02 Nov 2026 23:00:00 -1100",
        "Tue, 03 Nov 2026 11:00:00 CET",
        "Tue, 03 Nov 2026 12:00:00 GMT+2",
        "Tue, 03 Nov 2026 12:00:00 GMT+02:00",
        "Tue, 03 Nov 2026 19:00:00 JST",
        "Tue, 03 Nov 2026 15:30:00 IST",
        "Tue, 03 Nov 2026 21:00:00 AEDT",
        "2026-11-03T10:00:00Z",
        "2026-11-03T10:00:00+00:00",
        "2026-11-03T10:00:00.123456Z",
        "2026-11-03T05:00:00-05:00",
        "2026-11-03T05:00:00-0500",
        "2026-11-03 10:00:00",
        "2026-11-03T10:00Z",
        "20261103T100000Z",
        "Nov 3, 2026 2:00 AM PST",
        "November 3, 2026 10:00 am",
        "11/3/2026 10:00 AM",
        "11/03/2026 10:00",
        "Tue Nov  3 10:00:00 2026",
        "Tue Nov 03 10:00:00 UTC 2026",
        "1793700000",
        "1793700000000",
        "  Tue, 03 Nov 2026 10:00:00 GMT\n",
    ],
)
def test_a_moment_is_read(text: str) -> None:
    assert when(text) == datetime(2026, 11, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2026-11-03", 0, 0),
        ("20261103", 0, 0),
        ("Tue, 03 Nov 2026", 0, 0),
        ("Nov 3, 2026 4:42 PM", 16, 42),
        ("11/3/2026 12:15 PM", 12, 15),
        ("11/3/2026 12:15 a.m.", 0, 15),
        ("2026-11-03T23:59:60Z", 23, 59),
    ],
)
def test_a_day_is_read(text: str, hour: int, minute: int) -> None:
    found = when(text)
    assert found is not None
    assert (found.date().isoformat(), found.hour, found.minute) == ("2026-11-03", hour, minute)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "0001-01-01T00:00:00Z",
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "0",
        "2026-13-45",
        "Tue, 99 Nov 2026 10:00:00 GMT",
        "Nov 2026",
        "9" * 1000,
        "١٢٣",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert when(text) is None


def test_midnight_written_as_24_is_the_next_day() -> None:
    assert when("2026-11-03T24:00:00Z") == datetime(2026, 11, 4, tzinfo=UTC)
