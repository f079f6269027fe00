"""Cells of lists of calls that are no moment, no duration and no name, however long they are."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from tuicrm.exchange import call_log_values as values
from tuicrm.exchange.refused import Refused

_LONG = "۱۲۳ Ü" * 200_000


def _taken(act: Callable[[], object]) -> int:
    """Bytes of memory that something takes at its most."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "value", [_LONG, f"2026-11-22 {_LONG}", "1" * 1_000_000], ids=["letters", "a day and letters", "digits"]
)
def test_a_cell_of_a_million_letters_is_no_moment_and_costs_no_memory(value: str) -> None:
    def read() -> None:
        with pytest.raises(Refused) as refused:
            values.moment(value, ZoneInfo("UTC"))
        assert refused.value.code == "call_time"
        assert len(refused.value.params["text"]) <= 60

    assert _taken(read) < 500_000


def test_a_cell_of_a_million_letters_is_no_duration_and_costs_no_memory() -> None:
    assert _taken(lambda: values.seconds(_LONG)) < 500_000
    assert values.seconds(_LONG) is None


def test_the_beginning_of_a_very_long_name_is_kept_and_costs_no_memory() -> None:
    values.text("Ü")
    assert _taken(lambda: values.text(_LONG)) < 500_000
    assert values.text(f"   {_LONG}") == _LONG[:300]


@pytest.mark.parametrize(
    ("written", "meant"), [("۱:۱۵", 75), ("٧٥", 75), ("1m 15s", 75), ("0:01:15.9", 75), ("-1", None)]
)
def test_durations_are_read_in_any_digits(written: str, meant: int | None) -> None:
    assert values.seconds(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2026-11-22 09:30:00",
            "2026-11-22T09:30",
            "2026-11-22 9:30",
            "2026/11/22 9:30:00",
            "22.11.2026 9:30",
        ),
        *("22/11/2026 09:30", "11/22/2026 9:30 AM", "11/22/2026 09:30:00 am", "Sun Nov 22 09:30:00 2026"),
        *("2026-11-22T06:00:00Z", "1795327200", "1795327200123", "۲۰۲۶-۱۱-۲۲ ۰۹:۳۰:۰۰"),
        *("1405/09/01 09:30", "1405-09-01T09:30:00", "۱۴۰۵/۹/۱ ۹:۳۰", "1405.09.01 9:30:00"),
    ],
)
def test_moments_are_read_as_people_and_programs_write_them(written: str) -> None:
    read = values.moment(written, ZoneInfo("Asia/Tehran"))
    assert read.isoformat() == "2026-11-22T06:00:00+00:00"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026/11/22", "2026-11-21T20:30"),
        ("22.11.2026", "2026-11-21T20:30"),
        ("1405/02/31", "2026-05-20T20:30"),
    ],
)
def test_a_day_without_a_time_begins_at_midnight(written: str, meant: str) -> None:
    assert values.moment(written, ZoneInfo("Asia/Tehran")).isoformat()[:16] == meant


@pytest.mark.parametrize("written", ["1405/12/31 10:00", "1405/13/01", "2026-02-30 10:00", "yesterday", ""])
def test_what_is_no_day_is_no_moment(written: str) -> None:
    with pytest.raises(Refused, match="call_time"):
        values.moment(written, ZoneInfo("Asia/Tehran"))
