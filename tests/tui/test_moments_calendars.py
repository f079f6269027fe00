"""Words for times in both calendars, both languages, both kinds of digits."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from tests.shown_in import shown_in

from tuicrm import shown
from tuicrm.domain.models import Due
from tuicrm.i18n import t
from tuicrm.line_order import LRI, PDI, RLI
from tuicrm.tui import text
from tuicrm.tui.widgets import moments

TEHRAN, BERLIN = ZoneInfo("Asia/Tehran"), ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 22)
"""Sunday, 1 Azar 1405."""
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def at(year: int, month: int, day: int, hour: int = 6, minute: int = 42) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def bare(said: str) -> str:
    """A text without its isolates."""
    return "".join(char for char in said if char not in LRI + RLI + PDI)


# --- days ---------------------------------------------------------------------------------------------------

SETTINGS = [
    ("en", "auto", "auto", "Thu 26 Nov 10:00", "Sat 20 Mar 2027"),
    ("en", "jalali", "auto", "Thu 5 Azar 10:00", "Sat 29 Esfand"),
    ("en", "jalali", "persian", "Thu ۵ Azar ۱۰:۰۰", "Sat ۲۹ Esfand"),
    ("fa", "auto", "auto", "پنجشنبه ۵ آذر ۱۰:۰۰", "شنبه ۲۹ اسفند"),
    ("fa", "auto", "latin", "پنجشنبه 5 آذر 10:00", "شنبه 29 اسفند"),
    ("fa", "gregorian", "auto", "پنجشنبه ۲۶ نوامبر ۱۰:۰۰", "شنبه ۲۰ مارس ۲۰۲۷"),
]


@pytest.mark.parametrize(("language", "calendar", "digits", "timed", "far"), SETTINGS)
def test_a_promise_is_told_in_the_persons_calendar_and_digits(
    language: str, calendar: str, digits: str, timed: str, far: str
) -> None:
    with shown_in(language, calendar, digits):
        assert moments.due_words(Due(date(2026, 11, 26), time(10)), TODAY) == timed
        assert moments.due_words(Due(date(2027, 3, 20)), TODAY) == far


@pytest.mark.parametrize(
    ("on", "today", "said"),
    [
        (date(2025, 3, 20), date(2025, 3, 21), "30 Esfand 1403"),
        (date(2025, 3, 21), date(2025, 3, 20), "1 Farvardin 1404"),
        (date(2026, 3, 20), date(2026, 3, 21), "29 Esfand 1404"),
        (date(2026, 3, 21), date(2026, 3, 20), "1 Farvardin 1405"),
        (date(2026, 12, 31), date(2027, 1, 1), "10 Dey"),
        (date(2027, 1, 1), date(2026, 12, 31), "11 Dey"),
    ],
)
def test_the_year_stands_where_the_jalali_one_is_another(on: date, today: date, said: str) -> None:
    with shown_in("en", "jalali"):
        assert moments.day(on, today) == said
        short = shown.short_day(on, today)
        assert short.split()[0] == said.split()[0]
        assert ("140" in short) == ("140" in said)


def test_a_day_near_by_has_its_word() -> None:
    with shown_in():
        words = [moments.near_day(TODAY + timedelta(n), TODAY) for n in range(-2, 4)]
        assert words[1:4] == [t("yesterday"), t("today"), t("tomorrow")]
        assert words[4] == t("the day after tomorrow")
        assert [words[0], words[5]] == ["جمعه ۲۹ آبان", "چهارشنبه ۴ آذر"]
    assert moments.near_day(TODAY + timedelta(2), TODAY) == "Tue 24 Nov", "English has no word for it"


def test_the_other_calendar_stands_in_brackets_with_its_year() -> None:
    day = date(2026, 11, 26)
    assert shown.other_calendar(day) == "5 Azar 1405"
    with shown_in("en", "jalali"):
        assert shown.other_calendar(day) == "26 Nov 2026"
    with shown_in():
        assert shown.other_calendar(day) == "۲۶ نوامبر ۲۰۲۶"
    with shown_in("fa", "gregorian", "latin"):
        assert shown.other_calendar(day) == "5 آذر 1405"


def test_a_date_before_the_calendars_is_shown_as_it_is_stored() -> None:
    with shown_in():
        assert shown.numeric_day(date(1, 1, 1)) == "۰۰۰۱/۰۱/۰۱"
        assert moments.day(date(9999, 12, 31), TODAY) == "۳۱ دسامبر ۹۹۹۹"


# --- weeks --------------------------------------------------------------------------------------------------

FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)


@pytest.mark.parametrize(
    ("on", "today", "said"),
    [
        # Friday is the last day of its week: all of it can be named, and the six days to come
        (date(2026, 11, 21), FRIDAY, "شنبه"),
        (date(2026, 11, 26), FRIDAY, "پنجشنبه"),
        (SATURDAY, FRIDAY, "شنبه"),
        (date(2026, 12, 3), FRIDAY, "پنجشنبه"),
        (date(2026, 12, 4), FRIDAY, "۰۹/۱۳"),
        (date(2026, 11, 20), FRIDAY, "۰۸/۲۹"),
        # a day later another week has begun: what was yesterday has its date
        (FRIDAY, SATURDAY, "۰۹/۰۶"),
        (date(2026, 11, 22), SATURDAY, "۰۹/۰۱"),
        (date(2026, 11, 29), SATURDAY, "یکشنبه"),
        (date(2026, 12, 5), SATURDAY, "۰۹/۱۴"),
    ],
)
def test_a_bare_weekday_is_of_this_week_from_saturday_on_or_still_to_come(
    on: date, today: date, said: str
) -> None:
    with shown_in():
        assert moments.due_mark(Due(on), today) == said


def test_an_english_week_has_no_border() -> None:
    assert moments.due_mark(Due(FRIDAY), SATURDAY) == "Fri"
    assert moments.due_mark(Due(date(2026, 11, 20)), SATURDAY) == "20 Nov"
    with shown_in("en", "jalali"):
        assert moments.due_mark(Due(FRIDAY), SATURDAY) == "6 Aza"


def test_today_is_its_time_or_its_word() -> None:
    with shown_in():
        assert moments.due_mark(Due(TODAY, time(8, 30)), TODAY) == "۰۸:۳۰"
        assert moments.due_mark(Due(TODAY), TODAY) == t("today")


# --- when a call was ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "persian", "jalali"),
    [
        (at(2026, 11, 22, 5), "۰۹:۱۲", "09:12"),
        (at(2026, 11, 21), "دیروز ۱۰:۱۲", "Sat 10:12"),
        (at(2026, 11, 20), "۰۸/۲۹ ۱۰:۱۲", "Fri 10:12"),
        (at(2026, 10, 3), "۰۷/۱۱ ۱۰:۱۲", "11 Meh 10:12"),
        (at(2026, 3, 21), "۰۱/۰۱ ۱۰:۱۲", "1 Far 10:12"),
        (at(2026, 3, 20), "۱۴۰۴/۱۲/۲۹", "29 Esf 1404"),
        (at(2025, 3, 20), "۱۴۰۳/۱۲/۳۰", "30 Esf 1403"),
    ],
)
def test_a_listed_call_is_dated_in_twelve_cells(moment: datetime, persian: str, jalali: str) -> None:
    with shown_in():
        assert bare(moments.stamp_short(moment, NOW, TEHRAN)) == persian
    with shown_in("en", "jalali"):
        assert moments.stamp_short(moment, NOW, TEHRAN) == jalali
    assert max(len(persian), len(jalali)) <= 12


def test_a_date_in_numbers_and_its_time_are_read_from_the_right() -> None:
    with shown_in(isolate=True):
        said = moments.stamp_short(at(2026, 11, 20), NOW, TEHRAN)
        assert text.sentence(said) == f"{RLI}{LRI}۰۸/۲۹{PDI} {LRI}۱۰:۱۲{PDI}{PDI}"


@pytest.mark.parametrize(
    ("zone", "said"),
    [(TEHRAN, "چهارشنبه ۶ آبان ۰۰:۰۵"), (BERLIN, "سه‌شنبه ۵ آبان ۲۱:۳۵")],
)
def test_midnight_is_where_the_person_is(zone: ZoneInfo, said: str) -> None:
    moment = datetime(2026, 10, 27, 20, 35, tzinfo=UTC)
    with shown_in():
        assert moments.stamp(moment, NOW, zone) == said


@pytest.mark.parametrize(("zone", "day"), [(TEHRAN, "1 Farvardin 1405"), (BERLIN, "29 Esfand 1404")])
def test_a_year_begins_at_local_midnight(zone: ZoneInfo, day: str) -> None:
    moment = datetime(2026, 3, 20, 20, 45, tzinfo=UTC)
    with shown_in("en", "jalali"):
        assert moments.day(moment.astimezone(zone).date(), date(2030, 6, 1)) == day


def test_durations_have_the_persons_digits() -> None:
    with shown_in():
        assert [moments.duration(n) for n in (None, 5, 185, 3720)] == ["", "۰:۰۵", "۳:۰۵", "۱:۰۲:۰۰"]


# --- widths -------------------------------------------------------------------------------------------------

EVERY_DAY = [TODAY + timedelta(n) for n in range(-400, 401)]
SHOWN = list(product(("en", "fa"), ("gregorian", "jalali"), ("latin", "persian")))


@pytest.mark.parametrize(("language", "calendar", "digits"), SHOWN)
def test_no_day_is_wider_than_its_column(language: str, calendar: str, digits: str) -> None:
    with shown_in(language, calendar, digits, isolate=True):
        marks = [moments.due_mark(Due(on, time(17, 0)), TODAY) for on in EVERY_DAY]
        stamps = [
            moments.stamp_short(datetime.combine(on, time(22, 22), TEHRAN), NOW, TEHRAN) for on in EVERY_DAY
        ]
        nearly_a_year = [
            moments.due_short(Due(on, time(17, 0)), TODAY) for on in EVERY_DAY if shown.same_year(on, TODAY)
        ]
        assert max(map(text.cells, marks)) <= moments.mark_width()
        assert max(map(text.cells, stamps)) <= moments.stamp_width() <= 12
        assert max(map(text.cells, nearly_a_year)) <= 16


@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_span_is_wider_than_its_column(language: str) -> None:
    ages = [timedelta(minutes=n * n) for n in range(1100)]
    with shown_in(language, isolate=True):
        agos = [moments.ago_short(NOW - age, NOW, TEHRAN) for age in ages]
        late = [
            moments.lateness(Due(due.date(), due.time()), NOW, TEHRAN)
            for age in ages
            if age < timedelta(298)
            for due in ((NOW - age).astimezone(TEHRAN), (NOW + age).astimezone(TEHRAN))
        ]
        assert max(map(text.cells, agos)) <= moments.ago_width()
        assert max(map(text.cells, late)) <= moments.late_width()


def test_english_columns_are_as_narrow_as_before() -> None:
    widths = (moments.mark_width(), moments.late_width(), moments.ago_width(), moments.stamp_width())
    assert widths == (6, 8, 9, 12)
