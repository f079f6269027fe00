"""When a call was, said by a day or in words, and how long in any unit; what is not understood is asked about."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.domain.lines import codes, context, read
from tuicrm.domain.when import parse_when, past_phrase


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("-sat", "2026-11-21 09:30"),
        ("-sat10", "2026-11-21 10:00"),
        ("-sat 10", "2026-11-21 10:00"),
        ("-mon 14:00", "2026-11-16 14:00"),
        ("-last friday", "2026-11-20 09:30"),
        ("-last friday at 10", "2026-11-20 10:00"),
        ("-half an hour", "2026-11-22 09:00"),
        ("-1dec", "2025-12-01 09:30"),
        ("-3 nov 10", "2026-11-03 10:00"),
        ("-2026-11-20", "2026-11-20 09:30"),
        ("-2026-11-20 10", "2026-11-20 10:00"),
        ("-1405/08/30 10", "2026-11-21 10:00"),
        ("-شنبه", "2026-11-21 09:30"),
        ("-شنبه ۱۰", "2026-11-21 10:00"),
        ("-دوشنبه۱۰", "2026-11-16 10:00"),
        ("-۳۰ آبان", "2026-11-21 09:30"),
        ("-۳۰ آبان ۱۰", "2026-11-21 10:00"),
        ("-نیم ساعت", "2026-11-22 09:00"),
        ("-جمعهٔ گذشته", "2026-11-20 09:30"),
    ],
)
def test_a_day_or_a_phrase_behind_a_minus_is_when_the_call_was(words: str, moment: str) -> None:
    draft = read(f"price list sent {words}")
    assert draft.problems == ()
    assert draft.note == "price list sent"
    assert draft.started_at is not None
    assert f"{draft.started_at:%Y-%m-%d %H:%M}" == moment


@pytest.mark.parametrize("words", ["-sat", "-sat10", "-2026-11-20", "-شنبه", "-sat 10:30"])
def test_one_word_of_it_may_stand_before_the_note(words: str) -> None:
    draft = read(f"{words} price list sent")
    assert (draft.problems, draft.note) == ((), "price list sent")
    assert draft.started_at is not None


@pytest.mark.parametrize("words", ["-tomorrow", "-2027-01-01", "-فردا"])
def test_what_is_yet_to_come_is_refused_by_its_name(words: str) -> None:
    draft = read(f"{words} price list sent")
    assert codes(draft) == ["when_not_yet!"]


@pytest.mark.parametrize("words", ["-tomorow", "-1/11", "/-1d", "=abc", "=1x", "-satturday"])
def test_what_means_nothing_is_asked_about(words: str) -> None:
    draft = read(f"price list sent {words}")
    assert codes(draft) == ["no_meaning"]
    assert draft.note == f"price list sent {words}"
    assert read(f"price list sent {draft.problems[0].params['literal']}").note == f"price list sent {words}"


@pytest.mark.parametrize(
    "line",
    ["50/50 deal, -5% off", "price -9", "a -b c", "he -said 2 things", "x -30 boxes", "wants 3 -30", "=1+1"],
)
def test_amounts_and_words_between_words_are_text(line: str) -> None:
    draft = read(line)
    assert (draft.problems, draft.note, draft.started_at) == ((), line, None)


@pytest.mark.parametrize(
    ("word", "seconds"),
    [
        ("=4", 240),
        ("=4min", 240),
        ("=90s", 90),
        ("=1h", 3600),
        ("=1h30", 5400),
        ("=1h30m", 5400),
        ("=۴دقیقه", 240),
        ("=۲ساعت", 7200),
        ("=۹۰ثانیه", 90),
    ],
)
def test_how_long_it_was_is_said_in_any_unit(word: str, seconds: int) -> None:
    draft = read(f"price list sent {word}")
    assert (draft.problems, draft.duration_s) == ((), seconds)


@pytest.mark.parametrize(
    ("word", "code"),
    [("=181min", "when_duration_long!"), ("=1h75", "when_duration_wrong!"), ("=25h", "when_duration_wrong!")],
)
def test_a_length_that_no_call_has_is_refused(word: str, code: str) -> None:
    assert codes(read(f"price list sent {word}")) == [code]


def test_a_phrase_that_looks_back_says_which_day_it_named() -> None:
    now = datetime.fromisoformat("2026-11-22T09:30:00+03:30")
    moment, due = past_phrase("sat 10", now, context().when)
    assert due == parse_when("sat 10", now, context().when, past=True)
    assert moment == datetime.fromisoformat("2026-11-21T10:00:00+03:30")
