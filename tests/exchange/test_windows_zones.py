"""Calendars of Outlook name their zones as Windows does, sometimes without describing them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tuicrm.exchange import ics, windows_zones
from tuicrm.exchange.incoming import IncomingFollowUp

BERLIN = ZoneInfo("Europe/Berlin")


def one(zone: str) -> IncomingFollowUp:
    text = "\r\n".join(
        (
            *("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:one", "SUMMARY:Call Kate"),
            *(f"DTSTART;TZID={zone}:20261204T100000", "END:VEVENT", "END:VCALENDAR", ""),
        )
    )
    (found,) = ics.read(text, "x.ics", BERLIN, now=datetime(2026, 11, 22, tzinfo=UTC))
    return found


@pytest.mark.parametrize(
    ("named", "zone", "clock"),
    [
        ("Iran Standard Time", "Asia/Tehran", "10:00"),
        ('"W. Europe Standard Time"', "Europe/Berlin", "10:00"),
        ("W. Europe Standard Time 1", "Europe/Berlin", "10:00"),
        ("arabian standard time", "Asia/Dubai", "10:00"),
        ("Eastern Standard Time (Mexico)", "America/Cancun", "10:00"),
        ('"(UTC+03:30) Tehran"', "Asia/Tehran", "10:00"),
        ('"(UTC+01:00) Nowhere, Berlin, Rome"', "Europe/Berlin", "10:00"),
        ('"tzone://Microsoft/Utc"', "Etc/UTC", "10:00"),
        ("GMT+0330", "Europe/Berlin", "07:30"),
        ('"UTC-05:00"', "Europe/Berlin", "16:00"),
    ],
)
def test_a_name_of_windows_without_a_description(named: str, zone: str, clock: str) -> None:
    found = one(named)
    assert (found.code, found.zone, f"{found.due_time:%H:%M}") == ("", zone, clock)


@pytest.mark.parametrize(
    "named", ["Customized Time Zone", '"tzone://Microsoft/Custom"', '"(UTC+01:00) Nowhere"', "Standard Time"]
)
def test_what_is_no_name_of_windows_is_refused_rather_than_guessed(named: str) -> None:
    assert one(named).code == "ics_zone"


def test_every_zone_of_the_table_is_there_and_shows_the_clock_that_its_name_says() -> None:
    names = windows_zones._names()
    assert len(names) == 141
    now = datetime(2026, 1, 15, tzinfo=UTC)
    for zone in names.values():
        assert now.astimezone(ZoneInfo(zone)).utcoffset() is not None
    for name, hours in (("utc-11", -11), ("utc+13", 13), ("utc-02", -2), ("dateline standard time", -12)):
        offset = now.astimezone(ZoneInfo(names[name])).utcoffset()
        assert offset is not None
        assert offset.total_seconds() / 3600 == hours
