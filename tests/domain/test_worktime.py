"""Working time: days, hours, holidays of both calendars, quiet hours, and what clocks do to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.domain.lines import PROCESS, context
from tuicrm.domain import process
from tuicrm.domain.models import Due
from tuicrm.domain.when import WhenSettings, due_key, number_form, parse_when
from tuicrm.domain.worktime import (
    WHOLE_DAY,
    Calendar,
    add_working_days,
    day_start,
    holiday,
    in_country,
    is_quiet,
    is_working_day,
    next_working,
    quiet_until,
    within_hours,
    working_spans,
    working_week,
)

TEHRAN, BERLIN, NEW_YORK = ZoneInfo("Asia/Tehran"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
MONDAY_TO_FRIDAY = Calendar()


def made(text: str) -> Calendar:
    """The calendar of a process file that is the shipped one but for this."""
    rest = process.default_text().split("[calendar]", 1)
    return process.load(
        rest[0] + text + "\n\n# --- channels" + rest[1].split("# --- channels", 1)[1]
    ).calendar


IRAN = in_country(
    made(
        """
[calendar]
days = ["sat", "sun", "mon", "tue", "wed"]
hours = "08:30-12:30, 13:30-17:00"
thu = "08:30-12:00"
calls = "09:00-13:00, 16:00-21:00"
no_calls = ["fri", "holidays"]

[calendar.holidays]
"29 esfand to 4 farvardin" = "Nowruz"
"13 farvardin" = "Nature day"
"1405-10-03" = "Father's day"
"24 december" = { name = "Christmas Eve", hours = "08:30-11:00" }
"""
    ),
    "IR",
)
"""Saturday to Wednesday and half a Thursday."""


# --- days ---------------------------------------------------------------------------------------------------


def test_working_days_are_the_files_else_the_custom_of_the_country() -> None:
    assert working_week(in_country(Calendar(), "IR")) == {5, 6, 0, 1, 2}
    assert working_week(in_country(Calendar(), "SA")) == {6, 0, 1, 2, 3}
    assert working_week(in_country(Calendar(), "DE")) == working_week(Calendar()) == {0, 1, 2, 3, 4}
    assert working_week(IRAN) == {5, 6, 0, 1, 2, 3}


def test_a_week_from_saturday_to_wednesday_with_half_a_thursday() -> None:
    wednesday, thursday, friday = (date(2026, 11, day) for day in (25, 26, 27))
    assert working_spans(wednesday, IRAN) == ((510, 750), (810, 1020))
    assert working_spans(thursday, IRAN) == ((510, 720),)
    assert working_spans(friday, IRAN) == ()
    assert [add_working_days(wednesday, n, IRAN) for n in (0, 1, 2)] == [
        wednesday,
        thursday,
        date(2026, 11, 28),
    ]
    assert add_working_days(friday, 0, IRAN) == date(2026, 11, 28)


def test_working_days_leave_out_the_weekend() -> None:
    assert add_working_days(date(2026, 11, 27), 1, MONDAY_TO_FRIDAY) == date(2026, 11, 30)
    assert add_working_days(date(2026, 11, 28), 0, MONDAY_TO_FRIDAY) == date(2026, 11, 30)
    assert add_working_days(date(2026, 11, 23), 10, MONDAY_TO_FRIDAY) == date(2026, 12, 7)


def test_a_holiday_in_the_middle_of_three_working_days_is_not_counted() -> None:
    # 3 Dey 1405 is Thursday 24 December: Wednesday, then Saturday, Sunday and Monday.
    now = datetime(2026, 12, 23, 10, tzinfo=TEHRAN)
    assert holiday(date(2026, 12, 24), IRAN) is not None
    assert number_form("3wd", now, WhenSettings(TEHRAN, calendar=IRAN)) == Due(date(2026, 12, 28))
    assert parse_when("3 working days", now, WhenSettings(TEHRAN, calendar=IRAN)) == Due(date(2026, 12, 28))


def test_what_is_said_of_one_day_beats_what_holds_every_year() -> None:
    found = holiday(date(2026, 12, 24), IRAN)
    assert found is not None
    assert (found.name, found.hours) == ("Father's day", ())
    later = holiday(date(2027, 12, 24), IRAN)
    assert later is not None
    assert later.hours == ((510, 660),)


def test_a_half_holiday_has_its_own_hours_and_stays_off_on_a_day_off() -> None:
    assert working_spans(date(2028, 12, 24), IRAN) == ((510, 660),)
    assert date(2027, 12, 24).weekday() == 4
    assert working_spans(date(2027, 12, 24), IRAN) == ()


def test_the_jalali_year_ends_with_30_esfand_in_leap_years_only() -> None:
    # 1403 is a leap year: 30 Esfand is 20 March 2025; in 1404 and 1405 the year ends with the 29th.
    in_1403 = [date(2025, 3, 18) + timedelta(days=n) for n in range(9)]
    assert [is_working_day(day, IRAN) for day in in_1403] == [True, *[False] * 6, True, True]
    in_1404 = [date(2026, 3, 19) + timedelta(days=n) for n in range(7)]
    assert [is_working_day(day, IRAN) for day in in_1404] == [True, *[False] * 5, True]
    last = made('[calendar]\n[calendar.holidays]\n"30 esfand" = "Last day"\n')
    assert holiday(date(2025, 3, 20), last)
    assert [holiday(date(2026, 3, day), last) for day in (19, 20, 21, 22)] == [None] * 4


def test_29_february_is_a_holiday_where_there_is_one() -> None:
    leap = made('[calendar]\n[calendar.holidays]\n"29 february" = "Leap day"\n')
    assert holiday(date(2028, 2, 29), leap)
    assert holiday(date(2027, 2, 28), leap) is holiday(date(2027, 3, 1), leap) is None
    assert add_working_days(date(2028, 2, 28), 1, leap) == date(2028, 3, 1)


def test_a_holiday_of_every_year_goes_over_the_end_of_the_year() -> None:
    calendar = made('[calendar]\n[calendar.holidays]\n"24 december to 1 january" = "Closed"\n')
    assert add_working_days(date(2026, 12, 23), 1, calendar) == date(2027, 1, 4)
    over_february = made('[calendar]\n[calendar.holidays]\n"27 february to 1 march" = "Carnival"\n')
    assert add_working_days(date(2028, 2, 25), 1, over_february) == date(2028, 3, 2)


def test_working_days_go_over_the_end_of_a_month() -> None:
    assert add_working_days(date(2027, 1, 29), 1, MONDAY_TO_FRIDAY) == date(2027, 2, 1)
    settings = WhenSettings(BERLIN)
    assert number_form("1mo", datetime(2027, 1, 31, 10, tzinfo=BERLIN), settings) == Due(date(2027, 2, 28))
    assert number_form("1mo", datetime(2028, 1, 31, 10, tzinfo=BERLIN), settings) == Due(date(2028, 2, 29))


def test_a_day_begins_with_its_own_hours_and_a_day_off_as_others_do() -> None:
    assert day_start(date(2026, 11, 25), IRAN) == time(8, 30)
    assert day_start(date(2026, 11, 27), IRAN) == time(8, 30)
    late = made('[calendar]\nhours = "09:00-17:00"\nmon = "12:00-20:00"\nsat = ""\n')
    assert day_start(date(2026, 11, 23), late) == time(12)
    assert day_start(date(2026, 11, 28), late) == time(9)


# --- moments ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        ("11-25 08:00", "11-25 08:30"),
        ("11-25 08:30", "11-25 08:30"),
        ("11-25 12:29", "11-25 12:29"),
        ("11-25 12:30", "11-25 13:30"),
        ("11-25 17:00", "11-26 08:30"),
        ("11-26 12:00", "11-28 08:30"),
        ("12-23 23:59", "12-26 08:30"),
    ],
)
def test_the_next_moment_at_which_somebody_works(moment: str, working: str) -> None:
    found = next_working(datetime.fromisoformat(f"2026-{moment}").replace(tzinfo=TEHRAN), TEHRAN, IRAN)
    assert f"{found:%m-%d %H:%M}" == working


def test_the_company_s_clock_counts_whatever_clock_shows_the_moment() -> None:
    moment = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
    assert next_working(moment, TEHRAN, IRAN) == datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "moved"),
    [
        (Due(date(2026, 11, 25)), Due(date(2026, 11, 25))),
        (Due(date(2026, 11, 27)), Due(date(2026, 11, 28))),
        (Due(date(2026, 11, 25), time(10)), Due(date(2026, 11, 25), time(10))),
        (Due(date(2026, 11, 25), time(13)), Due(date(2026, 11, 25), time(13, 30))),
        (Due(date(2026, 11, 25), time(17, 30)), Due(date(2026, 11, 26), time(8, 30))),
        (Due(date(2026, 11, 26), time(0)), Due(date(2026, 11, 26), time(8, 30))),
        (Due(date(2026, 11, 27), time(10)), Due(date(2026, 11, 28), time(8, 30))),
    ],
)
def test_what_a_rule_makes_due_lies_in_the_hours(due: Due, moved: Due) -> None:
    assert within_hours(due, TEHRAN, IRAN) == moved


def test_hours_up_to_midnight_and_from_midnight_are_one_night() -> None:
    night = made('[calendar]\nhours = "00:00-06:00, 22:00-24:00"\n')
    assert next_working(datetime(2026, 11, 23, 23, 59, tzinfo=BERLIN), BERLIN, night).hour == 23
    assert next_working(datetime(2026, 11, 24, 0, 0, tzinfo=BERLIN), BERLIN, night).hour == 0
    assert next_working(datetime(2026, 11, 24, 6, 0, tzinfo=BERLIN), BERLIN, night).hour == 22


def test_due_at_midnight_is_a_time_and_not_a_day_without_one() -> None:
    on = date(2026, 11, 25)
    assert due_key(Due(on, time(0)), "Asia/Tehran", IRAN) == datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
    assert due_key(Due(on), "Asia/Tehran", IRAN) == datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
    assert parse_when(
        "tomorrow 0:00", datetime(2026, 11, 24, 10, tzinfo=TEHRAN), WhenSettings(TEHRAN)
    ) == Due(on, time(0))


# --- clocks that go forward and back ------------------------------------------------------------------------


NIGHT_WORK = Calendar(hours=((2 * 60 + 30, 4 * 60),), days=frozenset(range(7)), calls=((150, 240),))


def test_hours_that_clocks_skip_begin_as_much_later() -> None:
    # On 29 March 2026 it is never 02:30 in Berlin: that would be 03:30.
    before = datetime(2026, 3, 29, 0, 0, tzinfo=BERLIN)
    assert next_working(before, BERLIN, NIGHT_WORK) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert quiet_until(before, BERLIN, NIGHT_WORK) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert due_key(Due(date(2026, 3, 29)), "Europe/Berlin", NIGHT_WORK) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )


def test_hours_that_clocks_show_twice_begin_the_first_time() -> None:
    # On 25 October 2026 it is 02:30 twice in Berlin: at 00:30 and at 01:30 UTC.
    before = datetime(2026, 10, 25, 0, 0, tzinfo=BERLIN)
    # Python holds no two moments of different zones to be equal in that hour: compared in UTC.
    assert next_working(before, BERLIN, NIGHT_WORK).astimezone(UTC) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )
    assert due_key(Due(date(2026, 10, 25)), "Europe/Berlin", NIGHT_WORK) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("day", "utc"), [("2026-03-28", 8), ("2026-03-29", 7), ("2026-10-24", 7), ("2026-10-25", 8)]
)
def test_a_working_day_begins_by_the_wall_clock_on_both_sides_of_a_change(day: str, utc: int) -> None:
    every_day = Calendar(days=frozenset(range(7)))
    begins = due_key(Due(date.fromisoformat(day)), "Europe/Berlin", every_day)
    assert (begins.hour, begins.minute) == (utc, 0)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 23), (date(2026, 10, 24), 25)])
def test_from_one_morning_to_the_next_over_a_change_of_clocks(day: date, hours: int) -> None:
    every_day = Calendar(days=frozenset(range(7)))
    first = due_key(Due(day), "Europe/Berlin", every_day)
    second = due_key(Due(add_working_days(day, 1, every_day)), "Europe/Berlin", every_day)
    assert second - first == timedelta(hours=hours)


def test_an_hour_after_a_busy_line_is_an_hour_over_a_change_of_clocks() -> None:
    settings = WhenSettings(BERLIN)
    autumn = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert number_form("2h", autumn, settings) == Due(date(2026, 10, 25), time(3, 30))
    spring = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert number_form("1h", spring, settings) == Due(date(2026, 3, 29), time(3, 30))


# --- quiet hours --------------------------------------------------------------------------------------------


def test_quiet_hours_are_those_of_the_contact_s_own_clock() -> None:
    calendar = Calendar(calls=((8 * 60, 21 * 60),))
    noon_in_tehran = datetime(2026, 11, 23, 12, 0, tzinfo=TEHRAN)
    assert not is_quiet(noon_in_tehran, TEHRAN, calendar)
    assert is_quiet(noon_in_tehran, NEW_YORK, calendar)
    assert quiet_until(noon_in_tehran, NEW_YORK, calendar) == datetime(2026, 11, 23, 8, 0, tzinfo=NEW_YORK)
    assert quiet_until(noon_in_tehran, TEHRAN, calendar) == noon_in_tehran


def test_quiet_begins_with_the_last_minute_s_end() -> None:
    calendar = Calendar(calls=((8 * 60, 21 * 60),))
    assert not is_quiet(datetime(2026, 11, 23, 20, 59, tzinfo=TEHRAN), TEHRAN, calendar)
    assert is_quiet(datetime(2026, 11, 23, 21, 0, tzinfo=TEHRAN), TEHRAN, calendar)
    assert is_quiet(datetime(2026, 11, 23, 0, 0, tzinfo=TEHRAN), TEHRAN, calendar)
    assert not is_quiet(datetime(2026, 11, 23, 0, 0, tzinfo=TEHRAN), TEHRAN, Calendar(calls=WHOLE_DAY))


def test_nobody_is_called_at_noon_on_a_friday_or_on_a_holiday() -> None:
    thursday_night = datetime(2026, 11, 26, 21, 0, tzinfo=TEHRAN)
    assert quiet_until(thursday_night, TEHRAN, IRAN) == datetime(2026, 11, 28, 9, 0, tzinfo=TEHRAN)
    assert is_quiet(datetime(2026, 11, 25, 14, 0, tzinfo=TEHRAN), TEHRAN, IRAN)
    assert is_quiet(datetime(2026, 12, 24, 10, 0, tzinfo=TEHRAN), TEHRAN, IRAN)
    assert not is_quiet(datetime(2028, 12, 24, 10, 0, tzinfo=TEHRAN), TEHRAN, IRAN)


# --- in the file --------------------------------------------------------------------------------------------


def test_a_calendar_comes_back_from_its_compiled_form() -> None:
    found = process.load(process.default_text())
    assert found.calendar.calls == ((480, 1260),)
    whole = PROCESS.__class__(calendar=IRAN)
    assert process.from_json(process.to_json(whole)).calendar == IRAN


def test_days_of_a_holiday_are_read_in_persian_too() -> None:
    persian = made(
        '[calendar]\nhours = "۰۹:۰۰-۱۲:۳۰، ۱۳:۰۰-۱۷:۰۰"\n[calendar.holidays]\n"۱ فروردین تا ۴ فروردین" = "نوروز"\n'
    )
    assert persian.hours == ((540, 750), (780, 1020))
    assert list(persian.jalali_holidays) == ["01-01", "01-02", "01-03", "01-04"]


CALENDARS_REFUSED = [
    ('[calendar]\nhours = "9 to 5"\n', 2, "process_want_hours"),
    ('[calendar]\nhours = ""\n', 2, "process_want_hours"),
    ('[calendar]\nhours = "17:00-09:00"\n', 2, "process_want_hours"),
    ('[calendar]\nhours = "09:00-13:00, 12:00-17:00"\n', 2, "process_want_hours"),
    ('[calendar]\nmon = "20:00-24:30"\n', 2, "process_want_hours"),
    ('[calendar]\ncalls = ""\n', 2, "process_want_hours"),
    ('[calendar]\ndays = ["funday"]\n', 2, "process_want_one_of"),
    ('[calendar]\nno_calls = ["sundays"]\n', 2, "process_want_one_of"),
    ('[calendar]\nhollidays = "x"\n', 2, "process_key_unknown"),
    ('[calendar.holidays]\n"2026-02-30" = "x"\n', 2, "process_want_day"),
    ('[calendar.holidays]\n"30 february" = "x"\n', 2, "process_want_day"),
    ('[calendar.holidays]\n"1404-12-30" = "x"\n', 2, "process_want_day"),
    ('[calendar.holidays]\n"31 mehr" = "x"\n', 2, "process_want_day"),
    ('[calendar.holidays]\n"2026-12-28 to 2026-12-24" = "x"\n', 2, "process_want_day"),
    ('[calendar.holidays]\n"2026-12-28 to 2 january" = "x"\n', 2, "process_want_day"),
    ('[calendar.holidays]\n"1 farvardin to 2 january" = "x"\n', 2, "process_want_day"),
    ('[calendar.holidays]\n"christmas" = "x"\n', 2, "process_want_day"),
    ("[calendar.holidays]\n2026-12-25 = 1\n", 2, "process_want_holiday"),
    ('[calendar.holidays]\n2026-12-25 = { hours = "09:00-12:00" }\n', 2, "process_want_holiday"),
    ('[calendar.holidays]\n2026-12-25 = { name = "x", hours = "9" }\n', 2, "process_want_hours"),
    ('[calendar.holidays]\n"25 dec" = "x"\n"25 december" = "y"\n', 3, "process_holiday_twice"),
    ('[calendar]\nmon = ""\ndays = ["mon"]\n', 1, "process_no_work"),
    ('[calendar.holidays]\n"1 jan to 31 dec" = "x"\n', 0, "process_no_work"),
    ('[calendar]\nno_calls = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]\n', 2, "process_no_calls"),
    ('[[calendar]]\nhours = "09:00-17:00"\n', 1, "process_want_table"),
    ('[calendar]\nholidays = ["2026-12-25"]\n', 2, "process_want_table"),
]


@pytest.mark.parametrize(("text", "line", "code"), CALENDARS_REFUSED)
def test_what_is_wrong_in_a_calendar_is_named_with_its_line(text: str, line: int, code: str) -> None:
    rest = process.default_text().split("[calendar]", 1)
    file = text + rest[0] + "# --- channels" + rest[1].split("# --- channels", 1)[1]
    assert [(problem.line, problem.code) for problem in process.check(file)] == [(line, code)]


def test_the_context_of_the_lines_has_the_country_s_working_days() -> None:
    assert working_week(context().when.calendar) == {5, 6, 0, 1, 2}
