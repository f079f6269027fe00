"""What is not wholly clear is refused, and the same words look back when asked when something was."""

from __future__ import annotations

import pytest

from tests.domain.moments import phrase, rows

REFUSED = """
    31 feb                      | when_no_such_day
    29 feb                      | when_no_such_day
    30 feb 2027                 | when_no_such_day
    ۳۱ آذر                      | when_no_such_day
    ۳۰ اسفند ۱۴۰۴               | when_no_such_day
    31st of next month          | 12-31
    40th                        | when_no_such_day
    1/13                        | when_no_such_day
    ۹/۱۵                        | when_no_such_day
    1 dec 1405                  | when_no_such_day
    5 azar 2026                 | when_no_such_day
    1/12/26                     | when_year_short
    yesterday                   | when_past
    2026-11-20                  | when_past
    1 jan 2020                  | when_past
    today 9                     | when_past
    today 9:30                  | when_past
    امروز ساعت ۹                | when_past
    3 days ago                  | when_ago
    ۳ روز پیش                   | when_ago
    2040-01-01                  | when_too_far
    in 20 years                 | when_too_far
    9999 weeks                  | when_too_far
    5m                          | when_minutes_few
    21 nov                      | when_day_passed
    24 sep                      | when_day_passed
    20-11                       | when_day_passed
    ۳۰ آبان                      | when_day_passed
    start of november           | when_day_passed
    0 hours                     | when_amount_zero
    0 weeks                     | when_amount_zero
    9:75                        | when_no_such_time
    13pm                        | when_time_unclear
    24:00                       | when_no_such_time
    ساعت ۱۲ شب                  | when_time_unclear
    فردا ۱ شب                   | when_time_unclear
    شب جمعه                     | when_time_unclear
    بامداد                      | when_time_unclear
    fri 28 nov                  | when_weekday_differs
    شنبه ۱۵ آذر                 | when_weekday_differs
    2d sat                      | when_weekday_differs
    friday next week            | when_week_unclear
    monday next week            | when_week_unclear
                                | when_empty
    ,                           | when_unknown
    at                          | when_unknown
    on                          | when_unknown
    in                          | when_unknown
    -2d                         | when_unknown
    tomorrow!                   | when_unknown
    tomorrow maybe              | when_unknown
    tomorrow and friday         | when_unknown
    tomorrow 25                 | when_unknown
    tomorrow 10:3               | when_unknown
    tomorrow 9 10               | when_unknown
    10 tomorrow                 | when_unknown
    fri fri                     | when_unknown
    friday or monday            | when_unknown
    tomorrow 9-10               | when_unknown
    this sunday                 | when_unknown
    2nd friday                  | when_unknown
    before friday               | when_unknown
    after friday                | when_unknown
    midnight                    | when_unknown
    weekend                     | when_unknown
    sunday week                 | when_unknown
    a week on sunday            | when_unknown
    next saturday week          | when_unknown
    in a week on saturday       | when_weekday_differs
    2w on friday                | when_weekday_differs
    2 days 3 months             | when_unknown
    2 days 3 days               | when_unknown
    a week and a half           | when_unknown
    1 year 0 months             | when_amount_zero
    10 years 2 years            | when_unknown
    9 years 24 months           | when_too_far
    first friday                | when_unknown
    fifth monday of december    | when_no_such_day
    1405                        | when_unknown
    tomorrow 2026               | when_unknown
    1200 days tomorrow          | when_unknown
    sixth monday of december    | when_unknown
    first monday of november    | when_day_passed
    first monday of this month  | when_past
    mid november                | when_day_passed
    mid week                    | when_unknown
    early december              | when_unknown
    in an hour 10:00            | when_unknown
    a m                         | when_time_unclear
    1.5 hours                   | when_unknown
    call him tomorrow           | when_unknown
    9999999 days                | when_unknown
    ۲ی                          | when_unknown
    آخر هفته                    | when_unknown
    آخر هفتهٔ بعد               | when_unknown
    اولین شنبه                  | when_unknown
    وسط                         | when_unknown
    نیمه شب                     | when_unknown
    دو سه روز دیگه              | when_unknown
    اولین شنبهٔ آبان            | when_day_passed
    یک سال و 2 months           | when_unknown
    بعد از جمعه                 | when_unknown
    قبل از ظهر                  | when_unknown
    فردا شاید                   | when_unknown
    ساعت ۱۰ تا ۱۲ فردا          | when_unknown
    یک وقتی                     | when_unknown
"""


@pytest.mark.parametrize(("text", "code"), rows(REFUSED))
def test_what_is_not_wholly_clear_is_refused(text: str, code: str) -> None:
    assert phrase(text) == code


PAST = """
    yesterday                   | 11-21
    yesterday 17:00             | 11-21 17:00
    دیروز                       | 11-21
    پریروز                      | 11-20
    3 days ago                  | 11-19
    ۲ هفته پیش                  | 11-08
    20 minutes ago              | 11-22 09:10
    friday                      | 11-20
    sunday                      | 11-15
    شنبه                        | 11-21
    9:00                        | 11-22 09:00
    17:00                       | 11-21 17:00
    22 nov                      | 11-22
    1 dec                       | 2025-12-01
    ۱۵ آذر                      | 2025-12-06
    15th                        | 11-15
    2026-01-31                  | 01-31
    2026-01-31T10:00            | 01-31 10:00
    today                       | 11-22
    in 3 days                   | when_not_yet
    2 months ago                | 09-22
    1 year 6 months ago         | 2025-05-22
    2 weeks and 3 days ago      | 11-05
    2 days 3 hours ago          | 11-20 06:30
    ۳ ماه و دو روز پیش          | 08-21
    first monday of november    | 11-02
    first monday of december    | 2025-12-01
    last friday of the month    | 10-30
    mid november                | 11-15
    وسط آبان                    | 11-06
    saturday week               | when_unknown
    a week on saturday          | when_not_yet
    end of the week             | when_unknown
    3 working days ago          | when_unknown
"""


@pytest.mark.parametrize(("text", "due"), rows(PAST))
def test_the_same_words_look_back_when_asked_when_something_was(text: str, due: str) -> None:
    assert phrase(text, past=True) == due
