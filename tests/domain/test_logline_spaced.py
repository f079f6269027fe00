"""A blank inside a token: with its unit spelt out it is understood; else the bar asks, and names what was probably
meant. Nothing false is kept silently."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domain.lines import NOW, codes, context, due, read, said
from tuicrm.domain.logline import parse_line, to_line


@pytest.mark.parametrize(
    ("line", "slip", "likely"),
    [
        ("price list sent -2 d", "-2 d", "-2d"),
        ("price list sent -30 m", "-30 m", "-30m"),
        ("price list sent -2 d ago", "-2 d ago", "-2d"),
        ("price list sent -2 d /3w", "-2 d", "-2d"),
        ("-1 h price list sent", "-1 h", "-1h"),
        ("price list sent =4 m", "=4 m", "=4m"),
        ("price list sent =4 min @sara", "=4 min", "=4m"),
        ("=4 m price list sent", "=4 m", "=4m"),
        ("/2 d price list sent", "/2 d", "/2d"),
        ("/5 pm price list sent", "/5 pm", "/5pm"),
        ("قیمت فرستادم /۲ ی", "/۲ ی", "/2d"),
    ],
)
def test_a_token_with_a_blank_in_it_is_asked_about_with_what_was_meant(
    line: str, slip: str, likely: str
) -> None:
    draft = read(line)
    (problem,) = draft.problems
    assert (problem.code, problem.hard) == ("no_meaning", False)
    assert (problem.params["token"], problem.choices) == (slip, (likely,))
    assert line[problem.start : problem.end] == slip
    assert slip in draft.note, "the next Enter keeps it in the note"
    assert (draft.duration_s, draft.started_at) == (None, None)


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("price list sent -2 days", "started_at", NOW - timedelta(days=2)),
        ("-2 days price list sent", "started_at", NOW - timedelta(days=2)),
        ("price list sent -1 week ago", "started_at", NOW - timedelta(days=7)),
        ("price list sent -2 days 9:15", "started_at", NOW.replace(day=20, minute=15)),
        ("price list sent -2 days at 10", "started_at", NOW.replace(day=20, hour=10, minute=0)),
        ("price list sent -2 hours 15 minutes", "started_at", NOW - timedelta(hours=2, minutes=15)),
        ("price list sent -2 months", "started_at", NOW.replace(month=9)),
        ("price list sent =4 minutes", "duration_s", 240),
        ("=1 hour price list sent", "duration_s", 3600),
        ("قیمت فرستادم -۲ روز", "started_at", NOW - timedelta(days=2)),
        ("قیمت فرستادم -٢ روز پيش", "started_at", NOW - timedelta(days=2)),
        ("قیمت فرستادم =۴ دقیقه", "duration_s", 240),
    ],
)
def test_with_its_unit_spelt_out_a_token_may_have_a_blank_in_it(line: str, kind: str, value: object) -> None:
    draft = read(line)
    assert codes(draft) == []
    assert said(draft)[kind] == value
    assert draft.note in ("price list sent", "قیمت فرستادم")
    again = parse_line(to_line(draft, context()), context())
    assert (again.note, said(again)[kind]) == (draft.note, value)


def test_what_no_call_can_be_ago_is_refused_with_a_blank_in_it_too() -> None:
    (problem,) = read("price list sent -999 days").problems
    assert (problem.code, problem.params["token"]) == ("when_past_too_far", "-999 days")


def test_what_is_no_token_without_the_blank_either_is_asked_about_without_a_guess() -> None:
    (problem,) = read("price list sent -9:40 am").problems
    assert (problem.params["token"], problem.choices) == ("-9:40 am", ())


@pytest.mark.parametrize(
    "line",
    [
        "temperature -2 degrees",
        "wants 10 boxes -5",
        "ratio =4 meters",
        "wants /2 d pipes",
        "from -2 d to 4 in the morning",
        "50/50 deal, -5% off",
    ],
)
def test_what_is_no_unit_and_what_stands_between_words_is_text(line: str) -> None:
    draft = read(line)
    assert (draft.note, codes(draft)) == (line, [])


def test_a_moment_of_two_words_at_the_end_is_understood_as_before() -> None:
    assert said(read("price list sent /2 d")) == {"note": "price list sent", "due": due("2026-11-24")}
    assert said(read("price list sent /2 days @sara"))["due"] == due("2026-11-24")
    assert said(read("price list sent /5 pm"))["due"] == due("2026-11-22 17:00")


@pytest.mark.parametrize(
    "line",
    [
        r"price list sent \-2 days",
        r"price list sent \-2 d",
        "price list sent ==4 m",
        r"\=4 m price",
        "//2 d price",
    ],
)
def test_one_sign_more_keeps_it_as_text(line: str) -> None:
    draft = read(line)
    assert codes(draft) == []
    assert draft.note == line.replace("\\", "").replace("==", "=").replace("//", "/")
    assert draft.duration_s is None
    assert draft.due is None


def test_a_note_that_was_kept_is_shown_back_without_being_asked_about_again() -> None:
    for line in ("price list sent -2 d", r"price list sent \-2 days"):
        draft = read(line)
        again = parse_line(to_line(draft, context()), context())
        assert (again.note, again.problems) == (line.replace("\\", ""), ())


def test_a_tag_of_one_letter_is_no_unit_of_the_token_before_it() -> None:
    draft = read("sent =4:00 #m")
    assert (draft.problems, draft.tags, draft.duration_s) == ((), ("m",), 240)
