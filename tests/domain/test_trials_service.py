"""What the people of a service company in Tehran typed as promises: understood or asked about, never kept silently."""

from __future__ import annotations

import pytest

from tests.domain.lines import codes, context, due, read
from tuicrm.domain.filter_values import yes_no
from tuicrm.domain.logline import parse_line
from tuicrm.domain.record import replace

ZWNJ = "\u200c"
UNDERSTOOD = [
    ("/سه شنبه ی هفته ی بعد ساعت ۴ عصر", "2026-12-01 16:00"),
    ("\u200f/فردا", "2026-11-23"),
    ("\u202b/فردا\u202c", "2026-11-23"),
    ("\u2067/فردا\u2069", "2026-11-23"),
    (f"/{ZWNJ}فردا", "2026-11-23"),
    (f"/{ZWNJ}سه شنبه ساعت ۱۰", "2026-11-24 10:00"),
    ("/فردا،", "2026-11-23"),
    ("/tom,", "2026-11-23"),
    ("/آخر برج", "2026-12-21"),
    ("/۲س", "2026-11-22 11:30"),
    ("/۳۰د", "2026-11-22 10:00"),
]
ASKED = [
    "/دو سه روز دیگه",
    "/سه چهار روز دیگه",
    "/دو تا سه روز دیگه",
    "/یکی دو روز دیگه",
    "/۲ ۳ روز دیگه",
    "/2 or 3 days",
    "/2-3 days",
    "/آخر هفته",
    "/ فردا",
    "/ سه شنبه",
    "/ tomorrow",
    "-۱۰ د",
]
SILENT = ["50 / 50", "wants /sat 10 boxes", "تعمیر / تعویض", "1/2 or 3/4", "بله / خیر", "ساعت ۵ زنگ زد"]


@pytest.mark.parametrize(("said", "when"), UNDERSTOOD)
def test_a_promise_is_understood_with_what_a_telephone_or_a_thumb_puts_round_it(said: str, when: str) -> None:
    draft = read(f"قیمت فرستادم {said}")
    assert (draft.note, draft.due, codes(draft)) == ("قیمت فرستادم", due(when), [])


@pytest.mark.parametrize("said", ASKED)
def test_what_is_not_one_moment_is_asked_about(said: str) -> None:
    draft = read(f"قیمت فرستادم {said}")
    assert draft.due is None
    assert codes(draft) == ["no_meaning"]
    assert draft.problems[0].params["token"] == said


@pytest.mark.parametrize("said", SILENT)
def test_what_is_no_promise_is_kept_without_a_question(said: str) -> None:
    draft = read(said)
    assert (draft.note, codes(draft)) == (said, [])


def test_a_blank_behind_the_sign_is_asked_about_before_the_note_as_well() -> None:
    draft = read("قیمت فرستادم / فردا")
    assert draft.problems[0].choices == ("/فردا",)


@pytest.mark.parametrize(
    ("said", "when"), [("-دیشب", "21 20:00"), ("-دیشب ساعت ۹", "21 21:00"), ("-last night", "21 20:00"),
                       ("-۱۰د", "22 09:20"), ("-۲س", "22 07:30")]
)  # fmt: skip
def test_when_it_was_is_said_in_short_as_people_do(said: str, when: str) -> None:
    draft = read(f"قیمت فرستادم {said}")
    assert draft.started_at is not None
    assert (f"{draft.started_at:%d %H:%M}", codes(draft)) == (when, [])


def test_minutes_are_shortened_in_persian_too() -> None:
    assert read("قیمت =۵د").duration_s == 300


@pytest.mark.parametrize("said", ["@me", "@من", "@خودم"])
def test_oneself_is_called_so(said: str) -> None:
    assert parse_line(f"price {said} /2d", context(me="sara")).assignee == "sara"


def test_yes_is_said_in_both_ways() -> None:
    assert yes_no("بلی") is yes_no("بله") is True


@pytest.mark.parametrize(
    ("said", "choices"),
    [
        ("/5", ("/17", "/5am")),
        ("/tue 4", ("/tue 16", "/tue 4am")),
        ("/tom5", ("/tom17", "/tom5am")),
        ("/next tuesday at 4", ("/next tuesday at 16", "/next tuesday at 4am")),
        ("/سه شنبه هفته بعد ساعت ۴", ("/سه شنبه هفته بعد ساعت ۱۶", "/سه شنبه هفته بعد ساعت ۴ صبح")),
        ("/ساعت پنج", ("/ساعت ۱۷", "/ساعت پنج صبح")),
        ("/6", ("/18", "/6am")),
    ],
)
def test_an_hour_of_the_night_is_asked_about_and_its_answers_are_understood(
    said: str, choices: tuple[str, str]
) -> None:
    draft = read(f"call back {said}")
    (problem,) = draft.problems
    assert (problem.code, problem.hard, problem.choices) == ("hour_of_night", False, choices)
    assert draft.due is not None
    assert draft.due.at is not None
    hour = draft.due.at.hour
    for choice, meant in zip(choices, (hour + 12, hour), strict=True):
        answered = read(f"call back {choice}")
        assert answered.due is not None
        assert answered.due.at is not None
        assert (answered.due.at.hour, codes(answered)) == (meant, [])


@pytest.mark.parametrize(
    "said", ["/05:00", "/5:00", "/4 dec 4:00", "/5am", "/۵ صبح", "/5pm", "/eve 5", "/7", "/9", "/4h", "/2d"]
)
def test_what_is_said_in_full_is_taken_as_it_stands(said: str) -> None:
    assert codes(read(f"call back {said}")) == []


def test_who_works_at_night_is_not_asked() -> None:
    usual = context()
    night = replace(usual.when.calendar, hours=((0, 8 * 60),), own_hours={})
    works = replace(usual, when=replace(usual.when, calendar=night))
    assert codes(parse_line("call back /5", works)) == []


@pytest.mark.parametrize(
    ("said", "offered"),
    [("/ن", "/نپذیرفت"), ("/ت", "/تماس\u200cمجدد"), (".پ", ".پرداخت"), ("/o", "/out")],
)
def test_one_letter_that_is_no_key_lists_the_names_that_begin_so(said: str, offered: str) -> None:
    (problem,) = read(f"price {said}").problems
    assert problem.code == "no_meaning"
    assert offered in problem.choices
    assert all(choice.startswith(said) for choice in problem.choices)
