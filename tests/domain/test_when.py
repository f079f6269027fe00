"""Free phrases. Now is Sunday 2026-11-22 (1 Azar 1405), 09:30 in Tehran."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.domain.anytext import ANY_TEXT, PHRASES
from tests.domain.moments import CALENDAR, NOW, SETTINGS, phrase, rows, said
from tuicrm.domain.models import Due
from tuicrm.domain.record import replace
from tuicrm.domain.when import (
    WhenRefused,
    parse_when,
)
from tuicrm.domain.worktime import Holiday

# --- phrases ------------------------------------------------------------------------------------------------

ENGLISH = """
    today                       | 11-22
    tomorrow                    | 11-23
    Tomorrow 10                 | 11-23 10:00
    tom 9:30                    | 11-23 09:30
    tmrw                        | 11-23
    tomorrow at 10              | 11-23 10:00
    tomorrow @ 10               | 11-23 10:00
    at 10 tomorrow              | 11-23 10:00
    10am tomorrow               | 11-23 10:00
    tomorrow 5 p.m.             | 11-23 17:00
    tomorrow 10 o'clock         | 11-23 10:00
    tomorrow morning            | 11-23 09:00
    tomorrow at noon            | 11-23 12:00
    tomorrow afternoon          | 11-23 15:00
    tomorrow evening at 6       | 11-23 18:00
    tomorrow at 9 in the evening| 11-23 21:00
    tomorrow night              | 11-23 20:00
    day after tomorrow          | 11-24
    the day after tomorrow at 9 | 11-24 09:00
    friday                      | 11-27
    Friday.                     | 11-27
    on friday                   | 11-27
    by thursday                 | 11-26
    next friday                 | 11-27
    this friday                 | 11-27
    sunday                      | 11-29
    next sunday                 | 11-29
    fri 17:00                   | 11-27 17:00
    fri 17                      | 11-27 17:00
    friday, 5pm                 | 11-27 17:00
    wed noon                    | 11-25 12:00
    in 3 days                   | 11-25
    3 days                      | 11-25
    three days later            | 11-25
    in 3 days at 9:30           | 11-25 09:30
    2d                          | 11-24
    2d 9:30                     | 11-24 09:30
    2 d 10                      | 11-24 10:00
    a week from now             | 11-29
    in a week                   | 11-29
    2 weeks                     | 12-06
    in two months               | 2027-01-22
    1 year                      | 2027-11-22
    3 working days              | 11-25
    4wd                         | 11-28
    next week                   | 11-29
    next week 10:00             | 11-29 10:00
    next month                  | 12-22
    in an hour                  | 11-22 10:30
    in 5 minutes                | 11-22 09:35
    1 minute                    | 11-22 09:31
    end of november             | 11-30
    half an hour                | 11-22 10:00
    in half an hour             | 11-22 10:00
    an hour and a half          | 11-22 11:00
    1h 30m                      | 11-22 11:00
    90 minutes                  | 11-22 11:00
    20 minutes                  | 11-22 09:50
    twenty five minutes         | 11-22 09:55
    5pm                         | 11-22 17:00
    17:00                       | 11-22 17:00
    17                          | 11-22 17:00
    9                           | 11-23 09:00
    9:30                        | 11-23 09:30
    9.31                        | 11-22 09:31
    0931                        | 11-22 09:31
    tomorrow 1400               | 11-23 14:00
    1000 tomorrow               | 11-23 10:00
    friday at 0930              | 11-27 09:30
    15 dec 0930                 | 12-15 09:30
    15 dec 2026 1400            | 12-15 14:00
    at five                     | 11-23 05:00
    noon                        | 11-22 12:00
    morning                     | 11-23 09:00
    eve                         | 11-22 17:00
    eve 6                       | 11-22 18:00
    tonight                     | 11-22 20:00
    tonight at 9                | 11-22 21:00
    this evening                | 11-22 17:00
    1 dec                       | 12-01
    dec 1                       | 12-01
    December 1st                | 12-01
    1st of december             | 12-01
    the 1st of December at 9    | 12-01 09:00
    first of december           | 12-01
    dec 1, 2026 at 5 pm         | 12-01 17:00
    1 dec 2027                  | 2027-12-01
    sept 5                      | 2027-09-05
    22 nov                      | 11-22
    22 sep                      | 2027-09-22
    fri 27 nov 9.30             | 11-27 09:30
    friday 27th                 | 11-27
    2026-12-01                  | 12-01
    2026-12-01 14:00            | 12-01 14:00
    2026-12-01T14:00            | 12-01 14:00
    2026-12-01T14:00:59+00:00   | 12-01 17:30
    01.12.2026                  | 12-01
    1/12/2026                   | 12-01
    1/12                        | 12-01
    1405-09-12                  | 12-03
    1405/9/12 10:00             | 12-03 10:00
    5 azar                      | 11-26
    5 Dey 1405                  | 12-26
    the 15th                    | 12-15
    15th                        | 12-15
    22nd                        | 12-22
    15th of next month          | 12-15
    start of the month          | 12-01
    end of the month            | 11-30
    end of next month           | 12-31
    3 months 2 days             | 2027-02-24
    1 year 6 months             | 2028-05-22
    1 year, 6 months and 2 days | 2028-05-24
    2 weeks 3 days at 10        | 12-09 10:00
    a year and a half           | 2028-05-22
    1y6mo                       | 2028-05-22
    in 2h 30m                   | 11-22 12:00
    2 days 3 hours              | 11-24 12:30
    in 3 days' time             | 11-25
    in a fortnight              | 12-06
    in a fortnight at 10        | 12-06 10:00
    2 fortnights                | 12-20
    saturday week               | 12-05
    sat week 10                 | 12-05 10:00
    friday fortnight            | 12-11
    tomorrow week               | 11-30
    a week on saturday          | 12-05
    a week from tomorrow        | 11-30
    two weeks on friday at 9:30 | 12-11 09:30
    a fortnight on friday       | 12-11
    a week today                | 11-29
    in a week on sunday         | 11-29
    first monday of december    | 12-07
    1st monday in december at 9 | 12-07 09:00
    second tuesday of january   | 2027-01-12
    last friday of january      | 2027-01-29
    last monday of january 2028 | 2028-01-31
    first monday of next month  | 12-07
    first monday of the month   | 12-07
    last friday of this month   | 11-27
    first saturday of dey       | 12-26
    first working day of next month | 12-01
    last working day of december | 12-30
    first day of december       | 12-01
    mid december                | 12-15
    mid-december at 10          | 12-15 10:00
    middle of next month        | 12-15
    mid azar                    | 12-06
    end of the week             | 11-25
    by the end of the week      | 11-25
    by end of next week at 16   | 12-02 16:00
"""

PERSIAN = """
    امروز عصر                    | 11-22 17:00
    فردا                         | 11-23
    فردا ساعت ۱۰                 | 11-23 10:00
    فردا ۱۰                      | 11-23 10:00
    ساعت ۱۰ فردا                 | 11-23 10:00
    فردا ساعت ده و نیم           | 11-23 10:30
    فردا ساعت ۱۰ و ربع           | 11-23 10:15
    فردا ساعت ۱۰ و ۲۰ دقیقه      | 11-23 10:20
    فردا صبح                     | 11-23 09:00
    صبح فردا                     | 11-23 09:00
    فردا صبح ساعت ۸              | 11-23 08:00
    فردا ساعت ۸ شب               | 11-23 20:00
    فردا ظهر                     | 11-23 12:00
    فردا ساعت ۲ بعدازظهر         | 11-23 14:00
    فردا بعد از ظهر              | 11-23 15:00
    پس‌فردا                      | 11-24
    پس فردا                      | 11-24
    پسفردا ۹:۳۰                  | 11-24 09:30
    شنبه                         | 11-28
    شنبه بعد ساعت ۹ صبح          | 11-28 09:00
    شنبه آینده                   | 11-28
    يكشنبه                       | 11-29
    یک‌شنبه                      | 11-29
    یک شنبه                      | 11-29
    دوشنبه ۱۰ صبح                | 11-23 10:00
    سه‌شنبه                      | 11-24
    سه شنبه ساعت ۱۴              | 11-24 14:00
    چهارشنبه‌ی بعد               | 11-25
    پنج‌شنبه                     | 11-26
    جمعه شب                      | 11-27 20:00
    همین جمعه                    | 11-27
    روز شنبه                     | 11-28
    تا شنبه                      | 11-28
    شنبه بعد از ظهر              | 11-28 15:00
    شنبه عصر ساعت ۵              | 11-28 17:00
    شنبه هفته بعد                | 11-28
    هفته آینده سه‌شنبه           | 12-01
    هفته بعد                     | 11-29
    هفتهٔ بعد                    | 11-29
    هفته‌ی آینده                 | 11-29
    دو روز دیگر                  | 11-24
    دو روز دیگه ساعت ۱۰          | 11-24 10:00
    ۲ روز بعد                    | 11-24
    ۲روز                         | 11-24
    دو هفته دیگر                 | 12-06
    ۲ هفته بعد                   | 12-06
    سه روز کاری دیگر             | 11-25
    یک ماه دیگر                  | 12-22
    ۲ ماه دیگر                   | 2027-01-21
    ماه بعد                      | 12-22
    یک سال دیگر                  | 2027-11-22
    نیم ساعت دیگه                | 11-22 10:00
    یک ساعت دیگر                 | 11-22 10:30
    یک ساعت و نیم دیگر           | 11-22 11:00
    ۱ ساعت و ۳۰ دقیقه دیگر       | 11-22 11:00
    بیست و پنج دقیقه دیگه        | 11-22 09:55
    یک ربع دیگه                  | 11-22 09:45
    عصر                          | 11-22 17:00
    ساعت ۵ عصر                   | 11-22 17:00
    ساعت ۱۷                      | 11-22 17:00
    امشب                         | 11-22 20:00
    امشب ساعت ۹                  | 11-22 21:00
    ۱۵ آذر                       | 12-06
    15 آذر                       | 12-06
    ١٥ آذر                       | 12-06
    ۱۵ آذر ماه ساعت ۱۰           | 12-06 10:00
    پانزدهم آذر                  | 12-06
    بیست و پنجم آذر              | 12-16
    سی‌ام آذر ماه ۱۴۰۵           | 12-21
    ۱۵ آذر سال ۱۴۰۶              | 2027-12-06
    ۱ آذر                        | 11-22
    ۳۱ شهریور                    | 2027-09-22
    شنبه ۱۴ آذر                  | 12-05
    ۱ دسامبر                     | 12-01
    اول دسامبر                   | 12-01
    ۱۴۰۵/۹/۱۵                    | 12-06
    ۱۴۰۵-۰۹-۱۵ ۱۰:۰۰             | 12-06 10:00
    ۱۵/۹/۱۴۰۵                    | 12-06
    ۱۵/۹                         | 12-06
    ۲۰۲۶/۱۲/۱                    | 12-01
    اول ماه                      | 12-22
    اول ماه بعد                  | 12-22
    اول آذر                      | 11-22
    آخر ماه                      | 12-21
    پانزدهم                      | 12-06
    ۱۵ام                         | 12-06
    اول هفته                     | 11-28
    دو هفته دیگه                 | 12-06
    ٢ هفته ديگه                  | 12-06
    سه ماه و دو روز              | 2027-02-22
    ۳ ماه و ۲ روز دیگر           | 2027-02-22
    3 ماه 2 روز دیگه             | 2027-02-22
    یک سال و شش ماه              | 2028-05-21
    یک سال و نیم                 | 2028-05-21
    یک و نیم سال دیگر            | 2028-05-21
    یک ماه و نیم دیگه            | 2027-01-06
    دو روز و سه ساعت دیگه        | 11-24 12:30
    اولین شنبه آذر               | 11-28
    اولین شنبهٔ آذر              | 11-28
    اولین شنبه‌ی آذر ماه ساعت ۱۰ | 11-28 10:00
    اولين شنبه دي                | 12-26
    دومین سه‌شنبه دی             | 12-29
    دومین سه شنبه‌ی دی           | 12-29
    اولین ۵شنبه دی               | 12-24
    آخرین جمعه دی                | 2027-01-15
    آخرین دوشنبه‌ی دی ۱۴۰۶       | 2028-01-17
    اولین شنبه ماه بعد           | 12-26
    آخرین چهارشنبهٔ ماه          | 12-16
    اولین دوشنبه دسامبر          | 12-07
    اولین روز کاری ماه بعد       | 12-22
    اولین روز دی                 | 12-22
    آخر ماه بعد                  | 2027-01-20
    وسط آذر                      | 12-06
    وسطِ آذر                      | 12-06
    نیمهٔ دی                     | 2027-01-05
    اواسط ماه بعد                | 2027-01-05
    وسط ماه ساعت ۹               | 12-06 09:00
    پس‌فردا صبح                  | 11-24 09:00
    پس فردا اول صبح              | 11-24 09:00
    فردا ساعت ۱۴۳۰               | 11-23 14:30
    شنبه‌ی هفته‌ی بعد            | 11-28
    تا آخر هفته                  | 11-25
    تا آخر این هفته              | 11-25
    تا آخر هفته‌ی بعد            | 12-02
"""


@pytest.mark.parametrize(("text", "due"), rows(ENGLISH))
def test_english_phrases(text: str, due: str) -> None:
    assert phrase(text) == due


def test_so_long_from_now_is_never_earlier_than_was_said() -> None:
    now = NOW.replace(hour=17, minute=17)
    found = [parse_when(text, now, SETTINGS).at for text in ("in an hour", "1h", "30 minutes", "20 minutes")]
    assert [f"{at:%H:%M}" for at in found if at] == ["18:20", "18:20", "17:50", "17:37"]


def test_of_today_it_is_the_time_that_has_passed() -> None:
    with pytest.raises(WhenRefused) as refused:
        parse_when("today 9:00", NOW, SETTINGS)
    assert refused.value.params["text"] == "09:00"


def test_a_working_week_ends_before_its_holidays_and_has_no_end_on_a_day_off() -> None:
    last_days_off = replace(CALENDAR, holidays={"2026-11-25": Holiday("Mourning"), "2026-11-24": Holiday("")})
    settings = replace(SETTINGS, calendar=last_days_off)
    assert said(parse_when("end of the week", NOW, settings)) == "11-23"
    on_the_last = NOW.replace(day=25)
    assert said(parse_when("end of the week", on_the_last, settings)) == "11-25", "nothing earlier is left"
    with pytest.raises(WhenRefused) as refused:
        parse_when("تا آخر هفته", NOW.replace(day=27), SETTINGS)
    assert refused.value.code == "when_week_unclear"


@pytest.mark.parametrize(("text", "due"), rows(PERSIAN))
def test_persian_phrases(text: str, due: str) -> None:
    assert phrase(text) == due


@given(ANY_TEXT | PHRASES)
def test_no_text_is_anything_but_a_day_or_a_refusal(text: str) -> None:
    for past in (False, True):
        due = _due_or_refusal(text, past=past)
        assert (
            due.params.get("text") is not None
            if isinstance(due, WhenRefused)
            else past or due.on >= NOW.date()
        )


def _due_or_refusal(text: str, *, past: bool) -> Due | WhenRefused:
    try:
        return parse_when(text, NOW, SETTINGS, past=past)
    except WhenRefused as refused:
        return refused
