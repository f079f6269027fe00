"""What may follow in a filter: keys by their beginnings, then values by any of their names."""

from __future__ import annotations

import pytest

from tuicrm.domain.filter_complete import Value, following
from tuicrm.domain.filter_keys import names

OFFERED = {
    "outcome": (
        Value("no_answer", "no answer", ("n", "پاسخ نداد")),
        Value("voicemail", "voicemail", ("v",)),
        Value("busy", "busy", ("b",)),
    ),
    "agent": (Value("sara", "Sara", ("me",)), Value("reza", "رضا")),
    "tag": (Value("very vip"), Value("vip")),
}


def test_an_empty_line_offers_the_keys_of_the_list() -> None:
    assert following("", "calls", OFFERED).options == tuple(f"{name}:" for name in names("calls"))
    assert following("price ", "calls", OFFERED).options[0] == "agent:"


@pytest.mark.parametrize(
    ("text", "first", "ghost"),
    [
        ("ou", "outcome:", "tcome:"),
        ("price -out", "outcome:", "come:"),
        ("OUT", "outcome:", "come:"),
        ("نتی", "outcome:", "جه:"),
        ("outcome:vo", "voicemail", "icemail"),
        ("outcome:b,vo", "voicemail", "icemail"),
        ("-outcome:busy,no", "no_answer", "_answer"),
        ("نتیجه:پاسخ", '"پاسخ نداد"', ""),
        ("agent:m", "me", "e"),
        ("agent:رض", "رضا", "ا"),
        ("tag:v", '"very vip"', ""),
        ('tag:"ve', '"very vip"', 'ry vip"'),
    ],
)
def test_what_begins_so_is_offered(text: str, first: str, ghost: str) -> None:
    found = following(text, "calls", OFFERED)
    assert (found.options[0], found.ghost) == (first, ghost)
    assert found.taken.endswith(first) or first == "outcome:"


def test_taking_puts_quotation_marks_round_a_value_with_a_space() -> None:
    assert following("price tag:v", "calls", OFFERED).taken == 'price tag:"very vip"'
    assert following("نتیجه:پاسخ", "calls", OFFERED).taken == 'نتیجه:"پاسخ نداد"'


@pytest.mark.parametrize("text", ["p", "price", "xyz:", "outcome:zzz", '"agent:', "day:2026"])
def test_nothing_is_put_behind_what_may_be_anything(text: str) -> None:
    found = following(text, "calls", OFFERED)
    assert (found.taken, found.ghost) == ("", "")


def test_a_key_without_values_shows_what_may_be_said() -> None:
    assert ">5m" in following("duration:", "calls", OFFERED).options
    assert "lastweek" in following("day:", "calls", OFFERED).options
    assert following("calls:", "contacts", OFFERED).options[0] == "0"


def test_in_persian_keys_and_values_are_offered_by_their_persian_names() -> None:
    assert following("", "calls", OFFERED, labels=True).options[:2] == ("کارشناس:", "نتیجه:")
    offered = {"outcome": (Value("no_answer", "پاسخ نداد", ("n",)), Value("busy", "مشغول"))}
    assert following("نتیجه:", "calls", offered, labels=True).options == ('"پاسخ نداد"', "مشغول")
    assert following("نتیجه:bu", "calls", offered, labels=True).ghost == "sy"


@pytest.mark.parametrize("key", ["duration", "day"])
def test_examples_in_persian_are_persian_words(key: str) -> None:
    options = following(f"{key}:", "calls", {}, labels=True).options
    assert options
    assert not any(letter.isascii() and letter.isalpha() for option in options for letter in option)
