"""Follow-up words of the log line. Now is Sunday 2026-11-22 (1 Azar 1405), 09:30 in Tehran."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from tests.domain.anytext import ANY_TEXT, PHRASES
from tests.domain.moments import NOW, SETTINGS, TEHRAN, rows, said
from tuicrm.domain.calendars import add_months, from_jalali
from tuicrm.domain.fold import glued
from tuicrm.domain.when import (
    DAY_WORDS,
    MONTH_WORDS,
    DateOrder,
    WhenRefused,
    WhenSettings,
    clock_time,
    day_due,
    due_key,
    duration_s,
    has_minutes,
    number_form,
    parse_when,
    past_moment,
    split_day_time,
)
from tuicrm.domain.when_lexicon import CARDINALS, KINDS, ORDINALS, PARTS, PAST_DAYS, SPANS
from tuicrm.domain.when_words import UNITS
from tuicrm.domain.worktime import Calendar


@given(PHRASES | ANY_TEXT)
def test_no_word_makes_the_forms_of_the_line_fail(text: str) -> None:
    for read in (number_form, past_moment):
        with suppress(WhenRefused):
            read(text, NOW, SETTINGS)
    with suppress(WhenRefused):
        duration_s(text)
    clock_time(text), split_day_time(text), has_minutes(text)


# --- words of the log line ----------------------------------------------------------------------------------

FORMS = """
    2d            | 11-24
    0d            | 11-22
    3w            | 12-13
    1mo           | 12-22
    6mo           | 2027-05-22
    4h            | 11-22 13:30
    30m           | 11-22 10:00
    29m           | 11-22 09:59
    10m           | 11-22 09:40
    3wd           | 11-25
    4wd           | 11-28
    0wd           | 11-22
    2D            | 11-24
    ۲d            | 11-24
    ۲روز          | 11-24
    ۲هفته         | 12-06
    ۱ماه          | 12-22
    ۳روزکاری      | 11-25
    2days         | 11-24
    45min         | 11-22 10:15
    17            | 11-22 17:00
    9             | 11-23 09:00
    10            | 11-22 10:00
    ۱۷            | 11-22 17:00
    0             | 11-23 00:00
    5pm           | 11-22 17:00
    12am          | 11-23 00:00
    12pm          | 11-22 12:00
    9:30          | 11-23 09:30
    17.30         | 11-22 17:30
    0930          | 11-23 09:30
    1400          | 11-22 14:00
    ۱۷۴۵          | 11-22 17:45
    2h30m         | 11-22 12:00
    1y6mo         | 2028-05-22
    ۳ماه‌۲روز     | 2027-02-22
    1dec          | 12-01
    1december     | 12-01
    1dec2027      | 2027-12-01
    22nov         | 11-22
    22sep         | 2027-09-22
    28feb         | 2027-02-28
    ۱۵آذر         | 12-06
    15آذر         | 12-06
    ۱۵‌آذر        | 12-06
    1azar         | 11-22
    12-01         | 2027-01-12
    1-12          | 12-01
    ۱-۱۰          | 12-22
    2026-12-01    | 12-01
    1405-09-12    | 12-03
    ۱۴۰۵-۰۹-۱۲    | 12-03
    31feb         | when_no_such_day
    29feb         | when_no_such_day
    0dec          | when_no_such_day
    1-13          | when_no_such_day
    2026-02-30    | when_no_such_day
    1405-12-30    | when_no_such_day
    2025-12-01    | when_past
    1-12-26       | when_year_short
    9m            | when_minutes_few
    21nov         | when_day_passed
    20-11         | when_day_passed
    1m            | when_minutes_few
    0m            | when_amount_zero
    0w            | when_amount_zero
    99999d        | when_too_far
    9:75          | when_no_such_time
    13pm          | when_no_such_time
    25            | none
    100           | none
    930           | none
    1405          | none
    2026          | none
    2400          | none
    0960          | none
    2d3mo         | none
    2h5x          | none
    d2            | none
    2dx           | none
    2x            | none
    sat10         | none
    %             | none
    50%           | none
    1.2.3.4       | none
    1-            | none
    ²             | 11-23 02:00
    ፩d            | none
"""


def _form(word: str, settings: WhenSettings = SETTINGS, now: datetime = NOW) -> str:
    try:
        return said(number_form(word, now, settings))
    except WhenRefused as refused:
        return refused.code


@pytest.mark.parametrize(("word", "due"), rows(FORMS))
def test_follow_up_words_with_a_number(word: str, due: str) -> None:
    assert _form(word) == due


@pytest.mark.parametrize(
    ("order", "short", "year_last"),
    [("dmy", "2027-01-12", "2027-01-12"), ("mdy", "12-01", "12-01"), ("ymd", "12-01", "when_order_unclear")],
)
def test_the_order_of_two_numbers_is_a_setting(order: DateOrder, short: str, year_last: str) -> None:
    settings = WhenSettings(TEHRAN, order)
    assert _form("12-01", settings) == short
    year = year_last[:4] if year_last.startswith("2027") else "2026"
    assert _form(f"12-01-{year}", settings) == year_last


def test_a_year_first_order_takes_a_year_last_date_that_is_clear() -> None:
    settings = WhenSettings(TEHRAN, "ymd")
    assert _form("31-12-2026", settings) == _form("12-31-2026", settings) == "12-31"


def test_minutes_are_rounded_down_to_five_from_thirty_on() -> None:
    now = NOW.replace(minute=33, second=59)
    assert _form("29m", now=now) == "11-22 10:02"
    assert _form("30m", now=now) == "11-22 10:00"
    assert _form("1h", now=now) == "11-22 10:30"
    assert _form("16h", now=now) == "11-23 01:30"


def test_the_refusal_of_few_minutes_names_the_months_that_were_meant() -> None:
    with pytest.raises(WhenRefused) as refused:
        number_form("6m", NOW, SETTINGS)
    assert refused.value.params == {"text": "6m", "n": 6}


def test_an_hour_across_a_change_of_clocks_is_an_hour() -> None:
    berlin = WhenSettings(ZoneInfo("Europe/Berlin"))
    before = datetime(2026, 10, 25, 2, 30, tzinfo=berlin.zone)
    assert said(number_form("2h", before, berlin)) == "10-25 03:30"


@pytest.mark.parametrize("fold", [0, 1])
def test_in_the_hour_that_clocks_show_twice_no_promise_lies_before_it_is_made(fold: int) -> None:
    berlin = WhenSettings(ZoneInfo("Europe/Berlin"))
    for minute in (0, 10, 40, 59):
        now = datetime(2027, 10, 31, 2, minute, tzinfo=berlin.zone, fold=fold)
        for text in ("10m", "30m", "45m", "1h"):
            due = number_form(text, now, berlin)
            assert due is not None
            asked = timedelta(minutes=60 if text == "1h" else int(text[:-1]))
            late = due_key(due, "Europe/Berlin", Calendar()) - (now.astimezone(UTC) + asked)
            assert timedelta(minutes=-5) < late <= timedelta(hours=1)
    assert said(number_form("30m", now.replace(minute=40, fold=0), berlin)) == "2027-10-31 03:00"


def test_a_time_that_clocks_leave_out_is_as_much_later_as_they_are_put_on() -> None:
    berlin = WhenSettings(ZoneInfo("Europe/Berlin"))
    before = datetime(2027, 3, 20, 9, 0, tzinfo=berlin.zone)
    assert said(parse_when("2027-03-28 02:30", before, berlin)) == "2027-03-28 03:30"
    assert said(parse_when("2027-03-28 03:30", before, berlin)) == "2027-03-28 03:30"


def test_the_last_day_of_a_short_month_stands_for_the_missing_one() -> None:
    assert _form("1mo", now=datetime(2027, 1, 31, 9, tzinfo=TEHRAN)) == "2027-02-28"
    assert add_months(from_jalali(1405, 6, 31), 1, "jalali") == from_jalali(1405, 7, 30)
    assert add_months(from_jalali(1403, 12, 30), 12, "jalali") == from_jalali(1404, 12, 29)


@pytest.mark.parametrize("order", ["dmy", "mdy", "ymd"])
def test_a_time_that_has_passed_is_tomorrow_in_the_agents_zone(order: DateOrder) -> None:
    # 06:00 UTC is 09:30 in Tehran and 01:00 in New York.
    utc = NOW.astimezone(UTC)
    assert _form("9", WhenSettings(TEHRAN, order), utc) == "11-23 09:00"
    assert _form("9", WhenSettings(ZoneInfo("America/New_York"), order), utc) == "11-22 09:00"


def test_a_naive_now_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="time zone"):
        number_form("2d", datetime(2026, 11, 22, 9, 30), SETTINGS)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("word", "key"),
    [("tom", "tomorrow"), ("Friday", "fri"), ("EVE", "eve"), ("پس‌فردا", "day_after"), ("پسفردا", "day_after"),
     ("سه‌شنبه", "tue"), ("سهشنبه", "tue"), ("یکشنبه", "sun"), ("یک‌شنبه", "sun"), ("هفته‌بعد", "next_week")],
)  # fmt: skip
def test_day_words_are_looked_up_glued(word: str, key: str) -> None:
    assert DAY_WORDS[glued(word)] == key


@pytest.mark.parametrize(
    "table", [DAY_WORDS, MONTH_WORDS, UNITS, CARDINALS, ORDINALS, PARTS, PAST_DAYS, SPANS]
)
def test_the_vocabulary_is_spelled_as_folding_spells_it(table: dict[str, object]) -> None:
    assert [word for word in table if word != glued(word)] == []


def test_the_vocabulary_of_kinds_is_spelled_as_folding_spells_it() -> None:
    assert [word for words in KINDS.values() for word in words if word != glued(word)] == []


DAYS = """
    today              | 11-22
    tomorrow           | 11-23
    day_after          | 11-24
    mon                | 11-23
    tue                | 11-24
    wed                | 11-25
    thu                | 11-26
    fri                | 11-27
    sat                | 11-28
    sun                | 11-29
    morning            | 11-23 09:00
    noon               | 11-22 12:00
    afternoon          | 11-22 15:00
    eve                | 11-22 17:00
    tonight            | 11-22 20:00
    next_week          | 11-29
    next_month         | 12-22
    next_jalali_month  | 12-22
"""


def test_every_day_word_gives_a_day() -> None:
    days = rows(DAYS)
    assert {key for key, _ in days} == set(DAY_WORDS.values())
    assert [(key, said(day_due(key, None, NOW, SETTINGS))) for key, _ in days] == days


@pytest.mark.parametrize(
    ("key", "at", "due"),
    [
        ("sat", time(10), "11-28 10:00"),
        ("tomorrow", time(9, 30), "11-23 09:30"),
        ("eve", time(6), "11-22 18:00"),
        ("eve", time(18, 30), "11-22 18:30"),
        ("morning", time(8), "11-23 08:00"),
        ("tonight", time(9), "11-22 21:00"),
        ("today", time(9), "when_past"),
        ("noon", time(18), "when_time_unclear"),
    ],
)
def test_a_day_word_with_a_time(key: str, at: time, due: str) -> None:
    try:
        found = said(day_due(key, at, NOW, SETTINGS))
    except WhenRefused as refused:
        found = refused.code
    assert found == due


def test_a_bare_weekday_is_never_today() -> None:
    for days in range(7):
        now = NOW + timedelta(days=days)
        key = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[now.weekday()]
        assert day_due(key, None, now, SETTINGS).on == now.date() + timedelta(days=7)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("sat10", ("sat", time(10))),
        ("sat10.30", ("sat", time(10, 30))),
        ("tom9", ("tom", time(9))),
        ("SAT5PM", ("sat", time(17))),
        ("شنبه۱۰", ("شنبه", time(10))),
        ("پس‌فردا۹:۱۵", ("پسفردا", time(9, 15))),
        ("سه‌شنبه۱۰", ("سهشنبه", time(10))),
        ("2d9.30", ("2d", time(9, 30))),
        ("1dec10", ("1dec", time(10))),
        ("fri", None),
        ("5pm", None),
        ("17", None),
        ("2d", None),
        ("sat25", None),
        ("sat10:75", None),
        ("sat-10", None),
        ("", None),
    ],
)
def test_a_time_glued_to_a_day_is_split_off(word: str, parts: tuple[str, time] | None) -> None:
    assert split_day_time(word) == parts


@pytest.mark.parametrize(
    ("word", "clock"),
    [("9", time(9)), ("9:30", time(9, 30)), ("9.30", time(9, 30)), ("۹:۳۰", time(9, 30)), ("5pm", time(17)),
     ("0:05", time(0, 5)), ("24", None), ("9:5", None), ("9:75", None), ("930", None), ("x", None), ("", None)],
)  # fmt: skip
def test_a_separate_time(word: str, clock: time | None) -> None:
    assert clock_time(word) == clock


def test_only_a_time_with_minutes_counts_before_words() -> None:
    assert has_minutes("10:30")
    assert has_minutes("5pm")
    assert not has_minutes("10")
    assert not has_minutes("boxes")
