"""Names of several words behind a sign, what is asked about instead of kept silently, and days that were."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.domain.lines import NOW, codes, context, due, read, said
from tuicrm.domain.logline import parse_line, to_line

NAMED = [
    ("/تماس نگیرید", "outcome", "do_not_call"),
    ("/پاسخ نداد", "outcome", "no_answer"),
    ("/جواب نداد", "outcome", "no_answer"),
    ("/جواب  نداد", "outcome", "no_answer"),
    ("/تماس مجدد", "outcome", "callback"),
    ("/شماره اشتباه", "outcome", "wrong_number"),
    ("/پيغام گذاشته شد", "outcome", "left_message"),
    ("/no answer", "outcome", "no_answer"),
    ("/Left a Message", "outcome", "left_message"),
    ("/wrong number", "outcome", "wrong_number"),
    ("/do not call", "outcome", "do_not_call"),
    ("/text message", "channel", "sms"),
    (".قرار ملاقات", "topic", "appointment"),
    (".پیشنهاد قیمت", "topic", "quote"),
    ("/تماس نگیر", "outcome", "do_not_call"),
    ("/left a mess", "outcome", "left_message"),
]


@pytest.mark.parametrize(("typed", "kind", "code"), NAMED)
@pytest.mark.parametrize(
    "line", ["{}", "ring {}", "{} ring", "ring {} /2d", "ring /2d {}", "=4 {} ring", "ring /2d{}"]
)
def test_a_name_of_several_words_counts_wherever_a_token_stands(
    typed: str, kind: str, code: str, line: str
) -> None:
    draft = read(line.format(typed))
    assert said(draft)[kind] == code
    assert draft.note == ("ring" if "ring" in line else "")
    assert (draft.due == due("2026-11-24")) == ("/2d" in line)
    assert codes(draft) == []
    (token,) = [token for token in draft.tokens if token.kind == kind]
    assert draft.line[token.start : token.end] == typed


@pytest.mark.parametrize(("typed", "kind", "code"), NAMED)
def test_a_note_that_ends_with_such_a_name_is_kept_by_one_sign_more(typed: str, kind: str, code: str) -> None:
    for line in (f"said {typed[0]}{typed}", f"{typed[0]}{typed} said", f"said {typed[0]}{typed} /2d"):
        draft = read(line)
        assert typed in draft.note
        assert said(draft).get(kind) != code or draft.topic_guessed
        assert parse_line(to_line(draft, context()), context()) == draft


@pytest.mark.parametrize("line", ["went /no answer came back", "said /تماس نگیرید خواست و رفت"])
def test_between_ordinary_words_such_a_name_is_text(line: str) -> None:
    draft = read(line)
    assert (draft.note, draft.outcome) == (line, None)


@pytest.mark.parametrize(
    ("line", "token"),
    [
        ("نمی‌خواهد /آخر هفته", "/آخر هفته"),
        ("نمی‌خواهد /آخر هفته /2d", "/آخر هفته"),
        ("نمی‌خواهد /آخر ماه دیگر شاید", "/آخر ماه دیگر شاید"),
        ("wants /zz next week", "/zz next week"),
        ("زنگ /پاسخ نمی‌دهد", "/پاسخ نمی‌دهد"),
        ("zang -2k", "-2k"),
        ("-۲خ زنگ", "-۲خ"),
        ("زنگ -۲روز99", "-۲روز99"),
    ],
)
def test_what_looks_like_a_token_and_means_nothing_is_asked_about(line: str, token: str) -> None:
    draft = read(line)
    assert codes(draft) == ["no_meaning"]
    assert draft.problems[0].params["token"] == token
    assert token in draft.note
    again = read(to_line(draft, context()))
    assert (again, codes(again)) == (draft, [])


@pytest.mark.parametrize(
    "line",
    [
        "50/50 deal, -5% off",
        "he and/or she, 60 km/h today",
        "wants /sat 10 boxes",
        "in /usr/bin it is",
        "reached on 12/3 at last",
        "-20% at least",
        "price -20",
        "asked three times for 0912-1234567 on the other line",
        "less -1,000",
    ],
)
def test_fractions_paths_amounts_and_numbers_are_text(line: str) -> None:
    draft = read(line)
    assert (draft.note, codes(draft), draft.started_at) == (line, [], None)


WAS = [
    ("-۲ی", timedelta(days=2), ""),
    ("-۲ی۱۰:۰۰", timedelta(days=2), "10:00"),
    ("-۴روز۱۰", timedelta(days=4), "10:00"),
    ("-۲روز۱۰:۰۰", timedelta(days=2), "10:00"),
    ("-دیروز ۱۰", timedelta(days=1), "10:00"),
    ("-دیروز", timedelta(days=1), ""),
    ("-دیروز۹.۱۵", timedelta(days=1), "09:15"),
    ("-دیروز ساعت ۱۰", timedelta(days=1), "10:00"),
    ("-پریروز", timedelta(days=2), ""),
    ("-yesterday 10:15", timedelta(days=1), "10:15"),
    ("-yesterday at 10", timedelta(days=1), "10:00"),
    ("-1d 10:15", timedelta(days=1), "10:15"),
    ("-۱روز ۱۰:۱۵", timedelta(days=1), "10:15"),
    ("-2days10", timedelta(days=2), "10:00"),
    ("-1w", timedelta(days=7), ""),
    ("-۱هفته", timedelta(days=7), ""),
    ("-۳۰دقیقه", timedelta(minutes=30), ""),
    ("-۲ساعت", timedelta(hours=2), ""),
]


@pytest.mark.parametrize(("typed", "ago", "clock"), WAS)
@pytest.mark.parametrize("line", ["{}", "/n {}", "{} /n", "ring {}"])
def test_when_it_was_is_read_in_both_scripts(typed: str, ago: timedelta, clock: str, line: str) -> None:
    draft = read(line.format(typed))
    moment = NOW - ago
    if clock:
        moment = moment.replace(hour=int(clock[:2]), minute=int(clock[3:]))
    assert draft.started_at == moment
    assert draft.note == ("ring" if "ring" in line else "")
    assert codes(draft) == []
    again = parse_line(to_line(draft, context()), context())
    assert again == draft


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/۳ی ساعت ۹", {"due": due("2026-11-25 09:00")}),
        ("/۳ی ساعت ۹ زنگ بزن", {"due": due("2026-11-25 09:00"), "note": "زنگ بزن"}),
        ("/tom at 9 bring the list", {"due": due("2026-11-23 09:00"), "note": "bring the list"}),
        ("/2 days", {"due": due("2026-11-24")}),
        ("/next monday 10", {"due": due("2026-11-23 10:00")}),
        ("/هفته بعد /n", {"due": due("2026-11-29"), "outcome": "no_answer"}),
        ("/sat 10 boxes", {"due": due("2026-11-28"), "note": "10 boxes"}),
        ("-1d 10 boxes", {"started_at": NOW - timedelta(days=1), "note": "10 boxes"}),
    ],
)
def test_a_moment_at_the_start_keeps_its_hour(line: str, expected: dict[str, Any]) -> None:
    draft = read(line)
    assert said(draft) == expected
    assert codes(draft) == []


def test_an_hour_that_no_day_has_is_refused_behind_a_day_that_was() -> None:
    assert codes(read("-1d 25:00")) == ["not_a_time!"]
