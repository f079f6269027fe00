"""Words for times: what a queue and a card say instead of bare dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tuicrm.domain.models import Due
from tuicrm.tui.widgets import moments

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)  # Sunday 09:30 in Tehran
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (Due(TODAY, time(8, 30)), "late 1h"),
        (Due(TODAY, time(8, 59)), "late 31m"),
        (Due(TODAY, time(9, 30)), "now"),
        (Due(TODAY, time(9, 29)), "now"),
        (Due(TODAY, time(9, 59)), "in 29m"),
        (Due(TODAY, time(11, 40)), "in 2h"),
        (Due(TODAY), "today"),
        (Due(TODAY - timedelta(1)), "late 1d"),
        (Due(TODAY - timedelta(1), time(17, 0)), "late 16h"),
        (Due(TODAY - timedelta(5), time(17, 0)), "late 5d"),
        (Due(TODAY + timedelta(1)), "tomorrow"),
        (Due(TODAY + timedelta(1), time(8, 30)), "tomorrow"),
        (Due(TODAY + timedelta(30)), "in 4w"),
    ],
)
def test_lateness_is_told_in_words(due: Due, words: str) -> None:
    assert moments.lateness(due, NOW, TEHRAN) == words


def test_a_day_without_a_time_is_late_only_when_the_day_is_over() -> None:
    evening = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    assert not moments.is_late(Due(TODAY), evening, TEHRAN)
    assert moments.is_late(Due(TODAY), evening + timedelta(hours=1), TEHRAN)


def test_a_time_is_late_once_it_has_passed() -> None:
    assert moments.is_late(Due(TODAY, time(8, 30)), NOW, TEHRAN)
    assert not moments.is_late(Due(TODAY, time(9, 30)), NOW, TEHRAN)
    assert not moments.is_late(Due(TODAY + timedelta(1), time(8, 30)), NOW, TEHRAN)


@pytest.mark.parametrize(
    ("due", "mark"),
    [
        (Due(TODAY, time(8, 30)), "08:30"),
        (Due(TODAY), "today"),
        (Due(TODAY + timedelta(1), time(9, 0)), "Mon"),
        (Due(date(2026, 10, 3)), "3 Oct"),
    ],
)
def test_the_first_column_names_the_moment_in_six_cells(due: Due, mark: str) -> None:
    assert moments.due_mark(due, TODAY) == mark
    assert len(mark) <= 6


@pytest.mark.parametrize(
    ("seconds_ago", "words"),
    [
        (20, "just now"),
        (12 * 60, "12 min ago"),
        (3 * 3600, "3 hours ago"),
        (24 * 3600, "yesterday"),
        (5 * 86400, "5 days ago"),
        (30 * 86400, "4 weeks ago"),
        (400 * 86400, "13 months ago"),
        (900 * 86400, "2 years ago"),
    ],
)
def test_how_long_ago_somebody_was_spoken_to(seconds_ago: int, words: str) -> None:
    assert moments.ago(NOW - timedelta(seconds=seconds_ago), NOW, TEHRAN) == words


def test_nobody_spoken_to_is_never() -> None:
    assert moments.ago(None, NOW, TEHRAN) == "never"


def test_due_words_name_the_day_and_the_time() -> None:
    assert moments.due_words(Due(TODAY + timedelta(1), time(8, 30)), TODAY) == "tomorrow 08:30"
    assert moments.due_words(Due(date(2026, 11, 26), time(10, 0)), TODAY) == "Thu 26 Nov 10:00"
    assert moments.due_words(Due(date(2027, 1, 4)), TODAY) == "Mon 4 Jan 2027"


def test_calls_of_today_show_the_time_alone() -> None:
    assert moments.stamp(NOW - timedelta(minutes=18), NOW, TEHRAN) == "09:12"
    assert moments.stamp(NOW - timedelta(days=2), NOW, TEHRAN) == "Fri 20 Nov 09:30"
    assert moments.stamp(NOW - timedelta(days=400), NOW, TEHRAN) == "18 Oct 2025"


@pytest.mark.parametrize(
    ("ago", "stamp"),
    [
        (timedelta(minutes=18), "09:12"),
        (timedelta(days=2), "Fri 09:30"),
        (timedelta(days=50), "3 Oct 09:30"),
        (timedelta(days=400), "18 Oct 2025"),
    ],
)
def test_a_column_of_calls_needs_twelve_cells(ago: timedelta, stamp: str) -> None:
    shown = moments.stamp_short(NOW - ago, NOW, TEHRAN)
    assert shown == stamp
    assert len(shown) <= 12


@pytest.mark.parametrize("minutes", [0, 5, 90, 600, 1500, 5 * 1440, 30 * 1440, 100 * 1440, 1000 * 1440])
def test_short_words_fit_their_columns(minutes: int) -> None:
    assert len(moments.span(minutes)) <= 4
    assert len(moments.ago_short(NOW - timedelta(minutes=minutes), NOW, TEHRAN)) <= 9


@pytest.mark.parametrize(("seconds", "text"), [(None, ""), (0, "0:00"), (185, "3:05"), (3720, "1:02:00")])
def test_durations(seconds: int | None, text: str) -> None:
    assert moments.duration(seconds) == text
