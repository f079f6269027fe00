"""When a call was, how long it took, when a promise is due; the two calendars."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.moments import CALENDAR, NOW, SETTINGS, TEHRAN, rows
from tuicrm.domain.calendars import from_jalali, jalali_text, month_name, to_jalali
from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import Due
from tuicrm.domain.when import (
    WhenRefused,
    due_key,
    duration_s,
    past_moment,
)

# --- when it was, how long it took --------------------------------------------------------------------------

WERE = """
    9:20      | 11-22 09:20
    9.20      | 11-22 09:20
    920       | 11-22 09:20
    0920      | 11-22 09:20
    ۹:۲۰      | 11-22 09:20
    9:30      | 11-22 09:30
    9:40      | when_not_yet
    940       | when_not_yet
    10:29     | when_not_yet
    10:30     | 11-21 10:30
    17:00     | 11-21 17:00
    5pm       | 11-21 17:00
    30m       | 11-22 09:00
    2h        | 11-22 07:30
    1d        | 11-21 09:30
    1d9.40    | 11-21 09:40
    1d9:40    | 11-21 09:40
    2d17      | 11-20 17:00
    0d9:20    | 11-22 09:20
    0d9:40    | when_not_yet
    400d      | when_past_too_far
    99999h    | when_past_too_far
    25:00     | when_no_such_time
    9:75      | when_no_such_time
    975       | none
    2500      | none
    5         | none
    12345     | none
    5%        | none
    1dx       | none
    1w        | 11-15 09:30
    x         | none
"""


@pytest.mark.parametrize(("word", "when"), rows(WERE))
def test_when_it_happened(word: str, when: str) -> None:
    assert _moment(word) == when


def _moment(word: str) -> str:
    try:
        moment = past_moment(word, NOW, SETTINGS)
    except WhenRefused as refused:
        return refused.code
    assert moment is None or moment.tzinfo is UTC
    return f"{moment.astimezone(TEHRAN):%m-%d %H:%M}" if moment else "none"


LASTED = """
    4          | 240
    4m         | 240
    0          | 0
    3:40       | 220
    ۳:۴۰       | 220
    1:02:00    | 3720
    99:00      | 5940
    180        | 10800
    24:00:00   | 86400
    181        | when_duration_long
    940        | when_duration_long
    181m       | when_duration_long
    3.40       | when_duration_wrong
    3:75       | when_duration_wrong
    3:5        | when_duration_wrong
    1:75:00    | when_duration_wrong
    25:00:00   | when_duration_wrong
    1h         | 3600
    m          | none
    :40        | none
    3:40:00:00 | none
    x          | none
"""


@pytest.mark.parametrize(("word", "seconds"), rows(LASTED))
def test_how_long_it_took(word: str, seconds: str) -> None:
    assert _lasted(word) == seconds


def _lasted(word: str) -> str:
    try:
        found = duration_s(word)
    except WhenRefused as refused:
        return refused.code
    return "none" if found is None else str(found)


# --- instants and calendars ---------------------------------------------------------------------------------


def test_a_promise_is_due_at_its_time_or_at_the_start_of_its_day() -> None:
    on = date(2026, 11, 24)
    assert due_key(Due(on, time(10)), "Asia/Tehran", CALENDAR) == datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
    assert due_key(Due(on), "Asia/Tehran", CALENDAR) == datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def test_a_time_that_clocks_skip_is_due_as_much_later() -> None:
    gap = Due(date(2026, 3, 29), time(2, 30))
    assert due_key(gap, "Europe/Berlin", CALENDAR) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_that_clocks_show_twice_is_due_the_first_time() -> None:
    double = Due(date(2026, 10, 25), time(2, 30))
    assert due_key(double, "Europe/Berlin", CALENDAR) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Nowhere/Land", "", "../etc/passwd", "\x00"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(Invalid) as refused:
        due_key(Due(date(2026, 11, 24)), zone, CALENDAR)
    assert refused.value.code == "zone_unknown"


@given(st.dates(min_value=date(1700, 1, 1), max_value=date(2300, 1, 1)))
def test_dates_go_to_the_other_calendar_and_back(day: date) -> None:
    assert from_jalali(*to_jalali(day)) == day


def test_a_jalali_date_is_said_with_its_month() -> None:
    assert jalali_text(date(2026, 11, 26)) == (5, "آذر", 1405)
    assert jalali_text(date(2026, 11, 26), "en") == (5, "Azar", 1405)
    assert month_name(12) == "December"
    assert month_name(1, "gregorian", "fa") == "ژانویه"


def test_words_of_the_line_load_no_calendar_they_do_not_need() -> None:
    code = (
        "import sys; from datetime import datetime, UTC; from tuicrm.domain.when import *; "
        "number_form('2d', datetime.now(UTC), WhenSettings(UTC)); "
        "sys.exit(any(name.split('.')[0] in ('persiantools', 'dateutil') or 'when_phrases' in name "
        "for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
